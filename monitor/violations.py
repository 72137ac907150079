"""Keeps violations what incidents and rules make them: assesses what was touched anew, and says what has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from monitor import judging
from monitor.incidents import Before, as_told
from monitor.model.agreements import Agreement, TargetClass
from monitor.model.claims import ReportedClaim
from monitor.model.decisions import PROGRAM, Decided, decided
from monitor.model.judgements import Change, Incident, Rating, Reason, Violation
from monitor.model.reports import PartyId

if TYPE_CHECKING:
    from monitor.store import Transaction


class Law(Protocol):
    """What is judged by; a pipeline has it."""

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """Return the agreements in force or not, as they are loaded."""

    @property
    def classes(self) -> Mapping[str, TargetClass]:
        """Return the target classes by id."""


def judge(
    tx: Transaction,
    law: Law,
    before: Before,
    *,
    now: datetime,
    merged: Mapping[str, str] | None = None,
    by: str = PROGRAM,
) -> tuple[Change, ...]:
    """Assess the touched incidents anew and record what changed; return the changes that people may be told of.

    Args:
        tx: where they stand.
        law: the agreements and classes they are judged by.
        before: the violations of each, as they stood.
        now: when it is recorded (aware).
        merged: incidents whose claims now stand in another one, and that one.
        by: who brought it about: a person who decided something, or the program.
    """
    changes: list[Change] = []
    for incident_id, violations in before.items():
        claims = tx.claims_of_incident(incident_id)
        previous = {violation.id: violation for violation in violations}
        current = _violations(tx, law, incident_id, claims, now)
        for key in dict.fromkeys([*previous, *current]):
            was, is_now = previous.get(key), current.get(key)
            if is_now is None and was is not None:
                ended = judging.why_ended(was, claims, law.agreements)
                is_now = _ended(_as_judged(tx, was), ended, (merged or {}).get(incident_id))
            if is_now is None:
                continue
            tx.save_violation(is_now, now, by)
            change = judging.compare(was, is_now, now)
            if change is not None:
                changes.append(change)
    return tuple(changes)


def _ended(was: Violation, ended: Reason, by: str | None) -> Violation:
    return judging.withdrawn(was, ended) if by is None else judging.superseded(was, by)


def _as_judged(tx: Transaction, was: Violation) -> Violation:
    """Return the violation with what it rested on, and with its assessments as they now stand."""
    stands = tx.violation(was.id)
    return was if stands is None else replace(was, assessments=stands.assessments)


def _violations(
    tx: Transaction, law: Law, incident_id: str, claims: Sequence[ReportedClaim], now: datetime
) -> dict[str, Violation]:
    """Save the incident and its assessments as they now are; return its violations by id."""
    if not claims:
        tx.save_assessments(incident_id, (), now)
        return {}
    ambiguous = judging.AMBIGUOUS in tx.reason_codes(incident_id)
    incident = replace(as_told(tx, incident_id, claims, law.classes), ambiguous=ambiguous)
    tx.save_incident(incident, now)
    judged = judging.as_judged(incident)
    assessments = judging.assess(judged, law.agreements, law.classes)
    tx.save_assessments(incident_id, assessments, now)
    decisions = tx.decisions(incident_id)
    ratings = {
        accused: _rating(judged, accused, law, decided(decisions, accused))
        for accused in {assessment.accused for assessment in assessments}
    }
    found = judging.violations(incident, law.agreements, assessments, ratings)
    return {violation.id: violation for violation in found}


def _rating(incident: Incident, accused: PartyId, law: Law, found: Decided | None) -> Rating:
    if found is None:
        return judging.rate(incident, accused, law.classes)
    return judging.rate(incident, accused, law.classes, decided=found.status, because=found.reason)
