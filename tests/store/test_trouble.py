"""What can go wrong with a database: each gets one clear error, and nothing is lost or doubled."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.store import Store
from tests.builders import a_report

WRITER = """
import sys, time
from pathlib import Path
from monitor.store import Store
from tests.builders import a_report
url, evidence, what = sys.argv[1:]
store = Store.open(url, Path(evidence))
if what == "hang":
    with store.transaction() as tx:
        tx.add_reports([a_report("never committed")])
        tx.set_meta("written", "by the one that died")
        print("inside", flush=True)
        time.sleep(60)
for number in range(20):
    with store.transaction() as tx:
        tx.add_reports([a_report(f"{what} {number}")])
        tx.set_meta("count", str(int(tx.meta("count") or 0) + 1))
store.close()
"""


def start_writer(url: str, folder: Path, what: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER, url, str(folder / "evidence"), what]
    return subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_process_killed_in_a_transaction_leaves_nothing_of_it(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    with store.transaction() as tx:
        tx.add_reports([a_report("committed")])
    with start_writer(database_url, tmp_path, "hang") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "inside\n"
        os.kill(process.pid, signal.SIGKILL)
    again = Store.open(database_url, tmp_path / "evidence")
    with again.transaction() as tx:
        assert tx.counts()["reports"] == 1
        assert tx.meta("written") is None
        assert len(tx.add_reports([a_report("committed"), a_report("never committed")])) == 1
    assert again.check() == ()
    again.close()


def test_two_processes_that_write_at_once_wait_for_each_other(store: Store, database_url: str, tmp_path: Path) -> None:
    writers = [start_writer(database_url, tmp_path, name) for name in ("one", "two")]
    assert [(writer.communicate(timeout=60)[1], writer.returncode) for writer in writers] == [("", 0), ("", 0)]
    with store.query() as query:
        assert query.counts()["reports"] == 40
        assert query.meta("count") == "40"


def test_a_writer_that_never_gets_its_turn_says_so(store: Store, database_url: str, tmp_path: Path) -> None:
    impatient = Store.open(database_url, tmp_path / "evidence", wait_seconds=0.1)

    def write() -> None:
        with impatient.transaction() as tx:
            tx.set_meta("key", "value")

    with store.transaction(), pytest.raises(StoreError, match="another process has been writing"):
        write()
    impatient.close()


def test_a_snapshot_does_not_see_what_is_committed_meanwhile(store: Store) -> None:
    with store.query() as query:
        assert query.counts()["reports"] == 0
        with store.transaction() as tx:
            tx.add_reports([a_report()])
        assert query.counts()["reports"] == 0
    with store.query() as query:
        assert query.counts()["reports"] == 1


def test_threads_may_share_a_store(store: Store) -> None:
    def write(number: int) -> None:
        with store.transaction() as tx:
            tx.add_reports([a_report(f"Report {number}")])

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.query() as query:
        assert query.counts()["reports"] == 8


def _not_a_database(folder: Path) -> str:
    (folder / "file.db").write_text("Shopping list: bread, milk, and a good deal more than sixteen bytes. " * 20)
    return f"sqlite:///{folder}/file.db"


def _file_in_the_way(folder: Path) -> str:
    (folder / "file").write_text("")
    return f"sqlite:///{folder}/file/monitor.db"


def _folder_in_its_place(folder: Path) -> str:
    (folder / "monitor.db").mkdir()
    return f"sqlite:///{folder}/monitor.db"


@pytest.mark.parametrize(
    ("make_url", "message"),
    [
        (_not_a_database, "file.db: this file is no SQLite database; name another"),
        (_file_in_the_way, "cannot make the folder .*/file for the database"),
        (_folder_in_its_place, "monitor.db is a folder; the database needs a file"),
        (lambda _: "sqlite://", "needs a file"),
        (lambda _: "sqlite:///:memory:", "needs a file"),
        (lambda _: "monitor.db", "the database URL cannot be read; use sqlite:////path"),
        (lambda _: "mysql://user:secret@host/name", "'mysql' are not supported; use sqlite"),
        (lambda _: "postgresql://user:secret@127.0.0.1:1/name", r"user:\*\*\*@127.0.0.1:1/name: .*refused"),
    ],
)
def test_a_database_that_cannot_be_used_gives_one_clear_error(
    make_url: Callable[[Path], str], message: str, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        Store.open(make_url(tmp_path), tmp_path / "evidence")
    assert "secret" not in str(caught.value)


def test_evidence_that_cannot_be_written_gives_one_clear_error(database_url: str, tmp_path: Path) -> None:
    from tests.store.test_records import a_document

    (tmp_path / "evidence").write_text("in the way")
    store = Store.open(database_url, tmp_path / "evidence")
    with pytest.raises(StoreError, match=r"cannot keep a document in .*evidence"):
        store.archive.keep(a_document())
    store.close()


def test_sqlite_runs_with_a_write_ahead_log_foreign_keys_and_full_syncs(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/new/folder/monitor.db", tmp_path / "evidence")
    with store.transaction() as tx:
        pragmas = {
            name: tx._connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    store.close()
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 30_000}
