import pytest

from monitor.evaluation.places import region_code, same_place, same_region, skeleton
from monitor.model.geography import PlaceKind
from tests.builders import a_place
from tests.extraction.reading import the_knowledge


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Харків", "Kharkiv"),
        ("Харьков", "Kharkiv"),
        ("Сумы", "Sumy"),
        ("Слов’янськ", "Sloviansk"),
        ("Одесса", "Odesa"),
        ("Полтавська", "Poltava"),
        ("Суджа", "Sudzha"),
        ("Запорожье", "Zaporizhzhia"),
        ("Шебекино", "Shebekino"),
        ("Краснодарский край", "Krasnodar Krai"),
        ("Чорноморськ", "Chornomorsk"),
        ("Васильевка", "Vasylivka"),
        ("Кривий Ріг", "Kryvyi Rih"),
    ],
)
def test_one_place_in_two_spellings_is_one_place(label: str, name: str) -> None:
    assert same_place(label, a_place(name))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Дніпро", "Dnipropetrovsk Oblast"),
        ("Суми", "Izium"),
        ("Курск", "Kherson"),
        ("Белгород", "Bilhorod-Dnistrovskyi"),
        ("Полтава", "Pavlohrad"),
    ],
)
def test_two_places_stay_two(label: str, name: str) -> None:
    assert not same_place(label, a_place(name))


@pytest.mark.parametrize(
    ("label", "name"),
    [("Кременчуг", "Kremenchuk"), ("Николаеве", "Mykolaiv"), ("Крим", "Crimea"), ("Ровно", "Rivne")],
)
def test_names_that_sound_apart_are_looked_up(label: str, name: str) -> None:
    gazetteer = the_knowledge().geography.gazetteer
    place = max((one for one in gazetteer.places.values() if one.name == name), key=lambda one: one.population)
    settlement = place.kind == PlaceKind.SETTLEMENT
    claimed = a_place(name, geonameid=place.geonameid if settlement else None, region=place.region)
    assert same_place(label, claimed, gazetteer)
    assert not same_place("Суми", claimed, gazetteer)


def test_a_claim_without_a_place_meets_no_label() -> None:
    assert not same_place("Суми", None)
    assert not same_region("Sumy Oblast", None)


def test_a_place_lies_in_the_region_that_its_code_names() -> None:
    shostka = a_place("Shostka", region="UA.21")
    assert same_region("Sumy Oblast", shostka)
    assert not same_region("Kharkiv Oblast", shostka)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kyiv City", "UA.12"),
        ("Kyiv Oblast", "UA.13"),
        ("Krasnodar Krai", "RU.38"),
        ("Crimea", "UA.11"),
        ("RU.41", "RU.41"),
        ("Nowhere Oblast", None),
    ],
)
def test_regions_are_known_by_their_usual_names(name: str, code: str | None) -> None:
    assert region_code(name) == code


def test_a_skeleton_keeps_the_consonants() -> None:
    assert skeleton("Харків") == skeleton("Kharkiv") == "hrkv"
