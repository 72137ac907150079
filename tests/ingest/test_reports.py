from datetime import timedelta
from typing import Any

import pytest

from monitor.ingest.parse import parse
from monitor.ingest.reports import reports_from
from monitor.model.reports import Document, Report
from tests.builders import a_source, at
from tests.ingest.feeds import NOW, a_feed, item, rss


def reports(body: bytes, **source: Any) -> tuple[Report, ...]:
    feed = a_feed(source=a_source(**source))
    document = Document(
        url=feed.url, final_url=feed.url, fetched_at=NOW, status=200, headers=(), body=body, collector="test"
    )
    return reports_from(feed, parse(body, {}, feed.url), document, NOW)


def date(offset: timedelta) -> str:
    return (NOW + offset).strftime("%a, %d %b %Y %H:%M:%S +0000")


def test_a_report_says_where_it_comes_from() -> None:
    body = rss(
        item(
            "Substation hit",
            "1",
            link="https://outlet.example/1",
            description="In Sumy.",
            pubDate=date(-timedelta(hours=1)),
        )
    )
    (report,) = reports(body)
    assert (report.feed_id, report.url, report.text) == ("outlet-en", "https://outlet.example/1", "In Sumy.")
    assert (report.published, report.first_seen) == (NOW - timedelta(hours=1), NOW)
    assert report.document_sha256


def test_items_that_share_a_guid_but_differ_are_kept_as_different_items() -> None:
    both = reports(rss(item("one", "7"), item("two", "7")))
    assert [report.title for report in both] == ["one", "two"]
    assert len({report.id for report in both}) == 2


def test_an_item_that_is_listed_twice_is_one_report() -> None:
    assert len(reports(rss(item("one", "7"), item("one", "7")))) == 1


def test_identity_does_not_depend_on_the_place_in_the_feed_nor_on_the_bbcs_counter() -> None:
    first = reports(rss(item("a", "https://b.example/1#0"), item("b", "2")))
    second = reports(rss(item("c", "3"), item("b", "2"), item("a, updated", "https://b.example/1#4")))
    assert first[0].id == second[2].id
    assert first[1].id == second[1].id


def test_without_a_guid_the_link_is_the_identity_and_without_a_link_title_and_time() -> None:
    link = "https://outlet.example/9"
    assert reports(rss(item("a", link=link)))[0].id == reports(rss(item("b", link=link)))[0].id
    day = date(-timedelta(days=1))
    assert reports(rss(item("a", pubDate=day)))[0].id == reports(rss(item("a", pubDate=day)))[0].id
    assert reports(rss(item("a", pubDate=day)))[0].id != reports(rss(item("a")))[0].id


def test_a_time_of_publication_more_than_a_day_ahead_is_not_believed() -> None:
    ahead = reports(rss(item("a", pubDate=date(timedelta(hours=25))), item("b", pubDate=date(timedelta(hours=23)))))
    assert [report.published for report in ahead] == [None, NOW + timedelta(hours=23)]


def test_a_text_that_repeats_the_title_adds_nothing() -> None:
    assert reports(rss(item("Same", description="Same")))[0].text is None


def test_an_item_without_a_title_has_the_first_paragraph_of_its_text_as_title() -> None:
    (report,) = reports(rss("<item><description>&lt;p&gt;One.&lt;/p&gt;Two.</description></item>"))
    assert (report.title, report.text) == ("One.", "Two.")


@pytest.mark.parametrize(
    ("written", "published", "zone"),
    [
        ("Tue, 18 Mar 2025 09:00:00", "2025-03-18T07:00", "Europe/Kyiv"),
        ("Tue, 1 Apr 2025 09:00:00", "2025-04-01T06:00", "Europe/Kyiv"),
        ("2025-03-18T09:00:00", "2025-03-18T07:00", "Europe/Kyiv"),
        ("Tue, 18 Mar 2025 09:00:00 +0000", "2025-03-18T09:00", None),
        ("Tue, 18 Mar 2025 09:00:00 -0000", "2025-03-18T09:00", None),
        ("Tue, 18 Mar 2025 09:00:00 GMT", "2025-03-18T09:00", None),
        ("2025-03-18T09:00:00+01:00", "2025-03-18T08:00", None),
        ("2025-03-18T09:00:00Z", "2025-03-18T09:00", None),
    ],
)
def test_a_time_without_a_zone_is_that_of_the_outlets_clock_and_marked(
    written: str, published: str, zone: str | None
) -> None:
    (report,) = reports(rss(item("T", "1", pubDate=written)), timezone="Europe/Kyiv")
    assert (report.published, report.published_zone) == (at(published), zone)
