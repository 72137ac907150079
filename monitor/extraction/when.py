"""Attaches times to frames: the nearest in the sentence, then what stands around it, then the publication time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from monitor.extraction.anchors import Anchors
from monitor.extraction.frames import Frame
from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.extraction.times import TimeKind, TimeMention, default_time, find_times
from monitor.extraction.times.words import NUMBER_ROWS, NUMBERS, alternatives, number_in
from monitor.model.claims import Span
from monitor.model.reports import Language, Report
from monitor.model.times import EventTime
from monitor.model.vocabulary import Role

#: The value of words that count and do not date: "for the third time this week".
_REPEATED = "repeated"
#: "The largest strike since the invasion in 2022": what a strike is set above is not when it happened.
_RECORD = "record"
_SINCE = re.compile(r"\b(?:since|(?:з|із|від) (?:початку|часів)|с начала|со времен)\b[^,;:]{0,50}$", re.IGNORECASE)
#: "Images taken on": what is seen in a picture happened before it was taken, nobody says how long before.
_PICTURED = re.compile(
    r"(?:\b(?:images?|imagery|photos?|photographs?|pictures?|footage|videos?)\s+"
    r"(?:(?:that|which)\s+(?:was|were)\s+)?(?:taken|shot|filmed|captured|recorded|dated|from)"
    r"|\b(?:знімк|снимк|фото|кадр|відео|видео)\w*,?\s+(?:(?:які|що|которые|что)\s+(?:були\s+|были\s+)?)?"
    r"(?:зроблен|знят|сделан|снят|датован|датирован|отримані|полученн)\w*)(?:\s+(?:\w{1,3}|early|late|около|близько))*\s+$",
    re.IGNORECASE,
)
#: A longer stretch of time is what statistics count over, not when an event happened.
_STATISTICS = timedelta(days=3, hours=12)
#: A day further back than this is history even where the text gives it exactly.
_HISTORY = timedelta(days=200)
#: How many sentences back the date of a lead still holds (lists under a dated lead).
_LEAD_REACH = 15
#: The clock by which an outlet of unknown seat writes.
_ASSUMED = {Language.UKRAINIAN: "Europe/Kyiv", Language.RUSSIAN: "Europe/Moscow"}
#: What a sentence lends to those around it: a day, or a time of one; and what a list lends to times of day.
_DAYS = frozenset((TimeKind.DATE,))
_LENT = _DAYS | {TimeKind.CLOCK}
#: So many days back from publication a time of day is looked for on the day of a lead.
_CLOCK_REACH = 3
#: How many sentences on the body may come to say when, after the title and after another sentence.
_TITLE_REACH, _NEXT_REACH = 3, 1


#: "Two days after the Russian drone", before "strike".
_DAYS_AFTER = re.compile(
    rf"(?<!\w)(?P<days_after>(?:(?P<days>{alternatives(NUMBERS)}|\d{{1,2}})\s+)?"
    r"(?:days?|дн\w{1,2}|день|доб[аиу]|сут\w{2})\s+(?:after|following|після|после))\s+"
    r"(?:(?:the|a|an|its|this|that|latest|\w+ian|drone|missile|artillery|overnight|night-time|massive|combined|major|"
    r"\w+(?:ого|ої|ой|их|их)|цього|цієї|этого|этой)\s+){0,3}$",
    re.IGNORECASE,
)


class Moments:
    """The times of one report, found when first asked for."""

    def __init__(self, report: Report, sentences: Sequence[Sentence], anchors: Anchors) -> None:
        self._report, self._sentences, self._anchors = report, sentences, anchors
        self._found: dict[int, tuple[TimeMention, ...]] = {}

    def mentions(self, sentences: Iterable[Sentence]) -> tuple[TimeMention, ...]:
        """Return the times that the sentences name."""
        return tuple(mention for sentence in sentences for mention in self._in(sentence))

    @cached_property
    def names_a_period(self) -> bool:
        """Return whether any sentence names a stretch of time, such as one over which is counted."""
        return any(one.kind is TimeKind.PERIOD for one in self.mentions(self._sentences))

    def of(self, frame: Frame) -> tuple[EventTime | None, Span | None]:
        """Return when the frame happened and the words that say so; the publication time where none do."""
        later = self._days_after(frame)
        if later is not None:
            return later
        mention = self._nearest(frame.sentence, frame.act) or self._around(frame.sentence)
        if mention is None:
            return default_time(self._report.published), None
        if mention.kind is TimeKind.CLOCK and (lead := self._around(frame.sentence, _DAYS)) is not None:
            return _on_the_day(mention.time, lead.time), mention.span
        return mention.time, mention.span

    def _days_after(self, frame: Frame) -> tuple[EventTime, Span] | None:
        """Return the day of a strike that is told of some days later: "two days after the strike on the depot"."""
        published = self._report.published
        sentence, act = frame.sentence, frame.act
        found = _DAYS_AFTER.search(sentence.text, sentence.start, act.start) if published else None
        if published is None or found is None or self._in(sentence):
            return None
        counted = found["days"] or ""
        days = int(counted) if counted.isdigit() else number_in(NUMBER_ROWS, counted) or 1
        day = published.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)
        return EventTime(start=day, end=day + timedelta(days=1), precision=1), (
            found.start("days_after"),
            found.end("days_after"),
        )

    def is_dated(self, frame: Frame) -> bool:
        """Return whether the sentence itself names a day."""
        return any(m.time.precision == 1 and not self._is_history(m) for m in self._in(frame.sentence))

    def is_past(self, frame: Frame) -> TimeMention | None:
        """Return the words by which the frame is history or a statistic over weeks, if any."""
        mention = self._nearest(frame.sentence, frame.act)
        return mention if mention is not None and self._is_history(mention) else None

    def is_old(self, frame: Frame) -> bool:
        """Return whether the sentence names an exact day that was no news at publication."""
        mention = self._nearest(frame.sentence, frame.act)
        return mention is not None and mention.kind is TimeKind.BACKGROUND

    def _is_history(self, mention: TimeMention) -> bool:
        if mention.kind is TimeKind.PERIOD:
            return mention.time.end - mention.time.start > _STATISTICS
        if mention.kind is not TimeKind.BACKGROUND:
            return False
        published = self._report.published
        if mention.time.precision > 1 or published is None:
            return True
        start, end = mention.span
        words = self._report.full_text[start:end]
        year = next((part for part in words.split() if part.isdigit() and len(part) == 4), None)
        return published - mention.time.end > _HISTORY or (year is not None and int(year) != published.year)

    def _in(self, sentence: Sentence) -> tuple[TimeMention, ...]:
        """Return the times that one sentence names; each sentence is looked through once, and only if asked for."""
        if sentence.start not in self._found:
            self._found[sentence.start] = self._find(sentence)
        return self._found[sentence.start]

    def _find(self, sentence: Sentence) -> tuple[TimeMention, ...]:
        report, start, end = self._report, sentence.start, sentence.end
        found = find_times(report.full_text[start:end], report.language, report.published, _zone(report))
        shifted = [replace(one, span=(one.span[0] + start, one.span[1] + start)) for one in found]
        counted = [hit for hit in sentence.of(Role.CURRENT) if hit.entry.value == _REPEATED]
        shifted = [one for one in shifted if not any(_within(one.span, hit) for hit in counted)]
        if any(hit.entry.value == _RECORD for hit in sentence.of(Role.CURRENT)):
            shifted = [one for one in shifted if not _SINCE.search(report.full_text, start, one.span[1])]
        shifted = [one for one in shifted if not _PICTURED.search(report.full_text, start, one.span[0])]
        return self._anchors.apply(sentence.text, [(start, end)], shifted, report.published)

    def _nearest(self, sentence: Sentence, act: Hit) -> TimeMention | None:
        found = self._in(sentence)
        if not found:
            return None
        return min(found, key=lambda mention: _distance(sentence, act, mention))

    def _around(self, sentence: Sentence, kinds: frozenset[TimeKind] = _LENT) -> TimeMention | None:
        """Return the date of a lead, or of what comes next: the nearest exact recent day that is no background."""
        at = self._sentences.index(sentence)
        before = list(reversed(self._sentences[max(0, at - _LEAD_REACH) : at]))
        titles = [one for one in self._sentences if one.is_title and one not in before]
        # The first sentence of the body tells in full what the headline says in short.
        lead = [one for one in self._sentences if not one.is_title][:1] if sentence.is_title else []
        for other in [*before, *titles, *lead]:
            if other.of(Role.BACKGROUND) or other is sentence:
                continue
            for mention in self._in(other):
                if mention.kind in kinds and mention.time.precision == 1:
                    return mention
        return None


def _within(span: Span, hit: Hit) -> bool:
    return hit.start < span[1] and span[0] < hit.end


def _zone(report: Report) -> str:
    """Return the outlet's clock; of an outlet that nobody has listed, the clock of its language's country.

    By UTC a night told of at half past one in Kyiv would be the night before.
    """
    listed = report.source.timezone
    return listed if listed != "UTC" else _ASSUMED.get(report.language, listed)


def _on_the_day(clock: EventTime, day: EventTime) -> EventTime:
    """Return a time of day, of which only publication told the day, on the day that the lead names."""
    middle = clock.start + (clock.end - clock.start) / 2
    for days in range(-_CLOCK_REACH, 1):
        if day.start <= middle + timedelta(days=days) < day.end:
            return replace(clock, start=clock.start + timedelta(days=days), end=clock.end + timedelta(days=days))
    return clock


def _distance(sentence: Sentence, act: Hit, mention: TimeMention) -> float:
    start, end = mention.span
    hard, soft = sentence.boundaries_between(act.start, start)
    low, high = (act.end, start) if act.start <= start else (end, act.start)
    words = len(sentence.text[low:high].split()) if low < high else 0
    return words + 4.0 * hard + 0.5 * soft + (1.0 if mention.kind is TimeKind.PERIOD else 0.0)
