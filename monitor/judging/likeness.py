"""How alike a claim and an incident are, slot by slot: a score, a reason, and where they differ, a veto."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.judging.slots import (
    aftermath,
    is_broad,
    is_unspecified,
    named_after,
    proper_stems,
    same_kind,
    stated,
    wide,
)
from monitor.model.agreements import TargetClass
from monitor.model.claims import Place, ReportedClaim, Stance
from monitor.model.judgements import Incident, Reason
from monitor.model.times import EventTime

_EARTH_RADIUS_KM = 6371.0
#: Two exact places closer than this are one place; two that are one town and its outskirts lie within the second.
_SAME_PLACE_KM, _NEAR_KM = 5.0, 25.0
#: An area (a district) reaches about this far from its centre.
AREA_KM = 60.0
#: An interval no longer than this names a part of a day, not a day.
_PART_OF_DAY = timedelta(hours=13)
#: Days meet at midnight, which lies at another instant in another zone.
MIDNIGHTS_APART = timedelta(hours=3)
#: Two outlets' clock times for one event differ by up to this.
_CLOCKS_DIFFER = timedelta(hours=1)
#: A longer stretch is a part of the day ("overnight", "this morning"), whose edges are this vague.
_CLOCK, _EDGES_DIFFER = timedelta(hours=2), timedelta(hours=2)
#: How long after an attack what came of it (a burning depot) is still the same event.
AFTERMATH = timedelta(days=5)
#: How long after an event it is denied.
DENIAL = timedelta(days=2)
#: An undated report is taken to tell of the days before it was published.
_UNDATED = timedelta(days=3)


class Where(StrEnum):
    """How surely two places are one."""

    FACILITY = "same facility"
    EXACT = "same place"
    NEAR = "near"
    REGION = "same region"
    UNKNOWN = "place not stated"


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """What one slot contributes: a score, a reason; `vetoed` where the two cannot be one event."""

    score: float
    reason: Reason
    vetoed: bool = False


def like(score: float, code: str, text: str) -> Likeness:
    """Return what speaks for one event."""
    return Likeness(score=score, reason=Reason(code=code, text=text))


def _veto(code: str, text: str) -> Likeness:
    return Likeness(score=0.0, reason=Reason(code=code, text=text), vetoed=True)


def distance_km(first: Place, second: Place) -> float | None:
    """Return the great-circle distance in kilometres (haversine), or None where a place has no coordinates."""
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return None
    lat1, lat2 = math.radians(first.lat), math.radians(second.lat)
    dlat, dlon = lat2 - lat1, math.radians(second.lon - first.lon)
    a = math.sin(dlat / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, a)))


def place(claim: ReportedClaim, incident: Incident) -> tuple[Where, Likeness]:
    """Compare facilities, then places: the finer of the two decides how near they must lie."""
    mine, theirs = claim.claim.target.facility_id, incident.target.facility_id
    if mine is not None and theirs is not None:
        if mine == theirs:
            return Where.FACILITY, like(0.5, "same facility", f"both name the facility {mine}")
        return Where.UNKNOWN, _veto("other facility", f"{mine} is not {theirs}")
    if _differ(claim.claim.country, incident.country):
        return Where.UNKNOWN, _veto("other country", f"{claim.claim.country} is not {incident.country}")
    here, there = claim.claim.place, incident.place
    if here is None or there is None:
        return Where.UNKNOWN, like(0.0, "no place", "one of them does not say where")
    return _places(here, there)


def _places(here: Place, there: Place) -> tuple[Where, Likeness]:
    pair = f"{here.name} and {there.name}"
    if here.geonameid is not None and here.geonameid == there.geonameid:
        if here.precision == there.precision == 3:
            return Where.REGION, like(0.25, "same region", f"both say {here.name}")
        return Where.EXACT, like(0.4, "same place", f"both say {here.name}")
    if wide(here) or wide(there):
        return Where.UNKNOWN, like(0.0, "wide area", f"{pair}: one of them is too wide to compare")
    if max(here.precision, there.precision) == 3:
        return _regions(here, there)
    apart = distance_km(here, there)
    if apart is None:
        same = here.name.casefold() == there.name.casefold() and here.region == there.region
        if same:
            return Where.EXACT, like(0.4, "same place", f"both say {here.name}")
        return _regions(here, there)
    if here.precision == there.precision == 1 and apart <= _SAME_PLACE_KM:
        return Where.EXACT, like(0.35, "same place", f"{pair} lie {apart:.0f} km apart")
    if _two_towns(here, there):
        return Where.UNKNOWN, _veto("other town", f"{pair} are two places, {apart:.0f} km apart")
    if apart <= (_NEAR_KM if here.precision == there.precision == 1 else AREA_KM):
        return Where.NEAR, like(0.2, "near", f"{pair} lie {apart:.0f} km apart")
    return Where.UNKNOWN, _veto("far apart", f"{pair} lie {apart:.0f} km apart")


def _two_towns(here: Place, there: Place) -> bool:
    """Return whether both places are told exactly and are two: neighbouring towns are hit in one night."""
    exact = here.precision == there.precision == 1
    return exact and here.geonameid is not None and there.geonameid is not None


def _regions(here: Place, there: Place) -> tuple[Where, Likeness]:
    """Compare places of which one is known by its region only."""
    pair = f"{here.name} and {there.name}"
    if here.region is not None and there.region is not None:
        if here.region == there.region:
            return Where.REGION, like(0.15, "same region", f"{pair} lie in one region")
        return Where.UNKNOWN, _veto("other region", f"{pair} lie in different regions")
    if here.name.casefold() == there.name.casefold():
        return Where.REGION, like(0.15, "same region", f"both say {here.name}")
    return Where.UNKNOWN, _veto("other region", f"nothing says that {pair} are one place")


def _differ(first: object, second: object) -> bool:
    return first is not None and second is not None and first != second


def time(claim: ReportedClaim, incident: Incident, where: Where) -> Likeness:
    """Compare when: overlapping intervals are alike; days that meet are so where nobody wrote in between."""
    first_told = min((written(one) for one in incident.claims), default=None)
    theirs = _told_by(incident.event_time, first_told)
    mine = _told_by(claim.claim.event_time, written(claim))
    if mine is None or theirs is None:
        return like(0.0, "no time", "one of them does not say when")
    if mine.start <= theirs.end and theirs.start <= mine.end and not _only_touch(mine, theirs):
        if claim.claim.event_time is None or incident.event_time is None:
            return like(0.05, "time fits", "one of them does not say when; the days before it was published fit")
        if mine.precision == theirs.precision == 1:
            return like(0.3, "same time", "the times overlap")
        return like(0.15, "times overlap", "the times overlap, one of them vague")
    gap = max(mine.start - theirs.end, theirs.start - mine.end)
    return _apart(claim, incident, where, mine, theirs, gap)


def _apart(
    claim: ReportedClaim, incident: Incident, where: Where, mine: EventTime, theirs: EventTime, gap: timedelta
) -> Likeness:
    """Judge times that do not overlap: `gap` lies between them."""
    sure_place = where in (Where.FACILITY, Where.EXACT)
    if mine.start > theirs.end and gap <= AFTERMATH and sure_place and aftermath(claim.claim):
        return like(0.2, "what came of it", "tells what came of the attack in the days after it")
    if claim.claim.stance is Stance.DENIED and mine.start >= theirs.start and gap <= DENIAL:
        return like(0.2, "denied after", "the denial follows within two days")
    parts_of_day = mine.end - mine.start <= _PART_OF_DAY and theirs.end - theirs.start <= _PART_OF_DAY
    placed = where not in (Where.REGION, Where.UNKNOWN)
    worded = max(mine.end - mine.start, theirs.end - theirs.start) > _CLOCK
    if parts_of_day and gap <= (_EDGES_DIFFER if worded else _CLOCKS_DIFFER) and placed:
        return like(0.2, "same hour", "the times lie within an hour, or two where one is a part of the day")
    if gap <= MIDNIGHTS_APART and sure_place and not parts_of_day and not _written_between(claim, incident, mine):
        return like(0.1, "days meet", "dated on days that meet; neither was written before the other's day")
    return _veto("other time", "the times do not overlap")


def _only_touch(mine: EventTime, theirs: EventTime) -> bool:
    """Return whether two stretches share one instant only: the midnight between two days."""
    if mine.start == mine.end or theirs.start == theirs.end:
        return False
    return mine.start == theirs.end or theirs.start == mine.end


def written(one: ReportedClaim) -> datetime:
    """Return when a report was published, or else first seen."""
    return one.report.came


def told(one: ReportedClaim) -> EventTime:
    """Return when the claim's event can have been: no later than it was told; undated, in the days before that."""
    at = written(one)
    return _told_by(one.claim.event_time, at) or EventTime(start=at - _UNDATED, end=at, precision=2)


