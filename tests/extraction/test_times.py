"""Times: what a text says about when, as intervals in UTC, seen from publication and the outlet's clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.extraction.times import TimeKind, TimeMention, default_time, find_times
from monitor.model.reports import Language
from tests.builders import at

UK, RU, EN = Language.UKRAINIAN, Language.RUSSIAN, Language.ENGLISH
KYIV, MOSCOW = "Europe/Kyiv", "Europe/Moscow"
#: A Wednesday; both Kyiv and Moscow are three hours ahead of UTC on it.
PUBLISHED = at("2025-04-02T09:00")


def read(text: str, language: Language, published: datetime | None = PUBLISHED, zone: str = KYIV) -> list[TimeMention]:
    return list(find_times(text, language, published, zone))


def interval(mention: TimeMention) -> tuple[str, str]:
    return mention.time.start.strftime("%m-%d %H:%M"), mention.time.end.strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # A night is the one that ends on the day it leads to; it runs from 18:00 to 08:00 by the outlet's clock.
        (EN, "Russia struck overnight", ("04-01 15:00", "04-02 05:00")),
        (UK, "вночі атакували Суми", ("04-01 15:00", "04-02 05:00")),
        (RU, "в ночь на 25 марта", ("03-24 16:00", "03-25 06:00")),
        (UK, "у ніч проти 2 квітня", ("04-01 15:00", "04-02 05:00")),
        (UK, "у ніч на 25", ("03-24 16:00", "03-25 06:00")),
        (RU, "в ночь с 24 на 25 марта", ("03-24 16:00", "03-25 06:00")),
        (EN, "on the night of March 24 to 25", ("03-24 16:00", "03-25 06:00")),
        (EN, "overnight on December 23 and 24", ("12-23 16:00", "12-24 06:00")),
        (UK, "в ніч на неділю, 30 березня", ("03-29 16:00", "03-30 05:00")),
        (RU, "ночью 2 апреля", ("04-01 15:00", "04-02 05:00")),
        (EN, "last night", ("04-01 15:00", "04-02 05:00")),
        # Parts of a day.
        (UK, "вранці", ("04-02 00:00", "04-02 09:00")),
        (RU, "утром 1 апреля", ("04-01 00:00", "04-01 09:00")),
        (UK, "вранці в середу", ("04-02 00:00", "04-02 09:00")),
        (UK, "вчора ввечері", ("04-01 13:00", "04-01 21:00")),
        (EN, "on Monday evening", ("03-31 13:00", "03-31 21:00")),
        (UK, "ввечері", ("04-01 13:00", "04-01 21:00")),
        # Days.
        (EN, "on Tuesday", ("03-31 21:00", "04-01 21:00")),
        (UK, "у вівторок", ("03-31 21:00", "04-01 21:00")),
        (RU, "во вторник", ("03-31 21:00", "04-01 21:00")),
        (EN, "two days ago", ("03-30 21:00", "03-31 21:00")),
        (UK, "три дні тому", ("03-29 22:00", "03-30 21:00")),
        (RU, "позавчера", ("03-30 21:00", "03-31 21:00")),
        (EN, "on March 24", ("03-23 22:00", "03-24 22:00")),
        (EN, "on the 24th of March", ("03-23 22:00", "03-24 22:00")),
        (EN, "24 March 2025", ("03-23 22:00", "03-24 22:00")),
        (RU, "24.03.2025", ("03-23 22:00", "03-24 22:00")),
        (EN, "2025-03-24", ("03-23 22:00", "03-24 22:00")),
        # Ranges and stretches.
        (EN, "18-19 March", ("03-17 22:00", "03-19 22:00")),
        (EN, "from 25 to 27 March", ("03-24 22:00", "03-27 22:00")),
        (UK, "з 28 березня по 1 квітня", ("03-27 22:00", "04-01 21:00")),
        (EN, "since 25 March", ("03-24 22:00", "04-02 09:00")),
        (RU, "с 25 марта", ("03-24 22:00", "04-02 09:00")),
        (UK, "за минулу добу", ("03-31 21:00", "04-02 09:00")),
        (RU, "за прошедшие сутки", ("03-31 21:00", "04-02 09:00")),
        (EN, "in the past 24 hours", ("03-31 21:00", "04-02 09:00")),
        # Clock times are good to half an hour.
        (EN, "at 18:00 Moscow time", ("04-01 14:30", "04-01 15:30")),
        (UK, "о 3:40", ("04-02 00:10", "04-02 01:10")),
        (UK, "1 квітня о 23:15", ("04-01 19:45", "04-01 20:45")),
        (EN, "at 5 a.m. on March 24", ("03-24 02:30", "03-24 03:30")),
    ],
)
def test_a_time_means_an_interval_in_utc(language: Language, text: str, expected: tuple[str, str]) -> None:
    (found,) = read(text, language)
    assert interval(found) == expected


def test_the_day_on_which_kyiv_s_clocks_change_has_23_hours() -> None:
    (found,) = read("30 березня", UK)
    assert found.time.end - found.time.start == timedelta(hours=23)


def test_a_day_has_24_hours_in_moscow_all_year() -> None:
    (found,) = read("30 марта", RU, zone=MOSCOW)
    assert interval(found) == ("03-29 21:00", "03-30 21:00")


def test_a_day_that_is_not_over_ends_with_publication() -> None:
    (found,) = read("2 апреля", RU)
    assert found.time.end == PUBLISHED


@pytest.mark.parametrize(
    ("language", "text", "year"),
    [(EN, "on 28 December", 2024), (RU, "31 марта", 2025), (UK, "5 травня", 2024), (EN, "29 February", 2024)],
)
def test_a_year_that_is_missing_is_the_last_that_had_the_day(language: Language, text: str, year: int) -> None:
    assert read(text, language)[0].time.end.year == year


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        (EN, "on Tuesday", TimeKind.DATE),
        (EN, "two days ago", TimeKind.RELATIVE),
        (UK, "за добу", TimeKind.PERIOD),
        (EN, "18-24 March", TimeKind.PERIOD),
        (EN, "last month", TimeKind.BACKGROUND),
        (UK, "минулого року", TimeKind.BACKGROUND),
        (RU, "в 2022 году", TimeKind.BACKGROUND),
        (EN, "in January", TimeKind.BACKGROUND),
        (UK, "три роки тому", TimeKind.BACKGROUND),
        (EN, "on 3 January 2024", TimeKind.BACKGROUND),
    ],
)
def test_times_that_lie_far_back_are_background(language: Language, text: str, kind: TimeKind) -> None:
    assert read(text, language)[0].kind is kind


@pytest.mark.parametrize(
    ("language", "text", "precision"),
    [(EN, "on Tuesday", 1), (EN, "from 25 to 29 March", 2), (RU, "неделю назад", 2), (EN, "last month", 3)],
)
def test_precision_follows_the_width(language: Language, text: str, precision: int) -> None:
    assert read(text, language)[0].time.precision == precision


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (EN, "until February 1"),
        (UK, "до 1 травня"),
        (EN, "next Tuesday"),
        (EN, "drones may strike; troops march on"),
        (RU, "14 ударов, 3 человека, 330 кВ"),
        (EN, "25 drones and 12 missiles"),
        (UK, "знеструмлено 11,1 тисячі абонентів"),
    ],
)
def test_what_is_no_time_of_an_event_is_left_out(language: Language, text: str) -> None:
    assert read(text, language) == []


def test_without_a_publication_time_only_dates_with_a_year_are_resolved() -> None:
    found = read("yesterday, on Tuesday, last month, on 24 March; but on 25 March 2025 too", EN, published=None)
    assert [interval(one) for one in found] == [("03-24 22:00", "03-25 22:00")]


def test_several_times_are_found_in_their_order() -> None:
    text = "On March 30 drones hit Sumy; on April 1 Kharkiv"
    assert [text[slice(*one.span)] for one in read(text, EN)] == ["March 30", "April 1"]


def test_an_unknown_zone_counts_as_utc() -> None:
    (found,) = read("on 24 March", EN, zone="../../etc/passwd")
    assert interval(found) == ("03-24 00:00", "03-25 00:00")


def test_a_report_without_a_time_means_the_36_hours_before_it() -> None:
    time = default_time(PUBLISHED)
    assert time is not None
    assert (time.start, time.end, time.precision) == (PUBLISHED - timedelta(hours=36), PUBLISHED, 1)
    assert default_time(None) is None


PIECES = (
    "on at the night of 24 25 31 99 March марта березня 2025 0001 9999 overnight вночі в ніч на ночь с по to - , . : "
    "3:40 25:61 24.03.2025 32.13.2025 ago назад тому days два two last month in May may Tuesday вівторок since until "
    "Moscow time \ud800 \u0660\u0661"
)
words = st.sampled_from(PIECES.split())
instants = st.datetimes(timezones=st.just(UTC))


@example("NIGHT", Language.UKRAINIAN, datetime(1, 1, 2, tzinfo=UTC), KYIV)
@example("overnight on 31 December", Language.ENGLISH, datetime(9999, 12, 31, 23, tzinfo=UTC), KYIV)
@example("two years ago, at 3:40", Language.ENGLISH, datetime(1, 1, 1, tzinfo=UTC), "America/New_York")
@settings(max_examples=300, deadline=timedelta(seconds=2))
@given(
    st.one_of(st.text(max_size=80), st.lists(words, max_size=12).map(" ".join)),
    st.sampled_from(list(Language)),
    st.one_of(st.none(), instants),
    st.sampled_from([KYIV, MOSCOW, "America/New_York", "", "Nowhere/Nothing", "\x00"]),
)
def test_any_text_yields_exact_spans_and_ordered_intervals(
    text: str, language: Language, published: datetime | None, zone: str
) -> None:
    reached = 0
    for one in find_times(text, language, published, zone):
        start, end = one.span
        assert reached <= start < end <= len(text)
        assert one.time.start <= one.time.end
        reached = end


@given(instants)
def test_the_default_time_never_fails(published: datetime) -> None:
    time = default_time(published)
    assert time is None or time.end == published
