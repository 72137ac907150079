"""The article behind a report, as a value: what came of fetching it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.times import utc


class ArticleState(StrEnum):
    """What came of fetching an article."""

    #: Its text was read, and stands as a report of its own.
    READ = "read"
    #: The page says that it is for subscribers.
    PAYWALLED = "paywalled"
    #: No text of an article was found on the page.
    EMPTY = "empty"
    #: The outlet asks programs to keep away (robots.txt), or the server refused.
    REFUSED = "refused"
    #: It could not be fetched, and is tried again while `due_at` is set.
    FAILED = "failed"
    #: The server says that there is no such article (404, 410).
    GONE = "gone"
    #: It was read, and the server says since that there is no such article: what it claimed is taken back.
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What is known of the article behind one report."""

    #: Of the feed item.
    report_id: str
    url: str
    state: ArticleState
    #: In words; empty where it was read.
    reason: str = ""
    #: Times that it was asked for.
    attempts: int
    fetched_at: datetime
    #: When it is asked for again; None: never.
    due_at: datetime | None = None
    #: SHA-256 of the newest page that came, None where none did.
    document_sha256: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "fetched_at", utc(self.fetched_at, "fetched_at"))
        if self.due_at is not None:
            object.__setattr__(self, "due_at", utc(self.due_at, "due_at"))
