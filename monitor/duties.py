"""Keeps where duties stand: what a report, the clock or a changed file makes of them is added to their history."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.judging.duties import DutyState, state_of
from monitor.judging.fulfilments import could_tell, tells
from monitor.model.agreements import Agreement, Clause, Duty
from monitor.model.duties import DutyRecord, PartRecord
from monitor.model.reports import Report

if TYPE_CHECKING:
    from monitor.store import Query, Transaction


def note_reports(tx: Transaction, agreements: Sequence[Agreement], new: Sequence[Report], now: datetime) -> int:
    """Record how duties stand that new reports tell of; return how many of them stand otherwise than before."""
    changed = 0
    for agreement, clause, duty in _duties(agreements):
        telling = [report.id for report in new if tells(duty, report)]
        edited = [report.id for report in new if report.version > 1 and could_tell(duty, report)]
        if telling or edited:
            because = [*telling, *_told_before(tx, agreement, clause, set(edited) - set(telling))]
            changed += tx.save_duties(_records(tx, agreement, clause, duty, now, because))
    return changed


def _told_before(query: Query, agreement: Agreement, clause: Clause, edited: Collection[str]) -> list[str]:
    """Return which edited reports have changed the duty in an earlier version: now they may take that back."""
    of_it = (one for one in query.duty_history() if (one.agreement_id, one.clause_id) == (agreement.id, clause.id))
    return sorted({report_id for one in of_it for report_id in one.because} & set(edited)) if edited else []


def note_all(
    tx: Transaction, agreements: Sequence[Agreement], now: datetime, *, only: Callable[[Duty], bool] = lambda _: True
) -> int:
    """Record how duties stand now: the clock may have made one overdue, a changed file may read it otherwise.

    Returns:
        How many stand otherwise than before.
    """
    return sum(
        tx.save_duties(_records(tx, agreement, clause, duty, now, ()))
        for agreement, clause, duty in _duties(agreements)
        if only(duty)
    )


def fell_due(last: datetime, now: datetime) -> Callable[[Duty], bool]:
    """Return a test of whether a duty fell due under any reading between two looks at the clock."""

    def test(duty: Duty) -> bool:
        dues = (read.due.latest for _, read in duty.as_read)
        return any(due is not None and last <= due < now for due in dues)

    return test


def _duties(agreements: Sequence[Agreement]) -> Iterator[tuple[Agreement, Clause, Duty]]:
    for agreement in agreements:
        for clause in agreement.clauses:
            if clause.duty is not None:
                yield agreement, clause, clause.duty


def _records(
    query: Query, agreement: Agreement, clause: Clause, duty: Duty, now: datetime, because: Sequence[str]
) -> Iterator[DutyRecord]:
    """Yield where a duty stands under each reading of it."""
    looked = query.reports_published(duty.looked_at_from, duty.looked_at_until)
    for reading, read in duty.as_read:
        state = state_of(read, looked, now)
        yield DutyRecord(
            agreement_id=agreement.id,
            clause_id=clause.id,
            reading_id=reading.id if reading is not None else None,
            rule_version=agreement.rule_version,
            status=state.status,
            parts=_parts(state),
            words=state.in_words(),
            looked_at=state.looked.reports,
            because=tuple(because),
            recorded_at=now,
        )


def _parts(state: DutyState) -> tuple[PartRecord, ...]:
    return tuple(PartRecord(id=one.item.id, status=one.status, figures=one.figures) for one in state.items)
