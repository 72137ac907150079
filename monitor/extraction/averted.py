"""Effects and interceptions that are said not to have come about: "no damage", "could not be shot down"."""

import re

from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.vocabulary import Role

#: What may stand between "none" and the end of its clause.
_CLAUSE_END = re.compile(
    r"(?:\s(?:було|было|зафіксовано|зафиксировано|reported))?\s*(?:[,.;:!)»”\"—–]|\Z|\s(?:і|й|та|и|а|and)\s)"
)
#: Between "not" and the word for an interception.
_TO_MISS = re.compile(r"\s(?:(?:be|all|been|were|was|вдалос[яь]|удалось|вс[іе]|сумели|зуміли|змогли|смогли)\s){0,3}")
#: Right before the word, or behind it.
_FAILED = re.compile(r"\b(?:fail(?:ed|s) to|unable to)\s(?:be\s)?\Z")
_MISSED = re.compile(r"\sне\s(?:вдалос[яь]|удалось|змогли|зуміли|смогли|сумели)\b")


def averted(sentence: Sentence, hit: Hit) -> bool:
    """Return whether an effect or interception is said not to have come about: "no damage", «збити не вдалося»."""
    if hit.role is Role.INTERCEPTION:
        return _was_missed(sentence, hit)
    if hit.role is not Role.EFFECT:
        return False
    for no in sentence.of(Role.NEGATION):
        if no.end <= hit.start and sentence.words_between(no, hit) <= 1 and "," not in sentence.between(no, hit):
            return True
        if hit.end <= no.start and sentence.words_between(hit, no) <= 1 and _closes(sentence, no):
            return True
    return _is_none_of(sentence, hit)


def _was_missed(sentence: Sentence, hit: Hit) -> bool:
    """Return whether what flew was not intercepted: "could not be shot down", «не вдалося збити», «збити не змогли»."""
    text = sentence.text
    if _FAILED.search(text, sentence.start, hit.start) is not None:
        return True
    if any(no.end <= hit.start and _TO_MISS.fullmatch(text, no.end, hit.start) for no in sentence.of(Role.NEGATION)):
        return True
    return _MISSED.match(text, hit.end, sentence.end) is not None


def _is_none_of(sentence: Sentence, hit: Hit) -> bool:
    """Return whether "no" stands right before: "no power" is an outage, "no power cuts" is none."""
    text = sentence.text
    if text[hit.start : hit.end].startswith("no "):
        return any(hit.start < other.start < hit.end < other.end for other in sentence.of(Role.EFFECT))
    return text.endswith(("no ", "без "), sentence.start, hit.start)


def _closes(sentence: Sentence, hit: Hit) -> bool:
    """Return whether nothing of the clause follows but "was": "no" behind a noun says that there is none."""
    return _CLAUSE_END.match(sentence.text, hit.end, sentence.end) is not None
