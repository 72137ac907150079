"""One round of the worker over real HTTP, and the daemon as a process with real signals."""

import asyncio
import re
import signal
import sqlite3
import subprocess
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import SecretStr

from monitor.alerts.receivers import WebhookReceiver
from monitor.bootstrap import Workshop
from monitor.model.claims import Extracted
from monitor.model.reports import Feed, Language, Report
from monitor.store import Store, Transaction
from monitor.worker import Outcome, run_once
from tests.builders import NOON, a_source
from tests.commands import CommandLine, ceasefire
from tests.databases import database_url, fresh_database
from tests.installation import SHARED, Installation, an_rss_feed
from tests.parts import a_pipeline, a_workshop
from tests.servers import Answer, Seen, serving, with_validators

__all__ = ["ceasefire", "database_url"]

FEEDS = SHARED / "data" / "feeds"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RECEIVER = WebhookReceiver(
    url=SecretStr("https://desk.example/hook"), secrets=(SecretStr("whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw"),)
)


def a_feed(name: str, url: str) -> Feed:
    source = a_source(id=name, name=name, publisher_group=name)
    return Feed(id=name, url=url, source=source, language=Language.ENGLISH)


def poll(workshop: Workshop, now: datetime = NOW) -> Outcome:
    return asyncio.run(run_once(workshop, lambda: now, due_only=False))


def everything(store: Store) -> dict[str, Any]:
    """Return what must not grow when nothing new was published."""
    with store.query() as query:
        return {"counts": query.counts(), "notices": query.notices(limit=10_000), "violations": query.violations()}


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(database_url, tmp_path / "evidence")
    yield opened
    opened.close()


# Real feeds


@pytest.mark.skipif(not FEEDS.is_dir(), reason="needs the folder shared/data/feeds beside the checkout")
@pytest.mark.parametrize("validating", [True, False], ids=["with 304", "a server that ignores validators"])
def test_real_feeds_lose_nothing_and_a_second_poll_adds_nothing(store: Store, tmp_path: Path, validating: bool) -> None:
    bodies = {path.stem: path.read_bytes() for path in sorted(FEEDS.glob("*.xml"))}
    assert len(bodies) == 8
    with serving() as server:
        for name, body in bodies.items():
            server.answers[f"/{name}"] = with_validators(body) if validating else Answer(body=body)
        feeds = [a_feed(name, server.address(f"/{name}")) for name in bodies]
        workshop = a_workshop(tmp_path, store, a_pipeline(tmp_path), *feeds)
        first = poll(workshop)
        before = everything(store)
        second = poll(workshop, NOW + timedelta(days=1))
    assert (first.polled, first.failed) == (8, {})
    assert first.reports == sum(map(items_in, bodies.values()))
    assert (second.polled, second.failed, second.reports, second.changes) == (8, {}, 0, 0)
    assert everything(store) == before


def items_in(body: bytes) -> int:
    """Count the items of a feed without the program's own parser, each address once."""
    items = [node for node in ET.fromstring(body).iter() if node.tag.rpartition("}")[2] in ("item", "entry")]
    assert len(items) == len(re.findall(rb"<(?:item|entry)[\s>]", body))
    return len(items)


# One bad feed


def test_feeds_that_fail_do_not_stop_the_others(store: Store, tmp_path: Path) -> None:
    good = an_rss_feed([("1", "Grain harvest begins", NOW)]).encode()
    answers = {
        "/good": Answer(body=good),
        "/status": Answer(status=500),
        "/junk": Answer(body=bytes(range(256))),
        "/empty": Answer(),
        "/gone": Answer(status=410),
        "/short": Answer(body=good, length=len(good) * 2),
    }
    with serving(answers) as server:
        feeds = [a_feed(path[1:], server.address(path)) for path in answers]
        feeds.append(a_feed("nobody", "http://127.0.0.1:1/rss"))
        outcome = poll(a_workshop(tmp_path, store, a_pipeline(tmp_path), *feeds))
    assert outcome.polled == len(feeds)
    assert outcome.failed.keys() == {feed.id for feed in feeds} - {"good"}
    assert outcome.reports == 1
    with store.query() as query:
        states = query.poll_states()
    assert all(states[name].last_error for name in outcome.failed)
    assert states["good"].failures == 0


