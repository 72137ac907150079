"""The outbox: notices, and who was told of which violation."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, select

from monitor.model.judgements import ChangeKind, Notice, NoticeState
from monitor.store.loading import chunks
from monitor.store.outbox_tables import NOTICE, NOTICE_VIOLATION
from monitor.store.rows import Row


def notice_row(notice: Notice) -> Row:
    """Return the row of a notice."""
    row = {field.name: getattr(notice, field.name) for field in fields(Notice)}
    return row | {
        "kind": notice.kind.value,
        "state": notice.state.value,
        "violation_ids": list(notice.violation_ids),
    }


def notice(row: Mapping[str, Any]) -> Notice:
    """Return a notice."""
    values = {field.name: row[field.name] for field in fields(Notice)}
    return Notice(
        **values
        | {
            "kind": ChangeKind(row["kind"]),
            "state": NoticeState(row["state"]),
            "violation_ids": tuple(row["violation_ids"]),
        }
    )


def violation_rows(notices: Iterable[Notice]) -> list[Row]:
    """Return the rows that say which violations notices are about."""
    return [{"notice_id": one.id, "violation_id": key} for one in notices for key in dict.fromkeys(one.violation_ids)]


def told(connection: Connection, violation_ids: Iterable[str], *, hushed: bool = False) -> dict[str, frozenset[str]]:
    """Return the channels that any notice about a violation was queued for, by violation; or those that a silence kept.

    A notice that was given up counts too: a receiver that answers too late has it all the same. One that a silence kept
    back does not.
    """
    silenced = NOTICE.c.state == NoticeState.SILENCED.value
    found: dict[str, set[str]] = {}
    for ids in chunks(dict.fromkeys(violation_ids)):
        query = (
            select(NOTICE_VIOLATION.c.violation_id, NOTICE.c.channel)
            .join(NOTICE, NOTICE.c.id == NOTICE_VIOLATION.c.notice_id)
            .where(NOTICE_VIOLATION.c.violation_id.in_(ids), silenced if hushed else ~silenced)
        )
        for violation_id, channel in connection.execute(query):
            found.setdefault(violation_id, set()).add(channel)
    return {key: frozenset(channels) for key, channels in found.items()}


def due(now: datetime, limit: int, without: Collection[str] = ()) -> Select[tuple[Any, ...]]:
    """Select the notices that wait and are due, as they were made, at most `limit` for each channel.

    None belongs to a channel of `without`. None overtakes an older one of its channel that still waits for its next
    attempt, and that tells of the same incident or, as a digest does, of the same violation.
    """
    waiting = and_(NOTICE.c.state == NoticeState.PENDING.value, NOTICE.c.due_at <= now)
    if without:
        waiting = and_(waiting, NOTICE.c.channel.not_in(without))
    order = (NOTICE.c.created_at, NOTICE.c.id)
    place = func.row_number().over(partition_by=NOTICE.c.channel, order_by=order).label("place")
    ranked = select(NOTICE.c.id, place).where(waiting, ~_behind_its_incident(now), ~_behind_its_violation(now))
    first = ranked.subquery()
    return select(NOTICE).join(first, first.c.id == NOTICE.c.id).where(first.c.place <= limit).order_by(*order)


def _behind_its_incident(now: datetime) -> ColumnElement[bool]:
    older = NOTICE.alias("older_of_incident")
    return exists().where(older.c.incident_id == NOTICE.c.incident_id, *_holds_up(older, now))


def _behind_its_violation(now: datetime) -> ColumnElement[bool]:
    older = NOTICE.alias("older_of_violation")
    mine, theirs = NOTICE_VIOLATION.alias("mine"), NOTICE_VIOLATION.alias("theirs")
    return exists().where(
        mine.c.notice_id == NOTICE.c.id,
        theirs.c.violation_id == mine.c.violation_id,
        theirs.c.notice_id == older.c.id,
        *_holds_up(older, now),
    )


def _holds_up(older: Any, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        older.c.channel == NOTICE.c.channel,
        older.c.state == NoticeState.PENDING.value,
        older.c.due_at > now,
        older.c.created_at < NOTICE.c.created_at,
    )
