"""What is not well, for whoever runs the monitor: feeds, channels, alerts given up, reports unread, disk.

The daemon tells operators when something begins to be so, after a day again, and when it ends.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.alerts.message import Envelope, body_of_operations
from monitor.alerts.receivers import Audience
from monitor.model import words
from monitor.model.judgements import ChangeKind, Notice, NoticeState, stable_id
from monitor.model.reports import Feed, PollState
from monitor.model.text import one_line

if TYPE_CHECKING:
    from monitor.store import Query, Transaction

#: A feed that failed so often in a row is down; once or twice is the weather of the net.
FAILURES = 3
#: A channel is down for operators once it has failed for so long: most outages are shorter.
DOWN_FOR = timedelta(minutes=10)
#: Less free space than this, in bytes, and soon nothing more can be stored.
FREE = 500 * 2**20
#: What goes on is told again after so long.
AGAIN = timedelta(days=1)
#: Under this name it is kept what operators were told of.
OPERATORS_TOLD = "operators_told"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """One thing that is not well. `key` stays the same while it goes on."""

    key: str
    text: str


def troubles_of(query: Query, feeds: Sequence[Feed], folder: Path, now: datetime) -> tuple[Trouble, ...]:
    """Return what is not well.

    Args:
        query: the store.
        feeds: the list of feeds.
        folder: where data is kept.
        now: the present (aware).
    """
    return (
        *_of_feeds(feeds, query.poll_states()),
        *_of_channels(query, now),
        *_of_reports(query),
        *_of_disk(folder),
    )


def _of_feeds(feeds: Iterable[Feed], states: Mapping[str, PollState]) -> Iterator[Trouble]:
    for feed in feeds:
        state = states.get(feed.id)
        if not feed.enabled or state is None:
            continue
        if state.gone:
            yield Trouble(
                key=f"feed:{feed.id}", text=f"the feed {feed.id} is gone for good (410); take it off the list"
            )
        elif state.failures >= FAILURES:
            last = words.moment(state.last_success_at) if state.last_success_at else "never"
            why = one_line(state.last_error or "", 120)
            text = f"the feed {feed.id} fails ({state.failures} times in a row, last well {last}): {why}"
            yield Trouble(key=f"feed:{feed.id}", text=text)


def _of_channels(query: Query, now: datetime) -> Iterator[Trouble]:
    for state in query.channel_states().values():
        why = one_line(state.reason or "", 200)
        if state.disabled_at is not None:
            yield Trouble(key=f"channel:{state.channel}", text=f"the channel {_kind(state.channel)} is disabled: {why}")
        elif state.failing_since is not None and now - state.failing_since >= DOWN_FOR:
            since = words.moment(state.failing_since)
            text = f"the channel {_kind(state.channel)} is down since {since}, alerts wait: {why}"
            yield Trouble(key=f"channel:{state.channel}", text=text)
    dead = len(query.notice_ids(NoticeState.DEAD))
    if dead:
        yield Trouble(key="dead", text=f"{dead} alerts were given up: see `ceasefire alerts outbox list --state dead`")


def _kind(channel: str) -> str:
    """Return a channel without its address, which is a person's."""
    return ":".join(part for part in channel.split(":") if "@" not in part)


def _of_reports(query: Query) -> Iterator[Trouble]:
    unread = len(query.failed_readings())
    if unread:
        yield Trouble(key="unread", text=f"{unread} stored reports could not be read: see `ceasefire doctor`")


def _of_disk(folder: Path) -> Iterator[Trouble]:
    free = shutil.disk_usage(folder).free
    if free < FREE:
        yield Trouble(key="disk", text=f"only {free // 2**20} MiB are free where data is kept")


def tell_operators(tx: Transaction, troubles: Sequence[Trouble], audience: Audience, now: datetime) -> int:
    """Queue notices of what began, still goes on after a day, and ended; return how many. Each is told once.

    What operators were told of is kept in the same transaction.
    """
    before: dict[str, dict[str, str]] = json.loads(tx.meta(OPERATORS_TOLD) or "{}")
    present = {one.key: one.text for one in troubles}
    begun = [key for key in present if key not in before]
    again = [key for key in present if key in before and now - datetime.fromisoformat(before[key]["told"]) >= AGAIN]
    ended = [key for key in before if key not in present]
    if not (begun or again or ended):
        return 0
    lines = [f"began: {present[key]}" for key in begun]
    lines += [f"still so: {present[key]}" for key in again]
    lines += [f"ended: {before[key]['text']}" for key in ended]
    kept = {key: before[key] for key in before if key in present}
    kept |= {key: {"text": present[key], "told": now.isoformat()} for key in (*begun, *again)}
    tx.set_meta(OPERATORS_TOLD, json.dumps(kept))
    return tx.add_notices(_notices(lines, audience, now))


def _notices(lines: Sequence[str], audience: Audience, now: datetime) -> Iterator[Notice]:
    for channel in audience.channels_of(audience.operators):
        key = stable_id("N", channel, "operations", now.isoformat(), *lines)
        yield Notice(
            id=key,
            channel=channel,
            kind=ChangeKind.OPERATIONS,
            incident_id=key,
            violation_ids=(),
            payload=body_of_operations(Envelope(id=key, source=audience.source, created_at=now), lines),
            created_at=now,
            due_at=now,
        )