class FailingReader:
    """A reader with a defect that one title meets."""

    def read(self, report: Report) -> Extracted:
        if report.title == "BROKEN":
            raise RuntimeError("a defect")
        return Extracted(language=report.language)


def test_a_report_that_cannot_be_read_sets_no_feed_aside_and_the_next_version_of_the_program_reads_it(
    store: Store, tmp_path: Path
) -> None:
    items = [("1", "BROKEN", NOW), ("2", "Grain harvest begins", NOW)]
    with serving({"/rss": Answer(body=an_rss_feed(items).encode())}) as server:
        feed = a_feed("outlet", server.address("/rss"))
        pipeline = replace(a_pipeline(tmp_path), reader=cast("Any", FailingReader()))
        outcome = poll(a_workshop(tmp_path, store, pipeline, feed))
        assert (outcome.failed, outcome.reports, outcome.unread) == ({}, 2, 1)
        assert "1 reports could not be read" in outcome.in_words()
        newer = replace(a_pipeline(tmp_path), program="next")
        again = poll(a_workshop(tmp_path, store, newer, feed), NOW + HOUR)
    assert (again.reports, again.unread) == (0, 0)
    with store.query() as query:
        assert query.failed_readings() == ()
        assert query.reports_seen().reports == 2


def test_what_cannot_be_judged_is_kept_and_recorded_by_a_program_that_can(store: Store, tmp_path: Path) -> None:
    with serving({"/rss": Answer(body=an_rss_feed([("1", "Fine", NOW)]).encode())}) as server:
        feed = a_feed("outlet", server.address("/rss"))
        broken = replace(a_pipeline(tmp_path), audience=cast("Any", None))
        workshop = replace(a_workshop(tmp_path, store, a_pipeline(tmp_path), feed), pipeline=broken)
        outcome = poll(workshop)
        assert (outcome.failed, outcome.unread, outcome.is_failure) == ({}, 1, True)
        with store.query() as query:
            assert query.counts()["reports"] == 1
        mended = a_workshop(tmp_path, store, replace(a_pipeline(tmp_path), program="next"), feed)
        again = poll(mended, NOW + HOUR)
        assert (again.unread, again.is_failure) == (0, False)
    with store.query() as query:
        assert query.failed_readings() == ()


class StorelessTransaction(Transaction):
    """A transaction with a defect: it can store no report."""

    def add_reports(self, reports: Iterable[Report], *, replayed: bool = False) -> tuple[Report, ...]:
        raise RuntimeError("a defect of the store")


class DefectiveStore(Store):
    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with super().transaction() as tx:
            tx.__class__ = StorelessTransaction
            yield tx


def test_what_cannot_even_be_stored_sets_its_feed_aside_and_nothing_of_it_counts_as_seen(
    database_url: str, tmp_path: Path
) -> None:
    store = DefectiveStore.open(database_url, tmp_path / "evidence")
    with serving({"/bad": Answer(body=an_rss_feed([("1", "Fine", NOW)]).encode())}) as server:
        feed = a_feed("bad", server.address("/bad"))
        outcome = poll(a_workshop(tmp_path, store, a_pipeline(tmp_path), feed))
        assert "a defect of the store" in outcome.failed["bad"]
        assert outcome.is_failure
        with store.query() as query:
            state = query.poll_states()["bad"]
            assert query.counts()["reports"] == 0
        store.close()
        assert (state.failures, state.first_success_at, state.body_sha256) == (1, None, None)
        assert state.due_at is not None
        assert state.due_at > NOW
        sound = Store.open(database_url, tmp_path / "evidence")
        mended = a_workshop(tmp_path, sound, a_pipeline(tmp_path), feed)
        assert asyncio.run(run_once(mended, lambda: state.due_at or NOW, due_only=True)).reports == 1
        sound.close()


