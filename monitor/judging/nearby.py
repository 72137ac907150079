"""Which claims may be told of the same event at all: a coarse and cheap question, asked before any comparison."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.judging.likeness import AFTERMATH, AREA_KM, DENIAL, MIDNIGHTS_APART, distance_km, told
from monitor.judging.slots import aftermath, late, pinned, same_kind, same_version, tells_of_an_event
from monitor.model.agreements import TargetClass
from monitor.model.claims import ReportedClaim, Stance
from monitor.model.times import EventTime

#: A claim that leaves open a longer stretch than this tells of no event that could be found again.
_LONGEST = timedelta(days=45)
_DAY = timedelta(days=1)

#: Gives the claims whose events can have been between two instants, and possibly more.
Load = Callable[[datetime, datetime], Iterable[ReportedClaim]]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    """A claim with what every comparison asks of it."""

    claim: ReportedClaim
    time: EventTime
    #: It leaves open so long a stretch that only its own text can tell of the same event.
    endless: bool
    aftermath: bool
    denial: bool
    pinned: bool


def _known(claim: ReportedClaim) -> _Known:
    time = told(claim)
    return _Known(
        claim=claim,
        time=time,
        endless=time.end - time.start > _LONGEST,
        aftermath=aftermath(claim.claim),
        denial=claim.claim.stance is Stance.DENIED,
        pinned=pinned(claim.claim),
    )


class Nearby:
    """Claims by day, loaded as they are asked for. It gives the same answer for the same claims, whatever was asked."""

    def __init__(self, load: Load, classes: Mapping[str, TargetClass]) -> None:
        self._load = load
        self._classes = classes
        self._kinds: dict[tuple[str, str], bool] = {}
        self._loaded: set[int] = set()
        self._seen: set[str] = set()
        self._days: dict[int, list[_Known]] = defaultdict(list)
        self._late: dict[int, list[_Known]] = defaultdict(list)
        self._texts: dict[tuple[str, int], list[_Known]] = defaultdict(list)
        self._found: dict[str, tuple[ReportedClaim, ...]] = {}

    def __call__(self, claim: ReportedClaim) -> tuple[ReportedClaim, ...]:
        """Return the claims that may be told of the same event as this one; not itself."""
        found = self._found.get(claim.claim.id)
        if found is None:
            found = self._found[claim.claim.id] = tuple(self._search(_known(claim)))
        return found

    def _search(self, mine: _Known) -> Iterator[ReportedClaim]:
        met = {mine.claim.claim.id}
        for other in self._within_reach(mine):
            if other.claim.claim.id not in met:
                met.add(other.claim.claim.id)
                if self._kinds_meet(mine, other) and _times_meet(mine, other) and _places_meet(mine, other):
                    yield other.claim

    def _kinds_meet(self, one: _Known, other: _Known) -> bool:
        mine, theirs = one.claim.claim.target, other.claim.claim.target
        if mine.facility_id is not None and mine.facility_id == theirs.facility_id:
            return True
        pair = mine.class_id, theirs.class_id
        if pair not in self._kinds:
            self._kinds[pair] = same_kind(*pair, self._classes)
        return self._kinds[pair]

    def _within_reach(self, mine: _Known) -> Iterator[_Known]:
        time, text = mine.time, (mine.claim.report.id, mine.claim.report.version)
        if mine.endless:
            self._fill(time.start, time.start)
            yield from self._texts[text]
            return
        self._fill(time.start - AFTERMATH, time.end + AFTERMATH)
        margin = AFTERMATH if late(mine.claim.claim) else MIDNIGHTS_APART
        for day in _days(time.start - margin, time.end + margin):
            yield from self._days[day]
        for day in _days(time.start - AFTERMATH, time.end + AFTERMATH):
            yield from self._late[day]
        yield from self._texts[text]

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
                self._days[day].append(known)
                if late(claim.claim):
                    self._late[day].append(known)


def _days(start: datetime, end: datetime) -> range:
    return range(int(start.timestamp() // _DAY.total_seconds()), int(end.timestamp() // _DAY.total_seconds()) + 1)


def _start_of(day: int) -> datetime:
    return datetime.fromtimestamp(day * _DAY.total_seconds(), UTC)


def _times_meet(one: _Known, other: _Known) -> bool:
    if one.endless or other.endless:
        return same_version(one.claim, other.claim)
    gap = max(one.time.start - other.time.end, other.time.start - one.time.end)
    if gap <= MIDNIGHTS_APART:
        return True
    if (one.denial or other.denial) and gap <= DENIAL:
        return True
    return (one.aftermath or other.aftermath) and gap <= AFTERMATH


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
    apart = distance_km(here, there)
    return apart is not None and apart <= AREA_KM


def _may_equal(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
