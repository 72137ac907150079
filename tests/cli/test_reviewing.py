"""`ceasefire review` and what it leaves: keys in, decisions out; and dismissed texts as labelled data."""

import json
import re
from contextlib import closing
from dataclasses import replace

import pytest

from monitor.model.claims import Claim
from monitor.pipeline import record
from monitor.store import Store
from tests.builders import NOON, a_claim, a_report, a_source
from tests.commands import CommandLine, Done
from tests.desk import HOUR, KHARKIV, ScriptedReader
from tests.output.hostile import harmful
from tests.parts import a_pipeline


def told(
    command: CommandLine, outlet: str, title: str, *claims: Claim, hours: int = 1, text: str | None = None
) -> None:
    """Record a report that is read as these claims."""
    folder = command.folder / "data"
    with closing(Store.open(f"sqlite:///{folder / 'monitor.db'}", folder / "evidence")) as store:
        source = a_source(id=outlet, name=outlet, publisher_group=outlet)
        now = NOON + hours * HOUR
        report = replace(a_report(title, source=source, first_seen=now), text=text)
        pipeline = replace(a_pipeline(folder), reader=ScriptedReader({title: claims}))  # type: ignore[arg-type]
        record(store, pipeline, [report], now=now, backlog=True)


@pytest.fixture
def two(ceasefire: CommandLine) -> CommandLine:
    """Return the command line over a strike in Sumy, told by two outlets, and a later one in Kharkiv."""
    told(ceasefire, "alpha", "Strike on a substation", a_claim())
    told(ceasefire, "beta", "Power was lost", a_claim())
    told(ceasefire, "gamma", "Strike in Kharkiv", a_claim(place=KHARKIV))
    return ceasefire


def typed(command: CommandLine, *lines: str) -> Done:
    return command("review", "--author", "Olena", stdin="".join(f"{line}\n" for line in lines))


def statuses(command: CommandLine) -> dict[str, str]:
    return {one["place"]["name"]: one["status"] for one in command("violations", "--json").json}


def test_each_incident_is_one_screen_with_quotes_sources_map_and_verdicts(two: CommandLine) -> None:
    shown = " ".join(typed(two, "", "").out.split())
    for part in (
        "1 of 2", "2 of 2", '"Strike on a substation"', "alpha (reliability", "https://www.openstreetmap.org/?mlat=",
        "kyiv: breach", "a violation that nobody has confirmed or dismissed",
    ):  # fmt: skip
        assert part in shown


def test_keys_decide_and_what_is_decided_does_not_come_again(two: CommandLine) -> None:
    done = typed(two, "c", "seen on site", "d", "m", "an exercise")
    assert done.status == 0, done.err
    assert sorted(statuses(two).values()) == ["confirmed", "dismissed"]
    assert "0 incidents need a person" in typed(two).err


def test_what_is_passed_over_left_or_given_no_reason_changes_nothing(two: CommandLine) -> None:
    before = statuses(two)
    for lines in (("", ""), ("q",), ("c", ""), ("d", "x"), ("z",), ()):
        assert typed(two, *lines).status == 0
        assert statuses(two) == before
    assert "2 incidents need a person" in typed(two).err


def test_a_mistake_is_named_and_the_same_incident_asked_about_again(two: CommandLine) -> None:
    done = typed(two, "s", "1 9", "p", "Nowhere at all", "t", "soon", "c", "seen on site")
    for message in ("there is no claim number '9'", "the gazetteer has no 'Nowhere at all'", "'soon' is not a time"):
        assert message in " ".join(done.err.split())
    assert list(statuses(two).values()).count("confirmed") == 1
    assert "Traceback" not in done.err


def test_place_time_and_attacker_are_corrected_by_keys_and_the_incident_is_shown_as_it_is_then(
    two: CommandLine,
) -> None:
    done = typed(
        two, "p", "Sudzha", "a video shows where", "t", "2025-01-10", "metadata", "n", "asked the operator", "q"
    )
    shown = " ".join(done.out.split())
    assert "Sudzha, 2 April 2025" in shown
    assert "Sudzha, 10 January 2025 (UTC)" in shown
    assert "note, by Olena: asked the operator" in shown


