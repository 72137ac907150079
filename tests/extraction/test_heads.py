"""A report by the head of a region is of that region."""

import pytest

from tests.extraction.reading import claims_of

TOLD: list[tuple[str, str, str, str]] = [
    ("ru", "Слюсарь: в результате атаки БПЛА обесточены три хутора", "Rostov Oblast", "UA"),
    ("ru", "Подстанция повреждена дроном, сообщили Гладкову", "Belgorod Oblast", "UA"),
    ("ru", "Богомаз сообщил о повреждении подстанции в Климовском районе при обстреле", "Klimovo", "UA"),
    ("uk", "Гладков поскаржився на атаку: у Борисівці перебито дроти", "Borisovka", "UA"),
    ("uk", "Кіпер: унаслідок нічної атаки пошкоджено об'єкт енергетики", "Odesa Oblast", "RU"),
    ("uk", "За словами Синєгубова, дрони влучили у підстанцію", "Kharkiv Oblast", "RU"),
    ("en", "Drones knocked out power to three villages, Gladkov said", "Belgorod Oblast", "UA"),
]


@pytest.mark.parametrize(("language", "text", "place", "attacker"), TOLD)
def test_where_nothing_else_says_where_it_was_the_region_of_whoever_heads_it_is_meant(
    language: str, text: str, place: str, attacker: str
) -> None:
    [claim] = claims_of(text, language)
    assert claim.place is not None
    assert claim.place.name == place
    assert claim.attacker == attacker


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("uk", "Зеленський подякував Кіперу, а дрони вдарили по підстанції в Сумах", "Sumy"),
        ("ru", "Удар по подстанции: Богомаз и Хинштейн сообщили о раненых", None),
        ("uk", "Федоров: дрони вдарили по підстанції", None),
        ("en", "Drones hit a substation, said Fedorov", None),
    ],
)
def test_a_place_that_is_named_comes_first_and_two_heads_or_a_common_name_say_nothing(
    language: str, text: str, place: str | None
) -> None:
    claims = [claim for claim in claims_of(text, language) if claim.target.class_id == "substation"]
    assert {claim.place.name if claim.place else None for claim in claims} == {place}
