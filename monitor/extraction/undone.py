"""What a sentence says was not done: attacks ruled out as a cause, objects of which none was struck."""

import re
from collections.abc import Iterator

from monitor.extraction.contrasts import negates_a_side
from monitor.extraction.frames import Frame, is_strong
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.vocabulary import Part, Role

#: Kinds of suppressors that say of an attack ahead of them, of one behind them, or of either, that there was none.
_AHEAD = frozenset(("disowned", "excluded"))
_BEHIND = frozenset(("excluded", "supposed", "judged"))
#: The kind that is said of attacks in general only: "strikes on energy are a crime".
_GENERAL = "judged"
#: The kind of negations before what was not struck, or did not strike: "no substation", "none of the drones".
_NONE = "none"
#: So many words may lie between such words and the attack ahead of them, the attack behind them, and a further sign.
_TO_AHEAD, _TO_BEHIND, _TO_FURTHER = 4, 8, 2
#: Between "no substation" and the verb, "no drone" and the verb, a verb and "no substation".
_TO_VERB, _TO_DONE, _TO_NONE = 8, 4, 3
#: What ends the reach of such words, and the dash that stands for "is".
_BREAK = re.compile(r"[,;:.!?()]|\s[—–-]\s")
_DASH = re.compile(r"\s[—–-]\s+(?:це\s+|это\s+)?[\"«“„]?$")
#: An English verb as a noun: "Hitting power plants is no good".
_GERUND = re.compile(r"ing\b")
#: What shows an attack, and so can be said not to have been.
_SIGNS = (Role.ACT, Role.WEAPON, Role.INTERCEPTION)


def disowned(frame: Frame, grammar: Grammar) -> Hit | None:
    """Return the words that say of the frame's attack, or of all that shows one, that it was none: "not linked to"."""
    sentence, act = frame.sentence, frame.act
    gone: dict[Hit, Hit] = {}
    for word in sentence.suppressors():
        if negates_a_side(sentence, word):
            continue
        if word.entry.value in _AHEAD:
            gone.update((sign, word) for sign in _ahead(sentence, grammar, word))
        if word.entry.value in _BEHIND:
            gone.update((sign, word) for sign in _behind(sentence, grammar, word))
    for word in sentence.of(Role.NEGATION):
        gone.update((sign, word) for sign in sentence.of(Role.WEAPON) if _follows(sentence, word, sign))
    if act in gone or not gone or is_strong(act):
        return gone.get(act)
    left = [sign for sign in sentence.of(*_SIGNS) if sign not in gone and sign is not act and _shows(frame, sign)]
    return None if left else next(iter(gone.values()))


def disowns(sentence: Sentence, grammar: Grammar) -> bool:
    """Return whether the sentence says of something that no attack was its cause: "the fire is not linked to it"."""
    words = [word for word in sentence.suppressors() if word.entry.value in _AHEAD]
    return any(True for word in words for _ in (*_ahead(sentence, grammar, word), *_behind(sentence, grammar, word)))


def _shows(frame: Frame, sign: Hit) -> bool:
    """Return whether a sign shows an attack: a weapon only beside what came of it, a weak word never."""
    if sign.role is Role.WEAPON:
        return frame.sentence.boundaries_between(sign.start, frame.act.start)[0] == 0
    return sign.role is Role.INTERCEPTION or is_strong(sign)


def _follows(sentence: Sentence, word: Hit, sign: Hit) -> bool:
    return word.end <= sign.start and not sentence.between(word, sign).strip()


def _ahead(sentence: Sentence, grammar: Grammar, word: Hit) -> Iterator[Hit]:
    """Yield the attack that follows such words, with what it is made of: "not linked to [a drone attack]"."""
    at, reach = word.end, _TO_AHEAD
    for sign in sentence.of(*_SIGNS):
        if sign.start < at:
            continue
        gap = sentence.text[at : sign.start]
        if len(gap.split()) > reach or _BREAK.search(gap) or grammar.aftermath.search(gap):
            return
        yield sign
        at, reach = sign.end, _TO_FURTHER


