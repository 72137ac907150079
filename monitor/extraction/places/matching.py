"""Which words of a text can name which places: lookup by stem and ending."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from monitor.model.geography import FacilityName, GazetteerName, Geography
from monitor.model.inflection import MAX_ENDING, NameWord, fold

#: A word that begins with a capital letter: only those can begin a name.
CAPITAL = re.compile(r"(?<![^\W_])[A-ZА-ЯҐЄІЇЁÖÜ][^\W_]*(?:['’ʼ`][^\W\d_]+)*")
_NEXT = re.compile(r"[\s\-–‑«»\"“”„'’]{1,3}([^\W_]+(?:['’ʼ`][^\W\d_]+)*)")
_BEFORE = re.compile(r"([^\W_]+)[\s\-–‑«»\"“”„]{1,3}\Z")
_POSSESSIVE = re.compile(r"['’ʼ`][sS]$")
_LONGEST_NAME = 40


class Match(NamedTuple):
    """Words of a text that can name something: a place of the gazetteer, or a facility."""

    start: int
    end: int
    #: Names with the same span, of places.
    names: tuple[GazetteerName, ...]
    #: Names with the same span, of facilities.
    facilities: tuple[FacilityName, ...]


@lru_cache(maxsize=16_384)
def names_for(geography: Geography, word: str) -> tuple[GazetteerName | FacilityName, ...]:
    """Return all names whose first word is this one, with an ending that it may take."""
    folded = fold(word)
    found: list[GazetteerName | FacilityName] = []
    for cut in range(min(MAX_ENDING, len(folded) - 2) + 1):
        stem, ending = folded[: len(folded) - cut], folded[len(folded) - cut :]
        if stem in geography.gazetteer.names:
            found += [name for name in geography.gazetteer.names.get(stem) if ending in name.words[0].endings]
        found += [name for name in geography.facility_names.get(stem, ()) if ending in name.words[name.anchor].endings]
    return tuple(found)


def find_matches(text: str, geography: Geography) -> Iterator[Match]:
    """Yield, from left to right, the longest matches around a word with a capital letter; they never overlap."""
    reached = 0
    for word in CAPITAL.finditer(text):
        if word.start() < reached or word.end() - word.start() > _LONGEST_NAME:
            continue
        bare = word[0]
        if bare[-1] in "sS":
            bare = _POSSESSIVE.sub("", bare)
        names = names_for(geography, bare)
        if names:
            match = _longest(text, word.start(), word.start() + len(bare), names, reached)
            if match is not None:
                reached = match.end
                yield match


@lru_cache(maxsize=16_384)
def _heads_for(geography: Geography, word: str) -> tuple[tuple[tuple[NameWord, ...], str], ...]:
    """Return the heads of regions whose name begins with this word, each as its words and the region's code."""
    folded = fold(word)
    return tuple(
        (words, region)
        for cut in range(min(MAX_ENDING, max(len(folded) - 3, 0)) + 1)
        for words, region in geography.heads.get(folded[: len(folded) - cut], ())
        if folded[len(folded) - cut :] in words[0].endings
    )


def find_heads(text: str, geography: Geography) -> Iterator[tuple[int, int, str]]:
    """Yield where a text names who heads a region, from left to right, with the region's code."""
    for word in CAPITAL.finditer(text):
        for words, region in _heads_for(geography, _POSSESSIVE.sub("", word[0]) if word[0][-1] in "sS" else word[0]):
            end = _follow(text, word.end(), words[1:])
            if end is not None:
                yield word.start(), end, region


def _longest(
    text: str, start: int, end: int, names: Sequence[GazetteerName | FacilityName], reached: int
) -> Match | None:
    spans: dict[tuple[int, int], list[GazetteerName | FacilityName]] = {}
    for name in names:
        anchor = name.anchor if isinstance(name, FacilityName) else 0
        begins = _precede(text, start, name.words[:anchor])
        ends = _follow(text, end, name.words[anchor + 1 :])
        if begins is not None and begins >= reached and ends is not None:
            spans.setdefault((begins, ends), []).append(name)
    if not spans:
        return None
    longest = max(spans, key=lambda span: (span[1] - span[0], span[0]))
    found = spans[longest]
    alone = [name for name in found if isinstance(name, GazetteerName)]
    return Match(*longest, tuple(alone), tuple(name for name in found if isinstance(name, FacilityName)))


def _precede(text: str, start: int, words: Sequence[NameWord]) -> int | None:
    """Return where the words of a name begin that stand before its anchor, if the text has them there."""
    for stem, endings in reversed(words):
        before = _BEFORE.search(text, max(0, start - _LONGEST_NAME), start)
        if before is None:
            return None
        folded = fold(before[1])
        if not (folded.startswith(stem) and folded[len(stem) :] in endings):
            return None
        start = before.start(1)
    return start


def _follow(text: str, end: int, words: Sequence[NameWord]) -> int | None:
    """Return where the further words of a name end, if the text goes on with them."""
    for stem, endings in words:
        following = _NEXT.match(text, end)
        if following is None:
            return None
        folded = fold(_POSSESSIVE.sub("", following[1]))
        if not (folded.startswith(stem) and folded[len(stem) :] in endings):
            return None
        end = following.end()
        if _POSSESSIVE.search(following[1]):
            end -= 2
    return end
