"""The head of the chain, signed by an authority."""

import hashlib
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import MonitorError
from monitor.evidence.retention import KeepFor, expired
from monitor.evidence.timestamps import Authority, stamp
from monitor.store import Store
from tests.builders import NOON
from tests.evidence.authority import Authority as Served
from tests.evidence.authority import an_authority, needs_openssl
from tests.store.tampering import a_fetched_document, fill

pytestmark = needs_openssl
COLLECTOR = "ceasefire-monitor 0.1.0"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with an_authority(tmp_path / "authority") as found:
        yield found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/monitor.db", tmp_path / "evidence")
    yield opened
    opened.close()


def of(served: Served) -> Authority:
    return Authority(url=served.url, roots=served.roots)


def test_a_timestamp_of_the_head_stands_in_the_chain(store: Store, served: Served) -> None:
    fill(store, 3)
    head = store.head()
    stamped = stamp(store, of(served), now=NOON, collector=COLLECTOR)
    assert stamped.head == head
    assert abs(stamped.at - datetime.now(UTC)) < timedelta(minutes=5), "the authority's clock, not ours"
    seen = store.verify()
    assert (seen.troubles, seen.documents) == ([], 4)
    over = expired(store, KeepFor(unused=timedelta(days=1), evidence=None), NOON + timedelta(days=900))
    assert len(over) == 3, "a timestamp does not expire"


def test_openssl_agrees_with_a_timestamp_that_was_kept(store: Store, served: Served, tmp_path: Path) -> None:
    fill(store, 1)
    head = stamp(store, of(served), now=NOON, collector=COLLECTOR).head
    [document] = [
        one for one in store.prove([a_fetched_document(0, b"<rss>0</rss>").sha256]).documents if one.number == 2
    ]
    digest = hashlib.sha256(head.encode()).hexdigest()
    answer = tmp_path / "evidence" / document.working_path
    command = ["openssl", "ts", "-verify", "-digest", digest, "-in", str(answer), "-CAfile", str(served.roots)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


@pytest.mark.parametrize("spoil", ["another question", "a changed byte", "503", "a page", "an endless page"])
def test_what_is_no_timestamp_of_the_head_is_refused_and_not_kept(store: Store, served: Served, spoil: str) -> None:
    fill(store, 1)
    served.spoil = spoil
    with pytest.raises(MonitorError, match=served.url):
        stamp(store, of(served), now=NOON, collector=COLLECTOR)
    assert store.verify().documents == 1


def test_a_signature_that_leads_to_no_trusted_root_is_refused(store: Store, served: Served, tmp_path: Path) -> None:
    fill(store, 1)
    with (
        an_authority(tmp_path / "other") as other,
        pytest.raises(MonitorError, match="no timestamp that can be believed"),
    ):
        stamp(store, replace(of(served), roots=other.roots), now=NOON, collector=COLLECTOR)
    assert store.verify().documents == 1


def test_what_is_missing_is_one_clear_error(store: Store, served: Served, tmp_path: Path) -> None:
    with pytest.raises(MonitorError, match="holds no document yet"):
        stamp(store, of(served), now=NOON, collector=COLLECTOR)
    fill(store, 1)
    with pytest.raises(MonitorError, match="cannot read the certificates"):
        stamp(store, replace(of(served), roots=tmp_path / "none.pem"), now=NOON, collector=COLLECTOR)
    (tmp_path / "odd.pem").write_text("odd")
    with pytest.raises(MonitorError, match="holds no certificates"):
        stamp(store, replace(of(served), roots=tmp_path / "odd.pem"), now=NOON, collector=COLLECTOR)
    with pytest.raises(MonitorError, match=r"127\.0\.0\.1:9"):
        stamp(store, replace(of(served), url="http://127.0.0.1:9/"), now=NOON, collector=COLLECTOR)


def test_a_dossier_takes_the_first_timestamp_that_covers_its_documents(store: Store, served: Served) -> None:
    fill(store, 2)
    first = [a_fetched_document(0, b"<rss>0</rss>").sha256]
    assert [one.number for one in store.prove(first).documents] == [1]
    stamp(store, of(served), now=NOON, collector=COLLECTOR)
    later = a_fetched_document(9, b"later")
    store.archive.keep(later)
    with store.transaction() as tx:
        tx.add_document(later)
    stamp(store, of(served), now=NOON + timedelta(days=1), collector=COLLECTOR)
    assert [one.number for one in store.prove(first).documents] == [1, 3]
    assert [one.number for one in store.prove([later.sha256]).documents] == [4, 5]
