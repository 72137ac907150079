import csv
import io
from typing import Any

import pytest
from rich.console import Console, RenderableType

from monitor.model.claims import Actor, Basis, Stance
from monitor.model.forms import violation_as_dict
from monitor.model.judgements import Status
from monitor.output.csv import violations_as_csv
from monitor.output.in_force import in_force_text
from monitor.output.report_data import Coverage, FeedCoverage
from monitor.output.show import violation_in_full
from monitor.output.table import report_table, violations_table
from monitor.store.reading import PastRating
from tests.builders import NOON, a_report, a_reported_claim, a_source, at
from tests.judgement_builders import a_rating, a_violation, an_agreement, an_undetermined_incident, report_data
from tests.output.hostile import HOSTILE, harmful, hostile_report, hostile_violation


def printed(what: RenderableType, width: int = 80, color: bool = False) -> str:
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=color, no_color=not color, highlight=False).print(what)
    return out.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_violation_is_shown_with_its_quoted_sentence_at_80_columns_without_colour() -> None:
    shown = printed(violations_table(report_data(a_violation())))
    assert max(map(len, shown.splitlines())) <= 80
    assert "\x1b" not in shown
    expected = ("2 April 2025", "Sumy", "substation", "accused: Russia", "breach: kremlin", "undetermined:", "alleged")
    assert not [piece for piece in expected if piece not in flat(shown)]
    assert '"Drones hit a substation in Sumy"' in shown
    assert "1 source" in shown


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_width_loses_the_id_that_show_needs(width: int) -> None:
    violation = a_violation()
    assert violation.id in printed(violations_table(report_data(violation)), width)


def test_the_quote_is_of_a_claim_that_reports_the_event_not_of_a_denial() -> None:
    denial = a_reported_claim(report=a_report("MoD denies it"), stance=Stance.DENIED)
    report = a_reported_claim(id="c2", report=a_report("Drones hit it"))
    shown = printed(violations_table(report_data(a_violation(denial, report))))
    assert "Drones hit it" in shown
    assert "MoD denies it" not in shown


def test_the_quote_is_of_a_claim_that_accuses_the_party_not_of_one_that_blames_the_other() -> None:
    blames_the_other = a_reported_claim(
        report=a_report("The other side shelled its own station"), id="c1", attacker="UA", attacker_basis=Basis.STATED
    )
    accuses = a_reported_claim(report=a_report("Drones struck the station"), id="c2", attacker="RU")
    shown = printed(violations_table(report_data(a_violation(blames_the_other, accuses, accused="RU"))))
    assert "Drones struck the station" in shown
    assert "shelled its own" not in shown


def test_without_violations_the_table_says_so_and_when() -> None:
    assert "No violations recorded as of 2 April 2025 12:00 UTC" in printed(violations_table(report_data()))


def test_counts_are_given_by_status_with_their_instant() -> None:
    confirmed = a_violation(a_reported_claim(id="c2"), rating=a_rating(status=Status.CONFIRMED, disputed=True))
    shown = flat(printed(violations_table(report_data(a_violation(), confirmed))))
    assert "2 violations (1 alleged, 1 confirmed; 1 disputed) as of 2 April 2025 12:00 UTC" in shown


def test_a_report_says_what_it_could_not_see() -> None:
    up = FeedCoverage(id="up", url="https://up.example", enabled=True, last_success=NOON)
    down = FeedCoverage(
        id="down", url="https://down.example", enabled=True, last_success=None, failures=3, last_error="timed out"
    )
    off = FeedCoverage(id="off", url="https://off.example", enabled=False, last_success=None, failures=9)
    new = FeedCoverage(id="new", url="https://new.example", enabled=True, last_success=None)
    coverage = Coverage(feeds=(up, down, off, new), reports=64, not_read={"language not read": 2}, undated=1)
    data = report_data(coverage=coverage, undetermined=(an_undetermined_incident(),))
    shown = flat(printed(report_table(data)))
    expected = ("3 feeds to poll: 1 down, 1 not polled yet", "down: never polled with success; timed out",
                "not read: 2", "64 reports",
                "Undetermined incidents: 1", "what kremlin says of substations")  # fmt: skip
    assert not [piece for piece in expected if piece not in shown]


