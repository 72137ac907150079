"""Delivery with the real store, on each kind of database."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from monitor.alerts.delivery import Delivered, Sender, deliver_due
from monitor.alerts.files import FileSender
from monitor.alerts.notices import Heard, notices_for
from monitor.alerts.receivers import Audience, FileReceiver
from monitor.errors import DeliveryError
from monitor.model.delivery import RateLimit
from monitor.model.judgements import ChangeKind, Notice, NoticeState
from monitor.store import Store
from tests.alerts.test_delivery import Clock, FakeSender, a_notice
from tests.builders import NOON, a_report, a_reported_claim
from tests.judgement_builders import a_change, a_violation


def queue(store: Store, path: Path, *kinds: ChangeKind) -> list[str]:
    audience = Audience(file_sink=FileReceiver(path=path))
    notices = [notices_for([a_change(kind)], audience, heard=Heard(), now=NOON, backlog=True)[0] for kind in kinds]
    with store.transaction() as tx:
        tx.add_notices(notices)
    return [notice.id for notice in notices]


def one_round(store: Store, sender: Sender, clock: Clock) -> Delivered:
    return asyncio.run(deliver_due(store, {"file": sender}, clock=clock))


def test_a_queued_notice_is_written_once_and_then_stands_as_sent(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "alerts" / "alerts.jsonl"
    ids = queue(store, path, ChangeKind.NEW)
    sender = FileSender(FileReceiver(path=path))
    assert one_round(store, sender, Clock()) == Delivered(filed=1)
    assert one_round(store, sender, Clock()) == Delivered()
    assert [json.loads(line)["id"] for line in path.read_text().splitlines()] == ids
    with store.query() as query:
        assert [notice.id for notice in query.notices(NoticeState.SENT)] == ids


def test_the_same_change_queued_again_is_not_told_again(store: Store, tmp_path: Path) -> None:
    sender = FakeSender()
    queue(store, tmp_path / "alerts.jsonl", ChangeKind.NEW)
    one_round(store, sender, Clock())
    queue(store, tmp_path / "alerts.jsonl", ChangeKind.NEW)
    assert one_round(store, sender, Clock()) == Delivered()


def test_a_receiver_that_is_down_for_an_hour_gets_its_notice_afterwards(store: Store, tmp_path: Path) -> None:
    (key,) = queue(store, tmp_path / "alerts.jsonl", ChangeKind.NEW)
    sender, clock = FakeSender(), Clock()
    sender.down = True
    while not sender.accepted and clock.now < NOON + timedelta(hours=5):
        sender.down = clock.now < NOON + timedelta(hours=1)
        one_round(store, sender, clock)
        clock.now += timedelta(minutes=5)
    assert sender.accepted == [key]


def test_an_outage_of_six_hours_loses_nothing_and_keeps_the_order(store: Store) -> None:
    sender, clock, made = FakeSender(), Clock(), 0
    while clock.now < NOON + timedelta(hours=9):
        sender.down = clock.now < NOON + timedelta(hours=6)
        if clock.now - NOON < timedelta(hours=7):
            made += 1
            notice = replace(a_notice(f"N-{made}", incident=f"I-{made % 3}"), created_at=clock.now, due_at=clock.now)
            with store.transaction() as tx:
                tx.add_notices([notice])
        asyncio.run(deliver_due(store, {"webhook": sender}, clock=clock))
        clock.now += timedelta(minutes=15)
    assert sender.accepted == [f"N-{number}" for number in range(1, 29)]
    with store.query() as query:
        assert query.channel_states() == {}


def test_a_receiver_that_asks_us_to_wait_is_left_alone_until_then_though_new_alerts_come(store: Store) -> None:
    sender, clock = FakeSender(DeliveryError("busy", retryable=True, retry_after_seconds=3600)), Clock()
    for minute in range(0, 70, 10):
        clock.now = NOON + timedelta(minutes=minute)
        notice = replace(a_notice(f"N-{minute}", incident=f"I-{minute}"), created_at=clock.now, due_at=clock.now)
        with store.transaction() as tx:
            tx.add_notices([notice])
        asyncio.run(deliver_due(store, {"webhook": sender}, clock=clock))
        assert sender.accepted == ([] if minute < 60 else [f"N-{number}" for number in range(0, 70, 10)])


def test_a_gone_receiver_is_remembered_and_its_notices_can_be_replayed(store: Store) -> None:
    sender, clock = FakeSender(DeliveryError("answered 410", retryable=False, gone=True)), Clock()
    with store.transaction() as tx:
        tx.add_notices([a_notice("N-1"), a_notice("N-2", incident="I-2")])
    assert asyncio.run(deliver_due(store, {"webhook": sender}, clock=clock)) == Delivered(dead=2)
    with store.transaction() as tx:
        assert tx.channel_states()["webhook"].disabled_at == NOON
        assert {notice.state for notice in tx.notices()} == {NoticeState.DEAD}
        tx.forget_channel("webhook")
        assert tx.replay_notice("N-1", NOON)
        assert tx.drop_notice("N-2")
        assert not tx.drop_notice("N-2"), "it is dropped already"
    assert asyncio.run(deliver_due(store, {"webhook": sender}, clock=clock)) == Delivered(sent=1)
    with store.query() as query:
        assert {notice.id: notice.state for notice in query.notices()} == {
            "N-1": NoticeState.SENT, "N-2": NoticeState.DROPPED,
        }  # fmt: skip


def test_the_rate_of_a_channel_counts_what_it_took(store: Store) -> None:
    sender, clock = FakeSender(), Clock()
    with store.transaction() as tx:
        tx.add_notices([a_notice(f"N-{n}", incident=f"I-{n}") for n in range(5)])
    rates = {"webhook": RateLimit(alerts=2, per=timedelta(minutes=1))}
    counts = []
    for second in (0, 59, 61, 122):
        clock.now = NOON + timedelta(seconds=second)
        counts.append(asyncio.run(deliver_due(store, {"webhook": sender}, clock=clock, rates=rates)).sent)
    assert counts == [2, 0, 2, 1]


def test_an_update_waits_behind_the_digest_that_told_of_the_same_violation_first(store: Store, tmp_path: Path) -> None:
    seen = NOON + timedelta(days=9)
    other, mine = (
        a_violation(a_reported_claim(id=key, report=a_report(first_seen=seen)), id=f"V-{key}") for key in ("a", "b")
    )
    audience = Audience(file_sink=FileReceiver(path=tmp_path / "alerts.jsonl"))
    (digest,) = notices_for(
        [a_change(violation=other), a_change(violation=mine)], audience, heard=Heard(), now=NOON, backlog=False
    )
    later = NOON + timedelta(minutes=1)
    (update,) = notices_for(
        [a_change(ChangeKind.WITHDRAWN, mine)],
        audience,
        heard=Heard(told={mine.id: {"file"}}),
        now=later,
        backlog=False,
    )
    assert digest.incident_id != update.incident_id
    with store.transaction() as tx:
        tx.add_notices([digest, update])
        tx.mark_failed(digest.id, "busy", NOON + timedelta(hours=2))
        assert tx.due_notices(NOON + timedelta(hours=1)) == ()
        assert [one.id for one in tx.due_notices(NOON + timedelta(hours=2))] == [digest.id, update.id]


def test_a_channel_with_a_thousand_waiting_holds_up_no_other(store: Store, tmp_path: Path) -> None:
    many = [replace(a_notice(f"N-{n}", "email:desk@example.org", incident=f"I-{n}")) for n in range(1_000)]
    with store.transaction() as tx:
        tx.add_notices([*many, replace(a_notice("N-last"), created_at=NOON + timedelta(hours=1))])
    mail, hook, clock = FakeSender(), FakeSender(), Clock()
    asyncio.run(deliver_due(store, {"email:desk@example.org": mail, "webhook": hook}, clock=clock))
    assert hook.accepted == ["N-last"]
    for _ in range(5):
        asyncio.run(deliver_due(store, {"email:desk@example.org": mail, "webhook": hook}, clock=clock))
    assert sorted(mail.accepted) == sorted(one.id for one in many), "each once"


class SlowSender(FakeSender):
    """A sender during whose first hand-over somebody else comes by."""

    def __init__(self, meanwhile: Callable[[], Awaitable[Delivered]]) -> None:
        super().__init__()
        self.meanwhile = meanwhile
        self.others: list[Delivered] = []

    async def send(self, notice: Notice, now: datetime) -> None:
        self.others.append(await self.meanwhile())
        await super().send(notice, now)


def test_two_processes_on_one_database_send_each_alert_once(store: Store, database_url: str, tmp_path: Path) -> None:
    other, theirs, clock = Store.open(database_url, tmp_path / "evidence"), FakeSender(), Clock()
    mine = SlowSender(lambda: deliver_due(other, {"webhook": theirs}, clock=clock))
    with store.transaction() as tx:
        tx.add_notices([a_notice("N-1"), a_notice("N-2", incident="I-2")])
    assert asyncio.run(deliver_due(store, {"webhook": mine}, clock=clock)) == Delivered(sent=2)
    assert (mine.accepted, theirs.accepted) == (["N-1", "N-2"], [])
    assert mine.others == [Delivered(), Delivered()]
    with store.transaction() as tx:
        tx.add_notices([a_notice("N-3", incident="I-3")])
    assert asyncio.run(deliver_due(other, {"webhook": theirs}, clock=clock)) == Delivered(sent=1), "its turn now"
    other.close()


def test_a_sender_that_was_killed_gives_its_turn_back(store: Store, database_url: str, tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from monitor.store import Store\n"
        "turn = Store.open(sys.argv[1], Path(sys.argv[2])).take_turn(); print(turn is not None, flush=True)\n"
        "time.sleep(60)"
    )
    command = [sys.executable, "-c", program, database_url, str(tmp_path / "evidence")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert store.take_turn() is None
        holder.kill()
    end = time.monotonic() + 20
    while (give_back := store.take_turn()) is None:
        assert time.monotonic() < end, "the turn was not given back"
        time.sleep(0.05)
    give_back()
