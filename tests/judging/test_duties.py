"""Where a duty stands: by what reports tell, by when it is due, and never from plans."""

from datetime import timedelta

import pytest

from monitor.judging.duties import DutyState, state_of
from monitor.model.agreements import Duty, DutyItem, DutyStatus
from monitor.model.reports import Language, Report
from monitor.model.times import Bound
from tests.builders import NOON, a_report

DAY = timedelta(days=1)
ENGLISH = Language.ENGLISH
DUTY = Duty(
    due=Bound(earliest=NOON, latest=NOON + DAY, anchor="the next day"),
    looked_at_from=NOON - DAY,
    looked_at_until=NOON + 7 * DAY,
    items=(
        DutyItem(id="all", title="prisoners", owed=175, words={ENGLISH: ("exchanged # for #",)}),
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
        ((), 1.5, DutyStatus.OVERDUE),
        ((f"{ALL}, and 23 wounded",), 0.5, DutyStatus.FULFILLED),
        ((f"{ALL}, and 22 wounded",), 0.5, DutyStatus.PARTLY),
        ((ALL,), 1.5, DutyStatus.PARTLY),
        (
            (f"{ALL}, and 22 wounded", "Prisoners: they exchanged 175 for 175 and 23 wounded"),
            1.5,
            DutyStatus.UNDETERMINED,
        ),
        (("They will have exchanged 175 for 175 prisoners, and 23 wounded",), 1.5, DutyStatus.OVERDUE),
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
    assert [(one.item.id, one.figures, one.done) for one in found.items] == [
        ("all", (175,), True),
        ("ill", (22,), False),
    ]
    assert found.items[1].told[0].quote == f"{ALL}, and 22 wounded."
    assert found.looked_at == 1


@pytest.mark.parametrize("published", [NOON - 2 * DAY, NOON + 8 * DAY])
def test_reports_of_other_days_are_not_looked_at(published: object) -> None:
    report: Report = a_report(f"{ALL}, and 23 wounded", published=published)
    found = state_of(DUTY, [report], NOON + 9 * DAY)
    assert (found.status, found.looked_at) == (DutyStatus.OVERDUE, 0)
