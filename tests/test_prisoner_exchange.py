"""The exchange of 19 March 2025 in the words that reports have for it: none of them may leave the duty "overdue"."""

from datetime import timedelta

import pytest

from monitor.catalogue.agreements import load_agreements
from monitor.catalogue.data import data_roots
from monitor.judging.duties import DutyState, state_of
from monitor.model.agreements import Duty, DutyStatus
from monitor.model.reports import Language
from tests.builders import a_report, at

EVENING, DAY = at("2025-03-19T18:00"), timedelta(days=1)
EN, UK, RU = Language.ENGLISH, Language.UKRAINIAN, Language.RUSSIAN


@pytest.fixture(scope="module")
def exchange() -> Duty:
    agreement = next(one for one in load_agreements(data_roots()) if one.id == "prisoner-exchange-2025-03")
    duty = agreement.clauses[0].duty
    assert duty is not None
    return duty


def state(duty: Duty, text: str, language: Language) -> DutyState:
    return state_of(duty, [a_report(text, published=EVENING, language=language)], EVENING + DAY)


def figures(duty: Duty, text: str, language: Language) -> list[tuple[int, ...]]:
    return [one.figures for one in state(duty, text, language).items]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (EN, "Moscow and Kyiv swapped prisoners, 175 soldiers each, and 22 badly wounded Ukrainians were handed over."),
        (EN, "175 Russian servicemen were returned from captivity. In exchange 175 prisoners were handed over, and "
             "22 severely wounded Ukrainian prisoners were handed over as a gesture of goodwill."),
        (EN, "Prisoner swap: Ukraine welcomed home 175 Ukrainian soldiers and another 22 wounded."),
        (EN, "Each side released 175 prisoners, and 22 wounded prisoners came home beside the exchange."),
        (UK, "Обмін полоненими: додому повернулися 175 українських захисників і ще 22 тяжкопоранених."),
        (UK, "В Україну повернулися 175 наших воїнів. Ще 22 тяжкопоранених захисника вирвали з полону поза обміном."),
        (UK, "Сторони обмінялися по 175 полонених, також додому їдуть 22 тяжко поранених."),
        (RU, "Из российского плена вернулись 175 украинских военных, переданы 22 тяжелораненых военнопленных."),
        (RU, "Возвращены 175 российских военнослужащих. Взамен переданы 175 военнопленных ВСУ, а также "
             "22 тяжелораненых пленных."),
        (RU, "Россия и Украина обменялись пленными, обменяли 175 на 175, и 22 тяжелораненых отдали."),
    ],
)  # fmt: skip
def test_both_parts_are_counted(exchange: Duty, language: Language, text: str) -> None:
    assert figures(exchange, text, language) == [(175,), (22,)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (EN, "Russia and Ukraine exchanged a total of 372 prisoners."),
        (EN, "Russia and Ukraine exchanged 180 prisoners, 90 from each side."),
        (EN, "One hundred and seventy-five prisoners from each side went home."),
        (EN, "The ministry announced that the exchange of prisoners, 175 for 175, took place as agreed."),
        (UK, "Сто сімдесят п'ять полонених повернулися до України."),
        (RU, "Обмен пленными завершён, дома все."),
        (EN, "The ministry announced an exchange of 175 for 175 prisoners."),
    ],
)  # fmt: skip
def test_what_is_not_counted_leaves_it_open_and_its_sentence_is_shown(
    exchange: Duty, language: Language, text: str
) -> None:
    found = state(exchange, text, language)
    shown = [one.quote for one in (*found.speaking, *(told for item in found.items for told in item.told))]
    assert (found.status, shown) == (DutyStatus.UNDETERMINED, [text])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (EN, "Kyiv denies that prisoners were exchanged."),
        (EN, "The prisoner exchange was postponed."),
        (EN, "An air raid alert was declared in Kyiv."),
        (UK, "Обмін полоненими не відбувся."),
        (RU, "Обмен пленными отменили."),
    ],
)
def test_without_any_word_of_it_being_done_it_is_overdue(exchange: Duty, language: Language, text: str) -> None:
    assert state(exchange, text, language).status is DutyStatus.OVERDUE
