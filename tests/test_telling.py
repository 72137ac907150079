"""Who is told of what a unit of work changes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest

from monitor.alerts.receivers import EmailReceiver, MailServer
from monitor.model.judgements import ChangeKind
from tests.builders import NOON, a_claim
from tests.desk import HOUR, KHARKIV, RECEIVER, Desk, database_url, desk, kinds, told

__all__ = ["database_url", "desk"]


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
    server = MailServer(host="mail.example", port=25, security="none", sender="a@example.org")
    added = EmailReceiver(server=server, recipients=("b@x.org",))
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
