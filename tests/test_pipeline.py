"""One unit of work: reports in, and everything that follows from them recorded together, on both kinds of database."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from monitor.alerts.receivers import EmailReceiver, Secret, WebhookReceiver
from monitor.extraction import Reader
from monitor.model.agreements import Verdict
from monitor.model.claims import Actor, Claim, Extracted, Stance, Target
from monitor.model.judgements import ChangeKind, Notice, Status, Violation
from monitor.model.reports import Report
from monitor.pipeline import Pipeline, Recorded, record, rejudge, reread
from monitor.store import Store
from tests.builders import NOON, a_claim, a_place, a_report, a_source
from tests.databases import database_url
from tests.parts import a_pipeline

__all__ = ["database_url"]

RECEIVER = WebhookReceiver(url="https://desk.example/hook", secrets=(Secret("whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw"),))
HOUR = timedelta(hours=1)
KHARKIV = a_place("Kharkiv", geonameid=706483, lat=49.98, lon=36.25, region="UA.07")


@dataclass
class ScriptedReader:
    """A reader that says of each title what a test has written down."""

    script: dict[str, tuple[Claim, ...]] = field(default_factory=dict)

    def read(self, report: Report) -> Extracted:
        if report.title == "BROKEN":
            raise RuntimeError("a defect of the reader")
        return Extracted(language=report.language, claims=self.script.get(report.title, ()))


class MendedReader:
    """A reader that finds a strike in whatever it reads."""

    def read(self, report: Report) -> Extracted:
        return Extracted(language=report.language, claims=(a_claim(),))


@dataclass
class Desk:
    """A store, the shipped agreement, a scripted reader and one receiver."""

    store: Store
    pipeline: Pipeline
    reader: ScriptedReader

    def report(self, title: str, *claims: Claim, outlet: str = "outlet", item: str = "item", **changes: Any) -> Report:
        """Return a report that is read as these claims."""
        self.reader.script[title] = claims
        source = a_source(id=outlet, name=outlet, publisher_group=outlet)
        return a_report(title, id=f"R-{outlet}-{item}", source=source, **changes)

    def record(self, *reports: Report, now: datetime = NOON + HOUR, backlog: bool = False, **more: Any) -> Recorded:
        return record(self.store, self.pipeline, reports, now=now, backlog=backlog, **more)

    def violations(self, as_of: datetime | None = None) -> tuple[Violation, ...]:
        with self.store.query() as query:
            return query.violations(as_of=as_of)

    def notices(self) -> tuple[Notice, ...]:
        with self.store.query() as query:
            return query.notices()

    def counts(self) -> dict[str, int]:
        with self.store.query() as query:
            return dict(query.counts())


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    reader = ScriptedReader()
    pipeline = replace(a_pipeline(tmp_path, RECEIVER), reader=cast("Reader", reader))
    store = Store.open(database_url, tmp_path / "evidence")
    yield Desk(store, pipeline, reader)
    store.close()


def verdicts(violation: Violation) -> dict[str, Verdict]:
    return {one.reading_id: one.verdict for one in violation.assessments}


def kinds(changes: Sequence[Any]) -> list[ChangeKind]:
    return [one.kind for one in changes]


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


def test_a_backlog_goes_to_the_file_sink_and_nobody_is_told(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()), backlog=True)
    assert [notice.channel for notice in desk.notices()] == ["file"]


def test_what_was_silent_at_first_is_withdrawn_in_silence(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()), backlog=True)
    done = desk.record(desk.report("Correction: there was no strike"), now=NOON + 2 * HOUR)
    assert kinds(done.changes) == [ChangeKind.WITHDRAWN]
    assert [(notice.channel, notice.kind) for notice in desk.notices()] == [("file", "withdrawn"), ("file", "new")]


def test_a_receiver_added_later_gets_no_withdrawal_of_what_it_never_heard_of(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    added = EmailReceiver(
        host="mail.example", port=25, security="none", sender="a@example.org", recipients=("b@x.org",)
    )
    audience = replace(desk.pipeline.audience, receivers=(RECEIVER, added))
    desk.pipeline = replace(desk.pipeline, audience=audience)
    desk.record(desk.report("Correction: there was no strike"), now=NOON + 2 * HOUR)
    assert [notice.channel for notice in desk.notices()] == ["webhook", "webhook"]
    desk.record(desk.report("Strike on Kharkiv", a_claim(place=KHARKIV), item="b"), now=NOON + 3 * HOUR)
    assert sorted(notice.channel for notice in desk.notices()) == ["email:b@x.org", *["webhook"] * 3]


def test_whoever_was_told_by_a_digest_or_by_an_alert_that_was_given_up_hears_of_the_withdrawal(desk: Desk) -> None:
    seen = NOON + timedelta(days=4)
    desk.record(desk.report("Strike", a_claim(), first_seen=seen), now=seen)
    [digest] = desk.notices()
    assert digest.kind is ChangeKind.DIGEST
    with desk.store.transaction() as tx:
        tx.mark_failed(digest.id, "no answer within 15 seconds, though it may have been taken", None)
    desk.record(desk.report("Correction: there was no strike", first_seen=seen + HOUR), now=seen + HOUR)
    assert [(notice.channel, notice.kind) for notice in desk.notices()] == [
        ("webhook", "withdrawn"),
        ("webhook", "digest"),
    ]


def test_events_first_seen_long_after_they_happened_share_one_digest(desk: Desk) -> None:
    seen = NOON + timedelta(days=4)
    kharkiv = a_claim(
        place=replace(cast("Any", a_claim().place), name="Kharkiv", geonameid=706483, lat=49.98, lon=36.25)
    )
    first = desk.report("Strike on Sumy", a_claim(), item="a", first_seen=seen)
    second = desk.report("Strike on Kharkiv", kharkiv, item="b", first_seen=seen)
    desk.record(first, second, now=seen)
    assert len(desk.violations()) == 2
    [notice] = desk.notices()
    assert notice.kind is ChangeKind.DIGEST
    assert set(notice.violation_ids) == {violation.id for violation in desk.violations()}


def test_a_replayed_report_counts_as_seen_when_it_was_published(desk: Desk) -> None:
    years_later = NOON + timedelta(days=600)
    desk.record(desk.report("Strike", a_claim(), first_seen=years_later), now=years_later, replayed=True)
    assert [notice.kind for notice in desk.notices()] == [ChangeKind.NEW]


def test_a_replayed_copy_of_an_older_text_takes_no_correction_back(desk: Desk) -> None:
    first = desk.report("Strike", a_claim())
    desk.record(first)
    desk.record(desk.report("Correction: there was no strike"), now=NOON + 2 * HOUR)
    done = desk.record(first, now=NOON + 3 * HOUR, backlog=True, replayed=True)
    assert (done.reports, done.changes) == ((), ())
    assert [one.rating.status for one in desk.violations()] == [Status.WITHDRAWN]


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
    assert {one.rule_version for one in before.assessments} == {desk.pipeline.agreements[0].rule_version}
    assert told(desk) == [("webhook", ChangeKind.NEW), ("webhook", ChangeKind.WITHDRAWN)]
    assert rejudge(desk.store, without_substations(desk.pipeline), now=later + HOUR) == ()


def test_what_changed_rules_newly_find_goes_to_the_file_and_nobody_is_alerted(desk: Desk) -> None:
    lawless = Desk(desk.store, replace(desk.pipeline, agreements=()), desk.reader)
    lawless.record(desk.report("Strike", a_claim()))
    assert desk.notices() == ()
    assert kinds(rejudge(desk.store, desk.pipeline, now=NOON + 2 * HOUR)) == [ChangeKind.NEW]
    assert told(desk) == [("file", ChangeKind.NEW)]


@pytest.mark.parametrize(
    ("replayed", "update", "kept_back"),
    [(False, ("webhook", ChangeKind.WITHDRAWN), 0), (True, ("file", ChangeKind.WITHDRAWN), 1)],
    ids=["a feed's first poll", "a replay that sends nothing"],
)
def test_a_backlog_that_takes_back_what_people_were_told_tells_them_unless_it_is_a_silent_replay(
    desk: Desk, replayed: bool, update: tuple[str, ChangeKind], kept_back: int
) -> None:
    desk.record(desk.report("Strike", a_claim()))
    correction = desk.report("Correction: there was no strike")
    done = desk.record(correction, now=NOON + 2 * HOUR, backlog=True, replayed=replayed)
    assert told(desk) == sorted([("webhook", ChangeKind.NEW), update])
    assert done.kept_back == kept_back


def told(desk: Desk) -> list[tuple[str, ChangeKind]]:
    """Return which channels hear of what."""
    return sorted((notice.channel, notice.kind) for notice in desk.notices())


def without_substations(pipeline: Pipeline) -> Pipeline:
    """Return the pipeline with an agreement under which no reading covers substations."""

    def changed(reading: Any) -> Any:
        wanted = {name: frozenset(getattr(reading, name)) - {"substation"} for name in ("covered", "unclear")}
        return replace(reading, **wanted, excluded=frozenset(reading.excluded) | {"substation"})

    agreement = pipeline.agreements[0]
    clauses = tuple(
        replace(clause, readings=tuple(changed(one) for one in clause.readings)) for clause in agreement.clauses
    )
    return replace(pipeline, agreements=(replace(agreement, clauses=clauses, rule_version="changed"),))


def test_a_report_that_cannot_be_read_is_stored_and_costs_no_other(desk: Desk) -> None:
    done = desk.record(desk.report("Strike", a_claim()), desk.report("BROKEN", item="broken"))
    assert (len(done.reports), done.unread) == (2, 1)
    assert len(desk.violations()) == 1
    with desk.store.query() as query:
        [failed] = query.failed_readings()
        seen = query.reports_seen()
        assert query.failed_readings(as_of=NOON) == ()
    assert (failed.report.title, failed.error) == ("BROKEN", "RuntimeError: a defect of the reader")
    assert (seen.reports, dict(seen.not_read)) == (2, {"reading failed": 1})
    assert desk.record(desk.report("BROKEN", item="broken"), now=NOON + 2 * HOUR).reports == ()


@pytest.mark.parametrize(("backlog", "channel"), [(False, "webhook"), (True, "file")])
def test_what_could_not_be_read_is_read_by_another_version_or_when_asked(
    desk: Desk, backlog: bool, channel: str
) -> None:
    desk.record(desk.report("BROKEN"), backlog=backlog)
    assert reread(desk.store, desk.pipeline, now=NOON + 2 * HOUR, all_of_them=False) == Recorded()
    assert reread(desk.store, desk.pipeline, now=NOON + 2 * HOUR, all_of_them=True).unread == 1
    newer = replace(desk.pipeline, reader=cast("Reader", MendedReader()), program="next")
    done = reread(desk.store, newer, now=NOON + 3 * HOUR, all_of_them=False)
    assert (len(done.reports), done.unread, kinds(done.changes)) == (1, 0, [ChangeKind.NEW])
    assert [notice.channel for notice in desk.notices()] == [channel]
    with desk.store.query() as query:
        assert query.failed_readings() == ()
        assert len(query.failed_readings(as_of=NOON + 2 * HOUR)) == 1
        assert (query.reports_seen().reports, dict(query.reports_seen().not_read)) == (1, {})
    assert reread(desk.store, newer, now=NOON + 4 * HOUR, all_of_them=True) == Recorded()


def test_what_is_read_again_and_cannot_be_recorded_stays_listed_and_is_not_tried_at_every_turn(desk: Desk) -> None:
    desk.record(desk.report("BROKEN"))
    broken = replace(desk.pipeline, reader=cast("Reader", MendedReader()), program="next", audience=cast("Any", None))
    assert reread(desk.store, broken, now=NOON + 2 * HOUR, all_of_them=False).unread == 1
    assert desk.violations() == ()
    assert reread(desk.store, broken, now=NOON + 3 * HOUR, all_of_them=False) == Recorded()
    with desk.store.query() as query:
        [failed] = query.failed_readings()
    assert "AttributeError" in failed.error


def test_an_edit_that_cannot_be_read_takes_nothing_back(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    before = desk.violations()
    done = desk.record(desk.report("BROKEN"), now=NOON + 2 * HOUR)
    assert (done.unread, done.changes) == (1, ())
    assert desk.violations() == before
    with desk.store.query() as query:
        assert query.reports_seen().reports == 1
    desk.record(desk.report("Correction: there was no strike"), now=NOON + 3 * HOUR)
    assert [one.rating.status for one in desk.violations()] == [Status.WITHDRAWN]
    with desk.store.query() as query:
        assert query.failed_readings() == (), "a later version was read"


def test_what_is_told_names_every_reading_and_quotes_the_sentence(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim(spans={"sentence": ((0, 6),)})))
    [notice] = desk.notices()
    body = json.loads(notice.payload)
    text = json.dumps(body)
    assert all(reading in text for reading in ("kremlin", "kyiv", "white-house"))
    assert '"Strike"' in text
