"""find_places: all places that a text names."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from monitor.extraction.places import context
from monitor.extraction.places.choosing import ACCEPTED, FAINT, Choice, RegionHint, choose
from monitor.extraction.places.districts import find_districts, find_nicknames, find_people, is_adjective
from monitor.extraction.places.matching import CAPITAL, Match, find_heads, find_matches
from monitor.model.claims import Place, Span
from monitor.model.geography import Facility, GazetteerPlace, Geography, NameSort, PlaceKind
from monitor.model.reports import Language, PartyId

#: No report names more places; what does is a list, or was made to keep the program busy.
_MOST_NAMES = 400
#: A city of this size is meant even where a region that it does not lie in follows: "in Kharkiv, Belgorod region".
_KNOWN_CITY = 100_000
#: From this score on the name of a district is taken for that of its town.
_OF_A_DISTRICT = 0.01
#: No place of this size is called a village.
_TOWN = 15_000
#: A name that owns what follows: "DTEK's".
_OWNER = re.compile(r"['’ʼ][sS]$")


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceMention:
    """One place named in a text.

    `score` says how sure it is that a place is meant (1.5 just, 3 and more safely). `ambiguous` is True where other
    places of the same name are as likely: then the place has no id and no coordinates, and its country and region only
    where all of them share it.
    """

    place: Place
    span: Span
    kind: PlaceKind
    facility: Facility | None = None
    score: float = 3.0
    ambiguous: bool = False


def find_places(
    text: str, language: Language, geography: Geography, *, perspective: PartyId | None = None
) -> tuple[PlaceMention, ...]:
    """Return the places that a text names, from left to right, never overlapping; at most the first 400.

    A capital's name that stands for its government ("Kyiv said") is no place. `perspective` is the country that the
    outlet writes from; it decides only between places that nothing else tells apart.
    """
    matches = tuple(islice(find_matches(text, geography), _MOST_NAMES))
    named = context.names_district(text) or context.NICKNAME.search(text) or context.PEOPLE.search(text)
    if not matches and not named:
        return ()
    regions = [mention for match in matches if (mention := _region(text, match, geography)) is not None]
    taken = {mention.span[0] for mention in regions}
    hints = tuple(_hints(text, regions, matches, geography))
    found = list(regions)
    towns = _towns(matches, taken, geography)
    countries = {hint.start for hint in hints if hint.region is None}
    for mention in _nicknamed(text, geography, hints, language, perspective):
        if mention.span[0] not in taken and mention.span[0] not in countries:
            found.append(mention)
            taken.add(mention.span[0])
    for match in _with_districts(text, matches, geography):
        if match.start in taken or _is_borough(text, match, towns):
            continue
        mention = _facility(match, geography) or _settlement(text, match, geography, hints, language, perspective)
        if mention is not None:
            found.append(mention)
            taken.add(match.start)
    found += _unknown_villages(text, found, regions)
    found += _unknown_districts(text, found, hints)
    return tuple(sorted(found, key=lambda mention: mention.span))


def find_faint(
    text: str,
    language: Language,
    geography: Geography,
    sure: Sequence[PlaceMention],
    *,
    perspective: PartyId | None = None,
) -> tuple[PlaceMention, ...]:
    """Return the settlements that a text may name beside those that it names for sure (`sure`), from left to right.

    "Chuhuiv without power" says where it was only to whoever knows that something was struck; elsewhere the same word
    may be a person's or a ship's.
    """
    taken = {mention.span[0] for mention in sure}
    matches = tuple(islice(find_matches(text, geography), _MOST_NAMES))
    regions = [mention for match in matches if (mention := _region(text, match, geography)) is not None]
    hints = tuple(_hints(text, regions, matches, geography))
    found: list[PlaceMention] = []
    for match in matches:
        choice = choose(text, match, geography.gazetteer, hints, language, perspective, least=FAINT)
        faint = choice is not None and choice.score < ACCEPTED and choice.place.kind == PlaceKind.SETTLEMENT
        if (
            choice is not None
            and faint
            and match.start not in taken
            and not match.facilities
            and not _is_person(text, match)
        ):
            found.append(_mention(choice.place, (match.start, match.end), precision=1, choice=choice))
    return tuple(found)


def _is_person(text: str, match: Match) -> bool:
    """Return whether a name stands as that of a person: beside another name, or where somebody speaks."""
    before = text[max(0, match.start - 40) : match.start]
    return bool(
        (_follows_name(before) and not text.isupper())
        or context.SURNAME_NEXT.match(text, match.end)
        or context.SAYS_NEXT.match(text, match.end)
    )


def _follows_name(before: str) -> bool:
    """Return whether the word before is a name: capitalised, no first word of its sentence and no owner ("DTEK's")."""
    previous = context.PREVIOUS_WORD.search(before)
    if previous is None or not previous[1][0].isupper() or _OWNER.search(previous[1]):
        return False
    return context.SENTENCE_START.search(before[: previous.start()]) is None


def _towns(matches: Sequence[Match], regions: Collection[int], geography: Geography) -> frozenset[int]:
    """Return where the matches begin that can be settlements; `regions`: where regions begin."""
    places = geography.gazetteer.places
    return frozenset(
        match.start
        for match in matches
        if match.start not in regions
        and any(
            places[name.geonameid].kind == PlaceKind.SETTLEMENT and name.sort is not NameSort.ADJECTIVE
            for name in match.names
        )
    )


def _is_borough(text: str, match: Match, towns: Collection[int]) -> bool:
    """Return whether a name is that of a part of the town behind it: "Калининскому району Горловки"."""
    borough = context.BOROUGH.match(text, match.start)
    return borough is not None and borough.end() in towns


def _nicknamed(
    text: str, geography: Geography, hints: Sequence[RegionHint], language: Language, perspective: PartyId | None
) -> Iterator[PlaceMention]:
    """Yield districts called by a nickname, and cities by their people, as areas at their towns."""
    for match in islice(chain(find_nicknames(text, geography), find_people(text, geography)), _MOST_NAMES):
        town = choose(text, match, geography.gazetteer, hints, language, perspective)
        if town is not None:
            yield _mention(town.place, (match.start, match.end), precision=2, choice=town, kind=PlaceKind.DISTRICT)


def _with_districts(text: str, matches: Sequence[Match], geography: Geography) -> Iterator[Match]:
    """Yield the adjectives of districts, which are no towns that happen to be called so, and the matches."""
    if context.names_district(text):
        for match in islice(find_districts(text, geography), _MOST_NAMES):
            if not any(one.start < match.end and match.start < one.end and one.facilities for one in matches):
                yield match
    yield from matches


def _unknown_villages(
    text: str, found: Sequence[PlaceMention], regions: Sequence[PlaceMention]
) -> Iterator[PlaceMention]:
    """Yield places that the gazetteer does not know, where the text says that they are settlements of a region."""
    for region in regions:
        village = context.VILLAGE_OF_REGION.search(text, max(0, region.span[0] - 80), region.span[0])
        if village is None or any(one.span[0] < village.end(1) and village.start(1) < one.span[1] for one in found):
            continue
        where = replace(region.place, name=village[1], geonameid=None, lat=None, lon=None, precision=2)
        yield PlaceMention(place=where, span=village.span(1), kind=PlaceKind.SETTLEMENT, score=2.0, ambiguous=True)


def _unknown_districts(text: str, found: Sequence[PlaceMention], hints: Sequence[RegionHint]) -> Iterator[PlaceMention]:
    """Yield districts whose adjective leads to no town, so that what is told of them is told of no other place.

    Not where the text names a city: its boroughs are called so too.
    """
    if not context.names_district(text) or any(hint.weak for hint in hints):
        return
    for word in CAPITAL.finditer(text):
        end = context.district_end(text, word.end()) if is_adjective(word[0]) else None
        if end is None or any(one.span[0] < end and word.start() < one.span[1] for one in found):
            continue
        mention = _unknown_place(text, (word.start(), end), PlaceKind.DISTRICT, hints)
        if mention is not None:
            yield mention


def _region(text: str, match: Match, geography: Geography) -> PlaceMention | None:
    """Return the region that a match names: by a name that stands alone, or an adjective with its region word."""
    places = geography.gazetteer.places
    if match.facilities:
        return None
    for name in match.names:
        place = places[name.geonameid]
        if place.kind != PlaceKind.REGION:
            continue
        end = match.end
        if name.sort is NameSort.ADJECTIVE:
            area = context.AREA_NEXT.match(text, match.end)
            if area is None and context.AREA_AFTER_LIST.match(text, match.end) is None:
                continue
            end = area.end(1) if area else match.end
        return _mention(place, (match.start, end), precision=3)
    return None


def find_headed(text: str, geography: Geography) -> tuple[PlaceMention, ...]:
    """Return the regions whose heads a text names, each at the head's name, from left to right."""
    return tuple(
        _mention(geography.regions[region], (start, end), precision=3)
        for start, end, region in find_heads(text, geography)
        if region in geography.regions
    )


