"""Who is accused, and so says nothing: "accused Russia of", "Russia accused of", "ВСУ обвинили в"."""

import re
from itertools import pairwise

from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.vocabulary import Role

#: Behind "accused": what somebody is accused of follows at once, so that who stands before it is the accused.
_OF = re.compile(r"\s(?:of|for|over|в|у|во)\s")
#: Forms of "accuse" that have no accuser as their subject: a participle, and "they accuse".
_THEY_ACCUSE = re.compile(r"(?:accused|blamed|condemned|faulted|charged|ли|[аяую]ть?|но|ена?|ены|ений)$")
#: "which Russia had accused of": no passive.
_PERFECT = frozenset(("had", "has", "have"))
_DASHES = frozenset(("—", "–", "-"))
#: So many words may stand between an accusation and whom it names.
_NEXT = 1


def accused_of(sentence: Sentence) -> list[Hit]:
    """Return the words for whoever is accused."""
    forces = sentence.of(Role.FORCE)
    found = []
    for saying in sentence.of(Role.ACCUSING):
        behind = [hit for hit in forces if saying.end <= hit.start and _beside(sentence, saying, hit)]
        found += behind[:1] or _passive(sentence, saying, forces)
        later = pairwise(hit for hit in forces if saying.end <= hit.start)
        found += [second for first, second in later if _mutual(sentence, first, second)]
    return found


def _mutual(sentence: Sentence, first: Hit, second: Hit) -> bool:
    """Return whether a dash stands for "accuses": "Moscow accuses Kyiv, Kyiv — Moscow"."""
    return first.entry.party != second.entry.party and sentence.between(first, second).strip() in _DASHES


def _passive(sentence: Sentence, saying: Hit, forces: list[Hit]) -> list[Hit]:
    """Return who stands before "accused of", unless the accused follows later: "Kyiv blamed for it the Russians"."""
    if not (_OF.match(sentence.text, saying.end) and _THEY_ACCUSE.search(sentence.text, saying.start, saying.end)):
        return []
    before = [hit for hit in forces if hit.end <= saying.start and _beside(sentence, hit, saying)]
    before = [hit for hit in before if sentence.between(hit, saying).strip() not in _PERFECT]
    others = {hit.entry.party for hit in forces if hit.start >= saying.end}
    return [hit for hit in before[-1:] if others <= {hit.entry.party} or sentence.text[saying.end :].startswith(" of ")]


def _beside(sentence: Sentence, first: Hit, second: Hit) -> bool:
    between = sentence.between(first, second)
    return len(between.split()) <= _NEXT and not set(between) & set(",;:—–")
