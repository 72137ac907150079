"""All tables. Classes here describe rows only; the nouns live in `monitor.model` (`rows.py` maps between them).

History (never updated or deleted; triggers refuse it): document, report_version, extraction, failed_reading, claim,
opinion, tally, statement, membership, incident_state, assessment, violation_state, decision, duty_state (in
`duties.py`), silence and acknowledgement (in `outbox_tables.py`). `seq` grows with each row, and no row is recorded
earlier than the row of the same key that it follows; so the state at a moment is the row with the greatest `seq`
recorded until then.

Operational (updated in place): feed_poll, meta; notice, notice_violation, channel (in `outbox_tables.py`).
"""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, Integer, MetaData, Table, false
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from monitor.store.types import JsonText, StorableText, UtcDateTime


class Base(SQLModel):
    """What all tables share: names of constraints that both databases agree on, and the table's name."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return "report_version" for ReportVersionRow."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()


def _text(**options: Any) -> Any:
    return Field(sa_type=StorableText, **options)


def _time(**options: Any) -> Any:
    return Field(sa_type=UtcDateTime, **options)


def _json(**options: Any) -> Any:
    return Field(sa_type=JsonText, **options)


def _seq() -> Any:
    return Field(default=None, primary_key=True, sa_type=BigInteger().with_variant(Integer(), "sqlite"))


def _of_report() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["report_id", "version"], ["report_version.report_id", "report_version.version"])


class DocumentRow(Base, table=True):
    """One fetch: what came, from where, when. Both paths are relative to the evidence folder."""

    seq: int | None = _seq()
    sha256: str = _text(index=True)
    url: str = _text()
    final_url: str = _text()
    fetched_at: datetime = _time()
    status: int
    headers: list[Any] = _json()
    collector: str = _text()
    path: str = _text()
    size_bytes: int = Field(sa_type=BigInteger)
    #: The evidentiary copy, and where its records lie; absent in rows of before there were such copies.
    warc_path: str | None = _text(default=None)
    warc_sha256: str | None = _text(default=None)
    warc_bytes: int | None = Field(default=None, sa_type=BigInteger)
    warc_records: list[Any] | None = _json(default=None)
    #: SHA-256 over the row before's `chain` and this row: a row changed or taken out later breaks it.
    chain: str = _text()


class FeedPollRow(Base, table=True):
    """What is remembered of a feed between two polls; see `model.reports.PollState`."""

    feed_id: str = _text(primary_key=True)
    etag: str | None = _text(default=None)
    last_modified: str | None = _text(default=None)
    body_sha256: str | None = _text(default=None)
    polled_at: datetime | None = _time(default=None)
    due_at: datetime | None = _time(default=None)
    failures: int = 0
    last_error: str | None = _text(default=None)
    first_success_at: datetime | None = _time(default=None)
    last_success_at: datetime | None = _time(default=None)
    gone: bool = False
    url: str | None = _text(default=None)
    validators_url: str | None = _text(default=None)
    asked_interval_seconds: int | None = None
    moved_to: str | None = _text(default=None)
    moved_since: datetime | None = _time(default=None)


class ReportVersionRow(Base, table=True):
    """One version of one published item, with its source as it was described then."""

    report_id: str = _text(primary_key=True)
    version: int = Field(primary_key=True)
    content_sha256: str = _text()
    source_id: str = _text(index=True)
    source: dict[str, Any] = _json()
    feed_id: str | None = _text(default=None)
    title: str = _text()
    text: str | None = _text(default=None)
    language: str = _text()
    published: datetime | None = _time(default=None, index=True)
    published_zone: str | None = _text(default=None)
    first_seen: datetime = _time(index=True)
    url: str | None = _text(default=None)
    document_sha256: str | None = _text(default=None, index=True)
    see_also: list[str] = _json()


class ExtractionRow(Base, table=True):
    """That a version was read, when, and why not if it was not."""

    __table_args__ = (_of_report(),)

    report_id: str = _text(primary_key=True)
    version: int = Field(primary_key=True)
    recorded_at: datetime = _time()
    language: str = _text()
    skipped: str | None = _text(default=None)


class ClaimRow(Base, table=True):
    """What a version of a report asserts; `payload` is the whole claim, the columns beside it are for searching."""

    __table_args__ = (_of_report(), Index(None, "report_id", "version"), Index(None, "event_start"))

    claim_id: str = _text(primary_key=True)
    report_id: str = _text()
    version: int
    act: str = _text()
    target_class: str = _text()
    attacker: str | None = _text(default=None)
    country: str | None = _text(default=None)
    stance: str = _text()
    event_start: datetime | None = _time(default=None)
    event_end: datetime | None = _time(default=None)
    payload: dict[str, Any] = _json()
    recorded_at: datetime = _time()


class OpinionRow(Base, table=True):
    """A second opinion on a claim: what was asked, what came back and what it changed; see `model.opinions.Opinion`."""

    __table_args__ = (Index(None, "claim_id", "seq"),)

    seq: int | None = _seq()
    claim_id: str = _text(foreign_key="claim.claim_id")
    asked_at: datetime = _time()
    endpoint: str = _text()
    model: str = _text()
    question_sha256: str = _text()
    outcome: str = _text()
    reason: str = _text()
    answer: str | None = _text(default=None)
    quotes: list[str] = _json()
    stance_before: str = _text()
    stance_after: str = _text()
    confidence_before: str = _text()
    confidence_after: str = _text()
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class TallyRow(Base, table=True):
    """A party's announced count. `from_time` and `to_time` are the counted stretch, else when the report came."""

    __table_args__ = (_of_report(), Index(None, "report_id", "version"))

    tally_id: str = _text(primary_key=True)
    report_id: str = _text()
    version: int
    accused: str | None = _text(default=None)
    target_class: str = _text()
    count: int = Field(sa_type=BigInteger)
    kind: str = _text()
    from_time: datetime = _time(index=True)
    to_time: datetime = _time()
    payload: dict[str, Any] = _json()
    recorded_at: datetime = _time()


