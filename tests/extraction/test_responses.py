"""Who owns up to a strike is its attacker; who says neither yes nor no is none, and claims and denies nothing."""

import pytest

from monitor.model.claims import Basis, Stance
from tests.extraction.reading import events_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kyiv refused to comment on the drone attack on an oil depot in Engels"),
        ("en", "Ukraine neither confirmed nor denied involvement in the strike on the Engels oil depot"),
        ("en", "Ukraine has not claimed responsibility for the attack on the oil depot in Engels"),
        ("uk", "У Генштабі відмовилися коментувати удар по нафтобазі в Енгельсі"),
        ("uk", "Київ не підтвердив, але й не заперечив причетність до атаки на нафтобазу в Енгельсі"),
        ("ru", "Киев не стал комментировать удар по нефтебазе в Энгельсе"),
        ("ru", "Киев отказался подтвердить или опровергнуть причастность к атаке на нефтебазу в Энгельсе"),
    ],
)
def test_who_says_neither_yes_nor_no_is_not_called_the_attacker(language: str, text: str) -> None:
    (claim,) = events_of(text, language)
    assert (claim.stance, claim.claimants, claim.denied_by) == (Stance.ASSERTED, (), ())
    assert claim.attacker_basis is Basis.INFERRED


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ukraine claimed responsibility for the attack on an oil depot in Engels"),
        ("en", "The SBU admitted its involvement in the strike on the Engels oil depot"),
        ("uk", "СБУ взяла на себе відповідальність за удар по нафтобазі в Енгельсі"),
        ("uk", "У Києві визнали причетність до удару по нафтобазі в Енгельсі"),
        ("ru", "В Киеве признали ответственность за удар по нефтебазе в Энгельсе"),
        ("ru", "Украина взяла ответственность за атаку на нефтебазу в Энгельсе"),
    ],
)
def test_who_owns_up_is_the_attacker_and_the_claimant(language: str, text: str) -> None:
    (claim,) = events_of(text, language)
    assert (claim.attacker, claim.attacker_basis) == ("UA", Basis.STATED)
    assert {actor.party for actor in claim.claimants} == {"UA"}


def test_who_owns_up_is_the_attacker_even_where_a_namesake_lies_on_its_own_ground() -> None:
    (claim,) = events_of("В Киеве признали ответственность за удар по НПЗ в Славянске", "ru")
    assert claim.attacker == "UA"


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("en", "Russia struck a substation in Sumy and declined to comment on the losses", "RU"),
        ("uk", "Росія вдарила по підстанції в Сумах, у Кремлі відмовилися коментувати", "RU"),
        ("ru", "Украина ударила по нефтебазе в Энгельсе, в Кремле не комментируют", "UA"),
    ],
)
def test_silence_afterwards_changes_nothing(language: str, text: str, attacker: str) -> None:
    (claim,) = events_of(text, language)
    assert (claim.attacker, claim.attacker_basis) == (attacker, Basis.STATED)
