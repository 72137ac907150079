"""The flow on one screen: reports in; claims, incidents, assessments, violations and notices recorded.

    Feed -> Document -> Report -> Claim -> Incident -> Assessment -> Violation (+ evidence) -> Notice

`read_new` reads what has not been read before, outside of any transaction; there too a second opinion is asked for,
where one is wanted. `record` then writes one unit of work (a
poll of one feed, or a batch of replayed reports) in one transaction, so that facts and the notices about them are
committed together or not at all. Sending comes later, in `alerts.delivery`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor import __version__, judging, occasions
from monitor.alerts.notices import kept_back, notices_for
from monitor.alerts.occasions import notices_of
from monitor.alerts.receivers import Audience
from monitor.duties import fell_due, note_all, note_reports
from monitor.errors import MonitorError
from monitor.extraction import Reader
from monitor.hearing import heard_of
from monitor.incidents import Before, Told, note_edit, regroup, touch
from monitor.model.agreements import Agreement, TargetClass
from monitor.model.articles import Article
from monitor.model.claims import Extracted, ReportedClaim
from monitor.model.judgements import Assessment, Change, Match, Reason
from monitor.model.opinions import Opinion
from monitor.model.reports import Document, Report
from monitor.model.text import one_line
from monitor.violations import judge

# Reading alone (`preview`) needs neither the network nor a database, whose libraries take a while to import.
if TYPE_CHECKING:
    from monitor.ingest.poll import Polled
    from monitor.opinion import Advisor
    from monitor.store import Store, Transaction

logger = logging.getLogger("ceasefire")


@dataclass(frozen=True, kw_only=True)
class Pipeline:
    """What the flow needs: somebody who reads, the terms, who is told, and who is asked about what is borderline."""

    reader: Reader
    agreements: tuple[Agreement, ...]
    classes: Mapping[str, TargetClass]
    audience: Audience
    advisor: Advisor | None = None
    #: The program's version: what one version fails to read, another may read.
    program: str = __version__

    @property
    def rule_versions(self) -> str:
        """Return the versions of all agreements as one text, to notice that a rule has changed."""
        return " ".join(f"{agreement.id}@{agreement.rule_version}" for agreement in self.agreements)


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What came of fetching one article."""

    article: Article
    #: The page, where one came.
    document: Document | None = None


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What one unit of work added."""

    reports: tuple[Report, ...] = ()
    #: Reports of these whose reading failed; they are stored, and read again later (`reread`).
    unread: int = 0
    claims: int = 0
    tallies: int = 0
    changes: tuple[Change, ...] = ()
    notices: int = 0
    #: Changes of violations that people were told of, which a replay that sends nothing did not tell them.
    kept_back: int = 0

    def __add__(self, other: Recorded) -> Recorded:
        return Recorded(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(Recorded)})


Readings = Mapping[tuple[str, str], Extracted]
Opinions = Mapping[tuple[str, str], Sequence[Opinion]]

#: The version noted for reports that no version has tried to record by themselves yet.
_NO_VERSION = ""
#: Why a report could not be read, by its id and the hash of its content.
Failures = dict[tuple[str, str], str]


def read_new(
    pipeline: Pipeline, reports: Sequence[Report], known: Mapping[str, tuple[int, str]], failures: Failures
) -> Readings:
    """Read the reports whose id or content the store does not know yet; what fails is noted in `failures`."""
    new = [report for report in reports if known.get(report.id, (0, ""))[1] != report.content_sha256]
    return {_key(report): read for report in new if (read := _read(pipeline, report, failures)) is not None}


def _read(pipeline: Pipeline, report: Report, failures: Failures) -> Extracted | None:
    """Read one report; None where that fails, which is a defect of ours and must cost no other report."""
    if _key(report) in failures:
        return None
    try:
        return pipeline.reader.read(report)
    except Exception as error:
        logger.exception("report %s (%s) could not be read; it is stored", one_line(report.id, 80), report.url)
        failures[_key(report)] = _in_words(error)
        return None


def _in_words(error: Exception) -> str:
    return one_line(f"{type(error).__name__}: {error}", 300)


def _key(report: Report) -> tuple[str, str]:
    return report.id, report.content_sha256


def with_opinions(
    pipeline: Pipeline, reports: Sequence[Report], readings: Readings, now: datetime
) -> tuple[Readings, Opinions]:
    """Return the readings after a second opinion on what is borderline in them, and the opinions; none by default."""
    return (readings, {}) if pipeline.advisor is None else pipeline.advisor.consult(reports, readings, now)


def record(
    store: Store,
    pipeline: Pipeline,
    reports: Sequence[Report],
    *,
    now: datetime,
    backlog: bool,
    polled: Polled | None = None,
    fetched: Fetched | None = None,
    replayed: bool = False,
) -> Recorded:
    """Write one unit of work.

    Args:
        store: where it is written.
        pipeline: what it is read and judged with.
        reports: the items of one poll, or of one batch.
        now: when it is recorded (aware).
        backlog: first alerts go to the file sink: a feed's first poll, or a replay, of which updates go there too.
        polled: the poll that the reports came from: its document and validators belong to the same transaction.
        fetched: the article that the reports came from: its page and what is noted of it belong to it likewise.
        replayed: each report counts as seen when it was published.

    A defect of ours while judging costs the report that meets it and no other: then all reports are stored as not
    recorded, in one transaction, and recorded one by one.
    """
    batch = _Batch(reports=reports, now=now, backlog=backlog, polled=polled, fetched=fetched, replayed=replayed)
    try:
        return _record_at_once(store, pipeline, batch)
    except MonitorError:
        raise
    except Exception as error:
        logger.exception("%d reports could not be recorded together; they are recorded one by one", len(reports))
        _set_aside(store, batch, _in_words(error))
    return reread(store, pipeline, now=now, all_of_them=False)


@dataclass(frozen=True, kw_only=True)
class _Batch:
    """What `record` was given."""

    reports: Sequence[Report]
    now: datetime
    backlog: bool
    polled: Polled | None
    fetched: Fetched | None
    replayed: bool

    @property
    def document(self) -> Document | None:
        """Return the bytes that it came from."""
        came = self.polled or self.fetched
        return came.document if came is not None else None


def _record_at_once(store: Store, pipeline: Pipeline, batch: _Batch) -> Recorded:
    with store.query() as query:
        known = query.known_reports(report.id for report in batch.reports)
    unit = _read_unit(pipeline, batch.reports, known, batch.now)
    if batch.document is not None:
        store.archive.keep(batch.document)
    with store.transaction() as tx:
        _add_origin(tx, batch)
        new = tx.add_reports(batch.reports, replayed=batch.replayed)
        return _write(tx, pipeline, new, unit, now=batch.now, backlog=batch.backlog, replayed=batch.replayed)


def _set_aside(store: Store, batch: _Batch, error: str) -> None:
    """Store reports as not recorded, with the poll that they came from; whoever comes next reads them again."""
    with store.transaction() as tx:
        _add_origin(tx, batch)
        for report in tx.add_reports(batch.reports, replayed=batch.replayed):
            tx.add_failed_reading(report, error, _NO_VERSION, batch.backlog, batch.now)


def _add_origin(tx: Transaction, batch: _Batch) -> None:
    if batch.document is not None:
        tx.add_document(batch.document)
    if batch.polled is not None:
        tx.save_poll_state(batch.polled.state)
    if batch.fetched is not None:
        tx.save_article(batch.fetched.article)


def reread(store: Store, pipeline: Pipeline, *, now: datetime, all_of_them: bool) -> Recorded:
    """Read again what could not be read, each report in a transaction of its own; alerts go where they would have gone.

    Args:
        store: where the reports stand.
        pipeline: what they are read and judged with.
        now: when it is recorded (aware).
        all_of_them: also those that this very version of the program has failed to read.
    """
    with store.query() as query:
        failed = query.failed_readings()
    done = Recorded()
    for one in failed:
        if one.program == pipeline.program and not all_of_them:
            continue
        unit = _read_unit(pipeline, [one.report], {}, now)
        try:
            with store.transaction() as tx:
                done += _write(tx, pipeline, [one.report], unit, now=now, backlog=one.backlog, replayed=False)
        except MonitorError:
            raise
        except Exception as error:
            logger.exception("report %s was read and could not be recorded", one_line(one.report.id, 80))
            with store.transaction() as tx:
                tx.add_failed_reading(one.report, _in_words(error), pipeline.program, one.backlog, now)
            done += Recorded(reports=(one.report,), unread=1)
    return done


@dataclass(frozen=True, kw_only=True)
class _Unit:
    """What was read before a transaction began."""

    readings: Readings
    opinions: Opinions
    failures: Failures


def _read_unit(
    pipeline: Pipeline, reports: Sequence[Report], known: Mapping[str, tuple[int, str]], now: datetime
) -> _Unit:
    failures: Failures = {}
    readings, opinions = with_opinions(pipeline, reports, read_new(pipeline, reports, known, failures), now)
    return _Unit(readings=readings, opinions=opinions, failures=failures)


def _write(
    tx: Transaction,
    pipeline: Pipeline,
    new: Sequence[Report],
    unit: _Unit,
    *,
    now: datetime,
    backlog: bool,
    replayed: bool,
) -> Recorded:
    """Record what was read in new reports, and all that follows from it."""
    before: Before = {}
    claims, tallies, merged = _add_claims(tx, pipeline, new, unit, before, now, backlog=backlog)
    for report in new:
        if _key(report) in unit.failures:
            tx.add_failed_reading(report, unit.failures[_key(report)], pipeline.program, backlog, now)
    note_reports(tx, pipeline.agreements, new, now)
    changes = judge(tx, pipeline, before, now=now, merged=merged)
    heard = heard_of(tx, changes, now)
    notices = notices_for(changes, pipeline.audience, heard=heard, now=now, backlog=backlog, replayed=replayed)
    return Recorded(
        reports=tuple(new),
        unread=sum(_key(report) in unit.failures for report in new),
        claims=claims,
        tallies=tallies,
        changes=changes,
        notices=tx.add_notices(notices),
        kept_back=kept_back(changes, pipeline.audience, heard.told) if backlog and replayed else 0,
    )


def _add_claims(
    tx: Transaction,
    pipeline: Pipeline,
    new: Sequence[Report],
    unit: _Unit,
    before: Before,
    now: datetime,
    *,
    backlog: bool,
) -> tuple[int, int, dict[str, str]]:
    """Store what the new reports claim and put the claims into incidents; note in `before` what was touched.

    Returns:
        How many claims and tallies there were, and the incidents that were merged into others.
    """
    told = Told(claims=[], gone=[], hints={})
    edited: list[Report] = []
    tallies = 0
    for report in new:
        key = _key(report)
        read = unit.readings.get(key) or _read(pipeline, report, unit.failures)
        if read is None:
            # What an earlier version claims stands: that we cannot read the new one takes nothing back.
            continue
        extracted = renumbered(read, report)
        tx.add_extracted(report, extracted, now, backlog=backlog)
        tx.add_opinions(of_version(unit.opinions.get(key, ()), report))
        tallies += len(extracted.tallies)
        claims = [ReportedClaim(claim=claim, report=report) for claim in extracted.claims]
        told.claims.extend(claims)
        if report.version > 1:
            touch(tx, before, tx.incidents_of_report(report.id))
            note_edit(tx, pipeline.classes, report, claims, told)
            edited.append(report)
    merged = regroup(tx, pipeline.classes, told, before, now)
    for report in edited:
        reason = Reason(code="edited", text=f"the outlet changed its text (version {report.version})")
        tx.retire_claims(report.id, report.version, now, reason)
    return len(told.claims), tallies, merged


def renumbered(extracted: Extracted, report: Report) -> Extracted:
    """Return the claims under the ids of this version: they were read before the store had given its number."""
    prefix = f"{report.id}.{report.version}/"
    return replace(
        extracted,
        claims=tuple(replace(claim, id=f"{prefix}{n}") for n, claim in enumerate(extracted.claims, start=1)),
        tallies=tuple(replace(tally, id=f"{prefix}t{n}") for n, tally in enumerate(extracted.tallies, start=1)),
        statements=tuple(replace(one, id=f"{prefix}s{n}") for n, one in enumerate(extracted.statements, start=1)),
    )


def of_version(opinions: Iterable[Opinion], report: Report) -> tuple[Opinion, ...]:
    """Return the opinions under the ids that the claims have in this version."""
    return tuple(replace(one, claim_id=f"{report.id}.{report.version}/{one.claim_id}") for one in opinions)


def tell_occasions(store: Store, pipeline: Pipeline, *, now: datetime) -> int:
    """Queue notices of what the clock brought, and what was announced, since the monitor began; return how many.

    What lay before the first look is no news and is never sent. The notices and how far the clock was looked at are
    committed together: none is lost when a process is killed, and none is told twice.
    """
    with store.transaction() as tx:
        first, last = tx.meta("clock_first"), tx.meta("clock_last")
        if first is None or last is None:
            tx.set_meta("clock_first", now.isoformat())
            tx.set_meta("clock_last", now.isoformat())
            return 0
        looked = occasions.Looked(first=datetime.fromisoformat(first), last=datetime.fromisoformat(last))
        note_all(tx, pipeline.agreements, now, only=fell_due(looked.last, now))
        found = occasions.since(tx, pipeline.agreements, looked, now)
        told = {
            **tx.told(statement for one in found for statement in one.statements),
            **tx.told_of(one.follows for one in found if one.follows is not None),
        }
        tx.set_meta("clock_last", max(looked.last, now).isoformat())
        return tx.add_notices(notices_of(found, pipeline.audience, told=told, now=now))


def preview(pipeline: Pipeline, report: Report) -> tuple[Extracted, tuple[Match, ...]]:
    """Read one report and hold each of its claims against the agreements alone; nothing is stored."""
    extracted = pipeline.reader.read(report)
    reported = [ReportedClaim(claim=claim, report=report) for claim in extracted.claims]
    return extracted, judging.match_claims(reported, pipeline.agreements, pipeline.classes)


def judge_unstored(pipeline: Pipeline, reports: Sequence[Report]) -> tuple[Assessment, ...]:
    """Read reports, merge what they claim into incidents and judge these, as if they were all there is."""
    read = [(report, renumbered(pipeline.reader.read(report), report)) for report in reports]
    claims = [ReportedClaim(claim=claim, report=report) for report, found in read for claim in found.claims]
    nothing = judging.Stored(join_of=lambda _claim_id: None, members=lambda _incident_id: ())
    near = judging.Nearby(lambda _start, _end: claims, pipeline.classes)
    incidents: dict[str, list[ReportedClaim]] = {}
    by_id = {one.claim.id: one for one in claims}
    for join in judging.regroup(claims, (), near, nothing, pipeline.classes).joins:
        incidents.setdefault(join.incident_id, []).append(by_id[join.claim_id])
    return tuple(
        assessment
        for key, members in incidents.items()
        for assessment in judging.assess(
            judging.incident(key, members, pipeline.classes), pipeline.agreements, pipeline.classes
        )
    )
