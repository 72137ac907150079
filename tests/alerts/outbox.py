"""A fake at the seam `Outbox`: rows in a list, with the rules that the store keeps."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from monitor.model.judgements import Notice, NoticeState


class FakeOutbox:
    def __init__(self, *notices: Notice) -> None:
        self.rows = {notice.id: notice for notice in notices}

    @contextmanager
    def query(self) -> Iterator["FakeOutbox"]:
        yield self

    @contextmanager
    def transaction(self) -> Iterator["FakeOutbox"]:
        yield self

    def take_turn(self) -> Callable[[], None]:
        return lambda: None

    def due_notices(self, now: datetime, limit: int) -> Sequence[Notice]:
        first: dict[tuple[str, str], Notice] = {}
        for notice in self.rows.values():
            if notice.state is NoticeState.PENDING:
                first.setdefault((notice.channel, notice.incident_id), notice)
        return [notice for notice in first.values() if notice.due_at <= now][:limit]

    def mark_sent(self, notice_id: str, at: datetime) -> None:
        self.rows[notice_id] = replace(self.rows[notice_id], state=NoticeState.SENT, sent_at=at)

    def postpone(self, channel: str, until: datetime) -> None:
        for key, row in self.rows.items():
            if row.channel == channel and row.state is NoticeState.PENDING and row.due_at < until:
                self.rows[key] = replace(row, due_at=until)

    def mark_failed(self, notice_id: str, error: str, next_due: datetime | None) -> None:
        row = self.rows[notice_id]
        state = NoticeState.PENDING if next_due else NoticeState.DEAD
        due = next_due or row.due_at
        self.rows[notice_id] = replace(row, attempts=row.attempts + 1, last_error=error, state=state, due_at=due)
