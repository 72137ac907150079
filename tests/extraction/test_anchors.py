"""Times that a text counts from a named event."""

from datetime import datetime

import pytest

from monitor.catalogue.data import data_roots
from monitor.catalogue.events import load_events
from monitor.extraction.anchors import Anchors
from monitor.extraction.times import find_times
from monitor.model.patterns import fold
from monitor.model.reports import Language
from tests.builders import at

OVER = at("2025-03-18T16:30")
PUBLISHED = at("2025-03-19T09:00")


def starts(text: str, language: str, published: datetime | None = PUBLISHED) -> list[datetime]:
    """Return when the times of a one-sentence text begin."""
    mentions = find_times(text, Language(language), published, "UTC")
    anchors = Anchors(load_events(data_roots()), Language(language))
    return [one.time.start for one in anchors.apply(fold(text), [(0, len(text))], mentions, published)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Drones struck substations hours after the phone call between the two presidents"),
        ("en", "On March 18, 2025, shortly after the leaders agreed to a 30-day halt to strikes, drones hit Odesa"),
        ("uk", "Невдовзі після розмови Трампа й Путіна безпілотники вдарили по підстанції"),
        ("ru", "Через час после разговора Трампа и Путина город бомбили"),
        ("en", "Drones struck on Tuesday evening, after the phone call between the two presidents"),
        ("ru", "Вскоре после телефонного разговора президентов дроны ударили по подстанции"),
    ],
)
def test_what_follows_the_call_happened_after_it_was_over(language: str, text: str) -> None:
    assert starts(text, language) == [OVER]


@pytest.mark.parametrize(
    "text",
    [
        "Drones struck substations before the phone call between the two presidents",
        "Hours after sunset drones struck substations",
        "The phone call was followed by talks",
        "Drones struck substations again after the phone call between the two presidents",
    ],
)
def test_other_sentences_are_dated_by_no_event(text: str) -> None:
    assert starts(text, "en") == []


def test_a_day_that_does_not_hold_the_event_stays_as_it_is() -> None:
    assert starts("On March 15, 2025, hours after the phone call, drones struck a depot", "en") == [at("2025-03-15")]


@pytest.mark.parametrize("published", [None, at("2025-03-18T10:00"), at("2026-01-05T10:00")])
def test_a_text_of_another_time_means_another_call(published: datetime | None) -> None:
    assert starts("Drones struck substations hours after the phone call", "en", published) == []
