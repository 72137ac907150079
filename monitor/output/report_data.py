"""What a report is made of, gathered once: tables, HTML, JSON and CSV all say the same."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from monitor.model.agreements import Agreement, Clause, Reading
from monitor.model.judgements import Assessment, Incident, Status, Violation
from monitor.model.times import Containment, utc
from monitor.model.words import is_sample, party_names


@dataclass(frozen=True, kw_only=True)
class FeedCoverage:
    """Whether one feed could be seen."""

    id: str
    url: str
    enabled: bool
    last_success: datetime | None
    #: Polls that failed one after the other; 0 where the newest went well.
    failures: int = 0
    last_error: str | None = None

    @property
    def down(self) -> bool:
        """Return whether the feed is to be polled and its newest poll failed."""
        return self.enabled and self.failures > 0


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What could be seen and what could not."""

    feeds: tuple[FeedCoverage, ...] = ()
    reports: int = 0
    #: Reports stored and not read, by reason ("language not read").
    not_read: Mapping[str, int] | None = None
    #: Reports without a publication time: nothing they say can be dated by it.
    undated: int = 0
    #: Newest report seen.
    newest_first_seen: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class UndeterminedIncident:
    """An incident that no reading calls a breach and at least one leaves undetermined."""

    incident: Incident
    assessments: tuple[Assessment, ...]


@dataclass(frozen=True, kw_only=True)
class ReportData:
    """All that a violations report shows."""

    #: Every number holds as of this instant.
    as_of: datetime
    violations: tuple[Violation, ...]
    undetermined: tuple[UndeterminedIncident, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    coverage: Coverage = Coverage()

    def __post_init__(self) -> None:
        object.__setattr__(self, "as_of", utc(self.as_of, "as_of"))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Return the names of parties by id."""
        return party_names(self.agreements)

    @property
    def by_status(self) -> dict[Status, int]:
        """Return how many violations have each status, in the order of the statuses, without those that none has."""
        counts = Counter(violation.rating.status for violation in self.violations)
        return {status: counts[status] for status in Status if counts[status]}

    @property
    def disputed(self) -> int:
        """Return how many violations somebody denies."""
        return sum(violation.rating.disputed for violation in self.violations)

    @property
    def binding(self) -> tuple[tuple[Agreement, Clause, Reading, Containment], ...]:
        """Return each reading that binds, or may bind, at that instant."""
        return tuple((one, *bound) for one in self.agreements for bound in one.binding(self.as_of))

    @property
    def sample(self) -> bool:
        """Return whether anything in it is made from invented sample reports."""
        return any(is_sample(violation) for violation in self.violations) or any(
            reported.report.source.sample for one in self.undetermined for reported in one.incident.claims
        )
