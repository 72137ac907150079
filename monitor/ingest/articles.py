"""The page of an article -> its text. The only module that knows the library which tells text from what is around it.

The library gets our own bytes and fetches nothing.
"""

import re

from monitor.ingest.markup import plain
from monitor.model.articles import ArticleState
from monitor.model.reports import Document

#: Less text than this is a teaser or a page of a script, in characters.
LEAST = 200
#: More text is a list of all that happened in a week.
MOST = 60_000
#: Larger pages are not taken apart, in bytes.
MAX_PAGE = 5_000_000
_PAGES = ("text/html", "application/xhtml+xml")
#: As outlets tell search engines (schema.org).
_FOR_SUBSCRIBERS = re.compile(rb"\"isAccessibleForFree\"\s*:\s*\"?(?:false|False)\"?")


class NoText(Exception):  # noqa: N818 - no error of anybody's: there is none
    """There is no text of an article; says why."""

    def __init__(self, state: ArticleState, reason: str) -> None:
        super().__init__(reason)
        self.state, self.reason = state, reason


def article_text(document: Document) -> str:
    """Return the text of the article on a page, a line each paragraph, without what stands around it.

    Raises:
        NoText: the page is for subscribers, or no page, or has no article on it. Nothing is guessed at.
    """
    kind = {name.lower(): value for name, value in document.headers}.get("content-type", "")
    if kind.partition(";")[0].strip().lower() not in _PAGES:
        raise NoText(ArticleState.EMPTY, f"no page: {plain(kind)[:80] or 'of no stated type'}")
    if len(document.body) > MAX_PAGE:
        raise NoText(ArticleState.EMPTY, f"a page of {len(document.body):,} bytes is too large to be one article")
    if _FOR_SUBSCRIBERS.search(document.body):
        raise NoText(ArticleState.PAYWALLED, "the page says that it is for subscribers")
    text = plain(_extracted(document) or "")[:MOST].strip()
    if len(text) < LEAST:
        raise NoText(ArticleState.EMPTY, "no text of an article was found on the page")
    return text


def _extracted(document: Document) -> str | None:
    from trafilatura import extract  # slow to import, and needed only where articles are read

    found = extract(document.body, url=document.final_url, include_comments=False, include_tables=False, fast=True)
    return str(found) if found else None
