"""What people decide about incidents, and why claims belong to them: the rows, and the questions about them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, select

from monitor.model.decisions import Decision, DecisionKind
from monitor.model.judgements import Join
from monitor.store import rows
from monitor.store.loading import chunks, mappings, of_newest, until
from monitor.store.tables import DECISION, INCIDENT, MEMBERSHIP

_DECISION = TypeAdapter(Decision)
_OF_CLAIM = ("incident_id", "claim_id")


def decision_row(decision: Decision) -> rows.Row:
    """Return the row of a decision."""
    return rows.storable_row(
        {
            "incident_id": decision.incident_id,
            "kind": decision.kind.value,
            "author": decision.author,
            "reason": decision.reason,
            "payload": rows.as_plain(_DECISION, decision),
            "recorded_at": decision.decided_at,
        }
    )


class DecisionReading:
    """Questions about decisions, and about which claims belong to which incident."""

    _connection: Connection

    def decisions(self, incident_id: str, as_of: datetime | None = None) -> tuple[Decision, ...]:
        """Return what people decided about an incident, oldest first."""
        query = select(DECISION).where(DECISION.c.incident_id == incident_id, until(DECISION, as_of))
        found = mappings(self._connection, query.order_by(DECISION.c.seq))
        return tuple(_DECISION.validate_python(row["payload"]) for row in found)

    def all_decisions(self, as_of: datetime | None = None) -> Mapping[str, Sequence[Decision]]:
        """Return what people decided, oldest first, by incident."""
        found: dict[str, list[Decision]] = defaultdict(list)
        for row in mappings(self._connection, select(DECISION).where(until(DECISION, as_of)).order_by(DECISION.c.seq)):
            found[row["incident_id"]].append(_DECISION.validate_python(row["payload"]))
        return found

    def decided_incidents(self) -> frozenset[str]:
        """Return the ids of the incidents about which people decided something."""
        noted = DecisionKind.NOTE.value
        query = select(DECISION.c.incident_id).where(DECISION.c.kind != noted).distinct()
        return frozenset(self._connection.execute(query).scalars())

    def superseded_by(self, incident_id: str, as_of: datetime | None = None) -> str | None:
        """Return the incident in which the claims of one now stand; None where it stands itself, or nobody knows it."""
        query = of_newest(INCIDENT, ("incident_id",), as_of, INCIDENT.c.incident_id == incident_id)
        return next((row["superseded_by"] for row in mappings(self._connection, query)), None)

    def joins_of(self, incident_id: str, as_of: datetime | None = None) -> tuple[Join, ...]:
        """Return why each claim of an incident belongs to it, in the order in which that was recorded."""
        query = of_newest(MEMBERSHIP, _OF_CLAIM, as_of, MEMBERSHIP.c.incident_id == incident_id)
        return tuple(rows.join(row) for row in mappings(self._connection, query) if row["active"])

    def joins_of_claims(self, claim_ids: Iterable[str]) -> Mapping[str, Join]:
        """Return the incident to which each claim was joined last and which it has not left, and why, by claim."""
        found: dict[str, Join] = {}
        for chunk in chunks(claim_ids):
            where = MEMBERSHIP.c.claim_id.in_(chunk)
            for row in mappings(self._connection, of_newest(MEMBERSHIP, _OF_CLAIM, None, where)):
                if row["active"]:
                    found[row["claim_id"]] = rows.join(row)
        return found

    def former_incidents(self, claim_ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Return the claims of these that each incident once had and lost, by incident."""
        found: dict[str, set[str]] = defaultdict(set)
        for chunk in chunks(claim_ids):
            where = MEMBERSHIP.c.claim_id.in_(chunk)
            for row in mappings(self._connection, of_newest(MEMBERSHIP, _OF_CLAIM, None, where)):
                if not row["active"]:
                    found[row["incident_id"]].add(row["claim_id"])
        return {key: frozenset(claims) for key, claims in found.items()}

    def reason_codes(self, incident_id: str) -> frozenset[str]:
        """Return the codes of all reasons by which claims belong to an incident."""
        return frozenset(reason.code for join in self.joins_of(incident_id) for reason in join.reasons)
