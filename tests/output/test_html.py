import base64
import hashlib
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from monitor.output.html import report_as_html
from monitor.output.report_data import Coverage, FeedCoverage, ReportData
from tests.builders import NOON, a_report, a_reported_claim, a_source, at
from tests.judgement_builders import a_violation, an_undetermined_incident, report_data
from tests.output.hostile import HOSTILE, harmful, hostile_report

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """A page as a parser sees it: elements with attributes, text, and whether every element is closed in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.misnested: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misnested.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    @property
    def words(self) -> str:
        return " ".join(self.text.split())

    def attributes(self, name: str) -> list[str]:
        return [str(attributes[name]) for _, attributes in self.elements if name in attributes]


def page(data: ReportData) -> Page:
    return Page(report_as_html(data))


def test_the_page_lists_each_violation_with_quote_source_link_and_verdict_per_reading() -> None:
    violation = a_violation()
    shown = page(report_data(violation))
    expected = ("Kremlin: breach", "White House: undetermined", "Drones hit a substation in Sumy", "Outlet", "Russia",
                "alleged, not corroborated", "3 of 6", "2 April 2025, 00:00 to 12:00 UTC")  # fmt: skip
    assert not [piece for piece in expected if piece not in shown.words]
    assert violation.id in shown.attributes("id")
    assert "https://outlet.example/1" in shown.attributes("href")


def test_the_page_is_well_formed_and_has_language_title_and_headings_in_order() -> None:
    shown = page(report_data(a_violation(), undetermined=(an_undetermined_incident(),)))
    assert (shown.misnested, shown.open) == ([], [])
    assert ("html", {"lang": "en"}) in shown.elements
    levels = [int(tag[1]) for tag, _ in shown.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    labels = {str(attributes["aria-labelledby"]) for _, attributes in shown.elements if "aria-labelledby" in attributes}
    assert labels <= set(shown.attributes("id"))
    assert len(set(shown.attributes("id"))) == len(shown.attributes("id"))


def test_the_page_needs_nothing_else_and_its_policy_allows_its_own_style_only() -> None:
    source = report_as_html(report_data(a_violation()))
    tags = {tag for tag, _ in Page(source).elements}
    assert not tags & {"script", "img", "link", "iframe", "object", "form", "base"}
    assert not re.search(r"url\(|@import", source)
    policy = next(a["content"] for tag, a in Page(source).elements if a.get("http-equiv") == "Content-Security-Policy")
    style = re.search("<style>(.*?)</style>", source, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy is not None
    assert "default-src 'none'" in policy
    assert f"'sha256-{digest}'" in policy
    assert "style=" not in source


def test_every_count_stands_beside_its_instant() -> None:
    shown = page(report_data(a_violation(), as_of=at("2025-04-03T08:30")))
    assert "Violations as of 3 April 2025 08:30 UTC" in shown.words


def test_the_page_says_what_it_could_not_see() -> None:
    down = FeedCoverage(
        id="down", url="https://down.example/rss", enabled=True, last_success=NOON, failures=2, last_error="timed out"
    )
    coverage = Coverage(feeds=(down,), reports=64, not_read={"language not read": 2}, undated=1)
    shown = page(report_data(coverage=coverage, undetermined=(an_undetermined_incident(),)))
    expected = ("down: timed out", "2 reports not read: language not read", "1 reports without a publication time",
                "Undetermined incidents (1)", "does not show that nothing happened")  # fmt: skip
    assert not [piece for piece in expected if piece not in shown.words]


@pytest.mark.parametrize("sample", [True, False])
def test_a_page_from_sample_reports_says_so_at_the_top_and_at_each_piece(sample: bool) -> None:
    claim = a_reported_claim(report=a_report(source=a_source(sample=sample)))
    shown = page(report_data(a_violation(claim)))
    assert shown.words.count("SAMPLE") == (4 if sample else 0)


def test_windows_of_the_readings_are_shown_and_whether_they_bind() -> None:
    shown = page(report_data(as_of=at("2026-01-01")))
    assert "from 18 March 2025 16:00 UTC until 16 April 2025 21:00 UTC" in shown.words
    assert "not in force" in shown.words
    assert "No agreement in force" in shown.words


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_hostile_text_adds_no_element_no_attribute_and_no_link(text: str) -> None:
    shown, harmless = page(hostile_report(text)), page(hostile_report("harmless"))
    assert [tag for tag, _ in shown.elements] == [tag for tag, _ in harmless.elements]
    assert [set(attributes) for _, attributes in shown.elements] == [set(a) for _, a in harmless.elements]
    assert all(link.startswith(("https://", "http://", "#")) for link in shown.attributes("href"))
    assert harmful(shown.text) == set()
    assert "49" not in shown.words or "49" in text


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this machine: the page is parsed only")
def test_a_real_browser_shows_the_page_and_refuses_nothing_of_it(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(report_as_html(report_data(a_violation())), encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    done = subprocess.run(
        [*command, "--enable-logging=stderr", "--dump-dom", file.as_uri()], capture_output=True, text=True, timeout=90
    )
    assert "Reported ceasefire violations" in done.stdout
    assert "Content Security Policy" not in done.stderr
