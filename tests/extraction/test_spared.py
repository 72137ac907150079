"""That nobody was hurt says nothing of the target; that the target was not hurt does."""

import pytest

from monitor.model.reports import Language
from tests.builders import a_report, at
from tests.extraction.reading import the_reader


def reports_a_strike(language: str, text: str) -> bool:
    report = a_report(text, language=Language(language), published=at("2025-04-02T10:00"))
    energy = the_reader().read(report).claims
    return any(claim.stance.reports_event for claim in energy)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Унаслідок удару по нафтобазі ніхто не постраждав"),
        ("ru", "При ударе по нефтебазе люди не пострадали"),
        ("en", "Nobody was hurt in the drone strike on the oil depot"),
    ],
)
def test_a_strike_that_hurt_nobody_is_a_strike(language: str, text: str) -> None:
    assert reports_a_strike(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Після атаки дронів на місто нафтобаза не постраждала"),
        ("ru", "Нефтебаза при атаке на город не пострадала"),
        ("en", "The oil depot was not damaged in the attack on the city"),
    ],
)
def test_a_target_that_was_spared_was_not_struck(language: str, text: str) -> None:
    assert not reports_a_strike(language, text)
