"""What the clock brings, and what parties announce, of an agreement: no event of the war, and no violation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.model.agreements import DutyStatus
from monitor.model.reports import Report

#: People are told so long before a window may close.
BEFORE_CLOSE = timedelta(hours=72)


class OccasionKind(StrEnum):
    """What an occasion is."""

    WINDOW_OPENS = "window opens"
    #: In 72 hours it may close.
    WINDOW_CLOSES_SOON = "window closes soon"
    WINDOW_CLOSES = "window closes"
    #: A duty fell due, and no report tells that all of it was done.
    DUTY_DUE = "duty due"
    #: Since people were told that it fell due, reports have changed where it stands.
    DUTY_CHANGED = "duty changed"
    WITHDRAWAL_ANNOUNCED = "withdrawal announced"
    EXTENSION_ANNOUNCED = "extension announced"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence that shows something, and the report that it stands in."""

    quote: str
    report: Report


@dataclass(frozen=True, kw_only=True, slots=True)
class LookedAt:
    """What was looked at for a duty: how many reports, of which outlets, published from when to when."""

    reports: int
    sources: tuple[str, ...]
    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Occasion:
    """One thing to tell people of an agreement, once.

    `id` follows from what it is about: a restart, or a second look, finds the same.
    """

    id: str
    kind: OccasionKind
    #: When it is so (UTC): an end of a window, when a duty was due at the latest, when something was announced.
    at: datetime
    #: In words, one line.
    text: str
    agreement_id: str | None = None
    agreement_title: str | None = None
    #: The readings whose window it is; empty for a duty and an announcement.
    readings: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    #: The windows of all readings of the agreement, in words; empty for a duty and an announcement.
    windows: tuple[str, ...] = ()
    #: Where a duty stands.
    status: DutyStatus | None = None
    looked_at: LookedAt | None = None
    evidence: tuple[Sentence, ...] = ()
    #: What each report announces, by an id that an edit of the report leaves as it is.
    statements: tuple[str, ...] = ()
    #: The occasion that this one follows up: whoever was told of that is told of this, and nobody else.
    follows: str | None = None
