"""What parties accepted: agreements, clauses and the readings of them. Values only; the catalogue builds them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from monitor.model.provisos import Condition, Exemption
from monitor.model.reports import Language, PartyId
from monitor.model.times import Bound, Containment, Window


class Verdict(StrEnum):
    """What a reading makes of an incident."""

    BREACH = "breach"
    NO_BREACH = "no breach"
    UNDETERMINED = "undetermined"


class ClauseKind(StrEnum):
    """What kind of obligation a clause is."""

    #: Something must not be done.
    PROHIBITION = "prohibition"
    #: Something must be kept up: safe navigation, say. What breaks it is judged as what breaks a prohibition.
    STANDING_DUTY = "standing duty"
    #: Something must be done by a time.
    DUTY = "duty"
    #: A duty to go, or to hand over, by a time.
    WITHDRAWAL = "withdrawal"

    @property
    def has_readings(self) -> bool:
        """Return whether incidents are held against clauses of the kind."""
        return self in (ClauseKind.PROHIBITION, ClauseKind.STANDING_DUTY)


class Answer(StrEnum):
    """A reading's published answer to a question about its scope."""

    YES = "yes"
    NO = "no"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """Where a statement of a rule file comes from."""

    url: str
    quote: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetClass:
    """A kind of target, as `rules/vocabulary/target-classes.yaml` lists it."""

    id: str
    #: Claims of one family may be one event where one of the two is broad or unspecified: "a depot", "an oil facility".
    family: str
    #: True for the classes that count as energy infrastructure in the widest sense.
    energy: bool
    #: True where the class names no kind of facility ("energy infrastructure", "gas facility").
    unspecified: bool
    #: True where the word is also used for other objects of its family: a network, a terminal with its tanks.
    broad: bool = False
    #: True where reports of a day that do not say where are taken to tell of one event: the works of a whole company.
    whole: bool = False
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """Who is bound, with the names it goes by."""

    id: PartyId
    name: str
    #: Its name in other languages.
    names: Mapping[Language, str] = field(default_factory=dict)
    #: Who speaks and acts for it, in words, for people.
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One holder's published view of a clause: when it binds and what it covers."""

    id: str
    #: Who holds it, in words ("Kremlin"); the party id where a party does, else None.
    holder: str
    holder_party: PartyId | None
    window: Window
    covered: frozenset[str]
    excluded: frozenset[str]
    unclear: frozenset[str]
    #: Does an intercepted attempt count?
    intercepted_counts: Answer
    #: Does damage by the debris of an intercepted weapon count?
    debris_counts: Answer
    #: Does a strike by the bound party on ground that it holds itself, or that is occupied, count?
    own_or_occupied_ground_counts: Answer
    #: First-level regions (GeoNames codes such as "UA.12") to which the reading is limited; empty: it is not.
    territory: frozenset[str] = frozenset()
    #: Without it nothing is in force by this reading.
    condition: Condition | None = None
    #: What it takes out, see `Exemption`.
    exemptions: tuple[Exemption, ...] = ()
    references: tuple[Reference, ...]
    note: str = ""


class DutyStatus(StrEnum):
    """Where a duty stands, by the reports that were looked at."""

    #: Nothing reported, and not due yet for sure.
    PENDING = "pending"
    FULFILLED = "fulfilled"
    PARTLY = "partly fulfilled"
    #: Due for sure, and none of the reports that were looked at tells of it: which does not prove that it was not done.
    OVERDUE = "overdue"
    #: Reports differ, or it is due and no report was looked at that could tell of it.
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyItem:
    """One thing that is owed: how many, or None where it is done or not."""

    id: str
    title: str
    owed: int | None
    #: What all of it is called: "175 for 175"; empty: the number and the title.
    whole: str = ""
    #: Patterns by which reports tell that it was done; a `#` in them is how many.
    words: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyReading:
    """One holder's published view of a duty: what is owed by when."""

    id: str
    holder: str
    holder_party: PartyId | None
    due: Bound
    items: tuple[DutyItem, ...]
    references: tuple[Reference, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """What is owed by when; reports published from `looked_at_from` to `looked_at_until` can show it."""

    due: Bound
    looked_at_from: datetime
    looked_at_until: datetime
    items: tuple[DutyItem, ...]
    #: Patterns of which a report must contain one to be about it; no entry: any report is.
    about: Mapping[Language, tuple[str, ...]]
    #: Patterns beside which nothing is told as done ("will", "plan").
    undone: Mapping[Language, tuple[str, ...]]
    #: Where holders read it differently; none: there is one way to read it.
    readings: tuple[DutyReading, ...] = ()

    @property
    def as_read(self) -> "tuple[tuple[DutyReading | None, Duty], ...]":
        """Return the duty as each reading has it; as it is, and None, where there is one way to read it."""
        read = ((one, replace(self, due=one.due, items=one.items, readings=())) for one in self.readings)
        return tuple(read) or ((None, self),)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One obligation of one party."""

    id: str
    title: str
    kind: ClauseKind
    #: The party that is bound.
    bound: PartyId
    #: Countries (recognised, ISO 3166-1 alpha-2) whose facilities are protected; empty means all.
    protected: frozenset[str]
    #: Act ids that are prohibited; empty means any attack.
    acts: frozenset[str]
    readings: tuple[Reading, ...]
    #: Of a duty: what is owed.
    duty: Duty | None = None
    #: The clause of the other side that this one answers, or is owed in return for; each is judged by itself.
    reciprocal_to: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """A set of obligations that parties accepted, at one version of its file."""

    id: str
    title: str
    #: "agreed", "unilateral", "lapsed" ... as the file says.
    status: str
    date: dt.date
    modified: dt.date
    summary: str
    references: tuple[Reference, ...]
    parties: tuple[Party, ...]
    clauses: tuple[Clause, ...]
    notes: tuple[str, ...]
    remedies: tuple[str, ...]
    false_positives: tuple[str, ...]
    #: What kind of agreement it is, in words: "ceasefire", "limited ceasefire", "exchange".
    agreement_class: str
    tags: tuple[str, ...]
    #: First 12 hexadecimal digits of the SHA-256 of the file: the version that an assessment names.
    rule_version: str
    #: Where it was read from, for messages.
    path: str

    def binding(self, now: datetime) -> tuple[tuple[Clause, Reading, Containment], ...]:
        """Return each clause and reading that binds, or may bind, at `now`."""
        return tuple(
            (clause, reading, containment)
            for clause in self.clauses
            for reading in clause.readings
            if (containment := reading.window.at(now)) is not Containment.OUTSIDE
        )
