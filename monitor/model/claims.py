"""What a report asserts: claims and tallies, each with the spans of text it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.model.reports import Language, PartyId, Report
from monitor.model.times import EventTime

#: Half-open range of Unicode code points in `Report.full_text`.
Span = tuple[int, int]


class Stance(StrEnum):
    """How a report puts a claim. Only ASSERTED and ALLEGED report an event."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    DENIED = "denied"
    THREATENED = "threatened"
    NEGOTIATED = "negotiated"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"
    COMMENTARY = "commentary"

    @property
    def reports_event(self) -> bool:
        """Return whether a claim of this stance reports an event."""
        return self in (Stance.ASSERTED, Stance.ALLEGED)


class Outcome(StrEnum):
    """What came of an act."""

    HIT = "hit"
    DAMAGED = "damaged"
    FIRE = "fire"
    OUTAGE = "outage"
    DEBRIS = "debris"
    INTERCEPTED = "intercepted"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """Whether the attacker is named in the text or follows from the ground struck."""

    STATED = "stated"
    INFERRED = "inferred"


class Confidence(StrEnum):
    """Whether two careful readers would read the claim alike."""

    HIGH = "high"
    LOW = "low"


class TallyKind(StrEnum):
    """An increment counts a stretch of time and adds up; a cumulative figure counts from the start and never does."""

    INCREMENT = "increment"
    CUMULATIVE = "cumulative"


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Somebody who says or denies something: the words of the text, and the party they speak for, if any."""

    name: str
    party: PartyId | None
    #: Neither named nor of a known side ("the minister", "sources"): who it is depends on whom the outlet listens to.
    unnamed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What was struck: a class id of `rules/vocabulary/target-classes.yaml`, and the words or proper name."""

    class_id: str
    name: str | None
    #: Id in `seeds/facilities.yaml` where the text names a known facility.
    facility_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where: geo precision follows ACLED (1 exact place, 2 area, 3 region). Coordinates in degrees, WGS 84."""

    name: str
    geonameid: int | None
    lat: float | None
    lon: float | None
    precision: int
    #: Recognised country (ISO 3166-1 alpha-2) and its first-level region, as GeoNames code such as "UA.17".
    country: str | None = None
    region: str | None = None

    def __post_init__(self) -> None:
        if self.precision not in (1, 2, 3):
            raise ValueError(f"geo precision is 1, 2 or 3, not {self.precision}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One report's assertion of one event.

    `spans` maps a slot ("act", "target", "attacker", "place", "event_time", "weapon", "quantity", "outcome",
    "claimants", "denied_by", "stance") to the ranges it rests on, and "sentence" to the sentence shown to people.
    """

    id: str
    act: str
    target: Target
    attacker: PartyId | None
    attacker_basis: Basis | None
    claimants: tuple[Actor, ...] = ()
    denied_by: tuple[Actor, ...] = ()
    #: Internationally recognised country of the target (ISO 3166-1 alpha-2).
    country: str | None
    #: Party that holds the place against that country's will at that date; "unknown" where it is contested; else None.
    occupied_by: PartyId | None
    place: Place | None
    event_time: EventTime | None
    weapon: str | None = None
    quantity: int | None = None
    outcome: Outcome
    #: What reached the target was the debris of an intercepted weapon.
    by_debris: bool = False
    stance: Stance
    confidence: Confidence
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """A party's announced count of attacks: a claim about numbers, never that many incidents."""

    id: str
    claimant: Actor
    accused: PartyId | None
    target_class: str
    count: int
    kind: TallyKind
    #: The counted stretch of time (UTC); None where the text does not say.
    start: datetime | None
    end: datetime | None
    span: Span


class StatementKind(StrEnum):
    """What a party declares of a truce as a whole."""

    START = "start"
    EXTENSION = "extension"
    END = "end"
    #: That it holds itself bound no longer.
    WITHDRAWAL = "withdrawal"
    #: That it breaks nothing, or strikes nothing of a kind: it denies no event of its own.
    DENIAL = "denial"


class TruceKind(StrEnum):
    """Which truce a statement is about, as far as its words say."""

    ENERGY = "energy"
    SEA = "sea"
    ANY = "any"


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What a party declares of a truce, or denies in general; never an event, and never that it is so."""

    id: str
    kind: StatementKind
    #: Who declares it; always of a known party.
    speaker: Actor
    about: TruceKind
    #: The sentence.
    span: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Extracted:
    """All that one report yields."""

    language: Language
    claims: tuple[Claim, ...] = ()
    tallies: tuple[Tally, ...] = ()
    statements: tuple[Statement, ...] = ()
    #: Why nothing was read ("language not read"), or None.
    skipped: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedClaim:
    """A claim together with the report that makes it: what judging works on."""

    claim: Claim
    report: Report

    def quote(self) -> str:
        """Return the sentence that the claim rests on, verbatim."""
        text = self.report.full_text
        spans = self.claim.spans.get("sentence") or ((0, len(text)),)
        return " ".join(text[start:end] for start, end in spans).strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedTally:
    """An announced count together with the report that relays it."""

    tally: Tally
    report: Report

    def quote(self) -> str:
        """Return the paragraph in which the count stands, verbatim."""
        text, (start, end) = self.report.full_text, self.tally.span
        after = text.find("\n", end)
        return text[text.rfind("\n", 0, start) + 1 : after if after >= 0 else len(text)].strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedStatement:
    """A statement together with the report that relays it."""

    statement: Statement
    report: Report
    #: Whether the report came with a backlog (a feed's first poll, a replay), which alerts nobody.
    backlog: bool = False

    @property
    def announced(self) -> datetime:
        """Return when it was relayed: the statement itself was made at that time or shortly before."""
        return self.report.came

    def quote(self) -> str:
        """Return the sentence, verbatim."""
        start, end = self.statement.span
        return self.report.full_text[start:end].strip()
