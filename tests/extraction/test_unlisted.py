"""What a weapon does to an energy object is an attack, whatever the verb; what drones do without striking is none."""

import pytest

from monitor.model.claims import Confidence
from tests.extraction.reading import events_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Drones maul oil refinery in Ryazan"),
        ("en", "Drones wreak havoc on substation near Sumy"),
        ("en", "The substation was shredded by drones"),
        ("en", "The enemy eviscerated a substation in Kherson"),
        ("uk", "Шахеди перемололи підстанцію в Одесі"),
        ("uk", "Підстанцію скалічило дронами"),
        ("uk", "Ворог пошматував котельню в Херсоні"),
        ("ru", "Рой дронов измочалил нефтебазу в Приморске"),
        ("ru", "НПЗ раскурочен беспилотниками"),
        ("ru", "Враг искромсал подстанцию в Шебекино"),
    ],
)
def test_a_verb_that_no_vocabulary_has_is_read_with_low_confidence(language: str, text: str) -> None:
    (claim,) = events_of(text, language)
    assert claim.confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Drone operators train near power plant"),
        ("en", "Drone makers open plant beside substation"),
        ("en", "Drones guard Ukrainian substations"),
        ("en", "Drones inspect power lines in Kyiv region"),
        ("en", "Drones could cripple substation, experts warn"),
        ("en", "Missile defences protect power plants"),
        ("uk", "Дрон зняв палаючу нафтобазу"),
        ("uk", "Дрони обстежили лінії електропередачі"),
        ("uk", "Дрон не долетів до НПЗ"),
        ("uk", "Ворог хотів знищити підстанцію"),
        ("uk", "Ворог готував удар по ТЕЦ"),
        ("ru", "Беспилотники облетели подстанцию"),
        ("ru", "Дроны помогли энергетикам починить линию"),
        ("ru", "Дроны доставили детали на подстанцию"),
    ],
)
def test_what_drones_do_without_striking_is_no_attack(language: str, text: str) -> None:
    assert not [claim for claim in events_of(text, language) if claim.confidence is Confidence.LOW]
