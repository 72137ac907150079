"""Whether a name means a place where it stands, and which of several that share it. Scores are explained one by one."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.extraction.places import context
from monitor.extraction.places.matching import Match
from monitor.model.geography import Gazetteer, GazetteerName, GazetteerPlace, NameSort, PlaceKind
from monitor.model.inflection import fold
from monitor.model.reports import Language, PartyId

#: From this score on a name is taken for a place.
ACCEPTED = 1.5
#: From this score on a name may be a place, where the report strikes something and names no surer one.
FAINT = 0.2
#: Two places of one name that score closer than this cannot be told apart.
_TOO_CLOSE = 0.3
#: How far, in characters, a region may stand from the name that it explains.
_BESIDE = 45
#: From this population on a name is seldom meant as the ordinary word that it also is.
_CITY = 100_000
_SURNAME = re.compile(r"(?:[оеё]в|[иы]н|ск[иі]й|ськ[иі]й|ой|енко|ова|ева|ина|ov|ev|in|sky|skyi|enko)$")
_ADJECTIVE = re.compile(r"[сцз]ь?к(ого|ому|им|ій|ої|ою|ая|ой|ую|ое|ие|их|ими|ом|і)$")
#: An adjective in the nominative, and a quotation mark right behind a word for an object.
_ANY_ADJECTIVE = re.compile(
    r"(?:[ая]я|[ое]е|[ыиоі]й|[сц]ька|(?:[Пп]івніч|[Пп]івден|[Сс]хід|[Зз]ахід|[Цц]ентраль)н[ае])$"
)
_OBJECT_QUOTED = re.compile(r"[а-яіїєґёa-z]\s+[«\"“„]\Z")
#: Right before the second half of a name of two: that of "Сумы-Северная" is not Severnyy.
_SECOND_HALF = re.compile(r"(?<!\w)[A-ZА-ЯІЇЄҐЁ][\w'’ʼ]+-\Z")
#: Names that are adjectives themselves: "Курского района" may be of Kursk as well as of Kurskaya.
_ADJECTIVAL = re.compile(r"sk(?:aya|oye|oe|a|e|iy|y|yi|yy)$")
#: A masculine adjective as a name, and forms that it cannot have: "Київську телевежу" is of Kyiv, not of Kyivskyi.
_MASCULINE = re.compile(r"sk(?:iy|y|yi|yy)$")
_NOT_MASCULINE = re.compile(r"[сцз]ь?к(?:а|ої|у|ою|ая|ой|ую|е|ое|і|ие|их|ими)$")
_OF_A_DISTRICT = re.compile(r"\s+(?:район|округ|raion|district|громад)", re.IGNORECASE)
#: East of the Urals (degrees): of two small namesakes the one that far from the war is seldom meant.
_FAR_EAST = 58.0
#: So much a region of its own, named in the text, adds to a place.
_SAME_REGION = 3.0
_CAPITALS = frozenset({703448, 524901, 625144})
_SPEAKS = re.compile(
    r"\s+(?:also\s+|has\s+|had\s+|have\s+|is\s+|was\s+|will\s+)?(?:\w+ly\s+)?(?:sa(?:id|ys)|accus\w+|claim\w*|den(?:y|ies|ied)|urg\w+|"
    r"want\w*|blam\w+|call\w*|reject\w*|agree\w*|launch\w*|insist\w*|warn\w*|announc\w*|confirm\w*|demand\w*|propos\w*|"
    r"заяв\w+|сообщ\w+|повідом\w+|обвин\w+|звинува\w+|призва\w+|заклика\w+|отриц\w+|заперечу\w+|назв\w+|хоч\w+|усилил\w*|"
    r"передал\w*|нарушил\w*|порушив\w*|предлож\w+|запропон\w+|отвеч\w+|ответил\w*|відпові\w+|согласил\w*|погоди\w+|"
    r"пообіцяв\w*|пообещал\w*|нанос\w+|нан[её]с\w*|атаковал\w*)",
    re.IGNORECASE,
)
#: "Sumy region's Shostka": before a place of the region.
_OF_ITS_REGION = re.compile(r"\b(?:region|oblast|krai|province)['’]s\s+\Z", re.IGNORECASE)
_NAMES_PLACE = re.compile(
    r"(?:['’]s)?\s+(?:region|oblast|city|suburb|outskirts|district|power|thermal|TPP|CHPP|CHP|hydro|refinery|airport|port|"
    r"metro|mayor|authorities|residents|after|under|hit|struck|attacked|shelled|plunged|without|partially|left|loses|blackout|"
    r"into\s(?:darkness|the\sdark|cold|a\sblackout|blackout))",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """The place that a name means here, how sure that is, and whether others are as likely."""

    place: GazetteerPlace
    score: float
    ambiguous: bool
    others: tuple[GazetteerPlace, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RegionHint:
    """A region or country named in the text, and where."""

    start: int
    end: int
    region: str | None
    country: str
    #: True for a city: that one is named makes another place of its region only a little likelier.
    weak: bool = False


def choose(
    text: str,
    match: Match,
    gazetteer: Gazetteer,
    hints: Sequence[RegionHint],
    language: Language,
    perspective: PartyId | None = None,
    least: float = ACCEPTED,
) -> Choice | None:
    """Return the settlement, landscape, sea or country that a match means, or None where it means no place.

    `least` is the score from which on a name is taken for a place.
    """
    names = [name for name in match.names if name.sort is not NameSort.ADJECTIVE]
    if not names:
        return None
    best: dict[int, tuple[float, GazetteerName]] = {}
    for name in names:
        place = gazetteer.places[name.geonameid]
        weight = _weigh(name, place, language, perspective) + hinted(text, match.start, match.end, place, hints)
        if name.geonameid not in best or weight > best[name.geonameid][0]:
            best[name.geonameid] = (weight, name)
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].geonameid))
    weight, name = ranked[0]
    place = gazetteer.places[name.geonameid]
    score = _plausibility(text, match, name, place, hints)
    if score < least:
        return None
    close = [one for other, one in ranked[1:] if weight - other < _TOO_CLOSE]
    return Choice(
        place=place,
        score=score,
        ambiguous=bool(close),
        others=tuple(gazetteer.places[one.geonameid] for one in close),
    )


def _weigh(name: GazetteerName, place: GazetteerPlace, language: Language, perspective: PartyId | None) -> float:
    """Return how likely this place is among those of the same name, before what the text says."""
    weight = math.log10(place.population + 10)
    if place.kind != PlaceKind.SETTLEMENT:
        weight += 6
    if name.sort is NameSort.OLD:
        weight -= 1.5
    if language is Language.UKRAINIAN and place.country == "UA":
        weight += 0.7
    if perspective == place.country:
        weight += 0.4
    if place.kind == PlaceKind.SETTLEMENT and place.lon is not None and place.lon > _FAR_EAST:
        weight -= 0.6
    return weight


def hinted(text: str, start: int, end: int, place: GazetteerPlace, hints: Sequence[RegionHint]) -> float:
    """Return what regions and countries named in the text add: most where they stand beside the name."""
    best = 0.0
    for hint in hints:
        if hint.start == start:
            continue
        same_region = hint.region is not None and hint.region == place.region
        if not same_region and not (hint.region is None and hint.country == place.country):
            continue
        gap = hint.start - end if hint.start >= end else start - hint.end
        beside = 0 <= gap <= _BESIDE and not context.CLAUSE_END.search(text, min(end, hint.end), max(start, hint.start))
        if hint.weak:
            best = max(best, 1.5 if beside else 0.5)
        else:
            best = max(best, (5.0 if beside else 3.0) if same_region else 2.0 if beside else 1.0)
    return best


def _plausibility(
    text: str, match: Match, name: GazetteerName, place: GazetteerPlace, hints: Sequence[RegionHint]
) -> float:
    """Return how likely the word is a place at all, not a person, a ship or an ordinary word."""
    if place.kind != PlaceKind.SETTLEMENT:
        return 3.0
    before, word = text[max(0, match.start - 40) : match.start], text[match.start : match.end]
    if _is_no_name(text, match, word) or _is_of_an_object(before, word):
        return 0.0
    if place.geonameid in _CAPITALS and _is_metonym(text, match, before):
        return 0.0
    if _MASCULINE.search(place.name) and _NOT_MASCULINE.search(word):
        return 0.0
    score = _by_size(place.population)
    score -= 1.0 if name.sort is NameSort.OLD else 0.0
    settled = context.SETTLEMENT_BEFORE.search(before) or context.SETTLEMENT_AFTER.match(text, match.end)
    inside = settled or context.IN_PLACE.search(before)
    if name.common:
        score -= 0.5 if place.population >= _CITY else 1.0 if inside else 2.5
    if settled:
        score += 3.0
    elif inside:
        score += 1.5
    elif context.TO_PLACE.search(before) or _has_head(before, word):
        score += 0.7
    elif _OF_ITS_REGION.search(before):
        score += 1.5
    else:
        score -= _doubts(text, before, word, compound=len(name.words) > 1 and "-" in word)
    if _is_adjective(text, match, before, word):
        score -= 1.5
    near = hinted(text, match.start, match.end, place, hints)
    if near < _SAME_REGION and _ADJECTIVAL.search(place.name) and _OF_A_DISTRICT.match(text, match.end):
        return 0.0
    return score + (3.0 if near >= 5 else 1.0 if near >= 3 else 0.0)


def _has_head(before: str, word: str) -> bool:
    """Return whether a name in the genitive follows who heads the place: "мер Чернігова", and not "мер Чернігов"."""
    return context.HEAD_OF.search(before) is not None and context.GENITIVE.search(word) is not None


def _is_no_name(text: str, match: Match, word: str) -> bool:
    """Return whether the word is an abbreviation ("UK"), a river, or a first name before its surname."""
    if word.isupper() and len(word) <= 3 and not text.isupper():
        return True
    if context.RIVER_AND_TOWN.match(word) and (
        context.BANK_BEFORE.search(text[max(0, match.start - 20) : match.start])
        or context.RIVER_BEHIND.match(text, match.end)
    ):
        return True
    return context.is_first_name(fold(word)) and context.SURNAME_NEXT.match(text, match.end) is not None


def _is_of_an_object(before: str, word: str) -> bool:
    """Return whether the word is part of an object's own name, which tells no place: «Северная», «Сумы-Северная»."""
    if _SECOND_HALF.search(before):
        return True
    return _OBJECT_QUOTED.search(before) is not None and _ANY_ADJECTIVE.search(word) is not None


