"""Which incidents a person is asked to look at, why, and in which order."""

from datetime import timedelta
from typing import Any

import pytest

from monitor import judging
from monitor.model.agreements import Verdict
from monitor.model.decisions import Decision, DecisionKind
from monitor.model.judgements import Status
from tests.builders import NOON, a_report, a_reported_claim, an_incident
from tests.judgement_builders import a_rating, a_violation, an_assessment

HOUR = timedelta(hours=1)
SEEN = a_reported_claim(report=a_report(first_seen=NOON))
INCIDENT = an_incident(SEEN)


def decision(kind: DecisionKind, hours: int) -> Decision:
    return Decision(incident_id="I-1", kind=kind, author="O", reason="r", decided_at=NOON + hours * HOUR)


def rated(**rating: Any) -> Any:
    return a_violation(SEEN, rating=a_rating(**rating))


CONFIRM, DISMISS, REOPEN, NOTE = DecisionKind.CONFIRM, DecisionKind.DISMISS, DecisionKind.REOPEN, DecisionKind.NOTE
CASES = [
    ("a violation that nobody decided", [rated()], [], ["undecided"]),
    ("one that is disputed and weak", [rated(disputed=True, credibility=4)], [], ["undecided", "disputed", "weak"]),
    ("one that a person only noted something about", [rated()], [(NOTE, 1)], ["undecided"]),
    ("one that was confirmed", [rated(status=Status.CONFIRMED)], [(CONFIRM, 1)], []),
    ("one that was dismissed", [rated(status=Status.DISMISSED)], [(DISMISS, 1)], []),
    ("one dismissed before its report came", [rated(status=Status.DISMISSED)], [(DISMISS, -1)], ["reports since"]),
    ("the same, and somebody noted it", [rated(status=Status.DISMISSED)], [(DISMISS, -1), (NOTE, 1)], []),
    ("one that was reopened", [rated()], [(DISMISS, 1), (REOPEN, 2)], ["undecided"]),
    ("one that its sources took back", [rated(status=Status.WITHDRAWN)], [], []),
]


@pytest.mark.parametrize(("what", "violations", "decided", "codes"), CASES, ids=[case[0] for case in CASES])
def test_who_is_asked_about(what: str, violations: Any, decided: Any, codes: list[str]) -> None:
    decisions = [decision(kind, hours) for kind, hours in decided]
    found = judging.why_review(INCIDENT, violations, [an_assessment()], decisions)
    assert [reason.code for reason in found] == codes


def test_an_open_verdict_without_a_violation_is_asked_about_as_such() -> None:
    open_one, cleared = an_assessment(Verdict.UNDETERMINED), an_assessment(Verdict.NO_BREACH)
    assert [one.code for one in judging.why_review(INCIDENT, [], [open_one, cleared], [])] == ["undetermined"]
    assert judging.why_review(INCIDENT, [], [cleared], []) == ()


def test_what_was_decided_on_less_comes_first_then_what_is_disputed_then_the_rest() -> None:
    late = judging.why_review(INCIDENT, [rated()], [], [decision(CONFIRM, -1)])
    plain = judging.why_review(INCIDENT, [rated()], [], [])
    disputed = judging.why_review(INCIDENT, [rated(disputed=True)], [], [])
    undetermined = judging.why_review(INCIDENT, [], [an_assessment(Verdict.UNDETERMINED)], [])
    assert sorted([undetermined, plain, disputed, late], key=judging.urgency) == [late, disputed, plain, undetermined]
