"""A body -> a feed and its entries. Pure: feedparser is given bytes, never an address or path that it may open."""

import calendar
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from monitor.errors import FeedError
from monitor.ingest import markup
from monitor.ingest.decoding import decode
from monitor.ingest.inflate import GZIP_MAGIC, TooLargeError, gunzip

#: A body that is itself gzip data may hold this much.
MAX_BYTES = 20_000_000
#: Of one entry, in characters of markup; a longer one is cut.
MAX_TEXT = 1_000_000
#: Of one feed; no news feed has a tenth of it, and reading 100,000 takes longer than a poll may.
MAX_ENTRIES = 10_000

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LOOKS_LIKE_HTML = re.compile(r"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_ROOT_CLOSED = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_ENTRY_CLOSED = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>|<(?:\w+:)?(?:item|entry)\b[^>]*/>", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One item of a feed as plain text; what the feed does not say is None."""

    #: What the feed calls the item (guid, atom:id).
    id: str | None
    #: Absolute, http or https.
    link: str | None
    title: str
    #: The longest text that the feed gives: the content, or else the summary. Paragraphs are lines.
    text: str | None
    published: datetime | None
    updated: datetime | None
    #: The time names no zone: `published` is the outlet's clock time then, as if it were UTC.
    zoneless: bool = False
    author: str | None
    #: Addresses that the item calls related (Atom's link rel="related").
    related: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedFeed:
    """A feed and its entries, in the order in which it gives them."""

    title: str
    link: str | None
    language: str | None
    #: How long the feed asks us to wait between polls (RSS `ttl`, which counts minutes), in seconds.
    ttl_seconds: int | None
    entries: tuple[Entry, ...]
    #: The document ends before the feed does; an entry that was cut is left out.
    truncated: bool = False
    #: How many entries beyond `MAX_ENTRIES` were not read.
    left_out: int = 0


def parse(body: bytes, headers: Mapping[str, str], url: str) -> ParsedFeed:
    """Read RSS, Atom, RDF or JSON Feed.

    Args:
        body: as fetched, without transfer encodings; gzip data are inflated.
        headers: of the response, names in lower case; the content type may name the encoding.
        url: where the body came from; relative links start there.

    Raises:
        FeedError: it is not a feed, or too little of one; the message says what it is instead.
    """
    text = _text_of_body(body, headers, url)
    if text.lstrip().startswith("{"):
        return _json_feed(text, url)
    text, left_out = _first_entries(text)
    raw = raw_feed(text, headers, url)
    entries = [_entry(entry, url) for entry in raw.entries]
    if not raw.version and not entries:
        kind = "an HTML page" if _LOOKS_LIKE_HTML.match(text) else "no feed of any known form"
        raise FeedError(f"{url}: not a feed but {kind}, beginning with {_beginning(text)!r}")
    truncated = _ROOT_CLOSED.search(text, max(0, len(text) - 2_000)) is None
    if truncated:
        entries = entries[: len(_ENTRY_CLOSED.findall(text))]
        if not entries:
            raise FeedError(f"{url}: the feed breaks off before its first entry is complete")
    return ParsedFeed(
        title=markup.one_line(markup.text_of(_get(raw.feed, "title"))),
        link=_web_address(_get(raw.feed, "link"), url),
        language=_get(raw.feed, "language").strip().lower() or None,
        ttl_seconds=_ttl_seconds(_get(raw.feed, "ttl")),
        entries=tuple(entries),
        truncated=truncated,
        left_out=left_out,
    )


def _first_entries(text: str) -> tuple[str, int]:
    """Return a feed with its first `MAX_ENTRIES` entries, and how many were taken out."""
    ends = [found.end() for found in _ENTRY_CLOSED.finditer(text)]
    if len(ends) <= MAX_ENTRIES:
        return text, 0
    return text[: ends[MAX_ENTRIES - 1]] + text[ends[-1] :], len(ends) - MAX_ENTRIES


def _text_of_body(body: bytes, headers: Mapping[str, str], url: str) -> str:
    if body.startswith(GZIP_MAGIC):
        try:
            body = gunzip(body, MAX_BYTES)
        except TooLargeError:
            raise FeedError(f"{url}: compressed data that hold more than {MAX_BYTES:,} bytes") from None
        except zlib.error as error:
            raise FeedError(f"{url}: damaged compressed data: {error}") from None
    if not body.strip():
        raise FeedError(f"{url}: not a feed but an empty document")
    return decode(body, headers.get("content-type", ""))


def raw_feed(text: str, headers: Mapping[str, str], url: str) -> Any:
    """Return what feedparser makes of decoded text, as its `FeedParserDict`.

    Raises:
        FeedError: feedparser cannot cope with it at all.
    """
    data = _DECLARATION.sub("", text, count=1).lstrip().encode("utf-8", "replace")
    known = {
        "content-type": "application/xml; charset=utf-8",
        "content-location": headers.get("content-location") or url,
    }
    if "content-language" in headers:
        known["content-language"] = headers["content-language"]
    if not data:
        raise FeedError(f"{url}: not a feed but an empty document")
    try:
        return feedparser.parse(
            io.BytesIO(data), response_headers=known, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # hostile input breaks it in many ways, and each means "cannot be read"
        raise FeedError(f"{url}: cannot be read as a feed ({type(error).__name__}: {error})"[:300]) from error


def _beginning(text: str) -> str:
    return markup.one_line(text[:400])[:60]


def _get(values: Any, key: str) -> str:
    """Return a text value; plain `dict.get`, since feedparser's own maps missing keys to others and warns."""
    value = dict.get(values, key)
    return value if isinstance(value, str) else ""


def _entry(raw: Any, url: str) -> Entry:
    clock_time = _clock_time(_get(raw, "published") or _get(raw, "updated"))
    return Entry(
        id=_get(raw, "id").strip() or None,
        link=_web_address(_get(raw, "link"), url),
        title=markup.one_line(_plain_value(raw, "title")),
        text=_longest_text(raw) or None,
        published=clock_time or _moment(dict.get(raw, "published_parsed")),
        updated=_moment(dict.get(raw, "updated_parsed")),
        zoneless=clock_time is not None,
        author=markup.one_line(markup.text_of(_get(raw, "author"))) or None,
        related=tuple(_related(raw, url)),
    )


def _related(raw: Any, url: str) -> Iterator[str]:
    for link in dict.get(raw, "links") or ():
        address = _web_address(_get(link, "href"), url) if dict.get(link, "rel") == "related" else None
        if address:
            yield address


def _plain_value(raw: Any, key: str) -> str:
    """Return a value without markup; feedparser says whether it holds markup or text."""
    detail = dict.get(raw, f"{key}_detail") or {}
    value = _get(raw, key)[:MAX_TEXT]
    return markup.plain(value) if dict.get(detail, "type") == "text/plain" else markup.text_of(value)


def _longest_text(raw: Any) -> str:
    texts = [_plain_value(raw, "summary")]
    for content in dict.get(raw, "content") or ():
        value = _get(content, "value")[:MAX_TEXT]
        kind = dict.get(content, "type") or "text/html"
        if kind == "text/plain":
            texts.append(markup.plain(value))
        elif kind.startswith("text/") or "xml" in kind:
            texts.append(markup.text_of(value))
    return max(texts, key=len)


def _web_address(link: str, base: str) -> str | None:
    """Return an absolute http or https address; None for anything else, `javascript:` among it."""
    link = re.sub(r"[\s\x00-\x1f\x7f]+", "", link)
    if not link:
        return None
    try:
        absolute = urljoin(base, link)
        parts = urlsplit(absolute)
        return absolute if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _ttl_seconds(minutes: str) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,7})\s*", minutes)
    return int(found[1]) * 60 or None if found else None


