"""Spellings of names: Latin ones by the official tables, Ukrainian ones of Russian names, and which sound alike."""

import pytest

from monitor.catalogue.transliteration import is_cognate, latin_spellings, sounds_like, ukrainian_spellings


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("Київ", "Kyiv"),
        ("Згурівка", "Zghurivka"),
        ("Єнакієве", "Yenakiieve"),
        ("Слов'янськ", "Sloviansk"),
        ("Запоріжжя", "Zaporizhzhia"),
        ("Кривий Ріг", "Kryvyi Rih"),
        ("Елец", "Yelets"),
        ("Грозный", "Grozny"),
        ("Рыльск", "Rylsk"),
        ("Ростов-на-Дону", "Rostov-Na-Donu"),
    ],
)
def test_names_are_spelled_as_the_official_tables_say(name: str, spelling: str) -> None:
    assert spelling in latin_spellings(name)


def test_a_name_in_letters_of_both_languages_gets_both_spellings() -> None:
    assert latin_spellings("Полтава") == ("Poltava",)
    assert latin_spellings("Херсон") == ("Kherson",)
    assert set(latin_spellings("Горлово")) == {"Horlovo", "Gorlovo"}


@pytest.mark.parametrize(
    ("russian", "ukrainian"),
    [
        ("Шебекино", "Шебекіно"),
        ("Новороссийск", "Новоросійськ"),
        ("Энгельс", "Енгельс"),
        ("Белгород", "Бєлгород"),
        ("Борисовка", "Борисівка"),
        ("Красная Яруга", "Красна Яруга"),
        ("Волжский", "Волжський"),
        ("Елец", "Єлець"),
    ],
)
def test_ukrainian_writes_russian_names_its_own_way(russian: str, ukrainian: str) -> None:
    assert ukrainian in ukrainian_spellings(russian)


@pytest.mark.parametrize(("one", "other"), [("Sloviansk", "Slavyansk"), ("Kharkiv", "Harkiv"), ("Odesa", "Odessa")])
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sounds_like(one, other)


def test_a_former_name_is_no_cognate() -> None:
    assert is_cognate("Hvardiiske", "Gvardeyskoye")
    assert not is_cognate("Novospaske", "Petrovka")
    assert not sounds_like("Sumy", "Summa")
