"""Instants, intervals and windows. Every time is aware and in UTC; a naive datetime is refused at birth."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum


def utc(moment: datetime, name: str = "time") -> datetime:
    """Return the same instant in UTC.

    Raises:
        ValueError: the datetime is naive; `name` says which one.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{name} must carry a time zone, not {moment.isoformat()}")
    return moment.astimezone(UTC)


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Return how long a Retry-After header asks us to wait: seconds, or an HTTP date (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:12])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


@dataclass(frozen=True, kw_only=True, slots=True)
class EventTime:
    """When an event happened: somewhere between `start` and `end` (both UTC, end not before start).

    `precision` follows ACLED: 1 the day is known or better, 2 within a week, 3 within a month.
    """

    start: datetime
    end: datetime
    precision: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", utc(self.start, "event time start"))
        object.__setattr__(self, "end", utc(self.end, "event time end"))
        if self.end < self.start:
            raise ValueError("event time ends before it starts")
        if self.precision not in (1, 2, 3):
            raise ValueError(f"time precision is 1, 2 or 3, not {self.precision}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """One end of a window: announcements are vague, so it lies between `earliest` and `latest` (UTC).

    None at `latest` of an end, or `earliest` of a start, means "not stated": beyond the other value nothing is sure.
    """

    earliest: datetime | None
    latest: datetime | None
    #: The named event that the bound is anchored to, in words.
    anchor: str

    def __post_init__(self) -> None:
        for name in ("earliest", "latest"):
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, utc(value, name))
        if self.earliest and self.latest and self.latest < self.earliest:
            raise ValueError("a bound's latest lies before its earliest")


class Containment(StrEnum):
    """Whether an event lies within a window."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNSURE = "unsure"


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """When a reading binds, from `start` to `end`, each bound with an earliest and a latest instant."""

    start: Bound
    end: Bound

    def contains(self, time: EventTime | None) -> Containment:
        """Return INSIDE within the sure window, OUTSIDE beyond the possible one, UNSURE in between or without a time.

        An instant of the possible window is one where the reading may bind; of the sure window, where it must.
        """
        if time is None:
            return Containment.UNSURE
        if self.start.earliest is not None and time.end < self.start.earliest:
            return Containment.OUTSIDE
        if self.end.latest is not None and time.start >= self.end.latest:
            return Containment.OUTSIDE
        sure_start, sure_end = self.start.latest, self.end.earliest
        if sure_start is not None and sure_end is not None and sure_start <= time.start and time.end <= sure_end:
            return Containment.INSIDE
        return Containment.UNSURE

    def at(self, moment: datetime) -> Containment:
        """Return whether one instant lies within the window."""
        return self.contains(EventTime(start=moment, end=moment, precision=1))
