"""What one reading of a clause makes of one fact of an incident: each check gives a verdict and the reason for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.judging.slots import (
    REACHED,
    UNKNOWN_HOLDER,
    by_debris,
    family,
    is_any_energy,
    is_energy,
    is_unspecified,
    majority,
    outlet,
)
from monitor.model.agreements import Agreement, Answer, Clause, Reading, TargetClass, Verdict
from monitor.model.claims import Outcome, ReportedClaim
from monitor.model.judgements import Incident, Reason
from monitor.model.reports import PartyId
from monitor.model.times import Containment, EventTime

#: What reached the target: a weapon, or what was left of one that was brought down.
_STRUCK, _DEBRIS = "struck", "debris"


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """What one fact says: BREACH means "nothing here speaks against it"."""

    verdict: Verdict
    reason: Reason


def passed(code: str, text: str) -> Check:
    """Return that nothing here speaks against a breach."""
    return Check(verdict=Verdict.BREACH, reason=Reason(code=code, text=text))


def clears(code: str, text: str) -> Check:
    """Return that this alone makes it no breach."""
    return Check(verdict=Verdict.NO_BREACH, reason=Reason(code=code, text=text))


def leaves_open(code: str, text: str) -> Check:
    """Return that what decides is missing or vague."""
    return Check(verdict=Verdict.UNDETERMINED, reason=Reason(code=code, text=text))


def window(reading: Reading, time: EventTime | None) -> Check:
    """Check when it happened against when the reading binds."""
    if time is None:
        return leaves_open("no time", "no report says when it happened")
    containment = reading.window.contains(time)
    if containment is Containment.INSIDE:
        return passed("in window", f"it happened while the reading held by {reading.holder} binds")
    if containment is Containment.OUTSIDE:
        return clears("outside the window", f"outside the window of the reading held by {reading.holder}")
    return leaves_open("window vague", f"not sure to lie within the window of the reading held by {reading.holder}")


def target(reading: Reading, class_ids: Sequence[str], classes: Mapping[str, TargetClass]) -> Check:
    """Check what was struck; where as many reports say one thing as another, all must come to the same."""
    checks = [_class(reading, class_id, classes) for class_id in class_ids]
    verdicts = {check.verdict for check in checks}
    if len(verdicts) == 1:
        return checks[0]
    said = " or ".join(label(class_id, classes) for class_id in class_ids)
    return leaves_open(
        "target disputed", f"reports differ on what was struck ({said}), and the reading tells them apart"
    )


def label(class_id: str, classes: Mapping[str, TargetClass]) -> str:
    """Return a target class in words."""
    return classes[class_id].label if class_id in classes else class_id.replace("_", " ")


def _class(reading: Reading, class_id: str, classes: Mapping[str, TargetClass]) -> Check:
    name = label(class_id, classes)
    if class_id in reading.excluded:
        return clears("excluded", f"the reading held by {reading.holder} excludes {name}")
    if class_id in reading.unclear:
        return leaves_open("unclear", f"the reading held by {reading.holder} leaves {name} unclear")
    if class_id in reading.covered:
        if is_unspecified(class_id, classes):
            return passed("facility not named", f"facility not named: {name} counts as covered")
        return passed("covered", f"the reading held by {reading.holder} covers {name}")
    if not is_energy(class_id, classes) or not speaks_of_energy(reading, classes):
        return clears("not a covered target", f"{name} is not a covered target")
    if is_unspecified(class_id, classes) and _covers_all_kinds(reading, class_id, classes):
        return passed("facility not named", f"facility not named: the reading held by {reading.holder} covers {name}")
    return leaves_open("not listed", f"the reading held by {reading.holder} does not mention {name}")


def speaks_of_energy(reading: Reading, classes: Mapping[str, TargetClass]) -> bool:
    """Return whether a reading lists any class of energy: only then may one that it does not list be meant, too."""
    return any(is_energy(one, classes) for one in (*reading.covered, *reading.excluded, *reading.unclear))


def _covers_all_kinds(reading: Reading, class_id: str, classes: Mapping[str, TargetClass]) -> bool:
    """Return whether a reading covers whatever an unnamed facility may have been.

    "Energy infrastructure" is covered by every reading that covers energy at all (decision 8); "a gas facility" only
    where all kinds of gas facility are.
    """
    if is_any_energy(class_id, classes):
        return any(is_energy(covered, classes) for covered in reading.covered)
    kinds = [one.id for one in classes.values() if one.family == family(class_id, classes) and not one.unspecified]
    return bool(kinds) and all(kind in reading.covered for kind in kinds)


def ground(agreement: Agreement, clause: Clause, incident: Incident) -> Check:
    """Check whose facilities the clause protects. Who holds the ground plays no part here."""
    if not clause.protected:
        return passed("protected", "the clause protects facilities wherever they are")
    if incident.country in clause.protected:
        return passed("protected", f"the clause protects facilities in {incident.country}")
    if incident.country is not None:
        return clears("not protected ground", f"the clause does not protect facilities in {incident.country}")
    if {party.id for party in agreement.parties} <= clause.protected:
        return passed("protected", "the country is not stated; the clause protects facilities of all parties")
    return leaves_open("no country", "no report says in which country it was")


def territory(reading: Reading, incident: Incident) -> Check | None:
    """Check where it was against the regions to which a reading is limited; None where it is limited to none.

    None too of an undated event, of which nothing is decided at all (docs/read-format.md).
    """
    if not reading.territory or incident.event_time is None:
        return None
    region = incident.place.region if incident.place is not None else None
    if region is None:
        return leaves_open("no region", f"not sure to lie where the reading held by {reading.holder} applies")
    if region in reading.territory:
        return passed("in territory", f"it lies where the reading held by {reading.holder} applies")
    return clears("outside the territory", f"outside the territory of the reading held by {reading.holder}")


def own_ground(reading: Reading, accused: PartyId, incident: Incident) -> Check | None:
    """Check a strike by a party on its own or on occupied ground; None where it was on the other's."""
    holder, answer = incident.occupied_by, reading.own_or_occupied_ground_counts
    if answer is Answer.YES:
        return None
    if holder == UNKNOWN_HOLDER:
        return leaves_open("occupied_by unknown", "nobody can say who held the ground")
    if holder is None and incident.country != accused:
        return None
    where = "ground occupied by " + holder if holder is not None else f"{accused}'s own ground"
    if answer is Answer.NO:
        return clears(
            "own or occupied ground", f"it was on {where}, which the reading held by {reading.holder} leaves out"
        )
    return leaves_open("own or occupied ground", f"it was on {where}; whether that counts is not published")


