"""Whoever runs the monitor hears of what is not well: once when it begins, after a day again, once when it ends."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.alerts.receivers import Audience
from monitor.health import AGAIN, Trouble, tell_operators, troubles_of
from monitor.model.delivery import ChannelState
from monitor.model.judgements import ChangeKind
from monitor.model.reports import PollState
from monitor.store import Store
from tests.alerts.test_routing import A_CHANGE, a_receiver, told
from tests.alerts.test_routing import an_audience as everybody
from tests.builders import NOON
from tests.databases import database_url as database_url
from tests.ingest.feeds import a_feed

HOUR = timedelta(hours=1)
DOWN = Trouble(key="feed:alpha", text="the feed alpha fails")
FULL = Trouble(key="disk", text="only 3 MiB are free")
AUDIENCE = replace(everybody(a_receiver("desk"), a_receiver("ops")), operators=("ops",))


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(database_url, tmp_path / "evidence")) as opened:
        yield opened


def tell(store: Store, *troubles: Trouble, hours: float = 0, audience: Audience = AUDIENCE) -> int:
    with store.transaction() as tx:
        return tell_operators(tx, troubles, audience, NOON + hours * HOUR)


def messages(store: Store) -> list[tuple[str, str]]:
    with store.query() as query:
        found = sorted(query.notices(), key=lambda notice: notice.created_at)
    assert {one.kind for one in found} <= {ChangeKind.OPERATIONS}
    return [(one.channel, json.loads(one.payload)["data"]["what_changed"].partition(": ")[2]) for one in found]


def test_a_trouble_is_told_to_operators_alone_when_it_begins_after_a_day_and_when_it_ends(store: Store) -> None:
    for hours in (0, 1, 12):
        tell(store, DOWN, hours=hours)
    assert messages(store) == [("webhook:ops", "began: the feed alpha fails")]
    tell(store, DOWN, FULL, hours=AGAIN / HOUR)
    assert messages(store)[1:] == [("webhook:ops", "began: only 3 MiB are free; still so: the feed alpha fails")]
    tell(store, FULL, hours=26)
    tell(store, FULL, hours=27)
    assert messages(store)[2:] == [("webhook:ops", "ended: the feed alpha fails")]


def test_without_operators_nothing_is_queued_and_it_is_not_told_later_as_new(store: Store) -> None:
    assert tell(store, DOWN, audience=everybody(a_receiver("desk"))) == 0
    assert messages(store) == []


def test_operators_hear_of_no_violation_unless_a_route_names_them() -> None:
    assert [one.channel for one in told(A_CHANGE, AUDIENCE)] == ["webhook:desk"]
    alone = replace(everybody(a_receiver("ops")), operators=("ops",))
    assert [one.channel for one in told(A_CHANGE, alone)] == ["file"]


def test_what_is_not_well_is_found_and_what_passes_by_itself_is_not(store: Store, tmp_path: Path) -> None:
    feeds = [a_feed(id=name) for name in ("well", "once", "down", "gone", "off")]
    feeds[-1] = replace(feeds[-1], enabled=False)
    states = (
        PollState(feed_id="well"),
        PollState(feed_id="once", failures=1, last_error="timeout"),
        PollState(feed_id="down", failures=3, last_error="answered\n500", last_success_at=NOON),
        PollState(feed_id="gone", gone=True),
        PollState(feed_id="off", failures=9),
    )
    channels = (
        ChannelState(channel="webhook:new", failures=1, failing_since=NOON - timedelta(minutes=1), reason="refused"),
        ChannelState(channel="email:desk:a@b.example", failures=9, failing_since=NOON - HOUR, reason="refused"),
        ChannelState(channel="webhook:left", disabled_at=NOON, reason="answered 410"),
    )
    with store.transaction() as tx:
        for state in states:
            tx.save_poll_state(state)
        for channel in channels:
            tx.save_channel(channel)
    with store.query() as query:
        found = {one.key: one.text for one in troubles_of(query, feeds, tmp_path, NOON)}
    assert found == {
        "feed:down": "the feed down fails (3 times in a row, last well 2 April 2025 12:00 UTC): answered 500",
        "feed:gone": "the feed gone is gone for good (410); take it off the list",
        "channel:email:desk:a@b.example": "the channel email:desk is down since 2 April 2025 11:00 UTC, alerts wait: "
        "refused",
        "channel:webhook:left": "the channel webhook:left is disabled: answered 410",
    }
