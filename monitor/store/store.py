"""The store: one database and the evidence archive beside it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, select

from monitor.store import database, turn
from monitor.store.archive import Archive, relative_path
from monitor.store.loading import mappings
from monitor.store.reading import Query
from monitor.store.tables import DOCUMENT
from monitor.store.writing import CHAIN_START, Transaction, link

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
            yield Transaction(connection)

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

        Integrity and foreign keys of the database; the hash of every document, and the chain of documents.
        """
        with database.reading(self._engine) as connection:
            return (*database.integrity_troubles(connection), *self._evidence_troubles(connection))

    def _evidence_troubles(self, connection: Connection) -> list[str]:
        troubles: list[str] = []
        chain, sound = CHAIN_START, True
        checked: set[str] = set()
        for row in mappings(connection, select(DOCUMENT).order_by(DOCUMENT.c.seq)):
            sha256 = row["sha256"]
            if sound and link(chain, row) != row["chain"]:
                sound = False
                troubles.append(f"evidence: the chain of documents breaks at number {row['seq']} ({sha256})")
            chain = row["chain"]
            if sha256 not in checked and not self.archive.verify(sha256):
                path = self.archive.folder / relative_path(sha256)
                troubles.append(f"evidence: {path} is missing or no longer what was fetched")
            checked.add(sha256)
            if len(troubles) >= _LISTED:
                break
        return troubles
