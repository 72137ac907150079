"""`ceasefire rules duties`: from stored reports to where each duty stands; overdue where they are withheld."""

from contextlib import closing
from datetime import datetime, timedelta

from monitor.pipeline import record
from monitor.store import Store
from tests.builders import a_report, at
from tests.commands import CommandLine
from tests.output.hostile import harmful
from tests.parts import a_pipeline

EVENING = at("2025-03-19T18:00")
TITLE = "Russia and Ukraine exchanged 175 for 175 prisoners, and 22 wounded \x1b[2J came home"


def store_report(ceasefire: CommandLine, title: str, published: datetime) -> None:
    folder = ceasefire.folder / "data"
    with closing(Store.open(f"sqlite:///{folder / 'monitor.db'}", folder / "evidence")) as store:
        report = a_report(title, published=published, first_seen=published)
        record(store, a_pipeline(folder), [report], now=published + timedelta(hours=1), backlog=True)


def test_the_exchange_is_shown_from_reports_and_overdue_without_them(ceasefire: CommandLine) -> None:
    store_report(ceasefire, TITLE, EVENING)
    shown = ceasefire("rules", "duties").out
    assert "prisoner-exchange-2025-03/exchange: 175 for 175 fulfilled; 22 of 23 wounded" in shown
    assert "Looked at: 1 report of 1 source" in shown
    assert not harmful(shown)
    before = ceasefire("rules", "duties", "--as-of", "2025-03-19T12:00Z").out
    assert "prisoner-exchange-2025-03/exchange: prisoners each: nothing reported yet" in before


def test_json_gives_the_parts_the_sentences_and_the_history(ceasefire: CommandLine) -> None:
    store_report(ceasefire, TITLE, EVENING)
    found = {(one["agreement"], one["clause"]): one for one in ceasefire("rules", "duties", "--json").json}
    exchange = found["prisoner-exchange-2025-03", "exchange"]
    assert [(one["id"], one["status"], one["figures"]) for one in exchange["parts"]] == [
        ("prisoners", "fulfilled", [175]),
        ("wounded", "partly fulfilled", [22]),
    ]
    assert exchange["looked_at"]["reports"] == 1
    [change] = exchange["history"]
    assert (change["recorded_at"], change["words"]) == (
        "2025-03-19T19:00:00Z",
        "175 for 175 fulfilled; 22 of 23 wounded",
    )
    assert change["because"] == [exchange["parts"][0]["told"][0]["report"]]
    assert "since 19 March 2025 19:00 UTC, by R-" in " ".join(ceasefire("rules", "duties").out.split())


def test_what_is_owed_by_when_is_shown_with_the_agreement(ceasefire: CommandLine) -> None:
    shown = " ".join(ceasefire("rules", "show", "prisoner-exchange-2025-03").out.split())
    assert "a duty, due by 2025-03-19T21:00:00+00:00 (latest)" in shown
    assert "wounded: 23" in shown


def test_a_duty_is_overdue_where_reports_withhold_it_and_not_known_where_none_is_stored(ceasefire: CommandLine) -> None:
    unknown = "not known, for what was looked at could not have told of it"
    shown = " ".join(ceasefire("rules", "duties").out.split())
    assert f"prisoner-exchange-2025-03/exchange: prisoners each: {unknown}; wounded: {unknown}" in shown
    assert f"jeddah-2025-03/aid-resumes: military aid: {unknown}" in shown
    assert "Nothing was looked at: no report from 18 March 2025 21:00 UTC on" in shown
    assert "overdue" not in shown
    store_report(ceasefire, "Rain is expected in Kyiv", EVENING)
    shown = " ".join(ceasefire("rules", "duties").out.split())
    assert "prisoner-exchange-2025-03/exchange: prisoners each: overdue, no report of it found" in shown
    assert "wounded: overdue" in shown
    # The first report came a week after the aid could be resumed: it may have been, and reported, before.
    assert f"jeddah-2025-03/aid-resumes: military aid: {unknown}" in shown
    assert "none goes back to when it could first be done" in shown
