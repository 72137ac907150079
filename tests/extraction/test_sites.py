"""Known facilities that a text calls by one word of their name, beside their kind."""

import pytest

from tests.extraction.reading import claims_of, events_of


@pytest.mark.parametrize(
    ("language", "text", "facility"),
    [
        ("uk", "У Генштабі повідомили про ураження газопереробного заводу «Астраханський»", "astrakhan-gpz"),
        ("ru", "«Дружба» снова под ударом: дроны разбили насосную «Унеча»", "unecha-nps"),
        ("ru", "Дроны атаковали газоизмерительную станцию «Суджа»", "sudzha-gis"),
        ("en", "Drones strike the Sudzha gas metering point", "sudzha-gis"),
    ],
)
def test_a_word_of_its_name_beside_its_kind_means_the_facility(language: str, text: str, facility: str) -> None:
    assert facility in {claim.target.facility_id for claim in claims_of(text, language)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Дрони вдарили по підстанції «Астраханська»"),
        ("ru", "Дроны ударили по нефтебазе «Унеча»"),
        ("en", "Drones hit a power line near Sudzha"),
        ("uk", "Дрони атакували НПЗ у Краснодарському краї"),
        ("en", "Drones hit a gas metering station, the governor of Sudzha said"),
    ],
)
def test_a_namesake_of_another_kind_or_a_word_further_off_means_no_facility(language: str, text: str) -> None:
    assert {claim.target.facility_id for claim in claims_of(text, language)} == {None}


def test_where_several_facilities_of_a_place_are_called_so_the_place_is_known_and_none_of_them_is_meant() -> None:
    [claim] = claims_of("Dniester hydropower dam withstands missile impact, operator says", "en")
    assert claim.target.facility_id is None
    assert claim.place is not None
    assert (claim.place.country, claim.place.precision) == ("UA", 2)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "РФ атакувала Кременчуцький НПЗ і ТЕЦ"),
        ("uk", "РФ атакувала ТЕЦ і Кременчуцький НПЗ"),
        ("en", "Russian missiles hit the Kremenchuk refinery and a thermal power plant"),
    ],
)
def test_an_object_listed_with_a_known_facility_is_another_one_of_that_town(language: str, text: str) -> None:
    claims = {claim.target.class_id: claim for claim in claims_of(text, language)}
    assert claims["oil_refinery"].target.facility_id == "kremenchuk-npz"
    plant = claims["power_plant"]
    assert plant.target.facility_id is None
    assert plant.place is not None
    assert (plant.place.name, plant.place.precision) == ("Kremenchuk", 2)


def test_what_stands_beside_a_facility_on_occupied_ground_is_given_no_holder_of_its_own() -> None:
    claims = claims_of("ЗАЭС отключили от внешней линии электропередачи из-за атак ВСУ", "ru")
    assert {(claim.target.class_id, claim.attacker, claim.country) for claim in claims} == {
        ("nuclear_plant", "UA", "UA"),
        ("power_line", "UA", None),
    }


def test_what_stands_beside_a_facility_lies_in_its_country() -> None:
    claims = claims_of("Дроны ударили по Рязанскому НПЗ, загорелся резервуар с топливом", "ru")
    assert {(claim.attacker, claim.country) for claim in claims} == {("UA", "RU")}


def test_where_alarm_is_raised_nothing_was_struck() -> None:
    [claim] = events_of("Drones struck the Unecha pumping station in western Russia, raising alarm in Hungary")
    assert claim.country == "RU"
    [claim] = events_of("Drones struck a pumping station in western Russia, raising alarm in Hungary")
    assert claim.country != "HU"
    [claim] = events_of("Drones struck a pumping station in Hungary")
    assert claim.country == "HU"
