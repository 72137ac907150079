"""What waits is put together before it is sent: groups, digests and storms become one message each."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.alerts.arranging import STORM_WINDOW, Past, arrange, arrange_all
from monitor.alerts.delivery import deliver_due
from monitor.alerts.notices import Heard, notices_for
from monitor.alerts.receivers import Audience
from monitor.alerts.routing import DIGEST, QUIET
from monitor.model.judgements import ChangeKind, Notice, NoticeState, Status, Violation
from monitor.model.routing import Grouping, Manner, Route
from monitor.store import Store
from tests.alerts.test_routing import BREACHES, NIGHT, a_receiver, a_route, an_audience
from tests.builders import NOON, a_report, a_reported_claim, at
from tests.databases import database_url as database_url
from tests.judgement_builders import a_change, a_rating, a_violation

MINUTE = timedelta(minutes=1)
NEVER = Past(groups={}, recent=0)


def notices(count: int, audience: Audience, kind: ChangeKind = ChangeKind.NEW, now: datetime = NOON) -> list[Notice]:
    """Return notices of so many events for the one receiver."""
    made: list[Notice] = []
    for number in range(count):
        report = a_report(f"Strike {number}", id=f"R-{number}")
        violation = a_violation(a_reported_claim(id=f"C-{number}", report=report))
        heard = Heard() if kind is ChangeKind.NEW else Heard(told={violation.id: ("webhook:desk",)})
        made += notices_for([a_change(kind, violation)], audience, heard=heard, now=now, backlog=False)
    return made


def data(notice: Notice) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(notice.payload)["data"]
    return found


def a_desk(manner: Manner | None = None, *routes: Route) -> Audience:
    return an_audience(a_receiver("desk", manner), routes=routes)


def grouped(key: str, some: list[Notice], due_at: datetime = NOON) -> list[Notice]:
    return [replace(one, group_key=key, due_at=due_at) for one in some]


@pytest.mark.parametrize("key", [DIGEST, QUIET])
def test_what_gathered_for_a_digest_is_one_message_with_every_sentence(key: str) -> None:
    waiting = grouped(key, notices(3, a_desk()))
    (made,) = arrange(waiting, NEVER, a_desk(), NOON)
    assert made.parts == tuple(waiting)
    assert made.message is not None
    assert made.message.kind is ChangeKind.DIGEST
    assert set(made.message.violation_ids) == {key for one in waiting for key in one.violation_ids}
    told = data(made.message)
    assert told["headline"] == "3 alerts on 3 events"
    quotes = {one["evidence"][0]["quote"] for one in told["violations"]}
    assert quotes == {"Strike 0", "Strike 1", "Strike 2"}


def test_one_alone_goes_as_it_is() -> None:
    assert arrange(grouped(DIGEST, notices(1, a_desk())), NEVER, a_desk(), NOON) == ()


def test_what_is_not_due_is_left_alone() -> None:
    assert arrange(grouped(DIGEST, notices(3, a_desk()), NOON + MINUTE), NEVER, a_desk(), NOON) == ()


def test_the_same_parts_make_the_same_message() -> None:
    waiting = grouped(DIGEST, notices(3, a_desk()))
    (first,), (second,) = (arrange(waiting, NEVER, a_desk(), now) for now in (NOON, NOON + MINUTE))
    assert first.message is not None
    assert second.message is not None
    assert first.message.id == second.message.id


def test_of_a_violation_told_twice_in_one_message_the_newer_state_stands() -> None:
    new, gone = notices(1, a_desk()), notices(1, a_desk(), ChangeKind.DISMISSED, NOON + MINUTE)
    (made,) = arrange(grouped(DIGEST, [*new, *gone]), NEVER, a_desk(), NOON)
    assert made.message is not None
    assert [one["change"] for one in data(made.message)["violations"]] == ["dismissed"]


def test_what_takes_back_an_earlier_alert_goes_by_itself_and_brings_no_digest_forward() -> None:
    waiting = grouped(DIGEST, notices(2, a_desk()), NOON + MINUTE)
    gone = grouped(DIGEST, notices(3, a_desk(), ChangeKind.DISMISSED)[2:])
    assert arrange([*waiting, *gone], NEVER, a_desk(), NOON) == ()
    (made,) = arrange([*waiting, *gone], NEVER, a_desk(), NOON + MINUTE)
    assert made.parts == tuple(waiting)


def test_what_takes_back_an_alert_that_still_waits_for_its_digest_waits_with_it() -> None:
    waiting = grouped(DIGEST, notices(2, a_desk()), NOON + MINUTE)
    gone = grouped(DIGEST, notices(1, a_desk(), ChangeKind.DISMISSED))
    assert arrange([*waiting, *gone], NEVER, a_desk(), NOON) == ()
    (made,) = arrange([*waiting, *gone], NEVER, a_desk(), NOON + MINUTE)
    assert made.parts == (*waiting, *gone)


def test_what_a_route_mutes_is_not_taken_along_by_what_goes_sooner() -> None:
    muted = a_desk(Manner(), a_route("desk", muted=(replace(NIGHT, start=time(0), end=time(18)),)))
    waiting = [*notices(1, muted), *grouped(QUIET, notices(3, muted)[1:], NOON)]
    (made,) = arrange(waiting, NEVER, muted, NOON)
    assert made.parts == tuple(waiting[1:])


def test_what_takes_an_alert_back_is_not_overtaken_by_the_group_that_the_alert_waits_in() -> None:
    desk, end = a_desk(), NOON + 10 * MINUTE
    alert, gone = grouped(QUIET, notices(1, desk), end), notices(1, desk, ChangeKind.WITHDRAWN, NOON + MINUTE)
    other = grouped(QUIET, notices(2, desk, now=NOON + 2 * MINUTE)[1:], end)
    assert arrange([*alert, *gone, *other], NEVER, desk, end - MINUTE) == ()
    (made,) = arrange([*alert, *gone, *other], NEVER, desk, end)
    assert made.message is not None
    assert made.parts == (*alert, *gone, *other)
    assert [one["change"] for one in data(made.message)["violations"]] == ["withdrawn", "new"]


def test_what_must_wait_behind_an_older_alert_is_put_into_no_message_before_it() -> None:
    desk = a_desk(Manner(storm=1))
    alert = grouped(QUIET, notices(1, desk), NOON + 10 * MINUTE)
    gone = notices(1, desk, ChangeKind.DISMISSED, NOON + MINUTE)
    others = notices(3, desk, now=NOON + 2 * MINUTE)[1:]
    (made,) = arrange([*alert, *gone, *others], NEVER, desk, NOON + 3 * MINUTE)
    assert made.parts == tuple(others)


def test_a_group_takes_what_came_while_it_waited_and_then_keeps_its_interval() -> None:
    route = a_route("desk", grouping=Grouping(wait=MINUTE, interval=5 * MINUTE))
    audience = a_desk(None, route)
    first, second = notices(1, audience), notices(2, audience, now=NOON + MINUTE / 2)[1:]
    assert {one.due_at for one in first} == {NOON + MINUTE}
    assert arrange([*first, *second], NEVER, audience, NOON + MINUTE / 2) == ()
    (made,) = arrange([*first, *second], NEVER, audience, NOON + MINUTE)
    assert made.parts == (*first, *second)
    key = first[0].group_key
    assert key is not None
    later = notices(3, audience, now=NOON + 2 * MINUTE)[2:]
    (put_off,) = arrange(later, Past(groups={key: NOON + MINUTE}, recent=1), audience, NOON + 3 * MINUTE)
    assert (put_off.message, put_off.later) == (None, NOON + 6 * MINUTE)
    assert arrange(later, Past(groups={key: NOON + MINUTE}, recent=1), audience, NOON + 6 * MINUTE) == ()


def test_a_thousand_alerts_at_once_are_one_message_for_people_and_a_thousand_for_machines() -> None:
    waiting = notices(1_000, a_desk())
    (made,) = arrange(waiting, NEVER, a_desk(Manner(storm=20)), NOON)
    assert made.message is not None
    told = data(made.message)
    assert (told["violations_total"], told["violations_omitted"]) == (1_000, 975)
    assert len(told["omitted_ids"]) == 975
    assert arrange(waiting, NEVER, a_desk(), NOON) == ()


@pytest.mark.parametrize(
    ("recent", "waits", "together"), [(0, 20, False), (0, 21, True), (15, 6, True), (15, 5, False)]
)
def test_a_storm_is_more_alerts_than_wanted_within_its_window(recent: int, waits: int, together: bool) -> None:
    found = arrange(notices(waits, a_desk()), Past(groups={}, recent=recent), a_desk(Manner(storm=20)), NOON)
    assert bool(found) is together


def test_what_comes_after_the_message_of_a_storm_waits_for_the_next_one() -> None:
    past = Past(groups={"storm": NOON - MINUTE}, recent=30)
    (made,) = arrange(notices(2, a_desk()), past, a_desk(Manner(storm=20)), NOON)
    assert (made.message, made.later) == (None, NOON - MINUTE + STORM_WINDOW)


# In the store


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(database_url, tmp_path / "evidence")) as opened:
        yield opened


class Remembering:
    """A sender that remembers what it was handed."""

    def __init__(self) -> None:
        self.sent: list[Notice] = []

    async def send(self, notice: Notice, now: datetime) -> None:
        self.sent.append(notice)

    async def close(self) -> None:
        pass


def deliver(store: Store, audience: Audience, sender: Remembering, now: datetime) -> None:
    def prepare(moment: datetime) -> None:
        arrange_all(store, audience, moment)

    asyncio.run(deliver_due(store, {"webhook:desk": sender}, clock=lambda: now, prepare=prepare))


def test_a_storm_is_sent_as_one_message_and_each_alert_keeps_its_row(store: Store) -> None:
    audience, sender = a_desk(Manner(storm=20)), Remembering()
    made = notices(60, audience)
    with store.transaction() as tx:
        tx.add_notices(made)
    deliver(store, audience, sender, NOON)
    deliver(store, audience, sender, NOON + MINUTE)
    (message,) = sender.sent
    with store.query() as query:
        rows = query.notices(limit=1_000)
        told = query.told(key for one in made for key in one.violation_ids)
    assert {one.id for one in rows if one.merged_into == message.id} == {one.id for one in made}
    assert {one.state for one in rows} == {NoticeState.MERGED, NoticeState.SENT}
    assert len(told) == 60, "whoever got the message has been told of each"


def test_what_becomes_critical_in_quiet_hours_comes_at_once_with_the_alert_that_they_hold(store: Store) -> None:
    audience, sender = a_desk(Manner(quiet=NIGHT)), Remembering()
    night = at("2025-04-02T22:00")
    begun = a_violation(assessments=BREACHES)
    other = a_violation(a_reported_claim(id="C-other", report=a_report("Elsewhere", id="R-other")))
    grave = replace(begun, rating=a_rating(status=Status.CORROBORATED))

    def tell(kind: ChangeKind, violation: Violation, heard: Heard, now: datetime) -> None:
        with store.transaction() as tx:
            tx.add_notices(notices_for([a_change(kind, violation)], audience, heard=heard, now=now, backlog=False))
        deliver(store, audience, sender, now)

    tell(ChangeKind.NEW, begun, Heard(), night)
    tell(ChangeKind.NEW, other, Heard(), night)
    assert sender.sent == []
    tell(ChangeKind.CORROBORATED, grave, Heard(told={grave.id: ("webhook:desk",)}), night + MINUTE)
    (message,) = sender.sent
    assert message.violation_ids == (begun.id,), "what else the quiet hours hold stays held"
    assert [one["status"] for one in data(message)["violations"]] == ["corroborated"]
    tell(ChangeKind.DISMISSED, grave, Heard(told={grave.id: ("webhook:desk",)}), night + 2 * MINUTE)
    deliver(store, audience, sender, at("2025-04-03T04:00"))
    later = {key for one in sender.sent[1:] for key in one.violation_ids}
    assert later == {other.id, grave.id}


def test_what_a_silence_kept_back_counts_for_nobody_as_told(store: Store) -> None:
    (notice,) = notices(1, a_desk())
    with store.transaction() as tx:
        tx.add_notices([replace(notice, state=NoticeState.SILENCED, held_because="silence")])
    with store.query() as query:
        assert query.told(notice.violation_ids) == {}
        assert query.hushed(notice.violation_ids) == {notice.violation_ids[0]: frozenset({"webhook:desk"})}


def test_what_was_tried_before_is_not_put_together(store: Store) -> None:
    audience = a_desk(Manner(storm=1))
    made = notices(3, audience)
    with store.transaction() as tx:
        tx.add_notices(made)
        for one in made:
            tx.mark_failed(one.id, "refused", NOON)
    assert arrange_all(store, audience, NOON) == 0
