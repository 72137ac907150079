"""The evidence archive: what is in it, that each change is found, and that being killed harms nothing."""

import hashlib
import io
import json
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, text
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from monitor.errors import StoreError
from monitor.model.reports import Document
from monitor.store import Store
from monitor.store.database import parse_url
from monitor.store.migrations import runner
from monitor.store.warc import capture_of
from tests.builders import NOON
from tests.installation import CHECKOUT
from tests.store.tampering import Tamperer, a_fetched_document, fill
from tests.store.test_records import a_document

# What is written


def test_the_evidentiary_copy_holds_every_request_and_answer_byte_for_byte() -> None:
    capture = capture_of(a_fetched_document(body=b"<rss>\xff\x00</rss>"))
    assert [record.type for record in capture.records] == [
        "warcinfo", "request", "response", "request", "response", "metadata",
    ]  # fmt: skip
    blocks = [capture.content[one.offset : one.offset + one.length] for one in capture.records]
    assert b"".join(blocks) == capture.content
    requests = [block.split(b"\r\n\r\n", 1)[1] for block in blocks[1:4:2]]
    assert requests == [
        b"GET %s HTTP/1.1\r\nHost: outlet.example\r\nUser-Agent: ceasefire-monitor\r\n\r\n\r\n\r\n" % target
        for target in (b"/rss", b"/new?q=1")
    ]
    assert blocks[2].split(b"\r\n\r\n", 1)[1] == b"HTTP/1.1 302 Found\r\nLocation: /new?q=1\r\n\r\n\r\n\r\n"
    assert b"WARC-Truncated: unspecified\r\n" in blocks[2], "the body of a redirect is not read"
    assert blocks[4].split(b"\r\n\r\n", 1)[1] == (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nX-Odd: caf\xe9\r\n\r\n<rss>\xff\x00</rss>\r\n\r\n"
    )


def test_the_evidentiary_copy_says_who_collected_what_when_and_how() -> None:
    document = a_fetched_document(number=3)
    capture = capture_of(document)
    said = {}
    for record in ArchiveIterator(io.BytesIO(capture.content)):
        if record.rec_type == "metadata":
            said = json.loads(record.content_stream().read())
    assert said["collected_url"] == "https://outlet.example/rss"
    assert said["url_chain"] == ["https://outlet.example/rss", "https://outlet.example/new?q=1"]
    assert said["final_url"] == "https://outlet.example/new?q=1"
    assert said["collected_at"] == "2025-04-02T12:03:00+00:00"
    assert said["collector"] == "ceasefire-monitor 0.1.0, HTTP GET"
    assert said["working_copy"] == {"sha256": document.sha256, "bytes": len(document.body)}


def test_a_reader_of_warc_files_finds_every_digest_right(tmp_path: Path) -> None:
    for document in (a_fetched_document(), a_document(), a_document(b"")):
        path = tmp_path / "one.warc"
        path.write_bytes(capture_of(document).content)
        checker = Checker(_CheckerOptions([str(path)]))
        checker.process_all()
        assert checker.exit_value == 0


class _CheckerOptions:
    """What warcio's own `check` command is called with."""

    def __init__(self, inputs: list[str]) -> None:
        self.inputs, self.verbose = inputs, False


def test_a_document_that_was_not_fetched_over_http_is_kept_as_a_resource() -> None:
    capture = capture_of(a_document(b"body"))
    assert [record.type for record in capture.records] == ["warcinfo", "resource", "metadata"]


def test_the_same_document_makes_the_same_file_and_another_moment_another_one() -> None:
    assert capture_of(a_fetched_document()) == capture_of(a_fetched_document())
    assert capture_of(a_fetched_document(number=2)).path != capture_of(a_fetched_document()).path


