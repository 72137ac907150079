"""One unit of work: reports in, and everything that follows from them recorded together, on both kinds of database."""

import json
from dataclasses import replace

import pytest

from monitor.model.agreements import Verdict
from monitor.model.claims import Actor, Claim, Stance, Target
from monitor.model.judgements import ChangeKind, Status
from tests.builders import NOON, a_claim
from tests.desk import HOUR, KHARKIV, Desk, database_url, desk, kinds, verdicts

__all__ = ["database_url", "desk"]


def test_a_report_becomes_an_incident_an_assessment_of_each_reading_a_violation_and_a_notice(desk: Desk) -> None:
    report = desk.report("Strike", a_claim())
    done = desk.record(report)
    assert (len(done.reports), done.claims, done.notices) == (1, 1, 1)
    [violation] = desk.violations()
    assert verdicts(violation) == {
        "kremlin": Verdict.BREACH, "kyiv": Verdict.BREACH, "white-house": Verdict.BREACH,
    }  # fmt: skip
    assert all(assessment.reasons for assessment in violation.assessments)
    assert violation.rating.status is Status.ALLEGED
    assert violation.incident.claims[0].report == report
    [notice] = desk.notices()
    assert notice.channel == "webhook"
    assert notice.violation_ids == (violation.id,)
    assert violation.id in notice.payload


def test_the_same_report_again_adds_nothing(desk: Desk) -> None:
    report = desk.report("Strike", a_claim())
    desk.record(report)
    before = (desk.counts(), desk.violations(), desk.notices())
    again = desk.record(report, replace(report, first_seen=NOON + 3 * HOUR), now=NOON + 3 * HOUR)
    assert (again.reports, again.claims, again.changes, again.notices) == ((), 0, (), 0)
    assert (desk.counts(), desk.violations(), desk.notices()) == before