def test_incidents_are_merged_and_split_by_keys(two: CommandLine) -> None:
    first, second = re.findall(r"\d of 2: (I-\w+)", typed(two, "", "").out)
    typed(two, "m", second, "one strike", "q")
    [left] = two("incidents", "list", "--json").json
    assert (left["id"], left["claims"]) == (first, 3)
    typed(two, "s", "3", "two strikes after all", "q")
    assert sorted(one["claims"] for one in two("incidents", "list", "--json").json) == [1, 2]


def test_what_was_decided_is_asked_about_again_when_more_is_reported(ceasefire: CommandLine) -> None:
    told(ceasefire, "alpha", "Strike on a substation", a_claim())
    typed(ceasefire, "d", "u", "the outlet took it back in a call")
    assert "0 incidents need a person" in typed(ceasefire).err
    # The decision was made by the clock of the machine: what comes after it has to come in the far future.
    told(ceasefire, "beta", "Power was lost", a_claim(), hours=100 * 365 * 24)
    done = typed(ceasefire, "n", "read; it stays dismissed", "q")
    assert "reports came after it was decided (dismiss): beta" in " ".join(done.out.split())
    assert set(statuses(ceasefire).values()) == {"dismissed"}


def test_open_questions_are_asked_about_on_request_only(ceasefire: CommandLine) -> None:
    told(ceasefire, "alpha", "A substation was hit", a_claim(attacker=None, attacker_basis=None))
    assert "0 incidents need a person" in typed(ceasefire).err
    done = ceasefire("review", "--author", "Olena", "--undetermined", stdin="q\n")
    assert "at least one leaves it open" in " ".join(done.out.split())


def test_hostile_texts_are_shown_without_harm(ceasefire: CommandLine) -> None:
    told(ceasefire, "alpha", "Strike \x1b[2J\x1b]0;owned\x07 on a \u202esubstation [bold]x[/bold]", a_claim())
    done = typed(ceasefire, "q")
    assert not harmful(done.out)
    assert "[bold]x[/bold]" in done.out


# Dismissed texts as labelled data


def exported(command: CommandLine) -> list[dict[str, object]]:
    return [json.loads(line) for line in command("incidents", "export").out.splitlines()]


def test_what_was_misread_becomes_labelled_texts_that_evaluate_reads(two: CommandLine) -> None:
    assert exported(two) == []
    [sumy] = [one["id"] for one in two("incidents", "list", "--json").json if "Sumy" in one["headline"]]
    [kharkiv] = [one["id"] for one in two("incidents", "list", "--json").json if "Kharkiv" in one["headline"]]
    who = ("--author", "Olena", "--reason", "an exercise")
    two("incidents", "dismiss", sumy, *who, "--ground", "misread")
    two("incidents", "dismiss", kharkiv, *who, "--ground", "untrue")
    labels = exported(two)
    assert {label["title"] for label in labels} == {"Strike on a substation", "Power was lost"}
    assert {str(label["expect"]) for label in labels} == {"{'energy_strike': False}"}
    file = two.file("dismissed.jsonl", two("incidents", "export").out)
    assert two("evaluate", file, "--json").json["examples"] == 2
    two("incidents", "reopen", sumy, *who)
    assert exported(two) == []


def test_of_a_report_that_tells_of_another_strike_too_only_the_misread_sentence_is_labelled(
    ceasefire: CommandLine,
) -> None:
    title, text = "Night over two regions", "A drill was held at a substation. A substation in Kharkiv was hit."
    whole = f"{title}\n\n{text}"
    drill, strike = ((whole.index(part), whole.index(part) + len(part)) for part in text.split(". ", 1))
    told(
        ceasefire, "alpha", title,
        a_claim(id="c1", spans={"sentence": (drill,)}), a_claim(id="c2", place=KHARKIV, spans={"sentence": (strike,)}),
        text=text,
    )  # fmt: skip
    [sumy] = [one["id"] for one in ceasefire("incidents", "list", "--json").json if "Sumy" in one["headline"]]
    ceasefire("incidents", "dismiss", sumy, "--author", "O", "--reason", "a drill", "--ground", "misread")
    [label] = exported(ceasefire)
    assert label["title"] == "A drill was held at a substation"
    assert "text" not in label
