"""kill -9 at any point of polling and sending: afterwards nothing is lost and no fact is doubled."""

import base64
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.installation import Installation, an_rss_feed

TOWNS = ("Sumy", "Poltava", "Kharkiv", "Odesa", "Kherson", "Mykolaiv", "Chernihiv", "Zhytomyr", "Vinnytsia", "Rivne")


class World:
    """A feed and a webhook receiver on the loopback, which can call somebody at named moments."""

    def __init__(self) -> None:
        self.items: list[tuple[str, str, datetime]] = []
        self.delivered: list[str] = []
        self.moments: dict[str, Callable[[], None]] = {}
        world = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                world.reach("feed requested")
                body = an_rss_feed(world.items).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: len(body) // 2])
                world.reach("feed half sent")
                self.wfile.write(body[len(body) // 2 :])
                world.reach("feed sent")

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                world.reach("alert received")
                world.delivered.append(self.headers["webhook-id"])
                self.send_response(204)
                self.end_headers()
                world.reach("alert accepted")

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                """A client that was killed closes its connection; that is what the tests do."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def reach(self, moment: str) -> None:
        if moment in self.moments:
            self.moments[moment]()

    def publish(self, now: datetime) -> None:
        """Add a report of a strike on a town that no earlier report named."""
        town = TOWNS[len(self.items)]
        self.items.append((f"item-{town}", f"Russian drones hit a power substation in {town}", now))


@pytest.fixture
def world() -> Iterator[World]:
    found = World()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def installation(tmp_path: Path, world: World) -> Installation:
    found = Installation(tmp_path)
    found.add_agreement_that_binds_now(datetime.now(UTC))
    found.add_feeds({"outlet": f"{world.url}/feed.xml"})
    found.settings["CEASEFIRE_WEBHOOK_URL"] = f"{world.url}/hook"
    found.settings["CEASEFIRE_WEBHOOK_SECRET"] = "whsec_" + base64.b64encode(b"0" * 24).decode()
    return found


def kill_at(installation: Installation, world: World, moment: str, delay: float) -> None:
    """Run one round and kill it `delay` seconds after the moment comes; a moment that does not come is a failure."""
    reached = threading.Event()
    process = installation.start("once")

    def kill() -> None:
        if not reached.is_set():
            time.sleep(delay)
            process.kill()
            reached.set()

    world.moments = {moment: kill}
    process.communicate(timeout=120)
    world.moments = {}
    assert reached.is_set(), f"the round ended before {moment!r}"


POLLING = [
    ("feed requested", 0.0),
    ("feed half sent", 0.0),
    ("feed sent", 0.0),
    ("feed sent", 0.02),
    ("feed sent", 0.1),
]
SENDING = [
    ("alert received", 0.0),
    ("alert accepted", 0.0),
    ("alert accepted", 0.01),
    ("alert received", 0.02),
    ("alert accepted", 0.05),
]


@pytest.mark.timeout(400)
@pytest.mark.parametrize("points", [POLLING, SENDING], ids=["polling", "sending"])
def test_after_kills_every_report_stands_once_and_every_alert_was_delivered(
    installation: Installation, world: World, points: list[tuple[str, float]]
) -> None:
    world.publish(datetime.now(UTC))
    first = installation.run("once")
    assert first.returncode == 0, first.stderr
    assert "alembic" not in first.stderr, "a new database is made without a word of the library that makes it"
    for moment, delay in points:
        world.publish(datetime.now(UTC))
        kill_at(installation, world, moment, delay)
    last = installation.run("once")
    assert last.returncode == 0, last.stderr

    verified = installation.run("evidence", "verify")
    assert verified.returncode == 0, verified.stderr

    violations = installation.json("violations", "--json")
    quotes = Counter(evidence["quote"] for violation in violations for evidence in violation["evidence"])
    assert quotes == Counter(title for _, title, _ in world.items)
    assert len(violations) == len(world.items)

    notices = installation.json("alerts", "outbox", "list", "--json")
    to_people = {notice["id"] for notice in notices if notice["channel"] == "webhook"}
    assert len(to_people) == len(world.items) - 1, "all but those of the first poll, which alerts nobody"
    assert {notice["state"] for notice in notices} == {"sent"}
    repeats = Counter(world.delivered)
    assert set(repeats) == to_people
    assert sum(repeats.values()) - len(repeats) <= len(points), "at most the alert in flight is repeated at each kill"
    assert (installation.folder / "data/alerts/alerts.jsonl").read_text().count("\n") == 1
