"""What befell an energy object without a word of the cause: low in confidence, and laid to nobody."""

import pytest

from monitor.model.claims import Confidence
from tests.extraction.reading import claims_of, events_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Explosions heard at oil depot in Feodosia"),
        ("uk", "Вибухи на нафтобазі у Феодосії"),
        ("uk", "Підстанцію на Сумщині знищено"),
        ("ru", "На нефтебазе в Энгельсе прогремел взрыв"),
        ("ru", "Взрывы на НПЗ в Рязани, сообщают жители"),
        # Explosions are no cause by which what came of them would be explained.
        ("uk", "Після гучних вибухів у Керчі палає нафтобаза"),
        ("ru", "Из-за взрывов повреждена подстанция в Никополе"),
        ("en", "Oil depot burns in Kerch after loud explosions"),
        # "They destroyed", and nobody is named.
        ("uk", "У Макіївці знищили склад пального"),
        ("ru", "Под Ровно уничтожили нефтебазу"),
    ],
)
def test_explosions_and_destruction_without_a_cause_are_kept_as_doubtful_and_laid_to_nobody(
    language: str, text: str
) -> None:
    (claim,) = events_of(text, language)
    assert claim.confidence is Confidence.LOW
    assert (claim.attacker, claim.attacker_basis) == (None, None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Fire at oil depot in Feodosia"),
        ("en", "Substation in Sumy shut down"),
        ("en", "Transformer explodes at substation in Sumy after short circuit"),
        ("en", "Explosions at oil depot in Feodosia after welding accident"),
        ("en", "Oil depot in Feodosia destroyed by storm"),
        ("en", "Gas main explodes in Odesa"),
        ("uk", "На Івано-Франківщині вибухнув газопровід"),
        ("uk", "Пожежа на нафтобазі у Феодосії"),
        ("ru", "Взрыв на нефтебазе в Энгельсе произошёл из-за нарушения техники безопасности"),
        ("ru", "На подстанции в Белгороде перебит кабель"),
        ("uk", "Після сильної зливи вибухнула підстанція в Сумах, мешканці без світла"),
        ("ru", "Пожар уничтожил нефтебазу под Ровно"),
    ],
)
def test_fires_accidents_and_what_bursts_of_itself_are_not(language: str, text: str) -> None:
    assert not events_of(text, language)


def test_a_cause_in_the_body_explains_the_headline() -> None:
    claims = claims_of("Explosions at oil depot in Engels", text="Ukrainian drones struck the oil depot at night.")
    assert {claim.attacker for claim in claims} == {"UA"}
    assert {claim.confidence for claim in claims} == {Confidence.HIGH}


def test_an_accident_told_in_the_lead_explains_the_headline() -> None:
    assert not events_of("Взрыв на нефтебазе в Энгельсе", "ru", text="Причиной стал несчастный случай при ремонте.")
