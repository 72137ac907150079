"""Who struck is who the words say struck: not whom they set aside, not who holds the ground, not who speaks."""

import pytest

from monitor.model.claims import Basis, Stance
from tests.extraction.reading import claims_of, events_of

Struck = tuple[str | None, str | None]
IN_ODESA_AND_SARATOV: set[Struck] = {("RU", "Odesa"), ("UA", "Saratov")}


@pytest.mark.parametrize(
    ("language", "text", "struck"),
    [
        (
            "ru",
            "ВСУ ударили по больнице в Горловке, ВС РФ — по подстанции в Краматорске",
            {("RU", "Kramatorsk")},
        ),
        (
            "uk",
            "Росіяни вдарили по лікарні в Сумах, а ЗСУ — по нафтобазі в Ростовській області",
            {("UA", "Rostov Oblast")},
        ),
        (
            "uk",
            "Росія вдарила по підстанції в Одесі, Україна — по НПЗ у Саратові",
            {("RU", "Odesa"), ("UA", "Saratov")},
        ),
        ("ru", "Россия атаковала подстанцию в Одессе, Украина — НПЗ в Саратове", IN_ODESA_AND_SARATOV),
        (
            "en",
            "Ukraine hit an oil depot in Saratov, Russian drones — a substation in Sumy",
            {("UA", "Saratov"), ("RU", "Sumy")},
        ),
    ],
)
def test_a_dash_stands_for_the_verb_of_the_one_before_it(language: str, text: str, struck: set[Struck]) -> None:
    found = {(claim.attacker, claim.place and claim.place.name) for claim in events_of(text, language)}
    assert found == struck


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("ru", "ВСУ ударили по Саратову, сообщают россияне — нефтебаза горит", "UA"),
        ("uk", "Дрони вдарили по Саратову, пишуть росіяни — НПЗ палає", "UA"),
        ("uk", "Росія вдарила по Одесі — підстанція пошкоджена", "RU"),
    ],
)
def test_a_dash_before_what_came_of_it_stands_for_no_verb(language: str, text: str, attacker: str) -> None:
    assert {claim.attacker for claim in events_of(text, language)} == {attacker}


@pytest.mark.parametrize(
    ("text", "attacker"),
    [
        ("Russian forces bomb village in Kursk region held by Ukraine, cutting power", "RU"),
        ("Shelling hits substation in a Kursk district held by Ukrainian forces", None),
        ("Drones hit substation in a part of Zaporizhzhia region occupied by Russia", None),
        ("Substation in Kursk region hit by Ukraine", "UA"),
        ("Substation in Sumy hit by drones launched by Russia", "RU"),
    ],
)
def test_who_holds_the_ground_did_not_strike_it(text: str, attacker: str | None) -> None:
    assert {claim.attacker for claim in events_of(text)} == {attacker}


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("ru", "Без газа и света: Васильевка под обстрелом ВСУ", "UA"),
        ("ru", "Подстанция в Шебекино под огнём ВСУ", "UA"),
        ("uk", "Підстанція в Нікополі під обстрілом росіян", "RU"),
        ("en", "Substation in Nikopol under Russian fire", "RU"),
        ("en", "Power plant in Kherson comes under fire from Russian forces", "RU"),
    ],
)
def test_whose_fire_an_object_is_under_struck_it(language: str, text: str, attacker: str) -> None:
    claims = events_of(text, language)
    assert {(claim.attacker, claim.attacker_basis) for claim in claims} == {(attacker, "stated")}


def test_a_ministry_under_fire_from_its_critics_is_struck_by_nobody() -> None:
    assert not events_of("Energy minister under fire over power cuts")


@pytest.mark.parametrize(
    ("language", "text", "claimant", "attacker", "place"),
    [
        ("ru", "Удар по нефтебазе в Керчи нанесён вчера, уверяют в Киеве", "UA", None, "Kerch"),
        ("uk", "Удар по підстанції на Сумщині завдала Росія, запевняють у Києві", "UA", "RU", "Sumy Oblast"),
        (
            "ru",
            "Удар по подстанции в Белгородской области нанесли ВСУ, утверждают в Москве",
            "RU",
            "UA",
            "Belgorod Oblast",
        ),
        ("ru", "В Москве заявили, что ВСУ ударили по подстанции", "RU", "UA", None),
        ("uk", "У Києві кажуть, що росіяни обстріляли підстанцію", "UA", "RU", None),
        ("en", "Russia shelled a substation, officials in Kyiv said", "UA", "RU", None),
    ],
)
def test_the_capital_where_they_say_so_speaks_and_was_not_struck(
    language: str, text: str, claimant: str, attacker: str, place: str | None
) -> None:
    (claim,) = events_of(text, language)
    assert {actor.party for actor in claim.claimants} == {claimant}
    assert claim.attacker == attacker
    assert (claim.place and claim.place.name) == place


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Missile strike on a power plant reported in Kyiv"),
        ("uk", "Росіяни вдарили по ТЕЦ у Києві"),
        ("ru", "Россия ударила по электростанции в Киеве, сообщили очевидцы"),
    ],
)
def test_a_capital_that_was_struck_is_still_the_place(language: str, text: str) -> None:
    assert {claim.place and claim.place.name for claim in events_of(text, language)} == {"Kyiv"}


