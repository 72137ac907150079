"""What was recorded, shown: violations, show, report; as of any time; and with hostile texts in every output."""

import csv
import html.parser
import io
import json
import re
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.ingest.files import read_path
from monitor.model.reports import PollState
from monitor.pipeline import record
from monitor.store import Store
from tests.builders import NOON, a_claim, a_report, a_source
from tests.commands import CommandLine
from tests.desk import ScriptedReader
from tests.output.hostile import harmful
from tests.parts import a_pipeline, shipped_feeds

HOUR = timedelta(hours=1)
FIRST, SECOND = NOON + HOUR, NOON + 10 * HOUR


@pytest.fixture
def recorded(ceasefire: CommandLine) -> CommandLine:
    """Return the command line over a strike recorded at 13:00 and corroborated at 22:00."""
    with opened(ceasefire) as store:
        for outlet, title, now in (("alpha", "Strike on a substation", FIRST), ("beta", "Power was lost", SECOND)):
            source = a_source(id=outlet, name=outlet, publisher_group=outlet)
            report = a_report(title, source=source, url=f"https://{outlet}.example/1", first_seen=now)
            reader = ScriptedReader({title: (a_claim(),)})
            pipeline = replace(a_pipeline(ceasefire.folder / "data"), reader=reader)  # type: ignore[arg-type]
            record(store, pipeline, [report], now=now, backlog=True)
    return ceasefire


def opened(ceasefire: CommandLine) -> "closing[Store]":
    folder = ceasefire.folder / "data"
    return closing(Store.open(f"sqlite:///{folder / 'monitor.db'}", folder / "evidence"))


def at_noon_plus(hours: int) -> str:
    return (NOON + hours * HOUR).isoformat()


def test_violations_as_json_carry_the_promised_fields(recorded: CommandLine) -> None:
    [violation] = recorded("violations", "--json").json
    assert violation["agreement"] == "energy-pause-2025"
    assert violation["accused"] == "RU"
    assert violation["clause"]
    assert {reading["id"]: reading["verdict"] for reading in violation["readings"]} == {
        "kremlin": "breach", "kyiv": "breach", "white-house": "breach",
    }  # fmt: skip
    assert violation["place"]["name"] == "Sumy"
    assert violation["event_time"] == {"from": "2025-04-02T00:00:00Z", "to": "2025-04-02T12:00:00Z", "precision": 1}
    assert (violation["status"], violation["disputed"], violation["credibility"]) == ("corroborated", False, 2)
    assert [(one["quote"], one["url"]) for one in violation["evidence"]] == [
        ("Strike on a substation", "https://alpha.example/1"),
        ("Power was lost", "https://beta.example/1"),
    ]
    assert re.fullmatch(r"V-[0-9a-f]{12}", violation["id"])
    assert re.fullmatch(r"I-[0-9a-f]{12}", violation["incident"])


def test_violations_as_csv_have_one_row_each_under_the_same_ids(recorded: CommandLine) -> None:
    [violation] = recorded("violations", "--json").json
    [row] = csv.DictReader(io.StringIO(recorded("violations", "--csv").out))
    assert row["id"] == violation["id"]
    assert row["breach_under"] == "kremlin | kyiv | white-house"
    assert (row["place"], row["status"], row["credibility"]) == ("Sumy", "corroborated", "2")


@pytest.mark.parametrize(
    ("hours", "status"), [(0, None), (1, "alleged"), (9, "alleged"), (10, "corroborated"), (1000, "corroborated")]
)
def test_as_of_shows_what_was_known_then(recorded: CommandLine, hours: int, status: str | None) -> None:
    found = recorded("violations", "--json", "--as-of", at_noon_plus(hours)).json
    assert [violation["status"] for violation in found] == ([status] if status else [])


