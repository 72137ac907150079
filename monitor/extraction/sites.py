"""Which known facility a frame's target is: by its name, by a word of it, or as a town's only one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from monitor.extraction.frames import Frame
from monitor.extraction.lexicon import Hit
from monitor.extraction.places.finding import PlaceMention, mention_of
from monitor.extraction.places.matching import CAPITAL, names_for
from monitor.model.claims import Place, Span
from monitor.model.geography import Facility, FacilityName, Geography, PlaceKind

#: A named facility this close to a target, in characters, is the target, unless a word stands between.
_BESIDE = 3
_WORDLESS = re.compile(r"[\W_]*")
#: What joins two objects of one attack.
_JOINED = re.compile(r"\s*(?:,|(?:,\s*)?\b(?:and|as well as|і|й|та|и|а також|а также)\b)\s*(?:an?\s|the\s|on\s|по\s)?")
#: Characters before a kind of facility among which a word of its name is looked for.
_NEXT = 40
#: What may stand between the two.
_ONLY_QUOTES = re.compile(r"[»\"”]?\s[«\"„“]?")
#: Shorter words in capitals are kinds of facility ("НПС"), and no names.
_LEAST = 4
#: A place so few words behind a facility says where it stands.
_RIGHT_BEHIND = 1
#: The class of a site that is called by a common word only, and how much of the word its names must contain.
_ANY_SITE = "infrastructure"
_STEM = 6


def facility_of(
    frame: Frame, text: str, place: PlaceMention | None, named: Sequence[PlaceMention], geography: Geography
) -> PlaceMention | None:
    """Return the known facility that the target's words name or stand beside.

    A namesake in another region than the place that the sentence names is another facility.

    Args:
        frame: the strike.
        text: the report, as it is written.
        place: the place that the sentence names for it, or None.
        named: the facilities that the report names in full.
        geography: all that are known.
    """
    target = frame.target
    if target is None:
        return None
    beside = [one for one in named if _is_beside(one.span, target, text)]
    for mention in beside or _by_one_word(frame, text, target, geography):
        if place is None or not _places(frame, place, mention) or not elsewhere(place.place, mention.place):
            return mention
    return None


def _is_beside(span: Span, target: Hit, text: str) -> bool:
    (_, first), (second, _) = sorted((span, (target.start, target.end)))
    return second - first <= _BESIDE and _WORDLESS.fullmatch(text, first, max(first, second)) is not None


def joined_to(target: Hit, text: str, named: Sequence[PlaceMention], geography: Geography) -> PlaceMention | None:
    """Return the town of the known facility that a target is listed with: "the Kremenchuk refinery and a CHP plant"."""
    for one in named:
        (_, first), (second, _) = sorted((one.span, (target.start, target.end)))
        if one.facility is not None and first <= second and _JOINED.fullmatch(text, first, second):
            town = geography.gazetteer.places.get(one.facility.nearest_geonameid or 0)
            if town is not None:
                place = replace(one.place, name=town.name, precision=2)
                return replace(one, facility=None, kind=PlaceKind.SETTLEMENT, place=place)
    return None


def _by_one_word(frame: Frame, text: str, target: Hit, geography: Geography) -> Iterator[PlaceMention]:
    """Yield the facility of the target's kind that a name before or behind it belongs to: "завод «Астраханський»"."""
    sentence = frame.sentence
    for word in CAPITAL.finditer(text, max(sentence.start, target.start - _NEXT), sentence.end):
        if word.start() > target.end + _BESIDE:
            return
        between = text[word.end() : target.start] if word.end() <= target.start else text[target.end : word.start()]
        if not _ONLY_QUOTES.fullmatch(between) or len(word[0]) < _LEAST or word[0].isupper():
            continue
        names = [one for one in names_for(geography, word[0]) if isinstance(one, FacilityName)]
        found = {one.facility.id: one.facility for one in names if one.facility.class_id == target.entry.class_id}
        if len({one.nearest_geonameid for one in found.values()}) == 1:
            yield _any_of(list(found.values()), word.span(), geography)


def _any_of(facilities: Sequence[Facility], span: Span, geography: Geography) -> PlaceMention:
    """Return the facility, or, where several of one place are called so, the place."""
    first = mention_of(facilities[0], span, geography)
    nearest = geography.gazetteer.places.get(facilities[0].nearest_geonameid or 0)
    if len(facilities) == 1 or nearest is None:
        return first
    return replace(first, facility=None, place=replace(first.place, name=nearest.name, precision=2))


def _places(frame: Frame, place: PlaceMention, facility: PlaceMention) -> bool:
    """Return whether a place says where a facility stands: named before it, or right behind it."""
    start, end = facility.span
    if frame.sentence.start <= place.span[0] < start:
        return sum(frame.sentence.boundaries_between(place.span[0], start)) == 0
    if not end <= place.span[0] < frame.sentence.end:
        return False
    behind = frame.sentence.text[end : place.span[0]].lstrip('»”"')
    return "," not in behind and len(behind.split()) <= _RIGHT_BEHIND


def site_of(frame: Frame, mention: PlaceMention, facilities: Iterable[Facility]) -> Facility | None:
    """Return the one facility of a place that a common word can mean ("the station in Sudzha")."""
    target, geonameid = frame.target, mention.place.geonameid
    if target is None or geonameid is None or target.entry.class_id != _ANY_SITE:
        return None
    word = frame.sentence.text[target.start : target.end].split()[-1][:_STEM]
    found = [
        one
        for one in facilities
        if one.nearest_geonameid == geonameid and any(word in alias.lower() for alias in (one.name, *one.aliases))
    ]
    return found[0] if len({one.class_id for one in found}) == 1 else None


def elsewhere(one: Place, other: Place) -> bool:
    """Return whether two places lie in different regions, as far as both are known."""
    return bool(one.region and other.region and one.region != other.region)
