"""What a user gets wrong is told in one message that says where and how to mend it; never a traceback."""

import json
import re
import sqlite3
from pathlib import Path

import pytest

from tests.commands import CommandLine, Done
from tests.installation import CHECKOUT

AGREEMENT = CHECKOUT / "rules/agreements/energy-pause-2025.yaml"
FEED_LIST = """\
sources:
  - {id: outlet, name: Outlet, publisher_group: outlet, reliability: B}
feeds:
  - {id: outlet, source: outlet, url: "https://outlet.example/rss", language: en, interval_seconds: 600}
"""


def assert_told(done: Done, *words: str, status: int = 1) -> None:
    """Check that a command refused with one error that holds the words, and printed no data and no traceback."""
    assert done.status == status, (done.out, done.err)
    assert done.out == ""
    assert "Traceback" not in done.err
    said = " ".join(done.err.split())
    for word in words:
        assert word in said


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        pytest.param("id: energy-pause-2025", "id: [energy", "", id="text that is no YAML"),
        pytest.param("id: energy-pause-2025", "id: energy-pause-2025\nid: again", "id", id="a key twice"),
        pytest.param("\nparties:", "\nparty: x\nparties:", "party", id="a key that is not known"),
        pytest.param("\ndate: ", "\ndate: someday #", "date", id="a date that is none"),
        pytest.param("\ntitle: ", "\ntitel: ", "title", id="a title that is missing"),
        pytest.param("- power_plant", "- power_plnat", "power_plnat", id="a class that does not exist"),
    ],
)
def test_a_broken_rule_file_is_named_with_line_and_field(
    ceasefire: CommandLine, before: str, after: str, field: str
) -> None:
    text = AGREEMENT.read_text(encoding="utf-8")
    assert before in text
    path = ceasefire.own("rules/agreements/energy-pause-2025.yaml", text.replace(before, after, 1))
    done = ceasefire("rules", "check")
    assert_told(done, field)
    assert re.search(rf"{re.escape(path.name)}:\d+: ", done.err.replace("\n", "")), done.err


@pytest.mark.parametrize(
    "command", [["violations"], ["report"], ["doctor"], ["read"], ["replay", "--sample"], ["once"]]
)
def test_every_command_refuses_a_broken_rule_file_alike(ceasefire: CommandLine, command: list[str]) -> None:
    ceasefire.own("rules/agreements/mine.yaml", "id: mine\n")
    assert_told(ceasefire(*command), "mine.yaml", "title")


def test_all_mistakes_of_all_rule_files_are_told_at_once(ceasefire: CommandLine) -> None:
    ceasefire.own("rules/agreements/a.yaml", "id: a\n")
    ceasefire.own("rules/agreements/b.yaml", "id: b\n")
    ceasefire.own("rules/theatres/moon/theatre.yaml", "id: moon\n")
    ceasefire.own("rules/vocabulary/events.yaml", "event: []\n")
    ceasefire.own("rules/vocabulary/en/targets.yaml", "langage: en\n")
    ceasefire.own("seeds/control.yaml", "controls: []\n")
    done = ceasefire("rules", "check")
    assert_told(done, "a.yaml", "b.yaml", "title", "parties", "clauses")
    assert_told(done, "theatre.yaml", "sides", "events.yaml", "langage", "control.yaml")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param(FEED_LIST.replace("interval_seconds: 600", "interval_seconds: soon"), 4, "interval_seconds"),
        pytest.param(FEED_LIST.replace("source: outlet", "source: other"), 4, "other"),
        pytest.param(FEED_LIST.replace("reliability: B", "reliability: Z"), 2, "reliability"),
        pytest.param(FEED_LIST.replace("https://outlet.example/rss", "file:///etc/passwd"), 4, "url"),
        pytest.param(FEED_LIST.replace("language: en", "language: fr"), 4, "language"),
        pytest.param(FEED_LIST.replace("feeds:", "feed:"), None, "feeds"),
        pytest.param(FEED_LIST + "  - {id: outlet", 5, ""),
    ],
    ids=["interval", "unknown source", "grade", "address of a file", "language", "misspelt list", "no YAML"],
)
def test_a_broken_feed_list_is_named_with_line_and_field(
    ceasefire: CommandLine, text: str, line: int | None, words: str
) -> None:
    ceasefire.own("seeds/feeds.yaml", text)
    place = f"feeds.yaml:{line}" if line else "feeds.yaml"
    assert_told(ceasefire("feeds", "list"), place, words)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("tick_seconds", "soon", "CEASEFIRE_TICK_SECONDS"),
        ("tick_seconds", "0", "greater than or equal to 1"),
        ("smtp_host", "mail.example", "CEASEFIRE_MAIL_TO"),
        ("webhook_url", "not a url", "CEASEFIRE_WEBHOOK_URL"),
        ("log_level", "LOUD", "CEASEFIRE_LOG_LEVEL"),
        ("tik_seconds", "20", "did you mean CEASEFIRE_TICK_SECONDS?"),
        ("rules_dir", "/nowhere/at/all", "/nowhere/at/all"),
    ],
)
def test_a_wrong_setting_is_named_with_its_origin(ceasefire: CommandLine, name: str, value: str, words: str) -> None:
    ceasefire.set(**{name: value})
    assert_told(ceasefire("violations"), words)


