"""Lists of a day's attacks, and sentences of two events: each has its own time, place and weapon, or none."""

from datetime import timedelta

from monitor.model.claims import Claim
from monitor.model.reports import Language
from tests.builders import a_report, a_source, at
from tests.extraction.reading import events_of, the_reader

BODY = (
    "Вооружённые силы Украины 28 марта атаковали энергетику приграничья, сообщило Минобороны РФ. "
    "В 05:30 беспилотник оборвал провод линии 35 кВ «Южная». "
    "В 13:45 БПЛА попал в подстанцию в Белгородской области."
)


def read(title: str, text: str, language: str = "ru") -> list[Claim]:
    """Return the events that a Moscow outlet reports the day after."""
    return events_of(title, language, text, published=at("2025-03-29T08:00"), timezone="Europe/Moscow")


def test_times_of_day_of_a_list_belong_to_the_day_of_its_lead() -> None:
    claims = read("Атакованы энергообъекты в Белгородской и Курской областях", BODY)
    clocks = {
        claim.event_time.start + (claim.event_time.end - claim.event_time.start) / 2
        for claim in claims
        if claim.event_time is not None and claim.event_time.end - claim.event_time.start <= timedelta(hours=1)
    }
    assert clocks == {at("2025-03-28T02:30"), at("2025-03-28T10:45")}


def test_a_time_of_day_without_a_lead_is_the_last_before_publication() -> None:
    (claim,) = read("В 05:30 беспилотник повредил подстанцию в Белгородской области", "")
    assert claim.event_time is not None
    assert claim.event_time.start <= at("2025-03-29T02:30") <= claim.event_time.end


def test_a_headline_of_two_regions_lends_no_place_to_a_sentence_that_names_none() -> None:
    claims = [
        claim
        for claim in read("Атакованы энергообъекты в Белгородской и Курской областях", BODY)
        if claim.target.class_id == "power_line"
    ]
    (claim,) = claims
    assert (claim.place, claim.country) == (None, "RU")


def test_two_events_of_one_sentence_keep_their_places_and_weapons() -> None:
    claims = read("FPV-дрон влучив у підстанцію на Сумщині, у Нікополі артилерія пошкодила ЛЕП", "", "uk")
    found = {(claim.target.class_id, claim.place.name if claim.place else None, claim.weapon) for claim in claims}
    assert found == {("substation", "Sumy Oblast", "drone"), ("power_line", "Nikopol", "artillery")}


def test_a_part_and_the_whole_are_one_object() -> None:
    assert len(read("Дрон поразил трансформатор подстанции под Белгородом", "")) == 1
    assert len(read("Дрон поразил трансформатор и линию под Белгородом", "")) == 2


def test_a_country_named_as_where_a_region_lies_did_not_strike() -> None:
    claims = read("Над нафтобазою в Краснодарському краї РФ дим: уночі туди прилетіли дрони", "", "uk")
    assert {claim.attacker for claim in claims} == {"UA"}


def test_who_holds_the_ground_is_not_who_struck_it() -> None:
    claims = read("11,000 homes lose gas in Russian-held Svatove after drone strike", "", "en")
    assert {claim.attacker for claim in claims} <= {"UA", None}


def test_the_outlet_named_in_its_own_text_is_no_target() -> None:
    source = a_source(name="Harbour Post")
    title = "Drones hit a substation in Odesa, a Harbour Post reporter saw"
    (claim,) = the_reader().read(a_report(title, source=source)).claims
    assert claim.target.class_id == "substation"


def test_a_facility_known_by_its_name_alone_is_an_object() -> None:
    (claim,) = read("Ukrainian drones struck Sheskharis", "", "en")
    assert claim.target.facility_id == "sheskharis"


def test_the_night_of_an_unlisted_outlet_is_that_of_its_language_and_not_of_utc() -> None:
    night = a_report(
        "Вночі росіяни вдарили дронами по підстанції у Сумах",
        language=Language("uk"),
        published=at("2025-03-18T23:30"),
        source=a_source(timezone="UTC"),
    )
    (claim,) = the_reader().read(night).claims
    assert claim.event_time is not None
    assert claim.event_time.end > at("2025-03-18T22:00")