def _is_adjective(text: str, match: Match, before: str, word: str) -> bool:
    """Return whether the word is an adjective of what follows: "Азовской железнодорожной", "на Николаевском заводе"."""
    if context.NOUN_NEXT.match(text, match.end) is None:
        return False
    ending = _ADJECTIVE.search(word)
    if ending is None:
        return False
    return ending[1] != "ом" or before.lower().endswith((" на ", " в "))


def _by_size(population: int) -> float:
    for at_least, score in ((200_000, 3.0), (50_000, 2.5), (15_000, 1.5), (5_000, 1.0)):
        if population >= at_least:
            return score
    return 0.5


def _doubts(text: str, before: str, word: str, *, compound: bool) -> float:
    """Return what speaks against a place where no preposition speaks for one.

    `compound`: the name is of several words with hyphens, as few people's are: "Новгород-Сіверський".
    """
    doubts = 0.0
    previous = context.PREVIOUS_WORD.search(before)
    folded = fold(word)
    if (
        context.SAID_BEFORE.search(before)
        or context.PERSON_BEFORE.search(before)
        or (previous and context.is_first_name(fold(previous[1])))
    ):
        doubts += 4.0
    elif previous and previous[1][0].isupper() and not text.isupper() and not context.SENTENCE_START.search(before):
        doubts += 0.7
    if context.is_first_name(folded):
        doubts += 2.0
    if compound:
        doubts -= 1.0
    elif _SURNAME.search(folded):
        doubts += 1.0
    if len(folded) <= 3:
        doubts += 1.0
    if context.SENTENCE_START.search(before):
        doubts += 0.3
    if before.endswith(("«", '"', "“", "„")):
        doubts += 1.5
    return doubts


#: "Ukraine's capital, Kyiv", "в столице Украины Киеве": the town itself, named as what it is.
_CALLED_CAPITAL = re.compile(r"(?:столиц\w+|capital)\b[^.;:!?]{0,20}\Z", re.IGNORECASE)


def _is_metonym(text: str, match: Match, before: str) -> bool:
    """Return whether a capital's name means its government: "Kyiv said", "власти Киева", "Moscow's decision"."""
    if _CALLED_CAPITAL.search(before):
        return False
    if context.IN_PLACE.search(before) or context.SETTLEMENT_BEFORE.search(before):
        return False
    if _SPEAKS.match(text, match.end):
        return True
    if context.TO_PLACE.search(before):
        return False
    return not _NAMES_PLACE.match(text, match.end)
