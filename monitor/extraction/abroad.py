"""Third countries: a sentence that names one may tell of what happened there, and not on either side's ground."""

import re

from monitor.extraction.frames import Frame
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.vocabulary import Role

#: The value of words for third countries that take part in no other war.
ABROAD = "abroad"
#: The name of a side's country, "western Russia" too.
_SIDE = re.compile(r"(?:ukraine|russia|україн\w*|росі\w*|украин\w*|росси\w*)$")
#: How near to the edge of a sentence a country stands as its heading, "Romania: ...".
_HEADING = 3


def names_abroad(frame: Frame) -> bool:
    """Return whether a clause names a third country beside what was struck."""
    return any(_in_its_clause(frame, hit) for hit in _abroad(frame.sentence))


def _abroad(sentence: Sentence) -> list[Hit]:
    return [hit for hit in sentence.of(Role.ELSEWHERE) if hit.entry.value == ABROAD]


def _in_its_clause(frame: Frame, hit: Hit) -> bool:
    anchor = frame.target or frame.act
    return frame.sentence.boundaries_between(hit.start, anchor.start)[0] == 0


def country_abroad(frame: Frame, grammar: Grammar) -> str | None:
    """Return the third country that something happened in: "in Romania", "Romania: ...", "a Romanian power line"."""
    sentence, text = frame.sentence, frame.sentence.text
    for hit in _abroad(sentence):
        lead = text[max(sentence.start, hit.start - 40) : hit.start]
        heads = hit.start - sentence.start <= _HEADING and text[hit.end : hit.end + 1] == ":"
        owns = frame.target is not None and frame.target.start == hit.end + 1
        inside = _in_its_clause(frame, hit) and grammar.inside.search(lead) and not _at_home(frame, grammar, hit)
        if heads or owns or inside:
            return hit.entry.party
    return None


def _at_home(frame: Frame, grammar: Grammar, abroad: Hit) -> bool:
    """Return whether a side's country is the place, and nearer: "in western Russia, raising alarm in Hungary"."""
    sentence, anchor = frame.sentence, frame.target or frame.act
    away = sentence.words_between(abroad, anchor)
    return any(
        grammar.inside.search(sentence.text[max(sentence.start, hit.start - 40) : hit.start]) is not None
        and sentence.words_between(hit, anchor) < away
        for hit in sentence.of(Role.FORCE, Role.TOPIC)
        if _SIDE.search(sentence.text, hit.start, hit.end)
    )
