"""Full texts: the article behind a report that claims something, fetched politely and read whole, over real HTTP."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.articles import article_id
from monitor.bootstrap import Workshop
from monitor.model.articles import Article, ArticleState
from monitor.model.judgements import Status
from monitor.model.reports import Feed, Language
from monitor.store import Store
from monitor.worker import run_once
from tests.builders import a_source
from tests.databases import database_url as database_url
from tests.parts import a_pipeline, a_workshop
from tests.servers import Answer, FeedServer, serving

NOW = datetime(2025, 4, 2, 12, tzinfo=UTC)
MINUTES, HOUR, DAY = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)
STRIKE = "Russian drones hit a power substation in Sumy overnight"
#: Only the page tells of the second place.
BODY = [
    "Russian drones hit a power substation in Sumy overnight, the regional administration said on Wednesday morning.",
    "Several districts of the city were left without electricity, and crews were at work by seven in the morning.",
    "Another drone hit a high-voltage power line in Konotop, where forty houses are in the dark, the mayor wrote.",
]


def a_page(*paragraphs: str, head: str = "") -> Answer:
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    article = f"<nav>Home News</nav><article><h1>{STRIKE}</h1>{text}</article>"
    body = f"<html><head><title>x</title>{head}</head><body>{article}</body></html>"
    return Answer(body=body.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


class Desk:
    """An outlet with a feed and pages, and a monitor that reads both."""

    def __init__(self, server: FeedServer, store: Store, folder: Path, **settings: bool) -> None:
        self.server, self.store = server, store
        source = a_source(id="outlet", name="Outlet", publisher_group="outlet")
        feed = Feed(id="outlet", url=server.address("/feed"), source=source, language=Language.ENGLISH)
        made = a_workshop(folder, store, a_pipeline(folder), feed)
        self.workshop: Workshop = replace(
            made, settings=made.settings.model_copy(update={"full_text": True, **settings})
        )
        if not settings.get("allow_private_addresses", True):
            self.workshop = replace(self.workshop, limits=replace(made.limits, allow_private=False))
        self.items: list[tuple[str, str]] = []
        self.publish()
        self.round(NOW)

    def publish(self, *items: tuple[str, str]) -> None:
        """List items of (path, title) from now on."""
        self.items += items
        told = "".join(
            f"<item><title>{title}</title><link>{self.server.address(path)}</link>"
            f"<guid isPermaLink='false'>{path}</guid><pubDate>Wed, 02 Apr 2025 12:05:00 +0000</pubDate></item>"
            for path, title in self.items
        )
        feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>t</title>{told}</channel></rss>"
        self.server.answers["/feed"] = Answer(body=feed.encode(), headers={"Content-Type": "application/rss+xml"})

    def round(self, now: datetime) -> None:
        asyncio.run(run_once(self.workshop, lambda: now, due_only=False))

    def asked(self, path: str) -> int:
        return sum(seen.path == path for seen in self.server.seen)

    @property
    def articles(self) -> list[Article]:
        with self.store.query() as query:
            return sorted(query.articles(), key=lambda one: one.url)

    @property
    def said(self) -> list[tuple[str, str]]:
        """Return what the last look at each article came to: its state, and why."""
        return [(one.state.value, one.reason) for one in self.articles]

    @property
    def standing(self) -> list[str]:
        with self.store.query() as query:
            found = query.violations()
        return sorted(
            one.incident.place.name
            for one in found
            if one.incident.place is not None and one.rating.status is not Status.WITHDRAWN
        )


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(database_url, tmp_path / "evidence")
    yield opened
    opened.close()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serving() as made:
        yield made


@pytest.fixture
def desk(server: FeedServer, store: Store, tmp_path: Path) -> Desk:
    return Desk(server, store, tmp_path)


def test_the_article_behind_a_report_is_read_whole_and_kept_as_evidence(desk: Desk) -> None:
    desk.server.answers["/a"] = a_page(*BODY)
    desk.publish(("/a", STRIKE))
    desk.round(NOW + MINUTES)
    assert desk.said == [("read", "")]
    assert desk.standing == ["Konotop", "Sumy"]
    [article] = desk.articles
    with desk.store.query() as query:
        report = query.report(article_id(article.report_id))
    assert report is not None
    assert report.text is not None
    assert (report.text.splitlines()[-1], report.document_sha256) == (BODY[-1], article.document_sha256)
    assert desk.store.archive.read(article.document_sha256 or "").startswith(b"<html>")


def test_a_second_round_asks_for_nothing_and_adds_nothing(desk: Desk) -> None:
    desk.server.answers["/a"] = a_page(*BODY)
    desk.publish(("/a", STRIKE))
    desk.round(NOW + MINUTES)
    with desk.store.query() as query:
        before = query.counts()
    desk.round(NOW + 2 * MINUTES)
    with desk.store.query() as query:
        assert (query.counts(), desk.asked("/a")) == (before, 1)


def test_what_claims_nothing_is_not_followed_up_nor_what_was_there_before_the_first_poll(
    server: FeedServer, store: Store, tmp_path: Path
) -> None:
    desk = Desk(server, store, tmp_path)
    desk.publish(("/rain", "Rain is expected in Kyiv"))
    desk.round(NOW + MINUTES)
    assert (desk.said, desk.asked("/rain")) == ([], 0)


def test_without_the_setting_nothing_is_fetched(server: FeedServer, store: Store, tmp_path: Path) -> None:
    desk = Desk(server, store, tmp_path, full_text=False)
    desk.publish(("/a", STRIKE))
    desk.round(NOW + MINUTES)
    assert (desk.said, desk.asked("/a"), desk.standing) == ([], 0, ["Sumy"])


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        (a_page("Short."), "empty", "no text of an article"),
        (a_page(*BODY, head='<script>{"isAccessibleForFree": false}</script>'), "paywalled", "for subscribers"),
        (Answer(body=b"%PDF-1.7", headers={"Content-Type": "application/pdf"}), "empty", "no page: application/pdf"),
        (Answer(status=403), "refused", "403"),
        (Answer(status=404), "gone", "404"),
        (Answer(status=410), "gone", "410"),
        (Answer(status=503), "failed", "503"),
        (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "failed", "not http"),
    ],
)
def test_what_cannot_be_read_is_noted_with_its_reason_and_the_report_stands(
    desk: Desk, answer: Answer, state: str, reason: str
) -> None:
    desk.server.answers["/a"] = answer
    desk.publish(("/a", STRIKE))
    desk.round(NOW + MINUTES)
    [(said, why)] = desk.said
    assert (said, reason in why, desk.standing) == (state, True, ["Sumy"])


@pytest.mark.parametrize(
    ("robots", "state"),
    [
        (Answer(body=b"User-agent: *\nDisallow: /\n"), "refused"),
        (Answer(body=b"User-agent: ceasefire-monitor\nDisallow: /a\n"), "refused"),
        (Answer(body=b"User-agent: *\nDisallow: /private\n"), "read"),
        (Answer(status=404), "read"),
        (Answer(status=503), "failed"),
    ],
)
def test_an_outlet_is_asked_first_what_it_allows(desk: Desk, robots: Answer, state: str) -> None:
    desk.server.answers |= {"/robots.txt": robots, "/a": a_page(*BODY)}
    desk.publish(("/a", STRIKE))
    desk.round(NOW + MINUTES)
    assert ([one for one, _ in desk.said], desk.asked("/a")) == ([state], int(state == "read"))


def test_a_failure_is_tried_again_later_and_given_up_in_the_end(desk: Desk) -> None:
    desk.server.answers["/a"] = Answer(status=503)
    desk.publish(("/a", STRIKE))
    for hours in range(1, 10):
        desk.round(NOW + hours * HOUR)
    assert (desk.asked("/a"), desk.said[0][0]) == (5, "failed")
    assert desk.said[0][1].startswith("given up")


def test_a_host_is_asked_for_one_article_a_round(desk: Desk) -> None:
    paths = [f"/{name}" for name in "abc"]
    desk.server.answers |= {path: a_page(*BODY) for path in paths}
    desk.publish(*((path, f"{STRIKE}, {path}") for path in paths))
    for rounds in (1, 2, 3):
        desk.round(NOW + rounds * MINUTES)
        assert sum(map(desk.asked, paths)) == rounds


def test_what_the_outlet_takes_back_is_taken_back_though_its_feed_lists_it_still(desk: Desk) -> None:
    desk.server.answers["/a"] = a_page(*BODY)
    desk.publish(("/a", STRIKE))
    desk.round(NOW + MINUTES)
    desk.server.answers["/a"] = Answer(status=404)
    desk.round(NOW + DAY + HOUR)
    assert (desk.articles[0].state, desk.standing) == (ArticleState.READ, ["Konotop", "Sumy"])
    desk.round(NOW + DAY + 3 * HOUR)
    assert (desk.articles[0].state, desk.standing) == (ArticleState.WITHDRAWN, [])
    desk.round(NOW + DAY + 5 * HOUR)
    assert desk.standing == []


def test_one_bad_hour_of_a_server_takes_nothing_back(desk: Desk) -> None:
    desk.server.answers["/a"] = a_page(*BODY)
    desk.publish(("/a", STRIKE))
    desk.round(NOW + MINUTES)
    desk.server.answers["/a"] = Answer(status=404)
    desk.round(NOW + DAY + HOUR)
    desk.server.answers["/a"] = a_page(*BODY)
    desk.round(NOW + DAY + 3 * HOUR)
    assert (desk.articles[0].state, desk.standing) == (ArticleState.READ, ["Konotop", "Sumy"])


def test_a_changed_article_is_read_again_and_what_it_no_longer_says_is_taken_back(desk: Desk) -> None:
    desk.server.answers["/a"] = a_page(*BODY)
    desk.publish(("/a", STRIKE))
    desk.round(NOW + MINUTES)
    mended = "Repairs that had been planned keep forty houses in Konotop without water, the mayor wrote on Wednesday."
    desk.server.answers["/a"] = a_page(*BODY[:2], mended)
    desk.round(NOW + DAY + HOUR)
    assert desk.standing == ["Sumy"]


def test_a_feed_cannot_have_a_private_address_fetched(server: FeedServer, store: Store, tmp_path: Path) -> None:
    desk = Desk(server, store, tmp_path, allow_private_addresses=False)
    desk.server.answers["/a"] = a_page(*BODY)
    desk.publish(("/a", STRIKE))
    desk.round(NOW + MINUTES)
    assert (desk.asked("/a"), desk.asked("/robots.txt")) == (0, 0)
    assert desk.said[0][0] == "failed"
    assert "private address" in desk.said[0][1]
