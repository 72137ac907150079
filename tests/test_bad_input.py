"""What outlets do to their readers: texts that change again and again, impossible dates, one title 200 times."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.bootstrap import Workshop
from monitor.model.judgements import Status, Violation
from monitor.model.reports import Feed, Language
from monitor.store import Store
from monitor.worker import run_once
from tests.builders import a_source
from tests.databases import database_url as database_url
from tests.parts import a_pipeline, a_workshop
from tests.servers import Answer, FeedServer, serving

NOW = datetime(2025, 4, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STRIKE = "Russian drones hit a power substation in Sumy overnight"
WHEN = "Wed, 02 Apr 2025 08:00:00 +0000"


@dataclass(frozen=True)
class Item:
    """One entry of a feed; without a date where `published` is empty."""

    title: str
    guid: str = "1"
    published: str = WHEN
    text: str = ""


def a_feed_of(*items: Item) -> Answer:
    told = "".join(
        f"<item><title>{one.title}</title><guid isPermaLink='false'>{one.guid}</guid>"
        + (f"<pubDate>{one.published}</pubDate>" if one.published else "")
        + f"<description>{one.text}</description></item>"
        for one in items
    )
    body = f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>t</title>{told}</channel></rss>"
    return Answer(body=body.encode(), headers={"Content-Type": "application/rss+xml"})


class Wire:
    """Two outlets with a feed each, and a monitor that polls them."""

    def __init__(self, server: FeedServer, store: Store, folder: Path) -> None:
        self.server, self.store = server, store
        feeds = [
            Feed(
                id=name,
                url=server.address(f"/{name}"),
                source=a_source(id=name, name=name, publisher_group=name),
                language=Language.ENGLISH,
            )
            for name in ("first", "second")
        ]
        self.workshop: Workshop = a_workshop(folder, store, a_pipeline(folder), *feeds)

    def poll(self, *items: Item, second: tuple[Item, ...] = (), after: timedelta = timedelta()) -> None:
        self.server.answers |= {"/first": a_feed_of(*items), "/second": a_feed_of(*second)}
        outcome = asyncio.run(run_once(self.workshop, lambda: NOW + after, due_only=False))
        assert outcome.failed == {}

    @property
    def violations(self) -> tuple[Violation, ...]:
        with self.store.query() as query:
            return query.violations()

    @property
    def standing(self) -> list[Violation]:
        return [one for one in self.violations if one.rating.status is not Status.WITHDRAWN]

    def count(self, what: str) -> int:
        with self.store.query() as query:
            return query.counts().get(what, 0)


@pytest.fixture
def wire(database_url: str, tmp_path: Path) -> Iterator[Wire]:
    store = Store.open(database_url, tmp_path / "evidence")
    with serving() as server:
        yield Wire(server, store, tmp_path)
    store.close()


def test_a_report_that_changes_its_text_five_times_is_one_report_whose_newest_text_counts(wire: Wire) -> None:
    texts = [STRIKE, f"{STRIKE}, mayor says", "Drone alert over in Sumy", f"{STRIKE}, again", "Night in Sumy", STRIKE]
    stood = []
    for number, title in enumerate(texts):
        wire.poll(Item(title), after=number * HOUR)
        stood.append(len(wire.standing))
    assert (wire.count("reports"), stood) == (1, [1, 1, 0, 1, 0, 1])
    # It is one incident all the time: withdrawn and reinstated, never announced anew.
    assert len({one.incident.id for one in wire.violations}) == 1


@pytest.mark.parametrize(
    "published", ["Wed, 02 Apr 2098 08:00:00 +0000", "Thu, 01 Jan 1970 00:00:00 +0000", "soon", ""]
)
def test_a_date_that_cannot_be_is_no_date_and_what_has_none_accuses_nobody(wire: Wire, published: str) -> None:
    wire.poll(Item(STRIKE, published=published))
    with wire.store.query() as query:
        [report] = query.reports_published(NOW, NOW)
    # It may be years old: the claim is kept, and no window is known to have been open.
    assert (report.published, report.came, wire.count("claims"), wire.violations) == (None, NOW, 1, ())


def test_the_same_id_from_two_feeds_is_two_reports_and_one_event(wire: Wire) -> None:
    wire.poll(Item(STRIKE), second=(Item("A substation in Sumy was hit by Russian drones overnight"),))
    assert wire.count("reports") == 2
    [violation] = wire.standing
    assert {one.report.source.id for one in violation.incident.claims} == {"first", "second"}


def test_a_feed_with_two_texts_under_one_id_keeps_both_and_does_not_change_its_mind_at_each_poll(wire: Wire) -> None:
    both = (Item(STRIKE), Item("Russian drones hit a power substation in Odesa overnight"))
    for hours in range(3):
        wire.poll(*both, after=hours * HOUR)
        assert (wire.count("reports"), len(wire.standing)) == (2, 2)


def test_a_text_in_a_fourth_language_is_kept_said_to_be_unread_and_accuses_nobody(wire: Wire) -> None:
    wire.poll(Item("Russische Drohnen haben in der Nacht ein Umspannwerk in Sumy getroffen, sagte der Gouverneur"))
    assert (wire.count("reports"), wire.count("reports not read"), wire.violations) == (1, 1, ())


def test_two_hundred_items_with_one_title_are_one_event_told_by_one_outlet(wire: Wire) -> None:
    wire.poll(*(Item(STRIKE, guid=str(number)) for number in range(200)))
    assert wire.count("reports") == 200
    [violation] = wire.standing
    assert violation.rating.status is Status.ALLEGED
    assert len(violation.incident.claims) == 200
