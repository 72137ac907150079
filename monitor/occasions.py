"""Gathers the occasions of agreements from the rules and the store: what came since a moment, and what is to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.judging.clock import (
    announced_occasions,
    due_id,
    duty_changed_occasion,
    duty_occasion,
    duty_text,
    window_occasions,
)
from monitor.judging.duties import state_of
from monitor.judging.ledger import declarations
from monitor.model.agreements import Agreement, Clause, Duty, DutyReading
from monitor.model.occasions import Occasion

# What is scheduled can be told without a database, whose libraries take a while to import.
if TYPE_CHECKING:
    from monitor.store import Query

#: An announcement that is relayed so much later is no news any more.
_STALE = timedelta(days=7)


def scheduled(agreements: Iterable[Agreement]) -> tuple[Occasion, ...]:
    """Return when all windows open and close, in order."""
    found = [one for agreement in agreements for one in window_occasions(agreement)]
    return tuple(sorted(found, key=lambda one: (one.at, one.id)))


@dataclass(frozen=True, kw_only=True)
class Looked:
    """When the monitor first looked at the clock, and when last: what lay before the first look is no news."""

    first: datetime
    last: datetime


def since(query: Query, agreements: Sequence[Agreement], looked: Looked, now: datetime) -> tuple[Occasion, ...]:
    """Return what came since the last look, until `now`, in order: windows, duties that fell due, announcements.

    An announcement comes out at every look of a week, with the statements that relay it: who was told of one of them
    needs not be told again. So does a change of a duty of which people were told that it fell due.
    """
    windows = (one for one in scheduled(agreements) if looked.last < one.at <= now)
    newest = max(looked.first, now - _STALE)
    said = [one for one in query.statements(now, newest) if newest < one.announced <= now]
    found = [
        *windows,
        *_duties(query, agreements, looked.last, now),
        *_changed_duties(query, agreements, now),
        *announced_occasions(declarations(said)),
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.id)))


def _duties(query: Query, agreements: Sequence[Agreement], last: datetime, now: datetime) -> Iterator[Occasion]:
    for agreement, clause, reading, duty in duties(agreements):
        if duty.due.latest is None or not last <= duty.due.latest < now:
            continue
        looked = query.reports_published(duty.looked_at_from, duty.looked_at_until, now)
        occasion = duty_occasion(agreement, clause, reading, duty, state_of(duty, looked, now))
        if occasion is not None:
            yield occasion


def _changed_duties(query: Query, agreements: Sequence[Agreement], now: datetime) -> Iterator[Occasion]:
    newest = {one.key: one for one in query.duty_history(now) if one.because and one.recorded_at > now - _STALE}
    for agreement, clause, reading, duty in duties(agreements) if newest else ():
        record = newest.get((agreement.id, clause.id, reading.id if reading else None))
        if record is None or duty.due.latest is None:
            continue
        due = due_id(agreement, clause, reading, duty.due.latest)
        told = query.told_at(due)
        if told is not None and told < record.recorded_at:
            because = [report for one in record.because if (report := query.report(one)) is not None]
            said = duty_text(agreement, clause, reading)
            yield duty_changed_occasion(due, record, said, state_of(duty, because, now))


def duties(agreements: Iterable[Agreement]) -> Iterator[tuple[Agreement, Clause, DutyReading | None, Duty]]:
    """Yield each duty as each reading has it."""
    for agreement in agreements:
        for clause in agreement.clauses:
            for reading, duty in clause.duty.as_read if clause.duty is not None else ():
                yield agreement, clause, reading, duty
