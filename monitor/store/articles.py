"""The articles behind reports: their table, and what is asked and written of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, select
from sqlmodel import Field

from monitor.model.articles import Article, ArticleState
from monitor.model.reports import Report
from monitor.store import rows
from monitor.store.loading import chunks, mappings
from monitor.store.tables import CLAIM, REPORT, Base
from monitor.store.types import StorableText, UtcDateTime


class ArticleRow(Base, table=True):
    """What came of fetching the article behind a report; see `model.articles.Article`. Operational: put in place."""

    report_id: str = Field(primary_key=True, sa_type=StorableText)
    url: str = Field(sa_type=StorableText)
    state: str = Field(sa_type=StorableText)
    reason: str = Field(sa_type=StorableText)
    attempts: int
    fetched_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    document_sha256: str | None = Field(default=None, sa_type=StorableText)


_ARTICLE = Base.metadata.tables["article"]


class ArticleReading:
    """Questions about articles."""

    _connection: Connection

    def articles(self, limit: int = 1_000) -> tuple[Article, ...]:
        """Return what came of fetching articles, newest first."""
        query = select(_ARTICLE).order_by(_ARTICLE.c.fetched_at.desc(), _ARTICLE.c.report_id).limit(limit)
        return tuple(_article(row) for row in mappings(self._connection, query))

    def article(self, report_id: str) -> Article | None:
        """Return what came of fetching the article behind a report."""
        query = select(_ARTICLE).where(_ARTICLE.c.report_id == report_id)
        return next((_article(row) for row in mappings(self._connection, query)), None)

    def articles_due(self, now: datetime, limit: int) -> tuple[Article, ...]:
        """Return articles that are to be asked for again by now, the longest due first."""
        query = select(_ARTICLE).where(_ARTICLE.c.due_at <= now).order_by(_ARTICLE.c.due_at).limit(limit)
        return tuple(_article(row) for row in mappings(self._connection, query))

    def reports_without_article(self, since: datetime, limit: int) -> tuple[Report, ...]:
        """Return polled reports, first seen since then, that claim something and whose article was never asked for."""
        claims = exists().where(CLAIM.c.report_id == REPORT.c.report_id)
        asked = exists().where(_ARTICLE.c.report_id == REPORT.c.report_id)
        query = (
            select(REPORT)
            .where(REPORT.c.version == 1, REPORT.c.first_seen >= since, REPORT.c.feed_id.is_not(None))
            .where(REPORT.c.url.is_not(None), claims, ~asked)
            .order_by(REPORT.c.first_seen, REPORT.c.report_id)
            .limit(limit)
        )
        return tuple(rows.report(row) for row in mappings(self._connection, query))

    def withdrawn_articles(self, report_ids: Iterable[str]) -> frozenset[str]:
        """Return which of these reports the outlet has taken back."""
        found: set[str] = set()
        for chunk in chunks(dict.fromkeys(report_ids)):
            query = select(_ARTICLE.c.report_id).where(
                _ARTICLE.c.report_id.in_(chunk), _ARTICLE.c.state == ArticleState.WITHDRAWN.value
            )
            found.update(self._connection.execute(query).scalars())
        return frozenset(found)


class ArticleWriting(ArticleReading):
    """What is written of articles."""

    def save_article(self, article: Article) -> None:
        """Remember what came of fetching an article, in place of what was remembered before."""
        self._connection.execute(delete(_ARTICLE).where(_ARTICLE.c.report_id == article.report_id))
        self._connection.execute(insert(_ARTICLE), [_row(article)])


def _row(article: Article) -> dict[str, object]:
    return {
        "report_id": article.report_id,
        "url": article.url,
        "state": article.state.value,
        "reason": article.reason,
        "attempts": article.attempts,
        "fetched_at": article.fetched_at,
        "due_at": article.due_at,
        "document_sha256": article.document_sha256,
    }


def _article(row: Mapping[str, Any]) -> Article:
    return Article(**{**row, "state": ArticleState(row["state"])})
