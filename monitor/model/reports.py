"""Sources and what they publish: feeds, fetched documents, reports."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.model.times import utc

#: Upper case, such as "RU" and "UA".
PartyId = str


class Language(StrEnum):
    """The language of a report; OTHER is stored and marked as not read."""

    UKRAINIAN = "uk"
    RUSSIAN = "ru"
    ENGLISH = "en"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A publisher, as `seeds/feeds.yaml` describes it."""

    #: Short stable id, such as "pravda-uk".
    id: str
    name: str
    #: Outlets of one publisher share this; two reports of one group never corroborate each other.
    publisher_group: str
    #: The wire service whose text it carries as a rule, or None.
    wire: str | None = None
    #: The party it belongs to or speaks for ("RU", "UA"), or None where independent of both.
    affiliation: PartyId | None = None
    #: The country whose forces it calls "ours" and "enemy" (house style), or None. Independent outlets can have one.
    perspective: PartyId | None = None
    #: Admiralty source reliability, "A" (completely reliable) to "F" (cannot be judged).
    reliability: str = "F"
    #: IANA time zone that the outlet's clock times mean where it names none.
    timezone: str = "UTC"
    #: An aggregator finds reports and never corroborates.
    aggregator: bool = False
    #: True for the fictitious sources of the sample reports.
    sample: bool = False
    #: Further names by which others cite it, as in «Би-би-си».
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """One address to poll."""

    id: str
    url: str
    source: Source
    #: What the list says; each item's language is detected on its own.
    language: Language
    enabled: bool = True
    interval_seconds: int = 900
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PollState:
    """What is remembered of a feed between two polls."""

    feed_id: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    polled_at: datetime | None = None
    due_at: datetime | None = None
    #: Polls that failed one after the other; 0 after a good one.
    failures: int = 0
    last_error: str | None = None
    #: When the feed was first polled with success; None before. The first poll never alerts.
    first_success_at: datetime | None = None
    last_success_at: datetime | None = None
    #: Set when the server says that the feed is gone for good (410).
    gone: bool = False
    #: The listed address that all of this belongs to; where the list names another one, polling starts afresh.
    url: str | None = None
    #: The address that `etag` and `last_modified` came from, where a redirect led elsewhere; they go back to it alone.
    validators_url: str | None = None
    #: How long the last full answer asked us to wait (Cache-Control max-age, ttl); a 304 does not repeat it.
    asked_interval_seconds: int | None = None
    #: Where a permanent redirect (301, 308) leads, and since when polls have found it there.
    moved_to: str | None = None
    moved_since: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """One HTTP request and its answer, as they went over the wire; only the transfer coding is taken off the body.

    Names and values of headers are the bytes of the message, each byte one character (Latin-1).
    """

    method: str
    url: str
    asked_at: datetime
    request_headers: tuple[tuple[str, str], ...]
    #: Such as "HTTP/1.1".
    http_version: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    #: Compressed where it came compressed; None where it was not read, as that of a redirect.
    body: bytes | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked_at", utc(self.asked_at, "asked_at"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """Raw bytes as fetched, with what is needed to show where they came from (Berkeley Protocol collection record)."""

    url: str
    final_url: str
    fetched_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    #: Name and version of the collector and how it collected, such as "ceasefire 0.1.0, HTTP GET".
    collector: str
    #: The requests that led here, redirects first; empty where nothing was fetched over HTTP.
    exchanges: tuple[Exchange, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "fetched_at", utc(self.fetched_at, "fetched_at"))

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """One published item, in one version.

    `id` is the same for all versions of one item (see `ingest.identity`); `version` counts from 1 and is given by the
    store, which compares `content_sha256` with the newest version it has.
    """

    id: str
    version: int = 1
    source: Source
    feed_id: str | None = None
    title: str
    text: str | None = None
    language: Language
    #: When the outlet says that it published the item; None where it does not say.
    published: datetime | None
    #: The IANA zone that was taken for a time of publication that names none; None where it names one. Unsure, then.
    published_zone: str | None = None
    first_seen: datetime
    url: str | None = None
    #: SHA-256 of the document that the item was read from; None for text given on the command line.
    document_sha256: str | None = None
    #: Links to public coverage of the same event (sample reports).
    see_also: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "first_seen", utc(self.first_seen, "first_seen"))
        if self.published is not None:
            object.__setattr__(self, "published", utc(self.published, "published"))

    @property
    def full_text(self) -> str:
        """Return what is read, and what spans point into: title, blank line, text; or the title alone."""
        return f"{self.title}\n\n{self.text}" if self.text else self.title

    @property
    def came(self) -> datetime:
        """Return when it was published, as far as that is known; else when it was first seen."""
        return self.published or self.first_seen

    @property
    def content_sha256(self) -> str:
        """Return a digest of what a reader sees: title and text."""
        return hashlib.sha256(self.full_text.encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class FailedReading:
    """A stored report that our program failed to read, as often as it tried."""

    report: Report
    #: What went wrong, of the newest attempt.
    error: str
    #: The version of the program that failed.
    program: str
    #: Whether what it tells is to alert nobody: it came with a feed's first poll or a replay.
    backlog: bool
    recorded_at: datetime
