"""Districts and communities lead to the towns that they are named after.

By an adjective ("Кременчуцький район", "Shebekinsky district"), or by a nickname ("Нікопольщина").
"""

import re
from collections.abc import Iterable, Iterator

from monitor.extraction.places import context
from monitor.extraction.places.matching import CAPITAL, Match
from monitor.model.geography import GazetteerName, GazetteerPlace, Geography, NameSort, PlaceKind
from monitor.model.inflection import fold

_ADJECTIVE = re.compile(
    r"(?P<stem>\w+?)(?P<suffix>[сцз]ь?к)(?:ий|ого|ому|им|ім|ом|а|ої|ій|у|ою|ая|ой|ую|ие|их|і|е|ое)$"
)
_LATIN = re.compile(r"(?P<stem>\w+?)(?:sk(?:y|yi|iy|yy|y|ii|aya|a))$")
#: What a town's name may end in where its adjective has lost it: Шебекино, Полтава, Прилуки, Волноваха.
_RESTORED = ("", "к", "н", "ь", "ськ", "ск", "цьк", "цк", "инськ")
_LATIN_ENDS = ("", "o", "a", "e", "y", "i", "ka", "sk", "ne", "no")

#: "Нікопольщина", "Марганеччина": the country around a town.
_NICKNAME = re.compile(r"(?P<stem>\w{3,}?)(?P<suffix>щин|[чт]чин|(?<=д)чин)(?:а|и|ы|і|е|у|ою|ой)")
#: "Криворіжжя": the country around a town of two words, Кривий Ріг.
_COMPOUND = re.compile(r"(?P<first>\w{3,}?)о(?P<second>р[іо])жж?[ьиі]?(?:я|і|ю|ям|е|и|ем)")
#: What the soft ending of a nickname had before: Вінниця, Донецьк, Прилуки.
_SOFTENED = ("ц", "цьк", "цк", "к", "ч")
#: What a town's name may have lost before "щина": Охтирка, Куп'янськ.
_LOST = ("", "к", "ськ", "ск")
#: Villages have no country around them: only the towns that districts are named after, by inhabitants.
_DISTRICT_TOWN = 5_000


#: "Белгородцев", "херсонців": the people of a town, in any case.
_PEOPLE = re.compile(
    r"[а-яіїєґ]{4,}(?:ці|ців|цям|цями|цях|цы|цев|цам|цами|цах|чани|чан|чанам|чане|чанами)\b", re.IGNORECASE
)
_OF_PEOPLE = re.compile(r"(?:ц(?:і|ів|ям|ями|ях|ы|ев|ам|ами|ах)|чан(?:и|ам|е|ами)?)$")
#: Smaller towns' people are called so too, and so is much else.
_PEOPLE_OF = 100_000


#: The second half of a compound is no name by itself: "Новгород-Сіверська громада".
_COMPOUND_BEFORE = re.compile(r"[^\W\d_]-\Z")


def find_people(text: str, geography: Geography) -> Iterator[Match]:
    """Yield the words for the people of a city, with the city."""
    for word in _PEOPLE.finditer(text):
        names = tuple(
            name
            for name in _named_by((_OF_PEOPLE.sub("", fold(word[0])),), geography)
            if geography.gazetteer.places[name.geonameid].population >= _PEOPLE_OF
        )
        if names:
            yield Match(word.start(), word.end(), names, ())


def find_nicknames(text: str, geography: Geography) -> Iterator[Match]:
    """Yield the nicknames of districts, with the towns that they may come from.

    Countries and whole regions are called in the same way ("Туреччина", "Полтавщина"): what else knows a name, decides.
    """
    if context.NICKNAME.search(text) is None:
        return
    for word in CAPITAL.finditer(text):
        if context.NICKNAME.search(word[0]) is None:
            continue
        folded = fold(word[0])
        towns = (*_named_by(_roots(folded), geography), *_of_two_words(folded, geography))
        names = tuple(name for name in towns if _may_head_district(geography.gazetteer.places[name.geonameid]))
        if names:
            yield Match(word.start(), word.end(), names, ())


def _may_head_district(place: GazetteerPlace) -> bool:
    return place.population >= _DISTRICT_TOWN and not place.name.endswith("skyi")


def find_districts(text: str, geography: Geography) -> Iterator[Match]:
    """Yield adjectives that stand before "район", "громада", "district" ..., with the towns they may come from."""
    for word in CAPITAL.finditer(text):
        if context.district_end(text, word.end()) is None or _COMPOUND_BEFORE.search(text, 0, word.start()):
            continue
        names = _not_abroad(tuple(_towns(fold(word[0]), geography)), geography)
        if names:
            yield Match(word.start(), word.end(), names, ())


def is_adjective(word: str) -> bool:
    """Return whether a word has the ending of an adjective made of a town's name: "Краснояружском", "Valuysky"."""
    folded = fold(word)
    return bool(_ADJECTIVE.fullmatch(folded) or _LATIN.fullmatch(folded))


def _not_abroad(names: tuple[GazetteerName, ...], geography: Geography) -> tuple[GazetteerName, ...]:
    """Return the names of towns of the two countries at war, if there are any: of Borisovka, and not of Barysaw."""
    near = tuple(name for name in names if geography.gazetteer.places[name.geonameid].country in ("UA", "RU"))
    return near or names


def _roots(folded: str) -> Iterator[str]:
    """Yield the stems that a town may have whose country is called so."""
    nickname = _NICKNAME.fullmatch(folded)
    if nickname is None:
        return
    stem = nickname["stem"]
    if nickname["suffix"] not in ("щин", "чин"):
        yield from (stem + end for end in _SOFTENED)
        yield re.sub(r"[еє]$", "", stem) + "ц"
        return
    changed = (
        stem,
        re.sub(r"[ьй]$", "", stem),
        re.sub(r"[иі]н$", "", stem),
        re.sub(r"ів$", "ов", stem),
        re.sub(r"[ії]в$", "", stem),
        re.sub(r"[ое](?=[^аеиіоуюя]$)", "", stem),
        re.sub(r"(?<=л)ь$", "л", stem),
    )
    for base in dict.fromkeys(changed):
        yield from (base + end for end in _LOST)


def _of_two_words(folded: str, geography: Geography) -> Iterator[GazetteerName]:
    compound = _COMPOUND.fullmatch(folded)
    if compound is None:
        return
    last = compound["second"] + "г"
    for name in geography.gazetteer.names.get(compound["first"]):
        stem, endings = name.words[-1]
        if len(name.words) == 2 and last.startswith(stem) and last[len(stem) :] in endings:
            yield name


def _towns(folded: str, geography: Geography) -> Iterator[GazetteerName]:
    return _named_by(_stems(folded), geography)


def _named_by(stems: Iterable[str], geography: Geography) -> Iterator[GazetteerName]:
    seen: set[int] = set()
    for stem in stems:
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
    changed = (
        stem,
        re.sub(r"[еє]?н$", "", stem),
        re.sub(r"[иі]н$", "", stem),
        re.sub(r"і(?=.$)", "о", stem),
        re.sub(r"ль$", "лл", stem),
        re.sub(r"піль$", "пол", stem),
    )
    for base in dict.fromkeys(changed):
        if len(base) >= 3:
            yield from (base + end for end in _RESTORED)
            if suffix[0] in "цз":
                yield from (base + end for end in ("к", "г", "ць", "ц", "ж"))
            if suffix[0] == "с":
                yield from (base + end for end in ("с", "х"))
