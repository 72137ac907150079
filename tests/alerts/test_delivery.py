import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from monitor.alerts.delivery import Delivered, Sender, deliver_due
from monitor.alerts.retrying import WAITS, next_attempt
from monitor.errors import DeliveryError, StoreError
from monitor.model.delivery import RateLimit
from monitor.model.judgements import ChangeKind, Notice, NoticeState
from tests.alerts.outbox import FakeOutbox
from tests.builders import NOON

MAIL = "email:desk@example.org"


def a_notice(id: str = "N-1", channel: str = "webhook", incident: str = "I-1", attempts: int = 0) -> Notice:  # noqa: A002
    return Notice(
        id=id, channel=channel, kind=ChangeKind.NEW, incident_id=incident, violation_ids=(f"V-{incident}",),
        payload="{}", created_at=NOON, due_at=NOON, attempts=attempts,
    )  # fmt: skip


class FakeSender:
    """Accepts notices, or answers with the given errors first; `down` refuses everything until it is taken away."""

    def __init__(self, *errors: DeliveryError) -> None:
        self.accepted: list[str] = []
        self.errors = list(errors)
        self.down = False
        #: Nobody answers while it is down; else every notice is refused by itself.
        self.unreachable = True
        self.poison: set[str] = set()
        self.closed = 0

    async def send(self, notice: Notice, now: datetime) -> None:
        if self.down:
            raise DeliveryError("down", retryable=True, for_all=self.unreachable)
        if notice.id in self.poison:
            raise DeliveryError("I choke on it", retryable=True)
        if self.errors:
            raise self.errors.pop(0)
        self.accepted.append(notice.id)

    async def close(self) -> None:
        self.closed += 1


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def one_round(outbox: FakeOutbox, sender: Sender, clock: Clock | None = None) -> Delivered:
    return asyncio.run(deliver_due(outbox, {"webhook": sender, MAIL: sender}, clock=clock or Clock()))


def test_what_is_accepted_is_marked_sent_and_not_sent_again() -> None:
    outbox, sender = FakeOutbox(a_notice()), FakeSender()
    assert one_round(outbox, sender) == Delivered(sent=1)
    assert one_round(outbox, sender) == Delivered()
    assert sender.accepted == ["N-1"]
    assert outbox.rows["N-1"].sent_at == NOON


def test_nothing_is_sent_before_it_is_due() -> None:
    outbox, clock = FakeOutbox(a_notice()), Clock()
    clock.now = NOON - timedelta(seconds=1)
    assert not one_round(outbox, FakeSender(), clock).any


def test_a_failure_is_remembered_and_tried_again_later() -> None:
    outbox, sender, clock = FakeOutbox(a_notice()), FakeSender(DeliveryError("busy", retryable=True)), Clock()
    assert one_round(outbox, sender, clock) == Delivered(failed=1)
    assert outbox.rows["N-1"].last_error == "busy"
    assert not one_round(outbox, sender, clock).any
    clock.now += timedelta(seconds=6)
    assert one_round(outbox, sender, clock) == Delivered(sent=1)


def test_what_is_refused_for_good_is_dead_at_once() -> None:
    outbox = FakeOutbox(a_notice())
    assert one_round(outbox, FakeSender(DeliveryError("gone", retryable=False))) == Delivered(dead=1)
    assert outbox.rows["N-1"].state is NoticeState.DEAD


def next_instant(outbox: FakeOutbox) -> datetime:
    """Return when something is tried next."""
    retries = [state.retry_at for state in outbox.channels.values() if state.retry_at]
    return max([*retries, *(row.due_at for row in outbox.rows.values() if row.state is NoticeState.PENDING)])


