"""Documents whose copies were removed, and those that may be. A removal is a document of the chain itself: a tombstone.

The tombstone names the hash of what is gone, by whom, when and why; its row comes after those of the copies removed.
What was recorded of the removed documents (addresses, times, headers, hashes) stays in the chain.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from monitor.store.chain import OWN, TOMBSTONE
from monitor.store.loading import mappings
from monitor.store.tables import CLAIM, DOCUMENT, MEMBERSHIP, REPORT, VIOLATION


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A document whose copies are in the archive."""

    sha256: str
    last_fetched: datetime
    #: Whether a report that was read from it ever stood behind a violation.
    is_evidence: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Copies:
    """The files of all fetches of one document that are not removed yet, and what was recorded of the fetches."""

    sha256: str
    #: Relative to the folder of the archive.
    paths: tuple[str, ...]
    fetches: tuple[Mapping[str, Any], ...]


def removed(connection: Connection) -> dict[str, int]:
    """Return the number of the newest tombstone of each document that has one, by the document's SHA-256."""
    query = select(DOCUMENT.c.url, DOCUMENT.c.seq).where(DOCUMENT.c.url.startswith(TOMBSTONE)).order_by(DOCUMENT.c.seq)
    return {row.url.removeprefix(TOMBSTONE): row.seq for row in connection.execute(query)}


def tombstones(connection: Connection) -> Sequence[Mapping[str, Any]]:
    """Return the rows of all tombstones, oldest first."""
    return mappings(connection, select(DOCUMENT).where(DOCUMENT.c.url.startswith(TOMBSTONE)).order_by(DOCUMENT.c.seq))


def kept(connection: Connection) -> tuple[Kept, ...]:
    """Return the documents that are not removed, by when they were last fetched; what was made here is none of them."""
    gone, evidence = removed(connection), _behind_violations(connection)
    query = (
        select(DOCUMENT.c.sha256, func.max(DOCUMENT.c.fetched_at).label("last"), func.max(DOCUMENT.c.seq).label("seq"))
        .where(~DOCUMENT.c.url.startswith(OWN))
        .group_by(DOCUMENT.c.sha256)
        .order_by("last", "seq")
    )
    return tuple(
        Kept(sha256=row.sha256, last_fetched=row.last, is_evidence=row.sha256 in evidence)
        for row in connection.execute(query)
        if row.seq > gone.get(row.sha256, 0)
    )


def _behind_violations(connection: Connection) -> set[str]:
    violations = select(VIOLATION.c.incident_id)
    query = (
        select(REPORT.c.document_sha256)
        .distinct()
        .join(CLAIM, (CLAIM.c.report_id == REPORT.c.report_id) & (CLAIM.c.version == REPORT.c.version))
        .join(MEMBERSHIP, MEMBERSHIP.c.claim_id == CLAIM.c.claim_id)
        .where(MEMBERSHIP.c.incident_id.in_(violations), REPORT.c.document_sha256.is_not(None))
    )
    return set(connection.execute(query).scalars())


def copies_of(connection: Connection, sha256: str, after: int = 0) -> Copies:
    """Return the copies of a document, of the fetches numbered above `after`."""
    query = select(DOCUMENT).where(DOCUMENT.c.sha256 == sha256, DOCUMENT.c.seq > after).order_by(DOCUMENT.c.seq)
    rows = [row for row in mappings(connection, query) if not row["url"].startswith(OWN)]
    return Copies(sha256=sha256, paths=_paths(rows), fetches=tuple(rows))


def left_over(connection: Connection) -> tuple[str, ...]:
    """Return the paths of copies that have a tombstone and may still be there: a kill came between the two."""
    gone = removed(connection)
    paths: list[str] = []
    for sha256, number in gone.items():
        rows = copies_of(connection, sha256).fetches
        before = [row for row in rows if row["seq"] < number]
        # The working copy is that of every fetch: it stays where one came later.
        again = {row["path"] for row in rows if row["seq"] > number}
        paths += [path for path in _paths(before) if path not in again]
    return tuple(paths)


def _paths(rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the files of these rows, working copies last: while one is there, the others are checked."""
    found = list(rows)
    return tuple(dict.fromkeys(row[kind] for kind in ("warc_path", "path") for row in found if row[kind] is not None))