def _hints(
    text: str, regions: Sequence[PlaceMention], matches: Sequence[Match], geography: Geography
) -> Iterator[RegionHint]:
    for start, end, region in find_heads(text, geography):
        yield RegionHint(start=start, end=end, region=region, country=region[:2])
    for mention in regions:
        yield RegionHint(
            start=mention.span[0], end=mention.span[1], region=mention.place.region, country=mention.place.country or ""
        )
    for match in matches:
        for name in match.names:
            place = geography.gazetteer.places[name.geonameid]
            if place.kind == PlaceKind.COUNTRY:
                yield RegionHint(start=match.start, end=match.end, region=None, country=place.country)
            elif place.population >= _KNOWN_CITY and name.sort is NameSort.MAIN:
                yield RegionHint(
                    start=match.start, end=match.end, region=place.region, country=place.country, weak=True
                )


def _facility(match: Match, geography: Geography) -> PlaceMention | None:
    if len({name.facility.id for name in match.facilities}) != 1:
        return None
    return mention_of(match.facilities[0].facility, (match.start, match.end), geography)


def mention_of(facility: Facility, span: Span, geography: Geography) -> PlaceMention:
    """Return the mention of a known facility whose name stands at a span."""
    nearest = geography.gazetteer.places.get(facility.nearest_geonameid or 0)
    exact = facility.lat is not None and facility.lon is not None
    place = Place(
        name=facility.name,
        geonameid=nearest.geonameid if nearest else None,
        lat=facility.lat if exact else nearest.lat if nearest else None,
        lon=facility.lon if exact else nearest.lon if nearest else None,
        precision=1 if exact else 2 if nearest else 3,
        country=facility.country,
        region=facility.region,
    )
    return PlaceMention(place=place, span=span, kind=PlaceKind.FACILITY, facility=facility)