@pytest.mark.parametrize(
    ("language", "text", "attacker", "claimant"),
    [
        ("en", "It was not Russia but Ukraine that struck the Sudzha gas metering station, Moscow says", "UA", "RU"),
        ("en", "Russia, not Ukraine, hit the Sudzha gas metering station, Kyiv says", "RU", "UA"),
        ("en", "Ukrainian rather than Russian shells hit the substation in Enerhodar, Rogov said", "UA", "RU"),
        ("ru", "Не Россия, а Украина ударила по подстанции в Энергодаре, заявил Рогов", "UA", "RU"),
        (
            "ru",
            "По газоизмерительной станции «Суджа» ударила не Украина, а Россия, заявили в Генштабе ВСУ",
            "RU",
            "UA",
        ),
        ("uk", "По ГВС «Суджа» вдарила не Україна, а Росія — Генштаб", "RU", "UA"),
        ("uk", "Росія, а не Україна обстріляла ГВС «Суджа», заявили в Генштабі", "RU", "UA"),
    ],
)
def test_of_two_sides_that_are_set_against_each_other_the_affirmed_one_struck(
    language: str, text: str, attacker: str, claimant: str
) -> None:
    (claim,) = events_of(text, language)
    assert (claim.attacker, claim.stance, claim.denied_by) == (attacker, Stance.ALLEGED, ())
    assert {actor.party for actor in claim.claimants} == {claimant}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ukraine did not shell the Sudzha gas metering station, Kyiv says"),
        ("uk", "Україна не завдавала удару по ГВС «Суджа», заявили в Генштабі"),
        ("ru", "Россия не наносила ударов по подстанции в Сумах, заявили в Москве"),
    ],
)
def test_a_denial_that_names_nobody_else_stays_a_denial(language: str, text: str) -> None:
    assert {claim.stance for claim in claims_of(text, language)} == {Stance.DENIED}


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("en", "Russian troops retreating from Sudzha blew up the gas metering station", None),
        ("uk", "Російські війська, відступаючи з Суджі, підірвали газовимірювальну станцію", None),
        ("ru", "Враг ударил по подстанции в Запорожье", "RU"),
        ("ru", "Противник ударил по подстанции в Белгороде", "UA"),
        ("ru", "Враг ударил по подстанции", None),
        ("ru", "Противник атаковал подстанцию в Донецке, сообщил Пушилин", "UA"),
        ("uk", "Ворог ударив по підстанції", "RU"),
    ],
)
def test_forces_on_their_own_ground_and_an_enemy_of_nobody_known_accuse_no_other_side(
    language: str, text: str, attacker: str | None
) -> None:
    assert {claim.attacker for claim in events_of(text, language)} == {attacker}


@pytest.mark.parametrize(
    ("language", "text", "attackers"),
    [
        (
            "uk",
            "Росія відповіла на удар по НПЗ атакою на ТЕС у Кривому Розі",
            {"oil_refinery": None, "power_plant": "RU"},
        ),
        (
            "ru",
            "Украина ответила на атаку на подстанцию ударом по НПЗ в Рязани",
            {"substation": None, "oil_refinery": "UA"},
        ),
    ],
)
def test_who_answers_a_strike_did_not_make_it(language: str, text: str, attackers: dict[str, str | None]) -> None:
    found = {claim.target.class_id: claim.attacker for claim in events_of(text, language)}
    assert found == attackers


def test_a_side_that_follows_a_comma_is_not_where_it_was() -> None:
    (claim,) = events_of("Мер Чернігова: ворог вдарив по підстанції, росіяни це заперечують", "uk")
    assert (claim.attacker, claim.country) == ("RU", "UA")


