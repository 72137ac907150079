"""What a reading makes its obligation depend on: a condition, and exceptions with their priority. Values only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ConditionStatus(StrEnum):
    """Whether a condition is met, by the sources that the rule file names."""

    MET = "met"
    NOT_MET = "not met"
    #: Nothing found says that it is met, or that it is not.
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """By a reading, the obligation is in force only once something else has come about."""

    text: str
    status: ConditionStatus
    #: Since when it is met (UTC); None where it is not, or nobody says.
    met_at: datetime | None


class ExceptionVerdict(StrEnum):
    """What an exception makes of what falls under it."""

    NO_BREACH = "no breach"
    UNDETERMINED = "undetermined"
    #: An exception to an exception: what falls under it is judged as if there were none of lower priority.
    COUNTS = "counts"


@dataclass(frozen=True, kw_only=True, slots=True)
class Exemption:
    """What a reading takes out of its obligation; of several that apply, the one with the highest priority decides.

    An empty selector means any: of `classes`, all that are struck must be named; of `regions` and `acts`, the one.
    """

    id: str
    title: str
    #: The greater goes first; no two that can apply to one event have the same.
    priority: int
    verdict: ExceptionVerdict
    classes: frozenset[str]
    regions: frozenset[str]
    acts: frozenset[str]

    def overlaps(self, other: "Exemption") -> bool:
        """Return whether one event can fall under both."""
        pairs = ((self.classes, other.classes), (self.regions, other.regions), (self.acts, other.acts))
        return all(not mine or not theirs or mine & theirs for mine, theirs in pairs)