def test_an_edited_report_that_takes_its_claim_back_withdraws_the_violation_and_tells_it(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    later = NOON + 2 * HOUR
    done = desk.record(desk.report("Correction: there was no strike"), now=later)
    assert kinds(done.changes) == [ChangeKind.WITHDRAWN]
    [violation] = desk.violations()
    assert (violation.rating.status, violation.rating.reasons[-1].code) == (Status.WITHDRAWN, "taken back")
    assert [one.rating.status for one in desk.violations(as_of=later - HOUR / 2)] == [Status.ALLEGED]
    assert sorted(notice.kind for notice in desk.notices()) == [ChangeKind.NEW, ChangeKind.WITHDRAWN]


def test_a_withdrawn_violation_is_a_breach_under_no_reading_any_more_and_was_one_before(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    desk.record(desk.report("Correction: there was no strike"), now=NOON + 2 * HOUR)
    [after] = desk.violations()
    assert after.breached_readings == ()
    assert after.assessments
    assert not any(one.active for one in after.assessments)
    with desk.store.query() as query:
        assert query.assessments(after.incident.id) == ()
        assert len(query.assessments(after.incident.id, as_of=NOON + HOUR)) == 3
    [before] = desk.violations(as_of=NOON + HOUR)
    assert set(before.breached_readings) == {"kremlin", "kyiv", "white-house"}
    [told, _] = [json.loads(notice.payload)["data"]["violations"][0] for notice in desk.notices()]
    assert told["breach_under"] == []
    assert {reading["active"] for reading in told["readings"]} == {False}


def test_a_sentence_edited_out_and_back_in_revives_the_same_violation_and_tells_it_as_reinstated(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    [before] = desk.violations()
    desk.record(desk.report("We are checking this report"), now=NOON + 2 * HOUR)
    done = desk.record(desk.report("Strike, confirmed by our reporter", a_claim()), now=NOON + 3 * HOUR)
    assert kinds(done.changes) == [ChangeKind.REINSTATED]
    [after] = desk.violations()
    assert (after.id, after.incident.id) == (before.id, before.incident.id)
    assert (after.rating.status, after.breached_readings) == (before.rating.status, before.breached_readings)
    again = desk.record(desk.report("We are checking it again"), now=NOON + 4 * HOUR)
    assert kinds(again.changes) == [ChangeKind.WITHDRAWN]
    told = [notice.kind for notice in desk.notices()]
    assert sorted(told) == ["new", "reinstated", "withdrawn", "withdrawn"]
    assert [one.rating.status for one in desk.violations(as_of=NOON + 2.5 * HOUR)] == [Status.WITHDRAWN]


def test_an_edited_report_that_still_says_so_changes_no_violation_and_tells_nobody(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    [before] = desk.violations()
    done = desk.record(desk.report("Strike, updated", a_claim()), now=NOON + 2 * HOUR)
    assert [report.version for report in done.reports] == [2]
    assert done.changes == ()
    [after] = desk.violations()
    assert (after.id, after.rating) == (before.id, before.rating)
    assert len(desk.notices()) == 1


def test_an_edited_report_that_now_names_the_facility_stays_the_same_violation(desk: Desk) -> None:
    vague = a_claim(target=Target(class_id="energy", name="energy facility"))
    desk.record(desk.report("Strike", vague))
    [before] = desk.violations()
    done = desk.record(desk.report("Strike on a substation", a_claim()), now=NOON + 2 * HOUR)
    [after] = desk.violations()
    assert after.id == before.id
    assert after.incident.target.class_id == "substation"
    assert ChangeKind.WITHDRAWN not in kinds(done.changes)


def test_a_report_of_two_strikes_keeps_both_when_it_is_edited(desk: Desk) -> None:
    sumy, kharkiv = a_claim(), a_claim(id="c2", place=KHARKIV)
    desk.record(desk.report("Two strikes", sumy, kharkiv))
    before = {violation.id for violation in desk.violations()}
    done = desk.record(desk.report("Two strikes, updated", kharkiv, sumy), now=NOON + 2 * HOUR)
    assert done.changes == ()
    assert {violation.id for violation in desk.violations()} == before
    assert len(before) == 2


def test_a_denial_of_this_very_event_sets_the_violation_disputed(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    ministry = Actor(name="Russia's defence ministry", party="RU")
    denial = a_claim(stance=Stance.DENIED, denied_by=(ministry,), claimants=(ministry,))
    done = desk.record(desk.report("Moscow denies it", denial, outlet="other"), now=NOON + 2 * HOUR)
    assert kinds(done.changes) == [ChangeKind.DISPUTED]
    [violation] = desk.violations()
    assert violation.rating.disputed
    assert violation.rating.denied_by == (ministry,)
    assert violation.rating.status is Status.ALLEGED
    assert len(violation.incident.claims) == 2


def test_a_denial_alone_is_no_violation(desk: Desk) -> None:
    denial = a_claim(stance=Stance.DENIED, denied_by=(Actor(name="the ministry", party="RU"),))
    done = desk.record(desk.report("Moscow denies a strike on Sumy", denial))
    assert done.claims == 1
    assert desk.violations() == ()
    assert desk.notices() == ()


def test_a_second_independent_source_corroborates(desk: Desk) -> None:
    desk.record(desk.report("Strike on a substation", a_claim()))
    done = desk.record(desk.report("Power lost after drones came", a_claim(), outlet="other"), now=NOON + 2 * HOUR)
    assert kinds(done.changes) == [ChangeKind.CORROBORATED]
    [violation] = desk.violations()
    assert violation.rating.status is Status.CORROBORATED
    assert len(violation.incident.claims) == 2


def test_the_same_publisher_twice_corroborates_nothing(desk: Desk) -> None:
    desk.record(desk.report("Strike on a substation", a_claim()))
    done = desk.record(desk.report("Power lost after drones came", a_claim(), item="other"), now=NOON + 2 * HOUR)
    assert done.changes == ()
    [violation] = desk.violations()
    assert violation.rating.status is Status.ALLEGED
    assert len(violation.incident.claims) == 2


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(a_claim(attacker=None, attacker_basis=None), id="no attacker"),
        pytest.param(a_claim(event_time=None), id="no time"),
    ],
)
def test_what_is_undetermined_is_recorded_and_never_told(desk: Desk, claim: Claim) -> None:
    done = desk.record(desk.report("Something happened", claim))
    assert done.claims == 1
    assert desk.violations() == ()
    assert desk.notices() == ()
    with desk.store.query() as query:
        assert len(query.incidents()) == 1


def test_two_claims_of_one_incident_in_one_report_make_one_notice(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim(), a_claim(id="c2")))
    assert len(desk.violations()) == 1
    assert len(desk.notices()) == 1


def test_a_replayed_copy_of_an_older_text_takes_no_correction_back(desk: Desk) -> None:
    first = desk.report("Strike", a_claim())
    desk.record(first)
    desk.record(desk.report("Correction: there was no strike"), now=NOON + 2 * HOUR)
    done = desk.record(first, now=NOON + 3 * HOUR, backlog=True, replayed=True)
    assert (done.reports, done.changes) == ((), ())
    assert [one.rating.status for one in desk.violations()] == [Status.WITHDRAWN]


def test_what_is_told_names_every_reading_and_quotes_the_sentence(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim(spans={"sentence": ((0, 6),)})))
    [notice] = desk.notices()
    body = json.loads(notice.payload)
    text = json.dumps(body)
    assert all(reading in text for reading in ("kremlin", "kyiv", "white-house"))
    assert '"Strike"' in text
