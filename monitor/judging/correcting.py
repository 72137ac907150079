"""What a person says of an incident against its reports: it counts in judging, and the reports are kept as they are."""

from collections.abc import Iterable
from dataclasses import replace

from monitor.model.claims import Basis, ReportedClaim
from monitor.model.decisions import Correction, Decision
from monitor.model.judgements import Incident, Slot
from monitor.model.reports import PartyId


def corrected(incident: Incident, decisions: Iterable[Decision]) -> Incident:
    """Return the incident with what people corrected of it; the last word on each slot counts.

    Args:
        incident: as its claims tell it.
        decisions: about it, oldest first.
    """
    for one in decisions:
        if one.correction is not None:
            incident = _corrected(incident, one.correction)
    return incident


def _corrected(incident: Incident, by: Correction) -> Incident:
    known = replace(incident, corrected=incident.corrected | frozenset(by.slots))
    if Slot.PLACE in by.slots:
        # Another place is another facility; what it is called stands.
        target = replace(known.target, facility_id=None)
        known = replace(known, place=by.place, country=by.country, occupied_by=by.occupied_by, target=target)
    if Slot.TIME in by.slots:
        known = replace(known, event_time=by.event_time)
    if Slot.ATTACKER in by.slots:
        known = replace(known, attacker=by.attacker, attacker_inferred=by.attacker is not None)
    return known


def as_judged(incident: Incident) -> Incident:
    """Return the incident as verdicts and ratings see it: claims accuse whom a person found to have done it.

    They count as if they had inferred it: none of them says so, so none admits it and no two corroborate it.
    """
    if Slot.ATTACKER not in incident.corrected:
        return incident
    return replace(incident, claims=tuple(_accusing(one, incident.attacker) for one in incident.claims))


def _accusing(one: ReportedClaim, attacker: PartyId | None) -> ReportedClaim:
    if not one.claim.stance.reports_event:
        return one
    basis = None if attacker is None else Basis.INFERRED
    return replace(one, claim=replace(one.claim, attacker=attacker, attacker_basis=basis))
