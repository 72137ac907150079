"""What single claims say: the small questions that joining, assessing and rating all ask of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from monitor.model.agreements import TargetClass
from monitor.model.claims import Actor, Basis, Claim, Confidence, Outcome, Place, ReportedClaim, Stance, Target
from monitor.model.reports import PartyId

#: What an occupied place's holder is called where nobody can say who held it.
UNKNOWN_HOLDER = "unknown"

#: Acts that tell what came of an attack and no attack by themselves.
AFTERMATH_ACTS = frozenset({"fire", "outage", "damage", "explosion", "aftermath", "halted", "blackout"})

#: Outcomes that show that a weapon reached something, where no debris is spoken of.
REACHED = frozenset({Outcome.HIT, Outcome.DAMAGED, Outcome.FIRE, Outcome.OUTAGE})

#: The class, and its family, that names no kind of energy facility at all: it may be any.
_ANY_ENERGY = "energy"

_WORD = re.compile(r"\w+")
#: Letters by which two spellings of one name are compared: Slavic endings differ, stems do not.
_STEM = 5
#: A name that is an adjective, in the Latin and the Cyrillic script.
_ADJECTIVE = re.compile(r"(?:sk(?:aya|a|oe|oye|e|y|yi|iy)|ськ(?:а|е|ий|у|ої|ій|ою)|ск(?:ая|ое|ий|ую|ой))$")
#: A title of which this part of the longer words is capitalised is written in title case.
_TITLE_CASE = 0.8


def in_order(claims: Iterable[ReportedClaim]) -> tuple[ReportedClaim, ...]:
    """Return the claims in one order whatever the order they came in: earliest report first."""
    return tuple(sorted(claims, key=_order))


def _order(one: ReportedClaim) -> tuple[str, str, int, str]:
    report = one.report
    return (report.came.isoformat(), report.id, report.version, one.claim.id)


def reporting(claims: Iterable[ReportedClaim]) -> tuple[ReportedClaim, ...]:
    """Return the claims that report an event, in order."""
    return in_order(one for one in claims if one.claim.stance.reports_event)


def accusing(claims: Iterable[ReportedClaim], accused: PartyId) -> tuple[ReportedClaim, ...]:
    """Return the claims that report an event and say, or let infer, that this party did it."""
    return tuple(one for one in reporting(claims) if one.claim.attacker == accused)


def stated(claim: Claim) -> bool:
    """Return whether the text itself names the attacker."""
    return claim.attacker is not None and claim.attacker_basis is not Basis.INFERRED


def sure(claim: Claim) -> bool:
    """Return whether two careful readers would read the claim alike."""
    return claim.confidence is Confidence.HIGH


def located(claim: Claim) -> bool:
    """Return whether the claim says where: a place or a known facility."""
    return claim.place is not None or claim.target.facility_id is not None


def wide(place: Place) -> bool:
    """Return whether a place is wider than a region ("central Ukraine", a sea): it tells few events apart."""
    return place.precision == 3 and place.region is None


def by_debris(claim: Claim) -> bool:
    """Return whether it was the debris of an intercepted weapon that reached the target."""
    return claim.by_debris or claim.outcome is Outcome.DEBRIS


def aftermath(claim: Claim) -> bool:
    """Return whether the claim tells what came of an attack, with no word of a new one."""
    if claim.act in AFTERMATH_ACTS:
        return claim.weapon is None
    burning = claim.outcome in (Outcome.FIRE, Outcome.OUTAGE)
    return burning and not claim.act and claim.weapon is None


def pinned(claim: Claim) -> bool:
    """Return whether the claim says where, to a region or better."""
    return claim.target.facility_id is not None or (claim.place is not None and not wide(claim.place))


def recalls(claim: Claim) -> bool:
    """Return whether the claim looks back at an event of which it says on which day and where exactly it was."""
    dated = claim.event_time is not None and claim.event_time.precision == 1
    return claim.stance is Stance.HISTORICAL and dated and pinned(claim)


def tells_of_an_event(claim: Claim) -> bool:
    """Return whether the claim reports an event, denies one, or looks back at one."""
    return claim.stance.reports_event or claim.stance is Stance.DENIED or recalls(claim)


def late(claim: Claim) -> bool:
    """Return whether the claim may come days after the event: what came of it, or a denial."""
    return aftermath(claim) or claim.stance is Stance.DENIED


def in_headline(one: ReportedClaim) -> bool:
    """Return whether the claim stands in the report's title."""
    return any(start < len(one.report.title) for start, _ in one.claim.spans.get("sentence", ()))


def borrowed_place(one: ReportedClaim) -> bool:
    """Return whether the place was taken from another sentence: that sentence may mean another place."""
    places, sentences = one.claim.spans.get("place", ()), one.claim.spans.get("sentence", ())
    if one.claim.target.facility_id is not None or not places or not sentences:
        return False
    return not any(start <= place[0] < end for place in places for start, end in sentences)


def same_version(one: ReportedClaim, other: ReportedClaim) -> bool:
    """Return whether two claims stand in one text; an earlier version of an item is another text."""
    return (one.report.id, one.report.version) == (other.report.id, other.report.version)


