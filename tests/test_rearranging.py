"""What people correct, merge and split stays so through edits, new reports and regrouping, and can be undone."""

from dataclasses import replace
from typing import Any

import pytest

from monitor.errors import MonitorError
from monitor.model.agreements import Verdict
from monitor.model.claims import Basis
from monitor.model.decisions import Correction, DecisionKind, Ground
from monitor.model.judgements import ChangeKind, Incident, Slot, Status
from monitor.rejudging import rejudge
from tests.builders import NOON, a_claim, a_place, a_time
from tests.desk import HOUR, KHARKIV, Desk, database_url, desk, kinds, told, verdicts
from tests.judging.scenes import SUDZHA
from tests.test_deciding import LATER, decided

__all__ = ["database_url", "desk"]

SUMY, IN_KHARKIV = a_claim(), a_claim(place=KHARKIV)


def incidents(desk: Desk) -> dict[str, set[str]]:
    """Return the outlets that tell of each incident."""
    with desk.store.query() as query:
        return {one.id: {reported.report.source.id for reported in one.claims} for one in query.incidents()}


def of(desk: Desk, *outlets: str) -> str:
    """Return the id of the incident that exactly these outlets tell of."""
    [found] = [key for key, names in incidents(desk).items() if names == set(outlets)]
    return found


def claims_of(desk: Desk, outlet: str) -> tuple[str, ...]:
    with desk.store.query() as query:
        return tuple(
            one.claim.id for each in query.incidents() for one in each.claims if one.report.source.id == outlet
        )


