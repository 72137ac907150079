"""What reports say, in sentences of our own: frames, stances, who, what and where, in three languages."""

import pytest

from monitor.model.claims import Basis, Outcome, Stance
from monitor.model.reports import Language
from tests.extraction.reading import claims_of, events_of, report_of, the_knowledge, the_reader

MOD_CLAIMS = [
    (
        "en",
        "Russia's Defence Ministry said Ukrainian drones attacked the Kropotkinskaya oil pumping station on March 24",
    ),
    (
        "uk",
        "Міноборони РФ заявило, що українські дрони атакували нафтоперекачувальну станцію «Кропоткінська» 24 березня",
    ),
    (
        "ru",
        "Минобороны РФ заявило, что украинские дроны атаковали нефтеперекачивающую станцию «Кропоткинская» 24 марта",
    ),
]
DENIALS = [
    ("en", "Ukraine denied striking a gas distribution station in Belgorod region"),
    ("uk", "Україна заперечила удар по газорозподільній станції у Бєлгородській області"),
    ("ru", "Украина отрицает удар по газораспределительной станции в Белгородской области"),
]


@pytest.mark.parametrize(("language", "title"), MOD_CLAIMS)
def test_the_claimant_is_never_taken_for_the_attacker(language: str, title: str) -> None:
    (claim,) = events_of(title, language)
    assert (claim.attacker, claim.attacker_basis) == ("UA", Basis.STATED)
    assert claim.stance is Stance.ALLEGED
    assert [actor.party for actor in claim.claimants] == ["RU"]
    assert (claim.target.class_id, claim.country) == ("pumping_station", "RU")
    assert claim.event_time is not None
    assert (claim.event_time.start.month, claim.event_time.end.month) == (3, 3)
    assert claim.event_time.start.day in (23, 24)


@pytest.mark.parametrize(("language", "title"), DENIALS)
def test_a_denial_is_a_claim_that_reports_no_event(language: str, title: str) -> None:
    (claim,) = claims_of(title, language)
    assert claim.stance is Stance.DENIED
    assert (claim.attacker, claim.country) == ("UA", "RU")
    assert [actor.party for actor in claim.denied_by] == ["UA"]
    assert claim.target.class_id == "gas_distribution"


EVENTS = [
    # language, text, attacker, class, country
    ("en", "Russian missiles hit a thermal power plant in Kharkiv", "RU", "power_plant", "UA"),
    ("en", "Oil depot near Voronezh ablaze after drone attack", "UA", "oil_depot", "RU"),
    ("en", "Thousands in Sumy without power after Russian strike", "RU", "power_grid", "UA"),
    ("en", "A substation in Odesa was damaged by Russian drones overnight", "RU", "substation", "UA"),
    ("uk", "Росіяни вдарили ракетами по ТЕЦ у Харкові", "RU", "power_plant", "UA"),
    ("uk", "У Воронезькій області палає нафтобаза після атаки дронів", "UA", "oil_depot", "RU"),
    ("uk", "Частина Сум без світла через російський обстріл", "RU", "power_grid", "UA"),
    ("uk", "Підстанцію в Одесі пошкоджено внаслідок атаки шахедів", "RU", "substation", "UA"),
    ("ru", "Российские войска ударили ракетами по ТЭЦ в Харькове", "RU", "power_plant", "UA"),
    ("ru", "В Воронежской области горит нефтебаза после атаки дронов", "UA", "oil_depot", "RU"),
    ("ru", "Часть Сум осталась без света после российского обстрела", "RU", "power_grid", "UA"),
    ("ru", "ВСУ обстреляли подстанцию в Белгородской области", "UA", "substation", "RU"),
]


@pytest.mark.parametrize(("language", "text", "attacker", "class_id", "country"), EVENTS)
def test_a_strike_is_read(language: str, text: str, attacker: str, class_id: str, country: str) -> None:
    claims = events_of(text, language)
    assert [(one.attacker, one.target.class_id, one.country) for one in claims] == [(attacker, class_id, country)]


NO_EVENTS = [
    ("en", "Moscow and Kyiv discuss a halt to strikes on energy facilities"),
    ("en", "Zelensky warns that Russia may strike power plants this winter"),
    ("en", "Two men detained over plot to blow up a substation in Lviv"),
    ("en", "Fire at an oil depot in Omsk put out"),
    ("en", "Planned outages in Kyiv as crews repair a substation"),
    ("en", "Israel strikes a power station in Yemen"),
    ("en", "Ammunition depot hit near the Kakhovka dam"),
    ("en", "Russian strikes on Ukraine's power grid last winter cut supply for millions"),
    ("en", "Blackout drill imagines a drone strike on a substation"),
    ("uk", "Сторони обговорили мораторій на удари по енергетиці"),
    ("uk", "Зеленський попередив про можливі удари по електростанціях"),
    ("uk", "СБУ затримала агента, який готував підрив підстанції"),
    ("uk", "Ракетний удар по складу боєприпасів біля дамби"),
    ("uk", "Торік росіяни знищили десятки підстанцій"),
    ("ru", "Стороны обсудили мораторий на удары по энергетике"),
    ("ru", "Ростех ждет удара по нефтебазам"),
    ("ru", "ФСБ задержала мужчину, готовившего подрыв подстанции"),
    ("ru", "Удар по складу боеприпасов возле плотины"),
    ("ru", "Суданские повстанцы атаковали дронами подстанцию"),
]