def test_a_wrong_setting_in_a_file_is_named_with_its_line(ceasefire: CommandLine) -> None:
    ceasefire.file("my.env", "# mine\nCEASEFIRE_LOG_LEVEL=INFO\nCEASEFIRE_TICK_SECONDS=soon\n")
    assert_told(ceasefire("--env-file", "my.env", "violations"), "my.env:3: CEASEFIRE_TICK_SECONDS:")


def test_a_secret_is_not_repeated_in_the_error_about_it(ceasefire: CommandLine) -> None:
    ceasefire.set(database_url="mysql://user:hunter2@host/name")
    done = ceasefire("violations")
    assert_told(done, "postgresql://")
    assert "hunter2" not in done.err


def test_a_settings_file_that_does_not_exist_is_wrong_usage(ceasefire: CommandLine) -> None:
    assert_told(ceasefire("--env-file", "no.env", "violations"), "no.env", status=2)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        pytest.param("rules/vocabulary/target-classes.yaml", "classes: {", "target-classes.yaml:1", id="no YAML"),
        pytest.param("rules/vocabulary/target-classes.yaml", "klasses: []\n", "klasses", id="an unknown key"),
        pytest.param("seeds/facilities.yaml", "- nonsense\n", "facilities.yaml", id="facilities of another form"),
        pytest.param("seeds/control.yaml", "- area: nowhere\n", "control.yaml", id="control of another form"),
        pytest.param("seeds/officials.yaml", "- region: nowhere\n", "officials.yaml", id="officials of another form"),
    ],
)
def test_a_broken_file_that_reading_rests_on_is_named(ceasefire: CommandLine, name: str, text: str, words: str) -> None:
    ceasefire.own(name, text)
    assert_told(ceasefire("read"), words)


def a_vocabulary_file() -> str:
    """Return the name of some shipped vocabulary file."""
    return min((CHECKOUT / "rules/vocabulary/en").glob("*.yaml")).relative_to(CHECKOUT).as_posix()


def test_a_broken_vocabulary_file_is_named_with_its_line(ceasefire: CommandLine) -> None:
    name = a_vocabulary_file()
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    ceasefire.own(name, text + "\nnonsense_key: true\n")
    assert_told(ceasefire("read"), f"{Path(name).name}:", "nonsense_key")


# The database


def test_a_database_that_is_none_is_refused(ceasefire: CommandLine) -> None:
    ceasefire.file("data/monitor.db", b"this is a letter, not a database. " * 100)
    assert_told(ceasefire("violations"), "monitor.db", "no SQLite database")


def test_a_database_that_is_a_folder_is_refused(ceasefire: CommandLine) -> None:
    (ceasefire.folder / "data/monitor.db").mkdir(parents=True)
    assert_told(ceasefire("violations"), "monitor.db", "is a folder")


def test_a_database_of_a_newer_version_is_refused_and_left_alone(ceasefire: CommandLine) -> None:
    assert ceasefire("violations").status == 0
    path = ceasefire.folder / "data/monitor.db"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert_told(ceasefire("violations"), "9999", "update the program")


def test_a_database_of_another_program_is_refused(ceasefire: CommandLine) -> None:
    path = ceasefire.file("data/monitor.db", b"")
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")
    connection.close()
    assert_told(ceasefire("violations"), "recipes", "another program")


def test_a_data_folder_that_is_a_file_is_refused(ceasefire: CommandLine) -> None:
    ceasefire.file("data", "x")
    assert_told(ceasefire("violations"), str(ceasefire.folder / "data"))


def test_a_server_that_does_not_answer_is_named_without_its_password(ceasefire: CommandLine) -> None:
    ceasefire.set(database_url="postgresql://user:hunter2@127.0.0.1:1/name")
    done = ceasefire("violations")
    assert_told(done, "127.0.0.1")
    assert "hunter2" not in done.err


