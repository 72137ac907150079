"""What came of an attack, by the words that tell it."""

import pytest

from tests.extraction.reading import events_of

TOLD = [
    ("en", "A strike on the Sumy substation was reported at dawn", "hit"),
    ("en", "Russian artillery shelled a substation in Nikopol", "hit"),
    ("en", "A drone attack on the Afipsky refinery was reported", "unknown"),
    ("en", "Transformer at Sumy substation mangled in a drone raid", "damaged"),
    ("en", "Ukrainian drones set fuel tanks ablaze at the Azov oil depot", "fire"),
    ("en", "A drone strike on the Ryazan refinery was repelled", "intercepted"),
    ("en", "Air defences down nine drones over the Saratov refinery", "intercepted"),
    ("en", "Drones hit a Sumy substation. Nobody was hurt. A fire broke out.", "fire"),
    ("en", "Drones attacked a Sumy substation. A year ago a fire gutted it.", "unknown"),
    ("en", "A missile devastated a thermal plant in Ladyzhyn", "damaged"),
    ("en", "Drone attack on the Azov oil depot repulsed, governor says", "intercepted"),
    ("uk", "Удар по підстанції на Сумщині підтвердили в ОВА", "hit"),
    ("uk", "Росіяни обстріляли підстанцію в Нікополі", "hit"),
    ("uk", "Атака на Афіпський НПЗ: деталі", "unknown"),
    ("uk", "ССО підірвали нафтобазу в Криму", "damaged"),
    ("uk", "Дрони підпалили резервуари нафтобази в Азові", "fire"),
    ("uk", "ППО відбила удар по ТЕЦ у Харкові", "intercepted"),
    ("uk", "Дрони влучили в нафтобазу в Азові. Постраждалих немає. Виникла пожежа.", "fire"),
    ("uk", "Шахед розтрощив трансформатор підстанції в Ромнах", "damaged"),
    ("uk", "Атаку на ТЕЦ у Сумах відбито, збито чотири дрони", "intercepted"),
    ("uk", "Стовп диму над НПЗ у Саратові після удару дронів", "fire"),
    ("uk", "Сизранський НПЗ призупинив роботу після атаки дронів", "damaged"),
    ("uk", "ППО збила 12 з 14 дронів, у Сумах влучання в підстанцію", "hit"),
    ("ru", "Удар по подстанции в Шебекино подтвердил губернатор", "hit"),
    ("ru", "ВСУ обстреляли подстанцию в Шебекино", "hit"),
    ("ru", "Атака на Афипский НПЗ: что известно", "unknown"),
    ("ru", "ВСУ взорвали газоизмерительную станцию в Судже", "damaged"),
    ("ru", "Беспилотники подожгли резервуары нефтебазы в Азове", "fire"),
    ("ru", "ПВО отразила удар по НПЗ в Рязани", "intercepted"),
    ("ru", "Дроны ударили по нефтебазе в Азове. Пострадавших нет. Возник пожар.", "fire"),
    ("ru", "Дрон ВСУ изрешетил трансформатор подстанции в Рыльске", "damaged"),
    ("ru", "Атака на нефтебазу в Таганроге отбита силами ПВО", "intercepted"),
    ("ru", "Клубы дыма над НПЗ в Саратове после удара дронов", "fire"),
]


@pytest.mark.parametrize(("language", "text", "outcome"), TOLD)
def test_the_outcome_is_read(language: str, text: str, outcome: str) -> None:
    title, _, body = text.partition(". ")
    assert {claim.outcome.value for claim in events_of(title, language, body or None)} == {outcome}


@pytest.mark.parametrize(
    "text",
    [
        "Sweden sends transformers to replace substations destroyed by Russia",
        "Moscow says it shot down its own missiles bound for energy sites",
        "Pope: striking power plants is wrong",
        "Since the full-scale invasion Russia has hit Ukraine's power grid forty times",
    ],
)
def test_what_is_said_of_strikes_is_none(text: str) -> None:
    assert events_of(text) == []


def test_a_part_that_is_intact_does_not_undo_the_strike() -> None:
    assert events_of("Kaniv hydroelectric station takes a missile strike, turbines intact")
    assert not events_of("Kaniv hydroelectric station intact, no strike on it, says operator")