def test_names_and_passwords_in_addresses_stay_out_of_what_is_handed_on(store: Store) -> None:
    document = a_document(url="https://me:secret@outlet.example/rss", final_url="https://me:secret@outlet.example/")
    assert b"secret" not in capture_of(document).content
    store.archive.keep(document)
    with store.transaction() as tx:
        tx.add_document(document)
    [step] = store.prove([document.sha256]).steps
    assert "https://outlet.example/rss" in step.text
    assert "secret" not in step.text


@pytest.mark.parametrize("hostile", ["a\r\nWARC-Type: forged", "a\x00b", "\ud800", "її"])
def test_nothing_a_server_says_ends_a_line_of_a_record_header(hostile: str) -> None:
    document = a_document(final_url=f"https://outlet.example/{hostile}", headers=(("Content-Type", hostile),))
    capture = capture_of(document)
    for one in capture.records:
        head = capture.content[one.offset :].split(b"\r\n\r\n", 1)[0]
        assert head.count(b"WARC-Type: ") == 1 + head.count(b"Content-Type: a  WARC-Type: forged")
        assert b"\x00" not in head


def test_both_copies_lie_apart_and_the_evidentiary_one_is_read_only(store: Store) -> None:
    document = a_fetched_document()
    working = store.archive.keep(document)
    capture = capture_of(document)
    evidentiary = store.archive.folder / capture.path
    files = {path for path in store.archive.folder.rglob("*") if path.is_file()}
    assert files == {working, evidentiary, store.archive.log}
    assert working.read_bytes() == document.body
    assert evidentiary.read_bytes() == capture.content
    assert evidentiary.stat().st_mode & 0o777 == 0o400
    assert hashlib.sha256(capture.content).hexdigest() in evidentiary.name


# What is found


def test_a_whole_archive_verifies_and_says_what_was_looked_at(store: Store) -> None:
    fill(store, 12)
    seen = store.verify()
    size = sum(path.stat().st_size for path in store.archive.folder.rglob("*") if path.is_file())
    assert seen.troubles == []
    assert (seen.documents, seen.records) == (12, 72)
    assert seen.bytes == size - store.archive.log.stat().st_size
    assert (seen.unrecorded, seen.unlogged, seen.without_copy) == (0, 0, 0)
    assert store.archive.log.read_text().endswith(f" {seen.head}\n")


def test_an_empty_archive_verifies(store: Store) -> None:
    assert store.verify().troubles == []


def each_of_many_tamperings_is_found(store: Store, database_url: str, *, documents: int, times: int) -> None:
    fill(store, documents)
    tamperer = Tamperer(store, database_url, seed=documents)
    for time in range(times):
        with tamperer.change() as named:
            troubles = store.verify().troubles
        assert len(troubles) == 1, (time, named)
        assert named in troubles[0], (time, named, troubles)
    tamperer.close()
    assert store.verify().troubles == [], "each was taken back"


def test_each_of_many_tamperings_is_found(store: Store, database_url: str) -> None:
    each_of_many_tamperings_is_found(store, database_url, documents=30, times=60)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_each_of_200_tamperings_of_1000_documents_is_found(store: Store, database_url: str) -> None:
    each_of_many_tamperings_is_found(store, database_url, documents=1000, times=200)


def test_every_single_byte_of_an_archive_is_looked_at(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/monitor.db", tmp_path / "evidence")
    fill(store, 1)
    for path in sorted(path for path in store.archive.folder.rglob("*") if path.is_file()):
        path.chmod(0o600)
        content = path.read_bytes()
        for place in range(len(content)):
            path.write_bytes(content[:place] + bytes([content[place] ^ 0x20]) + content[place + 1 :])
            assert store.verify().troubles != [], (path, place)
        path.write_bytes(content)
    assert store.verify().troubles == []
    store.close()


# Being killed, and archives of before


def test_a_copy_without_a_row_is_counted_and_checked(store: Store) -> None:
    fill(store, 2)
    store.archive.keep(a_fetched_document(7, b"killed before the commit"))
    seen = store.verify()
    assert (seen.troubles, seen.unrecorded) == ([], 1)
    path = store.archive.folder / capture_of(a_fetched_document(7, b"killed before the commit")).path
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1])
    [trouble] = store.verify().troubles
    assert path.name in trouble


