"""How well an accusation is grounded: status, dispute, and Admiralty credibility (STANAG 2511)."""

from collections.abc import Mapping, Sequence

from monitor.judging import independence
from monitor.judging.independence import opposed
from monitor.judging.slots import accusing, facility_named, in_order, located, reporting, stated, sure
from monitor.model.agreements import TargetClass
from monitor.model.claims import Actor, ReportedClaim, Stance
from monitor.model.judgements import Incident, Rating, Reason, Status
from monitor.model.reports import PartyId

#: Statuses that a person gives and only a person takes away.
BY_PERSONS = frozenset({Status.CONFIRMED, Status.DISMISSED, Status.SUPERSEDED})

#: A grade of credibility, and why.
_Grade = tuple[int, Reason]


def rate(
    incident: Incident,
    accused: PartyId,
    classes: Mapping[str, TargetClass],
    *,
    decided: Status | None = None,
) -> Rating:
    """Return how well the accusation of one party is grounded.

    Args:
        incident: the event, with all its claims.
        accused: the party whose part in it is rated.
        classes: target classes by id.
        decided: what a person decided before, if anybody did; it stands.
    """
    against = accusing(incident.claims, accused)
    pair = independence.corroborating(against, accused, incident)
    deniers, disputes = _disputes(incident, accused, against)
    credibility, reasons = _credibility(incident, accused, against, pair, deniers, decided, classes)
    return Rating(
        status=_status(incident, pair is not None, decided),
        disputed=bool(disputes),
        denied_by=deniers,
        credibility=credibility,
        reasons=reasons + disputes,
    )


def _status(incident: Incident, corroborated: bool, decided: Status | None) -> Status:
    if decided in BY_PERSONS and decided is not None:
        return decided
    if not reporting(incident.claims):
        return Status.WITHDRAWN
    return Status.CORROBORATED if corroborated else Status.ALLEGED


def _disputes(
    incident: Incident, accused: PartyId, against: Sequence[ReportedClaim]
) -> tuple[tuple[Actor, ...], tuple[Reason, ...]]:
    """Return who denies this very event, and why it counts as disputed: a denial, or the other side being blamed."""
    denials = [
        one
        for one in in_order(incident.claims)
        if one.claim.stance is Stance.DENIED and one.claim.attacker in (None, accused)
    ]
    found = [actor for one in denials for actor in one.claim.denied_by or one.claim.claimants]
    found += [actor for one in against for actor in one.claim.denied_by]
    deniers = tuple(dict.fromkeys(found))
    reasons = []
    if deniers or denials:
        who = ", ".join(dict.fromkeys(actor.name for actor in deniers)) or "a report that names nobody"
        reasons.append(Reason(code="denied", text=f"this event is denied by {who}"))
    others = sorted({one.claim.attacker for one in reporting(incident.claims) if one.claim.attacker} - {accused})
    if others:
        reasons.append(Reason(code="blamed on others", text=f"other reports accuse {', '.join(others)} of this event"))
    return deniers, tuple(reasons)


def _credibility(
    incident: Incident,
    accused: PartyId,
    against: Sequence[ReportedClaim],
    pair: tuple[ReportedClaim, ReportedClaim] | None,
    deniers: Sequence[Actor],
    decided: Status | None,
    classes: Mapping[str, TargetClass],
) -> tuple[int, tuple[Reason, ...]]:
    """Return the grade and the reasons for it: what decides at once, else what supports it and what caps that."""
    final = _decided(decided) or _beyond_judging(incident, against) or _contradicted(incident, accused, deniers)
    if final is not None:
        return final[0], (final[1],)
    base = _support(against, accused, pair)
    caps = _caps(incident, against, classes)
    grade = max([base[0], *(cap for cap, _ in caps)])
    return grade, (base[1], *(reason for _, reason in caps))


def _decided(decided: Status | None) -> _Grade | None:
    if decided is Status.CONFIRMED:
        return 1, Reason(code="verified", text="verified by a person")
    if decided is Status.DISMISSED:
        return 5, Reason(code="dismissed", text="a person found it not to be so")
    return None


def _beyond_judging(incident: Incident, against: Sequence[ReportedClaim]) -> _Grade | None:
    """Return grade 6 where who, where or when is missing altogether."""
    if not against:
        return 6, Reason(code="no attacker", text="cannot be judged: no report accuses this party")
    known = reporting(incident.claims)
    missing = [
        slot
        for slot, there in (
            ("where", any(located(one.claim) for one in known)),
            ("when", any(one.claim.event_time is not None for one in known)),
        )
        if not there
    ]
    if missing:
        return 6, Reason(code="too little", text=f"cannot be judged: no report says {' or '.join(missing)} it happened")
    return None


def _contradicted(incident: Incident, accused: PartyId, deniers: Sequence[Actor]) -> _Grade | None:
    """Return grade 5 where better evidence stands against it.

    Another party admits it, the party that was struck denies it, or reports name another attacker than the ground does.
    """
    events = reporting(incident.claims)
    for one in events:
        attacker = one.claim.attacker
        if attacker not in (None, accused) and _admits(one, attacker):
            return 5, Reason(code="admitted by another", text=f"contradicted: {attacker} itself says that it did it")
    struck = sorted(actor.party for actor in deniers if actor.party and opposed(actor.party, accused, incident))
    if struck:
        return 5, Reason(code="denied by the struck", text=f"contradicted: {struck[0]}, which was struck, denies it")
    named = {one.claim.attacker for one in events if stated(one.claim)}
    if named and accused not in named:
        return 5, Reason(code="another named", text="contradicted: reports name another attacker")
    return None


def _admits(one: ReportedClaim, party: PartyId | None) -> bool:
    """Return whether somebody who speaks for the attacker says so; inference is no admission."""
    return stated(one.claim) and sure(one.claim) and any(actor.party == party for actor in one.claim.claimants)


def _support(
    against: Sequence[ReportedClaim], accused: PartyId, pair: tuple[ReportedClaim, ReportedClaim] | None
) -> _Grade:
    if any(_admits(one, accused) for one in against):
        return 1, Reason(code="admitted", text=f"admitted by {accused}")
    if pair is not None:
        names = " and ".join(one.report.source.name for one in pair)
        return 2, Reason(code="corroborated", text=f"separate publishers and claimants say the same: {names}")
    named = [actor.name or actor.party for one in against for actor in one.claim.claimants if actor.name or actor.party]
    if named:
        return 3, Reason(code="one side", text=f"one side only, claimant named: {named[0]}")
    return 4, Reason(code="claimant unnamed", text="no report says who says so")


def _caps(
    incident: Incident, against: Sequence[ReportedClaim], classes: Mapping[str, TargetClass]
) -> tuple[_Grade, ...]:
    """Return what keeps the grade at 4 at best."""
    caps: list[_Grade] = []
    if not any(stated(one.claim) for one in against):
        caps.append((4, Reason(code="attacker inferred", text="attacker inferred from the ground struck")))
    if not facility_named(incident.target, classes):
        caps.append((4, Reason(code="facility not named", text="facility not named")))
    if not any(sure(one.claim) for one in against):
        caps.append((4, Reason(code="low confidence", text="two careful readers might read it otherwise")))
    if not any(one.claim.event_time is not None and located(one.claim) for one in against):
        caps.append((4, Reason(code="pieced together", text="no single report says who, where and when")))
    return tuple(caps)
