"""Who held a place at a time: only what the control file says, and "unknown" where it is silent or in doubt."""

import pytest

from monitor.extraction.places import UNKNOWN_HOLDER, holder, occupied_by
from monitor.model.geography import Control, by_area
from tests.builders import a_place, a_time, at
from tests.extraction.geographies import the_control


def an_entry(area: str, who: str, start: str, end: str | None = None) -> Control:
    return Control(area=area, holder=who, start=at(start), end=at(end) if end else None, source="a source")


REGION = an_entry("UA.08", "contested", "2022-02-24")
TOWN = an_entry("7", "RU", "2022-03-02", "2022-11-11")
TOWN_BACK = an_entry("7", "UA", "2022-11-11")


@pytest.mark.parametrize(
    ("geonameid", "day", "expected"),
    [
        (7, "2022-01-01", "UA"),
        (7, "2022-06-01", "RU"),
        (7, "2025-04-01", "UA"),
        (8, "2025-04-01", UNKNOWN_HOLDER),
        (8, "2021-01-01", "UA"),
    ],
)
def test_a_town_s_own_entries_decide_before_its_region_s(geonameid: int, day: str, expected: str) -> None:
    place = a_place(geonameid=geonameid, region="UA.08", country="UA")
    assert holder(place, a_time(day), by_area((REGION, TOWN, TOWN_BACK))) == expected


def test_ground_that_changes_hands_within_the_event_s_interval_is_unknown() -> None:
    place = a_place(geonameid=7, region=None, country="UA")
    assert holder(place, a_time("2022-11-10", "2022-11-12"), by_area((TOWN, TOWN_BACK))) == UNKNOWN_HOLDER


def test_ground_taken_within_the_interval_from_a_country_without_an_entry_is_unknown() -> None:
    place = a_place(geonameid=7, region=None, country="UA")
    assert holder(place, a_time("2022-03-01", "2022-03-03"), by_area((TOWN,))) == UNKNOWN_HOLDER


def test_without_a_time_only_an_answer_for_all_times_is_given() -> None:
    place = a_place(geonameid=7, region=None, country="UA")
    assert holder(place, None, by_area((TOWN,))) == UNKNOWN_HOLDER
    assert holder(a_place(geonameid=9, region=None, country="RU"), None, by_area((TOWN,))) == "RU"


def test_a_place_without_a_country_has_no_holder() -> None:
    assert holder(None, None, {}) is None
    assert holder(a_place(country=None), None, {}) is None


def test_occupied_by_names_only_a_foreign_or_unknown_holder() -> None:
    town = a_place(geonameid=7, region=None, country="UA")
    assert occupied_by(town, a_time("2022-06-01"), by_area((TOWN,))) == "RU"
    assert occupied_by(town, a_time("2025-06-01"), by_area((TOWN, TOWN_BACK))) is None


@pytest.mark.parametrize(
    ("name", "geonameid", "region", "country", "day", "expected"),
    [
        ("Simferopol", 693805, "UA.11", "UA", "2025-04-01", "RU"),
        ("Melitopol", 701404, "UA.26", "UA", "2025-04-01", "RU"),
        ("Enerhodar", 709276, "UA.26", "UA", "2025-04-01", "RU"),
        ("Svatove", 692118, "UA.14", "UA", "2025-04-02", "RU"),
        ("Kherson", 706448, "UA.08", "UA", "2025-04-01", None),
        ("Zaporizhzhia", 687700, "UA.26", "UA", "2025-04-01", None),
        ("Kramatorsk", 704508, "UA.05", "UA", "2025-04-01", None),
        ("a village", 1, "UA.05", "UA", "2025-04-01", UNKNOWN_HOLDER),
        ("Sumy", 692194, "UA.21", "UA", "2025-04-01", None),
        ("Sudzha", 486816, "RU.41", "RU", "2024-10-01", "UA"),
        ("Sudzha", 486816, "RU.41", "RU", "2025-03-21", None),
        ("Kursk", 538560, "RU.41", "RU", "2025-03-21", None),
    ],
)
def test_the_shipped_control_file_knows_the_well_known_towns(
    name: str, geonameid: int, region: str, country: str, day: str, expected: str | None
) -> None:
    place = a_place(name, geonameid=geonameid, region=region, country=country)
    assert occupied_by(place, a_time(day), by_area(the_control())) == expected
