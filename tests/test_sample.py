"""The sample reports are what their README says: complete, balanced, fictitious, and each with an expectation."""

import io
from calendar import timegm
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from ruamel.yaml import YAML

SAMPLE = Path(__file__).parents[1] / "seeds" / "sample"
WINDOW = (datetime(2025, 3, 18, tzinfo=UTC), datetime(2025, 4, 19, tzinfo=UTC))


def load(name: str) -> Any:
    return YAML(typ="safe").load((SAMPLE / name).read_text(encoding="utf-8"))


def entries(path: Path) -> list[Any]:
    parsed = feedparser.parse(io.BytesIO(path.read_bytes()))
    assert not parsed.bozo, f"{path.name}: {parsed.get('bozo_exception')}"
    return list(parsed.entries)


FIRST = {path.name: entries(path) for path in sorted(SAMPLE.glob("*.xml"))}
LATER = {path.name: entries(path) for path in sorted((SAMPLE / "2-later").glob("*.xml"))}
ALL = [entry for feed in FIRST.values() for entry in feed]
SOURCES = load("sources.yaml")["sources"]
EXPECTED = load("expected.yaml")


def test_each_feed_has_its_source_and_each_source_its_feed() -> None:
    assert {source["file"] for source in SOURCES} == set(FIRST)
    assert all(source["sample"] is True for source in SOURCES)


def test_there_are_at_least_sixty_items_in_three_languages() -> None:
    language = {source["file"]: source["language"] for source in SOURCES}
    counts = Counter(language[name] for name, feed in FIRST.items() for _ in feed)
    assert sum(counts.values()) >= 60
    assert set(counts) == {"uk", "ru", "en"}
    assert min(counts.values()) >= 15


def test_every_address_of_an_outlet_is_fictitious() -> None:
    hosts = {urlsplit(entry.link).hostname for entry in ALL}
    assert all(host is not None and host.endswith(".example") for host in hosts)


def test_no_two_items_share_a_guid() -> None:
    assert not [guid for guid, count in Counter(entry.id for entry in ALL).items() if count > 1]


def test_every_item_has_an_expectation_and_every_expectation_an_item() -> None:
    assert Counter(report["guid"] for report in EXPECTED["reports"]) == Counter(entry.id for entry in ALL)


def test_one_item_in_three_must_lead_to_nothing() -> None:
    rejected = [report for report in EXPECTED["reports"] if "nothing" in report]
    assert len(rejected) * 3 >= len(ALL)
    assert len({report["nothing"] for report in rejected}) >= 8


@pytest.mark.parametrize("report", EXPECTED["reports"], ids=lambda report: urlsplit(report["guid"]).path)
def test_an_expectation_names_known_incidents_or_why_there_is_none(report: dict[str, Any]) -> None:
    assert ("nothing" in report) != bool(report.get("records") or report.get("tally"))
    assert set(report.get("records", ())) <= set(EXPECTED["incidents"])


@pytest.mark.parametrize("name", EXPECTED["incidents"])
def test_every_incident_is_reported(name: str) -> None:
    assert any(name in report.get("records", ()) for report in EXPECTED["reports"])


@pytest.mark.parametrize("incident", EXPECTED["incidents"].items(), ids=lambda pair: str(pair[0]))
def test_a_reading_has_one_verdict_for_an_incident(incident: tuple[str, dict[str, Any]]) -> None:
    _, facts = incident
    named = [reading for verdict in ("breach", "no_breach", "undetermined") for reading in facts[verdict]]
    assert len(named) == len(set(named))


def test_strikes_are_attributed_to_both_parties() -> None:
    accused = Counter(party for facts in EXPECTED["incidents"].values() for party in facts["accused"])
    assert set(accused) == {"RU", "UA"}
    assert max(accused.values()) <= 2 * min(accused.values())


def test_most_items_lie_within_the_window_and_some_just_outside() -> None:
    times = [datetime.fromtimestamp(timegm(entry.published_parsed), UTC) for entry in ALL]
    inside = [time for time in times if WINDOW[0] <= time < WINDOW[1]]
    assert len(inside) >= 60
    assert 0 < len(times) - len(inside) <= 10


def test_one_feed_is_windows_1251_and_reads_as_russian() -> None:
    body = (SAMPLE / "volzhsky-telegraf.xml").read_bytes()
    assert b"windows-1251" in body[:60]
    assert "беспилотник" in body.decode("cp1251")


def test_the_second_poll_changes_an_item_of_the_first() -> None:
    first = {entry.id: entry for entry in ALL}
    changed = [entry for feed in LATER.values() for entry in feed]
    assert [entry.id for entry in changed] == [item["guid"] for item in EXPECTED["edited"]]
    assert all(entry.title != first[entry.id].title and entry.link == first[entry.id].link for entry in changed)


def test_reports_of_documented_incidents_link_to_public_coverage() -> None:
    recorded = {report["guid"] for report in EXPECTED["reports"] if report.get("records")}
    without = [e.id for e in ALL if e.id in recorded and not any(link.rel == "related" for link in e.links)]
    assert not without