@pytest.mark.parametrize("unreachable", [True, False])
def test_a_receiver_that_takes_nothing_is_given_up_after_about_three_days_by_the_schedule(unreachable: bool) -> None:
    outbox, sender, clock = FakeOutbox(a_notice("N-1")), FakeSender(), Clock()
    sender.down, sender.unreachable = True, unreachable
    tried = []
    while outbox.rows["N-1"].state is NoticeState.PENDING:
        clock.now = next_instant(outbox)
        tried.append(clock.now - NOON)
        one_round(outbox, sender, clock)
    assert timedelta(days=3) <= tried[-1] <= timedelta(days=3.6)
    assert len(tried) == len(WAITS) + 1
    waits = [later - earlier for earlier, later in pairwise(tried)]
    assert all(wait <= real <= wait * 1.1 for wait, real in zip(WAITS, waits, strict=True))


@pytest.mark.parametrize("unreachable", [True, False])
def test_after_an_outage_of_six_hours_everything_is_delivered_in_the_order_it_was_made(unreachable: bool) -> None:
    clock, sender, outbox = Clock(), FakeSender(), FakeOutbox()
    sender.unreachable = unreachable
    made = 0
    while clock.now < NOON + timedelta(hours=8):
        sender.down = clock.now < NOON + timedelta(hours=6)
        if clock.now - NOON < timedelta(hours=6, minutes=30):
            made += 1
            outbox.rows[f"N-{made}"] = replace(
                a_notice(f"N-{made}", incident=f"I-{made % 3}"), created_at=clock.now, due_at=clock.now
            )
        one_round(outbox, sender, clock)
        clock.now += timedelta(minutes=10)
    assert made == 39
    assert sender.accepted == [f"N-{number}" for number in range(1, made + 1)]


def test_a_receiver_that_is_back_gets_what_waits_with_the_first_new_alert_and_not_hours_later() -> None:
    outbox, sender, clock = FakeOutbox(a_notice("N-1")), FakeSender(), Clock()
    sender.down = True
    for _ in range(5):
        clock.now = next_instant(outbox)
        one_round(outbox, sender, clock)
    sender.down = False
    assert next_instant(outbox) - clock.now >= timedelta(hours=2)
    clock.now += timedelta(minutes=20)
    assert one_round(outbox, sender, clock) == Delivered(), "nothing new: the receiver is left alone"
    outbox.rows["N-2"] = replace(a_notice("N-2", incident="I-2"), created_at=clock.now, due_at=clock.now)
    assert one_round(outbox, sender, clock) == Delivered(sent=2)
    assert sender.accepted == ["N-1", "N-2"]


def test_a_storm_of_new_alerts_does_not_hammer_a_receiver_that_is_down() -> None:
    outbox, sender, clock = FakeOutbox(a_notice("N-0")), FakeSender(), Clock()
    sender.down = True
    tried = 0
    for number in range(1, 3600, 10):
        clock.now = NOON + timedelta(seconds=number)
        outbox.rows[f"N-{number}"] = replace(a_notice(f"N-{number}"), created_at=clock.now, due_at=clock.now)
        tried += one_round(outbox, sender, clock).any
    assert tried <= 4 + 12, "the schedule's four, and at most one in five minutes"


def test_one_notice_that_its_receiver_chokes_on_holds_up_no_other() -> None:
    outbox, sender, clock = FakeOutbox(a_notice("N-bad", incident="I-bad")), FakeSender(), Clock()
    sender.poison = {"N-bad"}
    good = []
    for number in range(1, 200):
        clock.now = NOON + timedelta(minutes=20 * number)
        good.append(f"N-{number}")
        outbox.rows[good[-1]] = replace(
            a_notice(good[-1], incident=f"I-{number}"), created_at=clock.now, due_at=clock.now
        )
        assert one_round(outbox, sender, clock).sent == 1
    assert sender.accepted == good
    while outbox.rows["N-bad"].state is NoticeState.PENDING:
        clock.now = next_instant(outbox)
        one_round(outbox, sender, clock)
    assert clock.now - NOON <= timedelta(days=3.6)


def test_what_waited_for_days_while_nobody_sent_gets_its_days_all_the_same() -> None:
    outbox, sender, clock = FakeOutbox(a_notice("N-1")), FakeSender(), Clock()
    sender.down = True
    clock.now = NOON + timedelta(days=10)
    assert one_round(outbox, sender, clock) == Delivered(failed=1)
    sender.down = False
    clock.now = next_instant(outbox)
    assert one_round(outbox, sender, clock) == Delivered(sent=1)


