"""An archive of many documents, and somebody who changes one thing in it; each change can be taken back."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, text

from monitor.model.reports import Document, Exchange
from monitor.store import Store
from monitor.store.database import parse_url
from tests.builders import NOON

#: Columns of a document's row, and what somebody might put there.
FORGED: dict[str, object] = {
    "sha256": "0" * 64,
    "url": "https://forged.example/",
    "final_url": "https://forged.example/",
    "fetched_at": "2025-01-01 00:00:00.000000",
    "status": 500,
    "headers": "[]",
    "collector": "nobody",
    "path": "00/00/" + "0" * 64,
    "size_bytes": 1,
    "warc_path": None,
    "warc_sha256": "0" * 64,
    "warc_bytes": 1,
    "warc_records": "[]",
    "chain": "0" * 64,
}


def a_fetched_document(number: int = 1, body: bytes = b"<rss/>", **changes: Any) -> Document:
    """Return a document that was redirected once."""
    at = NOON + timedelta(minutes=number)
    asked = (("Host", "outlet.example"), ("User-Agent", "ceasefire-monitor"))

    def exchange(path: str, status: int, **more: Any) -> Exchange:
        return Exchange(
            method="GET",
            url=f"https://outlet.example{path}",
            asked_at=at - timedelta(seconds=1),
            request_headers=asked,
            http_version="HTTP/1.1",
            status=status,
            reason="OK" if status == 200 else "Found",
            **more,
        )

    headers = (("Content-Type", "application/rss+xml"), ("X-Odd", "caf\xe9"))
    defaults: dict[str, Any] = {
        "url": "https://outlet.example/rss",
        "final_url": "https://outlet.example/new?q=1",
        "fetched_at": at,
        "status": 200,
        "headers": headers,
        "body": body,
        "collector": "ceasefire-monitor 0.1.0, HTTP GET",
        "exchanges": (
            exchange("/rss", 302, headers=(("Location", "/new?q=1"),)),
            exchange("/new?q=1", 200, headers=headers, body=body),
        ),
    }
    return Document(**defaults | changes)


def fill(store: Store, documents: int) -> None:
    """Keep and record so many documents, each of them another one."""
    made = [a_fetched_document(number, b"<rss>%d</rss>" % number) for number in range(documents)]
    for document in made:
        store.archive.keep(document)
    with store.transaction() as tx:
        for document in made:
            tx.add_document(document)


class Tamperer:
    """Changes one thing at a time, at random; `change` says what, and whether it names a number or a file."""

    def __init__(self, store: Store, database_url: str, seed: int) -> None:
        self.random = random.Random(seed)
        self.folder = store.archive.folder
        self.log = store.archive.log
        self.engine = create_engine(parse_url(database_url))
        with self.engine.begin() as connection:
            _allow_changes(self.engine, connection)
            self.numbers = list(connection.execute(text("SELECT seq FROM document ORDER BY seq")).scalars())
        self.warcs = sorted(self.folder.rglob("*.warc"))
        self.bodies = sorted(path for path in self.folder.glob("??/??/*") if path.is_file())
        self.ways: list[Callable[[], Iterator[str]]] = [
            self.flip_a_byte, self.flip_a_byte, self.flip_a_byte, self.cut, self.lengthen, self.remove, self.exchange,
            self.forge_a_column, self.forge_a_column, self.take_out_a_row, self.take_out_the_last_row, self.plant,
        ]  # fmt: skip

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def change(self) -> Iterator[str]:
        """Change one thing, say what, and take it back afterwards."""
        yield from self.random.choice(self.ways)()

    def a_file(self) -> Path:
        return self.random.choice([self.random.choice(self.warcs), self.random.choice(self.bodies), self.log])

    def rewritten(self, path: Path, content: bytes) -> Iterator[str]:
        before = path.read_bytes()
        _write(path, content)
        yield path.name
        _write(path, before)

    def flip_a_byte(self) -> Iterator[str]:
        path = self.a_file()
        content = bytearray(path.read_bytes())
        content[self.random.randrange(len(content))] ^= 1 << self.random.randrange(8)
        yield from self.rewritten(path, bytes(content))

    def cut(self) -> Iterator[str]:
        path = self.random.choice(self.warcs + self.bodies)
        content = path.read_bytes()
        yield from self.rewritten(path, content[: self.random.randrange(len(content))])

    def lengthen(self) -> Iterator[str]:
        path = self.a_file()
        yield from self.rewritten(path, path.read_bytes() + self.random.randbytes(1 + self.random.randrange(9)))

    def remove(self) -> Iterator[str]:
        path = self.a_file()
        aside = self.folder.parent / "aside"
        shutil.move(path, aside)
        yield path.name
        shutil.move(aside, path)

    def exchange(self) -> Iterator[str]:
        one, other = self.random.sample(self.warcs, 2)
        first, second = one.read_bytes(), other.read_bytes()
        _write(one, second)
        _write(other, first)
        yield min(one.name, other.name)
        _write(one, first)
        _write(other, second)

    def plant(self) -> Iterator[str]:
        path = self.random.choice(self.warcs).with_name(f"20250402T120000.000000Z-{'0' * 64}.warc")
        path.write_bytes(b"WARC/1.1\r\n")
        yield path.name
        path.unlink()

    def forge_a_column(self) -> Iterator[str]:
        number, (column, value) = self.random.choice(self.numbers), self.random.choice(list(FORGED.items()))
        query = f"UPDATE document SET {column} = :value WHERE seq = :seq"
        with self.engine.begin() as connection:
            before = connection.execute(
                text(f"SELECT CAST({column} AS TEXT) FROM document WHERE seq = {number}")
            ).scalar()
            connection.execute(text(self._cast(column, query)), {"value": value, "seq": number})
        yield f"number {number}:"
        with self.engine.begin() as connection:
            connection.execute(text(self._cast(column, query)), {"value": before, "seq": number})

    def _cast(self, column: str, query: str) -> str:
        """Return the query with the value of the column's type: what was read as text is written back."""
        kinds = {"status": "INTEGER", "size_bytes": "BIGINT", "warc_bytes": "BIGINT"}
        if self.engine.dialect.name == "postgresql":
            kinds["fetched_at"] = "TIMESTAMPTZ"
        return query.replace(":value", f"CAST(:value AS {kinds.get(column, 'TEXT')})")

    def take_out_a_row(self) -> Iterator[str]:
        place = self.random.randrange(len(self.numbers) - 1)
        yield from self._without(self.numbers[place], f"number {self.numbers[place + 1]}:")

    def take_out_the_last_row(self) -> Iterator[str]:
        yield from self._without(self.numbers[-1], self.log.name)

    def _without(self, number: int, named: str) -> Iterator[str]:
        with self.engine.begin() as connection:
            row = dict(connection.execute(text(f"SELECT * FROM document WHERE seq = {number}")).mappings().one())
            connection.execute(text(f"DELETE FROM document WHERE seq = {number}"))
        yield named
        columns = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        with self.engine.begin() as connection:
            connection.execute(text(f"INSERT INTO document ({columns}) VALUES ({values})"), row)


def _write(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)


def _allow_changes(engine: Engine, connection: Any) -> None:
    """Take away the triggers that refuse changes of history, as somebody with the database's password can."""
    if engine.dialect.name == "sqlite":
        for name in ("document_no_update", "document_no_delete"):
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        connection.execute(text("DROP TRIGGER document_append_only ON document"))
