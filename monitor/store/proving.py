"""What shows to a stranger that documents stand in the chain: their entries, and the links from there to its head."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from monitor.errors import StoreError
from monitor.store.chain import CHAIN_START, TIMESTAMP, digest_of, entry, link, newest_link, old_entry
from monitor.store.loading import mappings
from monitor.store.retention import removed
from monitor.store.tables import DOCUMENT
from monitor.store.verifying import NAME

#: Rows are read in portions, so that a long chain does not fill the memory.
_PORTION = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Proven:
    """One document of the archive, and where its copies lie."""

    number: int
    sha256: str
    working_path: str
    #: None for a document of before there were evidentiary copies.
    warc_path: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One link of the chain: what it was made of, besides the link before it."""

    number: int
    #: "entry" (its digest follows from it), "digest" (of an entry that is not shown), or "old" (the whole text hashed).
    kind: str
    text: str
    chain: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """The documents, and the chain from the link before the first of them to its head."""

    documents: tuple[Proven, ...]
    start: str
    steps: tuple[Step, ...]
    head: str


def prove(connection: Connection, sha256s: Iterable[str]) -> Proof:
    """Return the proof for the first fetch of each of these documents, and the first timestamp that covers them.

    What the archive does not keep is left out.

    Raises:
        StoreError: the chain is broken: nothing can be proven by it.
    """
    gone = removed(connection)
    found = {sha256: _first(connection, sha256, gone.get(sha256, 0)) for sha256 in sha256s}
    wanted = {number for number in found.values() if number is not None}
    wanted |= _timestamp_after(connection, wanted)
    if not wanted:
        head = newest_link(connection) or CHAIN_START
        return Proof(documents=(), start=head, steps=(), head=head)
    before = select(DOCUMENT.c.chain).where(DOCUMENT.c.seq < min(wanted)).order_by(DOCUMENT.c.seq.desc()).limit(1)
    start = previous = str(connection.execute(before).scalar() or CHAIN_START)
    number, documents, steps = min(wanted) - 1, [], []
    while rows := _portion(connection, number):
        for row in rows:
            number = row["seq"]
            steps.append(_step(previous, row, shown=number in wanted))
            previous = row["chain"]
            if number in wanted:
                documents.append(_proven(row))
    return Proof(documents=tuple(documents), start=start, steps=tuple(steps), head=previous)


def _first(connection: Connection, sha256: str, after: int) -> int | None:
    """Return the number of the first fetch of a document above `after`, with an evidentiary copy if there is any."""
    these = DOCUMENT.c.sha256 == sha256, DOCUMENT.c.seq > after
    found = select(DOCUMENT.c.seq).where(*these).order_by(DOCUMENT.c.warc_path.is_(None), DOCUMENT.c.seq).limit(1)
    return connection.execute(found).scalar()


def _timestamp_after(connection: Connection, numbers: set[int]) -> set[int]:
    """Return the number of the first timestamp that covers all of these documents; none where there is none."""
    last = max(numbers, default=0)
    query = select(DOCUMENT.c.seq, DOCUMENT.c.url).where(DOCUMENT.c.url.startswith(TIMESTAMP), DOCUMENT.c.seq > last)
    for row in connection.execute(query.order_by(DOCUMENT.c.seq)):
        # What was recorded while the authority was asked is not covered, though its number is smaller.
        signed = select(DOCUMENT.c.seq).where(DOCUMENT.c.chain == row.url.removeprefix(TIMESTAMP))
        if last and (connection.execute(signed).scalar() or 0) >= last:
            return {row.seq}
    return set()


def _portion(connection: Connection, after: int) -> list[Mapping[str, Any]]:
    query = select(DOCUMENT).where(DOCUMENT.c.seq > after).order_by(DOCUMENT.c.seq).limit(_PORTION)
    return list(mappings(connection, query))


def _step(previous: str, row: Mapping[str, Any], *, shown: bool) -> Step:
    if link(previous, row) != row["chain"]:
        raise StoreError(f"the chain of documents breaks at number {row['seq']}; see `ceasefire evidence verify`")
    if row["warc_path"] is None:
        # A link of the old form covers the text itself: nothing of it can be left out.
        kind, text = "old", old_entry(previous, row)
    else:
        kind, text = ("entry", entry(row)) if shown else ("digest", digest_of(row))
    return Step(number=row["seq"], kind=kind, text=text, chain=row["chain"])


def _proven(row: Mapping[str, Any]) -> Proven:
    path = row["warc_path"]
    if path is not None and NAME.fullmatch(path) is None:
        raise StoreError(f"document {row['seq']} names a file outside of the archive; see `ceasefire evidence verify`")
    return Proven(number=row["seq"], sha256=row["sha256"], working_path=row["path"], warc_path=path)
