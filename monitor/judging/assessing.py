"""An incident held against the terms: per accused party, clause and reading, a verdict with its reasons."""

from collections.abc import Mapping, Sequence

from monitor.judging import provisos, summary, terms
from monitor.judging.slots import AFTERMATH_ACTS, UNKNOWN_HOLDER, accusing, is_energy, reporting, stated, sure
from monitor.judging.terms import Check
from monitor.model.agreements import Agreement, Clause, Reading, TargetClass, Verdict
from monitor.model.claims import ReportedClaim
from monitor.model.judgements import Assessment, Incident, Match, Rating, Slot, Violation, violation_id
from monitor.model.reports import PartyId
from monitor.model.times import Containment, EventTime


def assess(
    incident: Incident, agreements: Sequence[Agreement], classes: Mapping[str, TargetClass]
) -> tuple[Assessment, ...]:
    """Return what every reading of every clause makes of the incident, for each party that is accused of it.

    Nothing without a claim that reports an event (a denial alone accuses nobody), nor where no reading of the clause
    mentions the target, nor any of energy where it is an energy facility. A clause about every kind of target concerns
    only what happened while it may bind. Where no report names an attacker, it is recorded as
    undetermined for each party whose clause would apply.
    """
    events = reporting(incident.claims)
    if not events:
        return ()
    named = sorted({one.claim.attacker for one in events if one.claim.attacker is not None})
    found: list[Assessment] = []
    for agreement in agreements:
        for clause in agreement.clauses:
            if not clause.kind.has_readings or not _concerns(clause, incident, events, classes):
                continue
            if clause.bound in named:
                found += _clause(agreement, clause, incident, clause.bound, classes)
            elif not named and _holder(incident) != clause.bound:
                made = _clause(agreement, clause, incident, clause.bound, classes)
                found += made if any(one.verdict is Verdict.UNDETERMINED for one in made) else []
    return tuple(found)


def _holder(incident: Incident) -> str | None:
    """Return who holds the ground: a party does not come to mind as the attacker of what it holds."""
    return incident.country if incident.occupied_by in (None, UNKNOWN_HOLDER) else incident.occupied_by


def _concerns(
    clause: Clause, incident: Incident, events: Sequence[ReportedClaim], classes: Mapping[str, TargetClass]
) -> bool:
    struck = {incident.target.class_id, *summary.target_classes(events, classes)}
    listed = {c for reading in clause.readings for c in reading.covered | reading.excluded | reading.unclear}
    if classes.keys() <= listed:
        return _may_bind(clause, incident.event_time)
    if struck & listed:
        return True
    of_energy = any(terms.speaks_of_energy(reading, classes) for reading in clause.readings)
    return of_energy and any(is_energy(class_id, classes) for class_id in struck)


def _may_bind(clause: Clause, time: EventTime | None) -> bool:
    """Return whether any reading of the clause may bind when it happened."""
    return any(reading.window.contains(time) is not Containment.OUTSIDE for reading in clause.readings)


def _clause(
    agreement: Agreement, clause: Clause, incident: Incident, accused: PartyId, classes: Mapping[str, TargetClass]
) -> list[Assessment]:
    common = _facts(agreement, clause, incident, accused)
    made = []
    for reading in clause.readings:
        checks = [*_terms(reading, incident, accused, classes), *common]
        verdict = _verdict(checks)
        made.append(
            Assessment(
                incident_id=incident.id,
                agreement_id=agreement.id,
                rule_version=agreement.rule_version,
                clause_id=clause.id,
                reading_id=reading.id,
                accused=accused,
                verdict=verdict,
                reasons=tuple(check.reason for check in checks if check.verdict is verdict),
            )
        )
    return made


def _verdict(checks: Sequence[Check]) -> Verdict:
    """Return no breach where one check clears, undetermined where one leaves it open, else breach."""
    verdicts = {check.verdict for check in checks}
    if Verdict.NO_BREACH in verdicts:
        return Verdict.NO_BREACH
    return Verdict.UNDETERMINED if Verdict.UNDETERMINED in verdicts else Verdict.BREACH


