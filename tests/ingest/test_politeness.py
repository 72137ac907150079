"""The poller's manners, as scored by a server of others: over days of polling it must have nothing to complain of."""

import asyncio
import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from monitor.ingest.fetch import Limits, new_client
from monitor.ingest.poll import Polled, poll_due
from monitor.model.reports import Feed, PollState
from tests.ingest.feeds import SHARED, a_feed, needs_shared

SERVER = SHARED / "suites" / "politeness_server.py"
#: The server counts validators for this one that it never sends.
NEVER_SENT = {"short-body": ("unconditional repeat request", "ETag not sent back")}
LIMITS = Limits(contact_url="https://monitor.example/contact", timeout_seconds=5, read_timeout_seconds=4)


@contextmanager
def politeness_server() -> Iterator[tuple[str, list[str]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(SERVER), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            base = f"http://127.0.0.1:{port}"
            assert process.stdout is not None
            urls = [process.stdout.readline().strip() for _ in range(25)]
            wait_for(port)
            yield base, urls
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the politeness server does not answer")


def call(url: str, method: str = "GET") -> Any:
    with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=10) as answer:
        return json.load(answer)


async def drive(base: str, urls: list[str], rounds: int, step: timedelta) -> dict[str, PollState]:
    """Poll what is due, let time pass, publish now and then; return what is remembered at the end."""
    feeds = [a_feed(url, id=url.rsplit("/", 1)[-1], interval_seconds=3600) for url in urls]
    states: dict[str, PollState] = {}
    offset = timedelta()

    def clock() -> datetime:
        return datetime.now(UTC) + offset

    # One host serves all: each feed is polled by itself, so that one slow answer does not hold up the others.
    client = new_client(LIMITS)
    for number in range(rounds):
        results = await asyncio.gather(*(_results(client, feed, states, clock) for feed in feeds))
        states |= {polled.feed.id: polled.state for each in results for polled in each}
        await asyncio.to_thread(call, f"{base}/advance?s={step.total_seconds()}", "POST")
        offset += step
        if number % 3 == 1:
            await asyncio.to_thread(call, f"{base}/publish", "POST")
    await client.aclose()
    return states


async def _results(
    client: httpx.AsyncClient, feed: Feed, states: dict[str, PollState], clock: Callable[[], datetime]
) -> list[Polled]:
    return [polled async for polled in poll_due([feed], states, clock=clock, limits=LIMITS, client=client)]


@pytest.mark.timeout(300)
@needs_shared("suites/politeness_server.py")
def test_a_server_that_scores_manners_finds_nothing_bad_in_three_days_of_polling() -> None:
    with politeness_server() as (base, urls):
        states = asyncio.run(drive(base, urls, rounds=16, step=timedelta(hours=4, minutes=30)))
        report = call(f"{base}/report")
    complaints = {
        name: [text for text in scored["bad"] if text not in NEVER_SENT.get(name, ())]
        for name, scored in report.items()
    }
    assert {name: bad for name, bad in complaints.items() if bad} == {}
    assert len(report) >= 25
    assert report["plain"]["n304"] > 0
    assert states["gone-410"].gone
    assert report["gone-410"]["n"] == 1
    assert states["plain"].failures == 0
    assert states["slow-drip"].failures > 1
    assert "larger than" in (states["gzip-bomb"].last_error or "")
    assert "private address" in (states["301-to-private"].last_error or "")