def _moment(parsed: Any) -> datetime | None:
    """Return feedparser's UTC tuple as a datetime; None where there is none, or no such instant."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _clock_time(text: str) -> datetime | None:
    """Return a time that names no zone, as if it were UTC; None for one that does, a mere date, and other forms.

    The forms are those that feeds prescribe: RFC 822 and ISO 8601. feedparser leaves such times out, or calls them UTC.
    """
    text = text.strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, OverflowError, TypeError):
            continue
        # "-0000" is UTC, said by somebody whose own zone we are not told (RFC 5322, 3.3).
        zoneless = found.tzinfo is None and len(text) > 10 and not text.endswith("-0000")
        return found.replace(tzinfo=UTC) if zoneless else None
    return None


def _json_feed(text: str, url: str) -> ParsedFeed:
    """Read a JSON Feed (https://jsonfeed.org/version/1.1)."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise FeedError(f"{url}: not a feed but text beginning with {_beginning(text)!r}") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("items"), list):
        raise FeedError(f"{url}: JSON, but no JSON Feed: it has no list of items")
    return ParsedFeed(
        title=markup.one_line(_text(raw, "title")),
        link=_web_address(_text(raw, "home_page_url"), url),
        language=_text(raw, "language").lower() or None,
        ttl_seconds=None,
        entries=tuple(_json_entries(raw["items"], _json_author(raw), url)),
    )


def _json_entries(items: list[Any], author: str | None, url: str) -> Iterator[Entry]:
    for item in items:
        if not isinstance(item, dict):
            continue
        texts = markup.text_of(_text(item, "content_html")), markup.plain(_text(item, "content_text"))
        body = max(texts, key=len) or markup.plain(_text(item, "summary"))
        yield Entry(
            id=_text(item, "id") or None,
            link=_web_address(_text(item, "url") or _text(item, "external_url"), url),
            title=markup.one_line(_text(item, "title")),
            text=body or None,
            published=_iso_moment(_text(item, "date_published")),
            updated=_iso_moment(_text(item, "date_modified")),
            author=_json_author(item) or author,
        )


def _text(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)  # ids are numbers in many JSON feeds
    return value.strip()[:MAX_TEXT] if isinstance(value, str) else ""


def _json_author(item: Mapping[str, Any]) -> str | None:
    """Return the names of the authors (version 1.1: a list; version 1.0: one), each once."""
    listed = item.get("authors")
    authors = [*(listed if isinstance(listed, list) else [listed]), item.get("author")]
    names = [markup.one_line(_text(author, "name")) for author in authors if isinstance(author, dict)]
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _iso_moment(text: str) -> datetime | None:
    """Return an RFC 3339 time; None where it is none, or names no offset."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
