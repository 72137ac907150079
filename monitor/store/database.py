"""Opening a database: the engine, SQLite's pragmas, one writer at a time, migrations, and clear words for trouble."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from monitor.errors import StoreError
from monitor.store.migrations import runner
from monitor.store.tables import Base

#: How long a writer waits for another one to finish.
WAIT_SECONDS = 30.0
#: Key of the advisory lock by which writers on PostgreSQL stand in line (any number that nobody else uses).
_WRITER_LOCK = 0x63656173656669
_HOW = "use sqlite:////path/to/monitor.db or postgresql://USER:PASSWORD@HOST/NAME"


def parse_url(url: str) -> URL:
    """Return the URL with its driver filled in.

    Raises:
        StoreError: it names no database of a kind that is supported. The message never holds the URL's password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(f"the database URL cannot be read; {_HOW}") from None
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername in ("sqlite", "sqlite+pysqlite"):
        if not parsed.database or parsed.database == ":memory:" or parsed.database.startswith("file:"):
            raise StoreError(f"the SQLite database needs a file, so that every connection sees the same; {_HOW}")
        return parsed.set(drivername="sqlite")
    if parsed.drivername != "postgresql+psycopg":
        raise StoreError(f"databases of the kind {parsed.drivername!r} are not supported; {_HOW}")
    return parsed


def open_engine(url: str, *, wait_seconds: float = WAIT_SECONDS) -> Engine:
    """Open a database, made if it is a new SQLite file, and migrate it to the newest schema.

    Args:
        url: SQLite or PostgreSQL.
        wait_seconds: how long a writer waits for another one.

    Raises:
        StoreError: not writable, no database, not ours, of a newer version, or locked.
    """
    parsed = parse_url(url)
    shown = parsed.render_as_string(hide_password=True)
    if parsed.get_backend_name() == "sqlite":
        _make_folder(Path(str(parsed.database)))
    engine = (
        _sqlite(parsed, wait_seconds) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed, wait_seconds)
    )
    try:
        with explained(shown):
            _prepare(engine, shown, wait_seconds)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"cannot make the folder {path.parent} for the database: {error.strerror}; name one where you may write"
        ) from error
    if path.is_dir():
        raise StoreError(f"{path} is a folder; the database needs a file")


def _sqlite(url: URL, wait_seconds: float) -> Engine:
    # Manual transactions ("autocommit" at the driver): BEGIN is sent by `_begin`, and schema changes roll back too.
    engine = create_engine(url, connect_args={"isolation_level": None, "timeout": wait_seconds})

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        # The time to wait comes first: the pragmas after it may meet a lock themselves.
        connection.execute(f"PRAGMA busy_timeout = {int(wait_seconds * 1000)}")
        connection.execute("PRAGMA foreign_keys = ON")
        # FULL, because in WAL mode NORMAL may lose the last transactions when the power fails: an alert would go out
        # twice. We write a few transactions a minute, so one more sync each costs nothing that anybody notices.
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its lock at once: a reader that becomes a writer later can fail without waiting.
        immediate = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _postgresql(url: URL, wait_seconds: float) -> Engine:
    engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(wait_seconds * 1000)}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")

    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open one write transaction, after any other writer has ended: commit on exit, roll back on an exception."""
    with explained(shown(engine)), engine.execution_options(writes=True).begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open one snapshot to read from: what others commit meanwhile is not seen."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with explained(shown(engine)), engine.connect() as connection:
        yield connection


def shown(engine: Engine) -> str:
    """Return the database's URL without its password."""
    return engine.url.render_as_string(hide_password=True)


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn what a database driver raises into a StoreError that says what is wrong, where, and how to mend it."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"{where}: {_explain(error)}") from error
    except NoSuchModuleError as error:
        raise StoreError(f"{where}: the driver for this database is not installed") from error


_ADVICE = (
    ("unable to open database file", "the file cannot be opened; is its folder there, and writable for you?"),
    ("readonly database", "the file may only be read; make it and its folder writable for you"),
    ("file is not a database", "this file is no SQLite database; name another, or move it out of the way"),
    ("malformed", "the database is damaged; put back a backup"),
    ("is locked", f"another process has been writing for {WAIT_SECONDS:.0f} seconds or more; try again, or stop it"),
    ("lock timeout", f"another process has been writing for {WAIT_SECONDS:.0f} seconds or more; try again, or stop it"),
    ("is full", "the disk is full; free some space"),
    ("disk i/o error", "the disk cannot be read or written"),
)


def _explain(error: DBAPIError) -> str:
    words = " ".join(str(error.orig).split())[:500]
    for sign, advice in _ADVICE:
        if sign in words.lower():
            return f"{advice} ({words})"
    return words


def _prepare(engine: Engine, where: str, wait_seconds: float) -> None:
    """Switch SQLite to WAL, and bring the schema to its newest version, one process at a time."""
    if engine.dialect.name == "sqlite":
        _use_wal(engine, wait_seconds)
    with engine.connect() as connection:
        if runner.is_at_head(connection):
            return
    with engine.execution_options(writes=True).begin() as connection:
        _refuse_foreign(connection, where)
        try:
            runner.upgrade(connection)
        except runner.UnknownVersion as error:
            raise StoreError(
                f"{where}: the database is of version {error.version}, which this program does not know; it was made "
                "by a newer one: update the program, or name another database"
            ) from error


def _use_wal(engine: Engine, wait_seconds: float) -> None:
    """Switch to write-ahead logging, which stays with the file. SQLite itself does not wait for this lock."""
    raw = sqlite3.connect(str(engine.url.database), timeout=wait_seconds, isolation_level=None)
    deadline = time.monotonic() + wait_seconds
    try:
        while raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                raw.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
    except sqlite3.Error as error:
        raise DBAPIError("PRAGMA journal_mode = WAL", None, error) from error
    finally:
        raw.close()


def _refuse_foreign(connection: Connection, where: str) -> None:
    """Refuse a database that belongs to another program."""
    tables = set(inspect(connection).get_table_names())
    if runner.VERSION_TABLE in tables:
        return
    clash = tables if connection.dialect.name == "sqlite" else tables & set(Base.metadata.tables)
    if clash:
        raise StoreError(
            f"{where}: this database holds tables of another program ({', '.join(sorted(clash)[:5])}); "
            "name another database"
        )


def integrity_troubles(connection: Connection) -> tuple[str, ...]:
    """Return what SQLite finds wrong with its own file; PostgreSQL checks its pages and keys as it goes."""
    if connection.dialect.name != "sqlite":
        return ()
    found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check(20)")) if row[0] != "ok"]
    found += [
        f"a row of {row[0]} names a row of {row[2]} that is not there"
        for row in connection.execute(text("PRAGMA foreign_key_check")).fetchmany(20)
    ]
    return tuple(f"database: {trouble}" for trouble in found)
