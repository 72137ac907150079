"""Looking after an installation: feeds, rules, alerts, doctor, rejudge."""

import json
import re
from datetime import UTC, datetime

import pytest

from tests.builders import NOON, a_report
from tests.commands import CommandLine
from tests.installation import CHECKOUT, Installation

STRIKE = '{"id": "1", "title": "Russian drones hit a power substation in Sumy", "published": "2025-04-02T10:00Z"}\n'


@pytest.fixture
def replayed(ceasefire: CommandLine) -> CommandLine:
    """Return the command line after the replay of one strike."""
    done = ceasefire("replay", ceasefire.file("strike.jsonl", STRIKE))
    assert done.status == 0, done.err
    assert "1 new reports" in done.err
    return ceasefire


def test_the_version_is_that_of_the_project(ceasefire: CommandLine) -> None:
    [version] = re.findall(r'^version = "(.+)"$', (CHECKOUT / "pyproject.toml").read_text(), re.MULTILINE)
    assert ceasefire("--version").out == f"ceasefire {version}\n"


def test_quiet_leaves_data_and_errors_only(ceasefire: CommandLine) -> None:
    path = ceasefire.file("strike.jsonl", STRIKE)
    done = ceasefire("--quiet", "replay", path)
    assert (done.status, done.out, done.err) == (0, "", "")
    assert "nowhere" in ceasefire("--quiet", "replay", "nowhere").err


def test_replay_says_what_it_added_and_where_it_is(replayed: CommandLine) -> None:
    again = replayed("replay", replayed.folder / "strike.jsonl")
    assert again.out == ""
    assert "0 new reports, 0 claims" in again.err
    said = again.err.replace("\n", "")
    assert str(replayed.folder / "data" / "alerts") in said
    assert "monitor.db" in said


def test_an_undated_report_is_undetermined_unless_it_is_said_when_it_was_published(ceasefire: CommandLine) -> None:
    undated = ceasefire.file("undated.jsonl", '{"id": "1", "title": "Russian drones hit a power substation in Sumy"}\n')
    assert ceasefire("replay", undated).status == 0
    assert ceasefire("violations", "--json").json == []
    dated = ceasefire.file("dated.txt", "Russian drones hit a power substation in Poltava\n\nIt burned.\n")
    assert ceasefire("replay", dated, "--published", "2025-04-02T10:00Z").status == 0
    [violation] = ceasefire("violations", "--json").json
    assert violation["place"]["name"] == "Poltava"


def test_feeds_are_listed_with_grade_side_and_state(ceasefire: CommandLine) -> None:
    feeds = ceasefire("feeds", "list", "--json").json
    assert {"on" if feed["enabled"] else "off": feed["state"] for feed in feeds} == {
        "off": "switched off",
        "on": "not polled yet",
    }
    assert {feed["reliability"] for feed in feeds} <= set("ABCDEF")
    table = ceasefire("feeds", "list").out
    assert all(feed["id"][:10] in table for feed in feeds)


def test_rules_are_listed_shown_checked_and_tested(ceasefire: CommandLine) -> None:
    assert "energy-pause-2025" in ceasefire("rules", "list").out
    shown = ceasefire("rules", "show", "energy-pause-2025").out
    for reading in ("kremlin", "kyiv", "white-house"):
        assert f"Reading {reading}" in shown
    assert ceasefire("rules", "check").status == 0
    tested = ceasefire("rules", "test")
    assert tested.status == 0, tested.out
    assert re.search(r"[1-9]\d* passed, 0 failed", tested.err)
    assert ceasefire("rules", "schema").json["type"] == "object"


def test_an_example_that_comes_out_otherwise_fails_and_says_how(ceasefire: CommandLine) -> None:
    text = (CHECKOUT / "rules/agreements/energy-pause-2025.yaml").read_text(encoding="utf-8")
    head, examples = text.split("\nexamples:", 1)
    wrong = examples.replace("breach: {russia-spares-energy: [kremlin]}", "breach: {russia-spares-energy: [kyiv]}", 1)
    assert wrong != examples
    ceasefire.own("rules/agreements/energy-pause-2025.yaml", f"{head}\nexamples:{wrong}")
    done = ceasefire("rules", "test")
    assert done.status == 1
    assert "FAIL" in done.out
    assert "1 failed" in done.err


NOTHING = "No agreement in force: reports are read and stored, nothing can be a violation."


@pytest.mark.parametrize("command", [["doctor"], ["report"], ["rules", "list"]], ids=" ".join)
def test_that_nothing_is_in_force_is_said_with_how_to_add_an_agreement(
    ceasefire: CommandLine, command: list[str]
) -> None:
    done = ceasefire(*command)
    assert NOTHING in " ".join(done.out.split())
    assert "rules/agreements/NAME.yaml" in done.out


