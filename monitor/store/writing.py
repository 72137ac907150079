"""What can be written: history by adding rows, operational state in place.

Everything of one unit of work commits together, or nothing does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from monitor.model.claims import Extracted
from monitor.model.decisions import PROGRAM, Decision
from monitor.model.judgements import Assessment, Incident, Join, Notice, Reason, Violation
from monitor.model.opinions import Opinion
from monitor.model.reports import Document, PollState, Report
from monitor.model.times import utc
from monitor.store import ledger, loading, outbox, rows, unread
from monitor.store.archive import relative_path
from monitor.store.articles import ArticleWriting
from monitor.store.chain import CHAIN_START, link, newest_link
from monitor.store.deciding import decision_row
from monitor.store.delivering import OutboxWriting
from monitor.store.duties import DutyHistoryWriting
from monitor.store.loading import chunks, of_newest
from monitor.store.outbox_tables import NOTICE, NOTICE_VIOLATION
from monitor.store.reading import Query
from monitor.store.rows import Row
from monitor.store.silencing import SilenceWriting
from monitor.store.tables import (
    ASSESSMENT,
    CLAIM,
    DECISION,
    DOCUMENT,
    EXTRACTION,
    FAILED_READING,
    FEED_POLL,
    INCIDENT,
    MEMBERSHIP,
    META,
    OPINION,
    REPORT,
    STATEMENT,
    TALLY,
    VIOLATION,
)
from monitor.store.warc import capture_of

#: Why a claim left an incident: it now belongs to another one.
_MOVED = "moved"


class Transaction(OutboxWriting, SilenceWriting, DutyHistoryWriting, ArticleWriting, Query):
    """One write transaction. It reads what it has written itself."""

    #: Whether the chain of documents may have grown.
    chained = False

    # Feeds and reports

    def add_document(self, document: Document) -> None:
        """Record a fetch, chained to the one before; the archive must already keep it. Once per fetch."""
        row = rows.storable_row(rows.document_row(document, relative_path(document.sha256), capture_of(document)))
        same = [DOCUMENT.c[name] == row[name] for name in ("sha256", "url", "fetched_at")]
        if self._connection.execute(select(DOCUMENT.c.seq).where(*same)).first() is None:
            last = newest_link(self._connection) or CHAIN_START
            self._connection.execute(insert(DOCUMENT), [row | {"chain": link(last, row)}])
        self.chained = True

    def save_poll_state(self, state: PollState) -> None:
        """Remember a feed's state, in place of what was remembered before."""
        self._put(FEED_POLL, "feed_id", rows.poll_row(state))

    def add_reports(self, reports: Iterable[Report], *, replayed: bool = False) -> tuple[Report, ...]:
        """Add what is new: items not known, and known ones whose content differs from their newest version.

        Where one batch brings several contents of one item, the newest stored among them, those that any version
        has are not new: a feed that lists two texts under one id would otherwise change its mind at every poll. Nor is
        what any version has where files are `replayed`: a saved copy of an older text takes no correction back; nor
        where the outlet has taken the article back and its feed lists it still.

        Returns:
            The new ones, each with its version, in the order given.
        """
        batch = list(reports)
        known = self._versions(report.id for report in batch)
        withdrawn = self.withdrawn_articles(known)
        brought: dict[str, set[str]] = {}
        for report in batch:
            brought.setdefault(report.id, set()).add(report.content_sha256)
        old = {
            key: {content for _, content in versions}
            if replayed or key in withdrawn or versions[-1][1] in brought[key]
            else {versions[-1][1]}
            for key, versions in known.items()
        }
        newest = {key: versions[-1] for key, versions in known.items()}
        new = []
        for report in batch:
            version, content = newest.get(report.id, (0, ""))
            if report.content_sha256 == content or report.content_sha256 in old.get(report.id, ()):
                continue
            newest[report.id] = (version + 1, report.content_sha256)
            new.append(replace(report, version=version + 1))
        self._add_new(REPORT, [rows.report_row(report) for report in new])
        return tuple(new)

    def add_extracted(
        self, report: Report, extracted: Extracted, recorded_at: datetime, *, backlog: bool = False
    ) -> None:
        """Record what one version of a report yields. A second time changes nothing."""
        recorded_at = utc(recorded_at, "recorded_at")
        self._add_new(EXTRACTION, [rows.extraction_row(report, extracted, recorded_at)])
        self._add_new(CLAIM, [rows.claim_row(report, claim, recorded_at) for claim in extracted.claims])
        self._add_new(TALLY, [rows.tally_row(report, tally, recorded_at) for tally in extracted.tallies])
        statements = [ledger.statement_row(report, one, recorded_at, backlog=backlog) for one in extracted.statements]
        self._add_new(STATEMENT, statements)

    def add_failed_reading(
        self, report: Report, error: str, program: str, backlog: bool, recorded_at: datetime
    ) -> None:
        """Record that this version of the program failed to read a stored report."""
        row = unread.failed_row(report, error, program, backlog, utc(recorded_at, "recorded_at"))
        self._connection.execute(insert(FAILED_READING), [row])

    def add_opinions(self, opinions: Iterable[Opinion]) -> None:
        """Record second opinions on claims that were added before."""
        self._add_new(OPINION, [rows.opinion_row(opinion) for opinion in opinions])

    # Incidents

    def incidents_of_report(self, report_id: str) -> tuple[str, ...]:
        """Return the ids of incidents to which a claim of any version of this report belongs, or belonged.

        What an outlet took out of its text may come back into it: it is the same incident then. Incidents that a claim
        has left for another one are no longer its own.
        """
        found = self._memberships(CLAIM.c.report_id == report_id)
        return tuple(dict.fromkeys(row["incident_id"] for row in found if row["active"] or not _has_moved(row)))

    def add_join(self, join: Join, recorded_at: datetime) -> None:
        """Record that a claim belongs to an incident, unless it does already for these reasons; it leaves any other."""
        before = self._memberships(CLAIM.c.claim_id == join.claim_id)
        active = [row for row in before if row["active"]]
        here = [row for row in active if row["incident_id"] == join.incident_id]
        if here:
            given = rows.membership_row(join, recorded_at)
            if here[0]["reasons"] != given["reasons"]:
                self._append(MEMBERSHIP, given, here[0])
            return
        moved = Reason(code=_MOVED, text=f"the claim now belongs to incident {join.incident_id}")
        self._leave(active, recorded_at, moved)
        self._append(MEMBERSHIP, rows.membership_row(join, recorded_at), _latest(before))

    def leave(self, claim_ids: Iterable[str], recorded_at: datetime, reason: Reason) -> None:
        """Take claims out of the incidents to which they belong."""
        for chunk in chunks(claim_ids):
            found = self._memberships(CLAIM.c.claim_id.in_(chunk))
            self._leave([row for row in found if row["active"]], recorded_at, reason)

    def retire_claims(
        self, report_id: str, before_version: int, recorded_at: datetime, reason: Reason
    ) -> tuple[str, ...]:
        """Take the claims of versions before this one out of their incidents; return the ids of those incidents."""
        found = self._memberships(CLAIM.c.report_id == report_id, CLAIM.c.version < before_version)
        active = [row for row in found if row["active"]]
        self._leave(active, recorded_at, reason)
        return tuple(dict.fromkeys(row["incident_id"] for row in active))

    def _memberships(self, *where: ColumnElement[bool]) -> Sequence[Mapping[str, Any]]:
        """Return the newest membership of each incident and claim, for the claims that meet `where`."""
        claims = select(CLAIM.c.claim_id).where(*where)
        key = ("incident_id", "claim_id")
        return loading.mappings(self._connection, of_newest(MEMBERSHIP, key, None, MEMBERSHIP.c.claim_id.in_(claims)))

    def _leave(self, active: Iterable[Mapping[str, Any]], recorded_at: datetime, reason: Reason) -> None:
        for row in active:
            left = {
                "incident_id": row["incident_id"],
                "claim_id": row["claim_id"],
                "active": False,
                "score": row["score"],
                "reasons": [{"code": reason.code, "text": reason.text}],
                "recorded_at": recorded_at,
            }
            self._append(MEMBERSHIP, left, row)

    def save_incident(self, incident: Incident, recorded_at: datetime) -> None:
        """Record an incident's state where it differs from the newest one."""
        before = self._newest(INCIDENT, "incident_id", incident.id)
        self._append_if_new(INCIDENT, rows.incident_row(incident), before, recorded_at)

    def supersede(self, incident_id: str, by: str, recorded_at: datetime) -> None:
        """Record that the claims of an incident now stand in another one."""
        before = self._newest(INCIDENT, "incident_id", incident_id)
        if before is not None:
            row = {name: before[name] for name in before if name not in ("seq", "recorded_at")}
            self._append_if_new(INCIDENT, row | {"superseded_by": by}, before, recorded_at)

    # Judgements

    def save_assessments(self, incident_id: str, assessments: Iterable[Assessment], recorded_at: datetime) -> None:
        """Record all assessments of one incident, as they now are, where they differ from the newest ones.

        What it was assessed by before and no longer is (its claims were taken back, another party is accused now, a
        reading or its agreement was taken out) is retired: recorded as no longer active.
        """
        given = [rows.assessment_row(one) for one in assessments]
        before = {_key(row): row for row in self._latest_assessments(incident_id)}
        for row in given:
            self._append_if_new(ASSESSMENT, row, before.get(_key(row)), recorded_at)
        for key in before.keys() - {_key(row) for row in given}:
            gone = {name: before[key][name] for name in before[key] if name not in ("seq", "recorded_at")}
            self._append_if_new(ASSESSMENT, gone | {"active": False}, before[key], recorded_at)

    def _latest_assessments(self, incident_id: str) -> Sequence[Mapping[str, Any]]:
        mine = ASSESSMENT.c.incident_id == incident_id
        return loading.mappings(self._connection, of_newest(ASSESSMENT, loading.ASSESSMENT_KEY, None, mine))

    def add_decision(self, decision: Decision) -> None:
        """Record what a person decided about an incident."""
        last = self._newest(DECISION, "incident_id", decision.incident_id)
        self._append(DECISION, decision_row(decision), last)

    def save_violation(self, violation: Violation, recorded_at: datetime, by: str = PROGRAM) -> None:
        """Record a violation's state where it differs from the newest one.

        Args:
            violation: as it now stands.
            recorded_at: when (aware).
            by: "program", or the name of the person who decided. A person's decision is recorded even where it
                leaves everything as it stood: that somebody looked is news.
        """
        before = self._newest(VIOLATION, "violation_id", violation.id)
        row = rows.violation_row(violation)
        if by != PROGRAM and before is not None and before["recorded_by"] != by:
            before_seen = {**before, "status": None}
            self._append_if_new(VIOLATION, row, before_seen, recorded_at, recorded_by=by)
        else:
            self._append_if_new(VIOLATION, row, before, recorded_at, recorded_by=by)

    # Notices and the rest

    def add_notices(self, notices: Iterable[Notice]) -> int:
        """Put notices into the outbox; return how many were not there yet."""
        given = {notice.id: notice for notice in notices}
        known: set[str] = set()
        for chunk in chunks(given):
            known |= set(self._connection.execute(select(NOTICE.c.id).where(NOTICE.c.id.in_(chunk))).scalars())
        new = [notice for key, notice in given.items() if key not in known]
        self._add_new(NOTICE, [outbox.notice_row(notice) for notice in new])
        self._add_new(NOTICE_VIOLATION, outbox.violation_rows(new))
        return len(new)

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value under a name."""
        self._put(META, "key", {"key": key, "value": value})

    # How rows are added

    def _insert(self, table: Table) -> Any:
        return (sqlite if self._connection.dialect.name == "sqlite" else postgresql).insert(table)

    def _put(self, table: Table, key: str, row: Row) -> None:
        changes = {name: value for name, value in row.items() if name != key}
        statement = self._insert(table).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=[key], set_=changes))

    def _add_new(self, table: Table, given: Sequence[Row]) -> None:
        """Add rows; those whose key is there already are left as they are."""
        if given:
            self._connection.execute(self._insert(table).on_conflict_do_nothing(), given)

    def _newest(self, table: Table, key: str, value: str) -> Mapping[str, Any] | None:
        query = select(table).where(table.c[key] == value).order_by(table.c.seq.desc()).limit(1)
        return next(iter(loading.mappings(self._connection, query)), None)

    def _append_if_new(
        self, table: Table, row: Row, before: Mapping[str, Any] | None, recorded_at: datetime, **more: str
    ) -> None:
        if before is None or any(before[name] != value for name, value in row.items()):
            self._append(table, row | more | {"recorded_at": recorded_at}, before)

    def _append(self, table: Table, row: Row, before: Mapping[str, Any] | None) -> None:
        """Add a row of history, recorded no earlier than the one of its key before it, though a clock was set back."""
        recorded_at = utc(row["recorded_at"], "recorded_at")
        if before is not None:
            recorded_at = max(recorded_at, before["recorded_at"])
        self._connection.execute(insert(table), [row | {"recorded_at": recorded_at}])


def _key(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] for name in loading.ASSESSMENT_KEY)


def _has_moved(row: Mapping[str, Any]) -> bool:
    return any(reason["code"] == _MOVED for reason in row["reasons"])


def _latest(found: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return max(found, key=lambda row: row["seq"], default=None)
