"""Where a duty stands: what reports tell of its fulfilment, held against what is owed and by when. Pure.

Nothing here accuses: a duty of which no report tells is overdue by what was looked at, and no violation.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model import words
from monitor.model.agreements import Duty, DutyItem, DutyStatus
from monitor.model.patterns import compile_pattern, fold
from monitor.model.reports import Report

_DIGITS = re.compile(r"\d+")
#: A sentence ends here; a point within a number ends none.
_END = re.compile(r"[.!?…](?=\s|$)|\n")


#: Sources named with what was looked at; the others are counted.
_SOURCES_SHOWN = 5
#: What is done is reported so soon, and later perhaps no more.
_REPORTED_WITHIN = timedelta(days=1)
#: What is said of a thing of which no report tells.
_UNTOLD = {
    DutyStatus.PENDING: "nothing reported yet",
    DutyStatus.OVERDUE: "overdue, no report of it found",
    DutyStatus.UNDETERMINED: "not known, for what was looked at could not have told of it",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One report of a fulfilment: how many, where that is counted, and the sentence."""

    count: int | None
    quote: str
    report: Report


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """Which reports were looked at: without them nothing is known of a duty, least of all that it was missed."""

    #: Reports published from then on can show it.
    since: datetime
    reports: int
    #: Names, those with most reports first.
    sources: tuple[str, ...]
    #: When the first and the last of them came.
    first: datetime | None
    last: datetime | None
    #: Whether any came when it could be due, or later: only then does their silence say something.
    timely: bool
    #: Whether they go back to when it could first be done: it may have been, and reported, before the first of them.
    from_the_start: bool

    def in_words(self) -> str:
        """Return what was looked at, as a sentence."""
        if self.first is None or self.last is None:
            return (
                f"Nothing was looked at: no report from {words.moment(self.since)} on that could tell of it is stored"
            )
        shown, more = self.sources[:_SOURCES_SHOWN], len(self.sources) - _SOURCES_SHOWN
        names = ", ".join(shown) + (f" and {more} more" if more > 0 else "")
        stretch = f"published from {words.moment(self.first)} to {words.moment(self.last)}"
        late = "" if self.timely else "; none came when it was due, or later"
        late += "" if self.from_the_start else "; none goes back to when it could first be done"
        reports, sources = _count(self.reports, "report"), _count(len(self.sources), "source")
        return f"Looked at: {reports} of {sources} ({names}), {stretch}{late}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemState:
    """What was told of one thing that is owed, and where it stands by that."""

    item: DutyItem
    told: tuple[Told, ...]
    status: DutyStatus

    @property
    def figures(self) -> tuple[int, ...]:
        """Return the numbers that reports give, smallest first."""
        return _figures(self.told)

    def in_words(self) -> str:
        """Return where it stands: "175 for 175 fulfilled", "22 of 23 wounded"."""
        item, figures = self.item, " or ".join(map(str, self.figures))
        if not self.told:
            return f"{item.title}: {_UNTOLD[self.status]}"
        if self.status is DutyStatus.FULFILLED:
            return f"{item.whole or (f'{item.owed} {item.title}' if item.owed else item.title)} fulfilled"
        told = f"{figures} of {item.owed} {item.title}"
        return f"{told} (reports differ)" if self.status is DutyStatus.UNDETERMINED else told


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyState:
    """Where a duty stands, thing by thing, and which reports were looked at for it."""

    status: DutyStatus
    items: tuple[ItemState, ...]
    looked: Looked

    def in_words(self) -> str:
        """Return where each thing stands, in one line."""
        return "; ".join(one.in_words() for one in self.items)


def state_of(duty: Duty, reports: Sequence[Report], now: datetime) -> DutyState:
    """Return where the duty stands at `now` (aware) by these reports.

    It is overdue only by reports that could have told of it: those in a language in which it has words, which go back
    to when it could first be done and of which at least one came then, or later. Without them it is undetermined, for
    nobody looked.
    """
    looked_at = [one for one in reports if could_tell(duty, one)]
    looked = _looked(duty, looked_at)
    untold = _untold(duty, looked, now)
    items = []
    for item in duty.items:
        told = tuple(told for report in looked_at for told in _told(item, duty, report))
        items.append(ItemState(item=item, told=told, status=_item_status(item, told) if told else untold))
    return DutyState(status=_status(items), items=tuple(items), looked=looked)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def tells(duty: Duty, report: Report) -> bool:
    """Return whether a report tells of the fulfilment of any part."""
    return could_tell(duty, report) and any(True for item in duty.items for _ in _told(item, duty, report))


def could_tell(duty: Duty, report: Report) -> bool:
    """Return whether a report is looked at: by when it came, and by its language."""
    came = report.published or report.first_seen
    return duty.looked_at_from <= came <= duty.looked_at_until and any(
        report.language in item.words for item in duty.items
    )


def _looked(duty: Duty, reports: Sequence[Report]) -> Looked:
    came = sorted(one.published or one.first_seen for one in reports)
    could_first_be_done = duty.due.earliest or duty.looked_at_from
    sources = Counter(one.source.name for one in reports)
    return Looked(
        since=duty.looked_at_from,
        reports=len(reports),
        sources=tuple(name for name, _ in sources.most_common()),
        first=came[0] if came else None,
        last=came[-1] if came else None,
        timely=bool(came) and came[-1] >= could_first_be_done,
        from_the_start=bool(came) and came[0] <= could_first_be_done + _REPORTED_WITHIN,
    )


def _untold(duty: Duty, looked: Looked, now: datetime) -> DutyStatus:
    """Return where a thing stands of which no report tells."""
    if duty.due.latest is None or now < duty.due.latest:
        return DutyStatus.PENDING
    return DutyStatus.OVERDUE if looked.timely and looked.from_the_start else DutyStatus.UNDETERMINED


def _figures(told: Sequence[Told]) -> tuple[int, ...]:
    return tuple(sorted({one.count for one in told if one.count is not None}))


def _item_status(item: DutyItem, told: Sequence[Told]) -> DutyStatus:
    """Return where a thing stands of which reports tell: they may differ on whether all was done."""
    if item.owed is None:
        return DutyStatus.FULFILLED
    enough = {figure >= item.owed for figure in _figures(told)}
    if len(enough) != 1:
        return DutyStatus.UNDETERMINED
    return DutyStatus.FULFILLED if enough.pop() else DutyStatus.PARTLY


def _status(items: Sequence[ItemState]) -> DutyStatus:
    statuses = {one.status for one in items}
    if len(statuses) == 1:
        return statuses.pop()
    if any(one.told and one.status is DutyStatus.UNDETERMINED for one in items):
        return DutyStatus.UNDETERMINED
    return DutyStatus.PARTLY


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
