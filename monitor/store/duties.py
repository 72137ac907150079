"""Where duties stood over time: their table, and what is asked and written of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Index, Integer, insert, select
from sqlmodel import Field

from monitor.model.agreements import DutyStatus
from monitor.model.duties import DutyRecord, PartRecord
from monitor.store.loading import mappings, until
from monitor.store.tables import Base
from monitor.store.types import JsonText, StorableText, UtcDateTime

_Key = tuple[str, str, str | None]


class DutyStateRow(Base, table=True):
    """Where a duty stands from `recorded_at` on, under one reading; see `model.duties.DutyRecord`."""

    __table_args__ = (Index(None, "agreement_id", "clause_id", "seq"),)

    seq: int | None = Field(default=None, primary_key=True, sa_type=BigInteger().with_variant(Integer(), "sqlite"))
    agreement_id: str = Field(sa_type=StorableText)
    clause_id: str = Field(sa_type=StorableText)
    reading_id: str | None = Field(default=None, sa_type=StorableText)
    rule_version: str = Field(sa_type=StorableText)
    status: str = Field(sa_type=StorableText)
    parts: list[Any] = Field(sa_type=JsonText)
    words: str = Field(sa_type=StorableText)
    looked_at: int
    because: list[str] = Field(sa_type=JsonText)
    recorded_at: datetime = Field(sa_type=UtcDateTime)


_DUTY = Base.metadata.tables["duty_state"]


class DutyHistoryReading:
    """Questions about how duties stood."""

    _connection: Connection

    def duty_history(self, as_of: datetime | None = None) -> tuple[DutyRecord, ...]:
        """Return each change of each duty, oldest first."""
        query = select(_DUTY).where(until(_DUTY, as_of)).order_by(_DUTY.c.seq)
        return tuple(_record(row) for row in mappings(self._connection, query))


class DutyHistoryWriting(DutyHistoryReading):
    """What is written of duties."""

    def save_duties(self, records: Iterable[DutyRecord]) -> int:
        """Add the records that say otherwise than the newest of the same duty and reading; return how many did."""
        newest: dict[_Key, DutyRecord] = {one.key: one for one in self.duty_history()}
        new = [one for one in records if one.key not in newest or not one.says_as(newest[one.key])]
        if new:
            self._connection.execute(insert(_DUTY), [_row(one, newest.get(one.key)) for one in new])
        return len(new)


def _row(one: DutyRecord, before: DutyRecord | None) -> dict[str, Any]:
    """Return the row of a record, no earlier than the one of its key before it, though a clock was set back."""
    return {
        "agreement_id": one.agreement_id,
        "clause_id": one.clause_id,
        "reading_id": one.reading_id,
        "rule_version": one.rule_version,
        "status": one.status.value,
        "parts": [{"id": part.id, "status": part.status.value, "figures": list(part.figures)} for part in one.parts],
        "words": one.words,
        "looked_at": one.looked_at,
        "because": list(one.because),
        "recorded_at": max(one.recorded_at, before.recorded_at) if before else one.recorded_at,
    }


def _record(row: Mapping[str, Any]) -> DutyRecord:
    values = {name: value for name, value in row.items() if name not in ("seq", "status", "parts", "because")}
    return DutyRecord(
        **values,
        status=DutyStatus(row["status"]),
        parts=tuple(
            PartRecord(id=part["id"], status=DutyStatus(part["status"]), figures=tuple(part["figures"]))
            for part in row["parts"]
        ),
        because=tuple(row["because"]),
    )
