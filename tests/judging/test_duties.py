"""Where a duty stands: by what reports tell, by when it is due, and never from plans."""

from datetime import timedelta

import pytest

from monitor.judging.duties import DutyState, state_of
from monitor.model.agreements import Duty, DutyItem, DutyStatus
from monitor.model.reports import Language, Report
from monitor.model.times import Bound
from tests.builders import NOON, a_report, a_source

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ENGLISH = Language.ENGLISH
DUTY = Duty(
    due=Bound(earliest=NOON, latest=NOON + DAY, anchor="the next day"),
    looked_at_from=NOON - DAY,
    looked_at_until=NOON + 7 * DAY,
    items=(
        DutyItem(id="all", title="prisoners", owed=175, whole="175 for 175", words={ENGLISH: ("exchanged # for #",)}),
        DutyItem(id="ill", title="wounded", owed=23, words={ENGLISH: ("and # wounded",)}),
    ),
    about={ENGLISH: ("prisoner~",)},
    undone={ENGLISH: ("will",)},
)
ALL = "They exchanged 175 for 175 prisoners"


def state(*titles: str, days: float = 0.5) -> DutyState:
    return state_of(DUTY, [a_report(one, published=NOON) for one in titles], NOON + days * DAY)


@pytest.mark.parametrize(
    ("titles", "days", "status"),
    [
        ((), 0.5, DutyStatus.PENDING),
        ((), 1.5, DutyStatus.UNDETERMINED),
        (("Rain in Kyiv",), 1.5, DutyStatus.OVERDUE),
        ((f"{ALL}, and 23 wounded",), 0.5, DutyStatus.FULFILLED),
        ((f"{ALL}, and 22 wounded",), 0.5, DutyStatus.PARTLY),
        ((ALL,), 1.5, DutyStatus.PARTLY),
        (
            (f"{ALL}, and 22 wounded", "Prisoners: they exchanged 175 for 175 and 23 wounded"),
            1.5,
            DutyStatus.UNDETERMINED,
        ),
        # All and more than all is all, whatever others count.
        ((ALL.replace("175", "180") + ", and 23 wounded", f"{ALL}, and 23 wounded"), 1.5, DutyStatus.FULFILLED),
        # Stages may add up to all of it, or not: without the whole number that is not known.
        ((ALL.replace("175", "100"), f"{ALL.replace('175', '75')}, and 23 wounded"), 1.5, DutyStatus.UNDETERMINED),
        ((ALL.replace("175", "100"), f"{ALL.replace('175', '70')}, and 23 wounded"), 1.5, DutyStatus.PARTLY),
        # What is said in words that the duty does not have proves no omission.
        (("372 prisoners came home",), 1.5, DutyStatus.UNDETERMINED),
        (("372 prisoners came home",), 0.5, DutyStatus.PENDING),
        (("Prisoners will come home",), 1.5, DutyStatus.OVERDUE),
        (("As was announced that they will, they exchanged 175 for 175 prisoners",), 1.5, DutyStatus.UNDETERMINED),
        # Casualties of a strike are no prisoners.
        (("Two were killed and 15 wounded in Sumy",), 0.5, DutyStatus.PENDING),
    ],
)
def test_a_duty_stands_where_reports_and_the_clock_put_it(
    titles: tuple[str, ...], days: float, status: DutyStatus
) -> None:
    assert state(*titles, days=days).status is status


def test_what_was_told_is_kept_with_its_sentence_and_figures() -> None:
    found = state(f"It rained. {ALL}, and 22 wounded. Talks go on.")
    assert [(one.item.id, one.figures, one.status) for one in found.items] == [
        ("all", (175,), DutyStatus.FULFILLED),
        ("ill", (22,), DutyStatus.PARTLY),
    ]
    assert found.items[1].told[0].quote == f"{ALL}, and 22 wounded."
    assert found.looked.reports == 1


def test_a_plan_told_before_it_could_be_done_tells_of_nothing() -> None:
    plan = a_report("They will have exchanged 175 for 175 prisoners, and 23 wounded", published=NOON - 0.5 * DAY)
    found = state_of(DUTY, [plan, a_report("Rain in Kyiv", published=NOON)], NOON + 2 * DAY)
    assert (found.status, found.speaking) == (DutyStatus.OVERDUE, ())


def test_sentences_in_other_words_are_shown_and_said_to_leave_it_open() -> None:
    found = state(f"{ALL}.", "It rained. 372 prisoners came home. It rained again.", days=1.5)
    assert [one.quote for one in found.speaking] == ["372 prisoners came home."]
    assert found.in_words() == (
        "175 for 175 fulfilled; wounded: not known, for reports speak of it in words that do not tell it"
    )


@pytest.mark.parametrize(("figure", "status"), [("1,000", DutyStatus.FULFILLED), ("1.000", DutyStatus.FULFILLED)])
def test_numbers_in_groups_of_three_are_read_whole(figure: str, status: DutyStatus) -> None:
    found = state(f"They exchanged {figure} for {figure} prisoners, and 23 wounded")
    assert (found.items[0].figures, found.status) == ((1000,), status)


@pytest.mark.parametrize("published", [NOON - 2 * DAY, NOON + 8 * DAY])
def test_reports_of_other_days_are_not_looked_at_and_without_any_nothing_is_known(published: object) -> None:
    report: Report = a_report(f"{ALL}, and 23 wounded", published=published)
    found = state_of(DUTY, [report], NOON + 9 * DAY)
    assert (found.status, found.looked.reports) == (DutyStatus.UNDETERMINED, 0)
    assert found.looked.in_words() == (
        "Nothing was looked at: no report from 1 April 2025 12:00 UTC on that could tell of it is stored"
    )


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, DutyStatus.OVERDUE),
        # It came before the thing could be due: its silence says nothing.
        ({"published": NOON - 0.5 * DAY}, DutyStatus.UNDETERMINED),
        # A language in which the duty has no words.
        ({"language": Language.UKRAINIAN}, DutyStatus.UNDETERMINED),
    ],
)
def test_a_duty_is_overdue_only_by_reports_that_could_have_told_of_it(
    change: dict[str, object], status: DutyStatus
) -> None:
    report = a_report("Rain in Kyiv", **{"published": NOON, **change})
    assert state_of(DUTY, [report], NOON + 2 * DAY).status is status


def test_each_part_has_a_status_and_words_of_its_own() -> None:
    assert state(f"{ALL}, and 22 wounded").in_words() == "175 for 175 fulfilled; 22 of 23 wounded"
    assert state(ALL, days=1.5).in_words() == "175 for 175 fulfilled; wounded: overdue, no report of it found"
    assert state(ALL).in_words() == "175 for 175 fulfilled; wounded: nothing reported yet"
    both = state(f"{ALL}, and 22 wounded", "Prisoners: they exchanged 175 for 175 and 23 wounded")
    assert both.in_words() == "175 for 175 fulfilled; 22 or 23 of 23 wounded (reports differ)"


def test_what_was_looked_at_names_how_many_reports_of_which_sources_since_when() -> None:
    sources = ["a", "b", "b", "c", "d", "e", "f"]
    reports = [
        a_report(f"Rain {n}", source=a_source(name=name), published=NOON + n * HOUR) for n, name in enumerate(sources)
    ]
    assert state_of(DUTY, reports, NOON).looked.in_words() == (
        "Looked at: 7 reports of 6 sources (b, a, c, d, e and 1 more), "
        "published from 2 April 2025 12:00 UTC to 2 April 2025 18:00 UTC"
    )