@pytest.mark.parametrize(
    ("language", "text", "claimants"),
    [
        ("en", "Russia and Ukraine accused each other of striking the Sudzha gas metering station", {"RU", "UA"}),
        ("ru", "Россия обвиняет Украину, Украина — Россию в подрыве ГИС «Суджа»", {"RU"}),
        ("uk", "Росія та Україна звинуватили одна одну в ударі по ГВС «Суджа»", {"RU", "UA"}),
    ],
)
def test_of_two_sides_that_accuse_each_other_neither_is_taken_for_the_attacker(
    language: str, text: str, claimants: set[str]
) -> None:
    (claim,) = events_of(text, language)
    assert (claim.attacker, claim.stance) == (None, Stance.ALLEGED)
    assert {actor.party for actor in claim.claimants} == claimants


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Moscow accuses Kyiv of breaching energy truce with attacks on Bryansk and Kursk power facilities",
            {"Bryansk", "Kursk"},
        ),
        ("Russia hit Kherson and Mykolaiv power plants overnight", {"Kherson", "Mykolaiv"}),
        ("Russia hit a school in Kherson and the Mykolaiv power plant", {"Mykolaiv"}),
    ],
)
def test_two_places_before_one_plural_object_were_both_struck(text: str, places: set[str]) -> None:
    assert {claim.place and claim.place.name for claim in events_of(text)} == places


@pytest.mark.parametrize(
    ("text", "attacker"),
    [
        ("Kyiv rejects the claim and says Russia shelled the Sudzha gas metering station itself", "RU"),
        ("Moscow denies it and says Ukraine shelled the Kherson power plant itself", "UA"),
        ("Ukraine hit by Russian attack on a power plant in Sumy", "RU"),
    ],
)
def test_who_only_denies_and_tells_is_no_attacker_in_the_place_of_the_one_it_names(text: str, attacker: str) -> None:
    assert {claim.attacker for claim in claims_of(text, "en")} == {attacker}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "В окупованому місті Токмак знищили ворожу нафтобазу"),
        ("uk", "Вночі спалили ворожу нафтобазу в Криму"),
        ("uk", "У Миколаєві знищили ворожу нафтобазу"),
        ("ru", "В Токмаке уничтожена вражеская нефтебаза"),
        ("en", "Drones destroyed a hostile oil depot in Tokmak"),
    ],
)
def test_whose_own_the_target_is_has_not_attacked_it(language: str, text: str) -> None:
    [claim] = events_of(text, language)
    assert claim.attacker is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Ворожі дрони вдарили по підстанції в Сумах"),
        ("uk", "Внаслідок ворожої атаки пошкоджено підстанцію в Сумах"),
        ("en", "The enemy's missiles hit a substation in Sumy"),
    ],
)
def test_whose_the_weapon_is_has_attacked(language: str, text: str) -> None:
    [claim] = events_of(text, language)
    assert (claim.attacker, claim.attacker_basis) == ("RU", Basis.STATED)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Унаслідок нічної атаки постраждало обладнання двох ТЕС ДТЕК"),
        ("ru", "Ночью дроны атаковали электростанцию ДТЭК"),
        ("en", "A DTEK thermal power plant was damaged in an overnight drone attack"),
    ],
)
def test_the_plant_of_a_utility_lies_in_its_country(language: str, text: str) -> None:
    [claim] = events_of(text, language)
    assert (claim.country, claim.attacker, claim.attacker_basis) == ("UA", "RU", Basis.INFERRED)


def test_a_utility_that_tells_of_a_strike_elsewhere_moves_it_nowhere() -> None:
    [claim] = events_of("Укренерго: дрони вдарили по ТЕЦ у Бєлгороді", "uk")
    assert (claim.country, claim.attacker) == ("RU", "UA")


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("uk", "У Херсонській області росіяни атакували підстанцію", "RU"),
        ("uk", "У Сумській області РФ атакувала підстанцію", "RU"),
        ("ru", "В Херсонской области российские войска атаковали подстанцию", "RU"),
        ("ru", "В Запорожской области ВСУ ударили по подстанции", "UA"),
    ],
)
def test_who_stands_behind_a_region_and_strikes_is_the_attacker(language: str, text: str, attacker: str) -> None:
    [claim] = events_of(text, language)
    assert (claim.attacker, claim.attacker_basis) == (attacker, Basis.STATED)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "У Білгородській області РФ атаковано підстанцію"),
        ("ru", "В Брянской области РФ атаковали подстанцию"),
    ],
)
def test_the_country_of_a_region_is_no_attacker(language: str, text: str) -> None:
    [claim] = events_of(text, language)
    assert (claim.attacker, claim.attacker_basis) == ("UA", Basis.INFERRED)
    assert "attacker" not in claim.spans


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The General Staff of the Ukrainian Armed Forces said a substation in Belgorod was shelled by the Russians",
        ),
        ("ru", "Генштаб ВСУ: подстанция в Судже обстреляна россиянами"),
        ("uk", "Генштаб ЗСУ заявив, що підстанція в Бєлгороді обстріляна російськими військами"),
    ],
)
def test_the_agent_of_a_passive_is_the_attacker_also_of_its_own_ground(language: str, text: str) -> None:
    [claim] = events_of(text, language)
    assert (claim.attacker, claim.attacker_basis) == ("RU", Basis.STATED)


