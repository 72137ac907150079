"""Attacks in words that no vocabulary has: a weapon, a verb, an object ("drones shredded the substation").

What a weapon does to an object is an attack, however it is called, unless the verb is known to be harmless ("filmed").
Such frames are faint: the word itself proves nothing.
"""

import re
from collections.abc import Iterator

from monitor.extraction.frames import Frame
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.vocabulary import Entry, Part, Role

#: Between a weapon and its verb ("drones of the enemy shredded"), and a verb and its object, lie no more words.
_SUBJECT, _OBJECT = 2, 4
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
#: What ends a clause, or begins another statement.
_BREAK = re.compile(r"[,;:!?()—–]|\s-\s|\.\s")
#: Words in between that say that the object was not what was struck, or that known words tell of it.
_TOLD_OTHERWISE = (
    Role.ACT,
    Role.EFFECT,
    Role.INTERCEPTION,
    Role.NEAR,
    Role.NEGATION,
    Role.HARMLESS,
    Role.TOPIC,
    Role.SAYING,
    Role.DENYING,
)
#: Between a weapon and what it was sent at; "на" and "в" say as often where something stood.
_ONTO = re.compile(r"\s(?:on|into|onto|по)\s(?:[\w'’ʼ-]+\s){0,3}")
ENTRY = Entry(id="grammar/unlisted-verb", role=Role.ACT, patterns=(), part=Part.ACTIVE)


def find_unlisted(sentence: Sentence, grammar: Grammar, energy: frozenset[str]) -> Iterator[Frame]:
    """Yield a frame for each energy object that a weapon did something unlisted to."""
    weapons = [hit for hit in sentence.of(Role.WEAPON, Role.FORCE) if hit.role is Role.WEAPON or _is_enemy(hit)]
    for target in sentence.of(Role.TARGET) if weapons else ():
        if target.entry.class_id not in energy:
            continue
        for weapon in weapons:
            verb = (
                _done_by(sentence, grammar, weapon, target)
                or _done_with(sentence, grammar, weapon, target)
                or _sent_at(sentence, weapon, target)
            )
            if verb is not None:
                yield Frame(sentence=sentence, act=verb, target=target, faint=True)
                break


def _is_enemy(hit: Hit) -> bool:
    return hit.role is Role.FORCE and hit.entry.party == "enemy"


def _done_by(sentence: Sentence, grammar: Grammar, weapon: Hit, target: Hit) -> Hit | None:
    """Return the verb between a weapon and what it did it to: "the drone shredded a tank of the depot"."""
    if weapon.end > target.start or _interrupted(sentence, weapon.end, target.start):
        return None
    words = list(_WORD.finditer(sentence.text, weapon.end, target.start))
    for at, word in enumerate(words[: _SUBJECT + 1]):
        if grammar.verb.fullmatch(word[0]) and len(words) - at - 1 <= _OBJECT:
            between = sentence.text[word.end() : target.start]
            return _act(word) if grammar.object.fullmatch(between) else None
        if grammar.fixed_order:
            return None
    return None


def _done_with(sentence: Sentence, grammar: Grammar, weapon: Hit, target: Hit) -> Hit | None:
    """Return the passive verb between an object and the weapon: "the depot near Oryol was shredded by drones"."""
    lies = next((hit.end for hit in sentence.of(Role.NEAR) if hit.start == target.end + 1), target.end)
    if target.end > weapon.start or _interrupted(sentence, lies, weapon.start):
        return None
    words = list(_WORD.finditer(sentence.text, target.end, weapon.start))
    for at, word in enumerate(words[: _OBJECT + 1]):
        if grammar.participle.fullmatch(word[0]) and len(words) - at - 1 <= _SUBJECT:
            between = sentence.text[word.end() : weapon.start]
            return _act(word) if grammar.means.fullmatch(between) else None
    return None


def _sent_at(sentence: Sentence, weapon: Hit, target: Hit) -> Hit | None:
    """Return the weapon itself where a headline leaves its verb out: "Guided bomb on Kramatorsk substation"."""
    if weapon.role is not Role.WEAPON or weapon.end > target.start or _interrupted(sentence, weapon.end, target.start):
        return None
    if _ONTO.fullmatch(sentence.text, weapon.end, target.start) is None:
        return None
    return Hit(weapon.start, weapon.end, ENTRY)


def _act(word: re.Match[str]) -> Hit:
    return Hit(word.start(), word.end(), ENTRY)


def _interrupted(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether the clause ends in between, or listed words tell what happened there."""
    if _BREAK.search(sentence.text, start, end):
        return True
    return any(start <= hit.start < end for hit in sentence.of(*_TOLD_OTHERWISE, Role.TARGET))
