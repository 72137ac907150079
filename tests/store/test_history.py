"""What the store promises about history: added to, never changed, and answerable as of any moment."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from monitor.errors import StoreError
from monitor.model.agreements import Verdict
from monitor.model.claims import Actor, Extracted
from monitor.model.decisions import Decision, DecisionKind, Ground
from monitor.model.judgements import Assessment, Join, Rating, Reason, Status, Violation, violation_id
from monitor.model.reports import Language, Report
from monitor.store import Store, Transaction
from monitor.store.database import parse_url
from tests.builders import NOON, a_claim, a_report, a_time, an_incident

HOUR = timedelta(hours=1)
WHY = Reason(code="alike", text="same place, same day")


def an_extract(*ids: str, **changes: object) -> Extracted:
    return Extracted(language=Language.ENGLISH, claims=tuple(a_claim(id=one, **changes) for one in ids))


def put_claim(tx: Transaction, report: Report, claim_id: str, incident: str, **changes: object) -> Report:
    """Store a report with one claim, joined to an incident whose state is what that claim says."""
    (stored,) = tx.add_reports([report])
    tx.add_extracted(stored, an_extract(claim_id, **changes), NOON)
    tx.add_join(Join(claim_id=claim_id, incident_id=incident, score=1.0, reasons=(WHY,)), NOON)
    claims = tx.claims_of_incident(incident)
    tx.save_incident(an_incident(*claims, id=incident), NOON)
    return stored


def an_assessment(**changes: object) -> Assessment:
    defaults = {
        "incident_id": "I-1",
        "agreement_id": "pause",
        "rule_version": "v1",
        "clause_id": "RU",
        "reading_id": "kyiv",
        "accused": "RU",
        "verdict": Verdict.BREACH,
        "reasons": (Reason(code="covered", text="substations are covered"),),
    }
    return Assessment(**defaults | changes)  # type: ignore[arg-type]


def a_violation(tx: Transaction, *, incident: str = "I-1", clause: str = "RU", **rating: object) -> Violation:
    of = tx.incident(incident)
    assert of is not None
    defaults = {"status": Status.ALLEGED, "disputed": False, "denied_by": (), "credibility": 3, "reasons": (WHY,)}
    return Violation(
        id=violation_id(incident, "pause", clause, "RU"),
        incident=of,
        agreement_id="pause",
        agreement_title="The pause",
        clause_id=clause,
        clause_title="No strikes",
        accused="RU",
        assessments=tx.assessments(incident),
        rating=Rating(**defaults | rating),  # type: ignore[arg-type]
    )


def rows_of(database_url: str, table: str) -> int:
    engine = create_engine(parse_url(database_url))
    with engine.connect() as connection:
        count = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    engine.dispose()
    return int(count)


def test_saving_what_is_known_adds_no_row(store: Store, database_url: str) -> None:
    for hours in range(3):
        with store.transaction() as tx:
            if hours == 0:
                put_claim(tx, a_report(), "c1", "I-1")
            incident = tx.incident("I-1")
            assert incident is not None
            tx.save_incident(incident, NOON + hours * HOUR)
            tx.save_assessments("I-1", [an_assessment()], NOON + hours * HOUR)
            tx.save_violation(a_violation(tx), NOON + hours * HOUR)
            tx.add_join(Join(claim_id="c1", incident_id="I-1", score=1.0, reasons=(WHY,)), NOON + hours * HOUR)
    tables = ("incident_state", "assessment", "violation_state", "membership")
    assert {table: rows_of(database_url, table) for table in tables} == dict.fromkeys(tables, 1)


def test_a_violation_comes_back_as_it_was_saved(store: Store) -> None:
    denier = Actor(name="Ministry of Defence", party="RU")
    with store.transaction() as tx:
        put_claim(tx, a_report(), "c1", "I-1")
        tx.save_assessments(
            "I-1", [an_assessment(), an_assessment(reading_id="kremlin", verdict=Verdict.UNDETERMINED)], NOON
        )
        saved = a_violation(tx, disputed=True, denied_by=(denier,), credibility=4)
        tx.save_violation(saved, NOON)
    with store.query() as query:
        assert query.violation(saved.id) == saved
        assert query.violations() == (saved,)
        assert query.violations_of_incident("I-1") == (saved,)
        assert saved.breached_readings == ("kyiv",)


def test_a_question_about_the_past_is_answered_with_what_was_known_then(store: Store) -> None:
    with store.transaction() as tx:
        put_claim(tx, a_report(), "c1", "I-1")
        tx.save_assessments("I-1", [an_assessment()], NOON)
        first = a_violation(tx)
        tx.save_violation(first, NOON)
    later = NOON + HOUR
    with store.transaction() as tx:
        (second,) = tx.add_reports([a_report("Drones hit Sumy again, says the ministry")])
        tx.add_extracted(second, an_extract("c2"), later)
        tx.add_join(Join(claim_id="c2", incident_id="I-1", score=0.8, reasons=(WHY,)), later)
        tx.save_incident(replace(first.incident, attacker="UA"), later)
        tx.save_assessments("I-1", [an_assessment(verdict=Verdict.UNDETERMINED, rule_version="v2")], later)
        tx.save_violation(a_violation(tx, status=Status.CORROBORATED), later)
    with store.query() as query:
        before_all = NOON - timedelta(microseconds=1)
        assert query.violations(as_of=before_all) == ()
        assert query.incidents(as_of=before_all) == ()
        assert query.incident_ids(as_of=before_all) == ()
        assert query.violations(as_of=NOON) == query.violations(as_of=later - timedelta(microseconds=1)) == (first,)
        (now,) = query.violations(as_of=later)
        assert now.rating.status is Status.CORROBORATED
        assert now.incident.attacker == "UA"
        assert [one.claim.id for one in now.incident.claims] == ["c1", "c2"]
        assert [one.rule_version for one in now.assessments] == ["v2"]
        assert [step.rating.status for step in query.violation_history(first.id)] == ["alleged", "corroborated"]
        assert [step.rating.status for step in query.violation_history(first.id, as_of=NOON)] == ["alleged"]


def test_a_clock_set_back_does_not_hide_what_is_written_later(store: Store) -> None:
    with store.transaction() as tx:
        put_claim(tx, a_report(), "c1", "I-1")
        tx.save_violation(a_violation(tx), NOON)
        tx.save_violation(a_violation(tx, credibility=2), NOON - HOUR)
    with store.query() as query:
        (found,) = query.violations(as_of=NOON)
        assert found.rating.credibility == 2
        assert query.violations(as_of=NOON - HOUR) == ()


@pytest.mark.parametrize("change", ["UPDATE {} SET recorded_at = recorded_at", "DELETE FROM {}"])
@pytest.mark.parametrize(
    "table",
    [
        "claim",
        "membership",
        "incident_state",
        "assessment",
        "violation_state",
        "extraction",
        "failed_reading",
        "decision",
    ],
)
def test_the_database_itself_refuses_to_change_history(
    store: Store, database_url: str, table: str, change: str
) -> None:
    with store.transaction() as tx:
        put_claim(tx, a_report(), "c1", "I-1")
        tx.save_assessments("I-1", [an_assessment()], NOON)
        tx.save_violation(a_violation(tx), NOON)
        tx.add_failed_reading(a_report(), "RuntimeError: a defect", "0.1.0", False, NOON)
        tx.add_decision(a_decision())
    with pytest.raises(StoreError, match=f"{table} is append-only"), store.transaction() as tx:
        tx._connection.exec_driver_sql(change.format(table))
    assert rows_of(database_url, table) == 1


def test_an_edited_report_takes_its_claims_out_and_keeps_them(store: Store) -> None:
    edited = replace(a_report(), text="It was a warehouse, the outlet now says.")
    with store.transaction() as tx:
        put_claim(tx, a_report(), "c1", "I-1")
        tx.save_assessments("I-1", [an_assessment()], NOON)
        tx.save_violation(a_violation(tx), NOON)
    with store.transaction() as tx:
        (second,) = tx.add_reports([edited])
        assert second.version == 2
        tx.add_extracted(second, an_extract(), NOON + HOUR)
        reason = Reason(code="edited", text="the outlet changed its text")
        assert tx.incidents_of_report(edited.id) == ("I-1",)
        assert tx.retire_claims(edited.id, 2, NOON + HOUR, reason) == ("I-1",)
        assert tx.retire_claims(edited.id, 2, NOON + HOUR, reason) == ()
        assert tx.incidents_of_report(edited.id) == ("I-1",), "what comes back into the text finds its incident again"
        tx.save_assessments("I-1", [], NOON + HOUR)
        tx.save_violation(a_violation(tx, status=Status.WITHDRAWN), NOON + HOUR)
    with store.query() as query:
        assert query.claims_of_incident("I-1") == ()
        assert query.incidents() == ()
        assert [one.claim.id for one in query.claims_of_incident("I-1", as_of=NOON)] == ["c1"]
        (withdrawn,) = query.violations()
        assert withdrawn.breached_readings == ()
        assert [(one.verdict, one.active) for one in withdrawn.assessments] == [(Verdict.BREACH, False)]
        assert query.assessments("I-1") == ()
        (before,) = query.violations(as_of=NOON)
        assert before.breached_readings == ("kyiv",)
        assert [one.claim.id for one in withdrawn.incident.claims] == ["c1"], "still shown with what it rested on"
        assert query.claims_told(NOON - HOUR, NOON + HOUR) == ()


def test_claims_of_an_older_version_do_not_count_even_before_they_are_taken_out(store: Store) -> None:
    with store.transaction() as tx:
        put_claim(tx, a_report(), "c1", "I-1")
        (second,) = tx.add_reports([replace(a_report(), text="New text.")])
        tx.add_extracted(second, an_extract("c2"), NOON + HOUR)
        assert tx.claims_of_incident("I-1") == ()
        assert len(tx.claims_of_incident("I-1", as_of=NOON)) == 1


def test_a_claim_that_joins_another_incident_leaves_the_first(store: Store) -> None:
    with store.transaction() as tx:
        put_claim(tx, a_report(), "c1", "I-1")
        tx.add_join(Join(claim_id="c1", incident_id="I-2", score=0.9, reasons=(WHY,)), NOON + HOUR)
        assert tx.claims_of_incident("I-1") == ()
        assert len(tx.claims_of_incident("I-2")) == 1
        tx.add_join(Join(claim_id="c1", incident_id="I-1", score=0.9, reasons=(WHY,)), NOON + 2 * HOUR)
        assert len(tx.claims_of_incident("I-1")) == 1
        assert tx.claims_of_incident("I-2") == ()
        assert len(tx.claims_of_incident("I-2", as_of=NOON + HOUR)) == 1


def test_an_assessment_that_is_no_longer_made_does_not_count(store: Store) -> None:
    with store.transaction() as tx:
        put_claim(tx, a_report(), "c1", "I-1")
        tx.save_assessments("I-1", [an_assessment(), an_assessment(reading_id="struck out")], NOON)
        tx.save_assessments("I-1", [an_assessment()], NOON + HOUR)
        assert [one.reading_id for one in tx.assessments("I-1")] == ["kyiv"]
        assert len(tx.assessments("I-1", as_of=NOON)) == 2
        tx.save_assessments("I-1", [an_assessment(accused="UA", verdict=Verdict.UNDETERMINED)], NOON + 2 * HOUR)
        assert [one.id for one in tx.undetermined()] == ["I-1"]
        assert tx.undetermined(as_of=NOON + HOUR) == ()


def a_decision(hours: int = 0, **changes: object) -> Decision:
    defaults = {
        "incident_id": "I-1",
        "kind": DecisionKind.DISMISS,
        "author": "Olena",
        "reason": "a drill",
        "decided_at": NOON + hours * HOUR,
        "ground": Ground.MISREAD,
    }
    return Decision(**defaults | changes)  # type: ignore[arg-type]


def test_decisions_come_back_as_they_were_made_and_as_of_any_moment(store: Store) -> None:
    first = a_decision()
    second = a_decision(2, kind=DecisionKind.CONFIRM, accused="RU", ground=None, reason="seen on satellite images")
    other = a_decision(1, incident_id="I-2", kind=DecisionKind.NOTE, ground=None)
    with store.transaction() as tx:
        for one in (first, other, second):
            tx.add_decision(one)
    with store.query() as query:
        assert query.decisions("I-1") == (first, second)
        assert query.decisions("I-1", as_of=NOON + HOUR) == (first,)
        assert query.decisions("I-1", as_of=NOON - HOUR) == ()
        assert query.all_decisions() == {"I-1": [first, second], "I-2": [other]}


def test_history_says_whose_decision_each_state_follows_from(store: Store) -> None:
    with store.transaction() as tx:
        put_claim(tx, a_report(), "c1", "I-1")
        tx.save_violation(a_violation(tx), NOON)
        tx.save_violation(a_violation(tx, status=Status.CONFIRMED), NOON + HOUR, by="Olena")
        tx.save_violation(a_violation(tx, status=Status.CONFIRMED, credibility=1), NOON + 2 * HOUR)
        history = tx.violation_history(violation_id("I-1", "pause", "RU", "RU"))
    assert [step.recorded_by for step in history] == ["program", "Olena", "program"]


def test_violations_are_filtered_and_ordered_by_event_time(store: Store) -> None:
    days = {"I-3": "2025-04-03", "I-1": "2025-04-01", "I-2": "2025-04-02"}
    with store.transaction() as tx:
        for incident, day in days.items():
            put_claim(tx, a_report(f"Strike on {day}"), f"c-{incident}", incident, event_time=a_time(day))
            status = Status.DISMISSED if incident == "I-2" else Status.ALLEGED
            tx.save_violation(a_violation(tx, incident=incident, status=status), NOON)
    with store.query() as query:
        assert [one.incident.id for one in query.violations()] == ["I-1", "I-2", "I-3"]
        assert [one.incident.id for one in query.violations(status=Status.DISMISSED)] == ["I-2"]
        assert query.violations(accused="UA") == query.violations(agreement="another") == ()
        since, until = a_time("2025-04-02").start, a_time("2025-04-02").end
        assert [one.incident.id for one in query.violations(since=since)] == ["I-2", "I-3"]
        assert [one.incident.id for one in query.violations(until=until)] == ["I-1", "I-2"]


@pytest.mark.parametrize(
    ("event", "published", "found"),
    [
        (a_time("2025-04-02"), NOON, True),
        (a_time("2025-03-01", "2025-04-02", precision=3), NOON, True),
        (a_time("2025-04-04"), NOON, False),
        (a_time("2025-04-01"), NOON, False),
        (None, NOON, True),
        (None, NOON + timedelta(days=2), True),
        (None, NOON + timedelta(days=9), False),
        (None, None, True),
    ],
)
def test_claims_are_found_by_when_their_events_can_have_been(
    store: Store, event: object, published: object, found: bool
) -> None:
    with store.transaction() as tx:
        put_claim(tx, a_report(published=published), "c1", "I-1", event_time=event)
        claims = tx.claims_told(NOON - timedelta(hours=12), NOON + timedelta(hours=12))
    assert [one.claim.id for one in claims] == (["c1"] if found else [])


def test_a_claim_belongs_to_the_incident_that_it_joined_last(store: Store) -> None:
    with store.transaction() as tx:
        put_claim(tx, a_report(), "c1", "I-1")
        tx.add_join(Join(claim_id="c1", incident_id="I-2", score=0.7, reasons=(WHY,)), NOON + HOUR)
        assert tx.joins_of_claims(["c1", "c2"]) == {
            "c1": Join(claim_id="c1", incident_id="I-2", score=0.7, reasons=(WHY,))
        }
        tx.leave(["c1"], NOON + HOUR, WHY)
        assert tx.joins_of_claims(["c1"]) == {}


def test_a_claim_that_belongs_for_another_reason_is_recorded_anew(store: Store) -> None:
    other = Reason(code="ambiguous", text="it fits several")
    with store.transaction() as tx:
        put_claim(tx, a_report(), "c1", "I-1")
        assert tx.reason_codes("I-1") == {WHY.code}
        tx.add_join(Join(claim_id="c1", incident_id="I-1", score=1.0, reasons=(other,)), NOON + HOUR)
        assert tx.reason_codes("I-1") == {"ambiguous"}
        assert [one.claim.id for one in tx.claims_of_incident("I-1")] == ["c1"]


def test_naive_datetimes_are_refused_and_what_came_before_is_rolled_back(store: Store) -> None:
    def save_naively() -> None:
        with store.transaction() as tx:
            put_claim(tx, a_report(), "c1", "I-1")
            tx.save_violation(a_violation(tx), NOON.replace(tzinfo=None))

    with pytest.raises(ValueError, match="must carry a time zone"):
        save_naively()
    with store.query() as query:
        assert query.counts()["reports"] == query.counts()["claims"] == query.counts()["incidents"] == 0
