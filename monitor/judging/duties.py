"""Where a duty stands: what reports tell of its fulfilment, held against what is owed and by when. Pure.

Nothing here accuses: a duty of which no report tells is overdue by what was looked at, and no violation.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.model.agreements import Duty, DutyItem, DutyStatus
from monitor.model.patterns import compile_pattern, fold
from monitor.model.reports import Report

_DIGITS = re.compile(r"\d+")
#: A sentence ends here; a point within a number ends none.
_END = re.compile(r"[.!?…](?=\s|$)|\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One report of a fulfilment: how many, where that is counted, and the sentence."""

    count: int | None
    quote: str
    report: Report


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemState:
    """What was told of one thing that is owed."""

    item: DutyItem
    told: tuple[Told, ...]

    @property
    def figures(self) -> tuple[int, ...]:
        """Return the numbers that reports give, smallest first."""
        return tuple(sorted({one.count for one in self.told if one.count is not None}))

    @property
    def done(self) -> bool | None:
        """Return whether all that is owed was done, False where less was, None where reports differ or are silent."""
        if not self.told:
            return None
        if self.item.owed is None:
            return True
        enough = {figure >= self.item.owed for figure in self.figures}
        return enough.pop() if len(enough) == 1 else None


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyState:
    """Where a duty stands, thing by thing, and how many reports were looked at for it."""

    status: DutyStatus
    items: tuple[ItemState, ...]
    looked_at: int


def state_of(duty: Duty, reports: Sequence[Report], now: datetime) -> DutyState:
    """Return where the duty stands at `now` (aware) by these reports."""
    looked = [
        one for one in reports if duty.looked_at_from <= (one.published or one.first_seen) <= duty.looked_at_until
    ]
    items = tuple(
        ItemState(item=item, told=tuple(told for report in looked for told in _told(item, duty, report)))
        for item in duty.items
    )
    return DutyState(status=_status(duty, items, now), items=items, looked_at=len(looked))


def _status(duty: Duty, items: Sequence[ItemState], now: datetime) -> DutyStatus:
    if any(item.told and item.done is None for item in items):
        return DutyStatus.UNDETERMINED
    if all(item.done for item in items):
        return DutyStatus.FULFILLED
    if any(item.told for item in items):
        return DutyStatus.PARTLY
    overdue = duty.due.latest is not None and now > duty.due.latest
    return DutyStatus.OVERDUE if overdue else DutyStatus.PENDING


def _told(item: DutyItem, duty: Duty, report: Report) -> Iterator[Told]:
    """Yield what a report tells of one thing, without sentences that speak of plans."""
    text = fold(report.full_text)
    if duty.about and not _regex(duty.about.get(report.language, ())).search(text):
        return
    planned = _regex(duty.undone.get(report.language, ()))
    for match in _regex(item.words.get(report.language, ())).finditer(text):
        start, end = _sentence(text, *match.span())
        digits = _DIGITS.search(match[0])
        if planned.search(text, start, end) or (item.owed is not None and digits is None):
            continue
        count = int(digits[0][:9]) if digits and item.owed is not None else None
        yield Told(count=count, quote=report.full_text[start:end].strip(), report=report)


def _regex(patterns: Sequence[str]) -> re.Pattern[str]:
    every = "|".join(compile_pattern(one).regex for one in patterns)
    return re.compile(rf"(?<!\w)(?:{every or '(?!)'})")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = [match.end() for match in _END.finditer(text, 0, start)]
    after = _END.search(text, end)
    return before[-1] if before else 0, after.end() if after else len(text)
