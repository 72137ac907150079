"""What people decide about incidents, and what follows from it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from monitor.deciding import Followed, Terms, decide
from monitor.errors import MonitorError
from monitor.model.claims import Basis
from monitor.model.decisions import Decision, DecisionKind, Ground
from monitor.model.judgements import ChangeKind, Status, Violation
from monitor.rejudging import rejudge
from tests.builders import NOON, a_claim
from tests.desk import HOUR, Desk, database_url, desk, kinds, told

__all__ = ["database_url", "desk"]

LATER = NOON + 5 * HOUR


def terms(desk: Desk) -> Terms:
    pipeline = desk.pipeline
    return Terms(agreements=pipeline.agreements, classes=pipeline.classes, audience=pipeline.audience)


def decided(desk: Desk, kind: DecisionKind, *, hours: int = 0, **changes: Any) -> Followed:
    """Decide about the only incident, or the one that is named."""
    defaults: dict[str, Any] = {
        "incident_id": changes.get("incident_id") or desk.violations()[0].incident.id,
        "kind": kind,
        "author": "Olena",
        "reason": "the fire was an accident",
        "decided_at": LATER + hours * HOUR,
    }
    return decide(desk.store, terms(desk), Decision(**defaults | changes))


def dismiss(desk: Desk, **changes: Any) -> Followed:
    return decided(desk, DecisionKind.DISMISS, **{"ground": Ground.UNTRUE} | changes)


def only(desk: Desk, as_of: datetime | None = None) -> Violation:
    [violation] = desk.violations(as_of)
    return violation


@pytest.fixture
def struck(desk: Desk) -> Desk:
    """Return the desk with one strike that its receiver was told of."""
    desk.record(desk.report("Strike", a_claim()))
    return desk


def test_a_dismissal_changes_the_status_says_why_and_takes_the_alert_back(struck: Desk) -> None:
    followed = dismiss(struck)
    assert kinds(followed.changes) == [ChangeKind.DISMISSED]
    after = only(struck)
    assert (after.rating.status, after.rating.credibility) == (Status.DISMISSED, 5)
    assert after.rating.reasons[0].text == "a person found it not to be so: the fire was an accident"
    assert told(struck) == [("webhook", ChangeKind.DISMISSED), ("webhook", ChangeKind.NEW)]
    assert only(struck, as_of=LATER - timedelta(seconds=1)).rating.status is Status.ALLEGED
    with struck.store.query() as query:
        assert [step.recorded_by for step in query.violation_history(after.id)] == ["program", "Olena"]
        assert query.decisions(after.incident.id) == (followed.decision,)


def test_nobody_is_told_of_a_dismissal_who_was_not_told_of_the_violation(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()), backlog=True)
    dismiss(desk)
    assert told(desk) == [("file", ChangeKind.DISMISSED), ("file", ChangeKind.NEW)]


def test_what_is_decided_survives_new_reports_edits_and_changed_rules(struck: Desk) -> None:
    dismiss(struck)
    struck.record(struck.report("Strike again told", a_claim(), outlet="beta"), now=LATER + HOUR)
    struck.record(struck.report("Strike, mended", a_claim()), now=LATER + 2 * HOUR)
    rejudge(struck.store, struck.pipeline, now=LATER + 3 * HOUR)
    after = only(struck)
    assert {one.report.title for one in after.incident.claims} == {"Strike, mended", "Strike again told"}
    assert after.rating.status is Status.DISMISSED
    assert [kind for _, kind in told(struck)] == [ChangeKind.DISMISSED, ChangeKind.NEW]


def test_a_dismissed_event_that_is_reported_under_another_rule_stays_dismissed_and_alerts_nobody(desk: Desk) -> None:
    """The decision is about the event, not about the violations that it amounted to then."""
    desk.record(desk.report("Strike", a_claim(attacker=None, attacker_basis=None)))
    assert desk.violations() == ()
    with desk.store.query() as query:
        [incident_id] = query.incident_ids()
    dismiss(desk, incident_id=incident_id)
    desk.record(desk.report("Strike by Russia", a_claim(), outlet="beta"), now=LATER + HOUR)
    assert only(desk).rating.status is Status.DISMISSED
    assert told(desk) == []
    decided(desk, DecisionKind.REOPEN, hours=2)
    assert only(desk).rating.status is Status.ALLEGED
    assert told(desk) == [("webhook", ChangeKind.NEW)], "nobody had been told of it: it is news"


def test_what_was_dismissed_untold_and_is_then_confirmed_is_news(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim(attacker=None, attacker_basis=None)))
    with desk.store.query() as query:
        [incident_id] = query.incident_ids()
    dismiss(desk, incident_id=incident_id)
    desk.record(desk.report("Strike by Russia", a_claim(), outlet="beta"), now=LATER + HOUR)
    decided(desk, DecisionKind.CONFIRM, hours=2)
    assert only(desk).rating.status is Status.CONFIRMED
    assert told(desk) == [("webhook", ChangeKind.NEW)]


def test_a_confirmation_stands_against_the_accused_alone(struck: Desk) -> None:
    followed = decided(struck, DecisionKind.CONFIRM)
    assert (followed.decision.accused, kinds(followed.changes)) == ("RU", [ChangeKind.CONFIRMED])
    against_ukraine = a_claim(attacker="UA", attacker_basis=Basis.STATED)
    struck.record(struck.report("Ukraine did it", against_ukraine, outlet="beta"), now=LATER + HOUR)
    with struck.store.query() as query:
        [incident_id] = query.incident_ids()
        accused = {one.accused for one in query.assessments(incident_id)}
    statuses = {one.accused: one.rating.status for one in struck.violations()}
    assert accused == {"RU", "UA"}, "the second report is about the same event and accuses the other side"
    assert statuses["RU"] is Status.CONFIRMED
    assert statuses.get("UA") is not Status.CONFIRMED
    with pytest.raises(MonitorError, match=r"several parties; name one with --accused: RU, UA"):
        decided(struck, DecisionKind.CONFIRM, incident_id=incident_id)


def test_what_is_reopened_stands_as_its_reports_make_it(struck: Desk) -> None:
    dismiss(struck)
    followed = decided(struck, DecisionKind.REOPEN, hours=1)
    assert kinds(followed.changes) == [ChangeKind.REINSTATED]
    assert only(struck).rating.status is Status.ALLEGED
    assert only(struck, as_of=LATER).rating.status is Status.DISMISSED


def test_a_note_changes_nothing_and_is_kept(struck: Desk) -> None:
    before = only(struck)
    followed = decided(struck, DecisionKind.NOTE, reason="asked the grid operator")
    assert (followed.changes, followed.notices) == ((), 0)
    assert only(struck) == before
    with struck.store.query() as query:
        assert [one.reason for one in query.decisions(before.incident.id)] == ["asked the grid operator"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"author": " "}, "--author is empty"),
        ({"reason": "\x1b[2J\n"}, "--reason is empty"),
        ({"author": "Program"}, "stands for what no person did"),
        ({"incident_id": "I-none"}, "there is no incident 'I-none'; `ceasefire incidents list` lists them"),
        ({"kind": DecisionKind.CONFIRM, "accused": "PL"}, "accuses not PL; name one with --accused: RU"),
    ],
)
def test_a_decision_without_what_it_needs_is_refused_and_nothing_is_written(
    struck: Desk, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(MonitorError, match=message):
        decided(struck, **{"kind": DecisionKind.NOTE} | changes)
    with struck.store.query() as query:
        assert query.all_decisions() == {}


def test_an_incident_is_found_by_its_violation_and_by_the_beginning_of_its_id(struck: Desk) -> None:
    violation = only(struck)
    for key in (violation.id, violation.id[:6], violation.incident.id[:6]):
        assert decided(struck, DecisionKind.NOTE, incident_id=key).decision.incident_id == violation.incident.id


def test_what_is_said_of_an_incident_is_kept_without_control_characters(struck: Desk) -> None:
    followed = decided(struck, DecisionKind.NOTE, reason="seen \x1b[31mon\x1b[0m site\r\n")
    assert followed.decision.reason == "seen on site"
