"""What can be asked of the store: one snapshot, values of `monitor.model` back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, case, exists, func, select

from monitor.model.agreements import Verdict
from monitor.model.claims import ReportedClaim, ReportedStatement, ReportedTally
from monitor.model.judgements import Assessment, Incident, NoticeState, Rating, Status, Violation
from monitor.model.opinions import Opinion
from monitor.model.reports import FailedReading, PartyId, PollState, Report
from monitor.model.times import EventTime
from monitor.store import ledger, loading, rows, unread
from monitor.store.articles import ArticleReading
from monitor.store.deciding import DecisionReading
from monitor.store.delivering import OutboxReading
from monitor.store.duties import DutyHistoryReading
from monitor.store.loading import chunks, mappings, newest, of_newest, until
from monitor.store.outbox_tables import NOTICE
from monitor.store.silencing import SilenceReading
from monitor.store.tables import (
    ASSESSMENT,
    CLAIM,
    EXTRACTION,
    FEED_POLL,
    INCIDENT,
    META,
    OPINION,
    REPORT,
    VIOLATION,
)

#: Why a report was not read whose reading failed.
READING_FAILED = "reading failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class PastRating:
    """A violation as it was rated from `recorded_at` on, and by whom: "program" or a person's name."""

    recorded_at: datetime
    recorded_by: str
    rating: Rating


@dataclass(frozen=True, kw_only=True, slots=True)
class OpinionCosts:
    """What second opinions cost so far, as the endpoints say."""

    asked: int
    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportsSeen:
    """How much there was to read: versions are counted once, under the newest one."""

    reports: int
    #: Reports that were stored and not read, by reason.
    not_read: Mapping[str, int]
    #: Reports that do not say when they were published.
    undated: int
    newest_first_seen: datetime | None


