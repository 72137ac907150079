"""What is made of claims: incidents, assessments, violations, notices."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.agreements import Verdict
from monitor.model.claims import Actor, Basis, Place, ReportedClaim, Target
from monitor.model.reports import PartyId
from monitor.model.times import EventTime


def stable_id(prefix: str, *parts: str) -> str:
    """Return an id that the same parts always give: the prefix and 12 hexadecimal digits."""
    digest = hashlib.sha256("\x1f".join(parts).encode(errors="surrogatepass")).hexdigest()
    return f"{prefix}-{digest[:12]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why something was decided: a code for machines, words for people."""

    code: str
    text: str


class Slot(StrEnum):
    """What a person can correct of an incident."""

    PLACE = "place"
    TIME = "time"
    ATTACKER = "attacker"


@dataclass(frozen=True, kw_only=True, slots=True)
class Incident:
    """All claims about the same event. `id` is that of its first claim and never changes as claims join."""

    id: str
    claims: tuple[ReportedClaim, ...]
    #: What the claims together say, best grounded first; None or empty where no claim says.
    attacker: PartyId | None
    attacker_inferred: bool
    target: Target
    place: Place | None
    event_time: EventTime | None
    country: str | None
    occupied_by: PartyId | None
    #: It may be an incident that is recorded already: what it says fits several of them.
    ambiguous: bool = False
    #: What a person says of it, against the reports.
    corrected: frozenset[Slot] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Join:
    """That a claim belongs to an incident, with the score (0 to 1) and the reasons for it."""

    claim_id: str
    incident_id: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """An incident, held against one reading of one clause, for one accused party, at one version of the rule."""

    incident_id: str
    agreement_id: str
    rule_version: str
    clause_id: str
    reading_id: str
    accused: PartyId
    verdict: Verdict
    reasons: tuple[Reason, ...]
    #: False where the latest judging no longer holds the incident against this reading: what was said is history.
    active: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """The assessment that one claim alone would get: a preview, never stored."""

    claim_id: str
    agreement_id: str
    clause_id: str
    accused: PartyId
    reading_id: str
    verdict: Verdict
    reasons: tuple[Reason, ...]


class Status(StrEnum):
    """Where a violation stands. CONFIRMED and DISMISSED are decided by a person only."""

    ALLEGED = "alleged"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """How well an incident is grounded."""

    status: Status
    disputed: bool
    denied_by: tuple[Actor, ...]
    #: Admiralty credibility, 1 (confirmed) to 6 (cannot be judged).
    credibility: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """An incident that at least one reading of a clause calls a breach by the accused party."""

    id: str
    incident: Incident
    agreement_id: str
    agreement_title: str
    clause_id: str
    clause_title: str
    accused: PartyId
    #: One for every reading of the clause, whatever its verdict; the last ones, retired, where none stands any more.
    assessments: tuple[Assessment, ...]
    rating: Rating

    @property
    def attacker_basis(self) -> Basis:
        """Return whether a report names the accused as the attacker, or that only follows from the ground struck."""
        named = any(
            one.claim.attacker == self.accused
            and one.claim.attacker_basis is not Basis.INFERRED
            and one.claim.stance.reports_event
            for one in self.incident.claims
        )
        return Basis.STATED if named else Basis.INFERRED

    @property
    def breached_readings(self) -> tuple[str, ...]:
        """Return the ids of the readings under which this is a breach."""
        return self.readings_with(Verdict.BREACH)

    @property
    def retired(self) -> tuple[Assessment, ...]:
        """Return the assessments that stand no more."""
        return tuple(a for a in self.assessments if not a.active)

    def readings_with(self, verdict: Verdict) -> tuple[str, ...]:
        """Return the ids of the readings that come to this verdict; retired assessments come to none."""
        return tuple(a.reading_id for a in self.assessments if a.active and a.verdict is verdict)


def violation_id(incident_id: str, agreement_id: str, clause_id: str, accused: PartyId) -> str:
    """Return the id that one incident, clause and accused party always have."""
    return stable_id("V", incident_id, agreement_id, clause_id, accused)


class ChangeKind(StrEnum):
    """What happened to a violation, and so what a notice is about."""

    NEW = "new"
    REINSTATED = "reinstated"
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    DIGEST = "digest"
    #: Nothing happened to a violation: a window opened or closed, a duty fell due, a party announced something.
    OCCASION = "occasion"
    #: For whoever runs the monitor: something is not well, or is again.
    OPERATIONS = "operations"

    @property
    def of_a_violation(self) -> bool:
        """Return whether it happens to a violation, and not to many or to none."""
        return self not in (ChangeKind.DIGEST, ChangeKind.OCCASION, ChangeKind.OPERATIONS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A violation as it now stands, what changed, and when it was recorded."""

    kind: ChangeKind
    violation: Violation
    recorded_at: datetime


class NoticeState(StrEnum):
    """Where a notice of the outbox stands."""

    PENDING = "pending"
    SENT = "sent"
    #: Given up: its receiver is gone, refused it for good, or could not be reached for days.
    DEAD = "dead"
    #: Taken out of the outbox by a person.
    DROPPED = "dropped"
    #: Told as part of another notice, which many were put together into.
    MERGED = "merged"
    #: Not sent, because people asked for silence about it; it is not lost, and nobody counts as told.
    SILENCED = "silenced"


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One row of the outbox: one receiver is to be told of one change.

    `id` follows from what it is about, so the same change is never queued twice for one receiver.
    """

    id: str
    #: One destination: "email:ADDRESS", "webhook" or "file" from the settings, "KIND:NAME" (mail: "email:NAME:ADDRESS")
    #: from the file of alerts.
    channel: str
    kind: ChangeKind
    incident_id: str
    #: The violations that the notice is about: one, or many in a digest.
    violation_ids: tuple[str, ...]
    #: What is sent, as JSON text; rendered once, when the change is committed.
    payload: str
    created_at: datetime
    due_at: datetime
    state: NoticeState = NoticeState.PENDING
    #: How often it was refused, and handed over. Attempts that met a receiver that was down count for the channel.
    attempts: int = 0
    last_error: str | None = None
    sent_at: datetime | None = None
    #: What it is put together with others by; None where it goes by itself.
    group_key: str | None = None
    #: The notice that tells of it in its place.
    merged_into: str | None = None
    #: Why it is not sent at once, in words.
    held_because: str | None = None
