import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.alerts.delivery import WAITS, Delivered, Sender, deliver_due, next_attempt
from monitor.errors import DeliveryError, StoreError
from monitor.model.judgements import ChangeKind, Notice, NoticeState
from tests.alerts.outbox import FakeOutbox
from tests.builders import NOON


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

    async def send(self, notice: Notice, now: datetime) -> None:
        if self.down:
            raise DeliveryError("down", retryable=True)
        if self.errors:
            raise self.errors.pop(0)
        self.accepted.append(notice.id)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def one_round(outbox: FakeOutbox, sender: Sender, clock: Clock | None = None) -> Delivered:
    return asyncio.run(deliver_due(outbox, {"webhook": sender, "email": sender}, clock=clock or Clock()))


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


def test_a_receiver_that_never_answers_is_given_up_after_about_three_days() -> None:
    outbox, sender, clock = FakeOutbox(a_notice()), FakeSender(), Clock()
    sender.down = True
    while outbox.rows["N-1"].state is NoticeState.PENDING:
        clock.now = outbox.rows["N-1"].due_at
        one_round(outbox, sender, clock)
    assert timedelta(days=3) <= clock.now - NOON <= timedelta(days=3.6)
    assert outbox.rows["N-1"].attempts == len(WAITS) + 1


def test_after_an_outage_of_six_hours_everything_is_delivered_in_order() -> None:
    notices = [a_notice(f"N-{number}", incident=f"I-{number % 3}") for number in range(12)]
    outbox, sender, clock = FakeOutbox(*notices), FakeSender(), Clock()
    sender.down = True
    while clock.now < NOON + timedelta(hours=30):
        sender.down = clock.now < NOON + timedelta(hours=6)
        one_round(outbox, sender, clock)
        clock.now += timedelta(minutes=10)
    assert len(sender.accepted) == 12
    for incident in range(3):
        own = [key for key in sender.accepted if int(key[2:]) % 3 == incident]
        assert own == sorted(own, key=lambda key: int(key[2:]))


class EagerOutbox(FakeOutbox):
    """An outbox that hands out every due notice, also those behind an older one of their incident."""

    def due_notices(self, now: datetime, limit: int) -> Sequence[Notice]:
        return [one for one in self.rows.values() if one.state is NoticeState.PENDING and one.due_at <= now][:limit]


def test_within_a_round_a_later_notice_waits_behind_the_failed_one_of_its_incident_and_others_do_not() -> None:
    outbox = EagerOutbox(a_notice("N-1"), a_notice("N-2"), a_notice("N-3", incident="I-2"))
    sender = FakeSender(DeliveryError("busy", retryable=True))
    assert one_round(outbox, sender) == Delivered(sent=1, failed=1)
    assert sender.accepted == ["N-3"]


def test_one_channel_that_is_down_does_not_hold_up_another() -> None:
    outbox = FakeOutbox(a_notice("N-1", "webhook"), a_notice("N-2", "email:desk@example.org"))
    hook, mail = FakeSender(), FakeSender()
    hook.down = True
    done = asyncio.run(deliver_due(outbox, {"webhook": hook, "email": mail}, clock=Clock()))
    assert done == Delivered(sent=1, failed=1)
    assert mail.accepted == ["N-2"]


@pytest.mark.parametrize(
    ("asked", "waits"), [(3600, timedelta(hours=1)), (10 * 86_400, timedelta(hours=24)), (1, timedelta(seconds=1))]
)
def test_a_receiver_that_asks_us_to_wait_is_left_alone_for_so_long_with_all_its_notices(
    asked: float, waits: timedelta
) -> None:
    outbox = FakeOutbox(a_notice("N-1"), a_notice("N-2", incident="I-2"), a_notice("N-3", "email:desk@example.org"))
    busy, clock = FakeSender(DeliveryError("busy", retryable=True, retry_after_seconds=asked)), Clock()
    mail = FakeSender()
    done = asyncio.run(deliver_due(outbox, {"webhook": busy, "email": mail}, clock=clock))
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
    outbox = BrokenOutbox(a_notice("N-1", "webhook"), a_notice("N-2", "email:desk@example.org"))
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
