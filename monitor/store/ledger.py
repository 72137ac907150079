"""What parties announce: the rows of statements, and the questions about them and about tallies."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, exists, func, select

from monitor.model.claims import ReportedStatement, ReportedTally, Statement
from monitor.model.reports import Report
from monitor.store import rows
from monitor.store.loading import mappings, until
from monitor.store.tables import EXTRACTION, REPORT, STATEMENT, TALLY

_STATEMENT = TypeAdapter(Statement)


def statement_row(report: Report, statement: Statement, recorded_at: datetime, *, backlog: bool) -> rows.Row:
    """Return the row of a statement; `backlog`: it alerts nobody."""
    return {
        "statement_id": statement.id,
        "report_id": report.id,
        "version": report.version,
        "kind": statement.kind.value,
        "party": statement.speaker.party,
        "announced_at": report.came,
        "payload": rows.as_plain(_STATEMENT, statement),
        "recorded_at": recorded_at,
        "backlog": backlog,
    }


def tallies(
    connection: Connection, since: datetime | None, until_time: datetime | None, as_of: datetime | None
) -> tuple[ReportedTally, ...]:
    """Return the tallies whose counted time overlaps since..until_time, by when that begins."""
    where: list[ColumnElement[bool]] = []
    if since is not None:
        where.append(TALLY.c.to_time >= since)
    if until_time is not None:
        where.append(TALLY.c.from_time <= until_time)
    query = _of_newest_version(TALLY, as_of).where(*where).order_by(TALLY.c.from_time, TALLY.c.tally_id)
    found = mappings(connection, query)
    reports = _reports(connection, TALLY, as_of)
    return tuple(
        ReportedTally(tally=rows.tally(row), report=reports[row["report_id"], row["version"]]) for row in found
    )


def statements(
    connection: Connection, as_of: datetime | None, since: datetime | None = None
) -> tuple[ReportedStatement, ...]:
    """Return all statements, or those announced since then, by when they were announced."""
    later = () if since is None else (STATEMENT.c.announced_at >= since,)
    query = _of_newest_version(STATEMENT, as_of).where(*later)
    found = mappings(connection, query.order_by(STATEMENT.c.announced_at, STATEMENT.c.statement_id))
    reports = _reports(connection, STATEMENT, as_of, *later)
    return tuple(
        ReportedStatement(
            statement=_STATEMENT.validate_python(row["payload"]),
            report=reports[row["report_id"], row["version"]],
            backlog=row["backlog"],
        )
        for row in found
    )


def _of_newest_version(table: Table, as_of: datetime | None) -> Select[tuple[Any, ...]]:
    """Select what the newest version of each report that was read until then announces."""
    later = EXTRACTION.alias("later")
    superseded = exists().where(
        later.c.report_id == table.c.report_id, later.c.version > table.c.version, until(later, as_of)
    )
    return select(table).where(until(table, as_of), ~superseded)


def _reports(
    connection: Connection, table: Table, as_of: datetime | None, *where: ColumnElement[bool]
) -> Mapping[tuple[str, int], Report]:
    """Return the reports that rows of a table come from, in one query."""
    of_it = and_(REPORT.c.report_id == table.c.report_id, REPORT.c.version == table.c.version)
    query = select(REPORT).join(table, of_it).where(until(table, as_of), *where).distinct()
    found: Sequence[Mapping[str, Any]] = mappings(connection, query)
    return {(row["report_id"], row["version"]): rows.report(row) for row in found}


def reports_published(
    connection: Connection, start: datetime, end: datetime, as_of: datetime | None
) -> tuple[Report, ...]:
    """Return the newest version of each report, of those that came in a stretch of time, in the order of publication.

    An edit may move a report's day of publication into the stretch or out of it: its newest version decides.
    """
    came = func.coalesce(REPORT.c.published, REPORT.c.first_seen)
    of_any_version = select(REPORT.c.report_id).where(came >= start, came <= end)
    query = select(REPORT).where(REPORT.c.report_id.in_(of_any_version)).order_by(REPORT.c.version)
    if as_of is not None:
        query = query.where(REPORT.c.first_seen <= as_of)
    newest = {row["report_id"]: rows.report(row) for row in mappings(connection, query)}
    inside = [one for one in newest.values() if start <= one.came <= end]
    return tuple(sorted(inside, key=lambda one: (one.came, one.id)))
