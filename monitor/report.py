"""Gathers what a violations report shows, as of one instant, from the store and the feed list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.errors import MonitorError
from monitor.model.agreements import Agreement
from monitor.model.judgements import Status, Violation
from monitor.model.reports import Feed
from monitor.output.report_data import Coverage, FeedCoverage, ReportData, UndeterminedIncident
from monitor.store import Query, Store


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which violations are wanted; None means all."""

    agreement: str | None = None
    accused: str | None = None
    status: Status | None = None
    #: Bounds of the event time.
    since: datetime | None = None
    until: datetime | None = None


def gather(
    store: Store,
    feeds: Sequence[Feed],
    agreements: Sequence[Agreement],
    *,
    now: datetime,
    as_of: datetime | None = None,
    wanted: Filter = Filter(),
) -> ReportData:
    """Return the report's data as they were known at `as_of`, or as they are now.

    How feeds fared is remembered for the present only, so that a report as of an earlier time leaves them out: it must
    say the same whenever it is made.
    """
    with store.query() as query:
        violations = query.violations(
            as_of=as_of,
            agreement=wanted.agreement,
            accused=wanted.accused,
            status=wanted.status,
            since=wanted.since,
            until=wanted.until,
        )
        undetermined = _undetermined(query, as_of)
        coverage = _coverage(query, () if as_of else feeds, as_of)
    return ReportData(
        as_of=as_of or now,
        violations=violations,
        undetermined=undetermined,
        agreements=tuple(agreements),
        coverage=coverage,
    )


def find_violation(query: Query, beginning: str, as_of: datetime | None = None) -> Violation:
    """Return the one violation whose id begins so.

    Raises:
        MonitorError: none does, or several do.
    """
    found = [violation for violation in query.violations(as_of=as_of) if violation.id.startswith(beginning)]
    if len(found) != 1:
        known = f"; {len(found)} begin with it" if found else ""
        raise MonitorError(f"there is no violation {beginning!r}{known}; `ceasefire violations` lists them")
    return found[0]


def _undetermined(query: Query, as_of: datetime | None) -> tuple[UndeterminedIncident, ...]:
    incidents = query.undetermined(as_of)
    assessments = query.assessments_of([incident.id for incident in incidents], as_of)
    return tuple(
        UndeterminedIncident(incident=incident, assessments=assessments.get(incident.id, ())) for incident in incidents
    )


def _coverage(query: Query, feeds: Sequence[Feed], as_of: datetime | None) -> Coverage:
    states = query.poll_states()
    seen = tuple(
        FeedCoverage(
            id=feed.id,
            url=feed.url,
            enabled=feed.enabled,
            last_success=state.last_success_at if state else None,
            failures=state.failures if state else 0,
            last_error=state.last_error if state else None,
        )
        for feed in feeds
        for state in (states.get(feed.id),)
    )
    facts = query.reports_seen(as_of)
    return Coverage(
        feeds=seen,
        reports=facts.reports,
        not_read=facts.not_read,
        undated=facts.undated,
        newest_first_seen=facts.newest_first_seen,
    )
