"""A desk that records reports which a test has written the reading of, on both kinds of database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import SecretStr

from monitor.alerts.receivers import WebhookReceiver
from monitor.extraction import Reader
from monitor.model.agreements import Verdict
from monitor.model.claims import Claim, Extracted
from monitor.model.judgements import ChangeKind, Notice, Violation
from monitor.model.reports import Report
from monitor.pipeline import Pipeline, Recorded, record
from monitor.store import Store
from tests.builders import NOON, a_claim, a_place, a_report, a_source
from tests.databases import database_url
from tests.parts import a_pipeline

__all__ = ["database_url"]

RECEIVER = WebhookReceiver(
    url=SecretStr("https://desk.example/hook"), secrets=(SecretStr("whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw"),)
)
HOUR = timedelta(hours=1)
KHARKIV = a_place("Kharkiv", geonameid=706483, lat=49.98, lon=36.25, region="UA.07")


@dataclass
class ScriptedReader:
    """A reader that says of each title what a test has written down."""

    script: dict[str, tuple[Claim, ...]] = field(default_factory=dict)

    def read(self, report: Report) -> Extracted:
        if report.title == "BROKEN":
            raise RuntimeError("a defect of the reader")
        return Extracted(language=report.language, claims=self.script.get(report.title, ()))


class MendedReader:
    """A reader that finds a strike in whatever it reads."""

    def read(self, report: Report) -> Extracted:
        return Extracted(language=report.language, claims=(a_claim(),))


@dataclass
class Desk:
    """A store, the shipped agreement, a scripted reader and one receiver."""

    store: Store
    pipeline: Pipeline
    reader: ScriptedReader

    def report(self, title: str, *claims: Claim, outlet: str = "outlet", item: str = "item", **changes: Any) -> Report:
        """Return a report that is read as these claims."""
        self.reader.script[title] = claims
        source = a_source(id=outlet, name=outlet, publisher_group=outlet)
        return a_report(title, id=f"R-{outlet}-{item}", source=source, **changes)

    def record(self, *reports: Report, now: datetime = NOON + HOUR, backlog: bool = False, **more: Any) -> Recorded:
        return record(self.store, self.pipeline, reports, now=now, backlog=backlog, **more)

    def violations(self, as_of: datetime | None = None) -> tuple[Violation, ...]:
        with self.store.query() as query:
            return query.violations(as_of=as_of)

    def notices(self) -> tuple[Notice, ...]:
        with self.store.query() as query:
            return query.notices()

    def counts(self) -> dict[str, int]:
        with self.store.query() as query:
            return dict(query.counts())


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    reader = ScriptedReader()
    pipeline = replace(a_pipeline(tmp_path, RECEIVER), reader=cast("Reader", reader))
    store = Store.open(database_url, tmp_path / "evidence")
    yield Desk(store, pipeline, reader)
    store.close()


def verdicts(violation: Violation) -> dict[str, Verdict]:
    return {one.reading_id: one.verdict for one in violation.assessments}


def kinds(changes: Sequence[Any]) -> list[ChangeKind]:
    return [one.kind for one in changes]


def told(desk: Desk) -> list[tuple[str, ChangeKind]]:
    """Return which channels hear of what."""
    return sorted((notice.channel, notice.kind) for notice in desk.notices())