def test_a_receiver_that_is_gone_gets_nothing_more_until_its_channel_is_enabled_again() -> None:
    outbox = FakeOutbox(*(a_notice(f"N-{number}", incident=f"I-{number}") for number in range(5)))
    sender, clock = FakeSender(DeliveryError("answered 410", retryable=False, gone=True)), Clock()
    assert one_round(outbox, sender, clock) == Delivered(dead=5)
    outbox.rows["N-late"] = replace(a_notice("N-late"), due_at=NOON)
    clock.now += timedelta(days=1)
    assert one_round(outbox, sender, clock) == Delivered(dead=1)
    assert sender.accepted == []
    assert outbox.rows["N-late"].last_error == "answered 410"
    outbox.forget_channel("webhook")
    outbox.rows["N-late"] = replace(a_notice("N-late"), due_at=clock.now)
    assert one_round(outbox, sender, clock) == Delivered(sent=1)


def test_a_channel_takes_no_more_than_its_rate_and_the_others_wait_in_order() -> None:
    notices = [a_notice(f"N-{number}", incident=f"I-{number}") for number in range(7)]
    outbox, sender, clock = FakeOutbox(*notices), FakeSender(), Clock()
    rates = {"webhook": RateLimit(alerts=3, per=timedelta(minutes=1))}
    sent = []
    for second in (0, 30, 59, 61, 100, 122):
        clock.now = NOON + timedelta(seconds=second)
        sent.append(asyncio.run(deliver_due(outbox, {"webhook": sender}, clock=clock, rates=rates)).sent)
    assert sent == [3, 0, 0, 3, 0, 1]
    assert sender.accepted == [notice.id for notice in notices]


def test_what_a_sender_keeps_open_is_closed_at_the_end_of_a_round() -> None:
    sender = FakeSender(DeliveryError("busy", retryable=True))
    one_round(FakeOutbox(a_notice("N-1"), a_notice("N-2", incident="I-2")), sender)
    assert sender.closed == 1


class DefectiveSender(FakeSender):
    """A sender with a defect that one notice meets."""

    async def send(self, notice: Notice, now: datetime) -> None:
        if notice.id == "N-bad":
            raise KeyError("hunter2")
        await super().send(notice, now)


