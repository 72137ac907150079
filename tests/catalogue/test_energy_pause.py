"""The energy pause of 2025 as shipped: its windows around each bound, and who covers what."""

from functools import cache

import pytest

from monitor.catalogue.agreements import load_agreement
from monitor.catalogue.data import data_roots
from monitor.catalogue.target_classes import load_target_classes
from monitor.model.agreements import Agreement, Answer, Reading
from monitor.model.times import Containment
from tests.builders import a_time, at

INSIDE, OUTSIDE, UNSURE = Containment.INSIDE, Containment.OUTSIDE, Containment.UNSURE


@cache
def pause() -> Agreement:
    roots = data_roots()
    path = roots.file("rules/agreements/energy-pause-2025.yaml")
    return load_agreement(path, load_target_classes(roots)).agreement


def reading(reading_id: str) -> Reading:
    return next(one for one in pause().clauses[0].readings if one.id == reading_id)


@pytest.mark.parametrize(
    ("moment", "kremlin", "kyiv", "white_house"),
    [
        ("2025-03-18T13:59:59", OUTSIDE, OUTSIDE, OUTSIDE),
        ("2025-03-18T14:00:00", UNSURE, OUTSIDE, UNSURE),
        ("2025-03-18T16:29:59", UNSURE, OUTSIDE, UNSURE),
        ("2025-03-18T16:30:00", INSIDE, OUTSIDE, UNSURE),
        ("2025-03-19T09:00:00", INSIDE, OUTSIDE, UNSURE),
        # Midnight of 25 March in Kyiv, still at UTC+2: an hour earlier is the 24th there, though the 25th in Moscow.
        ("2025-03-24T21:30:00", INSIDE, OUTSIDE, UNSURE),
        ("2025-03-24T21:59:59", INSIDE, OUTSIDE, UNSURE),
        ("2025-03-24T22:00:00", INSIDE, UNSURE, UNSURE),
        ("2025-03-25T15:16:59", INSIDE, UNSURE, UNSURE),
        ("2025-03-25T15:17:00", INSIDE, INSIDE, INSIDE),
        # The hour that Kyiv's clocks skipped on 30 March.
        ("2025-03-30T00:59:59", INSIDE, INSIDE, INSIDE),
        ("2025-03-30T01:00:00", INSIDE, INSIDE, INSIDE),
        # Midnight of 17 April in Moscow, and in Kyiv too by then.
        ("2025-04-16T21:00:00", INSIDE, INSIDE, INSIDE),
        ("2025-04-16T21:00:01", UNSURE, INSIDE, UNSURE),
        ("2025-04-18T20:59:59", UNSURE, INSIDE, UNSURE),
        ("2025-04-18T21:00:00", OUTSIDE, INSIDE, UNSURE),
        ("2025-04-18T21:00:01", OUTSIDE, UNSURE, UNSURE),
        ("2025-04-24T15:16:59", OUTSIDE, UNSURE, UNSURE),
        ("2025-04-24T15:17:00", OUTSIDE, OUTSIDE, OUTSIDE),
        ("2026-03-25T12:00:00", OUTSIDE, OUTSIDE, OUTSIDE),
    ],
)
def test_when_each_reading_binds(
    moment: str, kremlin: Containment, kyiv: Containment, white_house: Containment
) -> None:
    found = {one.id: one.window.at(at(moment)) for one in pause().clauses[0].readings}

    assert found == {"kremlin": kremlin, "kyiv": kyiv, "white-house": white_house}


