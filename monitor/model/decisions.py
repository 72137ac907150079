"""What a person decides about an incident: by whom, why and when. Decisions are added, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.claims import Place
from monitor.model.judgements import Slot, Status
from monitor.model.reports import PartyId
from monitor.model.times import EventTime

#: Who recorded what no person did.
PROGRAM = "program"


class DecisionKind(StrEnum):
    """What was decided."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    #: What was confirmed or dismissed is open again.
    REOPEN = "reopen"
    NOTE = "note"
    #: Some of what the reports say of it is wrong; a person says what is right.
    CORRECT = "correct"
    #: Another incident is the same event: its claims were put here.
    MERGE = "merge"
    #: Some of its claims tell of another event: they were put into an incident of their own.
    SPLIT = "split"


class Ground(StrEnum):
    """Why an incident is dismissed: what it teaches about reading depends on it."""

    #: The texts say no such thing: the program read them wrongly.
    MISREAD = "misread"
    #: The texts say so, and it is not so.
    UNTRUE = "untrue"
    #: It happened as told, and is no violation all the same.
    NO_BREACH = "no-breach"


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """What is right, in a person's words; only the slots that are named are corrected."""

    slots: tuple[Slot, ...]
    place: Place | None = None
    #: Of a corrected place: the recognised country, and who held it against that country's will.
    country: str | None = None
    occupied_by: PartyId | None = None
    event_time: EventTime | None = None
    #: None: nobody knows who it was.
    attacker: PartyId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """One decision of one person about one incident."""

    incident_id: str
    kind: DecisionKind
    #: Who decided, by the name or initials that they give.
    author: str
    #: Why, in their words.
    reason: str
    decided_at: datetime
    #: Of a confirmation, whose part in it is confirmed; None: whoever is accused, now or later.
    accused: PartyId | None = None
    #: Of a dismissal.
    ground: Ground | None = None
    #: Of a correction.
    correction: Correction | None = None
    #: Of a merge, the incident whose claims came here; of a split, the one to which some went.
    other: str | None = None
    #: Of a merge or split, the claims that moved.
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """A status that a person gave, and why."""

    status: Status
    reason: str


_STATUSES = {DecisionKind.CONFIRM: Status.CONFIRMED, DecisionKind.DISMISS: Status.DISMISSED}


def decided(decisions: Iterable[Decision], accused: PartyId) -> Decided | None:
    """Return what stands decided about one party's part in an incident; None where it is open.

    Args:
        decisions: those about the incident, oldest first.
        accused: the party.
    """
    stands: Decided | None = None
    for one in decisions:
        if one.accused not in (None, accused):
            continue
        if one.kind is DecisionKind.REOPEN:
            stands = None
        elif one.kind in _STATUSES:
            stands = Decided(status=_STATUSES[one.kind], reason=one.reason)
    return stands
