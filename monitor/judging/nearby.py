"""Which claims may be told of the same event at all: a coarse and cheap question, asked before any comparison."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from monitor.judging.likeness import AFTERMATH, AREA_KM, DENIAL, MIDNIGHTS_APART, distance_km, told
from monitor.judging.slots import aftermath, late, pinned, same_kind, same_version, tells_of_an_event
from monitor.model.agreements import TargetClass
from monitor.model.claims import ReportedClaim, Stance
from monitor.model.times import EventTime

#: A claim that leaves open a longer stretch than this tells of no event that could be found again.
_LONGEST = timedelta(days=45)
_DAY = timedelta(days=1)

#: Edge of a cell of the grid in which claims are looked up, in degrees, and how many of them go round the earth.
_CELL, _COLUMNS = 2.0, 180
#: A degree of latitude is a little longer than this.
_KM_PER_DEGREE = 111.0

#: Gaps between times, in seconds.
_MIDNIGHTS_APART, _DENIAL, _AFTERMATH = (margin.total_seconds() for margin in (MIDNIGHTS_APART, DENIAL, AFTERMATH))

#: Where claims are looked up: a kind of name and the name, or row and column of the grid.
_Key = tuple[str, str] | tuple[int, int]

#: Gives the claims whose events can have been between two instants, and possibly more.
Load = Callable[[datetime, datetime], Iterable[ReportedClaim]]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    """A claim with what every comparison asks of it."""

    claim: ReportedClaim
    id: str
    class_id: str
    facility_id: str | None
    time: EventTime
    #: The time in seconds, which are compared faster.
    start: float
    end: float
    #: It leaves open so long a stretch that only its own text can tell of the same event.
    endless: bool
    aftermath: bool
    denial: bool
    pinned: bool


def _known(claim: ReportedClaim) -> _Known:
    time = told(claim)
    return _Known(
        claim=claim,
        id=claim.claim.id,
        class_id=claim.claim.target.class_id,
        facility_id=claim.claim.target.facility_id,
        time=time,
        start=time.start.timestamp(),
        end=time.end.timestamp(),
        endless=time.end - time.start > _LONGEST,
        aftermath=aftermath(claim.claim),
        denial=claim.claim.stance is Stance.DENIED,
        pinned=pinned(claim.claim),
    )


class _Somewhere:
    """Claims by where they are: only those are met that can lie near, and a few more."""

    __slots__ = ("_all", "_found", "_loose")

    def __init__(self) -> None:
        self._all: list[_Known] = []
        #: Those that do not say where, which may lie anywhere.
        self._loose: list[_Known] = []
        self._found: dict[_Key, list[_Known]] = defaultdict(list)

    def keep(self, known: _Known) -> None:
        self._all.append(known)
        place = known.claim.claim.place
        if not known.pinned or place is None:
            self._loose.append(known)
            return
        for key in _named(known.claim):
            self._found[key].append(known)
        if place.lat is not None and place.lon is not None:
            self._found[_row(place.lat), _column(place.lon) % _COLUMNS].append(known)

    def near(self, keys: Sequence[_Key] | None) -> list[list[_Known]]:
        """Return what stands under any of these keys, or does not say where; everything where there are no keys."""
        if keys is None or len(self._all) <= len(keys):
            return [self._all]
        return [self._loose, *(found for key in keys if (found := self._found.get(key)) is not None)]


def _keys(mine: _Known) -> tuple[_Key, ...] | None:
    """Return under which keys stands whatever may lie near a claim; None where that may be anywhere."""
    place = mine.claim.claim.place
    if not mine.pinned or place is None:
        return None
    cells = () if place.lat is None or place.lon is None else _cells_within_reach(place.lat, place.lon)
    return (*_named(mine.claim), *cells)


def _named(one: ReportedClaim) -> Iterator[_Key]:
    """Yield the names by which a claim says where: those that share one may be one event."""
    place, facility = one.claim.place, one.claim.target.facility_id
    if place is not None:
        yield "name", place.name.casefold()
        if place.region is not None:
            yield "region", place.region
    if facility is not None:
        yield "facility", facility


def _row(lat: float) -> int:
    return math.floor(lat / _CELL)


def _column(lon: float) -> int:
    return math.floor(lon / _CELL)


@lru_cache(maxsize=8_192)
def _cells_within_reach(lat: float, lon: float) -> tuple[_Key, ...]:
    """Return the cells that lie, in part, no further away than an area reaches; near a pole these are many."""
    up = AREA_KM / _KM_PER_DEGREE
    narrow = math.cos(math.radians(min(abs(lat) + up, 90.0)))
    aside = min(180.0, up / max(narrow, up / 180.0))
    columns = {column % _COLUMNS for column in range(_column(lon - aside), _column(lon + aside) + 1)}
    return tuple((row, column) for row in range(_row(lat - up), _row(lat + up) + 1) for column in columns)


class Nearby:
    """Claims by day, loaded as they are asked for. It gives the same answer for the same claims, whatever was asked."""

    def __init__(self, load: Load, classes: Mapping[str, TargetClass]) -> None:
        self._load = load
        self._classes = classes
        #: Whether two classes may be words for one target.
        self._kinds: dict[str, dict[str, bool]] = defaultdict(dict)
        self._loaded: set[int] = set()
        self._seen: set[str] = set()
        self._days: dict[int, _Somewhere] = defaultdict(_Somewhere)
        self._late: dict[int, _Somewhere] = defaultdict(_Somewhere)
        self._texts: dict[tuple[str, int], list[_Known]] = defaultdict(list)
        self._found: dict[str, tuple[ReportedClaim, ...]] = {}

    def __call__(self, claim: ReportedClaim) -> tuple[ReportedClaim, ...]:
        """Return the claims that may be told of the same event as this one; not itself."""
        found = self._found.get(claim.claim.id)
        if found is None:
            found = self._found[claim.claim.id] = tuple(self._search(_known(claim)))
        return found

    def _search(self, mine: _Known) -> Iterator[ReportedClaim]:
        met = {mine.id}
        kinds = self._kinds[mine.class_id]
        for some in self._within_reach(mine):
            for other in some:
                if other.id in met:
                    continue
                met.add(other.id)
                same = kinds.get(other.class_id)
                if same is None:
                    same = kinds[other.class_id] = same_kind(mine.class_id, other.class_id, self._classes)
                same = same or (mine.facility_id is not None and mine.facility_id == other.facility_id)
                if same and _times_meet(mine, other) and _places_meet(mine, other):
                    yield other.claim

    def _within_reach(self, mine: _Known) -> Iterator[list[_Known]]:
        time, text = mine.time, (mine.claim.report.id, mine.claim.report.version)
        if mine.endless:
            self._fill(time.start, time.start)
            yield self._texts[text]
            return
        self._fill(time.start - AFTERMATH, time.end + AFTERMATH)
        margin, keys = AFTERMATH if late(mine.claim.claim) else MIDNIGHTS_APART, _keys(mine)
        near = [self._days.get(day) for day in _days(time.start - margin, time.end + margin)]
        near += [self._late.get(day) for day in _days(time.start - AFTERMATH, time.end + AFTERMATH)]
        for somewhere in near:
            if somewhere is not None:
                yield from somewhere.near(keys)
        yield self._texts[text]

    def _fill(self, start: datetime, end: datetime) -> None:
        missing = [day for day in _days(start, end) if day not in self._loaded]
        if not missing:
            return
        self._loaded.update(missing)
        for claim in self._load(_start_of(missing[0]), _start_of(missing[-1] + 1)):
            self._keep(claim)

    def _keep(self, claim: ReportedClaim) -> None:
        if claim.claim.id in self._seen or not tells_of_an_event(claim.claim):
            return
        self._seen.add(claim.claim.id)
        known = _known(claim)
        self._texts[claim.report.id, claim.report.version].append(known)
        if not known.endless:
            for day in _days(known.time.start, known.time.end):
                self._days[day].keep(known)
                if late(claim.claim):
                    self._late[day].keep(known)


def _days(start: datetime, end: datetime) -> range:
    return range(int(start.timestamp() // _DAY.total_seconds()), int(end.timestamp() // _DAY.total_seconds()) + 1)


def _start_of(day: int) -> datetime:
    return datetime.fromtimestamp(day * _DAY.total_seconds(), UTC)


def _times_meet(one: _Known, other: _Known) -> bool:
    if one.endless or other.endless:
        return same_version(one.claim, other.claim)
    gap = max(one.start - other.end, other.start - one.end)
    if gap <= _MIDNIGHTS_APART:
        return True
    if (one.denial or other.denial) and gap <= _DENIAL:
        return True
    return (one.aftermath or other.aftermath) and gap <= _AFTERMATH


def _places_meet(one: _Known, other: _Known) -> bool:
    mine, theirs = one.claim.claim, other.claim.claim
    here, there = mine.place, theirs.place
    beside = same_version(one.claim, other.claim)
    if beside or not one.pinned or not other.pinned or here is None or there is None:
        return beside or _may_equal(mine.country, theirs.country)
    if here.region is not None and here.region == there.region:
        return True
    if here.name.casefold() == there.name.casefold():
        return True
    if mine.target.facility_id is not None and mine.target.facility_id == theirs.target.facility_id:
        return True
    if here.lat is None or there.lat is None or abs(here.lat - there.lat) * _KM_PER_DEGREE > AREA_KM:
        return False
    apart = distance_km(here, there)
    return apart is not None and apart <= AREA_KM


def _may_equal(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
