"""Districts and communities named by an adjective: "Кременчуцький район", "Shebekinsky district" lead to towns."""

import re
from collections.abc import Iterator

from monitor.extraction.places import context
from monitor.extraction.places.matching import CAPITAL, Match
from monitor.model.geography import GazetteerName, Geography, NameSort, PlaceKind
from monitor.model.inflection import fold

_ADJECTIVE = re.compile(
    r"(?P<stem>\w+?)(?P<suffix>[сцз]ь?к)(?:ий|ого|ому|им|ім|ом|а|ої|ій|у|ою|ая|ой|ую|ие|их|і|е|ое)$"
)
_LATIN = re.compile(r"(?P<stem>\w+?)(?:sk(?:y|yi|iy|yy|y|ii|aya|a))$")
#: What a town's name may end in where its adjective has lost it: Шебекино, Полтава, Прилуки, Волноваха.
_RESTORED = ("", "к", "н", "ь", "ськ", "ск", "цьк", "цк", "инськ")
_LATIN_ENDS = ("", "o", "a", "e", "y", "i", "ka", "sk", "ne", "no")


def find_districts(text: str, geography: Geography) -> Iterator[Match]:
    """Yield adjectives that stand before "район", "громада", "district" ..., with the towns they may come from."""
    for word in CAPITAL.finditer(text):
        if context.DISTRICT_NEXT.match(text, word.end()) is None:
            continue
        names = tuple(_towns(fold(word[0]), geography))
        if names:
            yield Match(word.start(), word.end(), names, ())


def _towns(folded: str, geography: Geography) -> Iterator[GazetteerName]:
    seen: set[int] = set()
    for stem in _stems(folded):
        for name in geography.gazetteer.names.get(stem):
            place = geography.gazetteer.places[name.geonameid]
            alone = len(name.words) == 1 and name.sort is not NameSort.ADJECTIVE
            if alone and place.kind == PlaceKind.SETTLEMENT and place.geonameid not in seen:
                seen.add(place.geonameid)
                yield name


def _stems(folded: str) -> Iterator[str]:
    latin = _LATIN.fullmatch(folded)
    if latin:
        yield from (latin["stem"] + end for end in _LATIN_ENDS)
        return
    adjective = _ADJECTIVE.fullmatch(folded)
    if adjective is None:
        return
    stem, suffix = adjective["stem"], adjective["suffix"]
    yield from (stem + suffix + end for end in ("",))
    for base in dict.fromkeys((stem, re.sub(r"[еє]?н$", "", stem), re.sub(r"і(?=.$)", "о", stem))):
        if len(base) >= 3:
            yield from (base + end for end in _RESTORED)
            if suffix[0] in "цз":
                yield from (base + end for end in ("к", "г", "ць", "ц", "ж"))
            if suffix[0] == "с":
                yield from (base + end for end in ("с", "х"))
