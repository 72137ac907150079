"""Entries of a feed -> reports. Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.ingest.identity import report_ids
from monitor.ingest.language import detect
from monitor.ingest.parse import Entry, ParsedFeed
from monitor.model.reports import Document, Feed, Language, Report, Source

#: A time of publication that lies further ahead of now than this is not believed: some outlets' clocks are wrong by a
#: Nothing that is fed was published before: year 1 and 1970 stand in feeds where a date was left empty.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
#: time zone, none by more, and "2098" must not lead every list.
AHEAD = timedelta(hours=24)


def reports_from(feed: Feed, parsed: ParsedFeed, document: Document, now: datetime) -> tuple[Report, ...]:
    """Return a report for each entry that says anything, in the order of the feed; exact repeats are left out.

    Args:
        feed: where the document came from; its language is taken for items whose own cannot be told.
        parsed: the document, parsed.
        document: the bytes, for the record.
        now: when the items are seen.
    """
    return tuple(
        _reports(
            parsed,
            origin=feed.id,
            source=feed.source,
            feed_id=feed.id,
            language=feed.language,
            document_sha256=document.sha256,
            now=now,
        )
    )


def reports_of_file(
    parsed: ParsedFeed,
    source: Source,
    *,
    language: Language | None,
    document_sha256: str,
    published: datetime | None,
    now: datetime,
    origin: str,
) -> Iterator[Report]:
    """Yield the reports of a feed that was read from a file.

    `published` fills in where an item carries no time. `origin` is what the ids of items begin from: the id of the
    feed where it is known which one was saved, so that a polled and a replayed copy of an article are one report.
    """
    yield from _reports(
        parsed,
        origin=origin,
        source=source,
        feed_id=None,
        language=language,
        document_sha256=document_sha256,
        now=now,
        published=published,
    )


def _reports(
    parsed: ParsedFeed,
    *,
    origin: str,
    source: Source,
    feed_id: str | None,
    language: Language | None,
    document_sha256: str,
    now: datetime,
    published: datetime | None = None,
) -> Iterator[Report]:
    seen: set[tuple[str, str]] = set()
    for key, entry in zip(report_ids(origin, parsed.entries), parsed.entries, strict=True):
        title, text = title_and_text(entry)
        if not title:
            continue
        when, zone = placed(entry.published or entry.updated, source, zoneless=entry.zoneless)
        report = Report(
            id=key,
            source=source,
            feed_id=feed_id,
            title=title,
            text=text,
            language=detect(title, text, language),
            published=believable(when, now) or published,
            published_zone=zone if believable(when, now) else None,
            first_seen=now,
            url=entry.link,
            document_sha256=document_sha256,
            see_also=entry.related,
        )
        if (key, report.content_sha256) not in seen:
            seen.add((key, report.content_sha256))
            yield report


def placed(moment: datetime | None, source: Source, *, zoneless: bool) -> tuple[datetime | None, str | None]:
    """Return a time of publication, and the zone that was taken where it names none: that of the outlet's clock.

    Args:
        moment: as read; without a zone, the clock time as if it were UTC.
        source: the outlet; one that the feed list does not know has UTC.
        zoneless: the time names no zone.
    """
    if moment is None or not zoneless:
        return moment, None
    try:
        return moment.replace(tzinfo=ZoneInfo(source.timezone)).astimezone(UTC), source.timezone
    except (OverflowError, ValueError):
        return None, None  # beside the ends of the calendar


def believable(published: datetime | None, now: datetime) -> datetime | None:
    """Return the time of publication unless it lies too far in the future, or before there were feeds, to be one."""
    return published if published is not None and published >= EARLIEST and published - now <= AHEAD else None


def title_and_text(entry: Entry) -> tuple[str, str | None]:
    """Return title and text of an entry; the first paragraph of the text stands in for a missing title."""
    if entry.title:
        return entry.title, without_title(entry.title, entry.text)
    first, _, rest = (entry.text or "").partition("\n")
    return first, rest or None


def without_title(title: str, text: str | None) -> str | None:
    """Return the text without a first line that merely repeats the title; None where nothing else is left."""
    first, _, rest = (text or "").partition("\n")
    return (rest if first.strip() == title else text) or None
