"""Which items are the same item: ids that stay the same from poll to poll. Pure."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from monitor.ingest.parse import Entry

#: The BBC ends its guids with "#0", "#1" ... and counts up as a story is edited: the number is no part of the identity.
_COUNTER = re.compile(r"(?<=.)#\d{1,3}$")


def report_ids(origin: str, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return an id for each entry: of its guid, else its link, else its title and time.

    Where entries of one document share a guid although they differ, the guid does not tell them apart (some feeds give
    all items the same one), so that link and title join the id: none of them is taken for a version of another.

    Args:
        origin: the feed, or else the source, that the entries come from: guids are unique within one only.
        entries: of one document.
    """
    keys = [_key(entry) for entry in entries]
    distinct = {(key, entry.link, entry.title) for key, entry in zip(keys, entries, strict=True)}
    shared = {key for key, count in Counter(key for key, _, _ in distinct).items() if count > 1}
    return tuple(
        _digest(origin, key, *((entry.link or "", entry.title) if key in shared else ()))
        for key, entry in zip(keys, entries, strict=True)
    )


def _key(entry: Entry) -> str:
    if entry.id:
        return _COUNTER.sub("", entry.id) if entry.id.startswith("http") else entry.id
    if entry.link:
        return entry.link
    published = entry.published or entry.updated
    return f"{entry.title}\x1e{published.isoformat() if published else ''}"


def item_id(origin: str, key: str) -> str:
    """Return the id of an item that carries its own key, such as a line of a file."""
    return _digest(origin, key)


def _digest(*parts: str) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
    return f"R-{digest[:16]}"
