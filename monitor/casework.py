"""Gathers what is known of single incidents, as of one instant, for people who look at them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from monitor import judging
from monitor.model.decisions import Decision, DecisionKind, Ground
from monitor.model.judgements import Incident, Reason, Violation
from monitor.output.case_file import CaseFile
from monitor.store import Query


def case_file(query: Query, incident_id: str, as_of: datetime | None = None) -> CaseFile | None:
    """Return all that is known of one incident; None where nothing was known of it then."""
    incident: Incident | None = query.incident(incident_id, as_of)
    if incident is None:
        return None
    return CaseFile(
        incident=incident,
        violations=query.violations_of_incident(incident_id, as_of),
        assessments=query.assessments(incident_id, as_of),
        joins={one.claim_id: one for one in query.joins_of(incident_id, as_of)},
        decisions=query.decisions(incident_id, as_of),
        superseded_by=query.superseded_by(incident_id, as_of),
    )


@dataclass(frozen=True, kw_only=True)
class ToReview:
    """An incident that a person should look at, and why."""

    incident_id: str
    reasons: tuple[Reason, ...]


def to_review(query: Query, *, undetermined: bool = False) -> tuple[ToReview, ...]:
    """Return the incidents that a person should look at, the most pressing first.

    Args:
        query: where they stand.
        undetermined: also those that no reading calls a breach and at least one leaves open.
    """
    incidents = {one.id: one for one in query.incidents()}
    violations: dict[str, list[Violation]] = {}
    for one in query.violations():
        violations.setdefault(one.incident.id, []).append(one)
    assessments, decisions = query.assessments_of(incidents), query.all_decisions()
    found = []
    for key, incident in incidents.items():
        reasons = judging.why_review(
            incident, violations.get(key, ()), assessments.get(key, ()), decisions.get(key, ())
        )
        if reasons and (undetermined or reasons[0].code != "undetermined"):
            found.append(ToReview(incident_id=key, reasons=reasons))
    return tuple(sorted(found, key=lambda one: judging.urgency(one.reasons)))


def misread(query: Query, as_of: datetime | None = None) -> tuple[CaseFile, ...]:
    """Return the incidents that stand dismissed because the program had read their texts wrongly."""
    wrong = (key for key, decisions in query.all_decisions(as_of).items() if _ground(decisions) is Ground.MISREAD)
    return tuple(case for key in wrong if (case := case_file(query, key, as_of)) is not None)


def told_otherwise(query: Query, cases: Iterable[CaseFile], as_of: datetime | None = None) -> frozenset[str]:
    """Return the ids of the reports that tell of other incidents than these as well, or announce a count."""
    ids = {case.incident.id for case in cases}
    others = {claim.report.id for one in query.incidents(as_of) if one.id not in ids for claim in one.claims}
    return frozenset(others | {one.report.id for one in query.tallies(as_of=as_of)})


def _ground(decisions: Iterable[Decision]) -> Ground | None:
    """Return why an incident as a whole stands dismissed; None where it does not."""
    kinds = (DecisionKind.CONFIRM, DecisionKind.DISMISS, DecisionKind.REOPEN)
    settled = [one for one in decisions if one.kind in kinds]
    return settled[-1].ground if settled and settled[-1].accused is None else None
