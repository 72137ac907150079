"""Places and facilities as the catalogue knows them, the words that name them, and who holds which ground."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from monitor.model.inflection import NameWord, compile_name
from monitor.model.reports import PartyId


class PlaceKind(StrEnum):
    """What kind of place a name stands for; the order is from the most to the least exact."""

    FACILITY = "facility"
    SETTLEMENT = "settlement"
    #: A raion, hromada, okrug or city district.
    DISTRICT = "district"
    #: An oblast, krai, republic or a city of that rank.
    REGION = "region"
    #: A part of a country or a landscape that follows no border: "central Ukraine", "Donbas".
    MACRO = "macro"
    SEA = "sea"
    COUNTRY = "country"


@dataclass(frozen=True, kw_only=True, slots=True)
class GazetteerPlace:
    """A populated place, region or sea; coordinates in degrees, WGS 84.

    `geonameid` is negative for what has no id in the GeoNames selection (seas, macro-regions): never show those.
    """

    geonameid: int
    name: str
    #: Recognised country (ISO 3166-1 alpha-2); "" for seas.
    country: str
    #: First-level region as GeoNames code, such as "UA.17"; None for countries, seas and macro-regions.
    region: str | None
    lat: float | None
    lon: float | None
    population: int
    #: A `PlaceKind` value.
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Facility:
    """A named energy facility of `seeds/facilities.yaml`; coordinates only where a source gives them to about 2 km."""

    id: str
    name: str
    aliases: tuple[str, ...]
    class_id: str
    country: str
    region: str | None
    nearest_geonameid: int | None
    lat: float | None
    lon: float | None
    source: str
    owner: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Control:
    """Who held an area, from `start` until `end` (UTC, None: until further notice), as `seeds/control.yaml` says."""

    #: GeoNames region code ("UA.14") or the geonameid of a settlement, as text.
    area: str
    #: A party id, or "contested".
    holder: PartyId
    start: datetime
    end: datetime | None
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Official:
    """Who heads a region, as `seeds/officials.yaml` says."""

    #: GeoNames region code, "UA.07".
    region: str
    #: As texts write them, in the nominative.
    names: tuple[str, ...]
    source: str


def by_area(control: Iterable[Control]) -> Mapping[str, Sequence[Control]]:
    """Return the entries of each area, in the order given."""
    found: dict[str, list[Control]] = {}
    for entry in control:
        found.setdefault(entry.area, []).append(entry)
    return found


class NameSort(StrEnum):
    """How sure a name is, by itself."""

    #: In use today.
    MAIN = "m"
    #: Old or rare.
    OLD = "o"
    #: An adjective or a bare city name that means a region only beside "oblast", "край" ...
    ADJECTIVE = "a"


class GazetteerName(NamedTuple):
    """One way to name a place: its words, each a stem with the endings that it may take.

    `common` is True where the same letters are also an ordinary word, a surname or a first name: then a capital letter
    proves nothing.
    """

    geonameid: int
    words: tuple[NameWord, ...]
    sort: NameSort
    common: bool


class NameIndex:
    """The names of all places by the stem of their first word, unpacked only when a text asks for them.

    Unpacked at once they would take four times the memory and half a second of every start.
    """

    __slots__ = ("_endings", "_packed")

    def __init__(self, endings: Sequence[frozenset[str]], packed: Mapping[str, str]) -> None:
        self._endings = tuple(endings)
        self._packed = packed

    def __len__(self) -> int:
        return len(self._packed)

    def __contains__(self, stem: str) -> bool:
        return stem in self._packed

    def get(self, stem: str) -> tuple[GazetteerName, ...]:
        """Return the names whose first word has this folded stem."""
        packed = self._packed.get(stem)
        return () if packed is None else tuple(self._unpack(stem, one) for one in packed.split(";"))

    def __iter__(self) -> Iterator[str]:
        """Return the stems."""
        return iter(self._packed)

    def _unpack(self, stem: str, packed: str) -> GazetteerName:
        geonameid, sort, words = packed.split(",")
        first, *rest = words.split(" ")
        named = [NameWord(stem, self._endings[int(first)])]
        named += [NameWord(rest[at], self._endings[int(rest[at + 1])]) for at in range(0, len(rest), 2)]
        return GazetteerName(int(geonameid), tuple(named), NameSort(sort[0]), sort[1:] == "c")


@dataclass(frozen=True, kw_only=True, eq=False)
class Gazetteer:
    """All places, and the names by which texts call them; compared by identity."""

    places: Mapping[int, GazetteerPlace]
    names: NameIndex


@dataclass(frozen=True, kw_only=True, slots=True)
class FacilityName:
    """One alias of a facility, in words with their endings.

    `anchor` is the position of the first word that has a capital letter: in "станция Суджа" the second. Texts are
    searched for that word; those before it may be written small.
    """

    facility: Facility
    words: tuple[NameWord, ...]
    anchor: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Geography:
    """What `find_places` works with; compared by identity. Make it with `Geography.of`, once."""

    gazetteer: Gazetteer
    facilities: tuple[Facility, ...]
    #: Stem of the anchor word -> aliases that have it.
    facility_names: Mapping[str, tuple[FacilityName, ...]]
    #: Stem of the first word of a name -> the words, and the region that is headed under that name.
    heads: Mapping[str, tuple[tuple[tuple[NameWord, ...], str], ...]]
    #: Region code -> the region.
    regions: Mapping[str, GazetteerPlace]

    @classmethod
    def of(
        cls, gazetteer: Gazetteer, facilities: Iterable[Facility] = (), officials: Iterable[Official] = ()
    ) -> "Geography":
        """Return the bundle, with every alias of every facility and official compiled into its inflected forms."""
        facilities = tuple(facilities)
        names: dict[str, list[FacilityName]] = {}
        for facility in facilities:
            for alias in dict.fromkeys((facility.name, *facility.aliases)):
                anchor = _first_capital(alias)
                for words in compile_name(alias):
                    name = FacilityName(facility=facility, words=words, anchor=anchor)
                    names.setdefault(words[anchor].stem, []).append(name)
        return cls(
            gazetteer=gazetteer,
            facilities=facilities,
            facility_names={stem: tuple(found) for stem, found in names.items()},
            heads=_heads(officials),
            regions={
                one.region: one for one in gazetteer.places.values() if one.region and one.kind == PlaceKind.REGION
            },
        )


#: Endings that surnames have and towns have not: "Гладковым", "Синєгубовим".
_OF_SURNAMES = frozenset({"ым", "им"})


def _heads(officials: Iterable[Official]) -> Mapping[str, tuple[tuple[tuple[NameWord, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[NameWord, ...], str]]] = {}
    for official in officials:
        for name in official.names:
            for *first, last in compile_name(name):
                words = (*first, NameWord(last.stem, last.endings | _OF_SURNAMES))
                found.setdefault(words[0].stem, []).append((words, official.region))
    return {stem: tuple(entries) for stem, entries in found.items()}


def _first_capital(alias: str) -> int:
    """Return the position of the first word with a capital letter, counted as `split_name` does; 0 without one."""
    spaced = re.split(r"[\s\-–—«»\"“”„()\[\],./№]+", alias.strip())
    return next((at for at, word in enumerate(word for word in spaced if word) if word[0].isupper()), 0)