@pytest.mark.parametrize(("language", "text"), NO_EVENTS)
def test_what_reports_no_strike_on_energy_gives_no_event(language: str, text: str) -> None:
    assert events_of(text, language) == []


BRIDGES = [
    ("en", "Ukrainian drones struck Feodosia. An oil depot is burning there.", "oil_depot"),
    ("uk", "ЗСУ завдали удару по Феодосії. Там горить нафтосховище.", "oil_depot"),
    ("ru", "ВСУ ударили по Феодосии. Там горит нефтехранилище.", "oil_depot"),
]


@pytest.mark.parametrize(("language", "text", "class_id"), BRIDGES)
def test_what_burns_in_the_next_sentence_was_struck(language: str, text: str, class_id: str) -> None:
    (claim,) = events_of(text, language)
    assert (claim.target.class_id, claim.attacker, claim.outcome) == (class_id, "UA", Outcome.FIRE)
    assert len(claim.spans["sentence"]) == 2


def test_coordinated_targets_take_their_own_places() -> None:
    claims = events_of("Ukrainian drones hit a refinery in Ryazan and a substation in Belgorod")
    found = {(one.target.class_id, one.place.name if one.place else None) for one in claims}
    assert found == {("oil_refinery", "Ryazan"), ("substation", "Belgorod")}


def test_a_factory_that_was_struck_is_claimed_but_is_no_energy() -> None:
    report = report_of("Russian drones ignite fires at two factories in Dnipro")
    classes = {claim.target.class_id for claim in the_reader().read(report).claims}
    assert classes == {"industrial"}


def test_an_interception_over_an_energy_site_is_an_attempt() -> None:
    (claim,) = events_of("Ukrainian drones shot down over an oil refinery in Saratov")
    assert claim.outcome is Outcome.INTERCEPTED


@pytest.mark.parametrize(("perspective", "attacker"), [("UA", "RU"), ("RU", "UA")])
def test_the_enemy_is_the_other_side_than_the_outlets(perspective: str, attacker: str) -> None:
    language, text = (
        ("uk", "Ворог атакував підстанцію") if perspective == "UA" else ("ru", "Противник атаковал подстанцию")
    )
    (claim,) = events_of(text, language, perspective=perspective)
    assert claim.attacker == attacker


def test_both_blaming_each_other_leaves_the_attacker_open() -> None:
    (claim,) = events_of("Russia and Ukraine accuse each other of shelling the Sudzha gas metering station")
    assert claim.attacker is None


def test_paragraphs_that_recall_are_history() -> None:
    body = "Триває ремонт доріг.\n\nНагадаємо, росіяни вдарили по підстанції в Одесі."
    (claim,) = claims_of("Новини дня в Одесі", "uk", body)
    assert claim.stance is Stance.HISTORICAL


def test_a_list_under_a_dated_lead_takes_its_labels_as_places() -> None:
    body = (
        "Russia launched missiles at several cities on April 1.\n\n"
        "- Odesa: The city lost power after drone strikes on energy facilities.\n"
        "- Dnipro: Drone strikes set two factories on fire."
    )
    claims = events_of("Night of strikes across Ukraine", "en", body)
    assert [claim.place.name for claim in claims if claim.place] == ["Odesa"]
    assert all(claim.event_time and claim.event_time.start.day == 1 for claim in claims)


def test_every_span_lies_within_the_text() -> None:
    for language, text, *_ in EVENTS:
        report = report_of(text, language)
        for claim in the_reader().read(report).claims:
            for spans in claim.spans.values():
                assert all(0 <= start < end <= len(report.full_text) for start, end in spans)


def test_another_language_is_not_read() -> None:
    report = report_of("Angriff auf ein Umspannwerk", "other")
    extracted = the_reader().read(report)
    assert (extracted.language, extracted.claims, extracted.skipped) == (Language.OTHER, (), "language not read")


def test_energy_classes_are_those_of_the_list() -> None:
    assert {"oil_depot", "substation", "energy"} <= the_knowledge().energy_classes
    assert "port" not in the_knowledge().energy_classes