def _terms(reading: Reading, incident: Incident, accused: PartyId, classes: Mapping[str, TargetClass]) -> list[Check]:
    """Return what the reading makes of time, target, ground and outcome."""
    relevant = _relevant(incident, accused)
    struck = summary.target_classes(relevant, classes)
    checks = (
        terms.window(reading, incident.event_time),
        provisos.condition(reading, incident),
        terms.target(reading, struck, classes),
        provisos.exemption(reading, incident, struck, {one.claim.act for one in relevant} - AFTERMATH_ACTS),
        terms.territory(reading, incident),
        terms.own_ground(reading, accused, incident),
        terms.reached(reading, relevant),
    )
    return [check for check in checks if check is not None]


def _relevant(incident: Incident, accused: PartyId) -> tuple[ReportedClaim, ...]:
    """Return the event as those tell it who accuse this party, or nobody."""
    return tuple(one for one in reporting(incident.claims) if one.claim.attacker in (None, accused))


def _facts(agreement: Agreement, clause: Clause, incident: Incident, accused: PartyId) -> list[Check]:
    """Return what does not depend on the reading: place, act, attacker, and how sure the reading of the text is."""
    checks = (
        terms.ground(agreement, clause, incident),
        _place(incident),
        terms.act(clause, _relevant(incident, accused), AFTERMATH_ACTS),
        _attacker(incident, accused),
        _certainty(incident, accused),
        _told_already(incident),
    )
    return [check for check in checks if check is not None]


def _place(incident: Incident) -> Check | None:
    if incident.place is None and incident.target.facility_id is None:
        return terms.leaves_open("no place", "no report says where it was")
    return None


def _attacker(incident: Incident, accused: PartyId) -> Check:
    events, against = reporting(incident.claims), accusing(incident.claims, accused)
    if not against:
        return terms.leaves_open("no attacker", "no report says who did it")
    if Slot.ATTACKER in incident.corrected:
        return terms.passed("attacker decided", f"a person found that it was {accused}; no report has to say so")
    if any(stated(one.claim) for one in against):
        return terms.passed("attacker stated", f"a report names {accused} as the attacker")
    others = {one.claim.attacker for one in events if stated(one.claim)} - {accused}
    if others:
        named = ", ".join(sorted(other for other in others if other))
        return terms.leaves_open(
            "attacker disputed", f"{accused} follows from the ground only, and a report names {named}"
        )
    return terms.passed("attacker inferred", "attacker inferred from the ground struck, not named by the report")


def _certainty(incident: Incident, accused: PartyId) -> Check | None:
    against = accusing(incident.claims, accused)
    if against and not any(sure(one.claim) for one in against):
        return terms.leaves_open("low confidence", "two careful readers might read it otherwise")
    return None


def _told_already(incident: Incident) -> Check | None:
    if incident.ambiguous:
        return terms.leaves_open("ambiguous", "it may be one of several incidents that are recorded already")
    return None


def violations(
    incident: Incident,
    agreements: Sequence[Agreement],
    assessments: Sequence[Assessment],
    ratings: Mapping[PartyId, Rating],
) -> tuple[Violation, ...]:
    """Return one violation for each clause and accused party that at least one reading calls a breach.

    Raises:
        KeyError: an accused party of a breach has no rating.
    """
    groups: dict[tuple[str, str, PartyId], list[Assessment]] = {}
    for one in assessments:
        groups.setdefault((one.agreement_id, one.clause_id, one.accused), []).append(one)
    titles = {(a.id, c.id): (a.title, c.title) for a in agreements for c in a.clauses}
    return tuple(
        Violation(
            id=violation_id(incident.id, agreement_id, clause_id, accused),
            incident=incident,
            agreement_id=agreement_id,
            agreement_title=titles[agreement_id, clause_id][0],
            clause_id=clause_id,
            clause_title=titles[agreement_id, clause_id][1],
            accused=accused,
            assessments=tuple(group),
            rating=ratings[accused],
        )
        for (agreement_id, clause_id, accused), group in groups.items()
        if any(one.verdict is Verdict.BREACH for one in group)
    )


def match_claims(
    claims: Sequence[ReportedClaim], agreements: Sequence[Agreement], classes: Mapping[str, TargetClass]
) -> tuple[Match, ...]:
    """Return the assessments that each claim alone would get: a preview, never stored."""
    return tuple(
        Match(
            claim_id=one.claim.id,
            agreement_id=made.agreement_id,
            clause_id=made.clause_id,
            accused=made.accused,
            reading_id=made.reading_id,
            verdict=made.verdict,
            reasons=made.reasons,
        )
        for one in claims
        if one.claim.stance.reports_event
        for made in assess(summary.incident(one.claim.id, [one], classes), agreements, classes)
    )
