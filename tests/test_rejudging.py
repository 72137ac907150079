"""Changed rules judge anew what is stored."""

from dataclasses import replace
from typing import Any

from monitor.model.agreements import Agreement, Verdict
from monitor.model.judgements import ChangeKind, Status
from monitor.pipeline import Pipeline, rejudge
from tests.builders import NOON, a_claim
from tests.desk import HOUR, Desk, database_url, desk, kinds, told, verdicts

__all__ = ["database_url", "desk"]


def test_a_removed_agreement_withdraws_its_violations_and_retires_their_assessments(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    [before] = desk.violations()
    later = NOON + 5 * HOUR
    none_left = replace(desk.pipeline, agreements=())
    assert kinds(rejudge(desk.store, none_left, now=later)) == [ChangeKind.WITHDRAWN]
    [after] = desk.violations()
    assert (after.rating.status, after.breached_readings) == (Status.WITHDRAWN, ())
    assert after.rating.reasons[-1].text.endswith("the agreement energy-pause-2025 is no longer loaded")
    assert desk.violations(as_of=later - HOUR) == (before,)
    assert kinds(rejudge(desk.store, desk.pipeline, now=later + HOUR)) == [ChangeKind.REINSTATED]
    [back] = desk.violations()
    assert (back.id, back.breached_readings) == (before.id, before.breached_readings)


def test_a_changed_rule_judges_anew_and_keeps_the_old_verdicts_with_their_version(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    [before] = desk.violations()
    later = NOON + 5 * HOUR
    changes = rejudge(desk.store, without_substations(desk.pipeline), now=later)
    assert kinds(changes) == [ChangeKind.WITHDRAWN]
    [after] = desk.violations()
    assert (after.rating.status, after.rating.reasons[-1].code) == (Status.WITHDRAWN, "judged otherwise")
    assert {one.rule_version for one in after.assessments} == {"changed"}
    assert set(verdicts(after).values()) == {Verdict.NO_BREACH}
    assert desk.violations(as_of=later - HOUR) == (before,)
    assert {one.rule_version for one in before.assessments} == {the_pause(desk.pipeline).rule_version}
    assert told(desk) == [("webhook", ChangeKind.NEW), ("webhook", ChangeKind.WITHDRAWN)]
    assert rejudge(desk.store, without_substations(desk.pipeline), now=later + HOUR) == ()


def test_what_changed_rules_newly_find_goes_to_the_file_and_nobody_is_alerted(desk: Desk) -> None:
    lawless = Desk(desk.store, replace(desk.pipeline, agreements=()), desk.reader)
    lawless.record(desk.report("Strike", a_claim()))
    assert desk.notices() == ()
    assert kinds(rejudge(desk.store, desk.pipeline, now=NOON + 2 * HOUR)) == [ChangeKind.NEW]
    assert told(desk) == [("file", ChangeKind.NEW)]


def the_pause(pipeline: Pipeline) -> Agreement:
    return next(one for one in pipeline.agreements if one.id == "energy-pause-2025")


def without_substations(pipeline: Pipeline) -> Pipeline:
    """Return the pipeline with an agreement under which no reading covers substations."""

    def changed(reading: Any) -> Any:
        wanted = {name: frozenset(getattr(reading, name)) - {"substation"} for name in ("covered", "unclear")}
        return replace(reading, **wanted, excluded=frozenset(reading.excluded) | {"substation"})

    agreement = the_pause(pipeline)
    clauses = tuple(
        replace(clause, readings=tuple(changed(one) for one in clause.readings)) for clause in agreement.clauses
    )
    return replace(pipeline, agreements=(replace(agreement, clauses=clauses, rule_version="changed"),))
