"""What cannot be read costs nothing else, and is read again."""

from dataclasses import replace
from typing import Any, cast

import pytest

from monitor.extraction import Reader
from monitor.model.judgements import ChangeKind, Status
from monitor.pipeline import Recorded, reread
from tests.builders import NOON, a_claim
from tests.desk import HOUR, Desk, MendedReader, database_url, desk, kinds

__all__ = ["database_url", "desk"]


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
