"""Villages and districts that the gazetteer does not have: known to be somewhere in a region, and nowhere else."""

import pytest

from tests.extraction.reading import claims_of


@pytest.mark.parametrize(
    ("language", "text", "name", "region"),
    [
        ("en", "Gas cut in Murom village, Belgorod region, after shelling of a gas pipe", "Murom", "RU.09"),
        ("ru", "Белгородская область: в селе Муром дрон повредил ЛЭП", "Муром", "RU.09"),
        ("uk", "Дрон пошкодив підстанцію у селі Київ на Миколаївщині", "Київ", "UA.16"),
        (
            "ru",
            "В Шебекинском округе тихо. В Краснояружском районе дрон повредил ЛЭП, сообщил Гладков",
            "Краснояружском районе",
            "RU.09",
        ),
    ],
)
def test_a_village_or_district_that_is_not_known_lies_in_the_region_that_the_text_names(
    language: str, text: str, name: str, region: str
) -> None:
    [place] = {claim.place for claim in claims_of(text, language)}
    assert place is not None
    assert (place.name, place.region, place.geonameid, place.lat) == (name, region, None, None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "В деревне Муром дрон повредил ЛЭП"),
        ("en", "Drone damages power line in the village of Murom"),
        ("uk", "Дрон пошкодив підстанцію у селі Київ"),
    ],
)
def test_a_village_is_not_taken_for_a_city_of_its_name(language: str, text: str) -> None:
    assert {claim.place for claim in claims_of(text, language)} == {None}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ru", "В городе Муром дрон повредил ЛЭП", "Murom"),
        ("uk", "У Білопільській громаді авіабомба зруйнувала підстанцію", "Bilopillia"),
        ("uk", "У Гуляйпільській громаді обстрілом пошкоджено ЛЕП", "Huliai-Pole"),
        ("uk", "Дрон пошкодив підстанцію у селі Білозерка на Херсонщині", "Bilozerka"),
    ],
)
def test_towns_and_communities_that_are_known_are_found(language: str, text: str, name: str) -> None:
    [place] = {claim.place for claim in claims_of(text, language)}
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        # Many substations are called "North": no settlement of that name is meant, nor is its holder's enemy accused.
        ("ru", "Ракета попала в подстанцию «Северная»", None),
        ("uk", "Ракета влучила в підстанцію «Південна»", None),
        ("ru", "Ракета попала в подстанцию «Сумы-Северная»", "Sumy"),
        ("uk", "Горить тягова підстанція станції «Красне» на Львівщині після ракетного удару", "Krasne"),
    ],
)
def test_the_name_of_an_object_is_not_taken_for_a_settlement(language: str, text: str, name: str | None) -> None:
    [claim] = claims_of(text, language)
    assert (claim.place.name if claim.place else None) == name
    assert claim.attacker == ("RU" if name else None)
