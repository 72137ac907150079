"""A reader over the project's own vocabularies, made once, and short ways to ask it."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from monitor.catalogue.data import data_roots
from monitor.catalogue.knowledge import load_knowledge
from monitor.extraction import Reader
from monitor.model.claims import Claim
from monitor.model.knowledge import Knowledge
from monitor.model.reports import Language, Report
from tests.builders import NOON, a_report, a_source


@lru_cache(maxsize=1)
def the_knowledge() -> Knowledge:
    return load_knowledge(data_roots())


@lru_cache(maxsize=1)
def the_reader() -> Reader:
    return Reader(the_knowledge())


def report_of(
    title: str,
    language: str = "en",
    text: str | None = None,
    perspective: str | None = None,
    published: datetime = NOON,
    timezone: str = "UTC",
) -> Report:
    source = a_source(perspective=perspective, timezone=timezone)
    return a_report(title, text=text, language=Language(language), source=source, published=published)


def claims_of(title: str, language: str = "en", *args: Any, **more: Any) -> list[Claim]:
    """Return the claims on energy classes; the arguments are those of a report."""
    energy = the_knowledge().energy_classes
    extracted = the_reader().read(report_of(title, language, *args, **more))
    return [claim for claim in extracted.claims if claim.target.class_id in energy]


def events_of(title: str, language: str = "en", *args: Any, **more: Any) -> list[Claim]:
    """Return the claims that report an event on an energy class; the arguments are those of a report."""
    return [claim for claim in claims_of(title, language, *args, **more) if claim.stance.reports_event]
