"""What parties accepted: agreements, clauses and the readings of them. Values only; the catalogue builds them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.reports import Language, PartyId
from monitor.model.times import Bound, Containment, Window


class Verdict(StrEnum):
    """What a reading makes of an incident."""

    BREACH = "breach"
    NO_BREACH = "no breach"
    UNDETERMINED = "undetermined"


class ClauseKind(StrEnum):
    """What kind of obligation a clause is."""

    PROHIBITION = "prohibition"
    DUTY = "duty"


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
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """Who is bound, with the names it goes by."""

    id: PartyId
    name: str


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
    references: tuple[Reference, ...]
    note: str = ""


class DutyStatus(StrEnum):
    """Where a duty stands, by the reports that were looked at."""

    #: Nothing reported, and not due yet for sure.
    PENDING = "pending"
    FULFILLED = "fulfilled"
    PARTLY = "partly fulfilled"
    #: Due for sure, and no report found that it was done: which does not prove that it was not.
    OVERDUE = "overdue"
    #: Reports differ.
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyItem:
    """One thing that is owed: how many, or None where it is done or not."""

    id: str
    title: str
    owed: int | None
    #: Patterns by which reports tell that it was done; a `#` in them is how many.
    words: Mapping[Language, tuple[str, ...]]


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
