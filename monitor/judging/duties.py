"""Where a duty stands: what reports tell of its fulfilment, held against what is owed and by when. Pure.

Nothing here accuses: a duty of which no report tells is overdue by what was looked at, and no violation.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.judging.fulfilments import Telling, Told, could_tell, telling_of
from monitor.model import words
from monitor.model.agreements import Duty, DutyItem, DutyStatus
from monitor.model.reports import Report

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
#: What is said of it where reports are about the duty, and do not tell this in words that its file knows.
_OTHER_WORDS = "not known, for reports speak of it in words that do not tell it"


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
    #: Whether it is told by no report, though reports speak of the duty in other words.
    spoken_of: bool = False

    @property
    def figures(self) -> tuple[int, ...]:
        """Return the numbers that reports give, smallest first."""
        return _figures(self.told)

    def in_words(self) -> str:
        """Return where it stands: "175 for 175 fulfilled", "22 of 23 wounded"."""
        item, figures = self.item, " or ".join(map(str, self.figures))
        if not self.told:
            return f"{item.title}: {_OTHER_WORDS if self.spoken_of else _UNTOLD[self.status]}"
        if self.status is DutyStatus.FULFILLED:
            return f"{item.whole or (f'{item.owed} {item.title}' if item.owed else item.title)} fulfilled"
        told = f"{figures} of {item.owed} {item.title}"
        if self.status is not DutyStatus.UNDETERMINED:
            return told
        stages = item.owed is not None and self.figures[-1] < item.owed
        return f"{told} (reports differ, or tell of stages)" if stages else f"{told} (reports differ)"


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyState:
    """Where a duty stands, thing by thing, and which reports were looked at for it."""

    status: DutyStatus
    items: tuple[ItemState, ...]
    looked: Looked
    #: What reports say of it without telling of any thing that is owed.
    speaking: tuple[Told, ...] = ()

    def in_words(self) -> str:
        """Return where each thing stands, in one line."""
        return "; ".join(one.in_words() for one in self.items)


def state_of(duty: Duty, reports: Sequence[Report], now: datetime) -> DutyState:
    """Return where the duty stands at `now` (aware) by these reports.

    It is overdue only by reports that could have told of it: those in a language in which it has words, which go back
    to when it could first be done and of which at least one came then, or later. Without them it is undetermined, for
    nobody looked. It is undetermined too where they speak of it in words that the file does not know: what is not
    understood proves no omission.
    """
    looked_at = [one for one in reports if could_tell(duty, one)]
    looked = _looked(duty, looked_at)
    tellings = [telling_of(duty, one) for one in looked_at]
    speaking = tuple(one for telling in tellings for one in telling.speaking)
    untold = _untold(duty, looked, now)
    items = tuple(_item_state(item, tellings, untold, spoken_of=bool(speaking)) for item in duty.items)
    return DutyState(status=_status(items), items=items, looked=looked, speaking=speaking)


def _item_state(item: DutyItem, tellings: Sequence[Telling], untold: DutyStatus, *, spoken_of: bool) -> ItemState:
    told = tuple(one for telling in tellings for item_id, one in telling.told if item_id == item.id)
    if told:
        return ItemState(item=item, told=told, status=_item_status(item, told))
    if spoken_of and untold is DutyStatus.OVERDUE:
        return ItemState(item=item, told=(), status=DutyStatus.UNDETERMINED, spoken_of=True)
    return ItemState(item=item, told=(), status=untold)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _looked(duty: Duty, reports: Sequence[Report]) -> Looked:
    came = sorted(one.came for one in reports)
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
    figures = _figures(told)
    if figures[0] >= item.owed:
        return DutyStatus.FULFILLED
    # Different numbers may be stages of one exchange: where they could add up to all of it, that is not known.
    return DutyStatus.PARTLY if sum(figures) < item.owed else DutyStatus.UNDETERMINED


def _status(items: Sequence[ItemState]) -> DutyStatus:
    statuses = {one.status for one in items}
    if len(statuses) == 1:
        return statuses.pop()
    if DutyStatus.UNDETERMINED in statuses:
        return DutyStatus.UNDETERMINED
    return DutyStatus.PARTLY