# Replay


def test_a_path_that_does_not_exist_is_wrong_usage(ceasefire: CommandLine) -> None:
    assert_told(ceasefire("replay", "nowhere.xml"), "nowhere.xml", "no such file", status=2)


def test_replay_without_a_path_is_wrong_usage(ceasefire: CommandLine) -> None:
    assert_told(ceasefire("replay"), "PATH", "--sample", status=2)


def test_binary_junk_in_place_of_a_feed_is_named(ceasefire: CommandLine) -> None:
    path = ceasefire.file("junk.xml", bytes(range(256)) * 20)
    assert_told(ceasefire("replay", path), "junk.xml")


def test_a_broken_line_does_not_cost_the_others(ceasefire: CommandLine) -> None:
    good = [json.dumps({"id": str(n), "title": f"Report number {n}"}) for n in range(120)]
    path = ceasefire.file("reports.jsonl", "\n".join([*good[:60], '{"id": "x", "title":', *good[60:]]))
    done = ceasefire("replay", path)
    assert_told(done, "reports.jsonl:61:", "is not JSON")
    assert ceasefire("report", "--json", "report.json").status == 0
    assert json.loads((ceasefire.folder / "report.json").read_text())["coverage"]["reports"] == len(good)


def test_a_broken_file_does_not_cost_the_files_after_it(ceasefire: CommandLine) -> None:
    ceasefire.file("in/a.jsonl", '{"id": "1"}\n')
    ceasefire.file("in/b.jsonl", '{"id": "2", "title": "A headline"}\n')
    for paths in (["in"], ["in/a.jsonl", "in/b.jsonl"]):
        done = ceasefire("replay", *paths)
        assert_told(done, "a.jsonl:1:", "title")
    assert ceasefire("report", "--json", "report.json").status == 0
    assert json.loads((ceasefire.folder / "report.json").read_text())["coverage"]["reports"] == 1


# Wrong usage


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["violations", "--json", "--csv"], "exclude each other"),
        (["violations", "--as-of", "yesterday"], "--as-of: 'yesterday' is not a time"),
        (["violations", "--since", "2025-99-99"], "--since"),
        (["violations", "--status", "maybe"], "maybe"),
        (["report", "--as-of", "soon"], "--as-of"),
        (["replay", "a.txt", "--published", "today"], "--published: 'today' is not a time; write 2025-03-19T09:00Z"),
        (
            ["replay", "a.txt", "--published", "2025-03-19T09:00"],
            "--published: '2025-03-19T09:00' names no time zone; write 2025-03-19T09:00Z for UTC",
        ),
        (["replay", "a.txt", "--published", "2025-03-19"], "such as 2025-03-19T00:00+02:00"),
        (["read", "--explain", "x", "--published", "2025-03-19T09:00"], "names no time zone"),
        (["feeds", "check", "nobody"], "there is no feed 'nobody'"),
        (["read", "nowhere.jsonl"], "nowhere.jsonl"),
        (["show"], "ID"),
        (["nonsense"], "nonsense"),
        (["alerts", "outbox", "replay"], "--dead"),
        (["alerts", "outbox", "replay", "N-0", "--dead"], "--dead"),
        (["violations", "--nonsense"], "--nonsense"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_has_exit_status_2(ceasefire: CommandLine, arguments: list[str], words: str) -> None:
    assert_told(ceasefire(*arguments), words, status=2)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "V-000000000000"], "there is no violation 'V-000000000000'"),
        (["rules", "show", "nothing"], "there is no agreement 'nothing'; known: "),
        (["alerts", "outbox", "replay", "N-0"], "there is no notice 'N-0'"),
        (["alerts", "outbox", "show", "N-0"], "there is no notice 'N-0'"),
        (["alerts", "outbox", "drop", "N-0"], "there is no notice 'N-0'"),
        (["alerts", "enable", "webhook"], "nothing is wrong with a channel 'webhook'"),
        (["doctor", "--alive"], "the daemon has not finished a round"),
        (["report", "--html", "/proc/nowhere/report.html"], "cannot write /proc/nowhere/report.html"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_not_there_is_named(ceasefire: CommandLine, arguments: list[str], words: str) -> None:
    assert_told(ceasefire(*arguments), words)


def test_the_beginning_of_an_id_must_be_of_one_violation_only(ceasefire: CommandLine) -> None:
    assert_told(ceasefire("show", ""), "there is no violation ''")
