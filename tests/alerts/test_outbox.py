"""Delivery with the real store, on each kind of database."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

from monitor.alerts.delivery import Delivered, Sender, deliver_due
from monitor.alerts.files import FileSender
from monitor.alerts.notices import notices_for
from monitor.alerts.receivers import Audience, FileReceiver
from monitor.model.judgements import ChangeKind, NoticeState
from monitor.store import Store
from tests.alerts.test_delivery import Clock, FakeSender
from tests.builders import NOON
from tests.judgement_builders import a_change


def queue(store: Store, path: Path, *kinds: ChangeKind) -> list[str]:
    audience = Audience(file_sink=FileReceiver(path=path))
    notices = [notices_for([a_change(kind)], audience, told={}, now=NOON, backlog=True)[0] for kind in kinds]
    with store.transaction() as tx:
        tx.add_notices(notices)
    return [notice.id for notice in notices]


def one_round(store: Store, sender: Sender, clock: Clock) -> Delivered:
    return asyncio.run(deliver_due(store, {"file": sender}, clock=clock))


def test_a_queued_notice_is_written_once_and_then_stands_as_sent(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "alerts" / "alerts.jsonl"
    ids = queue(store, path, ChangeKind.NEW)
    sender = FileSender(FileReceiver(path=path))
    assert one_round(store, sender, Clock()) == Delivered(sent=1)
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
