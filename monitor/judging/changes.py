"""What people are told: the difference between a violation as it stood and as it now stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from monitor.judging.likeness import distance_km
from monitor.judging.rating import BY_PERSONS
from monitor.model.agreements import Agreement
from monitor.model.claims import Place, ReportedClaim
from monitor.model.judgements import Change, ChangeKind, Incident, Reason, Status, Violation
from monitor.model.times import EventTime

#: A place that moves further than this has been corrected, and not only found more exactly.
_MOVED_KM = 25.0

#: Statuses under which a violation stands as reported.
_LIVE = frozenset({Status.ALLEGED, Status.CORROBORATED, Status.CONFIRMED})

#: Why a violation stands no more.
_TAKEN_BACK = Reason(code="taken back", text="its sources no longer say so, or what they now say is no breach")
_JUDGED_OTHERWISE = Reason(code="judged otherwise", text="its sources still say so; it is no longer judged a breach")
_NOT_LOADED = "not loaded"
_ENDS = frozenset({_TAKEN_BACK.code, _JUDGED_OTHERWISE.code, _NOT_LOADED})


def why_ended(violation: Violation, claims: Sequence[ReportedClaim], agreements: Sequence[Agreement]) -> Reason:
    """Return why a violation stands no more.

    Args:
        violation: as it stood.
        claims: what is told of its incident now.
        agreements: those that are loaded now.
    """
    if not {one.claim.id for one in violation.incident.claims} <= {one.claim.id for one in claims}:
        return _TAKEN_BACK
    if violation.agreement_id in {agreement.id for agreement in agreements}:
        return _JUDGED_OTHERWISE
    text = f"its sources still say so; the agreement {violation.agreement_id} is no longer loaded"
    return Reason(code=_NOT_LOADED, text=text)


def withdrawn(violation: Violation, reason: Reason = _TAKEN_BACK) -> Violation:
    """Return the violation as one that stands no more, with the reason for that.

    What a person decided stands; the reason is added all the same.
    """
    rating = violation.rating
    if rating.status in (Status.WITHDRAWN, Status.SUPERSEDED) or _has_ended(violation):
        return violation
    status = rating.status if rating.status in BY_PERSONS else Status.WITHDRAWN
    return replace(violation, rating=replace(rating, status=status, reasons=(*rating.reasons, reason)))


def superseded(violation: Violation, by: str) -> Violation:
    """Return the violation as merged into another incident, which stands; what a person decided stands too.

    Args:
        violation: as it stood.
        by: id of the incident to which its claims went.
    """
    rating = violation.rating
    reason = Reason(code="superseded", text=f"the same event as incident {by}, under which its reports now stand")
    if reason in rating.reasons:
        return violation
    status = rating.status if rating.status in BY_PERSONS else Status.SUPERSEDED
    return replace(violation, rating=replace(rating, status=status, reasons=(*rating.reasons, reason)))


def compare(previous: Violation | None, current: Violation | None, now: datetime) -> Change | None:
    """Return what people are to be told, or None where nothing worth telling changed.

    Of several changes the one that matters most is told: taken back, decided, corrected, disputed, corroborated.

    Args:
        previous: the violation as it stood; None where there was none.
        current: as it now stands; None where it is gone.
        now: when the change is recorded (aware).
    """
    if current is None:
        current = withdrawn(previous) if previous is not None else None
    if current is None:
        return None
    kind = _kind(previous, current)
    return None if kind is None else Change(kind=kind, violation=current, recorded_at=now)


def _kind(previous: Violation | None, current: Violation) -> ChangeKind | None:
    status = current.rating.status
    was = previous.rating.status if previous is not None else None
    if previous is None or was in (Status.WITHDRAWN, Status.DISMISSED, Status.SUPERSEDED):
        return _revived(was, status)
    if status is not was:
        ended = {
            Status.WITHDRAWN: ChangeKind.WITHDRAWN,
            # Whoever was told of two events is told that they are one; the reason names the one that stands.
            Status.SUPERSEDED: ChangeKind.WITHDRAWN,
            Status.DISMISSED: ChangeKind.DISMISSED,
            Status.CONFIRMED: ChangeKind.CONFIRMED,
        }
        if status in ended:
            return ended[status]
    if _corrected(previous, current):
        return ChangeKind.CORRECTED
    if current.rating.disputed and not previous.rating.disputed:
        return ChangeKind.DISPUTED
    return (
        ChangeKind.CORROBORATED
        if status is Status.CORROBORATED and was is Status.ALLEGED
        else _regraded(previous, current)
    )


def _revived(was: Status | None, status: Status) -> ChangeKind | None:
    """Return what is told of what did not stand before."""
    if status is Status.CONFIRMED and was is not None:
        return ChangeKind.CONFIRMED
    if status is Status.DISMISSED and was is Status.WITHDRAWN:
        return ChangeKind.DISMISSED
    if status not in _LIVE:
        return None
    return ChangeKind.NEW if was is None else ChangeKind.REINSTATED


def _corrected(previous: Violation, current: Violation) -> bool:
    """Return whether something that people were told is no longer so; what is only known better is no correction."""
    before, after = previous.incident, current.incident
    return (
        set(previous.breached_readings) != set(current.breached_readings)
        or _weakened(previous.rating.status, current.rating.status)
        or _other_target(before, after)
        or _moved(before.place, after.place)
        or _redated(before.event_time, after.event_time)
        or (previous.rating.disputed and not current.rating.disputed)
        or (_has_ended(current) and not _has_ended(previous))
    )


def _weakened(was: Status, status: Status) -> bool:
    return was in (Status.CORROBORATED, Status.CONFIRMED) and status is not was and status in _LIVE


def _has_ended(violation: Violation) -> bool:
    return any(reason.code in _ENDS for reason in violation.rating.reasons)


def _other_target(before: Incident, after: Incident) -> bool:
    """Return whether another facility was struck than was said; a first name for it is no correction."""
    if before.target.facility_id is not None:
        return before.target.facility_id != after.target.facility_id
    if before.target.class_id == after.target.class_id:
        return False
    return any(one.claim.target.class_id == before.target.class_id for one in before.claims) and not any(
        one.claim.target.class_id == before.target.class_id for one in after.claims
    )


def _moved(before: Place | None, after: Place | None) -> bool:
    if before is None or (before.geonameid is not None and after is not None and before.geonameid == after.geonameid):
        return False
    if after is None:
        return True
    if before.precision == 3 or after.precision == 3:
        return before.region != after.region if before.region and after.region else False
    apart = distance_km(before, after)
    return apart > _MOVED_KM if apart is not None else before.name.casefold() != after.name.casefold()


def _redated(before: EventTime | None, after: EventTime | None) -> bool:
    if before is None:
        return False
    return after is None or after.start > before.end or before.start > after.end


def _regraded(previous: Violation, current: Violation) -> ChangeKind | None:
    """Return a correction where the accused admits it, or where better evidence now speaks against it."""
    was, grade = previous.rating.credibility, current.rating.credibility
    return ChangeKind.CORRECTED if was != grade and {was, grade} & {1, 5, 6} else None
