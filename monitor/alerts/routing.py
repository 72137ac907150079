"""Which receivers a change goes to, and when: routes, silences, quiet hours, digests. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.alerts.severity import severity_of
from monitor.model import words
from monitor.model.judgements import Change, ChangeKind, Notice, NoticeState, stable_id
from monitor.model.routing import Grouping, Hours, Manner, Route, Severity, Silence, Trait, Traits

#: Changes that take something back or mend it: they are told even where nothing is a breach any more.
RETRACTIONS = frozenset({ChangeKind.WITHDRAWN, ChangeKind.DISMISSED, ChangeKind.CORRECTED})
#: Group keys of what is put together for a receiver and not by a route.
QUIET, DIGEST, STORM = "quiet hours", "digest", "storm"
#: Beginning of the group key of what a route mutes; behind it the path of the route.
MUTED = "muted"
#: Stretches of quiet and muted hours that are waited for, one after the other.
_STRETCHES = 10
#: Beginning of the group key of an alert that went on to others; behind it the id of the alert that it began with.
ESCALATED = "escalated:"
#: Beginning of the group key of an alert that came again; behind it the id of the alert.
REPEATED = "repeated:"


def traits_of(change: Change) -> Traits:
    """Return what routes and silences can match of a change."""
    violation = change.violation
    place = violation.incident.place
    return {
        Trait.AGREEMENT: frozenset({violation.agreement_id}),
        Trait.CLAUSE: frozenset({violation.clause_id}),
        Trait.PARTY: frozenset({violation.accused}),
        Trait.READING: frozenset(violation.breached_readings),
        Trait.REGION: frozenset({place.region} if place is not None and place.region else ()),
        Trait.STATUS: frozenset({violation.rating.status.value}),
        Trait.CREDIBILITY: frozenset({str(violation.rating.credibility)}),
        Trait.SEVERITY: frozenset({severity_of(change).value}),
        Trait.KIND: frozenset({change.kind.value}),
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A route that takes a change, and the receivers that it names or its parents do."""

    route: Route
    receivers: tuple[str, ...]
    grouping: Grouping


def routes_for(routes: Sequence[Route], traits: Traits) -> tuple[Taken, ...]:
    """Return the routes that take a change, in order: the first that fits, and those after one that goes on.

    Within a route its own routes are looked at first; it takes what none of them does. What they do not say, receivers
    and grouping, they have from it.
    """
    return tuple(_taken(routes, traits, (), Grouping()))


def _taken(routes: Sequence[Route], traits: Traits, receivers: tuple[str, ...], grouping: Grouping) -> Iterator[Taken]:
    for route in routes:
        if not route.matcher.fits(traits):
            continue
        mine = route.receivers or receivers
        together = route.grouping if route.grouping.is_used else grouping
        deeper = list(_taken(route.routes, traits, mine, together))
        yield from deeper or [Taken(route=route, receivers=mine, grouping=together)]
        if not route.goes_on:
            return


def silenced_by(silences: Iterable[Silence], traits: Traits, now: datetime) -> Silence | None:
    """Return the silence that covers a change; None where none does."""
    return next((one for one in silences if one.covers(traits, now)), None)


def group_key(taken: Taken, traits: Traits) -> str | None:
    """Return what alerts of a route are put together by; None where it puts none together."""
    if not taken.grouping.is_used:
        return None
    values = ("|".join(sorted(traits.get(trait, ()))) for trait in taken.grouping.by)
    return f"{taken.route.path}:{stable_id('G', *values)}"


def intervals(routes: Iterable[Route], above: Grouping | None = None) -> dict[str, timedelta]:
    """Return, by the path of a route, how long after a message of a group the next one comes at the soonest."""
    found: dict[str, timedelta] = {}
    for route in routes:
        mine = route.grouping if route.grouping.is_used or above is None else above
        found |= {route.path: mine.interval, **intervals(route.routes, mine)}
    return found


def _free(due: datetime, muted: Sequence[Hours], quiet: Hours | None) -> tuple[datetime, bool]:
    """Return the first moment from `due` on that none of the hours holds, and whether it is a mute that ends then.

    One stretch may begin before another has ended. Hours that never end let go after some days: nothing is lost.
    """
    by_mute = False
    for _ in range(_STRETCHES):
        ends = [(end, True) for hours in muted if (end := hours.until(due)) is not None]
        if quiet is not None and (end := quiet.until(due)) is not None:
            ends.append((end, False))
        if not ends:
            break
        due, by_mute = max(ends)
    return due, by_mute


def held(
    notice: Notice, taken: Taken | None, manner: Manner, changes: Sequence[Change], *, begins: bool, now: datetime
) -> Notice:
    """Return the notice with when it is due, why not at once, and what it is put together with.

    Args:
        notice: as made, due at once.
        taken: the route by which it goes; None for what follows an earlier alert, and where there are no routes.
        manner: how its receiver wants to be told.
        changes: what it tells of.
        begins: whether it is the first that the receiver hears of the violation.
        now: when it was made.
    """
    due, group, why = now, None, ""
    muted = taken.route.muted if taken is not None else ()
    if taken is not None:
        group = group_key(taken, traits_of(changes[0]))
        if begins and taken.grouping.wait:
            due, why = now + taken.grouping.wait, "waits for others of its group"
    # What cannot wait goes through digests and quiet hours.
    critical = any(severity_of(change) is Severity.CRITICAL for change in changes)
    if manner.digest is not None and not critical:
        group = DIGEST
        # At once where the receiver has the alert that it takes back; else it waits behind that one, in its group.
        if not any(change.kind in RETRACTIONS for change in changes):
            due = manner.digest.next_after(due)
            why = f"{manner.digest.every.value} digest at {words.moment(due)}"
    quiet = manner.quiet if not critical else None
    free, by_mute = _free(due, muted, quiet)
    if free > due:
        word = "muted" if by_mute else "quiet hours"
        due, why = free, f"{word} until {words.moment(free)}"
        # What is muted is put together with what its route mutes, lest others that go sooner take it along.
        group = f"{MUTED}:{taken.route.path}" if taken is not None and by_mute else group or QUIET
    return replace(notice, due_at=due, group_key=group, held_because=why or None)


def route_explained(taken: Taken | None) -> str | None:
    """Return which route names a channel, in words; None where there are no routes."""
    return None if taken is None else f"{taken.route.path} ({taken.route.matcher.in_words()})"


def silent(notice: Notice, by: Silence) -> Notice:
    """Return the notice as one that is recorded and not sent."""
    why = f"silence {by.id} by {by.author} until {words.moment(by.until)}: {by.reason}"
    return replace(notice, state=NoticeState.SILENCED, held_because=why)
