"""How long an alert takes from the commit of its violation to its receiver, with the real daemon and a real webhook."""

import base64
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from monitor.model.judgements import Notice, stable_id
from monitor.store import Store
from tests.alerts.notices import a_notice_of
from tests.installation import Installation
from tests.servers import listening

SECRET = "whsec_" + base64.b64encode(b"0" * 24).decode()
#: For so long, after the last commit, alerts may still come in.
PATIENCE = 60.0


@dataclass
class Arrivals:
    """When each alert came first, by its id."""

    at: dict[str, float] = field(default_factory=dict)


@contextmanager
def a_hook(arrivals: Arrivals) -> Iterator[str]:
    """Serve a webhook that accepts everything."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            arrivals.at.setdefault(self.headers["webhook-id"], time.perf_counter())
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Say nothing."""

    with listening(Handler) as url:
        yield f"{url}/hook"


def latencies(folder: Path, *, per_second: int, seconds: int) -> list[float]:
    """Return the seconds from commit to arrival of `per_second * seconds` alerts, each of an incident of its own.

    Raises:
        TimeoutError: not all of them arrived.
    """
    arrivals, committed = Arrivals(), dict[str, float]()
    with a_hook(arrivals) as url:
        installation = Installation(folder)
        installation.add_feeds({"silent": f"{url}/feed"})
        installation.settings |= {"CEASEFIRE_WEBHOOK_URL": url, "CEASEFIRE_WEBHOOK_SECRET": SECRET}
        data = folder / "data"
        store = Store.open(f"sqlite:///{(data / 'monitor.db').absolute()}", data / "evidence")
        daemon = installation.start("run")
        try:
            commit(store, [a_numbered_notice(-1)])
            wait_for(arrivals, 1)
            begin = time.perf_counter()
            for number in range(per_second * seconds):
                time.sleep(max(0.0, begin + number / per_second - time.perf_counter()))
                notice = a_numbered_notice(number)
                commit(store, [notice])
                committed[notice.id] = time.perf_counter()
            wait_for(arrivals, len(committed) + 1)
        finally:
            daemon.terminate()
            daemon.communicate(timeout=30)
            store.close()
    return [arrivals.at[key] - at for key, at in committed.items()]


def commit(store: Store, notices: list[Notice]) -> None:
    """Queue notices in a transaction of their own, as a recorded violation does."""
    with store.transaction() as tx:
        tx.add_notices(notices)


def a_numbered_notice(number: int) -> Notice:
    """Return a first alert for the webhook, of an incident of its own, due now."""
    now = datetime.now(UTC)
    made = a_notice_of(at=now, channel="webhook")
    key = stable_id("N", str(number))
    return replace(made, id=key, incident_id=f"I-{number}", violation_ids=(f"V-{number}",))


def wait_for(arrivals: Arrivals, count: int) -> None:
    """Wait until so many alerts have arrived.

    Raises:
        TimeoutError: they have not, after a while.
    """
    end = time.perf_counter() + PATIENCE
    while len(arrivals.at) < count:
        if time.perf_counter() > end:
            raise TimeoutError(f"{len(arrivals.at)} of {count} alerts arrived")
        time.sleep(0.01)
