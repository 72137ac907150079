"""Whose turn it is to send: of all processes on one database, one at a time. One that dies gives its turn back."""

import fcntl
import os
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from monitor.errors import StoreError
from monitor.store.database import explained, shown

#: Key of PostgreSQL's advisory lock for senders (any number that nobody else uses).
_SENDER_LOCK = 0x63656173656E64


def take_turn(engine: Engine) -> Callable[[], None] | None:
    """Take the turn to send; return what gives it back, or None where another has it.

    SQLite: a lock on a file beside the database. PostgreSQL: an advisory lock of a connection of its own.

    Raises:
        StoreError: the lock cannot be asked for.
    """
    return _in_file(f"{engine.url.database}.sending") if engine.dialect.name == "sqlite" else _in_database(engine)


def _in_file(path: str) -> Callable[[], None] | None:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(f"cannot open {path}: {error.strerror}; make its folder writable for you") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return lambda: os.close(handle)


def _in_database(engine: Engine) -> Callable[[], None] | None:
    with explained(shown(engine)):
        # Outside of any transaction: one that stays open while mails are sent would keep old rows from being cleared.
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            alone = connection.execute(text(f"SELECT pg_try_advisory_lock({_SENDER_LOCK})")).scalar_one()
        except BaseException:
            connection.close()
            raise
    if not alone:
        connection.close()
        return None

    def give_back() -> None:
        # Closing alone gives it back only when the server has noticed, which may come after the next who asks.
        with suppress(SQLAlchemyError):  # a connection that is lost holds nothing
            connection.execute(text(f"SELECT pg_advisory_unlock({_SENDER_LOCK})"))
        # The pool would keep the connection, and with it the lock if that failed: it is closed for good.
        connection.invalidate()
        connection.close()

    return give_back
