"""What the claims about one event say together: the best-grounded value of each slot, whatever order they came in."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.judging.slots import (
    aftermath,
    borrowed_place,
    in_order,
    is_unspecified,
    majority,
    outlet,
    reporting,
    stated,
    sure,
)
from monitor.model.agreements import TargetClass
from monitor.model.claims import Claim, Place, ReportedClaim, Target
from monitor.model.judgements import Incident
from monitor.model.reports import PartyId
from monitor.model.times import EventTime

#: Reports that date one event differently are taken to mean the whole stretch, as long as it is no longer than this.
_LONGEST_DOUBT = timedelta(days=3)

#: How well an attacker may be grounded, best first.
_GROUNDS: tuple[Callable[[Claim], bool], ...] = (
    lambda claim: stated(claim) and sure(claim),
    stated,
    sure,
    lambda _claim: True,
)


def incident(incident_id: str, claims: Sequence[ReportedClaim], classes: Mapping[str, TargetClass]) -> Incident:
    """Return the incident that these claims tell of.

    Claims that report an event come before denials; a denial alone names no attacker.

    Raises:
        ValueError: there are no claims.
    """
    if not claims:
        raise ValueError(f"incident {incident_id} has no claims")
    ordered = in_order(claims)
    events = reporting(ordered)
    voices = events or ordered
    attacker = _attacker(events)
    return Incident(
        id=incident_id,
        claims=ordered,
        attacker=attacker,
        attacker_inferred=attacker is not None
        and not any(stated(one.claim) and one.claim.attacker == attacker for one in events),
        target=_target(voices, classes),
        place=_place(voices),
        event_time=event_time(voices),
        country=_most_named(voices, lambda claim: claim.country),
        occupied_by=_most_named(voices, lambda claim: claim.occupied_by),
    )


def _attacker(events: Sequence[ReportedClaim]) -> PartyId | None:
    """Return the party that is named: by the text before by inference, surely before doubtfully, by most outlets."""
    for grounds in _GROUNDS:
        found = _most_named([one for one in events if grounds(one.claim)], lambda claim: claim.attacker)
        if found is not None:
            return found
    return None


def _most_named(voices: Sequence[ReportedClaim], slot: Callable[[Claim], str | None]) -> str | None:
    """Return the value that most outlets give; among equals the one that was given first."""
    named = [(outlet(one), value) for one in voices if (value := slot(one.claim)) is not None]
    best = majority(named)
    return next((value for _, value in named if value in best), None)


def target_classes(voices: Sequence[ReportedClaim], classes: Mapping[str, TargetClass]) -> tuple[str, ...]:
    """Return what most outlets say was struck; several where as many say one thing as another.

    Words that name a kind of facility count before those that name none; claims that rest on a known facility first.
    """
    known = [one for one in voices if one.claim.target.facility_id is not None]
    exact = [one for one in voices if not is_unspecified(one.claim.target.class_id, classes)]
    chosen = known or exact or voices
    confident = [one for one in chosen if sure(one.claim)] or chosen
    return majority([(outlet(one), one.claim.target.class_id) for one in confident])


def _target(voices: Sequence[ReportedClaim], classes: Mapping[str, TargetClass]) -> Target:
    best = target_classes(voices, classes)
    first = next(one.claim.target.class_id for one in voices if one.claim.target.class_id in best)
    targets = [one.claim.target for one in voices if one.claim.target.class_id == first]
    return min(targets, key=lambda target: (target.facility_id is None, target.name is None))


def _place(voices: Sequence[ReportedClaim]) -> Place | None:
    """Return the most exact place, with coordinates before without, named by most outlets, earliest report first."""
    places = [(outlet(one), one.claim.place) for one in voices if one.claim.place is not None]
    if not places:
        return None
    finest = min(_coarseness(place) for _, place in places)
    exact = [(who, place) for who, place in places if _coarseness(place) == finest]
    best = majority([(who, _place_key(place)) for who, place in exact])
    chosen = next(place for _, place in exact if _place_key(place) in best)
    return _either(chosen, voices) or chosen


def _either(chosen: Place, voices: Sequence[ReportedClaim]) -> Place | None:
    """Return "one or the other" where a sentence that names no place was read with several, from another sentence."""
    borrowing = [one for one in voices if borrowed_place(one) and one.claim.place is not None]
    spans = [one.claim.spans["sentence"] for one in borrowing if one.claim.place == chosen]
    beside = {one.claim.place for one in borrowing if one.claim.spans["sentence"] in spans and one.claim.place}
    own = {one.claim.place for one in voices if one not in borrowing}
    if len(beside) < 2 or own & beside:
        return None
    countries = {place.country for place in beside}
    return Place(
        name=" or ".join(sorted(place.name for place in beside)),
        geonameid=None,
        lat=None,
        lon=None,
        precision=3,
        country=countries.pop() if len(countries) == 1 else None,
    )


def _coarseness(place: Place) -> tuple[int, bool]:
    return place.precision, place.lat is None


def _place_key(place: Place) -> str:
    return str(place.geonameid) if place.geonameid is not None else place.name.casefold()


def event_time(voices: Sequence[ReportedClaim]) -> EventTime | None:
    """Return when it happened, as exactly as the claims agree, and no more exactly than they differ.

    Later reports of what came of it (a depot that still burns) date the fire and not the attack. Where the finest
    intervals overlap, their common part is meant; where they do not, the stretch of what most outlets allow, or, beyond
    three days, the interval that most outlets' intervals overlap.
    """
    timed = [one for one in voices if one.claim.event_time is not None]
    struck = [one for one in timed if not aftermath(one.claim)] or timed[:1]
    times = [(outlet(one), one.claim.event_time) for one in struck if one.claim.event_time is not None]
    if not times:
        return None
    finest = min(time.precision for _, time in times)
    fine = [(who, time) for who, time in times if time.precision == finest]
    start, end = max(time.start for _, time in fine), min(time.end for _, time in fine)
    if start <= end:
        return EventTime(start=start, end=end, precision=finest)
    first, last = _most_told(fine)
    if last - first <= _LONGEST_DOUBT:
        return EventTime(start=first, end=last, precision=max(finest, 2))
    return min((time for _, time in fine), key=lambda time: _support(time, fine))


def _most_told(times: Sequence[tuple[str, EventTime]]) -> tuple[datetime, datetime]:
    """Return the stretch in which the instants lie that most outlets allow."""
    allowing = {one.start: [pair for pair in times if pair[1].start <= one.start <= pair[1].end] for _, one in times}
    counts = {start: len({who for who, _ in pairs}) for start, pairs in allowing.items()}
    best = [start for start, count in counts.items() if count == max(counts.values())]
    return min(best), max(min(time.end for _, time in allowing[start]) for start in best)


def _support(time: EventTime, others: Sequence[tuple[str, EventTime]]) -> tuple[int, timedelta, str]:
    overlapping = {who for who, other in others if other.start <= time.end and time.start <= other.end}
    return -len(overlapping), time.end - time.start, time.start.isoformat()
