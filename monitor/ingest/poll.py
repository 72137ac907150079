"""One feed, and all feeds that are due, polled from end to end. What is stored is left to the pipeline."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from monitor.errors import FetchError, MonitorError
from monitor.ingest.fetch import Gone, Got, Limits, NotModified, fetch, new_client
from monitor.ingest.parse import ParsedFeed, parse
from monitor.ingest.reports import reports_from
from monitor.ingest.schedule import asked_interval_seconds, next_due
from monitor.model.reports import Document, Feed, PollState, Report

logger = logging.getLogger("ceasefire")


@dataclass(frozen=True, kw_only=True, slots=True)
class Polled:
    """What one poll of one feed gave."""

    feed: Feed
    #: What was remembered before; None at the first poll.
    previous: PollState | None
    #: What is to be remembered now.
    state: PollState
    #: The bytes, where the server sent some; None for 304 and failures. Kept also where they could not be parsed.
    document: Document | None = None
    reports: tuple[Report, ...] = ()
    #: What went wrong, in words; None for a good poll.
    error: str | None = None


async def poll(
    client: httpx.AsyncClient,
    feed: Feed,
    state: PollState | None,
    now: Callable[[], datetime],
    limits: Limits,
) -> Polled:
    """Poll one feed. Never raises for what a server or a document does: it is recorded in the result.

    Args:
        client: from `fetch.new_client`.
        feed: what to poll.
        state: what the last poll of it returned, None at the first.
        now: the clock.
        limits: what it may cost.
    """
    known = state if state is not None and state.url in (None, feed.url) else None
    try:
        return await _poll(client, feed, state, known or PollState(feed_id=feed.id), now, limits)
    except MonitorError as error:
        return _failed(feed, state, known, error, now(), document=None)
    except Exception as error:
        # A defect of ours in one feed must not stop the others; it is shown with its type and trace.
        logger.exception("feed %s: unexpected error", feed.id)
        return _failed(feed, state, known, error, now(), document=None)


async def _poll(
    client: httpx.AsyncClient,
    feed: Feed,
    previous: PollState | None,
    known: PollState,
    now: Callable[[], datetime],
    limits: Limits,
) -> Polled:
    fetched = await fetch(client, feed, known, now=now, limits=limits)
    if isinstance(fetched, Gone):
        message = f"{fetched.url}: gone for good (410)"
        state = replace(_good(feed, known, now()), gone=True, last_error=message)
        return Polled(feed=feed, previous=previous, state=state, error=message)
    if isinstance(fetched, NotModified):
        state = _moved(_good(feed, known, now()), fetched.moved_to, now())
        asked = asked_interval_seconds(fetched.headers, None) or known.asked_interval_seconds
        return Polled(feed=feed, previous=previous, state=_scheduled(feed, state, asked, now()))
    return await _read(feed, previous, known, fetched, now)


async def _read(
    feed: Feed, previous: PollState | None, known: PollState, got: Got, now: Callable[[], datetime]
) -> Polled:
    """Read a body, unless it is the same as last time."""
    document = got.document
    headers = {name.lower(): value for name, value in document.headers}
    parsed: ParsedFeed | None = None
    asked = known.asked_interval_seconds
    if document.sha256 != known.body_sha256:
        try:
            # Parsing takes up to seconds, which other feeds' timeouts would have to wait for.
            parsed = await asyncio.to_thread(parse, document.body, headers, document.final_url)
        except MonitorError as error:
            return _failed(feed, previous, known, error, now(), document=document)
        asked = asked_interval_seconds(headers, parsed.ttl_seconds)
    if parsed and (parsed.truncated or parsed.left_out):
        logger.warning("feed %s: breaks off, or has too many entries (%d not read)", feed.id, parsed.left_out)
    reports = reports_from(feed, parsed, document, now()) if parsed else ()
    state = replace(
        _good(feed, known, now()),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        validators_url=document.final_url,
        body_sha256=document.sha256,
    )
    if parsed and parsed.truncated:
        # Half a feed must not be taken for unchanged next time.
        state = replace(state, etag=None, last_modified=None, body_sha256=None)
    state = _scheduled(feed, _moved(state, got.moved_to, now()), asked, now())
    return Polled(feed=feed, previous=previous, state=state, document=document if parsed else None, reports=reports)


def _good(feed: Feed, known: PollState, now: datetime) -> PollState:
    return replace(
        known,
        url=feed.url,
        polled_at=now,
        failures=0,
        last_error=None,
        first_success_at=known.first_success_at or now,
        last_success_at=now,
    )


def _scheduled(feed: Feed, state: PollState, asked: int | None, now: datetime) -> PollState:
    return replace(state, asked_interval_seconds=asked, due_at=next_due(feed, now, asked_seconds=asked))


def _moved(state: PollState, moved_to: str | None, now: datetime) -> PollState:
    """Remember a permanent redirect, and since when it leads there; it is followed by itself after `MOVED_AFTER`.

    Called for answers that read as a feed only, so that a login page is never moved to.
    """
    if state.moved_to and state.validators_url == state.moved_to and moved_to is None:
        return state  # the address moved to was asked itself
    if moved_to is None:
        return replace(state, moved_to=None, moved_since=None)
    return replace(state, moved_to=moved_to, moved_since=state.moved_since if moved_to == state.moved_to else now)


def _failed(
    feed: Feed,
    previous: PollState | None,
    known: PollState | None,
    error: Exception,
    now: datetime,
    document: Document | None,
) -> Polled:
    """Return a failed poll: validators are kept, the wait grows, and a move is forgotten."""
    message = str(error) if isinstance(error, MonitorError) else f"{type(error).__name__}: {error}"
    before = known or PollState(feed_id=feed.id)
    failures = before.failures + 1
    due = next_due(
        feed,
        now,
        failures=failures,
        asked_seconds=before.asked_interval_seconds,
        retry_after_seconds=error.retry_after_seconds if isinstance(error, FetchError) else None,
    )
    state = replace(
        before,
        url=feed.url,
        polled_at=now,
        due_at=due,
        failures=failures,
        last_error=message,
        moved_to=None,
        moved_since=None,
    )
    return Polled(feed=feed, previous=previous, state=state, document=document, error=message)


def due(feed: Feed, state: PollState | None, now: datetime) -> bool:
    """Return whether a feed is to be polled now: it is switched on, not gone, and its time has come."""
    if not feed.enabled:
        return False
    if state is None or state.url not in (None, feed.url):
        return True
    return not state.gone and (state.due_at is None or state.due_at <= now)


def _host(feed: Feed) -> str:
    try:
        return (urlsplit(feed.url).hostname or "").lower()
    except ValueError:
        return feed.url  # the poll itself says what is wrong with the address


async def poll_due(
    feeds: Iterable[Feed],
    states: Mapping[str, PollState],
    *,
    clock: Callable[[], datetime],
    limits: Limits,
    client: httpx.AsyncClient | None = None,
) -> AsyncGenerator[Polled, None]:
    """Poll the feeds that are due, several at a time but one of each host, and yield each result as it comes.

    Args:
        feeds: all feeds.
        states: what was remembered, by feed id.
        clock: the present.
        limits: what a poll may cost, and how many run at the same time.
        client: from `fetch.new_client`; one is made, and closed, where none is given.
    """
    pending = [feed for feed in feeds if due(feed, states.get(feed.id), clock())]
    room = asyncio.Semaphore(limits.concurrency)
    hosts: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
    used = client or new_client(limits)

    async def one(feed: Feed) -> Polled:
        async with hosts[_host(feed)], room:
            return await poll(used, feed, states.get(feed.id), clock, limits)

    tasks = [asyncio.create_task(one(feed)) for feed in pending]
    try:
        for next_done in asyncio.as_completed(tasks):
            yield await next_done
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if client is None:
            await used.aclose()
