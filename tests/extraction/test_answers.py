"""A denial that points back reaches the claims before it, leaves them alleged, and spreads to nothing else."""

import pytest

from monitor.model.claims import Stance
from tests.extraction.reading import claims_of, events_of

BRYANSK = "Russia's Defence Ministry said Ukrainian drones had attacked a substation in Bryansk region"
SUMY = "Ukraine's General Staff said Russian drones had attacked a substation in Sumy."
SUDZHA = "Минобороны РФ заявило о ракетном ударе ВСУ по ГИС «Суджа»."
SUDZHA_UK = "Міноборони РФ заявило про ракетний удар ЗСУ по ГВС «Суджа»."
SUMY_RU = "Генштаб Украины сообщил, что российские дроны атаковали подстанцию в Сумах."
SUMY_UK = "Генштаб повідомив, що російські дрони атакували підстанцію на Сумщині."

DENIED = [
    ("en", f"{BRYANSK}. Ukraine denied it.", "UA"),
    ("en", f"{BRYANSK}. Kyiv dismissed the accusation as false.", "UA"),
    ("en", f"{BRYANSK}. Ukraine's General Staff called the statements false.", "UA"),
    ("en", f"{BRYANSK}. Kyiv denied this, saying Russia had shelled the station itself.", "UA"),
    ("en", f"{BRYANSK}. Moscow's claims were denied by Kyiv.", "UA"),
    ("en", f'{BRYANSK}. Kyiv\'s military dismissed that as "groundless".', "UA"),
    ("en", f"{BRYANSK}. This is a lie, Ukraine's General Staff said.", "UA"),
    ("en", f"{BRYANSK}. A Ukrainian spokesman called it nonsense.", "UA"),
    ("en", f"{BRYANSK}, a claim Kyiv rejected.", "UA"),
    ("en", f"{BRYANSK}, but Kyiv denied it.", "UA"),
    ("en", f"{SUMY} Moscow denies the claim.", "RU"),
    ("en", f"{SUMY} The Kremlin rejected this.", "RU"),
    ("en", f"{SUMY} Russia has denied responsibility.", "RU"),
    ("ru", f"{SUDZHA} В Генштабе ВСУ это опровергли.", "UA"),
    ("ru", f"{SUDZHA} В Киеве обвинения отвергли.", "UA"),
    ("ru", f"{SUDZHA} Украинская сторона это отрицает.", "UA"),
    ("ru", f"{SUDZHA} Киев назвал обвинения ложью.", "UA"),
    ("ru", f"{SUDZHA} Обвинения Москвы в Киеве назвали беспочвенными.", "UA"),
    ("ru", f"{SUDZHA} Генштаб ВСУ опроверг сообщение Минобороны РФ.", "UA"),
    ("ru", f"{SUMY_RU} В Минобороны это опровергли.", "RU"),
    ("ru", f"{SUMY_RU} Москва отрицает причастность.", "RU"),
    ("uk", f"{SUDZHA_UK} У Генштабі ЗСУ це заперечили.", "UA"),
    ("uk", f"{SUDZHA_UK} Генштаб назвав це фейком.", "UA"),
    ("uk", f"{SUDZHA_UK} Жодного з цих ударів не було, наголосили в Генштабі.", "UA"),
    ("uk", "Росія звинувачує Україну в ударі по ГВС «Суджа», у Генштабі кажуть про провокацію", "UA"),
    ("uk", f"{SUMY_UK} У Кремлі це заперечили.", "RU"),
    ("uk", f"{SUMY_UK} У Міноборони РФ назвали це брехнею.", "RU"),
    ("uk", f"{SUMY_UK} Москва відкидає звинувачення.", "RU"),
]


@pytest.mark.parametrize(("language", "text", "denier"), DENIED)
def test_a_denial_of_what_was_said_before_is_kept_beside_it(language: str, text: str, denier: str) -> None:
    (claim,) = events_of(text, language)
    assert claim.stance is Stance.ALLEGED
    assert {actor.party for actor in claim.denied_by} == {denier}
    assert denier not in {actor.party for actor in claim.claimants}
    assert len(claim.spans["denied_by"]) == len(claim.denied_by)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", f"{BRYANSK}. Ukraine denied it was losing ground near Pokrovsk."),
        ("en", f"{BRYANSK}. Kyiv rejected a ceasefire."),
        ("en", f"{BRYANSK}. Kyiv denied reports of a new mobilisation."),
        ("en", f"{BRYANSK}. Kyiv rejected the proposal."),
        ("en", f"{BRYANSK}. The Kremlin denied the claims about talks."),
        ("ru", f"{SUDZHA} Киев отверг предложение о перемирии."),
        ("ru", f"{SUDZHA} В Киеве опровергли сообщения о мобилизации."),
        ("ru", f"{SUDZHA} Украина отрицает, что готовит наступление."),
        ("uk", f"{SUMY_UK} Москва відкинула пропозицію про перемир'я."),
        ("uk", f"{SUMY_UK} У Кремлі заперечили чутки про мобілізацію."),
        ("uk", f"{SUMY_UK} Росія заперечує, що готує наступ."),
    ],
)
def test_a_denial_of_something_else_is_none_of_the_claim(language: str, text: str) -> None:
    assert [claim.denied_by for claim in events_of(text, language)] == [()]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Moscow's accusation that Kyiv shelled a substation in Bryansk was rejected by Ukraine"),
        ("uk", "Обстріл газопроводу «Турецький потік»: Київ відкидає звинувачення Москви"),
        ("uk", "Звинувачення Москви в обстрілі підстанції на Брянщині Україна відкинула"),
        ("ru", "Обвинения Москвы в обстреле подстанции в Брянской области Украина отвергла"),
    ],
)
def test_an_accusation_that_its_own_sentence_answers_is_at_most_alleged(language: str, text: str) -> None:
    (claim,) = claims_of(text, language)
    assert claim.stance in (Stance.ALLEGED, Stance.DENIED)
    assert {actor.party for actor in claim.denied_by} == {"UA"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ukraine denied responsibility after a strike on a substation in Bryansk"),
        ("uk", "Україна заперечила причетність після удару по підстанції у Брянську"),
        ("ru", "Украина отвергла причастность после удара по подстанции в Брянске"),
    ],
)
def test_who_denies_its_part_after_a_strike_is_a_denier_of_a_strike(language: str, text: str) -> None:
    (claim,) = events_of(text, language)
    assert claim.stance is Stance.ALLEGED
    assert [actor.party for actor in claim.denied_by] == ["UA"]


