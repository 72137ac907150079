"""Links that acknowledge, answered over HTTP: opening one changes nothing, pressing the button does."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from monitor.alerts.links import Links
from monitor.alerts.message import Envelope, body_of
from monitor.cli.serving import server_at
from monitor.errors import UsageError
from monitor.model.judgements import ChangeKind, Notice
from monitor.store import Store
from tests.judgement_builders import a_change

KEY = "N-0123456789ab"
INCIDENT = "I-0123456789ab"


class Desk:
    """A store with one alert, and the server that answers its link."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(f"sqlite:///{folder / 'monitor.db'}", folder / "evidence")
        self.links = Links(base="", secret=SecretStr("s" * 32))
        present = datetime.now(UTC)
        change = a_change(ChangeKind.NEW)
        payload = body_of(Envelope(id=KEY, source="desk", created_at=present), ChangeKind.NEW, [change], {})
        with self.store.transaction() as tx:
            tx.add_notices(
                [
                    Notice(
                        id=KEY,
                        channel="email:desk:<b>@example.org",
                        kind=ChangeKind.NEW,
                        incident_id=INCIDENT,
                        violation_ids=(),
                        payload=payload,
                        created_at=present,
                        due_at=present,
                    )
                ]
            )
        self.server = server_at("127.0.0.1:0", self.store, self.links)
        self.links = Links(base=f"http://127.0.0.1:{self.server.server_address[1]}/ack", secret=self.links.secret)

    @property
    def link(self) -> str:
        return self.links.link(KEY, datetime.now(UTC))

    def acknowledged(self) -> list[tuple[str, str, str]]:
        with self.store.query() as query:
            return [(one.author, one.how, one.note) for one in query.acknowledgements([INCIDENT]).values()]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = Desk(tmp_path)
    thread = threading.Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()
    found.store.close()


def test_who_opens_a_link_sees_a_page_and_only_who_presses_the_button_acknowledges(desk: Desk) -> None:
    assert httpx.head(desk.link).status_code == 200
    page = httpx.get(desk.link)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert '<form method="post">' in page.text
    assert desk.acknowledged() == [], "mail scanners open links"
    done = httpx.post(desk.link, data={"note": "calling\x1b[2J the grid"})
    assert done.status_code == 200
    assert "Acknowledged by &lt;b&gt;@example.org" in done.text
    assert desk.acknowledged() == [("<b>@example.org", "link", "calling the grid")]
    httpx.post(desk.link)
    assert "Acknowledged before by &lt;b&gt;@example.org" in httpx.get(desk.link).text
    assert len(desk.acknowledged()) == 1


def test_a_link_that_is_not_ours_or_has_expired_acknowledges_nothing(desk: Desk) -> None:
    forged = Links(base=desk.links.base, secret=SecretStr("t" * 32)).link(KEY, datetime.now(UTC))
    expired = f"{desk.links.base}/{desk.links.token(KEY, datetime.now(UTC) - timedelta(seconds=2))}"
    for link in (forged, expired, f"{desk.links.base}/", f"{desk.links.base}/{'N-' * 3000}"):
        assert httpx.post(link).status_code == 403
        assert httpx.get(link).status_code == 403
    unknown = desk.links.link("N-ffffffffffff", datetime.now(UTC))
    assert httpx.post(unknown).status_code == 503
    assert httpx.post(desk.link, content=b"x" * 9_000).status_code == 403
    assert desk.acknowledged() == []


@pytest.mark.parametrize("listen", ["8026", "127.0.0.1:x", "127.0.0.1:99999", "256.1.1.1:80"])
def test_an_address_that_cannot_be_listened_at_is_one_clear_error(listen: str) -> None:
    with pytest.raises(UsageError, match=r"--listen: "):
        server_at(listen, None, None)  # type: ignore[arg-type]
