"""What a second pair of eyes saw: outages that were not, wreckage on show, two clauses, accusations to come."""

import pytest

from tests.extraction.reading import events_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Drone crashes into Kursk office block; no power cuts reported"),
        ("en", "Drone hits warehouse in Sumy, no blackout in the city"),
        ("uk", "Російський дрон упав на автостоянку в Сумах, перебоїв зі світлом немає"),
        ("uk", "Дрон влучив у склад у Сумах, знеструмлення немає"),
        ("ru", "Дрон упал на детский сад под Курском, перебоев с электроснабжением не зафиксировано"),
        ("ru", "Беспилотник врезался в жилой дом в Белгороде, обесточивания нет"),
    ],
)
def test_an_outage_that_did_not_come_is_no_strike_on_energy(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Drone crashes into Kursk office block, no power in the district"),
        ("uk", "Дрон упав у Сумах, світла немає в половині міста через знеструмлення"),
        ("ru", "Беспилотник врезался в опору в Белгороде, посёлок обесточен"),
    ],
)
def test_an_outage_that_came_is(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kyiv shows envoys wreckage of missile that hit gas compressor station in Poltava"),
        ("uk", "Київ показав послам уламки ракети, яка влучила в компресорну станцію на Полтавщині"),
        ("ru", "Киев показал послам обломки ракеты, которая попала в компрессорную станцию в Полтаве"),
    ],
)
def test_who_shows_the_wreckage_did_not_strike(language: str, text: str) -> None:
    claims = events_of(text, language)
    assert claims
    assert {claim.attacker for claim in claims} == {"RU"}


def test_the_second_clause_has_its_own_attacker_and_facility() -> None:
    claims = events_of("Russia hits Sumy substation, Ukraine strikes Krasnodar refinery in night of drones")
    assert {(claim.target.class_id, claim.attacker, claim.country) for claim in claims} == {
        ("substation", "RU", "UA"),
        ("oil_refinery", "UA", "RU"),
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Росія готує провокацію на ЗАЕС, щоб звинуватити Україну в обстрілі станції, — ГУР"),
        ("ru", "Киев готовит провокацию, чтобы обвинить Россию в обстреле Запорожской АЭС — СВР"),
        ("en", "Russia plans false flag to accuse Ukraine of shelling nuclear plant, says GUR"),
        ("en", "Oil climbs 2% as traders weigh Ukrainian strikes on Russian refineries"),
        ("en", "Hague court issues warrants for Russian commanders over strikes on Ukraine's grid"),
        ("en", "Odesa port holds exercise: crews practise putting out oil terminal fire after drone strike"),
        ("uk", "На Рівненській АЕС провели навчання: відпрацювали удар дрона по енергоблоку"),
        ("en", "Strike at Kryvyi Rih power plant enters third day"),
        ("ru", "Морозы ударили по электросетям Якутии"),
        ("ru", "Паводок ударил по подстанции в Орске"),
        ("uk", "Ціни на газ вдарили по котельнях"),
        ("ru", "ЦАХАЛ нанёс удар по нефтехранилищу в порту Рас-Иса"),
    ],
)
def test_what_is_planned_rehearsed_weighed_or_meant_otherwise_is_no_strike(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "После ночного удара БПЛА Афипский НПЗ работает в штатном режиме, заявили на предприятии"),
        ("uk", "Після нічної атаки на Трипільську ТЕС станція працює у штатному режимі"),
        ("en", "Kirishi refinery operating normally after drone attack, governor says"),
    ],
)
def test_what_works_on_after_an_attack_was_attacked(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Після атаки на Суми енергооб'єкти не постраждали"),
        ("ru", "После атаки беспилотников на Курск энергообъекты не пострадали"),
    ],
)
def test_what_was_not_harmed_in_an_attack_was_not_attacked(language: str, text: str) -> None:
    assert not events_of(text, language)


def test_the_subject_of_a_passive_did_not_strike() -> None:
    claims = events_of("Ukraine hit by Russian attack on Zaporizhzhia power plant on 1 April")
    assert claims
    assert {claim.attacker for claim in claims} == {"RU"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Удар ВСУ по подстанции в Белгороде оказался фейком, сообщил губернатор"),
        ("ru", "Удар российских войск по ТЭЦ в Харькове 1 апреля не состоялся"),
        ("en", "Report of Russian strike on Kharkiv power plant on April 1 was false, mayor says"),
        ("en", "Russia's claim that Ukraine hit a Belgorod substation on April 1 is a lie, Kyiv says"),
        ("uk", "Удар по підстанції в Сумах виявився вигадкою, повідомили в ОВА"),
    ],
)
def test_a_strike_that_turned_out_a_fake_is_none(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text", "body", "party"),
    [
        ("uk", "Дрони вдарили по підстанції в Одесі 1 квітня", "Про це повідомив голова ОВА Олег Кіпер.", "UA"),
        ("ru", "ВСУ ударили по подстанции в Курске 1 апреля", "Об этом сообщило Минобороны РФ.", "RU"),
        ("en", "Russian drones hit a substation in Odesa", "This was announced by the General Staff of Ukraine.", "UA"),
    ],
)
def test_whoever_is_said_to_have_told_it_in_the_next_sentence_is_the_claimant(
    language: str, text: str, body: str, party: str
) -> None:
    claims = events_of(text, language, text=f"{text}. {body}")
    assert any({actor.party for actor in claim.claimants} == {party} for claim in claims)


def test_a_strike_told_before_another_statement_of_an_official_is_the_outlets_own_word() -> None:
    body = "Drones hit a substation in Odesa. The governor said that schools would stay closed."
    claims = events_of("Drones over Odesa", text=body)
    assert {claim.claimants for claim in claims} == {()}
