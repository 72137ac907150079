"""One event of one object is one claim: what tells of it a second time, by another word or by what came of it, goes."""

import re
from collections.abc import Sequence

from monitor.model.claims import Claim, Outcome
from monitor.model.knowledge import Knowledge

#: "the tank of the depot", "трансформатор подстанції": so few words lie between a part and the whole.
_PART_OF = 2
_COORDINATED = re.compile(r"[,;:]|\b(?:and|or|та|і|й|и|або|или|а|біля|возле|near|but)\b", re.IGNORECASE)
#: What makes two objects of a sentence two, however they are joined otherwise.
_BESIDE = re.compile(r"\b(?:and|or|as well as|also|та|і|й|и|або|или|також|также|а|while)\b", re.IGNORECASE)
#: What may part two clauses of one event.
_CLAUSES = re.compile(r"[,:;]|\s[—–-]\s")


def each_once(claims: Sequence[Claim], text: str, knowledge: Knowledge, *, heads_last: bool) -> list[Claim]:
    """Return the claims, those that tell of one event of one object as one.

    `heads_last`: in "pipeline pumping station" the last of the nouns names the object, not the first (English).
    """
    kept: list[Claim] = []
    for claim in claims:
        at = next((at for at, other in enumerate(kept) if _tell_one(claim, other, text, knowledge)), None)
        if at is None:
            kept.append(claim)
        else:
            kept[at] = _the_better(kept[at], claim, text, knowledge, heads_last=heads_last)
    return kept


def _tell_one(claim: Claim, other: Claim, text: str, knowledge: Knowledge) -> bool:
    if claim.stance is not other.stance or _differ(claim.attacker, other.attacker):
        return False
    if _is_outage_of(claim, other, knowledge) or _is_outage_of(other, claim, knowledge):
        return True
    if not ("target" in claim.spans and "target" in other.spans):
        return claim.spans["act"] == other.spans["act"] and _where(claim) == _where(other)
    if claim.target.facility_id is not None and claim.target.facility_id == other.target.facility_id:
        return claim.spans["sentence"] == other.spans["sentence"] and claim.event_time == other.event_time
    if claim.spans["act"] == other.spans["act"] and _are_part_and_whole(claim, other, text, knowledge):
        return True
    return _sums_up(claim, other, text, knowledge) or _sums_up(other, claim, text, knowledge)


def _where(claim: Claim) -> tuple[object, object]:
    return claim.place, claim.target.class_id


def _are_part_and_whole(claim: Claim, other: Claim, text: str, knowledge: Knowledge) -> bool:
    """Return whether two claims of one act name an object and what it is part of: "the tank of the depot"."""
    if claim.target.facility_id is None and other.target.facility_id is None and claim.place != other.place:
        return False
    energy = knowledge.energy_classes
    if claim.target.class_id != other.target.class_id and not {claim.target.class_id, other.target.class_id} <= energy:
        return False
    first, second = sorted((claim.spans["target"][0], other.spans["target"][0]))
    between = text[first[1] : second[0]]
    return first == second or (len(between.split()) <= _PART_OF and _COORDINATED.search(between) is None)


def _sums_up(general: Claim, special: Claim, text: str, knowledge: Knowledge) -> bool:
    """Return whether one clause says in general what the other names: "hit energy sites: a substation burns"."""
    classes = knowledge.target_classes
    energy = knowledge.energy_classes & {general.target.class_id, special.target.class_id}
    if energy != {general.target.class_id, special.target.class_id} or general.target.facility_id is not None:
        return False
    if not classes[general.target.class_id].unspecified or classes[special.target.class_id].unspecified:
        return False
    if general.spans["sentence"] != special.spans["sentence"]:
        return False
    if _differ(general.weapon, special.weapon) or _differ(_region(general), _region(special)):
        return False
    first, second = sorted((general.spans["target"][0], special.spans["target"][0]))
    between = text[first[1] : second[0]]
    return _CLAUSES.search(between) is not None and _BESIDE.search(between) is None


def _is_outage_of(outage: Claim, strike: Claim, knowledge: Knowledge) -> bool:
    """Return whether a claim of an outage tells what came of a strike, in its sentence or the neighbouring one."""
    if "target" in outage.spans or "target" not in strike.spans:
        return False
    if strike.target.class_id not in knowledge.energy_classes:
        return False
    if outage.outcome is not Outcome.OUTAGE or _differ(_region(outage), _region(strike)):
        return False
    return not set(outage.spans["sentence"]).isdisjoint(strike.spans["sentence"])


def _region(claim: Claim) -> str | None:
    return claim.place.region if claim.place else None


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _the_better(kept: Claim, claim: Claim, text: str, knowledge: Knowledge, *, heads_last: bool) -> Claim:
    """Return the claim that says more: a known facility, an object, its kind, the noun that the others modify."""
    rank = [
        (
            one.target.facility_id is not None,
            "target" in one.spans,
            not knowledge.target_classes[one.target.class_id].unspecified,
            one.place is not None,
        )
        for one in (kept, claim)
    ]
    if rank[0] != rank[1]:
        return max(zip(rank, (kept, claim), strict=True), key=lambda pair: pair[0])[1]
    if heads_last and "target" in kept.spans and kept.target.class_id != claim.target.class_id:
        (_, end), (start, _) = kept.spans["target"][0], claim.spans["target"][0]
        return claim if end <= start and not text[end:start].strip() else kept
    return kept
