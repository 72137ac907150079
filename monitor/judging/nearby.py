"""Which claims may be told of the same event at all: a coarse and cheap question, asked before any comparison."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from monitor.judging.likeness import AFTERMATH, AREA_KM, DENIAL, MIDNIGHTS_APART, distance_km, told
from monitor.judging.slots import aftermath, late, pinned, same_kind, same_version, tells_of_an_event
from monitor.model.agreements import TargetClass
from monitor.model.claims import Claim, ReportedClaim, Stance

#: A claim that leaves open a longer stretch than this tells of no event that could be found again.
_LONGEST = timedelta(days=45)
_DAY = timedelta(days=1)

#: Gives the claims whose events can have been between two instants, and possibly more.
Load = Callable[[datetime, datetime], Iterable[ReportedClaim]]


class Nearby:
    """Claims by day, loaded as they are asked for. It gives the same answer for the same claims, whatever was asked."""

    def __init__(self, load: Load, classes: Mapping[str, TargetClass]) -> None:
        self._load = load
        self._classes = classes
        self._loaded: set[int] = set()
        self._seen: set[str] = set()
        self._days: dict[int, list[ReportedClaim]] = defaultdict(list)
        self._late: dict[int, list[ReportedClaim]] = defaultdict(list)
        self._texts: dict[tuple[str, int], list[ReportedClaim]] = defaultdict(list)
        self._found: dict[str, tuple[ReportedClaim, ...]] = {}

    def __call__(self, claim: ReportedClaim) -> tuple[ReportedClaim, ...]:
        """Return the claims that may be told of the same event as this one; not itself."""
        known = self._found.get(claim.claim.id)
        if known is None:
            known = self._found[claim.claim.id] = tuple(self._search(claim))
        return known

    def _search(self, claim: ReportedClaim) -> Iterator[ReportedClaim]:
        met = {claim.claim.id}
        for other in self._within_reach(claim):
            if other.claim.id not in met:
                met.add(other.claim.id)
                if comparable(claim, other, self._classes):
                    yield other

    def _within_reach(self, claim: ReportedClaim) -> Iterator[ReportedClaim]:
        time = told(claim)
        if time.end - time.start > _LONGEST:
            self._fill(time.start, time.start)
            yield from self._texts[claim.report.id, claim.report.version]
            return
        self._fill(time.start - AFTERMATH, time.end + AFTERMATH)
        margin = AFTERMATH if late(claim.claim) else MIDNIGHTS_APART
        for day in _days(time.start - margin, time.end + margin):
            yield from self._days[day]
        for day in _days(time.start - AFTERMATH, time.end + AFTERMATH):
            yield from self._late[day]
        yield from self._texts[claim.report.id, claim.report.version]

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
        self._texts[claim.report.id, claim.report.version].append(claim)
        time = told(claim)
        if time.end - time.start <= _LONGEST:
            for day in _days(time.start, time.end):
                (self._late if late(claim.claim) else self._days)[day].append(claim)
                if late(claim.claim):
                    self._days[day].append(claim)


def _days(start: datetime, end: datetime) -> range:
    return range(int(start.timestamp() // _DAY.total_seconds()), int(end.timestamp() // _DAY.total_seconds()) + 1)


def _start_of(day: int) -> datetime:
    return datetime.fromtimestamp(day * _DAY.total_seconds(), UTC)


def comparable(one: ReportedClaim, other: ReportedClaim, classes: Mapping[str, TargetClass]) -> bool:
    """Return whether two claims are near enough in time, place and target to be compared; the same both ways."""
    return _kinds_meet(one.claim, other.claim, classes) and _times_meet(one, other) and _places_meet(one, other)


def _kinds_meet(one: Claim, other: Claim, classes: Mapping[str, TargetClass]) -> bool:
    if one.target.facility_id is not None and one.target.facility_id == other.target.facility_id:
        return True
    return same_kind(one.target.class_id, other.target.class_id, classes)


def _times_meet(one: ReportedClaim, other: ReportedClaim) -> bool:
    mine, theirs = told(one), told(other)
    if max(mine.end - mine.start, theirs.end - theirs.start) > _LONGEST:
        return same_version(one, other)
    gap = max(mine.start - theirs.end, theirs.start - mine.end)
    if gap <= MIDNIGHTS_APART:
        return True
    if Stance.DENIED in (one.claim.stance, other.claim.stance) and gap <= DENIAL:
        return True
    return (aftermath(one.claim) or aftermath(other.claim)) and gap <= AFTERMATH


def _places_meet(one: ReportedClaim, other: ReportedClaim) -> bool:
    here, there = one.claim.place, other.claim.place
    if same_version(one, other) or not pinned(one.claim) or not pinned(other.claim) or here is None or there is None:
        return _may_equal(one.claim.country, other.claim.country) or same_version(one, other)
    if here.region is not None and here.region == there.region:
        return True
    if (
        here.name.casefold() == there.name.casefold()
        or one.claim.target.facility_id == other.claim.target.facility_id is not None
    ):
        return True
    apart = distance_km(here, there)
    return apart is not None and apart <= AREA_KM


def _may_equal(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