def _behind(sentence: Sentence, grammar: Grammar, word: Hit) -> Iterator[Hit]:
    """Yield the attack that such words are said of: "[a drone attack] was ruled out"."""
    lead = _DASH.search(sentence.text, sentence.start, word.start)
    at, reach = lead.start() if lead else word.start, _TO_BEHIND
    for sign in reversed(sentence.of(*_SIGNS)):
        if sign.end > at:
            continue
        gap = sentence.text[sign.end : at]
        if len(gap.split()) > reach or _BREAK.search(gap) or not _can_be_said_of(sentence, grammar, sign, word):
            return
        yield sign
        at, reach = sign.start, _TO_FURTHER


def _can_be_said_of(sentence: Sentence, grammar: Grammar, sign: Hit, word: Hit) -> bool:
    """Return whether a sign can be the subject of the words: a noun or gerund, no mere circumstance."""
    if grammar.aftermath.search(sentence.text[sentence.start : sign.start]):
        return False
    if sign.role is not Role.ACT:
        return True
    if _GERUND.search(sentence.text, sign.start, sign.end):
        return True
    general = grammar.plural.search(sentence.text, sign.start, sign.end) is not None
    return sign.entry.part is Part.NOUN and (general or word.entry.value != _GENERAL)


def none_of(frame: Frame, grammar: Grammar) -> Hit | None:
    """Return the word by which none of the targets was struck, or nothing struck: "no substation was hit"."""
    sentence = frame.sentence
    for word in sentence.of(Role.NEGATION):
        if word.entry.value != _NONE:
            continue
        named = _named_behind(sentence, grammar, word)
        if named and (_is_verb_of(frame, named) or (frame.target in named and _is_object(frame, word))):
            return word
    return None


def _named_behind(sentence: Sentence, grammar: Grammar, word: Hit) -> list[Hit]:
    """Return the targets, weapons or sides that stand behind "none", with those joined to them."""
    named: list[Hit] = []
    for hit in sentence.of(Role.TARGET, Role.WEAPON, Role.FORCE, Role.BELONGING, Role.ACT, Role.EFFECT):
        if hit.start < word.start:
            continue
        if hit.role in (Role.ACT, Role.EFFECT):
            break
        gap = sentence.between(named[-1] if named else word, hit)
        if named and not (hit.role is named[0].role and grammar.joined.match(gap)):
            break
        if not named and (len(gap.split()) > 1 or _BREAK.search(gap) or _is_ground(gap, grammar)):
            break
        named.append(hit)
    return named


def _is_verb_of(frame: Frame, named: list[Hit]) -> bool:
    """Return whether the frame's act, or any that befell the target, is what is said of those that "none" names."""
    sentence = frame.sentence
    struck = named[0].role is Role.TARGET
    if struck and frame.target not in named:
        return False
    if not struck and _other_between(sentence, named[-1], frame.act):
        return False
    verbs = sentence.of(Role.ACT, Role.EFFECT) if struck else [frame.act]
    return any(
        named[-1].end <= verb.start
        and verb.entry.part is not Part.NOUN
        and sentence.words_between(named[-1], verb) <= (_TO_VERB if struck else _TO_DONE)
        and not sentence.boundaries_between(named[-1].end, verb.start)[0]
        for verb in verbs
    )


def _other_between(sentence: Sentence, named: Hit, act: Hit) -> bool:
    """Return whether somebody else stands before the verb: "no Russian losses as drones hit"."""
    return any(named.end <= hit.start and hit.end <= act.start for hit in sentence.of(Role.FORCE, Role.WEAPON))


def _is_object(frame: Frame, word: Hit) -> bool:
    """Return whether "no substation" is the object of the frame's verb: "hit no substation"."""
    act, sentence = frame.act, frame.sentence
    return (
        act.end <= word.start
        and act.entry.part is not Part.NOUN
        and sentence.words_between(act, word) <= _TO_NONE
        and sentence.boundaries_between(act.end, word.start) == (0, 0)
    )


def _is_ground(words: str, grammar: Grammar) -> bool:
    return any(one.search(f" {words}") for one in (grammar.locative, grammar.part_of))
