"""How judgements are put in words, the same in alerts, tables and pages. Neutral: reported, alleged; no verdict."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from monitor.model.agreements import Agreement
from monitor.model.claims import Actor, Basis, Place, Target
from monitor.model.judgements import ChangeKind, Rating, Status, Violation
from monitor.model.reports import Language
from monitor.model.text import one_line
from monitor.model.times import Bound, EventTime

#: Admiralty credibility of an item (STANAG 2511), with what it means in this program.
CREDIBILITY: Mapping[int, str] = {
    1: "admitted by the accused or independently verified",
    2: "corroborated by separate sources",
    3: "one side only, claimant named",
    4: "doubtful: claimant unnamed, attacker inferred, or facility not named",
    5: "contradicted by better evidence",
    6: "cannot be judged",
}

STATUS: Mapping[Status, str] = {
    Status.ALLEGED: "alleged, not corroborated",
    Status.CORROBORATED: "corroborated by separate sources, not confirmed",
    Status.CONFIRMED: "confirmed by a person",
    Status.DISMISSED: "dismissed by a person",
    Status.WITHDRAWN: "withdrawn",
    Status.SUPERSEDED: "superseded: merged into another incident",
}

CHANGE: Mapping[ChangeKind, str] = {
    ChangeKind.NEW: "First report of this incident",
    ChangeKind.REINSTATED: "Reinstated: it had been withdrawn, and stands again",
    ChangeKind.CORROBORATED: "A separate source now reports the same",
    ChangeKind.DISPUTED: "The event is now denied",
    ChangeKind.CORRECTED: "What is known of it has changed",
    ChangeKind.WITHDRAWN: "Withdrawn: it stands no more",
    ChangeKind.CONFIRMED: "Confirmed by a person",
    ChangeKind.DISMISSED: "Dismissed by a person",
    ChangeKind.DIGEST: "Events that were first seen long after they happened",
    ChangeKind.OCCASION: "About an agreement, and no report of a violation",
    ChangeKind.OPERATIONS: "About the monitor itself, and no report of a violation",
}


def status(rating: Rating) -> str:
    """Return a status; of what was withdrawn, with the last reason, which says why."""
    if rating.status is Status.WITHDRAWN and rating.reasons:
        return f"{STATUS[rating.status]}: {rating.reasons[-1].text}"
    return STATUS[rating.status]


def verdict(made: str, *, active: bool) -> str:
    """Return a verdict; of a retired assessment, that it stands no more, and what it was."""
    return made if active else f"retired, was {made}"


def moment(time: datetime) -> str:
    """Return an instant for people, in UTC: "2 April 2025 09:15 UTC"."""
    time = time.astimezone(UTC)
    return f"{day(time)} {time:%H:%M} UTC"


def bound(found: Bound) -> str:
    """Return one end of a window: one instant, the two between which it lies, or that it is not stated."""
    earliest, latest = found.earliest, found.latest
    if earliest is not None and latest is not None:
        return moment(earliest) if earliest == latest else f"{moment(earliest)} / {moment(latest)}"
    if earliest is not None:
        return f"{moment(earliest)} or later"
    return f"{moment(latest)} at the latest" if latest is not None else "not stated"


def day(time: datetime) -> str:
    """Return a day for people: "2 April 2025"."""
    return f"{time.day} {time:%B %Y}"


def event_time(time: EventTime | None) -> str:
    """Return when something happened, as exactly as it is known and no more."""
    if time is None:
        return "time not stated"
    if time.start == time.end:
        return moment(time.start)
    # An interval may end with the first instant of the next day; that day is not meant.
    last = time.end - timedelta(microseconds=1)
    if time.start.date() == last.date():
        whole = time.start.time().isoformat() == "00:00:00" and time.end - time.start >= timedelta(hours=23, minutes=59)
        return f"{day(time.start)} (UTC)" if whole else f"{day(time.start)}, {time.start:%H:%M} to {time.end:%H:%M} UTC"
    return f"between {moment(time.start)} and {moment(time.end)}"


def place(where: Place | None) -> str:
    """Return where something happened."""
    if where is None:
        return "place not stated"
    area = {1: "", 2: " (area)", 3: " (region)"}[where.precision]
    return one_line(where.name, 100) + area


def target(what: Target) -> str:
    """Return what was struck: its class, and its name where the text gives another."""
    kind = what.class_id.replace("_", " ")
    name = one_line(what.name, 120) if what.name else ""
    return kind if not name or name.casefold() in kind.casefold() else f"{kind} ({name})"


def party(party_id: str | None, names: Mapping[str, str]) -> str:
    """Return a party's name, or its id where no agreement names it."""
    return names.get(party_id, party_id) if party_id else "unknown"


def party_names(agreements: Sequence[Agreement]) -> dict[str, str]:
    """Return the names of all parties by id."""
    return {one.id: one.name for agreement in agreements for one in agreement.parties}


def names_of_parties(agreements: Sequence[Agreement]) -> dict[str, Mapping[Language, str]]:
    """Return the names of all parties in other languages, by their English names."""
    return {one.name: one.names for agreement in agreements for one in agreement.parties}


def reading_holders(agreements: Sequence[Agreement]) -> dict[tuple[str, str, str], str]:
    """Return who holds each reading, by agreement, clause and reading id."""
    return {
        (agreement.id, clause.id, reading.id): reading.holder
        for agreement in agreements
        for clause in agreement.clauses
        for reading in clause.readings
    }


def actors(people: Sequence[Actor], names: Mapping[str, str]) -> tuple[str, ...]:
    """Return names with the party that each speaks for, each once, in order."""
    shown = (
        one_line(one.name, 120) + (f" ({party(one.party, names)})" if one.party else "") for one in people if one.name
    )
    return tuple(dict.fromkeys(shown))


def accusers(violation: Violation, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return who says that it happened: named claimants, and outlets that report it in their own voice."""
    found: list[str] = []
    for one in violation.incident.claims:
        if one.claim.stance.reports_event:
            found += actors(one.claim.claimants, names) or (f"{one_line(one.report.source.name, 120)} (own report)",)
    return tuple(dict.fromkeys(found))


def deniers(violation: Violation, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return who says that this very event did not happen so; empty where nobody is known to."""
    named = actors(violation.rating.denied_by, names)
    return named or (("somebody whom the reports do not name",) if violation.rating.disputed else ())


def accused(violation: Violation, names: Mapping[str, str]) -> str:
    """Return who is accused, and whether the texts say so or it follows from the ground struck."""
    inferred = violation.attacker_basis is Basis.INFERRED
    return party(violation.accused, names) + (" (inferred, not stated)" if inferred else "")


def headline(violation: Violation) -> str:
    """Return one neutral line: what, where, when."""
    incident = violation.incident
    return f"{target(incident.target)}, {place(incident.place)}, {event_time(incident.event_time)}"


def is_sample(violation: Violation) -> bool:
    """Return whether any report behind it comes from a fictitious source."""
    return any(one.report.source.sample for one in violation.incident.claims)
