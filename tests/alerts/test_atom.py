"""The Atom feed, read by feedparser as a reader would."""

import asyncio
import stat
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from monitor.alerts.atom import AtomSender
from monitor.alerts.receivers import AtomReceiver
from monitor.errors import DeliveryError
from monitor.model.judgements import ChangeKind, Notice
from tests.alerts.notices import a_notice_of, a_test_notice
from tests.alerts.test_email import HOSTILE, hostile_violation
from tests.builders import NOON
from tests.judgement_builders import a_change


def write(path: Path, *notices: Notice, entries: int = 200) -> None:
    async def all_of_them() -> None:
        for notice in notices:
            await AtomSender(AtomReceiver(path=path, entries=entries)).send(notice, NOON)

    asyncio.run(all_of_them())


def test_a_feed_reader_finds_each_alert_with_the_newest_first(tmp_path: Path) -> None:
    path = tmp_path / "new" / "feed.xml"
    later = a_notice_of(a_change(ChangeKind.DISPUTED), at=NOON + timedelta(hours=2))
    write(path, a_notice_of(), later)
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo
    titles = [entry.title.split(":")[0] for entry in feed.entries]
    assert titles == ["[Ceasefire] Update, now denied", "[Ceasefire] New"]
    newest = feed.entries[0]
    assert newest.id == f"https://desk.example/about#{later.id}"
    assert newest.updated == feed.feed.updated == "2025-04-02T14:00:00Z"
    assert newest.links[0].href == "https://outlet.example/1"
    assert '"Drones hit a substation in Sumy"' in newest.content[0].value
    assert newest.content[0].type == "text/plain"
    assert feed.feed.author == "Ceasefire Monitor"


def test_all_alerts_of_an_incident_answer_the_same_thread(tmp_path: Path) -> None:
    write(tmp_path / "feed.xml", a_notice_of(), a_notice_of(a_change(ChangeKind.DISPUTED)))
    threads = ET.parse(tmp_path / "feed.xml").iter("{http://purl.org/syndication/thread/1.0}in-reply-to")
    refs = [one.get("ref") for one in threads]
    assert len(refs) == 2
    assert len(set(refs)) == 1


def test_an_alert_that_is_sent_again_stands_once(tmp_path: Path) -> None:
    write(tmp_path / "feed.xml", a_notice_of(), a_test_notice(), a_notice_of())
    assert len(feedparser.parse((tmp_path / "feed.xml").read_bytes()).entries) == 2


def test_the_oldest_leave_a_full_feed(tmp_path: Path) -> None:
    notices = [replace(a_notice_of(), id=f"N-{number}") for number in range(5)]
    write(tmp_path / "feed.xml", *notices, entries=3)
    ids = [entry.id.partition("#")[2] for entry in feedparser.parse((tmp_path / "feed.xml").read_bytes()).entries]
    assert ids == ["N-4", "N-3", "N-2"]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:24]))
def test_hostile_text_is_text(tmp_path: Path, text: str) -> None:
    write(tmp_path / "feed.xml", a_notice_of(hostile_violation(text)), a_notice_of())
    root = ET.parse(tmp_path / "feed.xml").getroot()
    assert {one.tag.partition("}")[2] for one in root.iter()} <= {
        "feed", "id", "title", "updated", "author", "name", "entry", "published", "category", "in-reply-to", "link",
        "content",
    }  # fmt: skip
    assert not [one for one in root.iter() if (one.get("href") or "https://").startswith("javascript")]


def test_a_web_server_may_read_it_and_nothing_else_is_left_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "feed.xml", a_notice_of(), a_test_notice())
    assert stat.S_IMODE((tmp_path / "feed.xml").stat().st_mode) == 0o644
    assert [one.name for one in tmp_path.iterdir()] == ["feed.xml"]


@pytest.mark.parametrize("content", ["", "no feed at all"])
def test_what_is_no_feed_is_left_alone_and_said(tmp_path: Path, content: str) -> None:
    (tmp_path / "feed.xml").write_text(content)
    with pytest.raises(DeliveryError, match="is no Atom feed") as caught:
        write(tmp_path / "feed.xml", a_notice_of())
    assert (caught.value.retryable, caught.value.for_all) == (True, True)
    assert (tmp_path / "feed.xml").read_text() == content


def test_a_place_that_cannot_be_written_to_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DeliveryError, match="cannot write") as caught:
        write(tmp_path / "file" / "feed.xml", a_notice_of())
    assert caught.value.retryable
