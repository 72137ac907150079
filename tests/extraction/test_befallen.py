"""What comes over an object without anybody's attack is no strike, whatever the verb."""

import pytest

from tests.extraction.reading import events_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Power outages hit Odesa substation area after storm"),
        ("en", "Sumy power plant hit by flu: half of staff off sick"),
        ("en", "Ukrainian power company hit by corruption scandal"),
        ("en", "Belgorod region struck by blackout as ice brings down power lines"),
        ("en", "Moscow hit with record heat demand as power grid creaks"),
        ("en", "Earthquake hits Sochi; oil terminal evacuated"),
        ("en", "Kherson power grid hit hard by shortage of transformers"),
        ("en", "Odesa power plant struck by lightning"),
        ("en", "Ukraine hits target for gas storage injection"),
        ("en", "Moscow power plant strikes new heat supply record"),
        ("ru", "ЦБ ударил ставкой по энергетикам"),
        ("ru", "Ураган ударил по энергосетям Белгорода"),
        ("ru", "Удар тока убил электрика на подстанции в Курске"),
        ("uk", "Буревій ударив по енергомережах Сумщини"),
    ],
)
def test_what_befalls_an_object_is_no_strike(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sumy power plant hit by drones"),
        ("en", "Sumy power plant hit by what officials said was a missile"),
        ("en", "Kherson power grid hit hard by Russian shelling"),
        ("en", "Odesa substation hit by a glide bomb, blackout follows"),
        ("en", "Oil depot in Engels struck overnight by Ukraine"),
        ("en", "Storm Shadow missiles hit a power plant in Bryansk"),
        ("en", "Substation in Sumy hit with two drones"),
        ("en", "Substation near Nikopol struck by artillery fire"),
        ("ru", "Дрон ударил по энергосетям Белгорода"),
        ("uk", "Дрон ударив по енергомережах Сумщини"),
    ],
)
def test_what_an_attacker_or_a_weapon_does_is(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "Odesa hit by blackout",
        "Kyiv schools hit by power cuts as prices rise",
        "Kharkiv struck by a second power outage",
    ],
)
def test_a_city_that_is_hit_by_an_outage_was_not_therefore_attacked(text: str) -> None:
    assert not events_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Odesa hit by blackout after Russian strikes",
        "Kyiv hit by power cuts as Russian drones pound the city",
        "Kharkiv hit by drones, power out",
    ],
)
def test_a_city_that_an_attack_cut_off_was_attacked(text: str) -> None:
    assert {claim.attacker for claim in events_of(text)} == {"RU"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Одесу накрив блекаут через перевантаження мереж"),
        ("ru", "Одессу накрыл блэкаут: без света весь центр"),
        ("ru", "Учения по ликвидации последствий атаки БПЛА прошли на НПЗ в Уфе"),
        ("uk", "Навчання з ліквідації наслідків атаки дронів пройшли на ТЕС у Харкові"),
        ("ru", "Украина ударит по «Дружбе», если Венгрия не снимет вето"),
    ],
)
def test_what_covers_a_city_what_is_rehearsed_and_what_is_to_come_accuse_nobody(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Ворожі дрони накрили блекаутом Одесу"),
        ("ru", "После ракетного удара Одессу накрыл блэкаут"),
    ],
)
def test_an_attack_that_covered_a_city_with_darkness_is_one(language: str, text: str) -> None:
    assert events_of(text, language)