def test_as_of_a_day_means_until_its_end(recorded: CommandLine) -> None:
    assert recorded("violations", "--json", "--as-of", "2025-04-01").json == []
    assert len(recorded("violations", "--json", "--as-of", "2025-04-02").json) == 1


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--accused", "RU"], 1),
        (["--accused", "UA"], 0),
        (["--status", "corroborated"], 1),
        (["--status", "alleged"], 0),
        (["--agreement", "energy-pause-2025"], 1),
        (["--agreement", "other"], 0),
        (["--since", "2025-04-02", "--until", "2025-04-02"], 1),
        (["--since", "2025-04-03"], 0),
        (["--until", "2025-04-01"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_violations_can_be_narrowed_down(recorded: CommandLine, options: list[str], count: int) -> None:
    assert len(recorded("violations", "--json", *options).json) == count


def test_fail_on_violation_has_exit_status_3_only_where_there_is_one(recorded: CommandLine) -> None:
    assert recorded("violations", "--fail-on-violation").status == 3
    assert recorded("violations", "--json", "--fail-on-violation").status == 3
    assert recorded("violations", "--fail-on-violation", "--accused", "UA").status == 0
    assert recorded("violations").status == 0


def test_a_violation_that_was_withdrawn_does_not_fail(ceasefire: CommandLine) -> None:
    with opened(ceasefire) as store:
        for title, claims in (("Strike", (a_claim(),)), ("Correction", ())):
            reader = ScriptedReader({title: claims})
            pipeline = replace(a_pipeline(ceasefire.folder / "data"), reader=reader)  # type: ignore[arg-type]
            record(store, pipeline, [a_report(title, id="R-1")], now=FIRST, backlog=True)
    assert [one["status"] for one in ceasefire("violations", "--json").json] == ["withdrawn"]
    assert ceasefire("violations", "--fail-on-violation").status == 0


def test_show_takes_the_beginning_of_an_id_and_tells_all(recorded: CommandLine) -> None:
    [violation] = recorded("violations", "--json").json
    done = recorded("show", violation["id"][:6])
    assert done.status == 0
    for words in (violation["id"], "Sumy", "Strike on a substation", "https://beta.example/1", "kremlin", "alleged"):
        assert words in done.out
    assert recorded("show", violation["id"], "--json").json == violation
    assert recorded("show", violation["id"], "--as-of", at_noon_plus(0)).status == 1


def test_two_reports_as_of_one_time_are_the_same_to_the_byte(recorded: CommandLine) -> None:
    """What was recorded, and which feeds were polled, after that time changes nothing."""
    names = ("html", "json", "csv")

    def a_report_of_then(folder: str) -> list[bytes]:
        paths = [recorded.folder / folder / f"report.{name}" for name in names]
        options = [text for name, path in zip(names, paths, strict=True) for text in (f"--{name}", str(path))]
        done = recorded("report", "--as-of", at_noon_plus(2), *options)
        assert done.status == 0, done.err
        return [done.out.encode(), *(path.read_bytes() for path in paths)]

    before = a_report_of_then("a")
    with opened(recorded) as store:
        reader = ScriptedReader({"Another": (a_claim(place=None),), "No strike": ()})
        pipeline = replace(a_pipeline(recorded.folder / "data"), reader=reader)  # type: ignore[arg-type]
        reports = [a_report("Another", id="R-9"), a_report("No strike", id=a_report("Strike on a substation").id)]
        record(store, pipeline, reports, now=NOON + 20 * HOUR, backlog=True)
        with store.transaction() as tx:
            tx.save_poll_state(a_failing_feed())
    assert a_report_of_then("b") == before


def a_failing_feed() -> Any:
    feed = shipped_feeds().feeds[0]
    return PollState(feed_id=feed.id, url=feed.url, polled_at=SECOND, failures=3, last_error="timeout")


def test_report_writes_its_files_and_says_where_they_are(recorded: CommandLine) -> None:
    done = recorded("report", "--html", "out/r.html", "--json", "out/r.json", "--csv", "out/r.csv")
    assert done.status == 0
    for name in ("out/r.html", "out/r.json", "out/r.csv", "monitor.db", "alerts"):
        assert name in done.err.replace("\n", "")
    data = json.loads((recorded.folder / "out/r.json").read_text(encoding="utf-8"))
    assert data["counts"]["violations"] == 1
    assert data["sample"] is False
    assert "SAMPLE" not in done.out


def test_the_report_tells_feeds_that_were_never_polled_from_those_that_are_down(recorded: CommandLine) -> None:
    with opened(recorded) as store, store.transaction() as tx:
        tx.save_poll_state(a_failing_feed())
    enabled = [feed for feed in shipped_feeds().feeds if feed.enabled]
    out = " ".join(recorded("report").out.split())
    assert f"{len(enabled)} feeds to poll: 1 down, {len(enabled) - 1} not polled yet" in out
    assert "never polled with success; timeout" in out


# Terminals


@pytest.mark.parametrize("settings", [{}, {"NO_COLOR": "1"}], ids=["not a terminal", "NO_COLOR"])
@pytest.mark.parametrize(
    "command", [["violations"], ["report"], ["feeds", "list"], ["doctor"], ["violations", "--json"]]
)
def test_nothing_but_text_leaves_where_nobody_sees_colours(
    recorded: CommandLine, settings: dict[str, str], command: list[str]
) -> None:
    recorded.settings |= settings
    done = recorded(*command)
    assert "\x1b" not in done.out + done.err


# Hostile texts


HOSTILE_TITLES = [
    "\x1b[2J\x1b]0;owned\x07 Russian drones hit a power substation in Sumy \x9b31m",
    "[bold red]Russian drones[/] hit a power substation in [link=https://evil.example]Sumy[/link] [/nonsense]",
    "=HYPERLINK(\"https://evil.example\") Russian drones hit a power substation in Sumy",
    "\u202eRussian drones hit a power substation in Sumy\u2066\u200f",
    "<script>alert(1)</script> Russian drones hit a power substation in Sumy <img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %} Russian drones hit a power substation in Sumy",
    "@SUM(1) Russian drones hit a power substation in Sumy\r\nBcc: all@example.org",
]  # fmt: skip


TOWNS = ("Sumy", "Poltava", "Kharkiv", "Odesa", "Kherson", "Mykolaiv", "Chernihiv")


class Page(html.parser.HTMLParser):
    """Collects what a browser would run or load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.active: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag in ("script", "img", "iframe", "object", "embed") or any(name.startswith("on") for name in names):
            self.active.append(tag)


@pytest.fixture
def attacked(ceasefire: CommandLine) -> CommandLine:
    """Return the command line after a replay of hostile headlines through the real pipeline."""
    lines = []
    for n, (title, town) in enumerate(zip(HOSTILE_TITLES, TOWNS, strict=True), start=1):
        item = {"id": f"{n}", "title": title.replace("Sumy", town), "published": f"2025-04-0{n + 1}T10:00Z"}
        more = {"language": "en", "source": f"{title[:20]} {n}", "url": "javascript:alert(1)"}
        lines.append(json.dumps(item | more))
    path = ceasefire.file("hostile.jsonl", "\n".join(lines))
    with opened(ceasefire) as store:
        reports = list(read_path(path, published=None, now=NOON + 300 * HOUR, feeds=shipped_feeds()))
        pipeline = a_pipeline(ceasefire.folder / "data")
        done = record(store, pipeline, reports, now=NOON + 300 * HOUR, backlog=True, replayed=True)
        assert done.claims >= len(HOSTILE_TITLES) - 1
    return ceasefire


def test_hostile_headlines_reach_no_output_as_anything_but_text(attacked: CommandLine) -> None:
    [*violations] = attacked("violations", "--json").json
    assert len(violations) >= len(HOSTILE_TITLES) - 1
    outputs = [attacked("violations"), attacked("report", "--html", "r.html", "--csv", "r.csv", "--json", "r.json")]
    outputs += [attacked("show", violation["id"]) for violation in violations]
    outputs += [attacked("alerts", "outbox", "list"), attacked("feeds", "list")]
    for done in outputs:
        assert done.status == 0, done.err
        assert not harmful(done.out + done.err)
    assert "[bold red]" in outputs[0].out, "markup of ours in a headline is text"
    assert not Page((attacked.folder / "r.html").read_text(encoding="utf-8")).active
    rows = list(csv.reader((attacked.folder / "r.csv").read_text(encoding="utf-8").splitlines()))
    cells = [cell for row in rows[1:] for cell in row]
    assert all(not cell.startswith(("=", "@", "+", "\t", "\r")) for cell in cells)
    assert not harmful("".join(cells))
    assert "javascript:" not in (attacked.folder / "r.html").read_text(encoding="utf-8")
    assert "javascript:" not in (attacked.folder / "r.csv").read_text(encoding="utf-8")


def test_hostile_headlines_make_mails_and_lines_that_are_whole(attacked: CommandLine) -> None:
    assert attacked("alerts", "send").status == 0
    folder: Path = attacked.folder / "data" / "alerts"
    lines = (folder / "alerts.jsonl").read_text(encoding="utf-8").splitlines()
    mails = sorted(folder.glob("*.eml"))
    assert len(lines) == len(mails) >= 1
    for line in lines:
        assert isinstance(json.loads(line), dict)
    for mail in mails:
        head, _, _ = mail.read_bytes().partition(b"\r\n\r\n" if b"\r\n\r\n" in mail.read_bytes() else b"\n\n")
        assert not re.search(rb"^Bcc:", head, re.MULTILINE)
        assert b"\x1b" not in mail.read_bytes()