def test_who_tells_of_a_strike_in_a_divided_region_is_not_inferred_to_have_struck() -> None:
    [claim] = events_of("Балицкий: в Запорожье дроны ударили по подстанции", "ru")
    assert claim.attacker is None
    [claim] = events_of("Федоров: в Запорожье дроны ударили по подстанции", "ru")
    assert claim.attacker == "RU"


def test_an_attacker_is_not_inferred_against_what_the_report_tells_of_the_other_side() -> None:
    text = "После удара по подстанции в Запорожье\n\nВСУ атаковали подстанцию в Пологовском районе Запорожской области."
    assert {claim.attacker for claim in events_of(text, "ru")} <= {"UA", None}


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("uk", "Росіяни знеструмили Нікополь", "RU"),
        ("ru", "ВСУ обесточили часть Белгорода", "UA"),
        ("uk", "На ранок росіяни домоглися свого, знищивши енергооб'єкт у Херсоні", "RU"),
    ],
)
def test_whoever_cuts_off_a_town_or_destroys_by_the_way_has_attacked(language: str, text: str, attacker: str) -> None:
    [claim] = events_of(text, language)
    assert claim.attacker == attacker


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Енергетики знеструмили Нікополь для ремонту"),
        ("ru", "Из-за аварии обесточили часть Белгорода"),
    ],
)
def test_whoever_else_cuts_off_a_town_has_not(language: str, text: str) -> None:
    assert not events_of(text, language)


def test_whoever_broke_an_agreement_and_attacked_is_not_negotiating() -> None:
    [claim] = events_of("Росіяни порушили домовленості і атакували підстанцію в Херсоні", "uk")
    assert (claim.attacker, claim.stance) == ("RU", Stance.ASSERTED)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Масштабна атака занурила Київ у темряву: третина міста без тепла"),
        ("en", "The attack plunged Kyiv into darkness, a substation burned"),
        ("ru", "Кличко: тысячи многоэтажек остались без тепла из-за ночной атаки"),
    ],
)
def test_the_city_that_was_struck_or_who_tells_of_it_has_not_struck(language: str, text: str) -> None:
    assert {claim.attacker for claim in events_of(text, language)} <= {"RU", None}


def test_who_is_named_behind_a_colon_owns_no_object_before_it() -> None:
    claims = events_of("«Шахеди» б'ють по підстанціях: ЗС РФ хочуть колапсу на залізницях України", "uk")
    assert {claim.country for claim in claims} <= {"UA", None}


@pytest.mark.parametrize(
    "text",
    [
        "An oil refinery in Russia's Samara region caught fire after a drone attack, local media said",
        "Despite the statements of the Kiev regime, the Ukrainian armed forces kept on striking energy infrastructure",
        "Ukrainian artillery shelled a facility of Bryanskenergo",
    ],
)
def test_russian_ground_and_a_regime_make_russia_no_attacker(text: str) -> None:
    [claim] = events_of(text)
    assert claim.attacker == "UA"


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("en", "Ukraine shot down every missile aimed at a gas storage site in Lviv region", "RU"),
        ("en", "Ukraine's air force downs six drones fired at a power plant in Kharkiv", "RU"),
        ("uk", "Росія збила дрони, які атакували НПЗ у Рязані", "UA"),
        ("ru", "Украина сбила ракеты, летевшие на ТЭЦ в Харькове", "RU"),
    ],
)
def test_whoever_shoots_down_does_not_attack(language: str, text: str, attacker: str) -> None:
    assert {claim.attacker for claim in events_of(text, language)} <= {attacker, None}


def test_whoever_shoots_down_and_then_strikes_attacks() -> None:
    text = "Ukrainian forces downed a bomber over Kherson and struck an oil refinery near Samara"
    assert "UA" in {claim.attacker for claim in events_of(text)}


def test_the_seat_of_a_ministry_is_not_where_it_happened() -> None:
    text = "Ukrainian drone hit a gas distribution station in Valuyki, the defence ministry in Moscow reports"
    assert {claim.place.name for claim in events_of(text) if claim.place} == {"Valuyki"}
