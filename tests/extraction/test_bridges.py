"""Damage that a title tells, and an attack that the body begins with; and neighbours that say something else."""

import pytest

from tests.extraction.reading import events_of

TOGETHER: list[tuple[str, str, str]] = [
    ("en", "Ryazan refinery ablaze again", "Residents counted six blasts. The regional head blamed falling debris."),
    ("en", "Izmail wakes without power", "Fifty drones had come over the river during the night, and some struck."),
    ("uk", "Місто Ізмаїл без електрики", "Уночі дрони атакували місто. Школи перейшли на дистанційку."),
    ("uk", "Палає нафтобаза в Енгельсі", "Місцеві чули вибухи. Губернатор каже про падіння уламків."),
    ("ru", "В Рязани горит НПЗ", "Ночью город атаковали беспилотники, сообщил губернатор."),
    ("ru", "Энгельс: горит нефтебаза", "Жители слышали взрывы. Власти говорят о падении обломков."),
]

APART = [
    ("uk", "Дрон атакував село на Сумщині. На щастя, ніхто не постраждав. Пошкоджено трансформатор."),
    ("ru", "Хутор под Белгородом подвергся атаке дрона. Пострадавших нет. Повреждена линия электропередачи."),
    ("en", "A drone attacked a village near Sumy. Nobody was hurt. A transformer was damaged."),
]


@pytest.mark.parametrize(("language", "text"), APART)
def test_that_nobody_was_hurt_parts_no_attack_from_what_came_of_it(language: str, text: str) -> None:
    assert events_of("Коротко" if language != "en" else "In brief", language, text)


@pytest.mark.parametrize(("language", "title", "text"), TOGETHER)
def test_the_body_tells_the_attack_behind_the_damage_of_the_title(language: str, title: str, text: str) -> None:
    assert events_of(title, language, text)


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "Omsk refinery on fire", "A pump failed, the plant said. Firemen are at work."),
        ("en", "Omsk refinery on fire", "A pump failed. Last week drones attacked a depot in Bryansk."),
        ("uk", "В Омську горить НПЗ", "Загорівся насос. Раніше дрони атакували нафтобазу на Брянщині."),
        ("uk", "Без світла сім сіл", "Причина — негода. Енергетики працюють."),
        ("ru", "В Омске горит НПЗ", "Загорелся насос. Рядом с нефтебазой в Энгельсе упал дрон."),
        ("ru", "Без света семь сёл", "Причина — авария. Энергетики работают."),
    ],
)
def test_an_accident_beside_another_strike_is_an_accident(language: str, title: str, text: str) -> None:
    assert [
        claim.target.name for claim in events_of(title, language, text) if "refiner" in (claim.target.name or "")
    ] == []
    assert not [claim for claim in events_of(title, language, text) if claim.spans["sentence"][0][0] == 0]
