"""Names of towns with a hyphen, towns told as those of their region, and districts of a region named far before."""

import pytest

from tests.extraction.reading import events_of


@pytest.mark.parametrize(
    ("language", "text", "town"),
    [
        ("uk", "Новгород-Сіверський без світла після удару по підстанції", "Novhorod-Siverskyi"),
        ("uk", "Білгород-Дністровський знеструмлено через удар по підстанції", "Bilhorod-Dnistrovskyi"),
        ("en", "Drones hit a substation in Sumy region's Shostka", "Shostka"),
        ("en", "Drones struck a substation in Chernihiv Oblast's Nizhyn", "Nizhyn"),
    ],
)
def test_the_town_is_where_it_was(language: str, text: str, town: str) -> None:
    places = {claim.place.name for claim in events_of(text, language) if claim.place}
    assert places == {town}


def test_half_a_compound_is_no_town() -> None:
    text = "Новгород-Сіверську громаду обстріляли: влучання в підстанцію"
    assert "Siversk" not in {claim.place.name for claim in events_of(text, "uk") if claim.place}


def test_a_district_lies_in_the_region_that_the_sentence_begins_with() -> None:
    text = "В Брянской области вчера днём дрон ВСУ ударил по высоковольтной линии, без света дома Климовского района"
    assert {claim.place.region for claim in events_of(text, "ru") if claim.place} == {"RU.10"}