class StatementRow(Base, table=True):
    """What a party declares of a truce; `payload` is the whole statement, the columns beside it are for searching."""

    __table_args__ = (_of_report(), Index(None, "report_id", "version"), Index(None, "announced_at"))

    statement_id: str = _text(primary_key=True)
    report_id: str = _text()
    version: int
    kind: str = _text()
    party: str = _text()
    announced_at: datetime = _time()
    payload: dict[str, Any] = _json()
    recorded_at: datetime = _time()
    #: Whether it came with a backlog (a feed's first poll, a replay), which alerts nobody.
    backlog: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class MembershipRow(Base, table=True):
    """That a claim belongs to an incident, or (not active) no longer does."""

    __table_args__ = (Index(None, "incident_id", "claim_id", "seq"), Index(None, "claim_id", "seq"))

    seq: int | None = _seq()
    incident_id: str = _text()
    claim_id: str = _text(foreign_key="claim.claim_id")
    active: bool
    score: float | None = None
    reasons: list[Any] = _json()
    recorded_at: datetime = _time()


class IncidentStateRow(Base, table=True):
    """What the claims of an incident together say, from `recorded_at` on."""

    __table_args__ = (Index(None, "incident_id", "seq"),)

    seq: int | None = _seq()
    incident_id: str = _text()
    attacker: str | None = _text(default=None)
    attacker_inferred: bool
    target_class: str = _text()
    target_name: str | None = _text(default=None)
    facility_id: str | None = _text(default=None)
    place_name: str | None = _text(default=None)
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    geo_precision: int | None = None
    place_country: str | None = _text(default=None)
    region: str | None = _text(default=None)
    event_start: datetime | None = _time(default=None)
    event_end: datetime | None = _time(default=None)
    time_precision: int | None = None
    country: str | None = _text(default=None)
    occupied_by: str | None = _text(default=None)
    superseded_by: str | None = _text(default=None)
    recorded_at: datetime = _time()


#: Named by hand: PostgreSQL cuts names at 63 characters.
_ASSESSMENT_INDEX = Index(
    "ix_assessment_key_seq", "incident_id", "agreement_id", "clause_id", "reading_id", "accused", "seq"
)


class AssessmentRow(Base, table=True):
    """An incident held against one reading; not active where the latest judging no longer holds it against it."""

    __table_args__ = (_ASSESSMENT_INDEX,)

    seq: int | None = _seq()
    incident_id: str = _text()
    agreement_id: str = _text()
    rule_version: str = _text()
    clause_id: str = _text()
    reading_id: str = _text()
    accused: str = _text()
    verdict: str = _text()
    reasons: list[Any] = _json()
    active: bool
    recorded_at: datetime = _time()


class ViolationStateRow(Base, table=True):
    """Where a violation stands from `recorded_at` on, and who says so: "program" or a person's name."""

    __table_args__ = (Index(None, "violation_id", "seq"), Index(None, "incident_id", "seq"))

    seq: int | None = _seq()
    violation_id: str = _text()
    incident_id: str = _text()
    agreement_id: str = _text()
    agreement_title: str = _text()
    clause_id: str = _text()
    clause_title: str = _text()
    accused: str = _text()
    status: str = _text()
    disputed: bool
    denied_by: list[Any] = _json()
    credibility: int
    reasons: list[Any] = _json()
    recorded_by: str = _text()
    recorded_at: datetime = _time()


class DecisionRow(Base, table=True):
    """What a person decided about an incident; `payload` is the whole decision."""

    __table_args__ = (Index(None, "incident_id", "seq"),)

    seq: int | None = _seq()
    incident_id: str = _text()
    kind: str = _text()
    author: str = _text()
    reason: str = _text()
    payload: dict[str, Any] = _json()
    recorded_at: datetime = _time()


class FailedReadingRow(Base, table=True):
    """That a version of a report was stored and our reading of it failed; no longer so once an extraction of it is.

    `program` is the version of the program that failed, `backlog` whether what it told would have alerted nobody.
    """

    __table_args__ = (_of_report(), Index(None, "report_id", "version", "seq"))

    seq: int | None = _seq()
    report_id: str = _text()
    version: int
    recorded_at: datetime = _time()
    error: str = _text()
    program: str = _text()
    backlog: bool


class MetaRow(Base, table=True):
    """Small facts about this installation: the rule versions last judged by, the daemon's last sign of life."""

    key: str = _text(primary_key=True)
    value: str = _text()


def _table(row: type[Base]) -> Table:
    return Base.metadata.tables[str(row.__tablename__)]


DOCUMENT = _table(DocumentRow)
FEED_POLL = _table(FeedPollRow)
REPORT = _table(ReportVersionRow)
EXTRACTION = _table(ExtractionRow)
CLAIM = _table(ClaimRow)
OPINION = _table(OpinionRow)
TALLY = _table(TallyRow)
STATEMENT = _table(StatementRow)
MEMBERSHIP = _table(MembershipRow)
INCIDENT = _table(IncidentStateRow)
ASSESSMENT = _table(AssessmentRow)
VIOLATION = _table(ViolationStateRow)
DECISION = _table(DecisionRow)
FAILED_READING = _table(FailedReadingRow)
META = _table(MetaRow)
