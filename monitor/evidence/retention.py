"""How long documents are kept, and their removal: first the tombstone is recorded, then the copies go."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.errors import MonitorError
from monitor.model.reports import Document
from monitor.model.times import utc
from monitor.store import Store
from monitor.store.chain import TOMBSTONE
from monitor.store.retention import Kept


@dataclass(frozen=True, kw_only=True)
class KeepFor:
    """How long documents are kept after they were last fetched; None: for good."""

    #: Documents that no violation rests on.
    unused: timedelta | None
    #: Documents that a violation rests on, or once did.
    evidence: timedelta | None


@dataclass(frozen=True, kw_only=True)
class Removal:
    """What a tombstone says."""

    sha256: str
    by: str
    reason: str
    at: datetime


def expired(store: Store, keep_for: KeepFor, now: datetime) -> tuple[Kept, ...]:
    """Return the documents whose time is over, the oldest first."""

    def is_over(document: Kept) -> bool:
        limit = keep_for.evidence if document.is_evidence else keep_for.unused
        return limit is not None and now - document.last_fetched > limit

    return tuple(document for document in store.kept() if is_over(document))


def remove(store: Store, sha256: str, *, by: str, reason: str, now: datetime, collector: str) -> int:
    """Record that a document is removed, with its hash and the reason, then remove its copies; return how many.

    Args:
        store: where it stands.
        sha256: of the document.
        by: who removes it.
        reason: why.
        now: when (aware).
        collector: name and version of this program.

    Raises:
        MonitorError: there is no such document, or no reason or author is given.
        StoreError: it cannot be recorded, or a copy cannot be removed.
    """
    if not by.strip() or not reason.strip():
        raise MonitorError("a removal needs an author and a reason")
    copies = store.copies_of(sha256)
    if not copies.fetches:
        raise MonitorError(f"the archive keeps no document {sha256[:80]!r}; it was removed, or never fetched")
    said = {
        "removed": sha256,
        "by": by.strip(),
        "reason": reason.strip(),
        "at": utc(now).isoformat(),
        "fetches": [
            {"number": row["seq"], "url": row["url"], "at": row["fetched_at"].isoformat(), "warc": row["warc_sha256"]}
            for row in copies.fetches
        ],
    }
    address = f"{TOMBSTONE}{sha256}"
    tombstone = Document(
        url=address,
        final_url=address,
        fetched_at=now,
        status=0,
        headers=(("Content-Type", "application/json"),),
        body=json.dumps(said, indent=1).encode(),
        collector=f"{collector}, removal",
    )
    store.archive.keep(tombstone)
    with store.transaction() as tx:
        tx.add_document(tombstone)
    store.archive.remove(copies.paths)
    return len(copies.paths)


def removals(store: Store) -> tuple[Removal, ...]:
    """Return what all tombstones say, oldest first."""
    said = [json.loads(store.archive.read(sha256)) for sha256 in store.tombstones()]
    return tuple(
        Removal(sha256=one["removed"], by=one["by"], reason=one["reason"], at=datetime.fromisoformat(one["at"]))
        for one in said
    )