def test_a_headline_that_names_no_attacker_is_alleged_where_the_report_has_a_denial() -> None:
    text = (
        "Russia's Defence Ministry said Ukraine hit the Sudzha gas metering station with HIMARS. Ukraine's General "
        "Staff said Russia had shelled the facility itself and that the accusations are unfounded."
    )
    found = events_of("Sudzha gas station shelled again", text=text)
    assert [(claim.stance, len(claim.denied_by)) for claim in found] == [(Stance.ALLEGED, 1)] * len(found)


def test_of_two_accusations_each_side_denies_the_one_that_is_laid_to_it() -> None:
    found = events_of(f"{BRYANSK}. {SUMY} Kyiv denied the accusation.")
    assert {claim.attacker: [actor.party for actor in claim.denied_by] for claim in found} == {"UA": ["UA"], "RU": []}


def test_a_headline_about_the_same_strike_is_denied_too() -> None:
    found = events_of("Sudzha gas metering station shelled", text=f"{BRYANSK}. Kyiv denied it.")
    assert {claim.target.class_id: len(claim.denied_by) for claim in found} == {"gas_metering": 0, "substation": 1}
    found = events_of("Ukrainian drones attack substation in Bryansk region", text=f"{BRYANSK}. Kyiv denied it.")
    assert [len(claim.denied_by) for claim in found] == [1] * len(found)


@pytest.mark.parametrize(
    ("language", "text", "denier"),
    [
        (
            "en",
            "Ukraine's General Staff: reports of Ukrainian strikes on Belgorod substations are disinformation",
            "UA",
        ),
        ("ru", "Песков заявил, что слова Зеленского об ударе по Херсонской ТЭЦ — «ложь»", "RU"),
        ("uk", "У Генштабі ЗСУ кажуть, що повідомлення про удар по нафтобазі в Курську — дезінформація", "UA"),
        ("ru", "В Генштабе ВСУ заявили, что сообщения об ударе по нефтебазе в Курске — фейк", "UA"),
        ("uk", "Посол України: твердження про удар по «Дружбі» не відповідають дійсності", "UA"),
    ],
)
def test_what_is_called_untrue_is_denied_by_who_calls_it_so(language: str, text: str, denier: str) -> None:
    found = claims_of(text, language)
    assert {claim.stance for claim in found} == {Stance.DENIED}
    assert [actor.party for claim in found for actor in claim.denied_by] == [denier] * len(found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia does not deny hitting the Kherson power plant, calls it a military target"),
        ("uk", "Росія не заперечує, що вдарила по Херсонській ТЕЦ"),
        ("ru", "Россия не отрицает, что ударила по Херсонской ТЭЦ"),
    ],
)
def test_who_does_not_deny_is_no_denier(language: str, text: str) -> None:
    (claim,) = events_of(text, language)
    assert not claim.denied_by


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kremlin: Kyiv has not stopped striking energy facilities"),
        ("uk", "Кремль: Київ не припиняє удари по енергетиці, мораторій під загрозою"),
        ("ru", "Кремль: Киев не прекращает удары по энергетике"),
    ],
)
def test_not_to_stop_striking_is_no_denial(language: str, text: str) -> None:
    assert all(claim.stance is not Stance.DENIED and not claim.denied_by for claim in claims_of(text, language))


@pytest.mark.parametrize(
    "text",
    [
        "General Staff rejects claims Ukrainian troops blew up Sudzha gas metering station",
        "Kyiv denies reports Ukrainian drones hit a Belgorod substation",
        "Kremlin dismissed reports its forces had struck a substation in Odesa",
    ],
)
def test_a_denial_of_claims_that_are_told_without_that_is_a_denial(text: str) -> None:
    assert {claim.stance for claim in claims_of(text, "en")} == {Stance.DENIED}


@pytest.mark.parametrize(
    "text",
    [
        "Moscow rejects claims, Russian drones hit an Odesa substation again",
        "Moscow rejected the claims as Russian drones hit a substation in Odesa",
        "Kyiv rejected the claims. Russian drones hit a substation in Odesa",
    ],
)
def test_a_strike_told_beside_rejected_claims_is_a_strike(text: str) -> None:
    assert [claim.attacker for claim in events_of(text, "en")] == ["RU"]
