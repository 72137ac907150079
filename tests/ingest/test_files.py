import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.catalogue.data import data_roots
from monitor.catalogue.feeds import load_feeds
from monitor.errors import ConfigurationError, UsageError
from monitor.ingest.files import read_path
from monitor.ingest.parse import parse
from monitor.ingest.reports import reports_from
from monitor.model.reports import Document, Report
from tests.builders import at
from tests.ingest.feeds import NOW, SHARED, item, needs_shared, rss

FEEDS = load_feeds(data_roots())
ROOT = Path(__file__).parents[2]


def reports(path: Path, published: datetime | None = None) -> list[Report]:
    return list(read_path(path, published=published, now=NOW, feeds=FEEDS))


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read_with_mistakes(
    path: Path, published: datetime | None, now: datetime = NOW
) -> tuple[list[Report], ConfigurationError]:
    """Return what could be read, and the error that follows it."""
    found: list[Report] = []
    try:
        for report in read_path(path, published=published, now=now, feeds=FEEDS):
            found.append(report)
    except ConfigurationError as error:
        return found, error
    raise AssertionError("no mistake was named")


def test_json_lines_carry_what_they_know(tmp_path: Path) -> None:
    line = {
        "id": "1",
        "title": "T",
        "text": "X",
        "published": "2025-03-19T11:00+02:00",
        "source": "tass",
        "language": "ru",
    }
    (report,) = reports(written(tmp_path, "a.jsonl", json.dumps(line)))
    assert (report.title, report.text, report.published) == ("T", "X", at("2025-03-19T09:00"))
    assert (report.source.id, report.source.affiliation, report.language.value) == ("tass", "RU", "ru")


def test_a_bad_line_is_named_and_costs_no_other_line(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a.jsonl", '{"title": "one"}\n{oops\n{"title": 7}\n{"title": "two", "published": "soon"}\n'
    )
    found, error = read_with_mistakes(path, NOW)
    assert [(report.title, report.published) for report in found] == [("one", NOW), ("two", None)]
    assert [mistake.line for mistake in error.mistakes] == [2, 3, 4]
    assert str(path) in str(error)


def test_an_article_has_its_first_line_as_title_and_no_date_of_its_own(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "\n  The title \n\nThe title\nFirst.\n\nSecond.\n")
    (report,) = reports(path)
    assert (report.title, report.text, report.published) == ("The title", "First.\nSecond.", None)
    assert report.source.reliability == "F"
    assert reports(path, at("2025-03-19T09:00"))[0].published == at("2025-03-19T09:00")


def test_a_given_time_fills_in_only_what_is_missing(tmp_path: Path) -> None:
    dated = item("dated", pubDate="Wed, 02 Apr 2025 09:00:00 +0000")
    found = reports(written(tmp_path, "a.xml", rss(dated, item("undated"))), NOW)
    assert [report.published for report in found] == [at("2025-04-02T09:00"), NOW]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("published,title,text,url", "2025-04-02T09:00Z,T,X,https://tass.com/1"),
        ("Date,Headline,Body,Link", '"Wed, 02 Apr 2025 09:00:00 GMT",T,X,https://www.tass.com/1'),
        ("first_seen,title,summary,url", "2025-04-02T12:00+03:00,T,X,https://tass.com/1"),
    ],
)
def test_tables_are_read_whatever_their_columns_are_called(tmp_path: Path, header: str, row: str) -> None:
    (report,) = reports(written(tmp_path, "a.csv", f"{header}\n{row}\n"))
    assert (report.title, report.text, report.source.id) == ("T", "X", "tass")
    assert report.published == at("2025-04-02T09:00")


def test_a_date_without_a_time_is_noon_which_is_that_date_everywhere(tmp_path: Path) -> None:
    (report,) = reports(written(tmp_path, "a.csv", "date,title\n20250402,T\n"))
    assert report.published == at("2025-04-02T12:00")


@pytest.mark.parametrize(
    ("url", "published", "zone"),
    [
        ("https://www.tass.com/1", "2025-04-02T06:00", "Europe/Moscow"),
        ("https://nobody.example/1", "2025-04-02T09:00", "UTC"),
    ],
)
def test_a_time_without_a_zone_is_that_of_the_outlets_clock_and_marked(
    tmp_path: Path, url: str, published: str, zone: str
) -> None:
    (report,) = reports(written(tmp_path, "a.csv", f"date,title,url\n2025-04-02 09:00,T,{url}\n"))
    assert (report.published, report.published_zone) == (at(published), zone)


