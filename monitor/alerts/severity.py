"""How soon people should look at a change: a pure function of what is known, with a table in docs/alerts.md."""

from monitor.model.agreements import Verdict
from monitor.model.judgements import Change, ChangeKind, Status, Violation
from monitor.model.routing import Severity

#: What takes back or mends what was told: nobody need be woken for it.
_CALM = frozenset(
    {
        ChangeKind.WITHDRAWN,
        ChangeKind.DISMISSED,
        ChangeKind.CORRECTED,
        ChangeKind.DIGEST,
        ChangeKind.OCCASION,
        ChangeKind.OPERATIONS,
    }
)
_GROUNDED = frozenset({Status.CORROBORATED, Status.CONFIRMED})
#: Classes whose damage can harm people far away, whatever comes of the accusation.
_GRAVE = frozenset({"nuclear_plant"})


def severity_of(change: Change) -> Severity:
    """Return the severity of a change."""
    if change.kind in _CALM:
        return Severity.INFO
    violation = change.violation
    if violation.incident.target.class_id in _GRAVE:
        return Severity.CRITICAL
    if violation.rating.status in _GROUNDED and _every_reading_calls_it_a_breach(violation):
        return Severity.CRITICAL
    return Severity.WARNING


def _every_reading_calls_it_a_breach(violation: Violation) -> bool:
    return all(one.verdict is Verdict.BREACH for one in violation.assessments)