def _settlement(
    text: str,
    match: Match,
    geography: Geography,
    hints: Sequence[RegionHint],
    language: Language,
    perspective: PartyId | None,
) -> PlaceMention | None:
    choice = choose(text, match, geography.gazetteer, hints, language, perspective)
    district = context.district_end(text, match.end)
    if choice is None and not (district and match.names):
        return None
    if choice is None:
        # The word for a district makes a place of what alone may be none; a region named in the text still decides.
        choice = choose(text, match, geography.gazetteer, hints, language, perspective, least=_OF_A_DISTRICT)
    if choice is None:
        choice = choose(
            f"village {text[match.start : match.end]}",
            match._replace(start=8, end=8 + match.end - match.start),
            geography.gazetteer,
            (),
            language,
        )
        if choice is None:
            return None
    if choice.place.kind != PlaceKind.SETTLEMENT:
        return _mention(choice.place, (match.start, match.end), precision=3)
    if district:
        span = (match.start, district)
        return _mention(choice.place, span, precision=2, choice=choice, kind=PlaceKind.DISTRICT)
    if choice.place.population >= _TOWN and _called_village(text, match):
        return _village(text, match, hints)
    elsewhere = _of_another_region(text, match, choice, hints)
    if elsewhere is not None:
        return _unresolved(text, match, elsewhere, choice)
    if context.DIRECTION_NEXT.match(text, match.end):
        return _mention(choice.place, (match.start, match.end), precision=2, choice=choice, kind=PlaceKind.DISTRICT)
    near = context.NEAR_PLACE.search(text[max(0, match.start - 40) : match.start])
    return _mention(choice.place, (match.start, match.end), precision=2 if near else 1, choice=choice)


