"""`ceasefire incidents`: what is shown of an event, and decisions about it from the command line."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.pipeline import record
from monitor.store import Store
from tests.builders import NOON, a_claim, a_report, a_source
from tests.commands import CommandLine
from tests.desk import ScriptedReader
from tests.output.hostile import harmful
from tests.parts import a_pipeline

HOUR = timedelta(hours=1)
WHO = ("--author", "Olena", "--reason", "a drill")


@pytest.fixture
def recorded(ceasefire: CommandLine) -> CommandLine:
    """Return the command line over a strike told by two outlets."""
    folder = ceasefire.folder / "data"
    with closing(Store.open(f"sqlite:///{folder / 'monitor.db'}", folder / "evidence")) as store:
        for number, (outlet, title) in enumerate((("alpha", "Strike on a substation"), ("beta", "Power was lost"))):
            source = a_source(id=outlet, name=outlet, publisher_group=outlet)
            report = a_report(title, source=source, url=f"https://{outlet}.example/1")
            pipeline = replace(a_pipeline(folder), reader=ScriptedReader({title: (a_claim(),)}))  # type: ignore[arg-type]
            record(store, pipeline, [report], now=NOON + (1 + number) * HOUR, backlog=True)
    return ceasefire


def only(command: CommandLine) -> str:
    [incident] = command("incidents", "list", "--json").json
    return str(incident["id"])


def test_the_list_names_each_incident_with_its_status(recorded: CommandLine) -> None:
    [incident] = recorded("incidents", "list", "--json").json
    assert (incident["status"], incident["claims"]) == ("corroborated", 2)
    assert incident["id"] in recorded("incidents", "list").out
    assert recorded("incidents", "list", "--json", "--as-of", "2020-01-01").json == []


def test_an_incident_shows_why_each_claim_belongs_to_it_and_how_surely(recorded: CommandLine) -> None:
    case = recorded("incidents", "show", only(recorded), "--json").json
    first, second = sorted(case["claims"], key=lambda claim: claim["reasons"][0]["code"] != "new")
    assert [reason["code"] for reason in first["reasons"]] == ["new"]
    assert {"same place", "same time", "same target"} <= {reason["code"] for reason in second["reasons"]}
    assert 0.5 <= second["score"] <= 1
    shown = recorded("incidents", "show", only(recorded)).out
    assert f"belongs to it with a score of {second['score']:.2f}: both say Sumy" in " ".join(shown.split())


def test_an_incident_shows_a_map_its_sources_and_the_verdict_of_each_reading(recorded: CommandLine) -> None:
    shown = " ".join(recorded("incidents", "show", only(recorded)).out.split())
    for part in (
        "https://www.openstreetmap.org/?mlat=50.9",
        "https://alpha.example/1",
        "kremlin: breach",
        "kyiv: breach",
    ):
        assert part in shown


def test_a_decision_is_made_without_a_keyboard_and_shown_with_its_author_and_reason(recorded: CommandLine) -> None:
    key = only(recorded)
    done = recorded("incidents", "dismiss", key, *WHO, "--ground", "misread")
    assert re.fullmatch(r"V-[0-9a-f]{12}\tdismissed\n", done.out), done.err
    assert [one["status"] for one in recorded("violations", "--json").json] == ["dismissed"]
    [decision] = recorded("incidents", "show", key, "--json").json["decisions"]
    assert (decision["kind"], decision["author"], decision["reason"], decision["ground"]) == (
        "dismiss", "Olena", "a drill", "misread",
    )  # fmt: skip
    assert "dismiss (misread), by Olena: a drill" in " ".join(recorded("incidents", "show", key).out.split())
    assert recorded("incidents", "reopen", key, *WHO).out.endswith("\tcorroborated\n")
    assert recorded("incidents", "confirm", key, *WHO).out.endswith("\tconfirmed\n")
    assert recorded("incidents", "note", key, *WHO).out == ""
    kinds = [one["kind"] for one in recorded("incidents", "show", key, "--json").json["decisions"]]
    assert kinds == ["dismiss", "reopen", "confirm", "note"]


def test_place_time_and_attacker_are_corrected_from_the_command_line(recorded: CommandLine) -> None:
    key = only(recorded)
    right = ("--place", "Sudzha", "--time", "2025-03-20", "--attacker", "unknown")
    done = recorded("incidents", "correct", key, *WHO, *right)
    assert done.status == 0, done.err
    case = recorded("incidents", "show", key, "--json").json
    assert case["headline"].endswith("Sudzha, 20 March 2025 (UTC)")
    [decision] = case["decisions"]
    assert decision["correction"] == "Sudzha; 20 March 2025 (UTC); attacker unknown"
    assert [one["status"] for one in recorded("violations", "--json").json] == ["withdrawn"]


@pytest.mark.parametrize(
    ("right", "message"),
    [
        ((), "nothing is corrected; name --place, --time or --attacker"),
        (("--place", "Nowhere at all"), "the gazetteer has no 'Nowhere at all'"),
        (("--place", "Pervomaiske"), "places are called 'Pervomaiske'; name one by its id: "),
        (("--time", "2025-03-20/2025-03-01"), "ends before it starts"),
        (("--time", "yesterday"), "'yesterday' is not a time"),
        (("--attacker", "PL"), "'PL' is no party; known: "),
    ],
)
def test_a_correction_that_cannot_be_used_says_how_to_mend_it(
    recorded: CommandLine, right: tuple[str, ...], message: str
) -> None:
    done = recorded("incidents", "correct", only(recorded), *WHO, *right)
    assert done.status in (1, 2)
    assert message in " ".join(done.err.split())
    assert "Traceback" not in done.err


def test_incidents_are_split_and_merged_from_the_command_line(recorded: CommandLine) -> None:
    key = only(recorded)
    claim = recorded("incidents", "show", key, "--json").json["claims"][1]["id"]
    apart = recorded("incidents", "split", key, "--claim", claim, *WHO).out.splitlines()[-1].split("\t")[0]
    assert {one["id"]: one["claims"] for one in recorded("incidents", "list", "--json").json} == {key: 1, apart: 1}
    assert recorded("incidents", "merge", key, apart, *WHO).status == 0
    case = recorded("incidents", "show", key, "--json").json
    assert {reason["code"] for one in case["claims"] for reason in one["reasons"]} == {"placed by a person"}
    assert [(one["kind"], one["other"]) for one in case["decisions"]] == [("split", apart), ("merge", apart)]
    shown = " ".join(recorded("incidents", "show", apart).out.split())
    assert f"its claims stand in {key}" in shown


@pytest.mark.parametrize("command", ["confirm", "dismiss", "reopen", "note"])
def test_a_decision_without_author_or_reason_is_refused(recorded: CommandLine, command: str) -> None:
    key = only(recorded)
    ground = ("--ground", "untrue") if command == "dismiss" else ()
    for said in (("--author", "Olena"), ("--reason", "a drill"), ("--author", " ", "--reason", "a drill")):
        done = recorded("incidents", command, key, *said, *ground)
        assert done.status in (1, 2)
        assert "Traceback" not in done.err
    assert recorded("incidents", "show", key, "--json").json["decisions"] == []


def test_what_a_feed_says_is_shown_without_control_characters(ceasefire: CommandLine) -> None:
    title = "Strike \x1b[2J\x1b]0;owned\x07 on a ‮substation"
    folder = ceasefire.folder / "data"
    with closing(Store.open(f"sqlite:///{folder / 'monitor.db'}", folder / "evidence")) as store:
        pipeline = replace(a_pipeline(folder), reader=ScriptedReader({title: (a_claim(),)}))  # type: ignore[arg-type]
        record(store, pipeline, [a_report(title, url="javascript:alert(1)")], now=NOON, backlog=True)
    for command in (("list",), ("show", only(ceasefire))):
        shown = ceasefire("incidents", *command).out
        assert not harmful(shown)
        assert "javascript" not in shown