def test_a_report_from_sample_reports_begins_with_that() -> None:
    sample = a_violation(a_reported_claim(report=a_report(source=a_source(sample=True))))
    assert printed(violations_table(report_data(sample))).startswith("SAMPLE")
    assert printed(violation_in_full(sample)).startswith("SAMPLE")


def test_a_dispute_without_a_name_is_still_shown_as_one() -> None:
    unnamed = printed(violation_in_full(a_violation(rating=a_rating(disputed=True))))
    assert "somebody whom the reports do not name" in flat(unnamed)
    assert "no denial of this event known" in flat(printed(violation_in_full(a_violation())))


def test_one_violation_in_full_has_reasons_evidence_and_history() -> None:
    report = a_report(document_sha256="ab" * 32, see_also=("https://public.example/x",))
    claim = a_reported_claim(report=report, claimants=(Actor(name="General Staff", party="UA"),))
    history = (PastRating(recorded_at=NOON, recorded_by="program", rating=a_rating()),)
    shown = flat(printed(violation_in_full(a_violation(claim), history, {"RU": "Russia", "UA": "Ukraine"})))
    expected = ("kremlin: breach", "what kremlin says of substations", "white-house: undetermined", "Russia",
                "General Staff (Ukraine)", "https://outlet.example/1", "see also https://public.example/x",
                "alleged, credibility 3, by program", "3 of 6", '"Drones hit a substation in Sumy"')  # fmt: skip
    assert not [piece for piece in expected if piece not in shown]
    assert "ab" * 32 in shown.replace(" ", "")


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_hostile_text_cannot_steer_the_terminal_nor_the_markup(text: str) -> None:
    shown = printed(report_table(hostile_report(text))) + printed(violation_in_full(hostile_violation(text)))
    assert harmful(shown) == set()
    assert "javascript:" not in shown
    if "[bold red]" in text:
        assert "[bold red]" in shown


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2025-04-02T12:00", "as Kremlin reads it"),
        ("2026-01-01", "No agreement in force: reports are read and stored, nothing can be a violation."),
        ("2025-03-18T15:00", "No agreement in force"),
    ],
)
def test_what_is_in_force_is_said_or_that_nothing_is(moment: str, expected: str) -> None:
    assert expected in in_force_text([an_agreement()], at(moment))


def test_where_nothing_is_in_force_it_is_said_how_to_add_an_agreement() -> None:
    assert "rules/agreements/" in in_force_text([], NOON)


@pytest.mark.parametrize(
    ("claims", "basis"),
    [
        ([{"attacker": "RU", "attacker_basis": Basis.STATED}], "stated"),
        ([{"attacker": "RU", "attacker_basis": Basis.INFERRED}], "inferred"),
        ([{"attacker": "RU", "attacker_basis": Basis.INFERRED}, {"attacker": "RU"}], "stated"),
        ([{"attacker": "UA"}, {"attacker": "RU", "attacker_basis": Basis.INFERRED}], "inferred"),
        (
            [
                {"attacker": "RU", "attacker_basis": Basis.INFERRED},
                {"attacker": "RU", "attacker_basis": Basis.STATED, "stance": Stance.DENIED},
            ],
            "inferred",
        ),
    ],
    ids=["named", "follows from the ground", "named by the second", "the other is named", "named by a denial only"],
)
def test_table_csv_and_json_agree_on_whether_a_report_names_the_accused(
    claims: list[dict[str, Any]], basis: str
) -> None:
    told = [a_reported_claim(id=f"c{n}", **claim) for n, claim in enumerate(claims)]
    violation = a_violation(*told, accused="RU")
    says_so = "(inferred, not" in flat(printed(violations_table(report_data(violation))))
    [row] = csv.DictReader(io.StringIO(violations_as_csv([violation])))
    assert (violation_as_dict(violation)["attacker_basis"], row["attacker_basis"], says_so) == (
        basis, basis, basis == "inferred",
    )  # fmt: skip
