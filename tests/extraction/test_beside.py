"""Beside an energy site, on ground that somebody holds, of a truce: what stands near a word need not belong to it."""

import pytest

from monitor.model.claims import Confidence
from tests.extraction.reading import claims_of, events_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # what was struck stands at the site, and is not the site
        ("ru", "Колонна пехоты у Рубежанской ТЭЦ попала под огонь ВСУ"),
        ("ru", "Авиаудар по позициям ВСУ на подстанции под Купянском"),
        ("uk", "Авіаудар по позиціях на підстанції під Куп'янськом"),
        ("en", "An air strike hit Ukrainian positions at a substation near Kupiansk"),
        # whoever holds the ground did nothing there
        ("ru", "В подконтрольном Украине Купянске повреждена подстанция"),
        ("uk", "У підконтрольному Києву Куп'янську пошкоджено підстанцію"),
        # outages in general
        ("en", "Families who endure bombardments and blackouts have little faith in the talks"),
        # the breach is of something else
        ("en", "The delay undermines the alliance, if Moscow does not agree to a ceasefire"),
    ],
)
def test_what_stands_beside_it_is_no_strike_on_energy(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("ru", "У Херсона ВСУ ударили по подстанции", "UA"),
        ("ru", "ВСУ ударили по Рубежанской ТЭЦ", "UA"),
        ("uk", "Росіяни вдарили по підстанції в підконтрольному Києву Куп'янську", "RU"),
        ("en", "Russian bombardment and blackouts in Kharkiv on Tuesday", "RU"),
        ("en", "Moscow violated the energy ceasefire, Kyiv said, hitting a substation in Sumy", "RU"),
    ],
)
def test_the_site_itself_is_still_struck(language: str, text: str, attacker: str) -> None:
    assert {claim.attacker for claim in events_of(text, language)} == {attacker}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Удар по подстанции у Каховской ГЭС"),
        ("uk", "Удар по підстанції біля Каховської ГЕС"),
    ],
)
def test_a_site_nearby_is_not_what_was_struck(language: str, text: str) -> None:
    assert {claim.target.class_id for claim in events_of(text, language)} == {"substation"}


@pytest.mark.parametrize(
    ("language", "text", "claimants"),
    [
        ("ru", "Атака дронов на РФ: повреждён НПЗ на Кубани", []),
        ("uk", "Дрони над РФ: на Кубані горить НПЗ після атаки", []),
        ("en", "Overnight drone attack on Russia: oil depot hit in Saratov", []),
        ("en", "Russia: Ukraine hit an oil depot in Saratov", ["RU"]),
        ("ru", "Минобороны РФ: ВСУ ударили по подстанции в Брянской области", ["RU"]),
    ],
)
def test_who_was_attacked_does_not_speak_before_a_colon(language: str, text: str, claimants: list[str]) -> None:
    events = events_of(text, language)
    assert events
    assert [actor.party for claim in events for actor in claim.claimants] == claimants


@pytest.mark.parametrize(
    "text", ["У Київську телевежу влучила ракета, пошкоджено підстанцію", "Полтавську підстанцію обстріляли"]
)
def test_an_adjective_of_a_city_is_no_town_that_is_called_so(text: str) -> None:
    assert not [claim.place for claim in events_of(text, "uk") if claim.place and claim.place.name.endswith("skyi")]


def test_outages_in_general_are_never_of_high_confidence() -> None:
    claims = claims_of("Families endure bombardments and blackouts", "en")
    assert not [claim for claim in claims if claim.confidence is Confidence.HIGH and claim.stance.reports_event]


@pytest.mark.parametrize(
    ("language", "text", "country", "places"),
    [
        ("uk", "Дрони атакували нафтобазу в РФ, а в Ялті затонув катер", "RU", [None]),
        ("en", "Drones hit an oil depot in Russia, while a boat sank in Yalta", "RU", [None]),
        ("ru", "Дроны атаковали нефтебазу в Крыму, в Ялте", "UA", ["Yalta"]),
    ],
)
def test_a_place_of_the_next_statement_is_not_where_it_happened(
    language: str, text: str, country: str, places: list[str | None]
) -> None:
    events = [claim for claim in events_of(text, language) if claim.target.class_id == "oil_depot"]
    assert [claim.place.name if claim.place else None for claim in events] == places
    assert {claim.country for claim in events} == {country}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Дроны ударили по НПЗ Саратова и Рязани", {"Saratov", "Ryazan"}),
        ("Атака на нефтебазу Ростова", {"Rostov-on-Don"}),
    ],
)
def test_a_site_called_after_a_town_lies_there(text: str, places: set[str]) -> None:
    assert {claim.place.name for claim in events_of(text, "ru") if claim.place} == places


def test_a_capital_that_is_plunged_into_darkness_is_a_place() -> None:
    (claim,) = events_of("The mass attack that plunged Kyiv into darkness cost millions", "en")
    assert claim.place is not None
    assert claim.place.name == "Kyiv"
