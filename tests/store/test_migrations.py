import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from monitor.errors import StoreError
from monitor.store import Store
from monitor.store.database import parse_url
from monitor.store.migrations import runner


def test_there_is_one_newest_version() -> None:
    assert runner.heads() == (runner.HEAD,)


def test_the_steps_lead_to_the_table_classes(store: Store, database_url: str) -> None:
    engine = create_engine(parse_url(database_url))
    with engine.connect() as connection:
        assert runner.differences(connection) == []
    engine.dispose()


def test_a_database_that_lacks_a_column_differs_from_the_table_classes(store: Store, database_url: str) -> None:
    engine = create_engine(parse_url(database_url))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE meta ADD COLUMN stray TEXT"))
    with engine.connect() as connection:
        assert [step[0] for step in runner.differences(connection)] == ["remove_column"]
    engine.dispose()


def test_who_was_told_before_is_known_after_the_step(database_url: str, tmp_path: Path) -> None:
    engine = create_engine(parse_url(database_url))
    with engine.begin() as connection:
        command.upgrade(runner.config(connection), "0002")
        connection.execute(
            text(
                "INSERT INTO notice (id, channel, kind, incident_id, violation_ids, payload, created_at, due_at, "
                """state, attempts) VALUES ('N-1', 'webhook', 'digest', 'I-1', '["V-1","V-2"]', '{}', """
                "'2025-04-02 12:00:00', '2025-04-02 12:00:00', 'sent', 1)"
            )
        )
    engine.dispose()
    opened = Store.open(database_url, tmp_path / "evidence")
    with opened.query() as query:
        assert query.told(["V-1", "V-2", "V-3"]) == {"V-1": {"webhook"}, "V-2": {"webhook"}}
    opened.close()


def test_opening_again_changes_nothing(store: Store, database_url: str, tmp_path: Path) -> None:
    with store.transaction() as tx:
        tx.set_meta("kept", "yes")
    again = Store.open(database_url, tmp_path / "evidence")
    with again.query() as query:
        assert query.meta("kept") == "yes"
    again.close()


def test_a_database_of_a_newer_version_is_refused(store: Store, database_url: str, tmp_path: Path) -> None:
    engine = create_engine(parse_url(database_url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match=r"version 9999.*newer.*update the program"):
        Store.open(database_url, tmp_path / "evidence")


def test_a_database_of_another_program_is_refused(database_url: str, tmp_path: Path) -> None:
    engine = create_engine(parse_url(database_url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE notice (id INTEGER)"))
    engine.dispose()
    with pytest.raises(StoreError, match=r"another program \(notice\); name another database"):
        Store.open(database_url, tmp_path / "evidence")


def test_two_processes_may_make_the_same_database_at_once(database_url: str, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from monitor.store import Store\n"
        "store = Store.open(sys.argv[1], Path(sys.argv[2])); store.close()"
    )
    command = [sys.executable, "-c", program, database_url, str(tmp_path / "evidence")]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    ended = [(process.communicate(timeout=60)[1], process.returncode) for process in started]
    assert ended == [("", 0)] * 3


def test_the_steps_run_from_a_folder_with_a_percent_sign_and_a_space(tmp_path: Path) -> None:
    home = tmp_path / "100% here"
    checkout = Path(__file__).parents[2] / "monitor"
    shutil.copytree(checkout, home / "monitor", ignore=shutil.ignore_patterns("__pycache__"))
    program = (
        "from pathlib import Path; from monitor.store import Store, store\n"
        "opened = Store.open('sqlite:///made.db', Path('evidence')); opened.close(); print(store.__file__)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=home, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.strip() == str(home / "monitor" / "store" / "store.py")
    assert (home / "made.db").is_file()