def _told_by(time: EventTime | None, written: datetime | None) -> EventTime | None:
    """Return the time without what lay ahead when it was first told; without a time, the days before that."""
    if time is None:
        return None if written is None else EventTime(start=written - _UNDATED, end=written, precision=2)
    if written is None or not time.start <= written < time.end:
        return time
    return EventTime(start=time.start, end=written, precision=time.precision)


def _written_between(claim: ReportedClaim, incident: Incident, mine: EventTime) -> bool:
    """Return whether one of them was published before the other's time began: then it told of something earlier."""
    theirs = incident.event_time
    return any(written(one) < mine.start for one in incident.claims) or (
        theirs is not None and written(claim) < theirs.start
    )


def target(claim: ReportedClaim, incident: Incident, classes: Mapping[str, TargetClass], where: Where) -> Likeness:
    """Compare what was struck: class, family, and proper names that set two facilities apart."""
    mine, theirs = claim.claim.target, incident.target
    one_facility = where is Where.FACILITY
    if not one_facility and _named_apart(*_names(claim, incident, where)):
        return _veto("other name", f"{mine.name} is not {theirs.name}")
    if mine.class_id == theirs.class_id:
        score = 0.1 if is_unspecified(mine.class_id, classes) else 0.2
        return like(score, "same target", f"both say {mine.class_id}")
    if one_facility:
        return like(0.1, "same target", f"{mine.class_id} and {theirs.class_id} are words for one facility")
    if not same_kind(mine.class_id, theirs.class_id, classes):
        return _veto("other target", f"{mine.class_id} and {theirs.class_id} are different kinds of target")
    if is_unspecified(mine.class_id, classes) or is_unspecified(theirs.class_id, classes):
        return like(0.1, "same target", f"{mine.class_id} and {theirs.class_id} can be one target")
    broad = is_broad(mine.class_id, classes) or is_broad(theirs.class_id, classes)
    if not broad or (proper_stems(claim) and _stems(incident)):
        return _veto("other target", f"{mine.name} ({mine.class_id}) is not {theirs.name} ({theirs.class_id})")
    return like(0.05, "same family", f"{mine.class_id} and {theirs.class_id} are of one family")


