"""The tables of the outbox: notices, channels, and what people asked of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Integer
from sqlmodel import Field

from monitor.store.tables import Base
from monitor.store.types import JsonText, StorableText, UtcDateTime


class NoticeRow(Base, table=True):
    """The outbox; see `model.judgements.Notice`."""

    __table_args__ = (Index(None, "state", "due_at"), Index(None, "channel", "sent_at"))

    id: str = Field(sa_type=StorableText, primary_key=True)
    channel: str = Field(sa_type=StorableText)
    kind: str = Field(sa_type=StorableText)
    incident_id: str = Field(sa_type=StorableText, index=True)
    violation_ids: list[str] = Field(sa_type=JsonText)
    payload: str = Field(sa_type=StorableText)
    created_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    state: str = Field(sa_type=StorableText)
    attempts: int = 0
    last_error: str | None = Field(sa_type=StorableText, default=None)
    sent_at: datetime | None = Field(sa_type=UtcDateTime, default=None)
    group_key: str | None = Field(sa_type=StorableText, default=None)
    merged_into: str | None = Field(sa_type=StorableText, default=None)
    held_because: str | None = Field(sa_type=StorableText, default=None)


class NoticeViolationRow(Base, table=True):
    """That a notice is about a violation: updates go to whoever was told of it before."""

    notice_id: str = Field(sa_type=StorableText, primary_key=True, foreign_key="notice.id")
    violation_id: str = Field(sa_type=StorableText, primary_key=True, index=True)


class ChannelRow(Base, table=True):
    """What is remembered of a channel that fails; see `model.delivery.ChannelState`."""

    channel: str = Field(sa_type=StorableText, primary_key=True)
    failures: int
    failing_since: datetime | None = Field(sa_type=UtcDateTime, default=None)
    tried_at: datetime | None = Field(sa_type=UtcDateTime, default=None)
    retry_at: datetime | None = Field(sa_type=UtcDateTime, default=None)
    asked: bool
    disabled_at: datetime | None = Field(sa_type=UtcDateTime, default=None)
    reason: str | None = Field(sa_type=StorableText, default=None)


class SilenceRow(Base, table=True):
    """What nobody is to be alerted of for a while; see `model.routing.Silence`. The newest row of an id holds."""

    seq: int | None = Field(default=None, primary_key=True, sa_type=BigInteger().with_variant(Integer(), "sqlite"))
    silence_id: str = Field(sa_type=StorableText, index=True)
    matcher: dict[str, Any] = Field(sa_type=JsonText)
    begins: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime)
    author: str = Field(sa_type=StorableText)
    reason: str = Field(sa_type=StorableText)
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class AcknowledgementRow(Base, table=True):
    """That somebody has taken note of the alerts about an incident."""

    seq: int | None = Field(default=None, primary_key=True, sa_type=BigInteger().with_variant(Integer(), "sqlite"))
    incident_id: str = Field(sa_type=StorableText, index=True)
    author: str = Field(sa_type=StorableText)
    how: str = Field(sa_type=StorableText)
    note: str = Field(sa_type=StorableText)
    recorded_at: datetime = Field(sa_type=UtcDateTime)


NOTICE = Base.metadata.tables["notice"]
NOTICE_VIOLATION = Base.metadata.tables["notice_violation"]
CHANNEL = Base.metadata.tables["channel"]
SILENCE = Base.metadata.tables["silence"]
ACKNOWLEDGEMENT = Base.metadata.tables["acknowledgement"]
