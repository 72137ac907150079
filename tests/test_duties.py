"""The history of duties: kept with when and by which report, under each reading, on both kinds of database."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from monitor.alerts.message import SCHEMA_FILE
from monitor.errors import StoreError
from monitor.model.agreements import Agreement, DutyItem, DutyReading, DutyStatus
from monitor.model.duties import DutyRecord
from monitor.model.judgements import Notice
from monitor.model.reports import Report
from monitor.pipeline import Pipeline, tell_occasions
from monitor.rejudging import rejudge
from tests.builders import at
from tests.desk import HOUR, Desk, database_url, desk

__all__ = ["database_url", "desk"]

SCHEMA = json.loads(resources.files("monitor.alerts").joinpath(SCHEMA_FILE).read_text(encoding="utf-8"))
EVENING = at("2025-03-19T18:00")
DUE = at("2025-03-19T21:00")
ALL = "They exchanged 175 for 175 prisoners"


def the_exchange(pipeline: Pipeline) -> Agreement:
    return next(one for one in pipeline.agreements if one.id == "prisoner-exchange-2025-03")


def with_exchange(desk: Desk, agreement: Agreement) -> Desk:
    return replace(desk, pipeline=replace(desk.pipeline, agreements=(agreement,)))


def a_report(desk: Desk, title: str, item: str, seen: datetime = EVENING, **changes: Any) -> Report:
    return desk.report(title, item=item, published=seen, first_seen=seen, **changes)


def history(desk: Desk, as_of: datetime | None = None) -> Sequence[DutyRecord]:
    with desk.store.query() as query:
        return [one for one in query.duty_history(as_of) if one.agreement_id == "prisoner-exchange-2025-03"]


def test_each_change_is_kept_with_when_and_by_which_report(desk: Desk) -> None:
    first, second = a_report(desk, ALL, "a"), a_report(desk, f"{ALL}, and 22 wounded came home", "b")
    desk.record(first, now=EVENING)
    desk.record(a_report(desk, "Rain in Kyiv", "c"), a_report(desk, f"{ALL} again", "d"), now=EVENING + HOUR)
    desk.record(second, now=EVENING + 2 * HOUR)
    assert [(one.recorded_at, one.words, one.because) for one in history(desk)] == [
        (EVENING, "175 for 175 fulfilled; wounded: nothing reported yet", (first.id,)),
        (EVENING + 2 * HOUR, "175 for 175 fulfilled; 22 of 23 wounded", (second.id,)),
    ]
    assert [one.words for one in history(desk, as_of=EVENING + HOUR)] == [
        "175 for 175 fulfilled; wounded: nothing reported yet"
    ]


def test_the_clock_makes_a_duty_overdue_and_a_late_report_mends_that(desk: Desk) -> None:
    tell_occasions(desk.store, desk.pipeline, now=EVENING)
    desk.record(a_report(desk, "Rain in Kyiv", "a"), now=EVENING)
    tell_occasions(desk.store, desk.pipeline, now=DUE + HOUR)
    tell_occasions(desk.store, desk.pipeline, now=DUE + 2 * HOUR)
    late = a_report(desk, f"{ALL}, and 23 wounded came home", "b", DUE + 3 * HOUR)
    desk.record(late, now=DUE + 3 * HOUR)
    assert [(one.status, one.because, one.looked_at) for one in history(desk)] == [
        (DutyStatus.OVERDUE, (), 1),
        (DutyStatus.FULFILLED, (late.id,), 2),
    ]


def test_whoever_was_told_that_it_fell_due_is_told_once_when_reports_change_it(desk: Desk) -> None:
    only = with_exchange(desk, the_exchange(desk.pipeline))
    tell_occasions(only.store, only.pipeline, now=EVENING)
    only.record(a_report(only, ALL, "a"), now=EVENING)
    tell_occasions(only.store, only.pipeline, now=DUE + HOUR)
    assert [occasion(one)["kind"] for one in only.notices()] == ["duty due"]
    late = a_report(only, f"{ALL}, and 23 wounded came home", "b", DUE + 3 * HOUR)
    only.record(late, now=DUE + 3 * HOUR, backlog=True)
    for hours in (3, 4, 30):
        tell_occasions(only.store, only.pipeline, now=DUE + hours * HOUR)
    changed = next(one for one in only.notices() if occasion(one)["kind"] == "duty changed")
    assert len(only.notices()) == 2
    assert changed.channel == "webhook"
    assert occasion(changed)["status"] == "fulfilled"
    assert "by further reports now 175 for 175 fulfilled; 23 wounded fulfilled" in occasion(changed)["text"]
    assert occasion(changed)["evidence"][0]["report"] == late.id
    Draft202012Validator(SCHEMA).validate(json.loads(changed.payload)["data"])


def test_what_changed_before_anybody_was_told_that_it_fell_due_is_told_with_that(desk: Desk) -> None:
    only = with_exchange(desk, the_exchange(desk.pipeline))
    tell_occasions(only.store, only.pipeline, now=EVENING)
    only.record(a_report(only, f"{ALL}, and 22 wounded came home", "a"), now=EVENING)
    for hours in (1, 2):
        tell_occasions(only.store, only.pipeline, now=DUE + hours * HOUR)
    assert [occasion(one)["kind"] for one in only.notices()] == ["duty due"]


def occasion(notice: Notice) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(notice.payload)["data"]["occasion"]
    return found


def test_a_report_that_takes_it_back_changes_it_back(desk: Desk) -> None:
    desk.record(a_report(desk, f"{ALL}, and 23 wounded came home", "a"), now=EVENING)
    edited = a_report(desk, "The exchange was put off", "a")
    desk.record(edited, now=EVENING + HOUR)
    assert [(one.status, one.because) for one in history(desk)] == [
        (DutyStatus.FULFILLED, (edited.id,)),
        (DutyStatus.PENDING, (edited.id,)),
    ]


def test_a_report_whose_day_is_mended_counts_by_its_newest_day(desk: Desk) -> None:
    told = f"{ALL}, and 23 wounded came home"
    desk.record(a_report(desk, told, "a", at("2025-03-12T18:00")), now=EVENING)
    assert [one.status for one in history(desk)] == []
    mended = desk.report(f"{told} today", item="a", published=EVENING, first_seen=EVENING + HOUR)
    desk.record(mended, now=EVENING + HOUR)
    moved = desk.report(told, item="a", published=at("2025-03-12T18:00"), first_seen=EVENING + 2 * HOUR)
    desk.record(moved, now=EVENING + 2 * HOUR)
    with desk.store.query() as query:
        came = query.reports_published(at("2025-03-18T21:00"), DUE)
    assert [one.status for one in history(desk)] == [DutyStatus.FULFILLED]
    assert came == ()


def test_an_edited_report_that_never_told_of_a_duty_is_not_said_to_have_changed_it(desk: Desk) -> None:
    for title in ("Rain in Kyiv", "Heavy rain in Kyiv"):
        desk.record(a_report(desk, title, "a"), now=DUE + HOUR)
    assert [(one.status, one.because) for one in history(desk)] == [(DutyStatus.OVERDUE, ())]


def test_where_readings_differ_each_has_a_history_of_its_own(desk: Desk) -> None:
    agreement = read_by_two(the_exchange(desk.pipeline))
    torn = with_exchange(desk, agreement)
    torn.record(a_report(torn, f"{ALL}, and 22 wounded came home", "a"), now=EVENING)
    assert [(one.reading_id, one.status, one.words) for one in history(torn)] == [
        ("strict", DutyStatus.PARTLY, "175 for 175 fulfilled; 22 of 23 wounded"),
        ("goodwill", DutyStatus.FULFILLED, "175 for 175 fulfilled"),
    ]
    tell_occasions(torn.store, torn.pipeline, now=EVENING)
    tell_occasions(torn.store, torn.pipeline, now=DUE + HOUR)
    [notice] = torn.notices()
    assert "as the strict one reads it: 175 for 175 fulfilled; 22 of 23 wounded" in notice.payload


def test_a_changed_file_is_held_against_what_is_stored_and_the_old_state_stays_with_its_version(desk: Desk) -> None:
    desk.record(a_report(desk, f"{ALL}, and 22 wounded came home", "a"), now=EVENING)
    before = the_exchange(desk.pipeline)
    fewer = with_exchange(desk, owing(before, wounded=20))
    rejudge(fewer.store, fewer.pipeline, now=EVENING + HOUR, dry_run=True)
    assert len(history(desk)) == 1
    rejudge(fewer.store, fewer.pipeline, now=EVENING + HOUR)
    rejudge(fewer.store, fewer.pipeline, now=EVENING + 2 * HOUR)
    assert [(one.rule_version, one.status, one.because != ()) for one in history(desk)] == [
        (before.rule_version, DutyStatus.PARTLY, True),
        ("changed", DutyStatus.FULFILLED, False),
    ]


def test_history_cannot_be_changed(desk: Desk) -> None:
    desk.record(a_report(desk, ALL, "a"), now=EVENING)
    with pytest.raises(StoreError, match="duty_state is append-only"), desk.store.transaction() as tx:
        tx._connection.exec_driver_sql("DELETE FROM duty_state")


def read_by_two(agreement: Agreement) -> Agreement:
    [clause] = agreement.clauses
    duty = clause.duty
    assert duty is not None

    def reading(name: str, *items: DutyItem) -> DutyReading:
        return DutyReading(id=name, holder=f"the {name} one", holder_party=None, due=duty.due, items=items)

    torn = replace(duty, readings=(reading("strict", *duty.items), reading("goodwill", duty.items[0])))
    return replace(agreement, clauses=(replace(clause, duty=torn),))


def owing(agreement: Agreement, *, wounded: int) -> Agreement:
    [clause] = agreement.clauses
    duty = clause.duty
    assert duty is not None
    prisoners, injured = duty.items
    fewer = replace(duty, items=(prisoners, replace(injured, owed=wounded)))
    return replace(agreement, clauses=(replace(clause, duty=fewer),), rule_version="changed")