def reached(reading: Reading, claims: Sequence[ReportedClaim]) -> Check | None:
    """Check an attempt that was intercepted, or of which only debris came down; None where a weapon got through.

    Where as many outlets tell of debris as of a strike, the reading must come to the same for both.
    """
    how = _how_reached(claims)
    if how == (_STRUCK,):
        return None
    if _DEBRIS in how:
        return _debris(reading, disputed=_STRUCK in how)
    return _interception(reading) if any(one.claim.outcome is Outcome.INTERCEPTED for one in claims) else None


def _how_reached(claims: Sequence[ReportedClaim]) -> tuple[str, ...]:
    """Return what most outlets say reached the target; none where none says that anything did.

    Debris that a report speaks of once explains the damage that its other sentences tell of.
    """
    told = {(one.report.id, one.report.version) for one in claims if by_debris(one.claim)}
    votes = [(outlet(one), _DEBRIS) for one in claims if (one.report.id, one.report.version) in told]
    votes += [
        (outlet(one), _STRUCK)
        for one in claims
        if (one.report.id, one.report.version) not in told and one.claim.outcome in REACHED
    ]
    return majority(votes)


def _debris(reading: Reading, *, disputed: bool) -> Check | None:
    answer = reading.debris_counts
    if answer is Answer.YES:
        return passed("debris", f"reached by debris, which the reading held by {reading.holder} counts")
    if disputed:
        return leaves_open("debris disputed", "reports differ on whether a weapon struck it or debris of one")
    if answer is Answer.NO:
        return clears("debris", f"reached by debris, which the reading held by {reading.holder} does not count")
    return leaves_open("debris", "reached by debris of an intercepted weapon: whether that counts is not published")


def _interception(reading: Reading) -> Check:
    if reading.intercepted_counts is Answer.YES:
        return passed("intercepted", f"intercepted; the reading held by {reading.holder} counts attempts")
    if reading.intercepted_counts is Answer.NO:
        return clears("intercepted", f"intercepted; the reading held by {reading.holder} does not count attempts")
    return leaves_open("intercepted", "intercepted; whether an attempt counts is not published")


def act(clause: Clause, claims: Sequence[ReportedClaim], aftermath_acts: frozenset[str]) -> Check | None:
    """Check what was done; None where the clause prohibits any attack."""
    acts = {one.claim.act for one in claims}
    if not clause.acts:
        return None
    if acts & clause.acts:
        return passed("act", f"the clause prohibits {', '.join(sorted(acts & clause.acts))}")
    if acts - aftermath_acts - {""}:
        return clears("other act", f"the clause does not prohibit {', '.join(sorted(acts))}")
    return leaves_open("no act", "no report says what was done")
