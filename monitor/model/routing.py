"""Who is told of what, and when: routes, their matchers, quiet hours, digests and silences as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Severity(StrEnum):
    """How soon people should look at an alert; docs/alerts.md has the table."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class Trait(StrEnum):
    """What routes and silences can match."""

    AGREEMENT = "agreement"
    CLAUSE = "clause"
    #: The party that is accused.
    PARTY = "party"
    #: Readings that call it a breach.
    READING = "reading"
    #: First-level region, as GeoNames has it ("UA.12").
    REGION = "region"
    STATUS = "status"
    CREDIBILITY = "credibility"
    SEVERITY = "severity"
    #: What happened to the violation: "new", "corroborated" ...
    KIND = "kind"


#: The values that something has of each trait; none of a trait that is not known.
Traits = Mapping[Trait, frozenset[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Matcher:
    """Says of a change whether it is meant: of each trait that is named, it must have one of the values."""

    wanted: Traits = field(default_factory=dict)

    def fits(self, traits: Traits) -> bool:
        """Return whether a change has, of each trait that is named, one of the values."""
        return all(values & traits.get(trait, frozenset()) for trait, values in self.wanted.items())

    def in_words(self) -> str:
        """Return what it matches, in one line: "party=RU, region=UA.12|UA.13"."""
        return ", ".join(f"{trait}={'|'.join(sorted(values))}" for trait, values in self.wanted.items()) or "everything"


def on_the_clock(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return when the clock of a place shows a time, in UTC: within one zone, Python compares what clocks show."""
    return datetime.combine(day, at, zone).astimezone(UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hours:
    """A stretch of the day, on some days of the week, by the clock of one place."""

    start: time
    #: Earlier than `start`: on the next day. The same: a whole day.
    end: time
    #: Days of the week on which it starts, Monday 0.
    days: frozenset[int] = frozenset(range(7))
    zone: ZoneInfo

    def until(self, now: datetime) -> datetime | None:
        """Return when the stretch ends that holds `now` (aware), in UTC; None where none holds it.

        Where clocks change: a time that comes twice begins a stretch the first time and ends it the second; one that is
        missing counts as if the hour were there.
        """
        moment, today = now.astimezone(UTC), now.astimezone(self.zone).date()
        for back in (0, 1):
            day = today - timedelta(days=back)
            if day.weekday() not in self.days:
                continue
            last_day = day + timedelta(days=1 if self.end <= self.start else 0)
            start = on_the_clock(day, self.start, self.zone)
            end = max(on_the_clock(last_day, self.end.replace(fold=fold), self.zone) for fold in (0, 1))
            if start <= moment < end:
                return end
        return None


class Every(StrEnum):
    """How often a digest comes."""

    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """When what was gathered is sent as one message, by the clock of one place."""

    every: Every
    #: Of the day; of an hourly digest only the minute counts.
    at: time = time(8)
    #: Of a weekly digest, Monday 0.
    day: int = 0
    zone: ZoneInfo

    def next_after(self, now: datetime) -> datetime:
        """Return the next time of a digest after `now` (aware), in UTC; a time that comes twice counts once."""
        moment, local = now.astimezone(UTC), now.astimezone(self.zone)
        if self.every is Every.HOURLY:
            found = local.replace(minute=self.at.minute, second=0, microsecond=0).astimezone(UTC)
            # Hours are counted on the clock of the world: one is missing, and one comes twice, when clocks change.
            return found if found > moment else found + timedelta(hours=1)
        for ahead in range(9):
            day = local.date() + timedelta(days=ahead)
            found = on_the_clock(day, self.at, self.zone)
            if found > moment and (self.every is Every.DAILY or day.weekday() == self.day):
                return found
        raise AssertionError("a week has every day")


@dataclass(frozen=True, kw_only=True, slots=True)
class Grouping:
    """How alerts of a route are put together."""

    by: tuple[Trait, ...] = ()
    #: How long a first alert waits for others of its group.
    wait: timedelta = timedelta()
    #: How long after a message of a group the next one comes at the soonest.
    interval: timedelta = timedelta()

    @property
    def is_used(self) -> bool:
        """Return whether alerts are put together at all."""
        return bool(self.wait or self.interval)


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """One branch of the tree: what it takes, and who hears of it."""

    #: Where it stands in the file: "routes.0.routes.1".
    path: str
    matcher: Matcher = field(default_factory=Matcher)
    #: Names of receivers.
    receivers: tuple[str, ...] = ()
    #: Whether the routes after it are looked at too.
    goes_on: bool = False
    grouping: Grouping = field(default_factory=Grouping)
    #: When its alerts are held back, whatever they are.
    muted: tuple[Hours, ...] = ()
    routes: tuple["Route", ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """What people asked not to be alerted of for a while. It is recorded all the same."""

    id: str
    matcher: Matcher
    begins: datetime
    until: datetime
    author: str
    reason: str

    def covers(self, traits: Traits, now: datetime) -> bool:
        """Return whether it holds at `now` for a change with these traits."""
        return self.begins <= now < self.until and self.matcher.fits(traits)


@dataclass(frozen=True, kw_only=True, slots=True)
class Acknowledgement:
    """That somebody has taken note of the alerts about an incident: nobody need be called about it any more."""

    incident_id: str
    author: str
    #: By which way: "command line", "link", "mail".
    how: str
    note: str = ""
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Escalation:
    """To whom a critical alert goes on that nobody has acknowledged in time."""

    after: timedelta
    #: Names of receivers.
    to: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How one receiver wants to be told."""

    quiet: Hours | None = None
    digest: Digest | None = None
    #: More alerts than these within ten minutes become one message; None: never.
    storm: int | None = None
    escalation: Escalation | None = None
    #: What is critical comes again, each time so long after the last, until it is acknowledged; None: never.
    repeat: timedelta | None = None
