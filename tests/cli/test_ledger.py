"""`ceasefire tallies`: from reports to the ledger, as of any time, and with hostile texts in every output."""

import csv
import io
import json
from contextlib import closing
from datetime import timedelta

import pytest

from monitor.model.claims import Actor, Extracted, Statement, StatementKind, Tally, TallyKind, TruceKind
from monitor.model.reports import Language
from monitor.pipeline import record
from monitor.store import Store
from tests.builders import NOON, a_report, a_source, at
from tests.commands import CommandLine
from tests.output.hostile import HOSTILE, harmful
from tests.parts import a_pipeline

HOUR = timedelta(hours=1)
MORNING = at("2025-04-05T09:00")
REPORTS = [
    "Ukraine attacked Russian energy facilities 14 times in 24 hours, Russia's Defence Ministry said",
    "Ukrainian drones hit a substation in Belgorod region overnight",
    "The energy ceasefire has been extended, Peskov said",
    "Russia's Foreign Ministry said Ukraine violated the energy truce more than 60 times since 18 March",
]


def opened(ceasefire: CommandLine) -> "closing[Store]":
    folder = ceasefire.folder / "data"
    return closing(Store.open(f"sqlite:///{folder / 'monitor.db'}", folder / "evidence"))


@pytest.fixture
def announced(ceasefire: CommandLine) -> CommandLine:
    """Return the command line over four reports of 5 April 2025, recorded at 10:00."""
    with opened(ceasefire) as store:
        reports = [a_report(title, published=MORNING, first_seen=MORNING) for title in REPORTS]
        record(store, a_pipeline(ceasefire.folder / "data"), reports, now=MORNING + HOUR, backlog=True)
    return ceasefire


def test_announced_stands_beside_recorded_with_the_gap(announced: CommandLine) -> None:
    ledger = announced("tallies", "--json").json
    by_kind = {one["kind"]: one for one in ledger["announced"]}
    increment = by_kind["increment"]
    assert (increment["party"], increment["accused"], increment["count"]) == ("RU", "UA", 14)
    assert (increment["from"], increment["to"]) == ("2025-04-04T09:00:00Z", "2025-04-05T09:00:00Z")
    assert increment["recorded"]["incidents"] == {"least": 1, "most": 1}
    assert increment["gap"] == {"least": 13, "most": 13}
    assert increment["sources"][0]["quote"] == REPORTS[0]
    assert (by_kind["cumulative"]["count"], len(ledger["sums"])) == (60, 1)
    assert ledger["sums"][0]["announced"] == {"least": 14, "most": 14}


def test_declarations_are_listed_with_their_sentence(announced: CommandLine) -> None:
    (said,) = announced("tallies", "--json").json["declarations"]
    assert (said["kind"], said["party"], said["by"], said["about"]) == ("extension", "RU", "Peskov", "energy")
    assert (said["announced"], said["sources"][0]["quote"]) == ("2025-04-05T09:00:00Z", REPORTS[2])


def test_the_ledger_is_as_of_any_time_and_of_any_party(announced: CommandLine) -> None:
    before = announced("tallies", "--json", "--as-of", "2025-04-05T09:30Z").json
    assert (before["announced"], before["declarations"]) == ([], [])
    assert announced("tallies", "--json", "--party", "UA").json["announced"] == []
    assert len(announced("tallies", "--json", "--accused", "UA").json["announced"]) == 2
    assert announced("tallies", "--json", "--since", "2025-04-06").json["declarations"] == []


def test_the_table_says_what_the_json_says(announced: CommandLine) -> None:
    shown = announced("tallies").out
    assert "14 (increment) against UA" in shown
    assert "60 (cumulative) against UA" in shown
    assert "recorded incidents 1, of these violations" in shown
    assert "extension, energy: RU (Peskov)" in shown


def test_csv_has_a_row_for_each_announcement_sum_and_declaration(announced: CommandLine) -> None:
    rows = list(csv.DictReader(io.StringIO(announced("tallies", "--csv").out)))
    assert sorted(row["row"] for row in rows) == ["announced", "announced", "declared", "sum"]
    assert {row["gap_most"] for row in rows if row["row"] == "sum"} == {"13"}


def test_an_empty_ledger_says_so(ceasefire: CommandLine) -> None:
    assert "No party announced any count" in ceasefire("tallies").out


def test_two_forms_at_once_are_refused(ceasefire: CommandLine) -> None:
    assert ceasefire("tallies", "--json", "--csv").status == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_no_hostile_text_reaches_a_terminal_or_a_spreadsheet(ceasefire: CommandLine, text: str) -> None:
    source = a_source(id="evil", name=text)
    tally = Tally(
        id="t", claimant=Actor(name=text, party=None), accused=None, target_class="energy", count=10**30,
        kind=TallyKind.INCREMENT, start=NOON - HOUR, end=NOON, span=(0, 3),
    )  # fmt: skip
    said = Statement(
        id="s", kind=StatementKind.END, speaker=Actor(name=text, party="RU"), about=TruceKind.ANY, span=(0, 10**6)
    )
    read = Extracted(language=Language.ENGLISH, tallies=(tally,), statements=(said,))
    with opened(ceasefire) as store, store.transaction() as tx:
        (report,) = tx.add_reports([a_report(text, source=source, url="javascript:alert(1)")])
        tx.add_extracted(report, read, NOON)
    assert not harmful(ceasefire("tallies").out)
    for row in csv.DictReader(io.StringIO(ceasefire("tallies", "--csv").out)):
        assert not any(str(cell).startswith(("=", "+", "@")) or harmful(str(cell)) for cell in row.values())
    assert json.loads(ceasefire("tallies", "--json").out)["announced"][0]["sources"][0]["url"] is None
