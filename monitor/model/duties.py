"""How duties stood over time, as values."""

from dataclasses import dataclass
from datetime import datetime

from monitor.model.agreements import DutyStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class PartRecord:
    """Where one thing that is owed stood, and the numbers that reports gave."""

    id: str
    status: DutyStatus
    figures: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyRecord:
    """Where a duty stood from `recorded_at` on, under one reading of it."""

    agreement_id: str
    clause_id: str
    #: None where the duty is read in one way.
    reading_id: str | None
    #: The version of the file that it was held against.
    rule_version: str
    status: DutyStatus
    parts: tuple[PartRecord, ...]
    #: In words, part by part.
    words: str
    #: How many reports were looked at.
    looked_at: int
    #: Ids of the reports that changed it; empty where the clock did, or the file, or an edit of a report that told
    #: nothing new at first.
    because: tuple[str, ...]
    recorded_at: datetime

    @property
    def key(self) -> tuple[str, str, str | None]:
        """Return what it is a record of."""
        return self.agreement_id, self.clause_id, self.reading_id

    def says_as(self, other: "DutyRecord") -> bool:
        """Return whether both say the same of the duty."""
        return (self.status, self.parts) == (other.status, other.parts)
