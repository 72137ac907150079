"""The outbox as delivery and its operators see it: what is due, what became of it, and how each channel fares."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from monitor.model.delivery import ChannelState
from monitor.model.judgements import Notice, NoticeState
from monitor.store import outbox
from monitor.store.loading import chunks, mappings
from monitor.store.outbox_tables import CHANNEL, NOTICE, NOTICE_VIOLATION
from monitor.store.rows import Row

#: Notices that are looked through for what can be put together, in one round.
_ARRANGED = 2_000


class OutboxReading:
    """Questions about notices and channels."""

    _connection: Connection

    def notices(
        self, state: NoticeState | None = None, limit: int = 100, *, channel: str | None = None
    ) -> tuple[Notice, ...]:
        """Return notices, newest first."""
        query = select(NOTICE).order_by(NOTICE.c.created_at.desc(), NOTICE.c.id).limit(limit)
        if state is not None:
            query = query.where(NOTICE.c.state == state.value)
        if channel is not None:
            query = query.where(NOTICE.c.channel == channel)
        return tuple(outbox.notice(row) for row in mappings(self._connection, query))

    def notice_ids(self, state: NoticeState) -> tuple[str, ...]:
        """Return the ids of all notices in a state, oldest first."""
        query = select(NOTICE.c.id).where(NOTICE.c.state == state.value).order_by(NOTICE.c.created_at, NOTICE.c.id)
        return tuple(self._connection.execute(query).scalars())

    def notice(self, notice_id: str) -> Notice | None:
        """Return a notice, if there is one of that id."""
        found = mappings(self._connection, select(NOTICE).where(NOTICE.c.id == notice_id))
        return next((outbox.notice(row) for row in found), None)

    def told_of(self, occasion_ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Return the channels that a notice of each occasion was queued for; none of one that nobody was told of."""
        query = select(NOTICE.c.incident_id, NOTICE.c.channel).where(NOTICE.c.incident_id.in_(list(occasion_ids)))
        found: dict[str, set[str]] = {}
        for occasion_id, channel in self._connection.execute(query):
            found.setdefault(occasion_id, set()).add(channel)
        return {key: frozenset(channels) for key, channels in found.items()}

    def told_at(self, occasion_id: str) -> datetime | None:
        """Return when the first notice of an occasion was made; None where there is none."""
        query = select(func.min(NOTICE.c.created_at)).where(NOTICE.c.incident_id == occasion_id)
        first: datetime | None = self._connection.execute(query).scalar_one()
        return first

    def due_notices(self, now: datetime, limit: int = 100, without: Collection[str] = ()) -> tuple[Notice, ...]:
        """Return the notices that wait and are due, as they were made, at most `limit` for each channel.

        None that belongs to a channel of `without`; and none overtakes an older one of the same channel, and about the
        same, that still waits for its next attempt.
        """
        query = outbox.due(now, limit, without)
        return tuple(outbox.notice(row) for row in mappings(self._connection, query))

    def newest_due(self, channel: str, now: datetime) -> datetime | None:
        """Return when the waiting notice of a channel that became due last did so; None where none is due."""
        query = select(func.max(NOTICE.c.due_at)).where(*_waiting(channel), NOTICE.c.due_at <= now)
        newest: datetime | None = self._connection.execute(query).scalar_one()
        return newest

    def refused_others(self, channel: str, notice_id: str) -> bool:
        """Return whether another notice of the channel waits that was refused before."""
        query = select(NOTICE.c.id).where(*_waiting(channel), NOTICE.c.attempts > 0, NOTICE.c.id != notice_id).limit(1)
        return self._connection.execute(query).first() is not None

    def sent_since(self, channel: str, since: datetime) -> int:
        """Return how many notices a channel has taken since then."""
        query = select(func.count()).where(NOTICE.c.channel == channel, NOTICE.c.sent_at > since)
        return int(self._connection.execute(query).scalar_one())

    def untried(self) -> tuple[Notice, ...]:
        """Return the notices that wait and were never tried, by channel, oldest first; not those of the file."""
        query = (
            select(NOTICE)
            .where(NOTICE.c.state == NoticeState.PENDING.value, NOTICE.c.attempts == 0, NOTICE.c.last_error.is_(None))
            .where(NOTICE.c.channel != "file")
            .order_by(NOTICE.c.channel, NOTICE.c.created_at, NOTICE.c.id)
            .limit(_ARRANGED)
        )
        return tuple(outbox.notice(row) for row in mappings(self._connection, query))

    def sent_notices(self, since: datetime, channels: Iterable[str]) -> tuple[Notice, ...]:
        """Return the notices that some channels have taken since then, oldest first."""
        query = (
            select(NOTICE)
            .where(NOTICE.c.channel.in_(list(channels)), NOTICE.c.sent_at > since)
            .where(NOTICE.c.state == NoticeState.SENT.value)
            .order_by(NOTICE.c.sent_at, NOTICE.c.id)
        )
        return tuple(outbox.notice(row) for row in mappings(self._connection, query))

    def groups_sent(self, channel: str) -> Mapping[str, datetime]:
        """Return when a channel was sent the last message of each group."""
        query = (
            select(NOTICE.c.group_key, func.max(NOTICE.c.sent_at))
            .where(NOTICE.c.channel == channel, NOTICE.c.group_key.is_not(None), NOTICE.c.sent_at.is_not(None))
            .group_by(NOTICE.c.group_key)
        )
        return {str(key): sent for key, sent in self._connection.execute(query)}

    def channel_states(self) -> Mapping[str, ChannelState]:
        """Return what is remembered of channels that have failed, by channel."""
        found = (_state(row) for row in mappings(self._connection, select(CHANNEL)))
        return {state.channel: state for state in found}

    def told(self, violation_ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Return the channels that were ever told of a violation, or are to be, by violation; no entry for nobody."""
        return outbox.told(self._connection, violation_ids)

    def hushed(self, violation_ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Return the channels that would have been told of a violation but for a silence, by violation."""
        return outbox.told(self._connection, violation_ids, hushed=True)


class OutboxWriting(OutboxReading):
    """What becomes of notices and channels."""

    def mark_sent(self, notice_id: str, at: datetime) -> None:
        """Record that a notice was handed over."""
        self._set(
            NOTICE.c.id == notice_id,
            state=NoticeState.SENT.value,
            sent_at=at,
            attempts=NOTICE.c.attempts + 1,
            last_error=None,
        )

    def mark_failed(self, notice_id: str, error: str, next_due: datetime | None) -> None:
        """Record that a notice was refused, and when it is tried again; with None, it is given up."""
        values: Row = {"last_error": error, "attempts": NOTICE.c.attempts + 1}
        values |= {"state": NoticeState.DEAD.value} if next_due is None else {"due_at": next_due}
        self._set(NOTICE.c.id == notice_id, **values)

    def mark_unreached(self, notice_id: str, error: str) -> None:
        """Record that a notice met a receiver that was down; it stays due."""
        self._set(NOTICE.c.id == notice_id, last_error=error)

    def put_together(self, parts: Sequence[Notice], message: Notice) -> None:
        """Put one message into the outbox in place of several: they keep their rows, and name it."""
        self._connection.execute(insert(NOTICE).values(outbox.notice_row(message)))
        if about := outbox.violation_rows([message]):
            self._connection.execute(insert(NOTICE_VIOLATION), about)
        for ids in chunks(one.id for one in parts):
            self._set(NOTICE.c.id.in_(ids), state=NoticeState.MERGED.value, merged_into=message.id)

    def put_off(self, parts: Sequence[Notice], due_at: datetime, why: str) -> None:
        """Let notices be due later."""
        for ids in chunks(one.id for one in parts):
            self._set(NOTICE.c.id.in_(ids), due_at=due_at, held_because=why)

    def end_waits(self, channel: str, now: datetime) -> None:
        """Make notices that wait because they were refused due now: their receiver is down, and all wait together."""
        self._set(and_(*_waiting(channel), NOTICE.c.attempts > 0, NOTICE.c.due_at > now), due_at=now)

    def give_up(self, channel: str, error: str, due_by: datetime | None = None) -> int:
        """Give up what waits on a channel, all of it or what was due by then; return how many notices that were."""
        waiting = and_(*_waiting(channel), *(() if due_by is None else (NOTICE.c.due_at <= due_by,)))
        return self._set(waiting, state=NoticeState.DEAD.value, last_error=error)

    def replay_notice(self, notice_id: str, due_at: datetime) -> bool:
        """Queue a notice again under its id, with its attempts counted anew; return whether there is such a notice."""
        values = {"state": NoticeState.PENDING.value, "due_at": due_at, "attempts": 0, "sent_at": None}
        return self._set(NOTICE.c.id == notice_id, **values) > 0

    def drop_notice(self, notice_id: str) -> bool:
        """Take a notice that waits, or was given up, out of the outbox; return whether there was one to take out."""
        open_states = (NoticeState.PENDING.value, NoticeState.DEAD.value)
        open_one = and_(NOTICE.c.id == notice_id, NOTICE.c.state.in_(open_states))
        return self._set(open_one, state=NoticeState.DROPPED.value) > 0

    def save_channel(self, state: ChannelState) -> None:
        """Remember how a channel fares."""
        self.forget_channel(state.channel)
        row = {field.name: getattr(state, field.name) for field in fields(ChannelState)}
        self._connection.execute(insert(CHANNEL).values(row))

    def forget_channel(self, channel: str) -> bool:
        """Remember no trouble of a channel any more; return whether there was any."""
        return self._connection.execute(delete(CHANNEL).where(CHANNEL.c.channel == channel)).rowcount > 0

    def _set(self, which: ColumnElement[bool], **values: Any) -> int:
        return self._connection.execute(update(NOTICE).where(which).values(values)).rowcount


def _waiting(channel: str) -> tuple[ColumnElement[bool], ...]:
    return NOTICE.c.channel == channel, NOTICE.c.state == NoticeState.PENDING.value


def _state(row: Mapping[str, Any]) -> ChannelState:
    return ChannelState(**{field.name: row[field.name] for field in fields(ChannelState)})
