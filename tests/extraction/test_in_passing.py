"""A country that a sentence names in passing is not taken for the ground that was struck."""

import pytest

from monitor.model.claims import Claim
from tests.extraction.reading import report_of, the_reader


def claims_of(title: str, language: str = "en") -> tuple[Claim, ...]:
    """Return all claims, on whatever was struck."""
    return the_reader().read(report_of(title, language)).claims


def events_of(title: str, language: str = "en") -> list[Claim]:
    return [claim for claim in claims_of(title, language) if claim.stance.reports_event]


@pytest.mark.parametrize(
    "title",
    [
        # the adjective is another thing's than the target's
        "Two Russian sailors of a tanker were hurt in strikes on a terminal off Yemen",
        "Ukrainian engineers recall how a missile hit a power plant abroad",
        "Russian cargo planes leave an airfield that was attacked by rebels",
    ],
)
def test_an_adjective_of_something_else_makes_nobody_the_attacker(title: str) -> None:
    assert [claim for claim in claims_of(title) if claim.attacker is not None] == []


@pytest.mark.parametrize(
    ("title", "attacker"),
    [
        ("A Russian oil depot was hit by drones", "UA"),
        ("Drones set Russia's oil terminals on fire", "UA"),
        ("A drone struck a substation in a Ukrainian village", "RU"),
    ],
)
def test_an_adjective_of_the_target_or_its_ground_still_shows_whose_enemy_did_it(title: str, attacker: str) -> None:
    assert {claim.attacker for claim in claims_of(title)} == {attacker}


@pytest.mark.parametrize(
    "title",
    [
        "Sermons in Russian churches reach new levels of anger",
        "New sanctions take aim at Russia's fleet of old tankers",
        "The European Union has now targeted Moscow's fleet of oil tankers",
        "Planes that landed at Moscow airports overnight fly home",
        "The law allows the navy to open fire on tankers in the Gulf of Finland",
        "The missile is designed to destroy power plants and airfields of Ukraine",
        "Adverse weather conditions also left parts of Chernihiv region without power",
    ],
)
def test_words_of_a_strike_that_tell_of_none_are_read_as_none(title: str) -> None:
    assert events_of(title) == []


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Через складні погодні умови без світла 20 сіл Чернігівщини", "uk"),
        ("Из-за сложных погодных условий обесточены 20 сёл Белгородской области", "ru"),
    ],
)
def test_weather_that_cuts_power_is_no_strike(title: str, language: str) -> None:
    assert events_of(title, language) == []


@pytest.mark.parametrize(
    ("title", "language"),
    [
        (
            "Russia's Battlegroup West destroyed four enemy armoured combat vehicles near Kupiansk, the ministry said",
            "en",
        ),
        ("Группировка войск «Запад» уничтожила склад боеприпасов под Купянском, сообщило Минобороны", "ru"),
    ],
)
def test_a_group_of_forces_that_russia_names_by_a_direction_is_the_attacker(title: str, language: str) -> None:
    claims = claims_of(title, language)
    assert {claim.attacker for claim in claims} == {"RU"}
    assert {claim.target.class_id for claim in claims} == {"military"}


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Після вранішньої атаки Київ лишився без двох підстанцій", "uk"),
        ("После утренней атаки Киев остался без двух подстанций", "ru"),
    ],
)
def test_whoever_is_the_subject_of_what_an_attack_brought_about_is_not_its_agent(title: str, language: str) -> None:
    assert {claim.attacker for claim in claims_of(title, language)} <= {"RU", None}


@pytest.mark.parametrize(
    ("title", "language", "attacker"),
    [
        ("Після атаки росіян місто без двох підстанцій у Сумах", "uk", "RU"),
        ("После атаки ВСУ повреждена подстанция в Курской области", "ru", "UA"),
        # by what means, and who used it
        ("Ударами по підстанціях росіяни залишили без світла шахтарське містечко", "uk", "RU"),
        ("Ударом по подстанции Киев оставил без света Белгород", "ru", "UA"),
    ],
)
def test_an_agent_in_the_genitive_still_is_one(title: str, language: str, attacker: str) -> None:
    assert {claim.attacker for claim in claims_of(title, language)} == {attacker}


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Russia's Battlegroup Dnepr destroyed an ammunition depot", "en"),
        ("Группировка войск «Днепр» уничтожила склад боеприпасов", "ru"),
    ],
)
def test_a_group_of_forces_that_bears_the_name_of_a_city_is_no_place(title: str, language: str) -> None:
    assert [claim.place for claim in claims_of(title, language)] == [None]


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Взрыв на газопроводе «Уренгой — Помары — Ужгород», причины неизвестны", "ru"),
        ("Вибух на нафтопроводі «Самара – Одеса», причини невідомі", "uk"),
        ('Explosion on the pipeline "Torzhok - Dolyna", cause unknown', "en"),
    ],
)
def test_the_ends_of_a_pipeline_are_not_where_it_was_struck(title: str, language: str) -> None:
    assert {(claim.place, claim.attacker) for claim in claims_of(title, language)} <= {(None, None)}


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Відключення супутникового зв’язку над Кримом зірвало атаку", "uk"),
        ("Отключение интернета в Крыму объяснили угрозой атаки", "ru"),
    ],
)
def test_a_network_of_signals_that_was_switched_off_is_no_outage_of_power(title: str, language: str) -> None:
    assert events_of(title, language) == []


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Ukraine reports an overnight attack on its substation in Sumy", "en"),
        ("Київ заявив про атаку на свою підстанцію в Сумах", "uk"),
        ("Киев сообщил об ударе по своей подстанции в Сумах", "ru"),
    ],
)
def test_whoever_tells_of_a_strike_on_what_is_its_own_did_not_strike(title: str, language: str) -> None:
    assert {claim.attacker for claim in claims_of(title, language)} <= {"RU", None}
