"""What conditions and exceptions of a reading make of an incident. Pure."""

from collections.abc import Iterable, Sequence

from monitor.judging.terms import Check, clears, leaves_open, passed
from monitor.model.agreements import Reading
from monitor.model.judgements import Incident
from monitor.model.provisos import ConditionStatus, ExceptionVerdict, Exemption


def condition(reading: Reading, incident: Incident) -> Check | None:
    """Check whether the reading's condition was met when it happened; None where it has none."""
    wanted = reading.condition
    if wanted is None:
        return None
    if wanted.status is ConditionStatus.NOT_MET:
        return clears("condition not met", f"by the reading held by {reading.holder} not in force: {wanted.text}")
    if wanted.status is ConditionStatus.UNKNOWN or wanted.met_at is None or incident.event_time is None:
        return leaves_open(
            "condition unknown",
            f"by the reading held by {reading.holder} in force only once {wanted.text}; that it was is not known",
        )
    if incident.event_time.start >= wanted.met_at:
        return passed("condition met", f"the condition of the reading held by {reading.holder} was met")
    if incident.event_time.end < wanted.met_at:
        return clears("condition not yet met", f"before the condition of the reading held by {reading.holder} was met")
    return leaves_open("condition vague", f"not sure to lie after the condition of {reading.holder} was met")


def exemption(reading: Reading, incident: Incident, class_ids: Sequence[str], acts: Iterable[str]) -> Check | None:
    """Check the exceptions of a reading, the highest priority first; None where none applies.

    `acts` are what was done, without what only tells how it ended. Where it cannot be told whether an exception
    applies, and the ones after it would decide otherwise, it is left open.
    """
    done = frozenset(acts) - {""}
    doubtful: list[Exemption] = []
    decides: Exemption | None = None
    for one in sorted(reading.exemptions, key=lambda exemption: -exemption.priority):
        applies = _applies(one, incident, class_ids, done)
        if applies:
            decides = one
            break
        if applies is None:
            doubtful.append(one)
    # None that applies is as good as one that counts.
    sure = decides.verdict if decides is not None else ExceptionVerdict.COUNTS
    open_ones = [one for one in doubtful if one.verdict is not sure]
    if open_ones:
        return leaves_open("exception vague", f"not sure to fall under {_said(reading, open_ones[0])}")
    return None if decides is None else _check(reading, decides)


def _said(reading: Reading, one: Exemption) -> str:
    return f"the exception {one.title!r} of the reading held by {reading.holder}"


def _check(reading: Reading, one: Exemption) -> Check:
    said = _said(reading, one)
    if one.verdict is ExceptionVerdict.NO_BREACH:
        return clears("exception", f"it falls under {said}")
    if one.verdict is ExceptionVerdict.UNDETERMINED:
        return leaves_open("exception", f"it falls under {said}, which leaves it open")
    return passed("exception", f"it falls under {said}: it counts")


def _applies(one: Exemption, incident: Incident, class_ids: Sequence[str], acts: frozenset[str]) -> bool | None:
    """Return whether an event falls under an exception; None where what decides is not known."""
    region = incident.place.region if incident.place is not None else None
    answers = (
        _within(one.classes, frozenset(class_ids)),
        _within(one.regions, frozenset({region} if region else ())),
        _within(one.acts, acts),
    )
    if False in answers:
        return False
    return None if None in answers else True


def _within(named: frozenset[str], found: frozenset[str]) -> bool | None:
    if not named:
        return True
    if not found or (found & named and found - named):
        return None
    return bool(found & named)