class Query(OutboxReading, SilenceReading, DecisionReading, DutyHistoryReading, ArticleReading):
    """Questions to one snapshot. `as_of` asks what was recorded until then; None asks for the present."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _rows(self, query: Select[Any]) -> Iterable[Mapping[str, Any]]:
        return mappings(self._connection, query)

    def _ids(self, query: Select[Any]) -> list[str]:
        return [str(row[0]) for row in self._connection.execute(query)]

    # Feeds and reports

    def poll_state(self, feed_id: str) -> PollState | None:
        """Return what is remembered of a feed; None before its first poll."""
        found = self._rows(select(FEED_POLL).where(FEED_POLL.c.feed_id == feed_id))
        return next((rows.poll_state(row) for row in found), None)

    def poll_states(self) -> Mapping[str, PollState]:
        """Return what is remembered of each feed, by id."""
        return {row["feed_id"]: rows.poll_state(row) for row in self._rows(select(FEED_POLL))}

    def known_reports(self, ids: Iterable[str]) -> Mapping[str, tuple[int, str]]:
        """Return the newest version and its `content_sha256` of those reports that are stored, by id."""
        return {report_id: versions[-1] for report_id, versions in self._versions(ids).items()}

    def _versions(self, ids: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
        """Return version and `content_sha256` of every stored version, oldest first, by report id."""
        columns = (REPORT.c.report_id, REPORT.c.version, REPORT.c.content_sha256)
        found: dict[str, list[tuple[int, str]]] = {}
        for chunk in chunks(dict.fromkeys(ids)):
            query = select(*columns).where(REPORT.c.report_id.in_(chunk)).order_by(REPORT.c.report_id, REPORT.c.version)
            for report_id, version, content in self._connection.execute(query):
                found.setdefault(report_id, []).append((version, content))
        return found

    def report(self, report_id: str, version: int | None = None) -> Report | None:
        """Return one version of a report, the newest where none is named."""
        query = select(REPORT).where(REPORT.c.report_id == report_id).order_by(REPORT.c.version.desc()).limit(1)
        if version is not None:
            query = query.where(REPORT.c.version == version)
        return next((rows.report(row) for row in self._rows(query)), None)

    def tallies(
        self, since: datetime | None = None, until: datetime | None = None, as_of: datetime | None = None
    ) -> tuple[ReportedTally, ...]:
        """Return announced counts whose counted time overlaps since..until, from each report's newest version read."""
        return ledger.tallies(self._connection, since, until, as_of)

    def statements(self, as_of: datetime | None = None, since: datetime | None = None) -> tuple[ReportedStatement, ...]:
        """Return what parties declared of a truce, by when it was announced, from each report's newest version read."""
        return ledger.statements(self._connection, as_of, since)

    def reports_published(self, start: datetime, end: datetime, as_of: datetime | None = None) -> tuple[Report, ...]:
        """Return the newest version of each report that was published, or else first seen, between two instants."""
        return ledger.reports_published(self._connection, start, end, as_of)

    def reports_seen(self, as_of: datetime | None = None) -> ReportsSeen:
        """Return how much there was to read."""
        later = EXTRACTION.alias("later")
        superseded = exists().where(
            later.c.report_id == EXTRACTION.c.report_id, later.c.version > EXTRACTION.c.version, until(later, as_of)
        )
        newest_read = (
            select(EXTRACTION.c.skipped, REPORT.c.published, REPORT.c.first_seen)
            .join(REPORT, and_(REPORT.c.report_id == EXTRACTION.c.report_id, REPORT.c.version == EXTRACTION.c.version))
            .where(until(EXTRACTION, as_of), ~superseded)
            .subquery()
        )
        undated = func.sum(case((newest_read.c.published.is_(None), 1), else_=0))
        totals = select(func.count(), undated, func.max(newest_read.c.first_seen)).select_from(newest_read)
        count, without_date, last = self._connection.execute(totals).one()
        skipped = newest_read.c.skipped
        by_reason = select(skipped, func.count()).where(skipped.is_not(None)).group_by(skipped).order_by(skipped)
        failed = self.failed_readings(as_of)
        # A report that had been read in an earlier version is among the others.
        read_before = self._read_at_all([one.report.id for one in failed], as_of)
        by_defect = {READING_FAILED: len(failed)} if failed else {}
        return ReportsSeen(
            reports=count + len(failed) - len(read_before),
            not_read=self._tally(by_reason) | by_defect,
            undated=without_date or 0,
            newest_first_seen=last,
        )

    def _read_at_all(self, report_ids: Iterable[str], as_of: datetime | None) -> set[str]:
        columns = select(EXTRACTION.c.report_id).where(until(EXTRACTION, as_of))
        return {key for ids in chunks(report_ids) for key in self._ids(columns.where(EXTRACTION.c.report_id.in_(ids)))}

    def failed_readings(self, as_of: datetime | None = None) -> tuple[FailedReading, ...]:
        """Return the reports whose newest version our program has failed to read so far, in the order of failing."""
        return unread.failed_readings(self._connection, as_of)

    # Incidents

    def claims_of_incident(self, incident_id: str, as_of: datetime | None = None) -> tuple[ReportedClaim, ...]:
        """Return the claims that belong to an incident, from the newest version of each report, as they joined."""
        return tuple(loading.claims_by_incident(self._connection, [incident_id], as_of)[incident_id])

    def incident(self, incident_id: str, as_of: datetime | None = None) -> Incident | None:
        """Return an incident; one whose claims were all taken back is shown with the claims it had."""
        return loading.incidents(self._connection, [incident_id], as_of, keep_bare=True).get(incident_id)

    def incident_ids(self, as_of: datetime | None = None) -> tuple[str, ...]:
        """Return the ids of all incidents, in the order in which they were first recorded."""
        query = (
            select(INCIDENT.c.incident_id)
            .where(until(INCIDENT, as_of))
            .group_by(INCIDENT.c.incident_id)
            .order_by(func.min(INCIDENT.c.seq))
        )
        return tuple(self._ids(query))

    def incidents(self, as_of: datetime | None = None) -> tuple[Incident, ...]:
        """Return all incidents that any claim still tells of."""
        return tuple(loading.incidents(self._connection, self.incident_ids(as_of), as_of).values())

    def claims_told(self, start: datetime, end: datetime) -> tuple[ReportedClaim, ...]:
        """Return the claims, from the newest version of each report, whose events can have been between two instants.

        An undated one counts by when its report came; more claims than those may be returned.
        """
        return tuple(loading.claims_told(self._connection, start, end))

    def claims_before(self, report: Report) -> tuple[ReportedClaim, ...]:
        """Return the claims of a report's earlier versions."""
        return tuple(loading.claims_of_versions(self._connection, report.id, report.version))

    def undetermined(self, as_of: datetime | None = None) -> tuple[Incident, ...]:
        """Return the incidents that no reading calls a breach and at least one leaves undetermined."""
        latest = newest(ASSESSMENT, loading.ASSESSMENT_KEY, as_of)
        counted = [
            func.sum(case((ASSESSMENT.c.verdict == verdict.value, 1), else_=0))
            for verdict in (Verdict.BREACH, Verdict.UNDETERMINED)
        ]
        query = (
            select(ASSESSMENT.c.incident_id)
            .join(latest, ASSESSMENT.c.seq == latest.c.seq)
            .where(ASSESSMENT.c.active)
            .group_by(ASSESSMENT.c.incident_id)
            .having(counted[0] == 0, counted[1] > 0)
        )
        ids = self._ids(query)
        found = loading.incidents(self._connection, ids, as_of).values()
        return tuple(sorted(found, key=_by_time))

    # Judgements

    def assessments(self, incident_id: str, as_of: datetime | None = None) -> tuple[Assessment, ...]:
        """Return the latest assessment of each reading, clause and accused party."""
        return self.assessments_of([incident_id], as_of).get(incident_id, ())

    def assessments_of(
        self, incident_ids: Iterable[str], as_of: datetime | None = None
    ) -> Mapping[str, tuple[Assessment, ...]]:
        """Return the latest assessments of many incidents at once, by incident."""
        found = loading.assessments(self._connection, incident_ids, as_of)
        return {key: tuple(one for one in all_of_it if one.active) for key, all_of_it in found.items()}

    def assessment_history(
        self, agreement: str | None = None, as_of: datetime | None = None
    ) -> tuple[tuple[datetime, Assessment], ...]:
        """Return all assessments ever recorded, with when that was, oldest first; retired ones too."""
        query = select(ASSESSMENT).where(until(ASSESSMENT, as_of)).order_by(ASSESSMENT.c.seq)
        if agreement is not None:
            query = query.where(ASSESSMENT.c.agreement_id == agreement)
        return tuple((row["recorded_at"], rows.assessment(row)) for row in self._rows(query))

    def violation(self, violation_id: str, as_of: datetime | None = None) -> Violation | None:
        """Return one violation."""
        found = self._violations(of_newest(VIOLATION, ("violation_id",), as_of, _is(violation_id)), as_of)
        return next(iter(found), None)

    def violations(
        self,
        as_of: datetime | None = None,
        agreement: str | None = None,
        accused: PartyId | None = None,
        status: Status | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[Violation, ...]:
        """Return violations as they stood, ordered by event time, then id.

        Those whose event time overlaps since..until; what has no event time cannot be said to lie outside, and stays.
        """
        query = of_newest(VIOLATION, ("violation_id",), as_of)
        wanted = {"agreement_id": agreement, "accused": accused, "status": status.value if status else None}
        for column, value in wanted.items():
            if value is not None:
                query = query.where(VIOLATION.c[column] == value)
        found = self._violations(query, as_of)
        return tuple(one for one in found if _overlaps(one.incident.event_time, since, until))

    def violations_of_incident(self, incident_id: str, as_of: datetime | None = None) -> tuple[Violation, ...]:
        """Return the violations that one incident amounts to, withdrawn ones too."""
        return self._violations(
            of_newest(VIOLATION, ("violation_id",), as_of, VIOLATION.c.incident_id == incident_id), as_of
        )

    def _violations(self, query: Select[Any], as_of: datetime | None) -> tuple[Violation, ...]:
        states = list(self._rows(query))
        ids = [state["incident_id"] for state in states]
        incidents = loading.incidents(self._connection, ids, as_of, keep_bare=True)
        assessments = loading.assessments(self._connection, ids, as_of)
        found = [
            rows.violation(
                state, incidents[state["incident_id"]], _of_clause(state, assessments.get(state["incident_id"], []))
            )
            for state in states
        ]
        return tuple(sorted(found, key=lambda one: (*_by_time(one.incident)[:2], one.id)))

    def violation_history(self, violation_id: str, as_of: datetime | None = None) -> tuple[PastRating, ...]:
        """Return how a violation was rated over time, oldest first."""
        query = select(VIOLATION).where(_is(violation_id), until(VIOLATION, as_of)).order_by(VIOLATION.c.seq)
        return tuple(
            PastRating(recorded_at=row["recorded_at"], recorded_by=row["recorded_by"], rating=rows.rating(row))
            for row in self._rows(query)
        )

    # Notices and the rest

    def opinions(self, limit: int | None = None) -> tuple[Opinion, ...]:
        """Return second opinions, the newest first; at most `limit`, None for all."""
        return tuple(
            rows.opinion(row) for row in self._rows(select(OPINION).order_by(OPINION.c.seq.desc()).limit(limit))
        )

    def opinion_costs(self) -> OpinionCosts:
        """Return how many second opinions were asked for, and what they cost."""
        tokens = (func.coalesce(func.sum(OPINION.c[name]), 0) for name in ("prompt_tokens", "completion_tokens"))
        asked, prompt, completion = self._connection.execute(select(func.count(), *tokens).select_from(OPINION)).one()
        return OpinionCosts(asked=int(asked), prompt_tokens=int(prompt), completion_tokens=int(completion))

    def counts(self) -> Mapping[str, int]:
        """Return how many reports (also by language, and not read), claims, incidents, violations, notices exist."""
        newest_reports = select(func.max(REPORT.c.version).label("version"), REPORT.c.report_id).group_by(
            REPORT.c.report_id
        )
        latest = newest_reports.subquery()
        languages = (
            select(REPORT.c.language, func.count())
            .join(latest, and_(REPORT.c.report_id == latest.c.report_id, REPORT.c.version == latest.c.version))
            .group_by(REPORT.c.language)
            .order_by(REPORT.c.language)
        )
        by_language = {f"reports {name}": number for name, number in self._tally(languages).items()}
        states = newest(VIOLATION, ("violation_id",), None)
        violations = (
            select(VIOLATION.c.status, func.count())
            .join(states, VIOLATION.c.seq == states.c.seq)
            .group_by(VIOLATION.c.status)
        )
        by_status = self._tally(violations)
        notices = select(NOTICE.c.state, func.count()).group_by(NOTICE.c.state)
        by_state = self._tally(notices)
        return {
            "reports": sum(by_language.values()),
            **by_language,
            "reports not read": sum(self.reports_seen().not_read.values()),
            "claims": self._connection.execute(select(func.count()).select_from(CLAIM)).scalar() or 0,
            "incidents": self._connection.execute(select(func.count(INCIDENT.c.incident_id.distinct()))).scalar() or 0,
            **{f"violations {status.value}": by_status[status.value] for status in Status if status.value in by_status},
            **{f"notices {state.value}": by_state[state.value] for state in NoticeState if state.value in by_state},
        }

    def _tally(self, query: Select[Any]) -> dict[str, int]:
        return {str(name): int(number) for name, number in self._connection.execute(query)}

    def meta(self, key: str) -> str | None:
        """Return a value kept under a name, or None."""
        value = self._connection.execute(select(META.c.value).where(META.c.key == key)).scalar_one_or_none()
        return None if value is None else str(value)


def _is(violation_id: str) -> Any:
    return VIOLATION.c.violation_id == violation_id


def _of_clause(state: Mapping[str, Any], found: Iterable[Assessment]) -> tuple[Assessment, ...]:
    """Return the assessments that a violation rests on; the last ones it had, retired, where none stands any more."""
    keys = ("agreement_id", "clause_id", "accused")
    mine = [one for one in found if all(getattr(one, key) == state[key] for key in keys)]
    return tuple(one for one in mine if one.active) or tuple(mine)


def _overlaps(time: EventTime | None, since: datetime | None, until: datetime | None) -> bool:
    if time is None:
        return True
    return (since is None or time.end >= since) and (until is None or time.start <= until)


def _by_time(incident: Incident) -> tuple[bool, float, str]:
    time = incident.event_time
    return time is None, time.start.timestamp() if time else 0.0, incident.id
