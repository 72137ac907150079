"""`ceasefire rules compare`: where readings differ, and what was recorded in between."""

import json
from contextlib import closing
from datetime import timedelta
from typing import Any

from monitor.pipeline import record
from monitor.store import Store
from tests.builders import a_report, at
from tests.commands import CommandLine
from tests.output.hostile import harmful
from tests.parts import a_pipeline

MORNING = at("2025-03-19T08:00")
EARLY = "Russian drones hit a substation in Sumy overnight"
LATER = "Russian drones hit a substation in Poltava overnight \x1b[2J"


def compared(ceasefire: CommandLine) -> list[dict[str, Any]]:
    clauses: list[dict[str, Any]] = json.loads(ceasefire("rules", "compare", "energy-pause-2025", "--json").out)
    return clauses


def recorded(ceasefire: CommandLine) -> None:
    """Record a strike between the two starts, and one while both readings bind."""
    folder = ceasefire.folder / "data"
    with closing(Store.open(f"sqlite:///{folder / 'monitor.db'}", folder / "evidence")) as store:
        for title, seen in ((EARLY, MORNING), (LATER, at("2025-04-02T08:00"))):
            reports = [a_report(title, published=seen, first_seen=seen)]
            record(store, a_pipeline(folder), reports, now=seen + timedelta(hours=1), backlog=True)


def test_a_strike_before_kyivs_window_opened_falls_into_the_difference_and_a_later_one_does_not(
    ceasefire: CommandLine,
) -> None:
    recorded(ceasefire)
    [incident] = compared(ceasefire)[0]["incidents"]
    assert (incident["place"], incident["accused"], incident["day"]) == ("Sumy", "RU", "2025-03-18")
    assert incident["verdicts"] == {"kremlin": "breach", "kyiv": "no breach", "white-house": "undetermined"}


def test_from_when_a_remedy_could_be_invoked_is_said_for_each_reading_and_not_decided(ceasefire: CommandLine) -> None:
    recorded(ceasefire)
    first = {one["reading"]: (one["accused"], one["day"]) for one in compared(ceasefire)[0]["first_breaches"]}
    assert first == {"kremlin": ("RU", "2025-03-18"), "kyiv": ("RU", "2025-04-01"), "white-house": ("RU", "2025-04-01")}
    told = " ".join(ceasefire("rules", "compare", "energy-pause-2025").out.split())
    assert "Remedies (stated here, never decided)" in told
    assert "could be invoked by russia-spares-energy, reading kyiv, against RU: from 2025-04-01" in told


def test_what_was_known_before_is_compared_as_of_then(ceasefire: CommandLine) -> None:
    recorded(ceasefire)
    told = ceasefire("rules", "compare", "energy-pause-2025", "--as-of", "2025-03-18T00:00Z").out
    assert "Sumy" not in told


def test_differences_are_told_in_words_and_as_a_table(ceasefire: CommandLine) -> None:
    recorded(ceasefire)
    told = ceasefire("rules", "compare", "energy-pause-2025").out
    assert "gas_production: excluded (kremlin); covered (kyiv, white-house)" in told
    assert "1 recorded incident(s) that the readings judge differently" in told
    assert not harmful(told)


def test_each_difference_gives_the_answer_of_each_reading_and_what_all_say_is_left_out(ceasefire: CommandLine) -> None:
    answers = {one["subject"]: one["answers"] for one in compared(ceasefire)[0]["differences"]}
    assert answers["gas_production"] == {"kremlin": "excluded", "kyiv": "covered", "white-house": "covered"}
    assert answers["in force from"]["kremlin"] == "2025-03-18 14:00 UTC to 2025-03-18 16:30 UTC"
    assert "oil_refinery" not in answers


def test_an_agreement_that_is_not_there_gives_one_clear_error(ceasefire: CommandLine) -> None:
    done = ceasefire("rules", "compare", "energy-pause-2052")
    assert done.status == 1
    assert "there is no agreement 'energy-pause-2052'; known: black-sea-2025" in done.err