def test_a_first_poll_alerts_nobody_and_a_later_one_does(store: Store, tmp_path: Path) -> None:
    """The first items go to the file sink, whoever is configured; what comes later goes to the receivers."""
    items = [("1", "Russian drones hit a power substation in Sumy", NOON)]
    with serving({"/rss": lambda _: Answer(body=an_rss_feed(items).encode())}) as server:
        feed = a_feed("outlet", server.address("/rss"))
        workshop = a_workshop(tmp_path, store, a_pipeline(tmp_path, RECEIVER), feed)
        assert poll(workshop, NOON).changes == 1
        items.append(("2", "Russian drones hit a power substation in Poltava", NOON + HOUR))
        assert poll(workshop, NOON + 2 * HOUR).changes == 1
    with store.query() as query:
        assert [notice.channel for notice in query.notices()] == ["webhook", "file"], "newest first"


def test_what_a_server_says_reaches_a_terminal_on_one_line_and_without_escapes() -> None:
    failed = {"outlet": "not a feed but '\x1b[2J\x9b31m hello\r\nall is well'"}
    said = Outcome(polled=1, failed=failed, reports=0, changes=0).in_words()
    assert len(said.splitlines()) == 2
    assert not [letter for letter in said if (ord(letter) < 32 and letter != "\n") or 0x7F <= ord(letter) < 0xA0]


# The daemon as a process


@contextmanager
def running(installation: Installation) -> Iterator["subprocess.Popen[str]"]:
    """Run the daemon; it is killed if a test leaves it running."""
    process = installation.start("run")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until(condition: Callable[[], bool], process: "subprocess.Popen[str]", seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def stop(process: "subprocess.Popen[str]", number: signal.Signals = signal.SIGTERM) -> str:
    """Send the signal; return what the daemon said, once it has ended."""
    process.send_signal(number)
    _, messages = process.communicate(timeout=30)
    assert process.returncode == 0, messages
    assert "Traceback" not in messages
    assert "stopped" in messages.splitlines()[-1]
    return messages


def test_the_daemon_stops_cleanly_while_a_poll_hangs(tmp_path: Path) -> None:
    installation, asked, release = Installation(tmp_path), threading.Event(), threading.Event()

    def hang(_: Seen) -> Answer:
        asked.set()
        release.wait(60)
        return Answer()

    with serving({"/rss": hang}) as server:
        installation.add_feeds({"slow": server.address("/rss")})
        with running(installation) as process:
            wait_until(asked.is_set, process)
            started = time.monotonic()
            messages = stop(process)
            release.set()
    assert time.monotonic() - started < 8
    assert "polling was broken off" in messages
    assert "No agreement in force" in messages


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_daemon_as_it_is_deployed_polls_beats_and_stops(kind: str, tmp_path: Path) -> None:
    """The command, the health check and the stop of docker-compose.yml, over both kinds of database."""
    installation = Installation(tmp_path)
    now = datetime.now(UTC)
    installation.add_agreement_that_binds_now(now)
    items = [("1", "Russian drones hit a power substation in Sumy", now)]
    answers: dict[str, Any] = {"/rss": Answer(body=an_rss_feed(items).encode()), "/bad": Answer(status=500)}
    with fresh_database(kind, tmp_path) as url, serving(answers) as server:
        installation.settings["CEASEFIRE_DATABASE_URL"] = url
        installation.add_feeds({"bad": server.address("/bad"), "outlet": server.address("/rss")})
        with running(installation) as process:
            wait_until(lambda: (tmp_path / "data/alerts/alerts.jsonl").exists(), process)
            alive = installation.run("doctor", "--alive")
            assert alive.returncode == 0, alive.stderr
            messages = stop(process, signal.SIGINT if kind == "sqlite" else signal.SIGTERM)
        assert "In force" in messages
        assert "1 failed" in messages
        with closing(Store.open(url, tmp_path)) as recorded, recorded.query() as query:
            [violation] = query.violations()
        assert violation.incident.place is not None
        assert violation.incident.place.name == "Sumy"


def test_a_daemon_that_has_stopped_beating_is_not_alive(ceasefire: CommandLine) -> None:
    assert ceasefire("violations").status == 0
    beats = {
        status: (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat() for status, minutes in ((1, 11), (0, 9))
    }
    for status, beat in beats.items():
        with closing(sqlite3.connect(ceasefire.folder / "data/monitor.db")) as database, database:
            database.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('heartbeat', ?)", (beat,))
        done = ceasefire("doctor", "--alive")
        assert done.status == status
        assert beat in " ".join(done.err.split())
