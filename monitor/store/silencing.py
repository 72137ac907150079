"""What people asked of alerts: silences, and acknowledgements. Both are history: rows are added, never changed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from monitor.model.routing import Acknowledgement, Matcher, Silence, Trait
from monitor.store.loading import chunks, mappings
from monitor.store.outbox_tables import ACKNOWLEDGEMENT, SILENCE


class SilenceReading:
    """Questions about silences and acknowledgements."""

    _connection: Connection

    def silences(self, now: datetime | None = None) -> tuple[Silence, ...]:
        """Return the silences as they stand, oldest first; with `now`, only those that have not ended by then."""
        newest: dict[str, Silence] = {}
        for row in mappings(self._connection, select(SILENCE).order_by(SILENCE.c.seq)):
            newest[row["silence_id"]] = _silence(row)
        return tuple(one for one in newest.values() if now is None or now < one.until)

    def acknowledgements(self, incident_ids: Iterable[str]) -> Mapping[str, Acknowledgement]:
        """Return the first acknowledgement of each incident that has one."""
        found: dict[str, Acknowledgement] = {}
        for ids in chunks(dict.fromkeys(incident_ids)):
            query = select(ACKNOWLEDGEMENT).where(ACKNOWLEDGEMENT.c.incident_id.in_(ids))
            for row in mappings(self._connection, query.order_by(ACKNOWLEDGEMENT.c.seq)):
                found.setdefault(row["incident_id"], _acknowledgement(row))
        return found


class SilenceWriting(SilenceReading):
    """What is written of them."""

    def save_silence(self, silence: Silence, recorded_at: datetime) -> None:
        """Record a silence, or how one of that id stands from now on."""
        matcher = {trait.value: sorted(values) for trait, values in silence.matcher.wanted.items()}
        row = {"silence_id": silence.id, "matcher": matcher, "recorded_at": recorded_at}
        row |= {name: getattr(silence, name) for name in ("begins", "until", "author", "reason")}
        self._connection.execute(insert(SILENCE).values(row))

    def add_acknowledgement(self, one: Acknowledgement) -> bool:
        """Record that somebody has taken note; return whether that is new: a second one of the same says nothing."""
        before = self.acknowledgements([one.incident_id]).get(one.incident_id)
        if before is not None and (before.author, before.how) == (one.author, one.how):
            return False
        names = ("incident_id", "author", "how", "note", "recorded_at")
        self._connection.execute(insert(ACKNOWLEDGEMENT).values({name: getattr(one, name) for name in names}))
        return True


def _silence(row: Mapping[str, Any]) -> Silence:
    wanted = {Trait(trait): frozenset(values) for trait, values in row["matcher"].items()}
    return Silence(
        id=row["silence_id"],
        matcher=Matcher(wanted=wanted),
        begins=row["begins"],
        until=row["until"],
        author=row["author"],
        reason=row["reason"],
    )


def _acknowledgement(row: Mapping[str, Any]) -> Acknowledgement:
    names = ("incident_id", "author", "how", "note", "recorded_at")
    return Acknowledgement(**{name: row[name] for name in names})
