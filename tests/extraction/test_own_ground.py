"""A party is never taken for the attacker of its own ground because its country or capital is named there."""

import pytest

from monitor.model.claims import Confidence
from tests.builders import at
from tests.extraction.reading import events_of

PUBLISHED = at("2025-04-16T10:00")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Flames were seen near Ukraine's capital, Kyiv, on Saturday after an oil terminal was hit by a missile"),
        ("en", "In Kyiv, Ukraine, a substation was damaged in a missile attack"),
        ("ru", "В столице Украины Киеве ракетой повреждена подстанция"),
        ("uk", "У столиці України Києві ракетою пошкоджено підстанцію"),
    ],
)
def test_the_capital_that_was_hit_did_not_hit_itself(language: str, text: str) -> None:
    claims = events_of(text, language, published=PUBLISHED)
    assert claims
    assert {claim.attacker for claim in claims} <= {"RU", None}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia shelled the Sudzha gas metering station in its own Kursk region"),
        ("uk", "Росія обстріляла газовимірювальну станцію у Суджі"),
        ("uk", "Російська артилерія обстріляла газовимірювальну станцію в Курській області"),
    ],
)
def test_who_plainly_strikes_its_own_ground_is_named(language: str, text: str) -> None:
    claims = events_of(text, language, published=PUBLISHED)
    assert claims
    assert {claim.attacker for claim in claims} == {"RU"}


def test_ukraine_can_strike_occupied_crimea() -> None:
    (claim, *_) = events_of("Ukraine hit an oil depot in Feodosia, Crimea", "en", published=PUBLISHED)
    assert (claim.attacker, claim.country, claim.occupied_by) == ("UA", "UA", "RU")


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("uk", "Нафтопереробний завод у Краснодарському краї РФ атакували 2 дрони СБУ", "UA"),
        ("uk", "Росіяни відключили основну установку Куйбишевського НПЗ після удару дрону", "UA"),
        ("ru", "Россияне отключили установку на Рязанском НПЗ после атаки беспилотников", "UA"),
        ("ru", "В Бердянске взрыв на подстанции обесточил ремонтную базу оккупантов", None),
        ("en", "The attack hit a substation in Kherson. Ukraine was working to restore heating and electricity", "RU"),
    ],
)
def test_an_owner_and_whoever_mends_the_damage_did_not_attack(language: str, text: str, attacker: str | None) -> None:
    claims = events_of(text, language, published=PUBLISHED)
    assert claims
    assert {claim.attacker for claim in claims} == {attacker}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "Drones launched from Sumy region by Ukraine hit an oil depot in Bryansk region", "Bryansk Oblast"),
        ("ru", "С территории Белгородской области российские войска ударили по подстанции в Харькове", "Kharkiv"),
    ],
)
def test_where_an_attack_was_launched_is_not_where_it_struck(language: str, text: str, place: str) -> None:
    (claim,) = events_of(text, language, published=PUBLISHED)
    assert claim.place is not None
    assert claim.place.name == place


def test_a_place_in_another_country_than_the_target_is_not_where_it_stands() -> None:
    claims = events_of(
        "Зеленський – критикам удару по НПЗ Росії: приїдьте спочатку в Харків", "uk", published=PUBLISHED
    )
    assert {claim.country for claim in claims} <= {"RU"}


def test_an_object_before_a_new_statement_is_not_what_it_speaks_of() -> None:
    claims = events_of("Вибухи на НПЗ в Уфі, Росія вдарила по будинку в центрі Харкова", "uk", published=PUBLISHED)
    assert {(claim.attacker, claim.confidence) for claim in claims} <= {(None, Confidence.LOW)}


def test_a_target_named_by_its_capital_did_not_strike() -> None:
    claims = events_of(
        '"The primary target of the attack is Kyiv, its energy facilities," Zelenskyy wrote', "en", published=PUBLISHED
    )
    assert not [claim for claim in claims if claim.attacker == "UA"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Russia's attacks went on overnight. 200,000 homes in Russian-held Zaporizhzhia region have no electricity",
        ),
        ("uk", "У тимчасово окупованій частині Запорізької області через удар без світла 40 сіл"),
        ("ru", "На подконтрольной России части Запорожской области из-за удара без света 40 сёл"),
    ],
)
def test_on_ground_that_a_text_calls_held_by_russia_russia_is_not_inferred(language: str, text: str) -> None:
    assert "RU" not in {claim.attacker for claim in events_of(text, language, published=PUBLISHED)}


