"""What one report tells of a duty: how many, in which sentence; and what speaks of it in other words. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.model.agreements import Duty, DutyItem
from monitor.model.patterns import fold, words_regex
from monitor.model.reports import Language, Report

#: A number, in groups of three where it is written so: "1,000 for 1,000".
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+")
#: A sentence ends here; a point within a number ends none.
_END = re.compile(r"[.!?…](?=\s|$)|\n")
#: No count has more digits.
_DIGITS = 9


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One report of a fulfilment: how many, where that is counted, and the sentence."""

    count: int | None
    quote: str
    report: Report


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """All that one report tells of a duty."""

    #: With the id of the thing that is owed.
    told: tuple[tuple[str, Told], ...]
    #: Sentences that may tell of it in other words: they are about it and speak of no plan, or have the words for it
    #: beside those of a plan though it could be done by then.
    speaking: tuple[Told, ...]


def could_tell(duty: Duty, report: Report) -> bool:
    """Return whether a report is looked at: by when it came, and by its language."""
    return duty.looked_at_from <= report.came <= duty.looked_at_until and any(
        report.language in item.words for item in duty.items
    )


def tells(duty: Duty, report: Report) -> bool:
    """Return whether a report tells of the fulfilment of any part, or speaks of it in other words."""
    if not could_tell(duty, report):
        return False
    telling = telling_of(duty, report)
    return bool(telling.told or telling.speaking)


def telling_of(duty: Duty, report: Report) -> Telling:
    """Return what a report tells of a duty, without sentences that speak of plans or deny it."""
    language, text = report.language, fold(report.full_text)
    about = _regex(tuple(duty.about.get(language, ())))
    if duty.about and not about.search(text):
        return Telling(told=(), speaking=())
    undone = _regex(tuple(duty.undone.get(language, ())))
    found = [(item, *one) for item in duty.items for one in _counts(item, language, text)]
    done = [one for one in found if not undone.search(text, *one[1])]
    others = dict.fromkeys(_sentence(text, *match.span()) for match in about.finditer(text))
    speaking = [sentence for sentence in others if not undone.search(text, *sentence)]
    if report.came >= (duty.due.earliest or duty.looked_at_from):
        # Once it can be done, "announced" or "as agreed" beside the words for it need be no plan: that leaves it open.
        speaking += dict.fromkeys(sentence for _, sentence, _ in found if sentence not in speaking)
    told_in = {sentence for _, sentence, _ in done}
    return Telling(
        told=tuple((item.id, _told(report, sentence, count)) for item, sentence, count in done),
        speaking=tuple(_told(report, sentence, None) for sentence in speaking if sentence not in told_in),
    )


def _counts(item: DutyItem, language: Language, text: str) -> Iterator[tuple[tuple[int, int], int | None]]:
    """Yield each sentence that tells of a thing, with how many where that is counted."""
    for match in _regex(tuple(item.words.get(language, ()))).finditer(text):
        number = _NUMBER.search(match[0])
        if item.owed is None:
            yield _sentence(text, *match.span()), None
        elif number is not None:
            yield _sentence(text, *match.span()), int(re.sub(r"\D", "", number[0])[:_DIGITS])


def _told(report: Report, sentence: tuple[int, int], count: int | None) -> Told:
    return Told(count=count, quote=report.full_text[slice(*sentence)].strip(), report=report)


@lru_cache(maxsize=256)
def _regex(patterns: Sequence[str]) -> re.Pattern[str]:
    every = "|".join(words_regex(one) for one in patterns)
    return re.compile(rf"(?<!\w)(?:{every or '(?!)'})")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = [match.end() for match in _END.finditer(text, 0, start)]
    after = _END.search(text, end)
    return before[-1] if before else 0, after.end() if after else len(text)
