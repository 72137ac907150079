"""Real texts through the whole pipeline: the article that began this project, and thousands of news texts."""

import re
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from monitor.errors import ConfigurationError
from monitor.ingest.files import read_path
from monitor.model.agreements import Verdict
from monitor.model.judgements import Status, Violation
from monitor.model.reports import Report
from monitor.pipeline import record
from monitor.store import Store
from tests.builders import at
from tests.installation import SHARED
from tests.parts import a_pipeline, shipped_feeds

NOW = datetime(2026, 11, 1, tzinfo=UTC)
KNOWN_MISTAKES = re.compile(r"^has no title|the report was read as one without a date$")
SEEDS, NEWS = SHARED / "seeds", SHARED / "data" / "news"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'monitor.db'}", tmp_path / "evidence")
    yield opened
    opened.close()


def put_through(store: Store, folder: Path, reports: Iterator[Report]) -> int:
    """Record reports as a replay does; return how many were new."""
    pipeline, new = a_pipeline(folder), 0
    while batch := tuple(islice(reports, 50)):
        new += len(record(store, pipeline, batch, now=NOW, backlog=True, replayed=True).reports)
    return new


# The seed article


@pytest.fixture
def seed_violations(store: Store, tmp_path: Path) -> tuple[Violation, ...]:
    if not SEEDS.is_dir():
        pytest.skip("needs the folder shared/seeds beside the checkout")
    [path] = SEEDS.glob("*.txt")
    put_through(store, tmp_path, read_path(path, published=at("2025-03-19T09:00"), now=NOW, feeds=shipped_feeds()))
    with store.query() as query:
        return query.violations()


def quotes(violation: Violation) -> str:
    return " ".join(one.quote() for one in violation.incident.claims)


@pytest.mark.parametrize(
    ("words", "energy"),
    [("Odesa", "energy facilities"), ("Central Ukraine", "power outages")],
    ids=["Odesa's energy facilities", "power in central Ukraine"],
)
def test_the_seed_article_gives_the_violations_that_it_tells_of(
    seed_violations: tuple[Violation, ...], words: str, energy: str
) -> None:
    found = [one for one in seed_violations if words in quotes(one) and energy in quotes(one)]
    assert found, [quotes(one) for one in seed_violations]
    for violation in found:
        assert violation.accused == "RU"
        assert violation.rating.status is Status.ALLEGED
        assert violation.breached_readings == ("kremlin",)


def test_the_seed_article_gives_no_other_violation(seed_violations: tuple[Violation, ...]) -> None:
    for violation in seed_violations:
        assert violation.breached_readings == ("kremlin",)
        assert violation.incident.target.class_id not in ("residential", "industrial", "port", "vessel")
        said = quotes(violation)
        assert "factories" not in said
        assert "residential" not in said
        assert violation.accused == "RU", said
        place = violation.incident.place
        assert place is None or place.name not in ("Dnipro", "Kyiv", "Kharkiv")


def test_every_verdict_on_the_seed_article_says_why(seed_violations: tuple[Violation, ...]) -> None:
    assert seed_violations
    for violation in seed_violations:
        verdicts = {one.reading_id: one.verdict for one in violation.assessments}
        assert verdicts.keys() == {"kremlin", "kyiv", "white-house"}
        assert verdicts["kremlin"] is Verdict.BREACH
        assert all(one.reasons for one in violation.assessments)


# Thousands of texts


def news() -> Iterator[Report]:
    """Yield all texts; some rows of the tables hold none, and some name two dates."""
    for path in sorted(NEWS.glob("*.csv")):
        try:
            yield from read_path(path, published=None, now=NOW, feeds=shipped_feeds())
        except ConfigurationError as error:
            if not all(KNOWN_MISTAKES.search(mistake.message) for mistake in error.mistakes):
                raise


needs_news = pytest.mark.skipif(not NEWS.is_dir(), reason="needs the folder shared/data/news beside the checkout")


@needs_news
def test_real_news_goes_through_the_pipeline(store: Store, tmp_path: Path) -> None:
    """Every fifteenth text, so that each file and language has its share: about 300."""
    chosen = islice(news(), 0, None, 15)
    assert put_through(store, tmp_path, chosen) > 250
    assert store.check() == ()


@needs_news
@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_all_real_news_goes_through_the_pipeline(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    started = time.perf_counter()
    new = put_through(store, tmp_path, news())
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with store.query() as query:
        counts = query.counts()
    with capsys.disabled():
        print(f"\n{new} texts in {seconds:.0f} s ({new / seconds:.1f} a second), {memory:.0f} MiB; {dict(counts)}")  # noqa: T201
    assert new > 4000
    assert store.check() == ()
