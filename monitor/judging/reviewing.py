"""What a person should look at, and why: what stands undecided, and what was decided before all reports were there."""

from collections.abc import Sequence

from monitor.model.agreements import Verdict
from monitor.model.decisions import Decision, DecisionKind
from monitor.model.judgements import Assessment, Incident, Reason, Status, Violation

#: What is asked about, until somebody has decided.
_OPEN = frozenset({Status.ALLEGED, Status.CORROBORATED})
_DECIDES = frozenset({DecisionKind.CONFIRM, DecisionKind.DISMISS})
#: Credibility from which on little supports it.
_WEAK = 4
#: Codes of the reasons for which an incident is looked at, the most pressing first; the others stand beside them.
_PRESSING = ("reports since", "undecided", "undetermined")


def why_review(
    incident: Incident,
    violations: Sequence[Violation],
    assessments: Sequence[Assessment],
    decisions: Sequence[Decision],
) -> tuple[Reason, ...]:
    """Return why a person should look at an incident; nothing where nobody has to.

    Args:
        incident: with the claims that stand.
        violations: what it amounts to.
        assessments: the verdicts that stand.
        decisions: what people decided about it, oldest first.
    """
    found = _asked(incident, violations, assessments, decisions)
    return () if found is None else (found, *_beside(violations))


def urgency(reasons: Sequence[Reason]) -> tuple[int, int]:
    """Return what to sort by: what was decided on less than is known comes first, then what more speaks for looking."""
    return _PRESSING.index(reasons[0].code), -len(reasons)


def _asked(
    incident: Incident,
    violations: Sequence[Violation],
    assessments: Sequence[Assessment],
    decisions: Sequence[Decision],
) -> Reason | None:
    settled = [one for one in decisions if one.kind in _DECIDES or one.kind is DecisionKind.REOPEN]
    if settled and settled[-1].kind in _DECIDES:
        return _reports_since(incident, settled[-1], decisions[-1])
    if any(one.rating.status in _OPEN for one in violations):
        return Reason(code="undecided", text="a violation that nobody has confirmed or dismissed")
    if not violations and any(one.verdict is Verdict.UNDETERMINED for one in assessments):
        return Reason(code="undetermined", text="no reading calls it a breach, and at least one leaves it open")
    return None


def _reports_since(incident: Incident, decided: Decision, last: Decision) -> Reason | None:
    """Return that reports came after the last word on what was decided; a note says that somebody has seen them."""
    late = [one for one in incident.claims if one.report.first_seen > max(decided.decided_at, last.decided_at)]
    if not late:
        return None
    names = ", ".join(dict.fromkeys(one.report.source.name for one in late))
    return Reason(code="reports since", text=f"reports came after it was decided ({decided.kind}): {names}")


def _beside(violations: Sequence[Violation]) -> tuple[Reason, ...]:
    ratings = [one.rating for one in violations if one.rating.status in _OPEN]
    found = []
    if any(one.disputed for one in ratings):
        found.append(Reason(code="disputed", text="somebody denies this very event, or blames another"))
    if any(one.credibility >= _WEAK for one in ratings):
        found.append(Reason(code="weak", text="little supports it"))
    return tuple(found)