def test_a_strike_on_ground_that_nobody_names_is_no_strike_on_ones_own() -> None:
    (claim,) = events_of("Drones hit a substation, two people were hurt")
    assert (claim.attacker, claim.country) == (None, None)
    assert claim.confidence is Confidence.HIGH


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "На підстанцію в Бєлгороді впала власна КАБ росіян"),
        ("uk", "У Бєлгороді зник світло після прильоту, росіяни скаржаться на «власний» КАБ"),
        ("uk", "Нештатний схід авіабомби в Бєлгороді пошкодив лінію електропередачі"),
        ("ru", "На подстанцию в Белгороде упала своя же авиабомба"),
        ("ru", "КАБ попала в подстанцию в Белгороде"),
        ("en", "Russian glide bomb accidentally falls on Belgorod, damages power line"),
        ("en", "Power line in Belgorod hit by its own glide bomb"),
    ],
)
def test_nobody_is_accused_of_a_bomb_that_its_own_side_let_fall(language: str, text: str) -> None:
    claims = events_of(text, language, published=PUBLISHED)
    assert {(claim.attacker, claim.attacker_basis) for claim in claims} == {(None, None)}


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("en", "Ukraine hit a refinery in Saratov with its own drones", "UA"),
        ("uk", "Україна вдарила власними ракетами по нафтобазі в Енгельсі", "UA"),
        ("uk", "КАБ влучила в підстанцію в Сумах", "RU"),
        ("ru", "Авиабомба попала в подстанцию в Сумах", "RU"),
        ("ru", "ВСУ сбросили бомбу на подстанцию в Белгороде", "UA"),
    ],
)
def test_a_weapon_of_ones_own_make_still_struck_the_other_side(language: str, text: str, attacker: str) -> None:
    assert {claim.attacker for claim in events_of(text, language, published=PUBLISHED)} == {attacker}


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("uk", "Румунія: уламки російського дрона пошкодили газопровід", "RO"),
        ("en", "Russian drone hits power line in Romania", "RO"),
        ("en", "Russian drone hits Moldovan power line", "MD"),
        ("en", "Poland says Russian drone damaged a substation near Lublin", None),
        ("ru", "Молдавия: обломки российского дрона повредили линию электропередачи", "MD"),
        ("ru", "Российский дрон повредил подстанцию в Румынии", "RO"),
        ("en", "Russian drone hits power line in Odesa region on its way to Romania", "UA"),
        ("en", "Ukrainian drones hit a pumping station in Bryansk region, Hungary says", "RU"),
        ("uk", "Україна вдарила по нафтопроводу: в Угорщині розкритикували атаку", "RU"),
        ("uk", "Російський дрон пошкодив підстанцію в Ізмаїлі біля кордону з Румунією", "UA"),
    ],
)
def test_what_happens_in_a_third_country_is_on_neither_sides_ground(
    language: str, text: str, country: str | None
) -> None:
    assert {claim.country for claim in events_of(text, language, published=PUBLISHED)} == {country}


def test_the_enemy_of_an_outlet_of_no_known_side_is_not_whoever_holds_the_ground() -> None:
    text = "The enterprise said that after an enemy attack the gas supply was limited for 11,000 customers in {}"
    assert {claim.attacker for claim in events_of(text.format("Svatove"))} == {None}
    assert {claim.attacker for claim in events_of(text.format("Sumy"))} == {"RU"}
    assert {claim.attacker for claim in events_of(text.format("Svatove"), perspective="RU")} == {"UA"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ukrainian drone strikes leave 200,000 without power across Russian-controlled area"),
        ("en", "Ukrainian drones hit a substation in Russian-occupied southern Ukraine"),
        ("ru", "Дроны ВСУ ударили по подстанции на подконтрольной России территории"),
        ("uk", "Дрони ЗСУ вдарили по підстанції на окупованій росіянами території"),
    ],
)
def test_ground_that_is_held_against_its_country_is_not_its_holders(language: str, text: str) -> None:
    claims = events_of(text, language, published=PUBLISHED)
    assert {(claim.attacker, claim.country, claim.occupied_by) for claim in claims} == {("UA", "UA", "RU")}


def test_ground_that_ukraine_holds_is_not_therefore_another_country() -> None:
    (claim,) = events_of("Russian drones hit a substation in the Ukrainian-controlled part of the region")
    assert (claim.attacker, claim.country, claim.occupied_by) == ("RU", "UA", None)


def test_officials_of_a_side_tell_of_what_befell_it_and_accuse_it_of_nothing() -> None:
    """A village near the front may share its name with one of the other country."""
    text = "{} said a drone damaged a substation in the Kaniv district"
    assert {claim.attacker for claim in events_of(text.format("Kondratyev"))} == {None}
    assert {claim.attacker for claim in events_of(text.format("The Ukrainian energy ministry"))} == {"RU"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "A fuel depot burns in a Russian town just north of Ukraine after an attack by two Ukrainian helicopters",
        ),
        ("en", "Drones hit an oil depot in a Russian border town, close to the border with Ukraine"),
        ("en", "Refinery ablaze in Russian region after overnight drone strike"),
        ("ru", "В российском городе на границе с Украиной дроны атаковали нефтебазу"),
        ("uk", "У російському прикордонному місті дрони атакували нафтобазу"),
    ],
)
def test_whose_a_town_is_and_what_it_borders_on_does_not_tell_who_attacked(language: str, text: str) -> None:
    claims = events_of(text, language, published=PUBLISHED)
    assert {(claim.attacker, claim.country) for claim in claims} == {("UA", "RU")}


def test_damage_that_one_side_tells_of_is_not_therefore_its_own_or_its_enemys_work() -> None:
    assert not events_of("На Украине сообщили о повреждении подстанции в Сумской области", "ru", published=PUBLISHED)
    (claim,) = events_of("Россия повредила подстанцию в Сумской области", "ru", published=PUBLISHED)
    assert claim.attacker == "RU"
