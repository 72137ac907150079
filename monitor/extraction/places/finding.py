"""find_places: all places that a text names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.extraction.places import context
from monitor.extraction.places.choosing import Choice, RegionHint, choose
from monitor.extraction.places.matching import Match, find_matches
from monitor.model.claims import Place, Span
from monitor.model.geography import Facility, GazetteerPlace, Geography, NameSort, PlaceKind
from monitor.model.reports import Language, PartyId


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
    """Return the places that a text names, from left to right, never overlapping.

    A capital's name that stands for its government ("Kyiv said") is no place. `perspective` is the country that the
    outlet writes from; it decides only between places that nothing else tells apart.
    """
    matches = tuple(find_matches(text, geography))
    if not matches:
        return ()
    regions = [mention for match in matches if (mention := _region(text, match, geography)) is not None]
    taken = {mention.span[0] for mention in regions}
    hints = tuple(_hints(regions, matches, geography))
    found = list(regions)
    for match in matches:
        if match.start in taken:
            continue
        mention = _facility(match, geography) or _settlement(text, match, geography, hints, language, perspective)
        if mention is not None:
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.span))


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


def _hints(regions: Sequence[PlaceMention], matches: Sequence[Match], geography: Geography) -> Iterator[RegionHint]:
    for mention in regions:
        yield RegionHint(
            start=mention.span[0], end=mention.span[1], region=mention.place.region, country=mention.place.country or ""
        )
    for match in matches:
        for name in match.names:
            place = geography.gazetteer.places[name.geonameid]
            if place.kind == PlaceKind.COUNTRY:
                yield RegionHint(start=match.start, end=match.end, region=None, country=place.country)


def _facility(match: Match, geography: Geography) -> PlaceMention | None:
    if len({name.facility.id for name in match.facilities}) != 1:
        return None
    facility = match.facilities[0].facility
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
    return PlaceMention(place=place, span=(match.start, match.end), kind=PlaceKind.FACILITY, facility=facility)


def _settlement(
    text: str,
    match: Match,
    geography: Geography,
    hints: Sequence[RegionHint],
    language: Language,
    perspective: PartyId | None,
) -> PlaceMention | None:
    choice = choose(text, match, geography.gazetteer, hints, language)
    if choice is None:
        return None
    if choice.place.kind != PlaceKind.SETTLEMENT:
        return _mention(choice.place, (match.start, match.end), precision=3)
    district = context.DISTRICT_NEXT.match(text, match.end)
    if district:
        span = (match.start, district.end(1))
        return _mention(choice.place, span, precision=2, choice=choice, kind=PlaceKind.DISTRICT)
    near = context.NEAR_PLACE.search(text[max(0, match.start - 40) : match.start])
    return _mention(choice.place, (match.start, match.end), precision=2 if near else 1, choice=choice)


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