ODD = (("Content-Type", "text/xml"), ("X-Odd", "caf\xe9"), ("X-Empty", ""), ("x-odd", "a: b"))


@pytest.mark.parametrize(
    "document",
    [
        a_fetched_document(7, b"<rss/>"),
        a_fetched_document(7, b""),
        a_document(b"no exchange"),
        a_document(url="https://me:secret@outlet.example/rss"),
        a_fetched_document(
            7, exchanges=tuple(replace(one, headers=ODD, reason="") for one in a_fetched_document().exchanges)
        ),
    ],
    ids=["fetched", "empty", "not over HTTP", "with a password", "odd headers"],
)
def test_what_was_kept_and_not_recorded_is_adopted_as_it_would_have_been(store: Store, document: Document) -> None:
    fill(store, 1)
    store.archive.keep(document)
    assert store.adopt() == 1
    seen = store.verify()
    assert (seen.troubles, seen.documents, seen.unrecorded) == ([], 2, 0)
    assert store.adopt() == 0
    store.archive.keep(document)
    assert (store.verify().documents, store.verify().unrecorded) == (2, 0), "it would have made this very file"


def test_a_copy_that_this_program_did_not_write_is_not_adopted(store: Store) -> None:
    document = a_fetched_document()
    store.archive.keep(document)
    path = store.archive.folder / capture_of(document).path
    forged = path.read_bytes().replace(b"302 Found", b"301 Found")
    path.with_name(f"20250402T120100.000000Z-{hashlib.sha256(forged).hexdigest()}.warc").write_bytes(forged)
    path.unlink()
    with pytest.raises(StoreError, match="is no copy that this program would have written"):
        store.adopt()
    assert store.verify().documents == 0


def test_an_older_database_that_is_put_back_is_told_and_made_up_for(tmp_path: Path) -> None:
    url, folder = f"sqlite:///{tmp_path}/monitor.db", tmp_path / "evidence"
    store = Store.open(url, folder)
    fill(store, 2)
    store.close()
    backup = (tmp_path / "monitor.db").read_bytes()
    store = Store.open(url, folder)
    later = a_fetched_document(9, b"later")
    store.archive.keep(later)
    with store.transaction() as tx:
        tx.add_document(later)
    head = store.head()
    store.close()
    for left in tmp_path.glob("monitor.db*"):
        left.unlink()
    (tmp_path / "monitor.db").write_bytes(backup)
    store = Store.open(url, folder)
    [trouble] = store.verify().troubles
    assert "goes on after the last document" in trouble
    store.archive.log.rename(tmp_path / "aside.log")
    assert store.adopt() == 1
    seen = store.verify()
    assert (seen.troubles, seen.documents, seen.unlogged) == ([], 3, 0)
    assert store.head() == head
    store.close()


@pytest.mark.parametrize("left", [b"", b"2", b"2 ab"], ids=["nothing", "a number", "half a link"])
def test_a_log_that_a_kill_left_behind_is_made_up_for(store: Store, left: bytes) -> None:
    fill(store, 3)
    lines = store.archive.log.read_bytes().splitlines(keepends=True)
    rest = left.replace(b" ab", b" " + lines[1].split()[1][:2])
    store.archive.log.write_bytes(lines[0] + rest)
    seen = store.verify()
    assert (seen.troubles, seen.unlogged) == ([], 2)
    later = a_fetched_document(9, b"later")
    store.archive.keep(later)
    with store.transaction() as tx:
        tx.add_document(later)
    assert store.archive.log.read_bytes().startswith(b"".join(lines))
    assert (store.verify().troubles, store.verify().unlogged) == ([], 0)


