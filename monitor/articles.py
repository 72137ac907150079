"""Fetches the articles behind reports that claim something, politely, and reads them whole; off by default.

An article is a report of its own, of the same outlet: feeds hold a teaser, and go on holding it. A round asks for one
article of each host at most. What is for subscribers, refused, gone or no article is noted with its reason, never
guessed at. A day later each article is asked for once more: what the outlet has taken back by then (404 or 410, twice)
is taken back here too, with the report that led to it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from monitor.errors import FetchError
from monitor.ingest.articles import MAX_PAGE, NoText, article_text
from monitor.ingest.fetch import Gone, Got, fetch, new_client
from monitor.ingest.identity import item_id
from monitor.ingest.language import detect
from monitor.ingest.robots import Robots
from monitor.model.articles import Article, ArticleState
from monitor.model.reports import Document, Feed, Language, Report
from monitor.model.text import one_line, web_link
from monitor.pipeline import Fetched, Recorded, record

if TYPE_CHECKING:
    import httpx

    from monitor.bootstrap import Workshop
    from monitor.ingest.fetch import Limits

logger = logging.getLogger("ceasefire")

Clock = Callable[[], datetime]

#: Reports older than this are not followed up: their article was asked for, or full texts were off.
FRESH = timedelta(days=2)
#: A feed's first poll brings what was there before: it is read from the feed alone.
_FIRST_POLL = timedelta(minutes=5)
#: When an article that was read is asked for once more.
LOOK_AGAIN = timedelta(days=1)
#: An article that seems to be gone is taken back where it still is so long after.
_ASKED_TWICE = timedelta(hours=1)
#: After a failure it is asked for again after so long, then twice as long, and so on.
_WAIT = timedelta(minutes=10)
_ATTEMPTS = 5
#: Articles of one round.
ROUND = 20
_TAKEN_BACK = frozenset({404, 410})

#: What hosts ask of us, for as long as the process runs.
_ROBOTS = Robots()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """A report whose article is wanted, and what was noted of that before."""

    report: Report
    known: Article | None


async def read_articles(workshop: Workshop, clock: Clock, robots: Robots = _ROBOTS) -> Recorded:
    """Fetch the articles that are due, one of each host, and record what they report."""
    limits = replace(workshop.limits, max_bytes=min(workshop.limits.max_bytes, MAX_PAGE), trust_listed=False)
    done = Recorded()
    wanted = await asyncio.to_thread(_wanted, workshop, clock())
    async with new_client(limits) as client:
        for asked in wanted:
            fetched = await _fetched(client, asked, clock, limits, robots)
            done += await asyncio.to_thread(_record, workshop, asked, fetched, clock())
    return done


def _wanted(workshop: Workshop, now: datetime) -> list[_Asked]:
    with workshop.store.query() as query:
        again = [_Asked(report=report, known=one) for one in query.articles_due(now, ROUND)
                 if (report := query.report(one.report_id)) is not None]  # fmt: skip
        new = query.reports_without_article(now - FRESH, ROUND * 10)
        begun = {key: state.first_success_at for key, state in query.poll_states().items()}
    listed = {feed.id for feed in workshop.feeds.feeds}
    fresh = [
        _Asked(report=one, known=None)
        for one in new
        if one.feed_id in listed and web_link(one.url) and not one.source.sample and _is_news(one, begun)
    ]
    by_host: dict[str, _Asked] = {}
    for asked in (*again, *fresh):
        by_host.setdefault(urlsplit(asked.report.url or "").netloc, asked)
    return list(by_host.values())[:ROUND]


def _is_news(report: Report, begun: dict[str, datetime | None]) -> bool:
    first = begun.get(report.feed_id or "")
    return first is not None and report.first_seen - first > _FIRST_POLL


async def _fetched(client: httpx.AsyncClient, asked: _Asked, clock: Clock, limits: Limits, robots: Robots) -> Fetched:
    """Return what came of asking for an article; never raises for what a server or a page does."""
    url, report = asked.report.url or "", asked.report

    async def ask(address: str) -> bytes:
        feed = Feed(id="robots", url=address, source=report.source, language=Language.ENGLISH)
        got = await fetch(client, feed, None, now=clock, limits=limits)
        if isinstance(got, Got):
            return got.document.body
        raise FetchError(f"{address}: gone", retryable=False, status=410)

    try:
        if not await robots.allow(url, ask, clock()):
            return _noted(asked, clock(), ArticleState.REFUSED, "the outlet asks programs to keep away (robots.txt)")
        page = Feed(id="article", url=url, source=report.source, language=report.language)
        got = await fetch(client, page, None, now=clock, limits=limits)
    except FetchError as error:
        return _failed(asked, error, clock())
    if isinstance(got, Gone) or not isinstance(got, Got):
        return _gone(asked, "the server answered 410", clock())
    return _noted(asked, clock(), ArticleState.READ, "", got.document)


def _noted(
    asked: _Asked, now: datetime, state: ArticleState, reason: str, document: Document | None = None,
    due_at: datetime | None = None,
) -> Fetched:  # fmt: skip
    known = asked.known
    if state is ArticleState.READ and known is None:
        due_at = now + LOOK_AGAIN
    return Fetched(
        article=Article(
            report_id=asked.report.id,
            url=asked.report.url or "",
            state=state,
            reason=one_line(reason, 300),
            attempts=1 + (known.attempts if known is not None else 0),
            fetched_at=now,
            due_at=due_at,
            document_sha256=document.sha256 if document is not None else known.document_sha256 if known else None,
        ),
        document=document,
    )


def _gone(asked: _Asked, reason: str, now: datetime) -> Fetched:
    known = asked.known
    if known is None or known.state is not ArticleState.READ:
        return _noted(asked, now, ArticleState.GONE, reason)
    if known.reason != reason:
        # Servers have bad hours: what was said once is asked again before anything is taken back for it.
        return _noted(asked, now, ArticleState.READ, reason, due_at=now + _ASKED_TWICE)
    return _noted(asked, now, ArticleState.WITHDRAWN, reason)


def _failed(asked: _Asked, error: FetchError, now: datetime) -> Fetched:
    if error.status in _TAKEN_BACK:
        return _gone(asked, f"the server answered {error.status}", now)
    if not error.retryable:
        state = ArticleState.REFUSED if error.status is not None else ArticleState.FAILED
        return _noted(asked, now, _kept(asked, state), str(error))
    tried = asked.known.attempts if asked.known is not None else 0
    if tried + 1 >= _ATTEMPTS:
        return _noted(asked, now, _kept(asked, ArticleState.FAILED), f"given up: {error}")
    wait = max(_WAIT * 2**tried, timedelta(seconds=error.retry_after_seconds or 0))
    return _noted(asked, now, _kept(asked, ArticleState.FAILED), str(error), due_at=now + wait)


def _kept(asked: _Asked, state: ArticleState) -> ArticleState:
    """Return the state; an article that was read stays read, whatever a later look comes to."""
    was_read = asked.known is not None and asked.known.state is ArticleState.READ
    return ArticleState.READ if was_read else state


def _record(workshop: Workshop, asked: _Asked, fetched: Fetched, now: datetime) -> Recorded:
    """Write what came of one article in one transaction."""
    reports: tuple[Report, ...] = ()
    if fetched.article.state is ArticleState.WITHDRAWN:
        reports = tuple(_taken_back(workshop, asked.report, fetched.article.reason, now))
    elif fetched.document is not None:
        try:
            reports = (_article_report(asked.report, fetched.document, now),)
        except NoText as none:
            state = _kept(asked, none.state)
            fetched = replace(fetched, article=replace(fetched.article, state=state, reason=none.reason, due_at=None))
        except Exception as error:  # a page that the library chokes on costs its text and nothing else
            logger.exception("the page %s could not be read", one_line(fetched.article.url, 200))
            reason = one_line(f"could not be taken apart: {type(error).__name__}", 300)
            state = _kept(asked, ArticleState.FAILED)
            fetched = replace(fetched, article=replace(fetched.article, state=state, reason=reason, due_at=None))
    return record(workshop.store, workshop.pipeline, reports, now=now, backlog=False, fetched=fetched)


def article_id(report_id: str) -> str:
    """Return the id of the report that an article is."""
    return item_id(report_id, "article")


def _article_report(item: Report, document: Document, now: datetime) -> Report:
    text = article_text(document)
    return replace(
        item,
        id=article_id(item.id),
        version=1,
        feed_id=None,
        text=text,
        language=detect(item.title, text, item.language),
        first_seen=now,
        document_sha256=document.sha256,
    )


def _taken_back(workshop: Workshop, item: Report, reason: str, now: datetime) -> list[Report]:
    """Return new versions, of the item and its article, that say that it was taken back and claim nothing."""
    with workshop.store.query() as query:
        found = [query.report(key) for key in (item.id, article_id(item.id))]
    return [
        replace(one, title=f"[taken back: {reason}] {one.title}", text=None, language=Language.OTHER, first_seen=now)
        for one in found
        if one is not None and one.language is not Language.OTHER
    ]