def test_a_saved_copy_of_a_feed_has_the_ids_of_the_feed_that_is_polled(tmp_path: Path) -> None:
    feed = next(one for one in FEEDS.feeds if sum(other.source == one.source for other in FEEDS.feeds) == 1)
    body = rss(item("T", "https://outlet.example/1"), head=f"<link>{feed.url}</link>")
    document = Document(
        url=feed.url, final_url=feed.url, fetched_at=NOW, status=200, headers=(), body=body, collector=""
    )
    (polled,) = reports_from(feed, parse(body, {}, feed.url), document, NOW)
    (replayed,) = reports(written(tmp_path, f"{feed.source.id}.xml", body))
    assert (replayed.id, replayed.source.id) == (polled.id, polled.source.id)


def test_a_saved_copy_of_one_of_several_feeds_is_a_report_of_its_own() -> None:
    several = next(one for one in FEEDS.feeds if sum(other.source == one.source for other in FEEDS.feeds) > 1)
    assert FEEDS.origin(several.source) == several.source.id


def test_messages_of_one_address_are_different_reports(tmp_path: Path) -> None:
    found = reports(written(tmp_path, "a.csv", "text,url\nOne,https://t.me/x\nTwo,https://t.me/x\n"))
    assert len({report.id for report in found}) == 2


def test_files_of_one_name_hold_reports_of_their_own(tmp_path: Path) -> None:
    for folder, title in (("a", "Drones hit a substation"), ("b", "Missiles hit a power plant")):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder, "article.txt", title)
        written(tmp_path / folder, "export.csv", f"id,title\n1,{title} again\n")
    assert len({report.id for report in reports(tmp_path)}) == 4


def test_an_article_read_again_is_the_same_report_wherever_it_lies(tmp_path: Path) -> None:
    first = reports(written(tmp_path, "a.txt", "Drones hit a substation\nIn Sumy."), at("2025-04-02T12:00"))
    again = reports(written(tmp_path, "b.txt", "Drones hit a substation\nIn Sumy, at noon."), at("2025-04-02T12:00"))
    assert first[0].id == again[0].id


def test_a_folder_is_read_in_order_and_files_of_other_kinds_are_left_alone(tmp_path: Path) -> None:
    written(tmp_path, "b.txt", "second")
    written(tmp_path, "a.txt", "first")
    written(tmp_path, "notes.md", "not a report")
    assert [report.title for report in reports(tmp_path)] == ["first", "second"]


@pytest.mark.parametrize("name", ["missing.xml", "a.docx", ""])
def test_what_cannot_be_read_at_all_is_a_mistake_of_usage(tmp_path: Path, name: str) -> None:
    if name == "a.docx":
        written(tmp_path, name, "x")
    with pytest.raises(UsageError, match=r"no such file|not a kind|holds no file"):
        reports(tmp_path / name if name else tmp_path)


def test_a_page_among_feeds_is_named_and_the_feeds_are_read(tmp_path: Path) -> None:
    written(tmp_path, "a.xml", "<!doctype html><p>Log in")
    written(tmp_path, "b.xml", rss(item("Good")))
    found: list[Report] = []
    with pytest.raises(ConfigurationError, match=r"a\.xml: .*an HTML page"):
        found.extend(read_path(tmp_path, published=None, now=NOW, feeds=FEEDS))
    assert [report.title for report in found] == ["Good"]


def test_the_sample_reports_are_recognised_by_their_outlets_and_an_edited_one_keeps_its_id() -> None:
    sample = ROOT / "seeds" / "sample"
    first = [report for path in sorted(sample.glob("*.xml")) for report in reports(path)]
    later = reports(sample / "2-later")
    assert all(report.source.sample and report.published for report in [*first, *later])
    assert {report.source.timezone for report in first} == {"Europe/Kyiv", "Europe/Moscow", "UTC"}
    known = {report.id: report.content_sha256 for report in first}
    assert any(report.id in known and known[report.id] != report.content_sha256 for report in later)
    assert any(report.see_also for report in first)


@needs_shared("data/news")
def test_all_real_news_texts_are_read_and_the_blank_rows_are_named() -> None:
    found, error = read_with_mistakes(SHARED / "data" / "news", None, datetime.now(UTC))
    assert len({report.id for report in found}) == len(found) > 4_500
    assert all("no title" in m.message or "no time" in m.message for m in error.mistakes)
    assert Counter(report.language.value for report in found)["other"] < 20


@pytest.mark.parametrize("moment", ["Mon, 01 Jan 0001 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_an_item_whose_date_was_left_empty_is_undated_and_costs_no_other(tmp_path: Path, moment: str) -> None:
    path = written(tmp_path, "a.xml", rss(item("Drones hit a substation", pubDate=moment), item("Other")))
    assert [report.published for report in reports(path)] == [None, None]
