"""`routes:` and times of the alert file, as people write them, and the values that they stand for."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from monitor.catalogue.door import Strict
from monitor.errors import close_to
from monitor.model.agreements import Agreement
from monitor.model.judgements import ChangeKind, Status
from monitor.model.routing import Digest, Escalation, Every, Grouping, Hours, Manner, Matcher, Route, Severity, Trait

Where = tuple[str | int, ...]

_DURATION = re.compile(r"(\d+)\s*(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_REGION = re.compile(r"[A-Z]{2}\.\d\d")
#: Receivers that are machines, which take each alert by itself however many there are.
MACHINES = frozenset({"webhook", "file", "atom", "cap"})
#: More alerts than these within ten minutes are too many for a person.
STORM = 20


def _duration(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = _DURATION.fullmatch(value.strip())
    if found is None:
        raise ValueError('is not a length of time; write it like "30s", "5m", "4h" or "2d"')
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _clock(value: object) -> object:
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        raise ValueError('is not a time of day; write it like "22:00"') from None


def _zone(value: str) -> str:
    if value not in available_timezones():
        close = close_to(value, available_timezones())
        hint = close if "did you mean" in close else "; write it like Europe/Kyiv"
        raise ValueError(f"is no time zone{hint}")
    return value


def _day(value: str) -> str:
    if value not in _DAYS:
        raise ValueError(f"is no day of the week; use {', '.join(_DAYS)}")
    return value


Duration = Annotated[timedelta, BeforeValidator(_duration), Field(ge=timedelta(), le=timedelta(days=30))]
Clock = Annotated[time, BeforeValidator(_clock)]
ZoneName = Annotated[str, AfterValidator(_zone)]
Day = Annotated[str, AfterValidator(_day)]


class HoursEntry(Strict):
    """A stretch of the day, such as quiet hours."""

    start: Clock = Field(alias="from")
    end: Clock = Field(alias="to")
    days: tuple[Day, ...] = Field(default=_DAYS, min_length=1)
    time_zone: ZoneName

    def value(self) -> Hours:
        """Return what it stands for."""
        days = frozenset(_DAYS.index(day) for day in self.days)
        return Hours(start=self.start, end=self.end, days=days, zone=ZoneInfo(self.time_zone))


class DigestEntry(Strict):
    """When a digest comes."""

    every: Every
    at: Clock = time(8)
    day: Day = "mon"
    time_zone: ZoneName

    def value(self) -> Digest:
        """Return what it stands for."""
        return Digest(every=self.every, at=self.at, day=_DAYS.index(self.day), zone=ZoneInfo(self.time_zone))


class EscalationEntry(Strict):
    """To whom a critical alert goes on that nobody has acknowledged in time."""

    after: Duration
    to: tuple[str, ...] = Field(min_length=1)

    def value(self) -> Escalation:
        """Return what it stands for."""
        return Escalation(after=self.after, to=self.to)


def _as_texts(value: object) -> object:
    values = value if isinstance(value, list | tuple) else [value]
    return tuple(str(one) if isinstance(one, int) and not isinstance(one, bool) else one for one in values)


Values = Annotated[tuple[str, ...], BeforeValidator(_as_texts), Field(min_length=1)]


class RouteEntry(Strict):
    """One branch of the tree of routes."""

    match: dict[Trait, Values] = {}
    receivers: tuple[str, ...] = ()
    goes_on: bool = Field(default=False, alias="continue")
    group_by: tuple[Trait, ...] = ()
    group_wait: Duration = timedelta()
    group_interval: Duration = timedelta()
    #: Names of `mute_times`.
    mute_times: tuple[str, ...] = ()
    routes: tuple["RouteEntry", ...] = ()

    @model_validator(mode="after")
    def _goes_together(self) -> "RouteEntry":
        if self.group_by and not (self.group_wait or self.group_interval):
            raise ValueError("`group_by` needs `group_wait` or `group_interval`: how long others are waited for")
        return self


def usual_manner(kind: str) -> Manner:
    """Return how a receiver of a kind of channel is told that does not say it otherwise."""
    return Manner(storm=None if kind in MACHINES else STORM)


def routes_of(
    entries: Iterable[RouteEntry], muted: Mapping[str, HoursEntry], path: str = "routes"
) -> tuple[Route, ...]:
    """Return the routes; names that refer to nothing are left out (`wrong_routes` names them)."""
    return tuple(
        Route(
            path=f"{path}.{number}",
            matcher=Matcher(wanted={trait: frozenset(values) for trait, values in entry.match.items()}),
            receivers=entry.receivers,
            goes_on=entry.goes_on,
            grouping=Grouping(by=entry.group_by, wait=entry.group_wait, interval=entry.group_interval),
            muted=tuple(muted[name].value() for name in entry.mute_times if name in muted),
            routes=routes_of(entry.routes, muted, f"{path}.{number}.routes"),
        )
        for number, entry in enumerate(entries)
    )


def known_values(agreements: Iterable[Agreement], regions: Iterable[str] = ()) -> dict[Trait, frozenset[str]]:
    """Return what there is of each trait that has a list; a route that names something else would never fit.

    Args:
        agreements: those that are loaded.
        regions: of the gazetteers; none where these are not loaded, and then only a region's form is checked.
    """
    loaded = tuple(agreements)
    clauses = [clause for agreement in loaded for clause in agreement.clauses]
    return {
        Trait.AGREEMENT: frozenset(agreement.id for agreement in loaded),
        Trait.CLAUSE: frozenset(clause.id for clause in clauses),
        Trait.PARTY: frozenset(party.id for agreement in loaded for party in agreement.parties),
        Trait.READING: frozenset(reading.id for clause in clauses for reading in clause.readings),
        Trait.REGION: frozenset(regions),
        Trait.STATUS: frozenset(map(str, Status)),
        Trait.CREDIBILITY: frozenset("123456"),
        Trait.SEVERITY: frozenset(map(str, Severity)),
        Trait.KIND: frozenset(str(kind) for kind in ChangeKind if kind.of_a_violation),
    }


def wrong_values(
    match: Mapping[Trait, Iterable[str]], known: Mapping[Trait, frozenset[str]]
) -> Iterator[tuple[Where, str]]:
    """Yield the values that a matcher names and nothing has."""
    for trait, values in match.items():
        for number, value in enumerate(values):
            if trait is Trait.REGION:
                if message := _wrong_region(value, known[trait]):
                    yield (trait.value, number), message
            elif value not in known[trait]:
                yield (trait.value, number), f"{value!r} is no {trait.value}{close_to(value, known[trait])}"


def _wrong_region(value: str, known: frozenset[str]) -> str | None:
    if _REGION.fullmatch(value) is None:
        return f"{value!r} is no region; use GeoNames' code, such as UA.12"
    if not known or value in known:
        return None
    # A code that looks alike is no likelier to be meant than any other: those of the country are listed.
    country = {one for one in known if one.startswith(value[:3])} or {one[:2] for one in known}
    return f"{value!r} is no region of the gazetteer; known: {', '.join(sorted(country))}"


def wrong_routes(
    entries: Iterable[RouteEntry],
    *,
    receivers: Iterable[str],
    muted: Iterable[str],
    known: Mapping[Trait, frozenset[str]],
    where: Where = ("routes",),
    above: bool = False,
) -> Iterator[tuple[Where, str]]:
    """Yield names that refer to nothing, and routes that nobody hears of."""
    names, times = frozenset(receivers), frozenset(muted)
    for number, entry in enumerate(entries):
        at: Where = (*where, number)
        yield from (((*at, "match", *inner), message) for inner, message in wrong_values(entry.match, known))
        for index, name in enumerate(entry.receivers):
            if name not in names:
                yield (*at, "receivers", index), f"{name!r} is no receiver{close_to(name, names)}"
        for index, name in enumerate(entry.mute_times):
            if name not in times:
                yield (*at, "mute_times", index), f"{name!r} is not under `mute_times`{close_to(name, times)}"
        told = above or bool(entry.receivers)
        if not told and not entry.routes:
            yield at, "names no receivers, and no route above it does"
        more: dict[str, Any] = {"receivers": names, "muted": times, "known": known}
        yield from wrong_routes(entry.routes, where=(*at, "routes"), above=told, **more)
