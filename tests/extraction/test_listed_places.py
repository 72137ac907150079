"""A strike on several places that a text lists is a claim for each of them."""

import pytest

from monitor.model.reports import Language
from tests.builders import a_report, at
from tests.extraction.reading import claims_of, events_of, the_reader


def struck(language: str, text: str) -> set[tuple[str, str | None]]:
    """Return (target class, place) of each claim that reports an event."""
    report = a_report(text, language=Language(language), published=at("2025-04-16T10:00"))
    claims = the_reader().read(report).claims
    for claim in claims:
        for start, end in claim.spans.get("place", ()):
            assert text[start:end]
    events = [claim for claim in claims if claim.stance.reports_event]
    return {(claim.target.class_id, claim.place.name if claim.place else None) for claim in events}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "ВСУ атаковали подстанции в Белгороде и Курске", {"Belgorod", "Kursk"}),
        ("uk", "Росіяни пошкодили трансформатори в Херсоні та Миколаєві", {"Kherson", "Mykolaiv"}),
        ("en", "Russian drones hit substations in Sumy, Poltava and Kharkiv overnight", {"Sumy", "Poltava", "Kharkiv"}),
    ],
)
def test_each_place_of_a_list_gets_its_claim(language: str, text: str, expected: set[str]) -> None:
    assert {place for class_id, place in struck(language, text) if class_id == "substation"} == expected


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "A drone hit a substation in Okhtyrka, Sumy region", "Okhtyrka"),
        ("uk", "Дрон влучив у підстанцію в Охтирці, Сумська область", "Okhtyrka"),
    ],
)
def test_a_town_and_its_region_are_one_place(language: str, text: str, place: str) -> None:
    assert struck(language, text) == {("substation", place)}


def test_an_attacker_is_never_struck_at_home_because_another_sentence_names_its_town() -> None:
    report = a_report("Russian attacks hit Ukraine's energy sites again", text="The envoys spoke in Moscow on Friday.")
    claims = [claim for claim in the_reader().read(report).claims if claim.target.class_id == "energy"]
    assert claims
    assert {(claim.attacker, claim.country) for claim in claims} == {("RU", "UA")}
    assert all(claim.place is None or claim.place.name != "Moscow" for claim in claims)


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("ru", "В Ленинградской области дроны атаковали НПЗ, ситуация в Купянске напряжённая", "Leningrad Oblast"),
        ("en", "Drones hit an oil refinery in Samara region, clashes go on in Pokrovsk", "Samara Oblast"),
        ("uk", "На Сумщині дрон влучив у нафтобазу, у Куп'янську тривають бої", "Sumy Oblast"),
        ("en", "In Sumy region drones hit an oil refinery, in the town of Konotop", "Konotop"),
    ],
)
def test_what_goes_on_in_another_region_is_not_where_it_was(language: str, text: str, place: str) -> None:
    assert {place for class_id, place in struck(language, text) if class_id.startswith("oil")} == {place}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "На ЗАЭС сообщили об ударе ВСУ по подстанции в Энергодаре"),
        ("uk", "На ЗАЕС повідомили про удар по підстанції в Енергодарі"),
        ("en", "The Zaporizhzhia nuclear plant said drones struck a substation in Enerhodar"),
    ],
)
def test_the_plant_that_tells_of_a_strike_was_not_struck(language: str, text: str) -> None:
    assert struck(language, text) == {("substation", "Enerhodar")}


def test_a_namesake_in_another_region_than_the_place_behind_it_is_another_facility() -> None:
    (claim,) = claims_of('Удар ВСУ по подстанции "Луч" в Энергодаре', "ru")
    assert (claim.target.facility_id, claim.country) == (None, "UA")


def test_a_round_up_of_headlines_claims_nothing_beyond_its_own_headline() -> None:
    title = "Households in Kyiv are without power after Russian strikes - Harbour Post"
    text = (
        "Households in Kyiv are without power after Russian strikes Harbour Post Kyiv seeks relief from strikes "
        "Northern Mail Ukrainian drones set an oil depot in Penza ablaze Evening Dispatch"
    )
    claims = events_of(title, text=text)
    assert {(claim.attacker, claim.place.name if claim.place else None) for claim in claims} == {("RU", "Kyiv")}


def test_a_lead_that_repeats_the_headline_and_goes_on_is_read() -> None:
    text = "Drones hit a substation in Sumy on Wednesday night and an oil depot in Konotop, the governor said."
    claims = events_of("Drones hit a substation in Sumy", text=text)
    assert "oil_depot" in {claim.target.class_id for claim in claims}


def test_an_object_lies_where_its_own_statement_says_and_not_where_the_next_one_does() -> None:
    text = "In Sumy Oblast, an FPV drone hit a substation; and in Nikopol, artillery shelling damaged a power line"
    places = {claim.target.class_id: claim.place and claim.place.region for claim in claims_of(text)}
    assert places == {"substation": "UA.21", "power_line": "UA.04"}
