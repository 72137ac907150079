"""The gazetteer, the facilities and the control file: what is shipped is sound, and what is broken is named."""

import gzip
import math
from pathlib import Path

import pytest

from monitor.catalogue.data import data_roots
from monitor.catalogue.geography import load_control, load_facilities, load_gazetteer
from monitor.catalogue.target_classes import load_target_classes
from monitor.errors import ConfigurationError
from monitor.model.geography import Facility, PlaceKind

SEEDS = Path(__file__).parents[2] / "seeds"
GAZETTEER = load_gazetteer([SEEDS])
FACILITIES = load_facilities([SEEDS])
CONTROL = load_control([SEEDS])


def test_the_gazetteer_holds_all_places_of_the_three_countries() -> None:
    settlements = [place for place in GAZETTEER.places.values() if place.kind == PlaceKind.SETTLEMENT]
    assert len(settlements) == 11_111
    assert {place.country for place in settlements} == {"UA", "RU", "BY"}


def test_every_name_of_the_gazetteer_unpacks_and_leads_to_a_place() -> None:
    for stem in GAZETTEER.names:
        assert all(name.geonameid in GAZETTEER.places for name in GAZETTEER.names.get(stem))


def test_every_first_level_region_of_a_settlement_is_named_but_for_cities_of_that_rank() -> None:
    regions = {place.region for place in GAZETTEER.places.values() if place.kind == PlaceKind.REGION}
    lived_in = {place.region for place in GAZETTEER.places.values() if place.kind == PlaceKind.SETTLEMENT}
    assert lived_in - regions == {"UA.12", "UA.20", "RU.48", "RU.66", "BY.04"}


def test_crimea_and_sevastopol_belong_to_ukraine() -> None:
    assert {GAZETTEER.places[693805].country, GAZETTEER.places[694423].country} == {"UA"}


def test_at_least_150_facilities_are_known_each_with_a_source() -> None:
    assert len(FACILITIES) >= 150
    assert all(one.source for one in FACILITIES)


def test_facilities_have_known_classes_places_and_regions() -> None:
    classes = load_target_classes(data_roots())
    for one in FACILITIES:
        assert one.class_id in classes, one.id
        assert one.nearest_geonameid is None or one.nearest_geonameid in GAZETTEER.places, one.id
        assert one.region is None or one.region.startswith(one.country), one.id


def distance_km(one: Facility) -> float | None:
    near = GAZETTEER.places.get(one.nearest_geonameid or 0)
    if near is None or None in (one.lat, one.lon, near.lat, near.lon):
        return None
    assert one.lat is not None and one.lon is not None and near.lat is not None and near.lon is not None  # noqa: PT018
    width = math.cos(math.radians(one.lat))
    return 111.2 * math.hypot(one.lat - near.lat, (one.lon - near.lon) * width)


def test_coordinates_lie_where_the_nearest_place_says_and_in_its_region() -> None:
    for one in FACILITIES:
        near = GAZETTEER.places.get(one.nearest_geonameid or 0)
        assert (distance_km(one) or 0) < 30, one.id
        assert near is None or near.region == one.region, one.id


@pytest.mark.parametrize(
    "facility",
    [
        "kavkazskaya-depot", "kropotkinskaya-nps", "sudzha-gis", "valuyki-gis", "glebovskoye-phg", "svatove-grs",
        "vynohradove-150", "khersonska-tec", "seimskaya-ps", "klyukva-ps", "seimskaya-klyukva-line", "vasylivka-35",
        "maksimovka-110", "krasnaya-yaruga-110", "aidar-bely-kolodez-line", "borisovka-krasnaya-yaruga-line",
        "saratov-npz", "engels-kristall",
    ],
)  # fmt: skip
def test_every_facility_that_the_facts_name_is_in(facility: str) -> None:
    assert facility in {one.id for one in FACILITIES}


def test_every_control_entry_names_a_known_area() -> None:
    regions = {place.region for place in GAZETTEER.places.values()}
    for one in CONTROL:
        assert one.area in regions or int(one.area) in GAZETTEER.places, one.area


def test_entries_of_one_area_never_overlap() -> None:
    for one in CONTROL:
        for other in CONTROL:
            if one is not other and one.area == other.area and one.start <= other.start:
                assert one.end is not None and one.end <= other.start, one.area  # noqa: PT018


def lay(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return folder


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"gazetteer/places.tsv.gz: not found in"):
        load_gazetteer([tmp_path])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no gzip at all", "cannot be read"),
        (gzip.compress(b"1\tKyiv\n")[:-6], "cannot be read"),
        (gzip.compress(b"\xff\xfe\n"), "cannot be read"),
        (gzip.compress(b"1\tKyiv\n"), r"places.tsv.gz:1: not a place"),
        (gzip.compress(b"1\tKyiv\tUA\tUA.12\tnorth\t30\t5\tsettlement\n"), r"places.tsv.gz:1: not a place"),
        (gzip.compress(b"\0" * 21_000_000), "larger than"),
    ],
    ids=["no gzip", "cut off", "not UTF-8", "too few fields", "no number", "too large"],
)
def test_a_damaged_gazetteer_is_one_clear_error(tmp_path: Path, content: bytes, message: str) -> None:
    lay(tmp_path, "gazetteer/names.tsv.gz", gzip.compress(b"a\n"))
    with pytest.raises(ConfigurationError, match=message):
        load_gazetteer([lay(tmp_path, "gazetteer/places.tsv.gz", content)])


FACILITY_FILE = """\
sources: {s: a source}
forms: {own: ["{uk}"]}
facilities:
  - {id: one, name: Facility one, class: substation, form: %s, uk: Перша, region: UA.21, source: s%s}
"""


@pytest.mark.parametrize(
    ("form", "more", "message"),
    [
        ("unheard", "", "form 'unheard'; give one of own"),
        ("own", ", lat: 50.1", "one of lat and lon"),
        ("own", ", latitude: 50.1", "is not a field here"),
        ("own", "}\n  - {id: one, name: Facility two, class: substation, region: UA.21, source: s", "used twice"),
    ],
)
def test_a_wrong_facility_is_named_with_its_mistake(tmp_path: Path, form: str, more: str, message: str) -> None:
    lay(tmp_path, "facilities.yaml", (FACILITY_FILE % (form, more)).encode())
    with pytest.raises(ConfigurationError, match=message):
        load_facilities([tmp_path])


def test_a_folder_of_the_users_replaces_the_facilities(tmp_path: Path) -> None:
    lay(tmp_path, "facilities.yaml", (FACILITY_FILE % ("own", "")).encode())
    (only,) = load_facilities([tmp_path, SEEDS])
    assert (only.id, only.aliases, only.country, only.source) == ("one", ("Перша",), "UA", "a source")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('{area: UA.21, name: S, holder: UA, from: "2025-01-02T00Z", to: "2025-01-01T00Z", source: s}', "ends before"),
        ('{area: UA.21, name: Sumy, holder: UA, from: "2025-01-02T00:00", source: s}', "no time zone"),
        ('{area: Sumy, name: Sumy, holder: UA, from: "2025-01-02T00:00Z", source: s}', r"control.0.area"),
    ],
)  # fmt: skip
def test_a_wrong_control_entry_is_named_with_its_mistake(tmp_path: Path, entry: str, message: str) -> None:
    lay(tmp_path, "control.yaml", f"sources: {{s: a source}}\ncontrol:\n  - {entry}\n".encode())
    with pytest.raises(ConfigurationError, match=message):
        load_control([tmp_path])
