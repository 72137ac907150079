"""The store: one database and the evidence archive beside it."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Engine

from monitor.errors import StoreError
from monitor.store import database, turn
from monitor.store.adopting import document_of
from monitor.store.archive import Archive
from monitor.store.chain import catch_up, newest_link
from monitor.store.proving import Proof, prove
from monitor.store.reading import Query
from monitor.store.retention import Copies, Kept, copies_of, kept, left_over, removed, tombstones
from monitor.store.verifying import Verified, evidentiary_paths, read_log, unrecorded, verify
from monitor.store.writing import Transaction

logger = logging.getLogger("ceasefire")

#: At most so many troubles of one kind are listed.
_LISTED = 20


class Store:
    """Where everything is kept. Safe to share between threads; each transaction or query belongs to one of them."""

    def __init__(self, engine: Engine, archive: Archive) -> None:
        self._engine = engine
        self.archive = archive

    @classmethod
    def open(cls, url: str, evidence_dir: Path, *, wait_seconds: float = database.WAIT_SECONDS) -> Self:
        """Open a database, made and migrated as needed.

        Args:
            url: `sqlite:////absolute/path.db`, `postgresql://...` or `postgresql+psycopg://...`.
            evidence_dir: the folder of the evidence archive; made when the first document is kept.
            wait_seconds: how long a writer waits for another process that writes.

        Raises:
            StoreError: it cannot be used; the message says why, and never holds a password.
        """
        return cls(database.open_engine(url, wait_seconds=wait_seconds), Archive(evidence_dir))

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open one write transaction: commit on exit, roll back on an exception. Writers stand in line.

        Raises:
            StoreError: the database refused, or another writer did not end in time.
        """
        with database.writing(self._engine) as connection:
            transaction = Transaction(connection)
            yield transaction
        if transaction.chained:
            self._log_chain()

    @contextmanager
    def query(self) -> Iterator[Query]:
        """Open one snapshot to read from.

        Raises:
            StoreError: the database cannot be read.
        """
        with database.reading(self._engine) as connection:
            yield Query(connection)

    def take_turn(self) -> Callable[[], None] | None:
        """Take the turn to send; return what gives it back, or None where another process has it.

        Raises:
            StoreError: that cannot be found out.
        """
        return turn.take_turn(self._engine)

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the database and the evidence; empty where all is well.

        Integrity and foreign keys of the database; every byte, offset and link of the evidence.
        """
        log = read_log(self.archive)
        with database.reading(self._engine) as connection:
            evidence = verify(connection, self.archive, log, most=_LISTED)
            return (*database.integrity_troubles(connection), *evidence.troubles)

    def verify(self) -> Verified:
        """Check every byte, offset and link of the evidence, as far as the first that fails.

        Raises:
            StoreError: the database or the archive cannot be read.
        """
        log = read_log(self.archive)
        with database.reading(self._engine) as connection:
            return verify(connection, self.archive, log, most=1)

    def prove(self, sha256s: Iterable[str]) -> Proof:
        """Return what shows that these documents stand in the chain; those not in the archive are left out.

        Raises:
            StoreError: the chain is broken, or the database cannot be read.
        """
        with database.reading(self._engine) as connection:
            return prove(connection, sha256s)

    def head(self) -> str | None:
        """Return the link of the newest document; None where there is no document."""
        with database.reading(self._engine) as connection:
            return newest_link(connection)

    def adopt(self) -> int:
        """Record the evidentiary copies that no row names, by when they were collected; return how many.

        Raises:
            StoreError: one of them is not what this program wrote; those before it are recorded.
        """
        with database.reading(self._engine) as connection:
            named = evidentiary_paths(connection)
        adopted = 0
        for path in unrecorded(self.archive, named):
            document = document_of(self.archive, path)
            with self.transaction() as tx:
                tx.add_document(document)
            adopted += 1
        return adopted

    def kept(self) -> tuple[Kept, ...]:
        """Return the documents whose copies are kept, by when they were last fetched."""
        with database.reading(self._engine) as connection:
            return kept(connection)

    def copies_of(self, sha256: str) -> Copies:
        """Return the copies of a document that are not removed; none where there is no such document."""
        with database.reading(self._engine) as connection:
            return copies_of(connection, sha256, after=removed(connection).get(sha256, 0))

    def left_over(self) -> tuple[str, ...]:
        """Return the paths of copies that are to be gone, for a tombstone says so."""
        with database.reading(self._engine) as connection:
            return left_over(connection)

    def tombstones(self) -> tuple[str, ...]:
        """Return the SHA-256 of each tombstone, oldest first."""
        with database.reading(self._engine) as connection:
            return tuple(row["sha256"] for row in tombstones(connection))

    def _log_chain(self) -> None:
        """Write what was committed to the log of the chain; where that fails, the next commit makes up for it."""
        try:
            with database.reading(self._engine) as connection:
                catch_up(self.archive.log, connection)
        except (OSError, ValueError, StoreError) as error:
            logger.warning("%s: cannot be written (%s); `ceasefire evidence verify` checks it", self.archive.log, error)
