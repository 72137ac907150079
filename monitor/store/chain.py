"""The chain of documents: each row's link covers the row and the link before it, so that none can change unnoticed.

The links are written to `chain.log` beside the evidence too, after each commit: rows cut off the end of the chain in
the database are still named there.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from monitor.store.tables import DOCUMENT

#: What the first row of the chain is chained to.
CHAIN_START = "0" * 64
#: How the addresses of documents begin that were not fetched, but made here to stand in the chain.
OWN = "urn:ceasefire-monitor:"
#: The address of a tombstone: this, and the SHA-256 of what was removed.
TOMBSTONE = f"{OWN}removed:"
#: The address of a timestamp: this, and the link that was signed.
TIMESTAMP = f"{OWN}timestamp:"
#: So much of the end of the log is looked at; a line has at most 85 bytes.
_TAIL = 1024
#: What a link covers, of every row; of rows with an evidentiary copy also those after it.
_FETCH = ("sha256", "url", "final_url", "fetched_at", "status", "headers", "collector", "path", "size_bytes")
_EVIDENTIARY = ("warc_path", "warc_sha256", "warc_bytes", "warc_records")


def link(previous: str, row: Mapping[str, Any]) -> str:
    """Return a document's link: SHA-256 over "<link before> <digest of its entry>".

    Rows of before there were evidentiary copies are linked as they were then: over the link before and the entry
    itself.
    """
    if row["warc_path"] is None:
        return _sha256(old_entry(previous, row))
    return _sha256(f"{previous} {digest_of(row)}")


def old_entry(previous: str, row: Mapping[str, Any]) -> str:
    """Return the link before and what was recorded of a document without an evidentiary copy, as one line of JSON."""
    return json.dumps([previous, *_values(row, _FETCH)], ensure_ascii=False, separators=(",", ":"))


def digest_of(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a document's entry."""
    return _sha256(entry(row))


def entry(row: Mapping[str, Any]) -> str:
    """Return all that was recorded of a document, as one line of JSON."""
    names = (*_FETCH, *_EVIDENTIARY)
    said = dict(zip(names, _values(row, names), strict=True))
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _values(row: Mapping[str, Any], names: Iterable[str]) -> list[Any]:
    return [row[name].isoformat() if name == "fetched_at" else row[name] for name in names]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def newest_link(connection: Connection) -> str | None:
    """Return the link of the newest row; None where there is no row."""
    found = connection.execute(select(DOCUMENT.c.chain).order_by(DOCUMENT.c.seq.desc()).limit(1)).scalar()
    return None if found is None else str(found)


def log_line(number: int, chain: str) -> bytes:
    """Return a link's line of the log."""
    return f"{number} {chain}\n".encode()


def catch_up(log: Path, connection: Connection) -> None:
    """Write the links that the log lacks, synced to disk; one process at a time.

    Raises:
        OSError: the log cannot be written.
        ValueError: it holds something else.
    """
    log.touch(mode=0o600)
    with log.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        start = max(0, file.seek(0, os.SEEK_END) - _TAIL)
        file.seek(start)
        tail = file.read()
        # What a killed process left of a line is written anew.
        whole = tail.rfind(b"\n") + 1
        number = int(tail[:whole].splitlines()[-1].split()[0]) if whole else 0
        query = select(DOCUMENT.c.seq, DOCUMENT.c.chain).where(DOCUMENT.c.seq > number).order_by(DOCUMENT.c.seq)
        file.truncate(start + whole)
        file.seek(start + whole)
        file.write(b"".join(log_line(row.seq, row.chain) for row in connection.execute(query)))
        file.flush()
        os.fsync(file.fileno())
