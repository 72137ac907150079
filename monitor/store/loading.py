"""The queries behind `reading.Query`: many rows at once, never one query per row.

`as_of` is always "what was recorded until then"; None means now.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    Table,
    and_,
    exists,
    func,
    or_,
    select,
    true,
)

from monitor.model.claims import ReportedClaim
from monitor.model.judgements import Assessment, Incident
from monitor.store import rows
from monitor.store.tables import ASSESSMENT, CLAIM, EXTRACTION, INCIDENT, MEMBERSHIP, REPORT

_T = TypeVar("_T")

#: How many values go into one IN (...): both databases limit the parameters of a statement.
CHUNK = 1_000

#: An undated report tells of the days before it came, and is looked for as long after them.
UNDATED = timedelta(days=4)


def chunks(items: Iterable[_T], size: int = CHUNK) -> Iterator[list[_T]]:
    """Cut into lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def until(table: FromClause, as_of: datetime | None) -> ColumnElement[bool]:
    """Return the condition that a row was recorded until then."""
    return true() if as_of is None else table.c.recorded_at <= as_of


def newest(table: Table, keys: Sequence[str], as_of: datetime | None, *where: ColumnElement[bool]) -> Subquery:
    """Return the `seq` of the newest row of each key, among the rows that meet `where`."""
    return (
        select(func.max(table.c.seq).label("seq"))
        .where(until(table, as_of), *where)
        .group_by(*(table.c[key] for key in keys))
        .subquery()
    )


def of_newest(
    table: Table, keys: Sequence[str], as_of: datetime | None, *where: ColumnElement[bool]
) -> Select[tuple[Any, ...]]:
    """Select the newest row of each key, in the order in which they were recorded."""
    latest = newest(table, keys, as_of, *where)
    return select(table).join(latest, table.c.seq == latest.c.seq).order_by(table.c.seq)


def mappings(connection: Connection, query: Select[tuple[Any, ...]]) -> Sequence[Mapping[str, Any]]:
    """Return the rows, by column name."""
    return connection.execute(query).mappings().all()  # type: ignore[return-value]


def _superseded_version(as_of: datetime | None) -> ColumnElement[bool]:
    """Return the condition that a later version of the claim's report has been read."""
    return exists().where(
        EXTRACTION.c.report_id == CLAIM.c.report_id, EXTRACTION.c.version > CLAIM.c.version, until(EXTRACTION, as_of)
    )


def _member_claims(ids: Sequence[str], as_of: datetime | None, *, retired: bool) -> Select[tuple[Any, ...]]:
    latest = newest(MEMBERSHIP, ("incident_id", "claim_id"), as_of, MEMBERSHIP.c.incident_id.in_(ids))
    active = and_(MEMBERSHIP.c.active, ~_superseded_version(as_of))
    return (
        select(REPORT, MEMBERSHIP.c.incident_id, CLAIM.c.payload)
        .select_from(MEMBERSHIP)
        .join(latest, MEMBERSHIP.c.seq == latest.c.seq)
        .join(CLAIM, CLAIM.c.claim_id == MEMBERSHIP.c.claim_id)
        .join(REPORT, and_(REPORT.c.report_id == CLAIM.c.report_id, REPORT.c.version == CLAIM.c.version))
        .where(~active if retired else active)
        .order_by(MEMBERSHIP.c.incident_id, MEMBERSHIP.c.seq)
    )


def claims_by_incident(
    connection: Connection, incident_ids: Iterable[str], as_of: datetime | None, *, retired: bool = False
) -> dict[str, list[ReportedClaim]]:
    """Return the active claims of each incident, the earliest report first; or those that are no longer active."""
    found: dict[str, list[ReportedClaim]] = defaultdict(list)
    for ids in chunks(incident_ids):
        for row in mappings(connection, _member_claims(ids, as_of, retired=retired)):
            found[row["incident_id"]].append(ReportedClaim(claim=rows.claim(row), report=rows.report(row)))
    for claims in found.values():
        claims.sort(key=_came)
    return found


def _came(one: ReportedClaim) -> tuple[datetime, datetime]:
    return one.report.came, one.report.first_seen


def incidents(
    connection: Connection, incident_ids: Iterable[str], as_of: datetime | None, *, keep_bare: bool = False
) -> dict[str, Incident]:
    """Return incidents by id, in the order in which their states were recorded.

    An incident without active claims is left out; with `keep_bare` it is returned with the claims it once had, so
    that what was withdrawn can still be shown with what it rested on.
    """
    states = [
        state
        for ids in chunks(dict.fromkeys(incident_ids))
        for state in mappings(connection, of_newest(INCIDENT, ("incident_id",), as_of, INCIDENT.c.incident_id.in_(ids)))
    ]
    claims = claims_by_incident(connection, (state["incident_id"] for state in states), as_of)
    if keep_bare:
        bare = [state["incident_id"] for state in states if state["incident_id"] not in claims]
        claims |= claims_by_incident(connection, bare, as_of, retired=True)
    return {
        state["incident_id"]: rows.incident(state, claims.get(state["incident_id"], ()))
        for state in states
        if keep_bare or state["incident_id"] in claims
    }


def claims_told(connection: Connection, start: datetime, end: datetime) -> list[ReportedClaim]:
    """Return the claims, from the newest version of each report, whose events can have been between two instants.

    Undated ones count by when their report came, up to some days later; each branch is one range of an index.
    """
    dated = and_(CLAIM.c.event_start.between(rows.shifted(start, -rows.LONG), end), CLAIM.c.event_end >= start)
    came = or_(
        REPORT.c.published.between(start, rows.shifted(end, UNDATED)),
        and_(REPORT.c.published.is_(None), REPORT.c.first_seen.between(start, rows.shifted(end, UNDATED))),
    )
    undated = and_(CLAIM.c.event_start.is_(None), came)
    joined = and_(REPORT.c.report_id == CLAIM.c.report_id, REPORT.c.version == CLAIM.c.version)
    found: list[ReportedClaim] = []
    for branch in (dated, undated):
        query = (
            select(REPORT, CLAIM.c.payload).select_from(CLAIM).join(REPORT, joined)
            .where(branch, ~_superseded_version(None))
        )  # fmt: skip
        found += (ReportedClaim(claim=rows.claim(row), report=rows.report(row)) for row in mappings(connection, query))
    return found


def claims_of_versions(connection: Connection, report_id: str, before: int) -> list[ReportedClaim]:
    """Return the claims of the versions of a report before this one."""
    joined = and_(REPORT.c.report_id == CLAIM.c.report_id, REPORT.c.version == CLAIM.c.version)
    query = (
        select(REPORT, CLAIM.c.payload).select_from(CLAIM).join(REPORT, joined)
        .where(CLAIM.c.report_id == report_id, CLAIM.c.version < before)
    )  # fmt: skip
    return [ReportedClaim(claim=rows.claim(row), report=rows.report(row)) for row in mappings(connection, query)]


ASSESSMENT_KEY = ("incident_id", "agreement_id", "clause_id", "reading_id", "accused")


def assessments(
    connection: Connection, incident_ids: Iterable[str], as_of: datetime | None
) -> dict[str, list[Assessment]]:
    """Return the latest assessment of each key, retired ones too, by incident."""
    found: dict[str, list[Assessment]] = defaultdict(list)
    for ids in chunks(dict.fromkeys(incident_ids)):
        latest = of_newest(ASSESSMENT, ASSESSMENT_KEY, as_of, ASSESSMENT.c.incident_id.in_(ids))
        for row in mappings(connection, latest):
            found[row["incident_id"]].append(rows.assessment(row))
    return found
