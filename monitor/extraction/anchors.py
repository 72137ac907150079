"""Times that a text counts from a named event: "hours after the call", "shortly after they agreed to a pause"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.extraction.times import TimeKind, TimeMention
from monitor.model.claims import Span
from monitor.model.events import NamedEvents
from monitor.model.patterns import compile_pattern
from monitor.model.reports import Language
from monitor.model.times import EventTime

#: "Hours after": no more than a day.
_HOURS = timedelta(hours=24)
#: The name of the event follows "after" within so many characters: room for who took part in it.
_REACH = 120


@dataclass(frozen=True)
class _Anchor:
    name: re.Pattern[str]
    over: datetime
    known_until: datetime


class Anchors:
    """The named events of one language, compiled."""

    def __init__(self, events: NamedEvents, language: Language) -> None:
        after, soon = events.after.get(language, ()), events.soon_after.get(language, ())
        self._after = _pattern([*soon, *after]) if after else None
        self._soon = _pattern(soon) if soon else None
        self._events = tuple(
            _Anchor(_pattern(event.names[language]), event.over, event.known_until)
            for event in events.events
            if event.names.get(language)
        )

    def apply(
        self, folded: str, sentences: Sequence[Span], mentions: Sequence[TimeMention], published: datetime | None
    ) -> tuple[TimeMention, ...]:
        """Return the mentions, those narrowed that their sentence counts from a named event, and new ones for it.

        Args:
            folded: the full text, folded.
            sentences: the spans of its sentences.
            mentions: the times that it names.
            published: publication time; without it no event can be told from a namesake.
        """
        if self._after is None or published is None:
            return tuple(mentions)
        result = list(mentions)
        for sentence in sentences:
            for span, over, soon in self._found(folded, sentence, published):
                dated = [n for n, one in enumerate(result) if _in(one.span, sentence) and _holds(one.time, over)]
                for number in dated:
                    result[number] = _narrowed(result[number], over)
                if soon and not dated and not any(_in(one.span, sentence) for one in result):
                    result.append(_hours_after(span, over, published))
        return tuple(sorted(result, key=lambda one: one.span))

    def _found(self, folded: str, sentence: Span, published: datetime) -> Iterator[tuple[Span, datetime, bool]]:
        """Yield the words that name an event, when it was over, and whether they say "soon after"."""
        for after in self._after.finditer(folded, *sentence) if self._after else ():
            soon = self._soon is not None and self._soon.fullmatch(after[0]) is not None
            for event in self._events:
                if not event.over <= published <= event.known_until:
                    continue
                name = event.name.search(folded, after.end(), min(after.end() + _REACH, sentence[1]))
                if name is not None:
                    yield (after.start(), name.end()), event.over, soon


def compile_anchors(events: NamedEvents) -> Mapping[Language, Anchors]:
    """Return the anchors of each language."""
    return {language: Anchors(events, language) for language in Language if language is not Language.OTHER}


def _pattern(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(compile_pattern(one).regex for one in patterns) + r")\b")


def _in(span: Span, sentence: Span) -> bool:
    return sentence[0] <= span[0] < sentence[1]


def _holds(time: EventTime, over: datetime) -> bool:
    return time.precision == 1 and time.start < over < time.end


def _narrowed(mention: TimeMention, over: datetime) -> TimeMention:
    return replace(mention, time=replace(mention.time, start=over))


def _hours_after(span: Span, over: datetime, published: datetime) -> TimeMention:
    end = min(published, over + _HOURS)
    return TimeMention(time=EventTime(start=over, end=end, precision=1), span=span, kind=TimeKind.DATE)
