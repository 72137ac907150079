"""Whether a weapon reached the target, or the debris of one that had been brought down."""

import pytest

from tests.extraction.reading import events_of

BY_DEBRIS = [
    ("en", "Ukrainian forces shot down 20 Russian drones over Kharkiv; debris damaged a substation"),
    ("en", "Debris of a downed Russian drone sparked a fire at a thermal power plant in Kryvyi Rih"),
    ("en", "Russian drones attacked a substation in Odesa. A fire broke out after debris fell."),
    ("uk", "Уламки збитого дрона обірвали лінію електропередачі на Черкащині, два села без світла"),
    ("uk", "Через падіння уламків російського шахеда загорілася підстанція у Вінниці"),
    ("ru", "Обломки сбитого БПЛА упали на нефтебазу в Ростовской области, начался пожар"),
    ("ru", "Украинские беспилотники атаковали НПЗ в Саратове. Возгорание произошло из-за падения обломков."),
]
BY_A_WEAPON = [
    ("en", "Russian drones hit a substation in Kharkiv, causing a fire"),
    ("en", "Russian drones hit a power substation in Sumy, and debris fell on an apartment building"),
    ("en", "Russian drones hit a substation in Sumy. Two homes were damaged by debris."),
    ("uk", "Російський дрон влучив у підстанцію в Сумах, уламки пошкодили житловий будинок"),
    ("ru", "Украинские беспилотники ударили по нефтебазе в Ростовской области, обломки повредили жилой дом"),
]
CASES = [(True, *one) for one in BY_DEBRIS] + [(False, *one) for one in BY_A_WEAPON]


@pytest.mark.parametrize(("debris", "language", "text"), CASES)
def test_damage_by_debris_is_told_from_a_hit(debris: bool, language: str, text: str) -> None:
    assert {claim.by_debris for claim in events_of(text, language)} == {debris}
