"""What pieces of a time that stand together mean, seen from the publication time and the outlet's clock.

All arithmetic is on local calendar days; only the last step goes to UTC, so that daylight saving is right by itself.
A day that is not over at publication ends with it. Parts of the day are wide on purpose: an interval holds the event.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from monitor.extraction.times.scanning import ENDING, SOME, WEEKEND, Found, Piece
from monitor.model.times import EventTime

#: Part of the day -> hours from midnight of the day it is named by; a night is the one that ends on that day.
_PARTS = {"night": (-6, 8), "dawn": (1, 8), "morning": (3, 12), "noon": (11, 19), "evening": (16, 24)}
#: "Past 24 hours" in a statement end at some hour of the morning, not at publication: so much may lie further back.
_SLACK = timedelta(hours=12)
_ABOUT = timedelta(minutes=30)
#: The clock of the places that are reported on.
_THERE = ZoneInfo("Europe/Kyiv")


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """Where relative times are counted from: publication (or None) and the outlet's time zone."""

    published: datetime | None
    zone: tzinfo

    @property
    def today(self) -> dt.date | None:
        """Return the day of publication by the outlet's clock."""
        return self.published.astimezone(self.zone).date() if self.published else None


def resolve(group: Sequence[Found], anchor: Anchor, *, english: bool) -> EventTime | None:
    """Return the interval that a group of pieces means, or None where it cannot be told."""
    by_piece = {piece.piece: piece for piece in reversed(group)}
    for piece in (Piece.DATE, Piece.WEEKDAY, Piece.RELATIVE, Piece.PART, Piece.CLOCK):
        if piece in by_piece:
            return _resolve_day(group, by_piece, anchor, english=english)
    if anchor.published is None and Piece.BACKGROUND not in by_piece:
        return None
    first = group[0]
    if first.piece is Piece.BACKGROUND:
        return _background(first, anchor)
    return _hours(first, anchor)


def _hours(piece: Found, anchor: Anchor) -> EventTime | None:
    if anchor.published is None:
        return None
    back = timedelta(hours=min(piece.value, 20_000))
    if piece.piece is Piece.HOURS_AGO:
        if piece.name == SOME:
            return EventTime(start=anchor.published - back, end=anchor.published, precision=1)
        at = anchor.published - back
        return EventTime(start=at - timedelta(hours=1), end=min(at + timedelta(hours=1), anchor.published), precision=1)
    return _interval(anchor.published - back - _SLACK, anchor.published)


def _interval(start: datetime, end: datetime) -> EventTime:
    length = end - start
    precision = 1 if length <= timedelta(hours=38) else 2 if length <= timedelta(days=8) else 3
    return EventTime(start=start, end=end, precision=precision)


