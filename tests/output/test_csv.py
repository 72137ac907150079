import csv
import io

import pytest

from monitor.model.judgements import Violation
from monitor.output.csv import COLUMNS, violations_as_csv
from tests.builders import a_report, a_reported_claim, a_source
from tests.judgement_builders import a_violation
from tests.output.hostile import HOSTILE, harmful, hostile_violation


def rows(*violations: Violation) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(violations_as_csv(violations)), strict=True))


def test_without_violations_there_is_the_header_alone() -> None:
    assert violations_as_csv(()).splitlines() == [",".join(COLUMNS)]


def test_a_row_says_what_where_when_who_and_under_which_reading() -> None:
    (row,) = rows(a_violation())
    assert (row["event_from"], row["event_to"]) == ("2025-04-02T00:00:00Z", "2025-04-02T12:00:00Z")
    assert (row["place"], row["geonameid"], row["country"]) == ("Sumy", "692194", "UA")
    assert (row["accused"], row["breach_under"], row["undetermined_under"]) == ("RU", "kremlin", "white-house")
    assert (row["status"], row["disputed"], row["credibility"]) == ("alleged", "no", "3")
    assert (row["quotes"], row["urls"]) == ("Drones hit a substation in Sumy", "https://outlet.example/1")


def test_several_reports_stand_in_one_cell_each_once() -> None:
    second = a_reported_claim(id="c2", report=a_report("Substation in Sumy on fire", source=a_source(name="Second")))
    (row,) = rows(a_violation(a_reported_claim(), a_reported_claim(id="c3"), second))
    assert row["sources"] == "Outlet | Second"


def test_what_is_not_known_is_an_empty_cell() -> None:
    (row,) = rows(a_violation(a_reported_claim(place=None, event_time=None)))
    assert {row[name] for name in ("place", "lat", "event_from", "time_precision", "occupied_by")} == {""}


def test_sample_rows_are_marked() -> None:
    sample = a_violation(a_reported_claim(report=a_report(source=a_source(sample=True))))
    assert [row["sample"] for row in rows(sample, a_violation())] == ["SAMPLE", ""]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_hostile_text_gives_no_formula_no_extra_row_and_no_control_character(text: str) -> None:
    written = violations_as_csv([hostile_violation(text)])
    (row,) = rows(hostile_violation(text))
    assert set(row) == set(COLUMNS)
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert harmful(written) == set()
    assert row["urls"] == ""