def split(desk: Desk, incident_id: str, *claims: str, **changes: Any) -> Any:
    return decided(desk, DecisionKind.SPLIT, incident_id=incident_id, claims=claims, **changes)


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Return the desk with a strike in Sumy and one in Kharkiv, each of which its receiver was told of."""
    desk.record(desk.report("Sumy", SUMY, outlet="alpha"), desk.report("Kharkiv", IN_KHARKIV, outlet="beta"))
    return desk


@pytest.fixture
def one(desk: Desk) -> Desk:
    """Return the desk with a strike that two outlets tell of."""
    desk.record(desk.report("One", SUMY, outlet="alpha"), desk.report("Two", SUMY, outlet="beta"))
    return desk


def test_a_merge_puts_all_claims_into_one_incident_and_says_who_did_it_and_why(two: Desk) -> None:
    into, other = of(two, "alpha"), of(two, "beta")
    followed = decided(two, DecisionKind.MERGE, incident_id=into, other=other, reason="one strike, two names")
    assert incidents(two) == {into: {"alpha", "beta"}}
    assert followed.decision.claims == claims_of(two, "beta")
    with two.store.query() as query:
        assert {reason.text for join in query.joins_of(into) for reason in join.reasons} == {
            "put here by Olena: one strike, two names"
        }
        assert query.superseded_by(other) == into
        assert {one.incident.id: one.rating.status for one in query.violations()}[other] is Status.SUPERSEDED
        assert query.superseded_by(other, as_of=LATER - HOUR) is None
    assert ChangeKind.WITHDRAWN in kinds(followed.changes)
    assert ("webhook", ChangeKind.WITHDRAWN) in told(two)


def test_a_merge_stays_when_reports_come_are_edited_and_judged_anew(two: Desk) -> None:
    into, other = of(two, "alpha"), of(two, "beta")
    decided(two, DecisionKind.MERGE, incident_id=into, other=other)
    two.record(two.report("Sumy, mended", SUMY, outlet="alpha"), now=LATER + HOUR)
    two.record(two.report("Kharkiv, mended", IN_KHARKIV, outlet="beta"), now=LATER + 2 * HOUR)
    two.record(two.report("Sumy too", SUMY, outlet="gamma"), now=LATER + 3 * HOUR)
    rejudge(two.store, two.pipeline, now=LATER + 4 * HOUR)
    assert {"alpha", "beta"} <= incidents(two)[into]
    assert other not in incidents(two)
    with two.store.query() as query:
        titles = {one.report.title for one in query.claims_of_incident(into)}
    assert {"Sumy, mended", "Kharkiv, mended"} <= titles


def test_a_merge_is_undone_by_a_split_under_the_ids_of_before(two: Desk) -> None:
    into, other = of(two, "alpha"), of(two, "beta")
    decided(two, DecisionKind.MERGE, incident_id=into, other=other)
    followed = split(two, into, *claims_of(two, "beta"), hours=1)
    assert followed.decision.other == other
    assert incidents(two) == {into: {"alpha"}, other: {"beta"}}
    assert ChangeKind.REINSTATED in kinds(followed.changes)
    assert {one.incident.id: one.rating.status for one in two.violations()} == dict.fromkeys(
        (into, other), Status.ALLEGED
    )


def test_what_is_split_stays_apart_though_everything_about_it_is_alike(one: Desk) -> None:
    [before] = incidents(one)
    followed = split(one, before, *claims_of(one, "beta"))
    apart = followed.decision.other
    assert incidents(one) == {before: {"alpha"}, apart: {"beta"}}
    one.record(one.report("Two, mended", SUMY, outlet="beta"), now=LATER + HOUR)
    one.record(one.report("One, mended", SUMY, outlet="alpha"), now=LATER + 2 * HOUR)
    found = incidents(one)
    assert (found[before], found[apart]) == ({"alpha"}, {"beta"})


def test_a_report_that_fits_both_parts_of_a_split_counts_as_neither(one: Desk) -> None:
    """Nothing that it says tells them apart, and it must not be counted for the wrong one."""
    [before] = incidents(one)
    apart = split(one, before, *claims_of(one, "beta")).decision.other
    one.record(one.report("Three", SUMY, outlet="gamma"), now=LATER + HOUR)
    found = incidents(one)
    assert (found[before], found[apart]) == ({"alpha"}, {"beta"})


def test_an_incident_that_a_person_decided_on_keeps_its_id_when_it_turns_out_to_be_part_of_a_larger_one(
    desk: Desk,
) -> None:
    """A lone report is dismissed; the three that come later name the place between it and themselves."""
    near = a_place("Stetskivka", geonameid=1, lat=50.94, lon=34.83)
    desk.record(desk.report("First", SUMY, outlet="alpha"))
    [dismissed] = incidents(desk)
    decided(desk, DecisionKind.DISMISS, ground=Ground.UNTRUE, incident_id=dismissed)
    for hours, outlet in enumerate(("beta", "gamma", "delta"), start=1):
        desk.record(desk.report(outlet, a_claim(place=near), outlet=outlet), now=LATER + hours * HOUR)
    assert dismissed in incidents(desk)
    with desk.store.query() as query:
        assert {one.rating.status for one in query.violations_of_incident(dismissed)} == {Status.DISMISSED}


@pytest.mark.parametrize(
    ("kind", "changes", "message"),
    [
        (DecisionKind.MERGE, {"other": "self"}, "cannot be merged with itself"),
        (DecisionKind.MERGE, {"other": "I-none"}, "there is no incident 'I-none'"),
        (DecisionKind.SPLIT, {"claims": ()}, "some claims have to go and some to stay"),
        (DecisionKind.SPLIT, {"claims": ("none",)}, "has no claim 'none'; it has: R-alpha"),
        (DecisionKind.SPLIT, {"claims": "all"}, "some claims have to go and some to stay"),
        (DecisionKind.CORRECT, {}, "nothing is corrected"),
        (DecisionKind.CORRECT, {"correction": Correction(slots=(Slot.ATTACKER,), attacker="PL")}, "'PL' is no party"),
    ],
)
def test_what_cannot_be_rearranged_or_corrected_is_refused_and_nothing_is_written(
    two: Desk, kind: DecisionKind, changes: dict[str, Any], message: str
) -> None:
    here = of(two, "alpha")
    given: dict[str, dict[str, Any]] = {"self": {"other": here}, "all": {"claims": claims_of(two, "alpha")}}
    chosen = given.get(str(changes.get("other") or changes.get("claims")), changes)
    before = incidents(two)
    with pytest.raises(MonitorError, match=message):
        decided(two, kind, incident_id=here, **chosen)
    assert incidents(two) == before
    with two.store.query() as query:
        assert query.all_decisions() == {}


def test_no_decision_is_lost_in_a_merge(two: Desk) -> None:
    into, other = of(two, "alpha"), of(two, "beta")
    decided(two, DecisionKind.CONFIRM, incident_id=other)
    with pytest.raises(MonitorError, match=rf"{other} is confirmed as to RU, and {into} is not: merge {into} into"):
        decided(two, DecisionKind.MERGE, incident_id=into, other=other, hours=1)
    decided(two, DecisionKind.MERGE, incident_id=other, other=into, hours=2)
    assert incidents(two) == {other: {"alpha", "beta"}}
    assert {one.incident.id: one.rating.status for one in two.violations()} == {
        other: Status.CONFIRMED, into: Status.SUPERSEDED,
    }  # fmt: skip


def test_what_was_merged_into_another_incident_is_decided_there(two: Desk) -> None:
    into, other = of(two, "alpha"), of(two, "beta")
    decided(two, DecisionKind.MERGE, incident_id=into, other=other)
    with pytest.raises(MonitorError, match=rf"the claims of incident {other} now stand in {into}"):
        decided(two, DecisionKind.NOTE, incident_id=other, hours=1)


def correct(desk: Desk, *slots: Slot, **values: Any) -> Any:
    return decided(desk, DecisionKind.CORRECT, correction=Correction(slots=slots, **values))


def the_incident(desk: Desk) -> Incident:
    with desk.store.query() as query:
        [found] = query.incidents()
    return found


def test_a_corrected_time_changes_the_verdicts_and_is_told(one: Desk) -> None:
    followed = correct(one, Slot.TIME, event_time=a_time("2025-01-10"))
    assert kinds(followed.changes) == [ChangeKind.WITHDRAWN]
    [after] = one.violations()
    assert set(verdicts(after).values()) == {Verdict.NO_BREACH}
    assert one.violations(as_of=LATER - HOUR)[0].incident.event_time == SUMY.event_time


def test_corrections_survive_edits_new_reports_and_judging_anew(one: Desk) -> None:
    [before] = incidents(one)
    when = a_time("2025-04-01")
    correct(one, Slot.PLACE, Slot.TIME, place=KHARKIV, country="UA", event_time=when)
    one.record(one.report("One, mended", SUMY, outlet="alpha"), now=LATER + HOUR)
    one.record(one.report("Two, mended", SUMY, outlet="beta"), now=LATER + 2 * HOUR)
    one.record(one.report("Three", SUMY, outlet="gamma"), now=LATER + 3 * HOUR)
    rejudge(one.store, one.pipeline, now=LATER + 4 * HOUR)
    after = the_incident(one)
    assert (after.id, after.place, after.event_time) == (before, KHARKIV, when)
    assert {one.claim.place for one in after.claims} == {SUMY.place}, "what the reports say is kept as they say it"


def test_a_corrected_attacker_is_no_accusation_by_the_reports(desk: Desk) -> None:
    """Nobody has admitted or corroborated what only a person found: it is alleged, with credibility 4 at best."""
    by_russia = a_claim(country="RU", place=SUDZHA, attacker="RU")
    desk.record(desk.report("One", by_russia, outlet="alpha"), desk.report("Two", by_russia, outlet="beta"))
    [incident_id] = incidents(desk)
    correction = Correction(slots=(Slot.ATTACKER,), attacker="UA")
    decided(desk, DecisionKind.CORRECT, incident_id=incident_id, correction=correction)
    assert the_incident(desk).attacker == "UA"
    [against_ukraine] = [one for one in desk.violations() if one.accused == "UA"]
    assert (against_ukraine.rating.status, against_ukraine.rating.credibility) == (Status.ALLEGED, 4)
    assert "a person says who did it" in {reason.text for reason in against_ukraine.rating.reasons}


def test_an_attacker_whom_nobody_knows_leaves_the_verdict_open(one: Desk) -> None:
    correct(one, Slot.ATTACKER, attacker=None)
    assert [violation.rating.status for violation in one.violations()] == [Status.WITHDRAWN]
    with one.store.query() as query:
        assert {assessment.verdict for assessment in query.assessments(the_incident(one).id)} == {Verdict.UNDETERMINED}


def test_the_last_correction_of_a_slot_counts(one: Desk) -> None:
    for hours, day in enumerate(("2025-04-01", "2025-03-30")):
        correction = Correction(slots=(Slot.TIME,), event_time=a_time(day))
        decided(one, DecisionKind.CORRECT, correction=correction, hours=hours)
    assert the_incident(one).event_time == a_time("2025-03-30")


def test_a_correction_that_makes_a_breach_of_what_was_none_is_told_as_new(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim(event_time=a_time("2025-01-10")), published=NOON))
    assert desk.violations() == ()
    followed = decided(
        desk,
        DecisionKind.CORRECT,
        incident_id=the_incident(desk).id,
        correction=Correction(slots=(Slot.TIME,), event_time=replace(a_time("2025-04-02"), end=NOON)),
    )
    assert kinds(followed.changes) == [ChangeKind.NEW]
    assert told(desk) == [("webhook", ChangeKind.NEW)]


def test_a_claim_that_names_the_attacker_still_shows_as_the_report_has_it(one: Desk) -> None:
    correct(one, Slot.ATTACKER, attacker="UA")
    assert {(c.claim.attacker, c.claim.attacker_basis) for c in the_incident(one).claims} == {("RU", Basis.STATED)}
