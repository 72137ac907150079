"""Names that say where it was only because something was struck, and names that never do."""

import pytest

from tests.extraction.reading import claims_of

NAMED: list[tuple[str, str, str, str | None]] = [
    ("en", "Chuhuiv without power as drones slam into switching station", "Chuhuiv", "RU"),
    ("en", "DTEK's Ladyzhyn plant takes direct hit", "Ladyzhyn", "RU"),
    ("en", "Svitlovodsk dark after missiles damage substation", "Svitlovodsk", "RU"),
    ("en", "Substation burns in Russian-held Vasylivka after drone attack", "Vasylivka", None),
    ("uk", "Приліт у ТЕЦ, зупинені два котли — мер Чернігова про ранок неділі", "Chernihiv", "RU"),
    ("uk", "Лівий берег Києва без електрики і води: наслідки масованого обстрілу", "Kyiv", "RU"),
    ("uk", "Дрони вдарили по підстанції, половина Сум без світла", "Sumy", "RU"),
    ("uk", "Знеструмлено Ромни: дрони влучили у підстанцію", "Romny", "RU"),
    ("ru", "Мэр Харькова: ракеты попали в подстанцию", "Kharkiv", "RU"),
    ("ru", "Жители Белгорода сидят без света после удара беспилотников по подстанции", "Belgorod", "UA"),
]


@pytest.mark.parametrize(("language", "text", "place", "attacker"), NAMED)
def test_a_town_that_a_strike_is_told_of_is_where_it_was(
    language: str, text: str, place: str, attacker: str | None
) -> None:
    claims = claims_of(text, language)
    assert {claim.place.name for claim in claims if claim.place} == {place}
    assert {claim.attacker for claim in claims} == {attacker}


NO_PLACES: list[tuple[str, str]] = [
    ("en", "Drones hit a substation, Governor Orlov said"),
    ("en", "Missiles damage power plant, says Marina Vovchenko"),
    ("en", "Missiles damage power plant, says Ladyzhyn"),
    ("uk", "Дрони влучили у підстанцію, повідомив мер Чернігов"),
    ("uk", "Влучання у підстанцію підтвердив Олег Лебедин"),
    ("ru", "Беспилотники попали в подстанцию, сообщил губернатор Орлов"),
    ("ru", "Дроны ударили по подстанции, заявил депутат Киров"),
]


@pytest.mark.parametrize(("language", "text"), NO_PLACES)
def test_whoever_tells_of_a_strike_is_no_town(language: str, text: str) -> None:
    assert [claim.place for claim in claims_of(text, language)] == [None]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Drones hit a substation, Kyiv said"),
        ("uk", "Дрони влучили у підстанцію, заявив Київ"),
        ("ru", "Позиция Киева: по подстанции ударили дроны"),
    ],
)
def test_a_capital_that_speaks_is_not_where_it_was(language: str, text: str) -> None:
    assert {claim.place for claim in claims_of(text, language)} == {None}


def test_a_sure_place_of_another_region_is_kept_before_a_name_that_may_mean_one() -> None:
    claims = claims_of("Drones hit a substation in Sumy region. Ladyzhyn crews help with repairs", "en")
    assert {claim.place.region for claim in claims if claim.place} == {"UA.21"}