def test_a_log_that_cannot_be_written_holds_up_no_report(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    fill(store, 1)
    store.archive.log.write_bytes(b"something else\n")
    later = a_fetched_document(9, b"later")
    store.archive.keep(later)
    with store.transaction() as tx:
        tx.add_document(later)
    assert "evidence verify" in caplog.text
    [trouble] = store.check()
    assert "chain.log does not have document 1" in trouble, "both documents stand in the database"


@pytest.mark.parametrize(
    ("moment", "documents", "unrecorded", "unlogged"),
    [("before the commit", 1, 1, 0), ("before the log", 2, 0, 1), ("in the middle of a file", 1, 0, 0)],
)
def test_a_kill_at_any_moment_leaves_an_archive_that_verifies(
    store: Store, database_url: str, tmp_path: Path, moment: str, documents: int, unrecorded: int, unlogged: int
) -> None:
    fill(store, 1)
    command = [sys.executable, "-c", KILLED, moment, database_url, str(tmp_path / "evidence")]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    seen = store.verify()
    assert seen.troubles == []
    assert (seen.documents, seen.unrecorded, seen.unlogged) == (documents, unrecorded, unlogged)
    later = a_fetched_document(5, b"killed")
    store.archive.keep(later)
    with store.transaction() as tx:
        tx.add_document(later)
    seen = store.verify()
    assert (seen.troubles, seen.documents, seen.unrecorded, seen.unlogged) == ([], 2, 0, 0), "once, whatever happened"


#: Keeps and records one document, and kills itself at a moment.
KILLED = """
import os, signal, sys
from pathlib import Path
from monitor.store import Store
from tests.store.tampering import a_fetched_document

moment, url, folder = sys.argv[1:]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

class Killed(Store):
    def _log_chain(self):
        die()

store = Killed.open(url, Path(folder))
document = a_fetched_document(5, b"killed")
if moment == "in the middle of a file":
    os.fsync = die
store.archive.keep(document)
with store.transaction() as tx:
    tx.add_document(document)
    if moment == "before the commit":
        die()
"""


def an_old_link(previous: str, sha256: str, url: str, at: str) -> str:
    """Return a link as the program made it when there were no evidentiary copies."""
    path = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
    text = json.dumps([previous, sha256, url, url, at, 200, [], "old", path, 3], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def test_an_archive_of_before_stays_readable_and_its_chain_goes_on(database_url: str, tmp_path: Path) -> None:
    engine = create_engine(parse_url(database_url))
    previous = "0" * 64
    with engine.begin() as connection:
        command.upgrade(runner.config(connection), "0007")
        for number, body in enumerate((b"one", b"two")):
            sha256 = hashlib.sha256(body).hexdigest()
            path = tmp_path / "evidence" / sha256[:2] / sha256[2:4] / sha256
            path.parent.mkdir(parents=True)
            path.write_bytes(body)
            at = NOON + timedelta(minutes=number)
            url = f"https://outlet.example/{number}"
            previous = an_old_link(previous, sha256, url, at.isoformat())
            values = {
                "sha256": sha256, "url": url, "at": at.replace(tzinfo=None) if engine.dialect.name == "sqlite" else at,
                "path": f"{sha256[:2]}/{sha256[2:4]}/{sha256}", "chain": previous,
            }  # fmt: skip
            connection.execute(
                text(
                    "INSERT INTO document (sha256, url, final_url, fetched_at, status, headers, collector, path, "
                    "size_bytes, chain) VALUES (:sha256, :url, :url, :at, 200, '[]', 'old', :path, 3, :chain)"
                ),
                values,
            )
    engine.dispose()
    store = Store.open(database_url, tmp_path / "evidence")
    seen = store.verify()
    assert (seen.troubles, seen.documents, seen.without_copy) == ([], 2, 2)
    fill(store, 1)
    seen = store.verify()
    assert (seen.troubles, seen.documents, seen.without_copy, seen.unlogged) == ([], 3, 2, 0)
    assert store.archive.read(hashlib.sha256(b"one").hexdigest()) == b"one"
    store.close()