def test_a_defect_that_one_notice_meets_holds_up_no_other_and_shows_no_secret(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outbox = FakeOutbox(a_notice("N-bad", incident="I-bad"), a_notice("N-1"), a_notice("N-2", incident="I-2"))
    sender, clock = DefectiveSender(), Clock()
    assert one_round(outbox, sender, clock) == Delivered(sent=2, failed=1)
    assert sender.accepted == ["N-1", "N-2"]
    assert outbox.rows["N-bad"].last_error == "a defect of this program: KeyError"
    assert "hunter2" not in caplog.text
    while outbox.rows["N-bad"].state is NoticeState.PENDING:
        clock.now = next_instant(outbox)
        one_round(outbox, sender, clock)
    assert outbox.rows["N-bad"].state is NoticeState.DEAD


class EagerOutbox(FakeOutbox):
    """An outbox that hands out every due notice, also those behind an older one of their incident."""

    def due_notices(self, now: datetime, limit: int, without: Collection[str] = ()) -> Sequence[Notice]:
        return [one for one in self.rows.values() if one.state is NoticeState.PENDING and one.due_at <= now][:limit]


def test_within_a_round_a_later_notice_waits_behind_the_failed_one_of_its_incident_and_others_do_not() -> None:
    outbox = EagerOutbox(a_notice("N-1"), a_notice("N-2"), a_notice("N-3", incident="I-2"))
    sender = FakeSender(DeliveryError("busy", retryable=True))
    assert one_round(outbox, sender) == Delivered(sent=1, failed=1)
    assert sender.accepted == ["N-3"]


def test_one_channel_that_is_down_does_not_hold_up_another() -> None:
    outbox = FakeOutbox(a_notice("N-1", "webhook"), a_notice("N-2", MAIL))
    hook, mail = FakeSender(), FakeSender()
    hook.down = True
    done = asyncio.run(deliver_due(outbox, {"webhook": hook, MAIL: mail}, clock=Clock()))
    assert done == Delivered(sent=1, failed=1)
    assert mail.accepted == ["N-2"]


@pytest.mark.parametrize(
    ("asked", "waits"), [(3600, timedelta(hours=1)), (10 * 86_400, timedelta(hours=24)), (1, timedelta(seconds=1))]
)
def test_a_receiver_that_asks_us_to_wait_is_left_alone_for_so_long_with_all_its_notices(
    asked: float, waits: timedelta
) -> None:
    outbox = FakeOutbox(a_notice("N-1"), a_notice("N-2", incident="I-2"), a_notice("N-3", MAIL))
    busy, clock = FakeSender(DeliveryError("busy", retryable=True, retry_after_seconds=asked)), Clock()
    mail = FakeSender()
    done = asyncio.run(deliver_due(outbox, {"webhook": busy, MAIL: mail}, clock=clock))
    assert (done, mail.accepted, busy.accepted) == (Delivered(sent=1, failed=1), ["N-3"], [])
    clock.now = NOON + waits - timedelta(seconds=0.5)
    assert not one_round(outbox, busy, clock).any
    clock.now = NOON + waits * 1.1 + timedelta(seconds=6)
    assert one_round(outbox, busy, clock) == Delivered(sent=2)


def test_a_receiver_that_is_down_costs_one_attempt_a_round_and_not_one_for_each_notice() -> None:
    outbox = FakeOutbox(*(a_notice(f"N-{number}", incident=f"I-{number}") for number in range(50)))
    down = FakeSender(DeliveryError("cannot be reached", retryable=True, for_all=True))
    assert one_round(outbox, down) == Delivered(failed=1)
    assert down.accepted == []


def test_what_shares_a_violation_with_a_failed_digest_waits_behind_it() -> None:
    digest = replace(a_notice("N-1"), kind=ChangeKind.DIGEST, violation_ids=("V-0", "V-7"))
    outbox = EagerOutbox(digest, replace(a_notice("N-2", incident="I-7"), violation_ids=("V-7",)))
    sender = FakeSender(DeliveryError("busy", retryable=True))
    assert one_round(outbox, sender) == Delivered(failed=1)
    assert sender.accepted == []


def test_a_notice_whose_receiver_is_no_longer_configured_waits_for_it_to_come_back() -> None:
    outbox = FakeOutbox(a_notice(channel="webhook"))
    assert asyncio.run(deliver_due(outbox, {}, clock=Clock())) == Delivered(failed=1)
    assert "no webhook receiver" in (outbox.rows["N-1"].last_error or "")


class BrokenOutbox(FakeOutbox):
    def mark_sent(self, notice_id: str, at: datetime) -> None:
        if notice_id == "N-1":
            raise StoreError("disk full")
        super().mark_sent(notice_id, at)


def test_an_error_of_the_database_is_passed_on_after_the_other_channels_have_ended_their_round() -> None:
    outbox = BrokenOutbox(a_notice("N-1", "webhook"), a_notice("N-2", MAIL))
    with pytest.raises(StoreError, match="disk full"):
        one_round(outbox, FakeSender())
    assert outbox.rows["N-1"].state is NoticeState.PENDING
    assert outbox.rows["N-2"].state is NoticeState.SENT


def test_waits_grow_and_their_jitter_is_small_the_same_each_time_and_different_between_notices() -> None:
    for attempts, wait in enumerate(WAITS):
        again = next_attempt(a_notice(attempts=attempts), NOON)
        assert again is not None
        assert wait <= again - NOON <= wait * 1.1
        assert again == next_attempt(a_notice(attempts=attempts), NOON)
    assert len({next_attempt(a_notice(f"N-{n}", attempts=2), NOON) for n in range(20)}) == 20
    assert next_attempt(a_notice(attempts=len(WAITS)), NOON) is None