def _names(claim: ReportedClaim, incident: Incident, where: Where) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of proper names of both; of neighbours also those of the towns that they are named after."""
    mine, theirs = proper_stems(claim), _stems(incident)
    if where is not Where.NEAR:
        return mine, theirs
    return mine | named_after(claim), theirs.union(*(named_after(one) for one in incident.claims))


def _stems(incident: Incident) -> frozenset[str]:
    return frozenset(stem for one in incident.claims for stem in proper_stems(one))


def _named_apart(here: frozenset[str], there: frozenset[str]) -> bool:
    """Return whether both carry proper names that share no stem; names in two scripts cannot be compared."""
    mine = frozenset(stem for stem in here if _cyrillic(stem))
    theirs = frozenset(stem for stem in there if _cyrillic(stem))
    pairs = ((mine, theirs), (here - mine, there - theirs))
    comparable = [(one, other) for one, other in pairs if one and other]
    return bool(comparable) and not any(one & other for one, other in comparable)


def _cyrillic(stem: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in stem)


def shared_name(claim: ReportedClaim, incident: Incident) -> Likeness | None:
    """Return a bonus where both share a proper name."""
    shared = proper_stems(claim) & _stems(incident)
    return like(0.1, "shared name", f"both name {claim.claim.target.name}") if shared else None


def attacker(claim: ReportedClaim, incident: Incident, where: Where) -> Likeness:
    """Compare who: opposite accusations are one event only at one facility or exact place."""
    mine, theirs = claim.claim.attacker, incident.attacker
    if mine is None or theirs is None:
        return like(0.05, "attacker open", "one of them names no attacker")
    if mine == theirs:
        both = stated(claim.claim) and not incident.attacker_inferred
        return like(0.1 if both else 0.05, "same attacker", f"both accuse {mine}")
    if where in (Where.FACILITY, Where.EXACT):
        return like(0.0, "opposite accusations", f"{mine} and {theirs} are accused of the same event")
    return _veto("other attacker", f"{mine} and {theirs} are accused, of places that need not be one")


def weapon(claim: ReportedClaim, others: Sequence[ReportedClaim]) -> Likeness | None:
    """Compare what it was done with: attacks mix weapons, so a difference only weighs against."""
    theirs = {one.claim.weapon for one in others if one.claim.weapon is not None}
    mine = claim.claim.weapon
    if mine is None or not theirs:
        return None
    if mine in theirs:
        return like(0.05, "same weapon", f"both say {mine}")
    return like(-0.1, "other weapon", f"{mine} is not {', '.join(sorted(theirs))}")
