"""How well an accusation is grounded: status, dispute, and Admiralty credibility (STANAG 2511)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.judging import independence
from monitor.judging.independence import opposed
from monitor.judging.slots import accusing, facility_named, in_order, located, reporting, speakers, stated, sure
from monitor.model.agreements import TargetClass
from monitor.model.claims import Actor, ReportedClaim, Stance
from monitor.model.judgements import Incident, Rating, Reason, Slot, Status
from monitor.model.reports import PartyId

#: Statuses that a person gives and only a person takes away.
BY_PERSONS = frozenset({Status.CONFIRMED, Status.DISMISSED, Status.SUPERSEDED})

#: A grade of credibility, and why.
_Grade = tuple[int, Reason]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Case:
    """An incident, as it stands against one party."""

    incident: Incident
    accused: PartyId
    against: tuple[ReportedClaim, ...]
    #: Two claims that corroborate each other, if any do.
    pair: tuple[ReportedClaim, ReportedClaim] | None
    deniers: tuple[Actor, ...]


def rate(
    incident: Incident,
    accused: PartyId,
    classes: Mapping[str, TargetClass],
    *,
    decided: Status | None = None,
    because: str = "",
) -> Rating:
    """Return how well the accusation of one party is grounded.

    Args:
        incident: the event, with all its claims.
        accused: the party whose part in it is rated.
        classes: target classes by id.
        decided: what a person decided before, if anybody did; it stands.
        because: why, in their words.
    """
    against = accusing(incident.claims, accused)
    case = _Case(
        incident=incident,
        accused=accused,
        against=against,
        pair=independence.corroborating(against, accused, incident),
        deniers=_deniers(incident, accused, against),
    )
    credibility, reasons = _credibility(case, _decided(decided, because), classes)
    disputes = _disputes(case)
    return Rating(
        status=_status(case, decided),
        disputed=bool(disputes),
        denied_by=case.deniers,
        credibility=credibility,
        reasons=(*reasons, *disputes),
    )


def _status(case: _Case, decided: Status | None) -> Status:
    if decided is not None and decided in BY_PERSONS:
        return decided
    if not reporting(case.incident.claims):
        return Status.WITHDRAWN
    return Status.CORROBORATED if case.pair is not None else Status.ALLEGED


def _denials(incident: Incident, accused: PartyId) -> list[ReportedClaim]:
    """Return the claims that say that this party did not do it, or that it did not happen."""
    return [
        one
        for one in in_order(incident.claims)
        if one.claim.stance is Stance.DENIED and one.claim.attacker in (None, accused)
    ]


def _deniers(incident: Incident, accused: PartyId, against: Sequence[ReportedClaim]) -> tuple[Actor, ...]:
    found = [actor for one in _denials(incident, accused) for actor in one.claim.denied_by or one.claim.claimants]
    found += [actor for one in against for actor in one.claim.denied_by]
    return tuple(dict.fromkeys(found))


def _disputes(case: _Case) -> tuple[Reason, ...]:
    """Return why it counts as disputed: somebody denies this very event, or blames the other side."""
    reasons = []
    if case.deniers or _denials(case.incident, case.accused):
        who = ", ".join(dict.fromkeys(actor.name for actor in case.deniers)) or "a report that names nobody"
        reasons.append(Reason(code="denied", text=f"this event is denied by {who}"))
    blamed = {one.claim.attacker for one in reporting(case.incident.claims) if one.claim.attacker}
    if others := sorted(blamed - {case.accused}):
        reasons.append(Reason(code="blamed on others", text=f"other reports accuse {', '.join(others)} of this event"))
    return tuple(reasons)


def _credibility(
    case: _Case, decided: _Grade | None, classes: Mapping[str, TargetClass]
) -> tuple[int, tuple[Reason, ...]]:
    """Return the grade and the reasons for it: what decides at once, else what supports it and what caps that."""
    final = decided or _beyond_judging(case) or _contradicted(case)
    if final is not None:
        return final[0], (final[1],)
    base, caps = _support(case), _caps(case, classes)
    return max([base[0], *(cap for cap, _ in caps)]), (base[1], *(reason for _, reason in caps))


def _decided(decided: Status | None, because: str) -> _Grade | None:
    why = f": {because}" if because else ""
    if decided is Status.CONFIRMED:
        return 1, Reason(code="verified", text=f"verified by a person{why}")
    if decided is Status.DISMISSED:
        return 5, Reason(code="dismissed", text=f"a person found it not to be so{why}")
    return None


def _beyond_judging(case: _Case) -> _Grade | None:
    """Return grade 6 where who, where or when is missing altogether."""
    if not case.against:
        return 6, Reason(code="no attacker", text="cannot be judged: no report accuses this party")
    known = reporting(case.incident.claims)
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


def _contradicted(case: _Case) -> _Grade | None:
    """Return grade 5 where better evidence stands against it.

    Another party admits it, the party that was struck denies it, or reports name another attacker than the ground does.
    """
    events = reporting(case.incident.claims)
    for one in events:
        attacker = one.claim.attacker
        if attacker not in (None, case.accused) and _admits(one, attacker):
            return 5, Reason(code="admitted by another", text=f"contradicted: {attacker} itself says that it did it")
    parties = {actor.party for actor in case.deniers if actor.party}
    struck = sorted(party for party in parties if opposed(party, case.accused, case.incident))
    if struck:
        return 5, Reason(code="denied by the struck", text=f"contradicted: {struck[0]}, which was struck, denies it")
    named = {one.claim.attacker for one in events if stated(one.claim)}
    if named and case.accused not in named:
        return 5, Reason(code="another named", text="contradicted: reports name another attacker")
    return None


def _admits(one: ReportedClaim, party: PartyId | None) -> bool:
    """Return whether somebody who speaks for the attacker says so; inference is no admission."""
    return stated(one.claim) and sure(one.claim) and any(actor.party == party for actor in speakers(one.claim))


def _support(case: _Case) -> _Grade:
    if any(_admits(one, case.accused) for one in case.against):
        return 1, Reason(code="admitted", text=f"admitted by {case.accused}")
    if case.pair is not None:
        names = " and ".join(one.report.source.name for one in case.pair)
        return 2, Reason(code="corroborated", text=f"separate publishers and claimants say the same: {names}")
    claimants = [actor for one in case.against for actor in speakers(one.claim)]
    named = [actor.name or actor.party for actor in claimants if (actor.name or actor.party) and not actor.unnamed]
    if named:
        return 3, Reason(code="one side", text=f"one side only, claimant named: {named[0]}")
    if claimants:
        return 4, Reason(code="claimant unnamed", text=f"no report names who says so, only: {claimants[0].name}")
    return 4, Reason(code="claimant unnamed", text="no report says who says so")


def _nobody_names_it(incident: Incident) -> Reason:
    if Slot.ATTACKER in incident.corrected:
        return Reason(code="attacker decided", text="a person says who did it")
    return Reason(code="attacker inferred", text="attacker inferred from the ground struck")


def _caps(case: _Case, classes: Mapping[str, TargetClass]) -> tuple[_Grade, ...]:
    """Return what keeps the grade at 4 at best."""
    caps: list[_Grade] = []
    if not any(stated(one.claim) for one in case.against):
        caps.append((4, _nobody_names_it(case.incident)))
    if not facility_named(case.incident.target, classes):
        caps.append((4, Reason(code="facility not named", text="facility not named")))
    if not any(sure(one.claim) for one in case.against):
        caps.append((4, Reason(code="low confidence", text="two careful readers might read it otherwise")))
    if not any(one.claim.event_time is not None and located(one.claim) for one in case.against):
        caps.append((4, Reason(code="pieced together", text="no single report says who, where and when")))
    return tuple(caps)