@pytest.mark.parametrize("command", [["doctor"], ["report"], ["rules", "list"]], ids=" ".join)
def test_what_is_in_force_is_said_with_each_reading(ceasefire: CommandLine, command: list[str]) -> None:
    installation = Installation(ceasefire.folder)
    installation.add_agreement_that_binds_now(datetime.now(UTC))
    ceasefire.settings |= installation.settings
    done = ceasefire(*command)
    assert NOTHING not in " ".join(done.out.split())
    for holder in ("Kremlin", "Kyiv", "White House"):
        assert f"as {holder} reads it" in " ".join(done.out.split())


def test_doctor_finds_nothing_wrong_with_a_sound_installation(replayed: CommandLine) -> None:
    done = replayed("doctor")
    assert done.status == 0, done.err
    assert "all is well" in done.err
    assert "reports: 1" in " ".join(done.out.split())
    assert "energy-pause-2025" in done.out


def test_doctor_names_evidence_that_was_changed(ceasefire: CommandLine) -> None:
    from tests.cli.test_reporting import opened
    from tests.store.test_records import a_document

    document = a_document(b"<rss/>")
    with opened(ceasefire) as store:
        store.archive.keep(document)
        with store.transaction() as tx:
            tx.add_document(document)
    assert ceasefire("doctor").status == 0
    [kept] = (ceasefire.folder / "data/evidence").glob(f"??/??/{document.sha256}")
    kept.write_bytes(b"forged")
    done = ceasefire("doctor")
    assert done.status == 1
    assert "trouble: evidence:" in done.err


def test_a_report_that_could_not_be_read_is_shown_and_read_again_when_asked(ceasefire: CommandLine) -> None:
    from tests.cli.test_reporting import opened

    feed = ceasefire("feeds", "list", "--json").json[0]["id"]
    strike = a_report("Russian drones hit a power substation in Sumy", feed_id=feed)
    with opened(ceasefire) as store, store.transaction() as tx:
        [stored] = tx.add_reports([strike])
        tx.add_failed_reading(stored, "RuntimeError: \x1b[31m a defect", "0.0.1", False, NOON)
    doctor = ceasefire("doctor")
    assert doctor.status == 1
    said = " ".join(doctor.err.split())
    assert "could not be read by version 0.0.1: RuntimeError: a defect" in said
    assert "1 stored reports are not read; a new version does it, or `ceasefire reread`" in said
    listed = {row["id"]: row for row in ceasefire("feeds", "list", "--json").json}[feed]
    assert (listed["unread"], listed["state"]) == (1, "not polled yet; 1 reports could not be read")
    assert "not read: 1 (reading failed)" in ceasefire("report").out
    done = ceasefire("reread")
    assert done.status == 0
    assert "1 reports read, 1 changes of violations; 0 still cannot be read" in " ".join(done.err.split())
    assert ceasefire("doctor").status == 0
    assert len(ceasefire("violations", "--json").json) == 1


def test_alerts_of_a_replay_are_in_the_file_and_can_be_queued_again(replayed: CommandLine) -> None:
    [notice] = replayed("alerts", "outbox", "list", "--json").json
    assert (notice["channel"], notice["state"], notice["attempts"]) == ("file", "sent", 1)
    assert replayed("alerts", "outbox", "list", "--state", "pending", "--json").json == []
    assert replayed("alerts", "outbox", "replay", notice["id"]).status == 0
    [queued] = replayed("alerts", "outbox", "list", "--state", "pending", "--json").json
    assert queued["id"] == notice["id"]
    assert "0 alerts sent, 1 written to the file alone" in replayed("alerts", "send").err
    lines = (replayed.folder / "data/alerts/alerts.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [notice["id"]] * 2, "the same id, so that it can be told apart"


def test_replay_tells_people_only_when_asked_to(ceasefire: CommandLine) -> None:
    ceasefire.set(
        webhook_url="http://127.0.0.1:1/hook",
        webhook_secret="whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw",
        allow_private_addresses="true",
    )
    path = ceasefire.file("strike.jsonl", STRIKE)
    assert ceasefire("replay", path).status == 0
    assert [one["channel"] for one in ceasefire("alerts", "outbox", "list", "--json").json] == ["file"]
    other = ceasefire.file("other.jsonl", STRIKE.replace("Sumy", "Poltava").replace('"1"', '"2"'))
    assert ceasefire("replay", other, "--send").status == 0
    [told, _] = ceasefire("alerts", "outbox", "list", "--json").json
    assert (told["channel"], told["state"], told["attempts"]) == ("webhook", "pending", 0), "nobody was reached"
    assert told["last_error"]


def test_rejudging_by_the_same_rules_changes_nothing(replayed: CommandLine) -> None:
    before = replayed("violations", "--json").out
    done = replayed("rejudge")
    assert (done.status, done.out) == (0, "")
    assert "0 violations and 0 verdicts of readings come out otherwise" in " ".join(done.err.split())
    assert replayed("violations", "--json").out == before
