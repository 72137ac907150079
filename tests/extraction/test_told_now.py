"""Words that sound like the past and tell of now: records since the war began, "earlier on Friday"."""

import pytest

from monitor.model.claims import Stance
from tests.builders import at
from tests.extraction.reading import claims_of, events_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Росія завдала найбільшого удару по підстанціях від початку повномасштабного вторгнення"),
        ("uk", "Уперше від початку війни росіяни вдарили по підстанції в Мукачеві"),
        ("ru", "Дроны впервые с начала войны ударили по НПЗ в Ухте"),
        ("ru", "Россия нанесла самый мощный удар по газодобыче Украины с начала вторжения"),
        ("en", "Drones hit the Ukhta refinery for the first time since the start of the war"),
        ("en", "It was the worst attack on Ukraine's substations since the start of the invasion"),
        ("uk", "Раніше у суботу російський дрон влучив у підстанцію в Сумах"),
        ("ru", "Ранее в субботу беспилотник ударил по нефтебазе в Пензе"),
    ],
)
def test_what_stands_out_or_was_told_the_same_day_is_news(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Від початку вторгнення росіяни знищили половину підстанцій України"),
        ("ru", "С начала войны Россия била по подстанциям Украины"),
        ("en", "Since the start of the war Russia has bombed half of Ukraine's substations"),
    ],
)
def test_what_has_gone_on_since_the_war_began_is_background(language: str, text: str) -> None:
    assert {claim.stance for claim in claims_of(text, language)} <= {Stance.HISTORICAL, Stance.COMMENTARY}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Минобороны РФ сообщило об ударах по энергообъектам на Украине"),
        ("uk", "Генштаб ЗСУ повідомив про удари по нафтобазах росіян"),
        ("ru", "Уже 7-й за октябрь удар по подстанциям в Полтавской области нанесён этой ночью"),
        ("uk", "РФ всьоме за жовтень атакувала підстанції: цього разу на Полтавщині"),
        ("ru", "В результате огневого воздействия ВСУ отключена высоковольтная линия в Энергодаре"),
    ],
)
def test_what_a_command_announces_or_a_month_counts_is_news(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Станція вже неодноразово знеструмлювалась через російські обстріли підстанцій"),
        ("ru", "ВСУ неоднократно атаковали подстанции в Энергодаре"),
        ("uk", "Росія відновила удари по енергетичній інфраструктурі України"),
        ("uk", "Росія атакує не тільки електростанції, а й підстанції"),
        ("uk", "Під час опалювального сезону росіяни здійснили дев'ять атак на енергосистему"),
        ("uk", "На кінець грудня росіяни завдали понад дві тисячі ударів по підстанціях"),
    ],
)
def test_habits_and_balances_are_no_news(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Внаслідок атаки по шахті у Добропіллі загинув гірник"),
        ("ru", "Нефтепровод остановил работу после атаки на насосную станцию"),
        ("ru", "Дроны атаковали Климово. Целью атаки стала подстанция"),
        ("uk", "У селищі під Брянськом немає світла через удар безпілотника"),
        ("uk", "Росіяни обстріляли Слов'янськ, є проблеми з постачанням електроенергії"),
    ],
)
def test_one_attack_in_the_genitive_is_one_attack(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "On the morning of 17 May, a drone attack set an oil refinery in Tuapse on fire",
        "On May 17 drones hit an oil refinery in Tuapse",
        "The gas metering station in Kursk region, which once fed half of Europe, was attacked overnight",
        "The Burshtyn power plant, one of the largest, was hit by Russian missiles",
        "Moscow said Kyiv had breached a proposed ceasefire on energy infrastructure by striking an oil depot in Kursk",
        "Drones hit what officials said was a power substation in Sumy",
        "The substation in Sumy, hit in previous Russian attacks, was struck again by drones overnight",
    ],
)
def test_a_month_a_clause_or_a_broken_proposal_hides_no_strike(text: str) -> None:
    assert events_of(text, published=at("2025-05-18T09:00"))


@pytest.mark.parametrize(
    "text",
    [
        "Drones may hit an oil refinery in Tuapse",
        "Russia denies targeting civilians and claims Ukraine uses energy sites for its army",
        "The two sides discussed a ceasefire on energy infrastructure strikes",
        "The Burshtyn power plant, one of the largest, was visited by engineers",
        "It was also forbidden to strike nuclear power plants and substations",
        "The talks are focused on stemming attacks on energy infrastructure",
        "Russia's previous strikes destroyed 60 % of gas production",
        "The long war has seen much destruction, particularly targeting Ukraine's energy infrastructure",
        "The raids were part of the Kremlin's attempt to destroy Ukraine's energy infrastructure",
    ],
)
def test_a_threat_a_denial_or_a_visit_is_none(text: str) -> None:
    assert not events_of(text)


def test_deliveries_that_stop_abroad_are_no_strike_there() -> None:
    claims = events_of("Украинские дроны атаковали нефтепровод «Дружба». Поставки нефти в Венгрию остановлены", "ru")
    assert {claim.country for claim in claims} == {"RU"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Топлива не хватает из-за ударов украинских дронов по нефтеперерабатывающим заводам"),
        ("en", "Fuel is short after Ukrainian strikes on Russian refineries"),
        ("uk", "Рівно три роки тому – день у день – підстанція пережила першу масовану атаку"),
        ("ru", "На рассвете ТЭС в Сане подверглась израильской атаке"),
        ("ru", "Он имел в виду удары ВСУ по подстанциям"),
    ],
)
def test_strikes_on_many_and_those_of_years_or_wars_ago_are_no_news(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Из-за ударов украинских дронов по нефтеперерабатывающим заводам в Самаре не хватает топлива"),
        ("en", "Thousands without power after Russian strikes on energy facilities"),
        ("en", "Ukrainian drones hit Russian refineries overnight"),
    ],
)
def test_strikes_on_many_with_a_place_a_time_or_an_outcome_are_news(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Загрози для здоров'я мешканців після ракетного удару по нафтобазі на Рівненщині немає"),
        ("ru", "Угрозы жизни людей после удара дрона по нефтебазе в Рязани нет"),
        ("en", "No threat to public health after drone strike on oil depot in Ryazan, officials say"),
    ],
)
def test_a_danger_to_people_after_a_strike_is_no_threat_of_one(language: str, text: str) -> None:
    (claim,) = events_of(text, language)
    assert claim.target.class_id == "oil_depot"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "ВСУ отражают российские атаки к западу от Лисичанского НПЗ"),
        ("uk", "ЗСУ відбили атаки росіян на захід від підстанції"),
        ("en", "Ukrainian troops repelled Russian attacks west of the substation"),
    ],
)
def test_a_fight_beside_an_object_is_no_strike_on_it(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "before", "now"),
    [
        ("uk", "Від початку року ворог 60 разів бив по підстанціях.", "Цієї ночі він ударив по підстанції в Шостці."),
        ("ru", "С начала года дроны 40 раз били по НПЗ.", "Этой ночью они попали в НПЗ в Сызрани."),
        (
            "en",
            "Since the start of the war Russia hit half of the substations.",
            "Overnight it struck an oil depot in Sumy.",
        ),
    ],
)
def test_a_paragraph_of_background_may_turn_to_now(language: str, before: str, now: str) -> None:
    assert events_of("1", language, f"{before} {now}")
    assert events_of("1", language, before) == []