def _called_village(text: str, match: Match) -> bool:
    before = text[max(0, match.start - 25) : match.start]
    return bool(context.VILLAGE_BEFORE.search(before) or context.VILLAGE_AFTER.match(text, match.end))


def _village(text: str, match: Match, hints: Sequence[RegionHint]) -> PlaceMention | None:
    """Return a village that shares its name with a town, in the one region that the text names; else None."""
    return _unknown_place(text, (match.start, match.end), PlaceKind.SETTLEMENT, hints)


def _unknown_place(text: str, span: Span, kind: PlaceKind, hints: Sequence[RegionHint]) -> PlaceMention | None:
    """Return a place that the gazetteer does not have, in the one region that the text names; else None."""
    regions = {hint.region: hint for hint in hints if hint.region is not None and hint.start != span[0]}
    sure = {code: hint for code, hint in regions.items() if not hint.weak} or regions
    if len(sure) != 1:
        return None
    [hint] = sure.values()
    where = Place(
        name=text[span[0] : span[1]], geonameid=None, lat=None, lon=None, precision=2,
        country=hint.country, region=hint.region,
    )  # fmt: skip
    return PlaceMention(place=where, span=span, kind=kind, score=2.0, ambiguous=True)


def _of_another_region(text: str, match: Match, choice: Choice, hints: Sequence[RegionHint]) -> RegionHint | None:
    """Return the region that the text puts right after the name, where the chosen place lies in another one."""
    joined = context.OF_REGION.match(text, match.end)
    if joined is None:
        return None
    for hint in hints:
        if hint.start == joined.end() and not hint.weak and hint.region not in (None, choice.place.region):
            return hint
    return None


def _unresolved(text: str, match: Match, hint: RegionHint, choice: Choice) -> PlaceMention | None:
    """Return a place of the region named beside it that the gazetteer does not have."""
    if choice.place.population >= _KNOWN_CITY:
        return _mention(choice.place, (match.start, match.end), precision=1, choice=choice)
    where = Place(
        name=text[match.start : match.end], geonameid=None, lat=None, lon=None, precision=2,
        country=hint.country, region=hint.region,
    )  # fmt: skip
    return PlaceMention(
        place=where, span=(match.start, match.end), kind=PlaceKind.SETTLEMENT, score=choice.score, ambiguous=True
    )


def _mention(
    place: GazetteerPlace,
    span: Span,
    *,
    precision: int,
    choice: Choice | None = None,
    kind: PlaceKind | None = None,
) -> PlaceMention:
    others = choice.others if choice else ()
    same_country = all(other.country == place.country for other in others)
    same_region = all(other.region == place.region for other in others)
    sure = not others
    where = Place(
        name=place.name,
        geonameid=place.geonameid if sure and place.geonameid > 0 else None,
        lat=place.lat if sure else None,
        lon=place.lon if sure else None,
        precision=precision if sure else max(precision, 2),
        country=(place.country or None) if same_country else None,
        region=place.region if same_region else None,
    )
    return PlaceMention(
        place=where,
        span=span,
        kind=kind or PlaceKind(place.kind),
        score=choice.score if choice else 3.0,
        ambiguous=not sure,
    )
