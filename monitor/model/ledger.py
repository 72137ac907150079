"""The ledger: what parties announce beside what is recorded, as values."""

from dataclasses import dataclass
from datetime import datetime

from monitor.model.claims import ReportedStatement, ReportedTally, StatementKind, TallyKind, TruceKind
from monitor.model.reports import PartyId


@dataclass(frozen=True, kw_only=True, slots=True)
class Between:
    """A number known only to lie between two bounds, both possible."""

    least: int
    most: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidenced:
    """What is recorded of a stretch of time: `least` what surely lies in it, `most` also what may."""

    incidents: Between
    #: Of these incidents, those recorded as violations that stand.
    violations: Between


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """One count as a party announced it, however many reports relay it."""

    #: The party that announces, else None and the words for who does.
    party: PartyId | None
    name: str
    accused: PartyId | None
    target_class: str
    kind: TallyKind
    count: int
    #: The counted stretch of time; `start` is None where the count does not say since when.
    start: datetime | None
    end: datetime
    relayed: tuple[ReportedTally, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnouncedRow:
    """An announced count beside what is recorded of the same time, party and kind of target."""

    announced: Announcement
    evidenced: Evidenced

    @property
    def gap(self) -> Between:
        """Return how many more were announced than are recorded; below zero, fewer."""
        return _gap(Between(least=self.announced.count, most=self.announced.count), self.evidenced.incidents)


@dataclass(frozen=True, kw_only=True, slots=True)
class SummedRow:
    """What one party's increments against another add up to, over the time that they cover."""

    party: PartyId | None
    name: str
    accused: PartyId | None
    target_class: str
    #: From the first counted instant to the last; what no increment covers in between is not counted.
    start: datetime
    end: datetime
    #: Two counts of the same time are no two counts: the smaller of them is the least, the larger the most.
    announced: Between
    increments: int
    evidenced: Evidenced

    @property
    def gap(self) -> Between:
        """Return how many more were announced than are recorded; below zero, fewer."""
        return _gap(self.announced, self.evidenced.incidents)


@dataclass(frozen=True, kw_only=True, slots=True)
class Declaration:
    """One statement of a party, however many reports relay it."""

    kind: StatementKind
    party: PartyId
    name: str
    about: TruceKind
    #: When the first report of it came.
    announced: datetime
    relayed: tuple[ReportedStatement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """All that was announced, beside what is recorded, as of one instant."""

    as_of: datetime
    rows: tuple[AnnouncedRow, ...]
    sums: tuple[SummedRow, ...]
    declarations: tuple[Declaration, ...]


def _gap(announced: Between, recorded: Between) -> Between:
    return Between(least=announced.least - recorded.most, most=announced.most - recorded.least)
