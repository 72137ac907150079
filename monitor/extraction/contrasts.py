"""Who is set against whom: "not Russia but Ukraine", "Росія, а не Україна". What is set aside did nothing."""

import re
from dataclasses import dataclass
from itertools import pairwise

from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.vocabulary import Role

_BY = r"(?:by\s|because of\s)?(?:the\s)?"
#: Before the first of two that are set against each other; and between it, with the noun that it may modify, and the
#: one who did it.
_NOT = re.compile(rf"\b(?:not|n't|не)\s{_BY}$")
_BUT = re.compile(rf"(?:\s[\w'’ʼ-]+)?\s?,?\s(?:but|rather|а|але|но)\s(?:rather\s)?{_BY}")
#: Between the one who did it and the one who did not.
_AND_NOT = re.compile(rf"\s?,?\s(?:(?:and\s|but\s|а\s)?(?:not|не)|rather than|instead of)\s{_BY}")
#: "not (by the) Russian drones": so many words may stand between "not" and the side.
_BETWEEN = 2


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two sides of which one did it and the other did not."""

    did: Hit
    did_not: Hit


def contrasts_of(sentence: Sentence) -> list[Contrast]:
    """Return the sides that the sentence sets against each other."""
    found = []
    for first, second in pairwise(sentence.of(Role.FORCE, Role.BELONGING)):
        if first.entry.party == second.entry.party:
            continue
        if _AND_NOT.fullmatch(sentence.text, first.end, second.start):
            found.append(Contrast(did=first, did_not=second))
        elif _NOT.search(sentence.text, sentence.start, first.start) and _BUT.fullmatch(
            sentence.text, first.end, second.start
        ):
            found.append(Contrast(did=second, did_not=first))
    return found


def set_aside(sentence: Sentence) -> list[Hit]:
    """Return the words for whoever, of two that are set against each other, did not do it."""
    return [one.did_not for one in contrasts_of(sentence)]


def negates_a_side(sentence: Sentence, negation: Hit) -> bool:
    """Return whether a "not" belongs to a side that is set against another, and not to what was done."""
    return any(
        negation.end <= aside.start and len(sentence.between(negation, aside).split()) <= _BETWEEN
        for aside in set_aside(sentence)
    )
