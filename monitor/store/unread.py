"""Reports whose reading failed: stored, shown, and read again later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, select

from monitor.model.reports import FailedReading, Report
from monitor.store import rows
from monitor.store.loading import mappings, newest, until
from monitor.store.rows import Row
from monitor.store.tables import EXTRACTION, FAILED_READING, REPORT


def failed_row(report: Report, error: str, program: str, backlog: bool, recorded_at: datetime) -> Row:
    """Return the row of one failure."""
    return {
        "report_id": report.id,
        "version": report.version,
        "recorded_at": recorded_at,
        "error": error,
        "program": program,
        "backlog": backlog,
    }


def failed_readings(connection: Connection, as_of: datetime | None) -> tuple[FailedReading, ...]:
    """Return the newest failure of each report of which neither that version nor a later one has been read."""
    latest = newest(FAILED_READING, ("report_id",), as_of)
    query = (
        select(REPORT, FAILED_READING.c.error, FAILED_READING.c.program, FAILED_READING.c.backlog)
        .add_columns(FAILED_READING.c.recorded_at)
        .select_from(FAILED_READING)
        .join(latest, latest.c.seq == FAILED_READING.c.seq)
        .join(REPORT, _same_version())
        .where(~_read_since(as_of))
        .order_by(FAILED_READING.c.seq)
    )
    return tuple(_failed_reading(row) for row in mappings(connection, query))


def _same_version() -> ColumnElement[bool]:
    return and_(REPORT.c.report_id == FAILED_READING.c.report_id, REPORT.c.version == FAILED_READING.c.version)


def _read_since(as_of: datetime | None) -> ColumnElement[bool]:
    same_or_later = and_(
        EXTRACTION.c.report_id == FAILED_READING.c.report_id, EXTRACTION.c.version >= FAILED_READING.c.version
    )
    return exists().where(same_or_later, until(EXTRACTION, as_of))


def _failed_reading(row: Mapping[str, Any]) -> FailedReading:
    return FailedReading(
        report=rows.report(row),
        error=row["error"],
        program=row["program"],
        backlog=row["backlog"],
        recorded_at=row["recorded_at"],
    )
