"""`ceasefire evidence articles`: which articles were read, and why others were not."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from monitor.model.articles import Article, ArticleState
from monitor.store import Store
from tests.commands import CommandLine, ceasefire

__all__ = ["ceasefire"]


def noted(folder: Path, *articles: Article) -> None:
    data = folder / "data"
    store = Store.open(f"sqlite:///{(data / 'monitor.db').absolute()}", data / "evidence")
    with closing(store), store.transaction() as tx:
        for one in articles:
            tx.save_article(one)


def an_article(number: int, state: ArticleState, reason: str = "") -> Article:
    return Article(
        report_id=f"R-{number}",
        url=f"https://outlet.example/{number}\x1b[2J",
        state=state,
        reason=reason,
        attempts=1,
        fetched_at=datetime(2025, 4, 2, 12, number, tzinfo=UTC),
    )


def test_each_article_is_listed_with_its_state_and_reason_newest_first(ceasefire: CommandLine) -> None:
    (ceasefire.folder / "data").mkdir()
    noted(
        ceasefire.folder,
        an_article(1, ArticleState.READ),
        an_article(2, ArticleState.PAYWALLED, "the page says that it is for subscribers"),
    )
    lines = ceasefire("evidence", "articles").out.splitlines()
    assert [line.split()[1] for line in lines] == ["paywalled", "read"]
    assert lines[0].endswith("the page says that it is for subscribers")
    assert "\x1b" not in "".join(lines)
    assert [one["state"] for one in ceasefire("evidence", "articles", "--json").json] == ["paywalled", "read"]


def test_without_any_nothing_is_listed(ceasefire: CommandLine) -> None:
    done = ceasefire("evidence", "articles")
    assert (done.status, done.out) == (0, "")
