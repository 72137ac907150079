"""Keeps incidents what the claims make them: each claim into its incident, and those that it makes stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor import judging
from monitor.model.agreements import TargetClass
from monitor.model.claims import ReportedClaim
from monitor.model.judgements import Incident, Join, Reason, Violation
from monitor.model.reports import Report

if TYPE_CHECKING:
    from monitor.store import Transaction

Classes = Mapping[str, TargetClass]

#: Violations by incident, as they stood before one unit of work touched the incident, in the order of touching.
Before = dict[str, tuple[Violation, ...]]


def touch(tx: Transaction, before: Before, incident_ids: Iterable[str]) -> None:
    """Note the violations of incidents as they stand before a unit of work changes them."""
    for incident_id in incident_ids:
        if incident_id not in before:
            before[incident_id] = tx.violations_of_incident(incident_id)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one unit of work brings that incidents are made of."""

    claims: list[ReportedClaim]
    #: Claims of earlier versions, which no longer count.
    gone: list[ReportedClaim]
    #: By claim, the incident that an earlier version of its report told of in its place.
    hints: dict[str, str]
    #: By claim, where a person puts it, or put what an earlier version told.
    placed: dict[str, Join] = field(default_factory=dict)


def note_edit(tx: Transaction, classes: Classes, report: Report, claims: Sequence[ReportedClaim], told: Told) -> None:
    """Note what the earlier versions of a report told of, and which of its claims now tell of it in their place.

    A mended misprint must not withdraw a violation and announce it anew.
    """
    gone = tx.claims_before(report)
    told.gone.extend(gone)
    _keep_placed(tx, classes, gone, claims, told)
    known = [one for key in tx.incidents_of_report(report.id) if (one := tx.incident(key)) is not None]
    # As claims tell it: what a person corrected must not set an outlet's own next version apart.
    begun = [judging.incident(one.id, one.claims, classes) for one in known if one.claims]
    for claim in claims:
        found = judging.join(claim, begun, classes)
        if found is not None and any(one.id == found.incident_id for one in begun):
            told.hints[claim.claim.id] = found.incident_id


def _keep_placed(
    tx: Transaction, classes: Classes, gone: Sequence[ReportedClaim], claims: Sequence[ReportedClaim], told: Told
) -> None:
    """Keep where a person put what a report told: an edit that tells it again changes nothing about that."""
    joins = tx.joins_of_claims(one.claim.id for one in gone)
    placed = [one for one in gone if judging.is_placed(joins.get(one.claim.id))]
    for claim in claims:
        before = next((one for one in placed if judging.same_told(claim, one, classes)), None)
        if before is not None:
            told.placed[claim.claim.id] = replace(joins[before.claim.id], claim_id=claim.claim.id)


def as_told(tx: Transaction, incident_id: str, claims: Sequence[ReportedClaim], classes: Classes) -> Incident:
    """Return the incident as its claims tell it, with what people corrected of it."""
    return judging.corrected(judging.incident(incident_id, claims, classes), tx.decisions(incident_id))


def regroup(tx: Transaction, classes: Classes, told: Told, before: Before, now: datetime) -> dict[str, str]:
    """Put each claim into its incident, and those that it makes stand elsewhere; return merged incidents, by old id."""
    settled = [one.claim.id for one in told.gone] + list(told.placed)
    belongs: dict[str, Join] = dict(tx.joins_of_claims(settled))

    def load(start: datetime, end: datetime) -> tuple[ReportedClaim, ...]:
        found = tx.claims_told(start, end)
        belongs.update(tx.joins_of_claims(one.claim.id for one in found))
        return found

    done = judging.regroup(
        told.claims,
        told.gone,
        judging.Nearby(load, classes),
        judging.Stored(join_of=belongs.get, members=tx.claims_of_incident, decided=tx.decided_incidents().__contains__),
        classes,
        told.hints,
        told.placed,
    )
    moved = [join.claim_id for join in done.joins] + list(done.left)
    touched = dict.fromkeys(belongs[key].incident_id for key in moved if key in belongs)
    touched |= dict.fromkeys(join.incident_id for join in done.joins)
    touch(tx, before, touched)
    tx.leave(done.left, now, Reason(code="apart", text="the claim tells of no incident of its own any more"))
    for join in done.joins:
        tx.add_join(join, now)
    for incident_id in touched:
        if claims := tx.claims_of_incident(incident_id):
            tx.save_incident(as_told(tx, incident_id, claims, classes), now)
        elif incident_id in done.superseded:
            tx.supersede(incident_id, done.superseded[incident_id], now)
    return dict(done.superseded)
