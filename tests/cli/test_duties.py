"""`ceasefire rules duties`: from stored reports to where each duty stands; overdue where they are withheld."""

from contextlib import closing
from datetime import timedelta

from monitor.pipeline import record
from monitor.store import Store
from tests.builders import a_report, at
from tests.commands import CommandLine
from tests.output.hostile import harmful
from tests.parts import a_pipeline

EVENING = at("2025-03-19T18:00")
TITLE = "Russia and Ukraine exchanged 175 for 175 prisoners, and 22 wounded \x1b[2J came home"


def test_the_exchange_is_shown_from_reports_and_overdue_without_them(ceasefire: CommandLine) -> None:
    folder = ceasefire.folder / "data"
    with closing(Store.open(f"sqlite:///{folder / 'monitor.db'}", folder / "evidence")) as store:
        report = a_report(TITLE, published=EVENING, first_seen=EVENING)
        record(store, a_pipeline(folder), [report], now=EVENING + timedelta(hours=1), backlog=True)
    shown = ceasefire("rules", "duties").out
    assert "prisoner-exchange-2025-03/exchange: partly fulfilled" in shown
    assert "175 of 175" in shown
    assert "22 of 23" in shown
    assert "jeddah-2025-03/aid-resumes: overdue" in shown
    assert not harmful(shown)
    before = ceasefire("rules", "duties", "--as-of", "2025-03-19T12:00Z").out
    assert "prisoner-exchange-2025-03/exchange: pending" in before


def test_what_is_owed_by_when_is_shown_with_the_agreement(ceasefire: CommandLine) -> None:
    shown = " ".join(ceasefire("rules", "show", "prisoner-exchange-2025-03").out.split())
    assert "a duty, due by 2025-03-19T21:00:00+00:00 (latest)" in shown
    assert "badly wounded: 23" in shown


def test_without_reports_a_duty_is_overdue_and_says_how_many_were_looked_at(ceasefire: CommandLine) -> None:
    shown = ceasefire("rules", "duties").out
    assert "prisoner-exchange-2025-03/exchange: overdue" in shown
    assert "0 reports looked at" in " ".join(shown.split())