@pytest.mark.parametrize(
    ("start", "end", "reading_id", "expected"),
    [
        # "On 18 March", Kyiv time: the call came in the afternoon.
        ("2025-03-17T22:00", "2025-03-18T22:00", "kremlin", UNSURE),
        # "In the night to 19 March", Kyiv time.
        ("2025-03-18T18:00", "2025-03-19T06:00", "kremlin", INSIDE),
        # "On 30 March", Kyiv time, lasted 23 hours.
        ("2025-03-29T22:00", "2025-03-30T21:00", "kyiv", INSIDE),
        ("2025-03-24T12:00", "2025-03-25T12:00", "kyiv", UNSURE),
        ("2025-03-23T22:00", "2025-03-24T21:59", "kyiv", OUTSIDE),
        ("2025-04-16T12:00", "2025-04-17T06:00", "kremlin", UNSURE),
    ],
)
def test_an_interval_is_inside_only_where_all_of_it_is(
    start: str, end: str, reading_id: str, expected: Containment
) -> None:
    assert reading(reading_id).window.contains(a_time(start, end)) is expected


COVERED, EXCLUDED, UNCLEAR = "covered", "excluded", "unclear"


@pytest.mark.parametrize(
    ("class_ids", "kremlin", "kyiv", "white_house"),
    [
        # The five categories of the Kremlin's list, which the other two accounts are at least as wide as.
        (("oil_refinery",), COVERED, COVERED, COVERED),
        (("pipeline", "pumping_station", "oil_depot", "gas_storage"), COVERED, COVERED, COVERED),
        (("power_plant", "substation", "power_line", "power_grid"), COVERED, COVERED, COVERED),
        (("nuclear_plant", "hydro_dam"), COVERED, COVERED, COVERED),
        # "Energy infrastructure" that no report names more closely counts under every reading.
        (("energy",), COVERED, COVERED, COVERED),
        # What Ukraine's energy ministry missed in the Kremlin's list; Kyiv's typology has all but heating.
        (("gas_production", "oil_field"), EXCLUDED, COVERED, COVERED),
        (("coal_mine", "energy_machinery"), EXCLUDED, COVERED, UNCLEAR),
        (("heating",), EXCLUDED, UNCLEAR, UNCLEAR),
        # Not named in the Kremlin's list, and could be argued either way.
        (("gas_facility", "gas_distribution", "gas_processing"), UNCLEAR, COVERED, COVERED),
        (("rail_power",), UNCLEAR, UNCLEAR, UNCLEAR),
        # Only the White House's "and infrastructure" could cover these.
        (("infrastructure", "port", "transport", "water"), None, None, UNCLEAR),
        (("residential", "industrial", "military", "medical"), None, None, None),
    ],
)
def test_who_covers_what(
    class_ids: tuple[str, ...], kremlin: str | None, kyiv: str | None, white_house: str | None
) -> None:
    expected = {"kremlin": kremlin, "kyiv": kyiv, "white-house": white_house}
    for clause in pause().clauses:
        for one in clause.readings:
            for class_id in class_ids:
                where = [name for name in (COVERED, EXCLUDED, UNCLEAR) if class_id in getattr(one, name)]
                assert where == ([expected[one.id]] if expected[one.id] else []), (clause.id, one.id, class_id)


def test_both_parties_owe_the_same_under_the_same_readings() -> None:
    russia, ukraine = pause().clauses

    assert (russia.bound, ukraine.bound) == ("RU", "UA")
    assert russia.readings == ukraine.readings
    assert russia.protected == ukraine.protected == {"RU", "UA"}


def test_what_nobody_published_is_not_answered() -> None:
    for one in pause().clauses[0].readings:
        assert one.intercepted_counts is Answer.UNPUBLISHED, one.id
        assert one.own_or_occupied_ground_counts is Answer.UNPUBLISHED, one.id


def test_debris_counts_for_the_side_alone_that_counted_a_case_of_it() -> None:
    answers = {one.id: one.debris_counts for one in pause().clauses[0].readings}

    assert answers == {"kremlin": Answer.UNPUBLISHED, "kyiv": Answer.YES, "white-house": Answer.UNPUBLISHED}


def test_no_reading_binds_today() -> None:
    assert pause().binding(at("2026-11-23T00:00")) == ()
