"""Changed rules judge anew what is stored."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from monitor.judging.otherwise import changed_by_rules
from monitor.model.agreements import Agreement, Verdict
from monitor.model.judgements import ChangeKind, Status
from monitor.pipeline import Pipeline
from monitor.rejudging import rejudge
from monitor.worker import refresh_rules
from tests.builders import NOON, a_claim
from tests.desk import HOUR, Desk, database_url, desk, kinds, told, verdicts
from tests.parts import a_workshop

__all__ = ["database_url", "desk"]


def test_a_removed_agreement_withdraws_its_violations_and_retires_their_assessments(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    [before] = desk.violations()
    later = NOON + 5 * HOUR
    none_left = replace(desk.pipeline, agreements=())
    assert kinds(rejudge(desk.store, none_left, now=later).changes) == [ChangeKind.WITHDRAWN]
    [after] = desk.violations()
    assert (after.rating.status, after.breached_readings) == (Status.WITHDRAWN, ())
    assert after.rating.reasons[-1].text.endswith("the agreement energy-pause-2025 is no longer loaded")
    assert desk.violations(as_of=later - HOUR) == (before,)
    assert kinds(rejudge(desk.store, desk.pipeline, now=later + HOUR).changes) == [ChangeKind.REINSTATED]
    [back] = desk.violations()
    assert (back.id, back.breached_readings) == (before.id, before.breached_readings)


def test_a_changed_rule_judges_anew_and_keeps_the_old_verdicts_with_their_version(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    [before] = desk.violations()
    later = NOON + 5 * HOUR
    done = rejudge(desk.store, without_substations(desk.pipeline), now=later)
    assert kinds(done.changes) == [ChangeKind.WITHDRAWN]
    [after] = desk.violations()
    assert (after.rating.status, after.rating.reasons[-1].code) == (Status.WITHDRAWN, "judged otherwise")
    assert {one.rule_version for one in after.assessments} == {"changed"}
    assert set(verdicts(after).values()) == {Verdict.NO_BREACH}
    assert desk.violations(as_of=later - HOUR) == (before,)
    assert {one.rule_version for one in before.assessments} == {the_pause(desk.pipeline).rule_version}
    assert told(desk) == [("webhook", ChangeKind.NEW), ("webhook", ChangeKind.WITHDRAWN)]
    again = rejudge(desk.store, without_substations(desk.pipeline), now=later + HOUR)
    assert (again.changes, again.verdicts) == ((), ())


def test_what_changed_rules_newly_find_goes_to_the_file_and_nobody_is_alerted(desk: Desk) -> None:
    lawless = Desk(desk.store, replace(desk.pipeline, agreements=()), desk.reader)
    lawless.record(desk.report("Strike", a_claim()))
    assert desk.notices() == ()
    assert kinds(rejudge(desk.store, desk.pipeline, now=NOON + 2 * HOUR).changes) == [ChangeKind.NEW]
    assert told(desk) == [("file", ChangeKind.NEW)]


def test_what_came_out_otherwise_is_said_with_the_versions_that_gave_it(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    [before] = desk.violations()
    done = rejudge(desk.store, without_substations(desk.pipeline), now=NOON + 5 * HOUR)
    assert done.incidents == 1
    said = {
        one.of.reading_id: (one.before and one.before.verdict, one.after and one.after.verdict)
        for one in done.verdicts
        if one.of.agreement_id == "energy-pause-2025"
    }
    assert {reading for reading, (old, _) in said.items() if old is Verdict.BREACH} == set(before.breached_readings)
    assert {new for _, new in said.values()} == {Verdict.NO_BREACH}
    versions = {(one.before and one.before.rule_version, one.after and one.after.rule_version) for one in done.verdicts}
    assert versions == {(the_pause(desk.pipeline).rule_version, "changed")}


def test_the_files_that_changed_are_named_with_their_versions(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    rejudge(desk.store, desk.pipeline, now=NOON + HOUR)
    done = rejudge(desk.store, without_substations(desk.pipeline), now=NOON + 5 * HOUR)
    changed = {one.agreement_id: (one.before, one.after) for one in done.versions}
    assert changed["energy-pause-2025"] == (the_pause(desk.pipeline).rule_version, "changed")
    assert changed["easter-truce-2025"][1] is None
    assert rejudge(desk.store, without_substations(desk.pipeline), now=NOON + 6 * HOUR).versions == ()


def test_what_changed_rules_made_otherwise_can_be_asked_for_at_any_later_time(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    at_five, at_nine = NOON + 5 * HOUR, NOON + 9 * HOUR
    said = rejudge(desk.store, without_substations(desk.pipeline), now=at_five).verdicts
    # A further report changes no rule, and is no change of this kind.
    other = Desk(desk.store, without_substations(desk.pipeline), desk.reader)
    other.record(desk.report("Strike again", a_claim(), item="two", outlet="other"), now=NOON + 7 * HOUR)
    rejudge(desk.store, desk.pipeline, now=at_nine)
    with desk.store.query() as query:
        found = changed_by_rules(query.assessment_history("energy-pause-2025"))
    there = [one for one in found if one.recorded_at == at_five]
    back = [one for one in found if one.recorded_at == at_nine]
    assert len(found) == len(there) + len(back)
    key = lambda one: (one.of.clause_id, one.of.reading_id, one.of.accused)  # noqa: E731 - a key
    of_pause = [one for one in said if one.of.agreement_id == "energy-pause-2025"]
    assert sorted(map(key, there)) == sorted(map(key, of_pause)) != []
    assert {one.after and one.after.rule_version for one in there} == {"changed"}
    assert {one.before and one.before.rule_version for one in back} == {"changed"}


def test_a_dry_run_says_the_same_and_keeps_nothing(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    before, notices = desk.violations(), desk.notices()
    tried = rejudge(desk.store, without_substations(desk.pipeline), now=NOON + 5 * HOUR, dry_run=True)
    assert (desk.violations(), desk.notices()) == (before, notices)
    done = rejudge(desk.store, without_substations(desk.pipeline), now=NOON + 5 * HOUR)
    assert (tried.verdicts, kinds(tried.changes)) == (done.verdicts, kinds(done.changes))


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


def test_what_was_replayed_before_the_first_start_is_judged_by_the_files_of_that_start(
    desk: Desk, tmp_path: Path
) -> None:
    desk.record(desk.report("Strike", a_claim()), backlog=True, replayed=True)
    workshop = a_workshop(tmp_path, desk.store, without_substations(desk.pipeline))
    refresh_rules(workshop, lambda: NOON + 5 * HOUR)
    [after] = desk.violations()
    assert after.rating.status is Status.WITHDRAWN
    assert {one.rule_version for one in after.assessments} == {"changed"}
