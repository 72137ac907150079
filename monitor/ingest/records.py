"""Records of files -> one neutral form: JSON objects in the form of `ceasefire read`, and rows of tables. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from monitor.ingest import markup

_FIELDS = ("id", "title", "text", "published", "language", "source", "url")
#: Names by which tables call the same things, the best first.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "guid", "event_id"),
    "title": ("title", "headline", "heading"),
    "text": ("text", "body", "content", "article", "full_text"),
    "summary": ("summary", "description", "lead", "abstract"),
    "published": ("published", "pubdate", "date", "dates", "datetime", "time", "first_seen", "created_at"),
    "language": ("language", "lang"),
    "source": ("source", "sources", "publisher", "outlet", "feed"),
    "url": ("url", "urls", "link", "href"),
}


class RecordError(ValueError):
    """A record cannot be read; the message says why and how to mend it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One text and what is known of it."""

    title: str
    text: str | None = None
    key: str | None = None
    published: datetime | None = None
    #: The time names no zone: `published` is the outlet's clock time, as if it were UTC.
    zoneless: bool = False
    language: str | None = None
    source: str | None = None
    url: str | None = None
    #: What is wrong with the record although it can be read.
    complaint: str | None = None


def from_json(raw: object) -> Record:
    """Return the record of one JSON object `{"id", "title", "text"?, "published"?, "language"?, "source"?, "url"?}`.

    Raises:
        RecordError: it has no title, or a field is not what it should be.
    """
    if not isinstance(raw, dict):
        raise RecordError('must be an object such as {"id": "1", "title": "..."}')
    for name in _FIELDS:
        value = raw.get(name)
        if value is not None and not isinstance(value, str) and not (name == "id" and isinstance(value, int)):
            raise RecordError(f"{name}: must be text")
    # Collections of headlines and messages keep them under "text" and have no title.
    text = raw.get("text") if raw.get("title") else None
    return _record(
        title=raw.get("title") or raw.get("text"),
        text=text,
        key=str(raw["id"]) if raw.get("id") is not None else None,
        published=raw.get("published"),
        language=raw.get("language"),
        source=raw.get("source"),
        url=raw.get("url"),
    )


def from_row(row: Mapping[str | None, Any]) -> Record:
    """Return the record of one row of a table, whatever of many usual names its columns have.

    Raises:
        RecordError: it has neither title nor text, or more cells than the table has columns.
    """
    if None in row:
        raise RecordError("has more cells than the first line has names; is a quotation mark missing?")
    named = {str(name).strip().lower(): value for name, value in row.items() if isinstance(value, str)}
    found = {field: _first(named, names) for field, names in _COLUMNS.items()}
    body = found["text"] or found["summary"]
    return _record(
        title=found["title"] or body,
        text=body if found["title"] else None,
        key=found["id"],
        published=found["published"],
        language=found["language"],
        source=found["source"],
        url=found["url"],
    )


def _first(named: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((named[name].strip() for name in names if named.get(name, "").strip()), None)


def _record(*, title: str | None, published: str | None, text: str | None, url: str | None, **rest: Any) -> Record:
    clean_title = markup.one_line(title or "")
    if not clean_title:
        raise RecordError('has no title; give it a "title"')
    try:
        (when, zoneless), complaint = moment(published) if published else (None, False), None
    except RecordError as error:
        (when, zoneless), complaint = (None, False), f"{error}; the report was read as one without a date"
    return Record(
        title=clean_title,
        text=markup.plain(text or "") or None,
        published=when,
        zoneless=zoneless,
        complaint=complaint,
        url=url if url and _is_web_address(url) else None,
        **rest,
    )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def moment(text: str) -> tuple[datetime, bool]:
    """Return a time written in ISO 8601, as YYYYMMDD, or as in mail headers, and whether it names no zone.

    Without a zone, it is the clock time as if it were UTC. A date without a time counts as noon UTC, which is the same
    date wherever an outlet reckons it.

    Raises:
        RecordError: it is written otherwise.
    """
    text = text.strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        try:
            found = parsedate_to_datetime(text)
        except ValueError:
            raise RecordError(f"{text[:40]!r} is no time; write it like 2025-03-19T09:00Z") from None
    if len(text) <= 10:
        return datetime.combine(found.date(), time(12), UTC), False
    try:
        zoneless = found.tzinfo is None
        return (found.replace(tzinfo=UTC) if zoneless else found.astimezone(UTC)), zoneless
    except OverflowError:
        raise RecordError(f"{text[:40]!r} is no time that can be reckoned with") from None
