"""Which incident a claim belongs to: the best candidate that passes, else a new one. Every join gives its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.judging import likeness, summary
from monitor.judging.likeness import Likeness, Where
from monitor.judging.slots import (
    borrowed_place,
    in_headline,
    is_unspecified,
    is_whole,
    located,
    pinned,
    recalls,
    same_version,
    tells_of_an_event,
)
from monitor.model.agreements import TargetClass
from monitor.model.claims import Claim, Outcome, ReportedClaim, Stance
from monitor.model.judgements import Incident, Join, Reason, stable_id

#: A claim joins what it is at least this alike.
PASSING = 0.5
#: What does not say exactly where, or when, joins only where no other incident is nearly as like it.
_CLEARLY = 0.1
#: What says exactly where and when joins where no other incident is as like it.
_BARELY = 0.05
#: Code of the reason by which a claim stands alone because it fits several incidents.
AMBIGUOUS = "ambiguous"
#: Code of the reason by which a claim stands where a person put it.
_PLACED = "placed by a person"
#: So long are all of two days together that two outlets, in zones of their own, call one day.
_DAY = timedelta(hours=38)
#: What says that a claim's time fits, and what such a claim cannot be told apart by.
_TIME_FITS = frozenset({"same time", "times overlap", "time fits"})
#: What an edited report tells again where it tells of the same event.
_TOLD = ("act", "target", "attacker", "country", "place", "event_time", "stance")
_WEIGHS_LITTLE = _TIME_FITS | {"same weapon", "other weapon"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    incident: Incident
    where: Where
    parts: tuple[Likeness, ...]
    #: Claims of the incident that stand in the same text as the claim.
    beside: tuple[ReportedClaim, ...]
    #: The claim names no kind of facility.
    general: bool
    #: The claim and all of the incident tell of works that are struck as a whole.
    whole: bool

    @property
    def vetoed(self) -> bool:
        return any(part.vetoed for part in self.parts)

    @property
    def likeness(self) -> float:
        return round(sum(part.score for part in self.parts), 2)

    @property
    def score(self) -> float:
        return min(1.0, max(0.0, self.likeness))

    @property
    def weight(self) -> float:
        """Return the score without what tells no two events of a day apart."""
        return round(sum(part.score for part in self.parts if part.reason.code not in _WEIGHS_LITTLE), 2)

    @property
    def time_fits(self) -> bool:
        return any(part.reason.code in _TIME_FITS for part in self.parts)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return tuple(part.reason for part in self.parts)


def join(claim: ReportedClaim, candidates: Sequence[Incident], classes: Mapping[str, TargetClass]) -> Join | None:
    """Return the incident that the claim belongs to: the best candidate that passes, else a new one.

    None for what reports no event of its own (threats, talks, commentary, hypotheses), and for a general denial: they
    join nothing and create nothing. A denial of a specific event joins it, or waits as an incident that accuses nobody.
    What looks back, as round-ups do, joins the one incident that it surely means, and creates nothing; it grounds
    nothing either (`slots.reporting`).

    Args:
        claim: the claim, with its report.
        candidates: incidents near it in time; those that cannot be it are passed over.
        classes: target classes by id.
    """
    if not tells_of_an_event(claim.claim):
        return None
    compared = [_compare(claim, incident, classes) for incident in candidates]
    passing = [one for one in compared if not one.vetoed and _passes(one, claim)]
    passing.sort(key=lambda one: (not one.beside, -one.likeness, _first_told(one.incident)))
    if recalls(claim.claim) and len(passing) > 1:
        return None
    chosen, doubt = _choose(claim.claim, passing)
    if chosen is not None:
        return _joined(claim, chosen.incident.id, chosen.score, chosen.reasons)
    if recalls(claim.claim) or not _may_stand_alone(claim.claim):
        return None
    return _joined(claim, stable_id("I", claim.claim.id), 1.0, (doubt or _nearest_miss(compared),))


def fits(claim: ReportedClaim, incident: Incident, classes: Mapping[str, TargetClass]) -> bool:
    """Return whether the incident is among those that the claim may join: no other one matters to where it belongs."""
    compared = _compare(claim, incident, classes)
    return not compared.vetoed and _passes(compared, claim)


def begins(found: Join) -> bool:
    """Return whether the claim begins an incident of its own."""
    return found.reasons[0].code in ("new", AMBIGUOUS)


def ambiguous(found: Join) -> bool:
    """Return whether the claim begins an incident because it fits several."""
    return any(reason.code == AMBIGUOUS for reason in found.reasons)


def placed_by(author: str, claim_id: str, incident_id: str, reason: str) -> Join:
    """Return that a person put a claim where it stands; no comparison takes it away from there."""
    why = Reason(code=_PLACED, text=f"put here by {author}: {reason}")
    return Join(claim_id=claim_id, incident_id=incident_id, score=1.0, reasons=(why,))


def is_placed(found: Join | None) -> bool:
    """Return whether a person put the claim where it stands."""
    return found is not None and found.reasons[0].code == _PLACED


def same_told(new: ReportedClaim, old: ReportedClaim, classes: Mapping[str, TargetClass]) -> bool:
    """Return whether a claim of an edited report tells again what one of its earlier versions told."""
    if all(getattr(new.claim, slot) == getattr(old.claim, slot) for slot in _TOLD):
        return True
    return fits(new, summary.incident(old.claim.id, [old], classes), classes)


def _joined(claim: ReportedClaim, incident_id: str, score: float, reasons: tuple[Reason, ...]) -> Join:
    return Join(claim_id=claim.claim.id, incident_id=incident_id, score=score, reasons=reasons)


def _may_stand_alone(claim: Claim) -> bool:
    """Return whether a claim that finds no incident makes one: a denial only where it says what and where."""
    if claim.stance.reports_event:
        return True
    precise = claim.target.facility_id is not None or (claim.place is not None and claim.place.precision < 3)
    return precise and (claim.event_time is not None or claim.attacker is not None)


def _compare(claim: ReportedClaim, incident: Incident, classes: Mapping[str, TargetClass]) -> _Candidate:
    # An earlier version of the item is another text: what it told of is told again in the new one.
    beside = tuple(one for one in incident.claims if same_version(one, claim))
    where, place = _place(claim, incident, beside)
    parts = [
        place,
        likeness.time(claim, incident, where),
        likeness.target(claim, incident, classes, where),
        likeness.attacker(claim, incident, where),
        likeness.weapon(claim, beside or incident.claims),
        likeness.shared_name(claim, incident),
    ]
    return _Candidate(
        incident=incident,
        where=where,
        parts=tuple(part for part in parts if part is not None),
        beside=beside,
        general=is_unspecified(claim.claim.target.class_id, classes),
        whole=all(is_whole(one.claim.target.class_id, classes) for one in (claim, *incident.claims)),
    )


def _place(claim: ReportedClaim, incident: Incident, beside: Sequence[ReportedClaim]) -> tuple[Where, Likeness]:
    """Compare where. A place that a sentence does not name, but borrows from another one, sets no two events apart."""
    where, found = likeness.place(claim, incident)
    if where is Where.UNKNOWN and any(_same_words(claim, one) for one in beside):
        return Where.EXACT, likeness.like(0.4, "same words", "the same words, which do not say where, were read twice")
    if found.vetoed and _echoed(claim, beside):
        return Where.UNKNOWN, likeness.like(0.0, "headline", "the headline repeats it without saying where")
    return where, found


def _same_words(claim: ReportedClaim, other: ReportedClaim) -> bool:
    """Return whether the same words were read as two claims, at places that both were taken from elsewhere."""
    mine, theirs = claim.claim.spans, other.claim.spans
    same = all(mine.get(slot) and mine.get(slot) == theirs.get(slot) for slot in ("sentence", "act", "target"))
    return same and borrowed_place(claim) and borrowed_place(other)


def _echoed(claim: ReportedClaim, beside: Sequence[ReportedClaim]) -> bool:
    """Return whether a headline that does not say where tells of a target that the body tells of."""
    if not (in_headline(claim) and borrowed_place(claim)):
        return False
    return any(one.claim.target.class_id == claim.claim.target.class_id and not in_headline(one) for one in beside)


def _passes(one: _Candidate, claim: ReportedClaim) -> bool:
    """Return whether the two may be one event, once nothing speaks against it."""
    if recalls(claim.claim):
        told = any(other.claim.stance.reports_event for other in one.incident.claims)
        surely = one.where in (Where.FACILITY, Where.EXACT) and one.time_fits
        return told and surely and not one.beside and one.score >= PASSING
    if claim.claim.stance is Stance.DENIED and not located(claim.claim):
        # "Ukraine denied it" means what the same report tells; "we strike no energy" means nothing in particular.
        return bool(one.beside) and (claim.claim.event_time is not None or not one.general)
    if one.beside:
        return _repeats(one, claim)
    if one.where is Where.UNKNOWN:
        # What does not say where may be told of in a report that does; never the other way round.
        theirs = any(pinned(other.claim) for other in one.incident.claims)
        told = not pinned(claim.claim) and claim.claim.event_time is not None
        return told and (theirs or _is_of_one_day(one, claim))
    return one.score >= PASSING


def _is_of_one_day(one: _Candidate, claim: ReportedClaim) -> bool:
    """Return whether neither says where, and both lay an attack on works as a whole, in one day, to one party."""
    mine, theirs = claim.claim, one.incident
    if not one.whole or mine.attacker is None or mine.attacker != theirs.attacker:
        return False
    if mine.event_time is None or theirs.event_time is None or "same time" not in {part.code for part in one.reasons}:
        return False
    return max(mine.event_time.end, theirs.event_time.end) - min(mine.event_time.start, theirs.event_time.start) <= _DAY


def _repeats(one: _Candidate, claim: ReportedClaim) -> bool:
    """Return whether a claim repeats another of the same report: place, target and time must agree.

    Two claims of one report are two events unless it says the same thing twice, as headlines and first sentences do,
    or tells how two sides blame each other.
    """
    codes = {part.reason.code for part in one.parts}
    blame = claim.claim.stance is Stance.DENIED or "opposite accusations" in codes
    if "other weapon" in codes and not blame:
        return False
    same_time = bool(codes & {"same time", "times overlap", "time fits", "no time", "denied after", "what came of it"})
    if not same_time or not _same_target(claim, codes):
        return False
    if one.where in (Where.FACILITY, Where.EXACT, Where.REGION) or "headline" in codes or _area_told(one, claim):
        return True
    if one.where is not Where.UNKNOWN or _named_apart(claim, one):
        return False
    return not (pinned(claim.claim) and any(pinned(other.claim) for other in one.incident.claims))


def _area_told(one: _Candidate, claim: ReportedClaim) -> bool:
    """Return whether a headline says near which town it was ("a depot near Kropotkin") and the body where exactly."""
    place = claim.claim.place
    area = place is not None and place.precision == 2 and claim.claim.target.facility_id is None
    exactly = one.incident.place is not None and one.incident.place.precision == 1
    return area and exactly and in_headline(claim) and one.where is Where.NEAR


def _same_target(claim: ReportedClaim, codes: set[str]) -> bool:
    """Return whether the two name one target, or the claim names none: "left without light" tells what came of it."""
    nameless = not claim.claim.target.name and claim.claim.outcome is Outcome.OUTAGE
    return "same target" in codes or (nameless and "same family" in codes)


def _named_apart(claim: ReportedClaim, one: _Candidate) -> bool:
    """Return whether two sentences of a report's body name two places: "Odesa" and "the centre" are two events.

    A headline is left out: it may name half a country for what the body tells of one town.
    """
    mine, theirs = claim.claim.place, one.incident.place
    if mine is None or theirs is None or mine.name.casefold() == theirs.name.casefold():
        return False
    return not any(in_headline(other) for other in (claim, *one.beside))


def _first_told(incident: Incident) -> tuple[datetime, str]:
    """Return what sets incidents apart whatever ids they were given."""
    return min((likeness.written(one), one.claim.id) for one in incident.claims)


def _choose(claim: Claim, passing: Sequence[_Candidate]) -> tuple[_Candidate | None, Reason | None]:
    """Return the best candidate; None, with the reason, where a vague claim fits several nearly as well."""
    if not passing:
        return None, None
    best = passing[0]
    rivals = [one for one in passing[1:] if claim.stance.reports_event and _either_of(best, one)]
    if rivals:
        return None, _doubtful([best, *rivals])
    vague = best.where not in (Where.FACILITY, Where.EXACT) or claim.event_time is None
    if not vague or len(passing) == 1:
        return best, None
    ambiguous = best.where is Where.UNKNOWN or round(best.likeness - passing[1].likeness, 2) < _CLEARLY
    if not ambiguous:
        return best, None
    return None, _doubtful(passing)


def _either_of(best: _Candidate, other: _Candidate) -> bool:
    """Return whether the claim may tell of either of two events, and nothing of weight says which is meant.

    A weapon tells apart what happened at one time, and no two strikes of a day. A report's own text says which one its
    headline means.
    """
    mine, theirs = best.incident.event_time, other.incident.event_time
    if best.beside or not (best.time_fits and other.time_fits):
        return False
    if mine is None or theirs is None or not (mine.end < theirs.start or theirs.end < mine.start):
        return round(best.likeness - other.likeness, 2) < _BARELY
    return round(best.weight - other.weight, 2) < _CLEARLY


def _doubtful(fitting: Sequence[_Candidate]) -> Reason:
    ids = ", ".join(one.incident.id for one in fitting[:3])
    return Reason(code=AMBIGUOUS, text=f"it says too little to tell which incident is meant: {ids}")


def _nearest_miss(compared: Sequence[_Candidate]) -> Reason:
    """Return why no candidate passed, by the one that came nearest."""
    if not compared:
        return Reason(code="new", text="no incident near")
    vetoes = {one.incident.id: [part for part in one.parts if part.vetoed] for one in compared}
    nearest = min(compared, key=lambda one: (len(vetoes[one.incident.id]), -one.score, _first_told(one.incident)))
    against = vetoes[nearest.incident.id]
    why = against[0].reason.text if against else f"too little in common (score {nearest.score})"
    return Reason(code="new", text=f"no incident near; the nearest, {nearest.incident.id}: {why}")
