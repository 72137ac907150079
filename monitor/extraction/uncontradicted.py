"""Who did it is not inferred against what the same report tells of the other side in the same region.

A side calls the part of a region that it holds by the name of the whole, or of its capital: "after the strike on the
substation in Zaporizhzhia" may be followed by who struck it, and where.
"""

from collections.abc import Sequence
from dataclasses import replace

from monitor.model.claims import Basis, Claim, Stance
from monitor.model.reports import PartyId

#: What was told as done, now or earlier.
_TOLD_AS_DONE = frozenset((Stance.ASSERTED, Stance.ALLEGED, Stance.HISTORICAL))


def uncontradicted(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims, those without their attacker whose inferred one the report itself contradicts."""
    stated = {
        (_region(claim), claim.target.class_id): claim.attacker
        for claim in claims
        if claim.attacker_basis is Basis.STATED and claim.stance in _TOLD_AS_DONE and _region(claim) is not None
    }
    return [_without_attacker(claim) if _is_contradicted(claim, stated) else claim for claim in claims]


def _is_contradicted(claim: Claim, stated: dict[tuple[str | None, str], PartyId | None]) -> bool:
    other = stated.get((_region(claim), claim.target.class_id))
    return claim.attacker_basis is Basis.INFERRED and other is not None and other != claim.attacker


def _without_attacker(claim: Claim) -> Claim:
    return replace(claim, attacker=None, attacker_basis=None)


def _region(claim: Claim) -> str | None:
    return claim.place.region if claim.place else None
