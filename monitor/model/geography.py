"""Places and facilities as the catalogue knows them, and who holds which ground."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.model.reports import PartyId


@dataclass(frozen=True, kw_only=True, slots=True)
class GazetteerPlace:
    """A populated place, region or sea, as GeoNames has it; coordinates in degrees, WGS 84."""

    geonameid: int
    name: str
    country: str
    #: First-level region as GeoNames code, such as "UA.17"; None for countries and seas.
    region: str | None
    lat: float | None
    lon: float | None
    population: int
    #: "settlement", "district", "region", "country" or "sea".
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


@dataclass(frozen=True, kw_only=True)
class Gazetteer:
    """All places, and the inflected forms by which texts name them."""

    places: Mapping[int, GazetteerPlace]
    #: Lower-case form -> geonameids it may mean.
    forms: Mapping[str, tuple[int, ...]]
