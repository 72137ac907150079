"""Windows and duties on the clock: what happens when, for which reading, and how sure that is."""

import pytest

from monitor.judging.clock import duty_occasion, window_occasions
from monitor.judging.duties import state_of
from monitor.model.agreements import ClauseKind, Duty, DutyItem, DutyStatus
from monitor.model.occasions import OccasionKind
from monitor.model.reports import Language
from tests.agreements import a_bound, a_clause, a_reading, a_window, an_agreement
from tests.builders import a_report, at


def of_window(start: tuple[str | None, str | None], end: tuple[str | None, str | None]) -> list[tuple[str, str]]:
    window = a_window()
    window = type(window)(start=a_bound(*start), end=a_bound(*end))
    agreement = an_agreement(a_clause(readings=(a_reading(window=window),)))
    return [(one.kind.value, one.at.strftime("%m-%dT%H:%M")) for one in window_occasions(agreement)]


def test_a_sharp_window_opens_is_about_to_close_and_closes_once() -> None:
    start, end = ("2025-04-19T15:00", "2025-04-19T15:00"), ("2025-04-25T21:00", "2025-04-25T21:00")
    assert of_window(start, end) == [
        ("window opens", "04-19T15:00"),
        ("window closes soon", "04-22T21:00"),
        ("window closes", "04-25T21:00"),
    ]


def test_a_vague_end_is_told_when_it_may_be_and_when_it_surely_is() -> None:
    start, end = ("2025-03-18T14:00", "2025-03-18T16:30"), ("2025-04-16T21:00", "2025-04-18T21:00")
    assert of_window(start, end) == [
        ("window opens", "03-18T14:00"),
        ("window opens", "03-18T16:30"),
        ("window closes soon", "04-13T21:00"),
        ("window closes", "04-16T21:00"),
        ("window closes", "04-18T21:00"),
    ]


def test_what_nobody_stated_has_no_instant() -> None:
    window = type(a_window())(
        start=a_bound("2025-03-25T00:00"), end=type(a_bound(None))(earliest=None, latest=None, anchor="not stated")
    )
    agreement = an_agreement(a_clause(readings=(a_reading(window=window),)))
    assert [one.kind for one in window_occasions(agreement)] == [OccasionKind.WINDOW_OPENS]


def test_72_hours_are_hours_and_not_days_where_clocks_change() -> None:
    # Kyiv's clocks went forward on 30 March 2025 at 01:00 UTC; the instants here are UTC, so nothing moves.
    start, end = ("2025-03-20T00:00", None), ("2025-03-31T21:00", None)
    assert ("window closes soon", "03-28T21:00") in of_window(start, end)


def test_a_reading_shared_by_clauses_is_told_once_with_all_of_them() -> None:
    agreement = an_agreement()
    occasions = window_occasions(agreement)
    assert len({one.id for one in occasions}) == len(occasions) == 5
    assert {one.clauses for one in occasions} == {("ru-energy", "ua-energy")}
    assert {one.readings for one in occasions} == {("kremlin",)}
    assert all("as the Kremlin reads it" in one.text for one in occasions)


DUTY = Duty(
    due=a_bound("2025-03-19T00:00", "2025-03-19T21:00"),
    looked_at_from=at("2025-03-18T21:00"),
    looked_at_until=at("2025-03-26T21:00"),
    items=(DutyItem(id="home", title="prisoners", owed=20, words={Language.ENGLISH: ("returned # prisoners",)}),),
    about={},
    undone={},
)
CLAUSE = a_clause(id="return", title="Prisoners return", kind=ClauseKind.DUTY, readings=(), duty=DUTY)
AFTER = at("2025-03-20T00:00")


@pytest.mark.parametrize(
    ("titles", "status", "said"),
    [
        (
            (),
            DutyStatus.UNDETERMINED,
            "not known, for what was looked at could not have told of it. Nothing was looked at: no ",
        ),
        (("Rain in Kyiv",), DutyStatus.OVERDUE, "overdue, no report of it found. Looked at: 1 report of 1 source ("),
        (("Beland returned 19 prisoners",), DutyStatus.PARTLY, "19 of 20 prisoners. Looked at: 1 report"),
        (("Beland returned 19 prisoners", "Beland returned 20 prisoners"), DutyStatus.UNDETERMINED, "19 or 20 of 20"),
        (("Beland returned 20 prisoners",), None, ""),
    ],
)
def test_a_duty_that_fell_due_is_told_with_what_was_looked_at_unless_it_was_done(
    titles: tuple[str, ...], status: DutyStatus | None, said: str
) -> None:
    looked = [a_report(title, published=at("2025-03-19T12:00")) for title in titles]
    occasion = duty_occasion(an_agreement(CLAUSE), CLAUSE, None, DUTY, state_of(DUTY, looked, AFTER))
    if status is None:
        assert occasion is None
        return
    assert occasion is not None
    assert (occasion.kind, occasion.at, occasion.status) == (OccasionKind.DUTY_DUE, DUTY.due.latest, status)
    assert said in occasion.text
    assert occasion.looked_at is not None
    assert occasion.looked_at.reports == len(titles)


def test_a_duty_that_is_not_due_yet_is_not_told() -> None:
    looked = [a_report("Rain in Kyiv", published=at("2025-03-19T12:00"))]
    state = state_of(DUTY, looked, at("2025-03-19T13:00"))
    assert duty_occasion(an_agreement(CLAUSE), CLAUSE, None, DUTY, state) is None


def test_a_window_shorter_than_72_hours_is_not_said_to_close_before_it_opens() -> None:
    start, end = ("2025-04-19T15:00", "2025-04-19T15:00"), ("2025-04-20T21:00", "2025-04-20T21:00")
    assert of_window(start, end) == [("window opens", "04-19T15:00"), ("window closes", "04-20T21:00")]


def test_each_notice_says_which_reading_it_is_and_gives_the_windows_of_all() -> None:
    kyiv = a_reading(id="kyiv", holder="Kyiv", window=a_window(end=("2025-04-24T15:17", "2025-04-24T15:17")))
    agreement = an_agreement(a_clause(readings=(a_reading(), kyiv)))
    [over] = [one for one in window_occasions(agreement) if one.at == at("2025-04-18T21:00")]
    assert over.readings == ("kremlin",)
    assert over.text.endswith(
        "as the Kremlin reads it, surely is over from 18 April 2025 21:00 UTC on: an announcement"
    )
    assert over.windows == (
        "the Kremlin (kremlin): from 18 March 2025 14:00 UTC / 18 March 2025 16:30 UTC "
        "until 16 April 2025 21:00 UTC / 18 April 2025 21:00 UTC",
        "Kyiv (kyiv): from 18 March 2025 14:00 UTC / 18 March 2025 16:30 UTC until 24 April 2025 15:17 UTC",
    )
