"""A defect of ours costs the report that meets it: the others of its poll are recorded, and nothing is half written."""

from dataclasses import replace
from typing import Any, cast

import pytest

from monitor.model.claims import Claim
from monitor.pipeline import Recorded, reread
from tests.builders import NOON, a_claim
from tests.desk import HOUR, KHARKIV, Desk, database_url, desk

__all__ = ["database_url", "desk"]


def a_claim_that_judging_fails_on() -> Claim:
    """Return what a defect of the reader can hand on: a claim on no target."""
    return a_claim(target=cast("Any", None))


def test_a_report_on_which_judging_fails_is_stored_and_costs_no_other(desk: Desk) -> None:
    done = desk.record(
        desk.report("Strike", a_claim(), item="first"),
        desk.report("Broken", a_claim_that_judging_fails_on(), item="broken"),
        desk.report("Another", a_claim(place=KHARKIV), item="last"),
    )
    assert (len(done.reports), done.unread) == (3, 1)
    assert len(desk.violations()) == 2
    with desk.store.query() as query:
        [failed] = query.failed_readings()
        assert query.reports_seen().reports == 3
    assert failed.report.title == "Broken"
    assert "AttributeError" in failed.error


def test_what_a_poll_could_not_record_at_once_is_told_once_each(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim(), item="first"), desk.report("Broken", a_claim_that_judging_fails_on()))
    told = [(notice.incident_id, notice.kind) for notice in desk.notices()]
    assert len(told) == len(set(told)) == 1


def test_the_same_poll_again_adds_nothing_and_tries_no_broken_report_at_every_turn(desk: Desk) -> None:
    reports = desk.report("Strike", a_claim(), item="first"), desk.report("Broken", a_claim_that_judging_fails_on())
    desk.record(*reports)
    before = (desk.counts(), desk.violations(), desk.notices())
    assert desk.record(*reports, now=NOON + 2 * HOUR) == Recorded()
    assert reread(desk.store, desk.pipeline, now=NOON + 2 * HOUR, all_of_them=False) == Recorded()
    assert (desk.counts(), desk.violations(), desk.notices()) == before


def test_what_judging_failed_on_is_recorded_by_a_version_without_the_defect(desk: Desk) -> None:
    desk.record(desk.report("Broken", a_claim_that_judging_fails_on()))
    desk.reader.script["Broken"] = (a_claim(),)
    mended = replace(desk.pipeline, program="next")
    assert len(reread(desk.store, mended, now=NOON + 2 * HOUR, all_of_them=False).changes) == 1
    with desk.store.query() as query:
        assert query.failed_readings() == ()


def test_a_defect_that_meets_every_report_leaves_no_facts_and_loses_no_report(desk: Desk) -> None:
    desk.record(desk.report("Strike", a_claim()))
    before = (desk.violations(), desk.notices())
    desk.pipeline = replace(desk.pipeline, audience=cast("Any", None))
    done = desk.record(desk.report("Fine", a_claim(event_time=None), item="fine"), desk.report("Lost", outlet="other"))
    assert (len(done.reports), done.unread) == (2, 2)
    assert (desk.violations(), desk.notices()) == before
    with desk.store.query() as query:
        assert {one.report.title for one in query.failed_readings()} == {"Fine", "Lost"}


@pytest.mark.parametrize("backlog", [False, True])
def test_alerts_of_what_is_recorded_one_by_one_go_where_they_would_have_gone(desk: Desk, backlog: bool) -> None:
    broken = desk.report("Broken", a_claim_that_judging_fails_on(), item="broken")
    desk.record(desk.report("Strike", a_claim()), broken, backlog=backlog)
    assert [notice.channel for notice in desk.notices()] == ["file" if backlog else "webhook"]