def speakers(claim: Claim) -> tuple[Actor, ...]:
    """Return the claimants, without the attacker's own side where another party speaks beside it.

    "Kyiv said that Moscow struck it" has one claimant; that both sides say so is rare, and taking the accused for one
    of those who say so would make an admission out of an accusation.
    """
    others = [actor for actor in claim.claimants if actor.party not in (None, claim.attacker)]
    if not others:
        return claim.claimants
    return tuple(actor for actor in claim.claimants if actor.party is None or actor.party != claim.attacker)


def outlet(one: ReportedClaim) -> str:
    """Return the publisher behind a claim: one voice, however many items it publishes."""
    return one.report.source.publisher_group


def family(class_id: str, classes: Mapping[str, TargetClass]) -> str:
    """Return the family of a target class; an unlisted class is a family of its own."""
    return classes[class_id].family if class_id in classes else class_id


def is_energy(class_id: str, classes: Mapping[str, TargetClass]) -> bool:
    """Return whether a class counts as energy infrastructure in the widest sense."""
    return class_id in classes and classes[class_id].energy


def is_unspecified(class_id: str, classes: Mapping[str, TargetClass]) -> bool:
    """Return whether a class names no kind of facility."""
    return class_id in classes and classes[class_id].unspecified


def is_whole(class_id: str, classes: Mapping[str, TargetClass]) -> bool:
    """Return whether reports of a day on targets of the class that do not say where tell of one event."""
    return class_id in classes and classes[class_id].whole


def is_broad(class_id: str, classes: Mapping[str, TargetClass]) -> bool:
    """Return whether a class is also said of other objects of its family."""
    return class_id in classes and classes[class_id].broad


def is_any_energy(class_id: str, classes: Mapping[str, TargetClass]) -> bool:
    """Return whether a class ("energy infrastructure") may mean every kind of energy facility."""
    return is_unspecified(class_id, classes) and _ANY_ENERGY in (class_id, family(class_id, classes))


def facility_named(target: Target, classes: Mapping[str, TargetClass]) -> bool:
    """Return whether it is known what kind of facility was struck."""
    return target.facility_id is not None or not is_unspecified(target.class_id, classes)


def same_kind(first: str, second: str, classes: Mapping[str, TargetClass]) -> bool:
    """Return whether two classes may be words for one target: one family, or energy in general beside any energy."""
    if family(first, classes) == family(second, classes):
        return True
    energy = is_energy(first, classes) and is_energy(second, classes)
    return energy and (is_any_energy(first, classes) or is_any_energy(second, classes))


@lru_cache(maxsize=1024)
def words(text: str) -> frozenset[str]:
    """Return the words of a text, normalised for comparison."""
    return frozenset(_WORD.findall(text.casefold()))


def proper_stems(one: ReportedClaim) -> frozenset[str]:
    """Return the stems of the proper names in a target's name: what sets one facility apart from another.

    A capital means a proper name, but not at the start of a sentence, nor in a headline that capitalises every word.
    """
    name = one.claim.target.name
    if not name:
        return frozenset()
    stems = _stems_of(name)
    if not any(stems) or (one.claim.spans.get("target") and _in_capitalised_title(one)):
        return frozenset()
    return frozenset(stems[1 if _capital_says_nothing(one) else 0 :]) - {""}


def named_after(one: ReportedClaim) -> frozenset[str]:
    """Return the stem of the place whose name a target bears as an adjective: "the Kavkazskaya pumping station".

    "The Kropotkin depot" may bear another name, and lie by Kropotkin.
    """
    place, target = one.claim.spans.get("place"), one.claim.spans.get("target")
    if not place or not target or one.report.full_text[place[0][1] : target[0][0]].strip(' «"“'):
        return frozenset()
    words = one.report.full_text[slice(*place[0])]
    return frozenset(_stems_of(words)) - {""} if _ADJECTIVE.search(words) else frozenset()


@lru_cache(maxsize=4096)
def _stems_of(name: str) -> tuple[str, ...]:
    """Return the stem of each word that has a capital, and an empty text for each other one."""
    words = _WORD.findall(name)
    return tuple(word.casefold()[:_STEM] if word[0].isupper() and len(word) >= _STEM else "" for word in words)


def _capital_says_nothing(one: ReportedClaim) -> bool:
    """Return whether the target's first word also starts a sentence."""
    spans = one.claim.spans.get("target")
    if not spans:
        return False
    before = one.report.full_text[: spans[0][0]].rstrip(" \"'«“„([—-–")
    return not before or before[-1] in ".!?…:;\n"


def _in_capitalised_title(one: ReportedClaim) -> bool:
    title = one.report.title
    if one.claim.spans["target"][0][0] >= len(title):
        return False
    long: list[str] = [word for word in _WORD.findall(title) if len(word) >= _STEM - 1]
    return sum(word[0].isupper() for word in long) >= _TITLE_CASE * len(long)


def majority(values: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the values that most voters name, from (voter, value) pairs: one, or several where they tie."""
    votes: dict[str, set[str]] = {}
    for voter, value in values:
        votes.setdefault(value, set()).add(voter)
    if len(votes) < 2:
        return tuple(votes)
    most = max((len(voters) for voters in votes.values()), default=0)
    return tuple(sorted(value for value, voters in votes.items() if len(voters) == most))