def _background(piece: Found, anchor: Anchor) -> EventTime | None:
    today = anchor.today
    if piece.month:
        year = piece.year or _year_of(1, piece.month, today)
        if year is None:
            return None
        start = dt.date(year, piece.month, 1)
        end = dt.date(year + piece.month // 12, piece.month % 12 + 1, 1)
    elif piece.year:
        start, end = dt.date(piece.year, 1, 1), dt.date(piece.year + 1, 1, 1)
    elif today is not None:
        start, end = today - timedelta(days=piece.value + piece.value // 8), today
        if piece.value in (60, 400):
            end = today
    else:
        return None
    return _between(_midnight(start, anchor), _midnight(end, anchor), anchor, precision=3)


def _midnight(day: dt.date, anchor: Anchor) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=anchor.zone)


def _at(day: dt.date, hours: float, zone: tzinfo) -> datetime:
    """Return an hour of a local day, which may lie before or after it, in UTC."""
    moment = datetime(day.year, day.month, day.day) + timedelta(hours=hours)  # noqa: DTZ001 - local, made aware next
    return moment.replace(tzinfo=zone).astimezone(UTC)


def _between(start: datetime, end: datetime, anchor: Anchor, *, precision: int) -> EventTime:
    """Return an interval that ends with publication where that lies within it."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if anchor.published is not None and start < anchor.published < end:
        end = anchor.published
    return EventTime(start=start, end=max(start, end), precision=precision)


def _year_of(day: int, month: int, today: dt.date | None) -> int | None:
    """Return the year of a day without one: the last time it came, seen from the day after publication."""
    if today is None:
        return None
    for year in (today.year, today.year - 1, today.year - 2, today.year - 3, today.year - 4):
        try:
            if dt.date(year, month, day) <= today + timedelta(days=1):
                return year
        except ValueError:
            continue
    return None


def _days(piece: Found, today: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day that a date names."""
    month = piece.month
    if not month:
        return _day_alone(piece.day, today)
    last_month = piece.month2 or month
    year = piece.year or _year_of(piece.day2 or piece.day, last_month, today)
    if year is None:
        return None
    try:
        last = dt.date(year, last_month, piece.day2 or piece.day)
        first = dt.date(year - (month > last_month), month, piece.day)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _day_alone(day: int, today: dt.date | None) -> tuple[dt.date, dt.date] | None:
    if today is None:
        return None
    for back in range(-1, 62):
        found = today - timedelta(days=back)
        if found.day == day:
            return found, found
    return None


def _resolve_day(
    group: Sequence[Found], by_piece: dict[Piece, Found], anchor: Anchor, *, english: bool
) -> EventTime | None:
    days = _named_days(by_piece, anchor)
    if days is None:
        return None
    first, last = days
    named = any(piece in by_piece for piece in (Piece.DATE, Piece.WEEKDAY, Piece.RELATIVE))
    if Piece.CLOCK in by_piece:
        return _clock(by_piece[Piece.CLOCK], last, anchor, named=named, english=english)
    part = _part_of(group, by_piece)
    date = by_piece.get(Piece.DATE) or by_piece.get(Piece.WEEKDAY)
    if date is not None and date.since:
        if anchor.published is None:
            return None
        start = _at(first, 0, anchor.zone)
        return _interval(start, anchor.published) if start < anchor.published else None
    if part:
        return _part(part, first, last, anchor, group, english=english)
    end = _at(last, 24, anchor.zone)
    if (last - first).days > 1:
        interval = _interval(_at(first, 0, anchor.zone), end)
        return _between(interval.start, interval.end, anchor, precision=interval.precision)
    return _between(_at(first, 0, anchor.zone), end, anchor, precision=2 if _is_week(by_piece) else 1)


def _is_week(by_piece: dict[Piece, Found]) -> bool:
    """Return whether a relative day is counted in weeks, and so only about right."""
    relative = by_piece.get(Piece.RELATIVE)
    return Piece.DATE not in by_piece and relative is not None and relative.value >= 7


def _part_of(group: Sequence[Found], by_piece: dict[Piece, Found]) -> str:
    if Piece.PART in by_piece:
        return by_piece[Piece.PART].name
    return next((piece.name for piece in group if piece.piece is Piece.RELATIVE and piece.name), "")


def _named_days(by_piece: dict[Piece, Found], anchor: Anchor) -> tuple[dt.date, dt.date] | None:
    today = anchor.today
    if Piece.DATE in by_piece:
        return _days(by_piece[Piece.DATE], today)
    if today is None:
        return None
    if Piece.WEEKDAY in by_piece:
        named = by_piece[Piece.WEEKDAY]
        day = today - timedelta(days=(today.weekday() - named.value) % 7)
        if named.name == WEEKEND:
            return day, day + timedelta(days=1)
    elif Piece.RELATIVE in by_piece:
        day = today - timedelta(days=by_piece[Piece.RELATIVE].value)
    else:
        return _implied_day(by_piece, anchor, today)
    return day, day


def _implied_day(by_piece: dict[Piece, Found], anchor: Anchor, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the day of a part of the day named alone: today's if it had begun at publication, else yesterday's."""
    part = by_piece.get(Piece.PART)
    begins = _at(today, _PARTS[part.name][0], anchor.zone) if part else None
    if begins is not None and anchor.published is not None and begins > anchor.published:
        today -= timedelta(days=1)
    return today, today


def _clock(piece: Found, day: dt.date, anchor: Anchor, *, named: bool, english: bool) -> EventTime | None:
    """Return the half hours around a time of day.

    An English outlet far away may mean its own clock or that of the place: then the interval holds both.
    """
    zone = ZoneInfo(piece.name) if piece.name else anchor.zone
    at = _at(day, piece.value / 60, zone)
    if not named and anchor.published is not None and at > anchor.published:
        day -= timedelta(days=1)
        at = _at(day, piece.value / 60, zone)
    there = _at(day, piece.value / 60, _THERE) if english and not piece.name else at
    if abs(at - there) <= timedelta(hours=1):
        there = at
    return EventTime(start=min(at, there) - _ABOUT, end=max(at, there) + _ABOUT, precision=1)


def _part(
    part: str, first: dt.date, last: dt.date, anchor: Anchor, group: Sequence[Found], *, english: bool
) -> EventTime:
    begins, ends = _PARTS[part]
    if part == "night":
        if last > first:
            return _between(_at(first, 18, anchor.zone), _at(last, ends, anchor.zone), anchor, precision=1)
        if any(piece.value == ENDING for piece in group if piece.name == "night"):
            return _between(_at(first, begins, anchor.zone), _at(last, ends, anchor.zone), anchor, precision=1)
        if english and _night_of(group):
            return _between(_at(first, begins, anchor.zone), _at(last, 24 + ends, anchor.zone), anchor, precision=1)
        if english and _night_begins(group):
            return _between(_at(first, 18, anchor.zone), _at(last, 24 + ends, anchor.zone), anchor, precision=1)
    return _between(_at(first, begins, anchor.zone), _at(last, ends, anchor.zone), anchor, precision=1)


def _night_of(group: Sequence[Found]) -> bool:
    """Return whether an English night is "of" a day: some mean the one that begins on it, and some the one before."""
    night = next(at for at, piece in enumerate(group) if piece.name == "night")
    return night + 1 < len(group) and group[night + 1].piece in (Piece.WEEKDAY, Piece.DATE)


def _night_begins(group: Sequence[Found]) -> bool:
    """Return whether an English night is named by the day on which it begins: "Tuesday night"."""
    night = next(at for at, piece in enumerate(group) if piece.name == "night")
    if night and group[night - 1].piece in (Piece.WEEKDAY, Piece.DATE, Piece.RELATIVE):
        return group[night - 1].end - group[night - 1].start > 0
    return False
