"""That nobody was hurt says nothing of the target; that the target was not hurt does."""

import pytest

from tests.extraction.reading import events_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Унаслідок удару по нафтобазі ніхто не постраждав"),
        ("ru", "При ударе по нефтебазе люди не пострадали"),
        ("en", "Nobody was hurt in the drone strike on the oil depot"),
    ],
)
def test_a_strike_that_hurt_nobody_is_a_strike(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Після атаки дронів на місто нафтобаза не постраждала"),
        ("ru", "Нефтебаза при атаке на город не пострадала"),
        ("en", "The oil depot was not damaged in the attack on the city"),
    ],
)
def test_a_target_that_was_spared_was_not_struck(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Російський дрон влучив у ТЕЦ у Харкові, енергоблоки не постраждали"),
        ("ru", "Обломки повредили установку на НПЗ в Саратове, резервуары не пострадали"),
        ("en", "Drones hit a refinery in Saratov, fuel tanks were not damaged"),
    ],
)
def test_a_part_that_was_spared_spares_no_whole(language: str, text: str) -> None:
    assert events_of(text, language)
