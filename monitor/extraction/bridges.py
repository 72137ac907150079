"""Joins neighbouring sentences, as in "They struck Feodosia. An oil depot is burning there"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor.extraction.averted import averted
from monitor.extraction.frames import LIMIT, Frame, is_strong, link_cost
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Gate, Hit
from monitor.extraction.sentences import Sentence
from monitor.extraction.undone import disowns
from monitor.model.claims import Outcome
from monitor.model.vocabulary import Role

#: The first sentences of the body still speak of what the title says.
_TITLE_REACH = 4
#: The sentences in which the body comes to say what a title leaves open.
_LEAD = 2
#: The value of words for what is delivered: that it stopped is no damage to an object.
_SUPPLY = "supply"
#: What a sentence between an attack and what came of it must not tell of.
_TELLING = (Role.ACT, Role.TARGET, Role.INTERCEPTION, Role.BACKGROUND, Role.SUPPRESSOR, Role.DENYING)
#: The label before a line of a list: a place, a time, or what the list is of.
_LABEL = re.compile(r"\W*[^.:;!?]{2,60}(?::\s|\d:\d\d\s+[—–-]\s|\s[—–]\s)")


def bridged(
    sentences: Sequence[Sentence], framed: Sequence[Sequence[Frame]], grammar: Grammar, energy: frozenset[str]
) -> Iterator[tuple[int, Frame]]:
    """Yield (sentence, frame) for damage to energy whose attack stands in a neighbouring sentence."""
    for at, sentence in enumerate(sentences):
        if not sentence.may_report or any(_is_energy(frame, energy) for frame in framed[at]):
            continue
        if not (sentence.may_hold(Gate.TELLING) or _is_labelled(sentence)):
            continue
        effect = _unexplained(sentence, grammar, energy) or _listed(sentence, energy)
        if effect is None or any(disowns(one, grammar) for one in _after(at, sentences)):
            continue
        for neighbour in _neighbours(at, sentences, framed, energy):
            act = _attack(neighbour)
            if act is not None:
                yield at, replace(effect, support=neighbour, cause=act)
                break


def _after(at: int, sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """Return the sentence that may still speak of what came of the attack: the next one of the paragraph."""
    return [one for one in sentences[at + 1 : at + 2] if one.paragraph == sentences[at].paragraph]


def _is_energy(frame: Frame, energy: frozenset[str]) -> bool:
    return frame.target is None or frame.target.entry.class_id in energy


def _unexplained(sentence: Sentence, grammar: Grammar, energy: frozenset[str]) -> Frame | None:
    """Return the damage to an energy object, or the outage, that the sentence names."""
    effects = [hit for hit in sentence.of(Role.EFFECT) if not averted(sentence, hit)]
    effects += [hit for hit in sentence.of(Role.ACT) if hit.entry.weak]
    targets = sentence.of(Role.TARGET)
    best: Frame | None = None
    for target in targets:
        if target.entry.class_id not in energy or target.entry.value == _SUPPLY:
            continue
        for effect in effects:
            price = link_cost(sentence, grammar, effect, target, targets)
            if price <= LIMIT and (best is None or price < best.cost):
                best = Frame(sentence=sentence, act=effect, target=target, effects=(effect,), cost=price)
    if best is not None:
        return best
    outages = [hit for hit in effects if hit.entry.outcome == "outage"]
    return Frame(sentence=sentence, act=outages[0], target=None, effects=tuple(outages)) if outages else None


def _listed(sentence: Sentence, energy: frozenset[str]) -> Frame | None:
    """Return the energy object of a list's line: "Kharkiv region: a substation in Izium"."""
    if not _is_labelled(sentence):
        return None
    targets = [hit for hit in sentence.of(Role.TARGET) if hit.entry.class_id in energy]
    if not targets or sentence.of(Role.SUPPRESSOR, Role.ACT):
        return None
    return Frame(sentence=sentence, act=targets[0], target=targets[0])


def _is_labelled(sentence: Sentence) -> bool:
    return not sentence.is_title and _LABEL.match(sentence.text, sentence.start, sentence.end) is not None


def _neighbours(
    at: int, sentences: Sequence[Sentence], framed: Sequence[Sequence[Frame]], energy: frozenset[str]
) -> Iterator[Sentence]:
    """Yield the sentences that may tell the attack: the next ones, the title, and of a title how the body begins."""
    sentence = sentences[at]
    if sentence.is_title:
        body = [n for n, one in enumerate(sentences) if not one.is_title][:_LEAD]
        told = any(_is_energy(frame, energy) for n in body for frame in framed[n])
        yield from (sentences[n] for n in body if not told and not _tells_of_its_own(sentences[n], energy))
    for other in (*_before(at, sentences), at + 1):
        if 0 <= other < len(sentences) and sentences[other].paragraph == sentence.paragraph:
            yield sentences[other]
    titles = sum(one.is_title for one in sentences)
    if not sentence.is_title and (at < titles + _TITLE_REACH or _LABEL.match(sentence.text, sentence.start)):
        yield from (one for one in sentences if one.is_title)


def _before(at: int, sentences: Sequence[Sentence]) -> Iterator[int]:
    """Yield the sentence before, and the one before that where the first tells of people only: "Nobody was hurt"."""
    yield at - 1
    if at > 1 and not sentences[at - 1].of(*_TELLING):
        yield at - 2


def _tells_of_its_own(sentence: Sentence, energy: frozenset[str]) -> bool:
    """Return whether a sentence speaks of the past, or names an energy object itself, which was not struck."""
    return bool(sentence.of(Role.BACKGROUND)) or any(hit.entry.class_id in energy for hit in sentence.of(Role.TARGET))


def _attack(sentence: Sentence) -> Hit | None:
    strong = [hit for hit in sentence.of(Role.ACT) if is_strong(hit)]
    if strong:
        return strong[-1]
    weapons = sentence.of(Role.WEAPON)
    if sentence.is_title and weapons:
        return weapons[0]
    fallen = [hit for hit in sentence.of(Role.INTERCEPTION) if weapons or hit.entry.outcome is Outcome.DEBRIS]
    return fallen[0] if fallen else None
