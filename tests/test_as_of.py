"""A question about a past instant is answered with exactly what was known then, whatever came since."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.casework import case_file
from monitor.model.claims import Actor, Stance
from monitor.model.decisions import Correction, DecisionKind, Ground
from monitor.model.judgements import Slot
from monitor.output.csv import violations_as_csv
from monitor.output.html import report_as_html
from monitor.output.report_data import ReportData
from monitor.pipeline import record
from monitor.rejudging import rejudge
from monitor.report import gather
from monitor.store import Store
from tests.builders import NOON, a_claim, a_report, a_source, a_time
from tests.commands import CommandLine, ceasefire
from tests.desk import HOUR, KHARKIV, Desk, ScriptedReader, database_url, desk
from tests.parts import a_pipeline
from tests.test_deciding import decided
from tests.test_rearranging import claims_of, of

__all__ = ["ceasefire", "database_url", "desk"]

DENIAL = a_claim(stance=Stance.DENIED, denied_by=(Actor(name="Ministry of Defence", party="RU"),))
Step = Callable[[Desk, datetime], object]


def report(title: str, outlet: str, **claim: Any) -> Step:
    return lambda desk, now: desk.record(desk.report(title, a_claim(**claim), outlet=outlet), now=now)


def decide(kind: DecisionKind, *outlets: str, **changes: Any) -> Step:
    def step(desk: Desk, now: datetime) -> object:
        given = {key: value(desk) if callable(value) else value for key, value in changes.items()}
        return decided(desk, kind, incident_id=of(desk, *outlets), decided_at=now, **given)

    return step


#: What happens, an hour apart: reports, an edit, a denial, every kind of decision, and a change of rules.
STEPS: tuple[Step, ...] = (
    report("Sumy", "alpha"),
    report("Sumy too", "beta"),
    report("Kharkiv", "gamma", place=KHARKIV),
    lambda desk, now: desk.record(desk.report("Not so", DENIAL, outlet="delta"), now=now),
    report("Kharkiv, mended", "gamma", place=KHARKIV, quantity=3),
    decide(DecisionKind.NOTE, "gamma"),
    decide(DecisionKind.CORRECT, "gamma", correction=Correction(slots=(Slot.TIME,), event_time=a_time("2025-04-01"))),
    decide(DecisionKind.DISMISS, "gamma", ground=Ground.UNTRUE),
    decide(DecisionKind.REOPEN, "gamma"),
    decide(DecisionKind.SPLIT, "alpha", "beta", "delta", claims=lambda desk: claims_of(desk, "beta")),
    decide(DecisionKind.MERGE, "gamma", other=lambda desk: of(desk, "beta")),
    decide(DecisionKind.CONFIRM, "beta", "gamma"),
    lambda desk, now: rejudge(desk.store, replace(desk.pipeline, agreements=()), now=now),
    report("Sumy once more", "epsilon"),
)


def known(desk: Desk, now: datetime, as_of: datetime | None = None) -> tuple[ReportData, Any]:
    """Return all that a report and the case files say."""
    data = gather(desk.store, (), desk.pipeline.agreements, now=now, as_of=as_of)
    with desk.store.query() as query:
        ids = query.incident_ids(as_of)
        return data, {key: case_file(query, key, as_of) for key in ids}


def test_each_instant_is_shown_as_it_was_then(desk: Desk) -> None:
    then: dict[datetime, tuple[ReportData, Any]] = {}
    for number, step in enumerate(STEPS):
        now = NOON + (number + 1) * HOUR
        step(desk, now)
        then[now] = known(desk, now)
    assert len({repr(snapshot) for snapshot in then.values()}) == len(STEPS), "each step changes something"
    for moment, snapshot in then.items():
        shown = known(desk, NOON + 1_000 * HOUR, as_of=moment)
        assert shown == snapshot, moment
        for render in (report_as_html, lambda data: violations_as_csv(data.violations)):
            assert render(shown[0]) == render(snapshot[0])


@pytest.fixture
def recorded(ceasefire: CommandLine) -> CommandLine:
    folder = ceasefire.folder / "data"
    with closing(Store.open(f"sqlite:///{folder / 'monitor.db'}", folder / "evidence")) as store:
        for outlet, title in (("alpha", "Strike"), ("beta", "Power was lost")):
            pipeline = replace(a_pipeline(folder), reader=ScriptedReader({title: (a_claim(),)}))  # type: ignore[arg-type]
            source = a_source(id=outlet, name=outlet, publisher_group=outlet)
            record(store, pipeline, [a_report(title, source=source)], now=NOON + HOUR, backlog=True)
    return ceasefire


def written(command: CommandLine, name: str) -> tuple[bytes, ...]:
    """Return the report as of that afternoon, byte by byte, in every form."""
    paths = {kind: Path(command.folder / f"{name}.{kind}") for kind in ("html", "json", "csv")}
    options = [option for kind, path in paths.items() for option in (f"--{kind}", str(path))]
    as_of = ("--as-of", (NOON + 2 * HOUR).isoformat())
    printed = command("report", *options, *as_of).out
    [incident] = command("incidents", "list", "--json", *as_of).json
    rest = [command(*line, *as_of).out for line in (("violations", "--json"), ("incidents", "show", incident["id"]))]
    return (*(path.read_bytes() for path in paths.values()), *(text.encode() for text in (printed, *rest)))


def test_a_report_as_of_one_time_is_the_same_to_the_byte_whenever_it_is_made(recorded: CommandLine) -> None:
    first = written(recorded, "first")
    assert written(recorded, "second") == first
    [incident] = recorded("incidents", "list", "--json").json
    who = ("--author", "Olena", "--reason", "a drill")
    assert recorded("incidents", "correct", incident["id"], *who, "--place", "Sudzha").status == 0
    assert recorded("incidents", "dismiss", incident["id"], *who, "--ground", "misread").status == 0
    assert recorded("violations", "--json").json[0]["status"] == "withdrawn"
    assert written(recorded, "third") == first
