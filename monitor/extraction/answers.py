"""Denials that point back to what was said before: "Kyiv denied it", "the accusations are false"."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from enum import Enum

from monitor.extraction.claimants import capitals_of, claimants_of, is_same
from monitor.extraction.frames import Frame, is_strong
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.claims import Actor, Basis, Claim, Stance
from monitor.model.vocabulary import Role

#: The kind of words that deny only where they point back: "rejected" denies the claim, but not the ceasefire.
_ANSWER = "answer"
#: The kind of words that deny only as what is said of the attack or the claim: "are disinformation".
PREDICATE = "predicate"
#: So many words before and behind the denial may stand what it points to, and who denies.
_WINDOW = 6
#: So many sentences back may lie what is denied: what the denier says itself is passed over.
_BACK = 2
_OWNER_END = re.compile(r"['’]s?$")
_WORDS = re.compile(r"\S+")
#: Characters before a word that opens its sentence: "'Nonsense': Kyiv on claims of strikes".
_QUOTE = 1
#: Between a claim and the clause without "that" which tells it; its subject; characters up to its verb.
_ONLY_ARTICLE = re.compile(r"\s(?:the\s)?")
_OWN = re.compile(r"\s(?:its|their)\s\w+")
_VERB_NEXT = 30


class Object(Enum):
    """What a denial is about."""

    #: What was said before: "denied it", "rejected the claim".
    BEFORE = "before"
    #: A claim that its own sentence tells: "rejected the claim that it struck".
    HERE = "here"
    #: It points to no claim: "denied striking", "rejected the ceasefire".
    OTHER = "other"


def governs(denial: Hit, sentence: Sentence, grammar: Grammar) -> bool:
    """Return whether a denial speaks of what its own sentence tells behind it, and does not point back."""
    if denial.entry.value == PREDICATE or any(
        one.end <= denial.start and sentence.words_between(one, denial) == 0 for one in sentence.of(Role.DESPITE)
    ):
        return False
    about = object_of(denial, sentence, grammar)
    return about is Object.HERE or (about is Object.OTHER and denial.entry.value != _ANSWER)


def tells(denial: Hit, act: Hit, sentence: Sentence, grammar: Grammar) -> bool:
    """Return whether what is denied is a claim of this very act: "It is intact: Kyiv refutes reports of a hit"."""
    if denial.entry.value == PREDICATE and denial.start > sentence.start + _QUOTE:
        return False
    if not is_claimed(sentence, denial.end, act, grammar):
        return False
    return not any(is_strong(hit) and hit is not act and hit.start < act.start for hit in sentence.of(Role.ACT))


def is_claimed(sentence: Sentence, start: int, act: Hit, grammar: Grammar) -> bool:
    """Return whether an act stands behind a claim of which it is said what it claims: "reports that drones hit"."""
    found = grammar.pointing.search(sentence.text, start, act.start)
    return found is not None and grammar.of_what.match(sentence.text, found.end(), sentence.end) is not None


def follows(denial: Hit, frame: Frame, grammar: Grammar) -> bool:
    """Return whether the denial only came after the attack: "denied it after a strike on"."""
    return grammar.aftermath.search(frame.sentence.text[denial.end : frame.act.start]) is not None


def may_be_predicate(denial: Hit) -> bool:
    """Return whether the words can be said of an attack: "the strike is a fake"."""
    return denial.entry.value != _ANSWER


def object_of(denial: Hit, sentence: Sentence, grammar: Grammar) -> Object:
    """Return what is denied; a claim of which nothing is said but that it is of an attack was made before."""
    start, end = _window(denial, sentence, grammar)
    for found in grammar.pointing.finditer(sentence.text, start, end):
        said = grammar.of_what.match(sentence.text, found.end(), sentence.end)
        if said is None and not (grammar.fixed_order and _goes_on(sentence, found.end())):
            return Object.BEFORE
        if _names(sentence, found.end()):
            return Object.HERE
        return Object.BEFORE if _tells_of_attack(sentence, found.end()) else Object.OTHER
    return Object.OTHER


def _goes_on(sentence: Sentence, at: int) -> bool:
    """Return whether a clause without "that" says what the claim is: "claims Ukrainian troops blew up a station"."""
    subjects = [
        hit.start
        for hit in sentence.of(Role.FORCE, Role.WEAPON, Role.BELONGING)
        if hit.start >= at and _ONLY_ARTICLE.fullmatch(sentence.text, at, hit.start)
    ]
    own = _OWN.match(sentence.text, at)
    begins = [*subjects, *([own.end()] if own else [])]
    return any(0 <= act.start - start <= _VERB_NEXT for start in begins for act in sentence.of(Role.ACT))


def _window(denial: Hit, sentence: Sentence, grammar: Grammar) -> tuple[int, int]:
    """Return from where to where what is denied may be named: of "accusations ... were rejected", all."""
    low = max((at for at in sentence.hard if at <= denial.start), default=sentence.start)
    high = min((at for at in sentence.hard if at > denial.end), default=sentence.end)
    before = [found.start() for found in _WORDS.finditer(sentence.text, low, denial.start)]
    behind = [found.end() for found in _WORDS.finditer(sentence.text, denial.end, high)]
    if not before:
        start = denial.start
    elif grammar.pointing.match(sentence.text, low) or grammar.passive.search(sentence.text, before[-1], denial.start):
        start = low
    else:
        start = before[-_WINDOW:][0]
    return start, behind[:_WINDOW][-1] if behind else denial.end


def _names(sentence: Sentence, at: int) -> bool:
    return any(hit.start >= at for hit in sentence.of(Role.TARGET))


def _tells_of_attack(sentence: Sentence, at: int) -> bool:
    return any(hit.start >= at and is_strong(hit) for hit in sentence.of(Role.ACT))


def deniers_of(frame: Frame, grammar: Grammar) -> list[Hit]:
    """Return the words that name who denies what the frame tells."""
    found = []
    for denial in frame.sentence.of(Role.DENYING):
        about = object_of(denial, frame.sentence, grammar)
        ahead = denial.end <= frame.act.start and not follows(denial, frame, grammar)
        if (about is Object.BEFORE and ahead) or (about is Object.OTHER and denial.entry.value == _ANSWER):
            continue
        denier = _denier(denial, frame.sentence, grammar, behind=about is not Object.OTHER)
        if denier is not None:
            found.append(denier)
    return found


def _denier(denial: Hit, sentence: Sentence, grammar: Grammar, *, behind: bool) -> Hit | None:
    """Return who denies: named before the denial, else `behind` it; not whose claims are denied."""
    named = [hit for hit in sentence.of(Role.SPEAKER, Role.FORCE) if not is_same(hit)]
    speakers = [hit for hit in named if not _owns_claim(hit, sentence, grammar)]
    before = [hit for hit in speakers if hit.end <= denial.start]
    if before and sentence.words_between(before[-1], denial) <= _WINDOW:
        return before[-1]
    side = _side(denial, sentence, grammar)
    if side is not None or not behind:
        return side
    after = [hit for hit in speakers if hit.start >= denial.end and sentence.words_between(denial, hit) <= _WINDOW]
    found = after or capitals_of(sentence, *_window(denial, sentence, grammar)) or claimants_of(sentence)
    return found[0] if found else None


def _side(denial: Hit, sentence: Sentence, grammar: Grammar) -> Hit | None:
    """Return the adjective of a side whose people deny, by whatever name: "the Ukrainian side", "Kyiv's military"."""
    sides = [
        hit
        for hit in sentence.of(Role.BELONGING)
        if hit.entry.party in sentence.opponents
        and hit.end <= denial.start
        and sentence.words_between(hit, denial) in (1, 2)
        and not grammar.pointing.match(sentence.text, hit.end + 1)
    ]
    return sides[-1] if sides else None


def _owns_claim(hit: Hit, sentence: Sentence, grammar: Grammar) -> bool:
    """Return whether the words only say whose claim it is: "Moscow's claims", "заявление Минобороны"."""
    if grammar.fixed_order:
        own = _OWNER_END.search(sentence.text, hit.start, hit.end + 2)
        return own is not None and grammar.pointing.match(sentence.text, own.end() + 1, sentence.end) is not None
    return any(
        found.end() + 1 == hit.start for found in grammar.pointing.finditer(sentence.text, sentence.start, hit.start)
    )


def answered(
    claims: Sequence[Claim], sentences: Sequence[Sentence], grammar: Grammar, name: Callable[[Hit, Claim], Actor]
) -> list[Claim]:
    """Return the claims, each with those who deny it in the sentences behind it; `name` makes an actor of words."""
    told = list(claims)
    for at in range(1, len(sentences)):
        if not any(_is_of(claim, one) for one in sentences[max(0, at - _BACK) : at] for claim in told):
            continue
        for denier in _answers(sentences[at], told, grammar):
            for number in _meant(told, sentences, at, denier, name):
                told[number] = _denied(told[number], denier, name(denier, told[number]))
    return told


def _answers(sentence: Sentence, told: Sequence[Claim], grammar: Grammar) -> Iterator[Hit]:
    """Yield who denies something that was told before the sentence."""
    for denial in sentence.of(Role.DENYING):
        own = any(_is_of(claim, sentence) and claim.spans["act"][0][0] < denial.start for claim in told)
        if not own and object_of(denial, sentence, grammar) is Object.BEFORE:
            denier = _denier(denial, sentence, grammar, behind=True)
            if denier is not None:
                yield denier


def _is_of(claim: Claim, sentence: Sentence) -> bool:
    return claim.stance.reports_event and sentence.start <= claim.spans["act"][0][0] < sentence.end


def _meant(
    told: Sequence[Claim], sentences: Sequence[Sentence], at: int, denier: Hit, name: Callable[[Hit, Claim], Actor]
) -> list[int]:
    """Return which claims are denied: of the nearest sentence before, and whatever tells of the same act elsewhere."""
    for other in reversed(sentences[max(0, at - _BACK) : at]):
        if sentences[at].paragraph - other.paragraph > 1:
            break
        near = [one for one in told if _is_of(one, other) and _may_deny(name(denier, one), one)]
        accused = [one for one in near if one.attacker == name(denier, one).party]
        if near:
            meant = accused or near
            return [
                number
                for number, one in enumerate(told)
                if one in meant or (_may_deny(name(denier, one), one) and any(_is_same(one, two) for two in accused))
            ]
    return []


def _may_deny(actor: Actor, claim: Claim) -> bool:
    """Return whether the actor may mean the claim: nobody denies what it, or its own side, claims."""
    if not claim.stance.reports_event:
        return False
    return not any(
        one.name == actor.name or (actor.party is not None and one.party == actor.party)
        for one in (*claim.claimants, *claim.denied_by)
    )


def _is_same(claim: Claim, other: Claim) -> bool:
    if claim.attacker != other.attacker or claim.target.class_id != other.target.class_id:
        return False
    return claim.target.facility_id == other.target.facility_id and claim.place == other.place


def _denied(claim: Claim, denier: Hit, actor: Actor) -> Claim:
    """Return the claim with who denies it; one that named no attacker is at most alleged then."""
    unsure = claim.attacker_basis is not Basis.STATED and claim.stance is Stance.ASSERTED
    spans = (*claim.spans.get("denied_by", ()), (denier.start, denier.end))
    return replace(
        claim,
        denied_by=(*claim.denied_by, actor),
        stance=Stance.ALLEGED if unsure else claim.stance,
        spans={**claim.spans, "denied_by": spans},
    )


def party_of(denier: Hit, sentence: Sentence, claim: Claim) -> str | None:
    """Return for whom somebody speaks who denies a claim and is of no named side.

    That is the side whose adjective stands before ("Ukrainian officials"), else the other one than the claimant's.
    """
    for hit in sentence.of(Role.BELONGING):
        if (
            hit.end <= denier.start
            and not sentence.between(hit, denier).strip()
            and hit.entry.party in sentence.opponents
        ):
            return hit.entry.party
    sides = {one.party for one in claim.claimants if one.party in sentence.opponents}
    return sentence.opponents[side] if len(sides) == 1 and (side := sides.pop()) else None
