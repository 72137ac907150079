"""Is the evidence still what was collected? Every byte, offset and link is checked; what fails first is named first."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from monitor.errors import StoreError
from monitor.store.archive import UNFINISHED, Archive, relative_path
from monitor.store.chain import CHAIN_START, link, log_line
from monitor.store.loading import mappings
from monitor.store.retention import removed
from monitor.store.tables import DOCUMENT

#: The name of an evidentiary copy ends with the SHA-256 of the file.
NAME = re.compile(r"warc/\d{4}/\d{2}/\d{2}/[0-9TZ.]+-([0-9a-f]{64})\.warc", re.ASCII)


@dataclass(kw_only=True)
class Verified:
    """What was looked at, and what is wrong with it."""

    documents: int = 0
    records: int = 0
    #: Of both copies.
    bytes: int = 0
    #: Documents of before there were evidentiary copies.
    without_copy: int = 0
    #: Fetches whose copies were removed, as a later document of the chain says.
    removed: int = 0
    #: Evidentiary copies that no row names: the program was killed between writing and recording them.
    unrecorded: int = 0
    #: Links that `chain.log` does not have yet.
    unlogged: int = 0
    #: Link of the newest document.
    head: str = CHAIN_START
    troubles: list[str] = field(default_factory=list)


def read_log(archive: Archive) -> bytes | None:
    """Return the log of the chain, read before the database, so that it cannot be ahead; None where there is none."""
    try:
        return archive.log.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"cannot read {archive.log}: {error.strerror}") from error


def verify(connection: Connection, archive: Archive, log: bytes | None, *, most: int) -> Verified:
    """Check the chain, its log and both copies of every document, oldest first, then what lies beside them.

    Args:
        connection: one snapshot.
        archive: the files.
        log: from `read_log`.
        most: stop at so many troubles.
    """
    seen = Verified()
    seen.troubles = list(islice(_troubles(connection, archive, log, seen), most))
    return seen


def _troubles(connection: Connection, archive: Archive, log: bytes | None, seen: Verified) -> Iterator[str]:
    checked: set[str] = set()
    named: set[str] = set()
    gone = removed(connection)
    at, logged = 0, log or b""
    for number, row in _rows(connection):
        seen.documents += 1
        if row is None or not _is_linked(row, seen.head):
            yield f"evidence: the chain of documents breaks at number {number}: its row is not what was recorded"
        if row is None:
            continue
        seen.head = row["chain"]
        line = log_line(number, seen.head)
        part = logged[at : at + len(line)]
        seen.unlogged += len(part) < len(line)
        at += len(line)
        if not line.startswith(part):
            yield f"evidence: {archive.log} does not have document {number} as the database has it"
            logged = b""
        if number < gone.get(row["sha256"], 0) and not _is_there(archive, row):
            seen.removed += 1
            continue
        if row["warc_path"] is None:
            seen.without_copy += 1
        else:
            named.add(row["warc_path"])
            yield from _evidentiary_troubles(archive, row, seen)
        yield from _working_troubles(archive, row, checked, seen)
    if log is None and named:
        yield f"evidence: {archive.log} is missing"
    if len(logged) > at:
        yield f"evidence: {archive.log} goes on after the last document of the database, with {logged[at : at + 40]!r}"
    yield from _stray_troubles(archive, named, seen)


def _rows(connection: Connection) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    """Yield number and row of each document; None for a row that cannot be read any more."""
    for number in connection.execute(select(DOCUMENT.c.seq).order_by(DOCUMENT.c.seq)).scalars().all():
        try:
            (row,) = mappings(connection, select(DOCUMENT).where(DOCUMENT.c.seq == number))
        except (ValueError, TypeError):
            yield number, None
        else:
            yield number, row


def _is_linked(row: Mapping[str, Any], previous: str) -> bool:
    try:
        return bool(link(previous, row) == row["chain"])
    except (TypeError, AttributeError):
        # SQLite lets anything stand in any column.
        return False


def _is_there(archive: Archive, row: Mapping[str, Any]) -> bool:
    """Return whether the evidentiary copy of a removed document is still there, or the only copy it had."""
    return archive.folder.joinpath(str(row["warc_path"] or row["path"])).exists()


def _evidentiary_troubles(archive: Archive, row: Mapping[str, Any], seen: Verified) -> Iterator[str]:
    where = f"evidence: document {row['seq']}, {archive.folder / row['warc_path']}"
    try:
        content = archive.content(row["warc_path"])
    except StoreError as error:
        yield f"{where}: missing, or cannot be read ({error})"
        return
    seen.bytes += len(content)
    end = 0
    for number, record in enumerate(row["warc_records"], start=1):
        seen.records += 1
        start, end = end, record["offset"] + record["length"]
        span = content[record["offset"] : end]
        if record["offset"] != start or not span.startswith(b"WARC/") or _sha256(span) != record["sha256"]:
            yield f"{where}: record {number} ({record['type']}), at offset {record['offset']}, is not what was written"
            return
    if end != len(content) or end != row["warc_bytes"] or _sha256(content) != row["warc_sha256"]:
        yield f"{where}: {len(content)} bytes long, and not the {row['warc_bytes']} bytes that were written"


def _working_troubles(archive: Archive, row: Mapping[str, Any], checked: set[str], seen: Verified) -> Iterator[str]:
    sha256, path = row["sha256"], archive.folder / row["path"]
    if sha256 in checked:
        return
    checked.add(sha256)
    try:
        content = archive.content(relative_path(sha256))
    except StoreError:
        content = None
    if content is None or _sha256(content) != sha256:
        yield f"evidence: document {row['seq']}, {path} is missing or no longer what was fetched"
    else:
        seen.bytes += len(content)


def _stray_troubles(archive: Archive, named: set[str], seen: Verified) -> Iterator[str]:
    for path in unrecorded(archive, named):
        name = NAME.fullmatch(path)
        if name is None:
            yield f"evidence: {archive.folder / path} is no file of the archive"
        elif _sha256(archive.content(path)) != name[1]:
            yield f"evidence: {archive.folder / path}, which no document names, is not what was written"
        else:
            seen.unrecorded += 1


def unrecorded(archive: Archive, named: set[str]) -> Iterator[str]:
    """Yield, in order, the paths of finished files among the evidentiary copies that are not named."""
    for path in archive.evidentiary_paths():
        if path not in named and not path.rpartition("/")[2].startswith(UNFINISHED):
            yield path


def evidentiary_paths(connection: Connection) -> set[str]:
    """Return the paths of the evidentiary copies of all documents, removed ones too."""
    return set(connection.execute(select(DOCUMENT.c.warc_path).where(DOCUMENT.c.warc_path.is_not(None))).scalars())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
