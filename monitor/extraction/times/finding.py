"""find_times: all times that a text names; default_time: when it names none."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from monitor.extraction.times.resolving import Anchor, resolve
from monitor.extraction.times.scanning import Found, Piece, pieces_together, scan
from monitor.model.claims import Span
from monitor.model.reports import Language
from monitor.model.times import EventTime

#: A time that ends longer ago than this belongs to the background of a report.
_NEWS = timedelta(days=21)
#: How far before publication an event lies that is reported without any time.
_REPORTED_WITHIN = timedelta(hours=36)


class TimeKind(StrEnum):
    """How a text names a time."""

    #: A day, or a part of one: "25 March", "on Tuesday", "overnight", "yesterday at 3:40".
    DATE = "date"
    #: Counted from publication: "two days ago".
    RELATIVE = "relative"
    #: A stretch: "the past 24 hours", "18-24 March", "since 25 March".
    PERIOD = "period"
    #: A time of day, or a part of one, whose day the text leaves open: "at 13:45".
    CLOCK = "clock"
    #: Long ago, or too wide to be news: "last month", "in 2022", "three years ago", a date weeks before.
    BACKGROUND = "background"


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeMention:
    """One time named in a text; `span` covers the words that were read."""

    time: EventTime
    span: Span
    kind: TimeKind


def find_times(text: str, language: Language, published: datetime | None, timezone: str) -> tuple[TimeMention, ...]:
    """Return the times that a text names, from left to right.

    `timezone` is the IANA name of the outlet's clock; one that is not known counts as UTC. Without `published` only
    dates with a year are resolved. "Until 1 May" and "next Tuesday" are not times of an event, and left out.
    """
    pieces = scan(text)
    if not pieces:
        return ()
    anchor = Anchor(published=published.astimezone(UTC) if published else None, zone=_zone(timezone))
    found = []
    for group in pieces_together(text, pieces):
        mention = _mention(group, anchor, english=language is Language.ENGLISH)
        if mention is not None:
            found.append(mention)
    return tuple(found)


def default_time(published: datetime | None) -> EventTime | None:
    """Return when an event happened that is reported without any time: within 36 hours before publication.

    News reaches its outlet within a day, and an item repeats it within another half. Precision 1: the day before
    publication or the day itself.
    """
    if published is None:
        return None
    try:
        return EventTime(start=published - _REPORTED_WITHIN, end=published, precision=1)
    except OverflowError:
        return None


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return UTC


def _mention(group: tuple[Found, ...], anchor: Anchor, *, english: bool) -> TimeMention | None:
    if any(piece.until for piece in group):
        return None
    try:
        time = resolve(group, anchor, english=english)
        kind = _kind(group, time, anchor) if time else TimeKind.DATE
    except (OverflowError, ValueError):
        # Beyond the calendar: a year 1 or 9999 in a feed's date.
        return None
    if time is None:
        return None
    return TimeMention(time=time, span=(group[0].start, group[-1].end), kind=kind)


def _kind(group: tuple[Found, ...], time: EventTime, anchor: Anchor) -> TimeKind:
    pieces = {piece.piece for piece in group}
    if Piece.BACKGROUND in pieces or (anchor.published is not None and time.end < anchor.published - _NEWS):
        return TimeKind.BACKGROUND
    if Piece.HOURS in pieces or time.precision > 1 or any(piece.since for piece in group):
        return TimeKind.PERIOD
    if pieces <= {Piece.RELATIVE, Piece.HOURS_AGO} and any(
        piece.value > 1 or piece.piece is Piece.HOURS_AGO for piece in group
    ):
        return TimeKind.RELATIVE
    return TimeKind.CLOCK if pieces == {Piece.CLOCK} else TimeKind.DATE
