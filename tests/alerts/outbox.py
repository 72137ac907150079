"""A fake at the seam `Outbox`: rows in a list, with the rules that the store keeps."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from monitor.model.delivery import ChannelState
from monitor.model.judgements import Notice, NoticeState


class FakeOutbox:
    def __init__(self, *notices: Notice) -> None:
        self.rows = {notice.id: notice for notice in notices}
        self.channels: dict[str, ChannelState] = {}

    @contextmanager
    def query(self) -> Iterator["FakeOutbox"]:
        yield self

    @contextmanager
    def transaction(self) -> Iterator["FakeOutbox"]:
        yield self

    def take_turn(self) -> Callable[[], None]:
        return lambda: None

    def due_notices(self, now: datetime, limit: int, without: Collection[str] = ()) -> Sequence[Notice]:
        late = {(row.channel, row.incident_id) for row in self._waiting() if row.due_at > now}
        free = [row for row in self._waiting() if (row.channel, row.incident_id) not in late]
        return [row for row in free if row.due_at <= now and row.channel not in without][:limit]

    def channel_states(self) -> dict[str, ChannelState]:
        return dict(self.channels)

    def newest_due(self, channel: str, now: datetime) -> datetime | None:
        return max((row.due_at for row in self._waiting(channel) if row.due_at <= now), default=None)

    def refused_others(self, channel: str, notice_id: str) -> bool:
        return any(row.attempts and row.id != notice_id for row in self._waiting(channel))

    def sent_since(self, channel: str, since: datetime) -> int:
        return sum(
            row.channel == channel and row.sent_at is not None and row.sent_at > since for row in self.rows.values()
        )

    def mark_sent(self, notice_id: str, at: datetime) -> None:
        self._change(notice_id, state=NoticeState.SENT, sent_at=at)

    def mark_failed(self, notice_id: str, error: str, next_due: datetime | None) -> None:
        row = self.rows[notice_id]
        state = NoticeState.PENDING if next_due else NoticeState.DEAD
        self._change(notice_id, attempts=row.attempts + 1, last_error=error, state=state, due_at=next_due or row.due_at)

    def mark_unreached(self, notice_id: str, error: str) -> None:
        self._change(notice_id, last_error=error)

    def end_waits(self, channel: str, now: datetime) -> None:
        for row in self._waiting(channel):
            if row.attempts and row.due_at > now:
                self._change(row.id, due_at=now)

    def give_up(self, channel: str, error: str, due_by: datetime | None = None) -> int:
        old = [row for row in self._waiting(channel) if due_by is None or row.due_at <= due_by]
        for row in old:
            self._change(row.id, state=NoticeState.DEAD, last_error=error)
        return len(old)

    def save_channel(self, state: ChannelState) -> None:
        self.channels[state.channel] = state

    def forget_channel(self, channel: str) -> bool:
        return self.channels.pop(channel, None) is not None

    def _waiting(self, channel: str | None = None) -> list[Notice]:
        rows = self.rows.values()
        return [row for row in rows if row.state is NoticeState.PENDING and channel in (None, row.channel)]

    def _change(self, notice_id: str, **values: Any) -> None:
        self.rows[notice_id] = replace(self.rows[notice_id], **values)
