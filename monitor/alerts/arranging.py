"""What waits in the outbox, put together before it is sent: groups, digests, and storms.

Each alert stands in the outbox from the moment of its change on; here several of them become one message, and keep
their rows with the id of the message that tells of them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol

from monitor.alerts.message import Envelope, body_of_many
from monitor.alerts.receivers import Audience
from monitor.alerts.routing import DIGEST, ESCALATED, MUTED, QUIET, RETRACTIONS, STORM, intervals
from monitor.model.judgements import ChangeKind, Notice, stable_id
from monitor.model.routing import Severity

#: Group key of a message of what is critical with what was held back about the same.
CRITICAL = "critical"
#: Over so long the alerts of a receiver are counted, to see a storm; so long apart are the messages of one.
STORM_WINDOW = timedelta(minutes=10)
_WHY = {
    QUIET: "they came in quiet hours",
    MUTED: "they came while their route was muted",
    DIGEST: "a digest",
    STORM: "very many came at once",
    CRITICAL: "it is critical now",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """What a channel was sent of late."""

    #: By group key, when the last message of the group was sent.
    groups: Mapping[str, datetime]
    #: How many messages it was sent within the window of a storm.
    recent: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Arranged:
    """One message in place of several, or several that go later."""

    parts: tuple[Notice, ...]
    #: The message that takes their place; None where they are put off.
    message: Notice | None = None
    #: When they are due instead, and why.
    later: datetime | None = None
    why: str = ""


class WaitingQuery(Protocol):
    """What is asked of the outbox."""

    def untried(self) -> Sequence[Notice]:
        """Return the notices that wait and were never tried, by channel, oldest first."""

    def groups_sent(self, channel: str) -> Mapping[str, datetime]:
        """Return when a channel was sent the last message of each group."""

    def sent_since(self, channel: str, since: datetime) -> int:
        """Return how many notices a channel has taken since then."""


class WaitingTransaction(WaitingQuery, Protocol):
    """What is written to it."""

    def put_together(self, parts: Sequence[Notice], message: Notice) -> None:
        """Put one message into the outbox in place of several."""

    def put_off(self, parts: Sequence[Notice], due_at: datetime, why: str) -> None:
        """Let notices be due later."""


class WaitingOutbox(Protocol):
    """The store, as far as it is needed here."""

    def query(self) -> AbstractContextManager[WaitingQuery]:
        """Return something to read with."""

    def transaction(self) -> AbstractContextManager[WaitingTransaction]:
        """Return something to read and write with, committed at its end."""


def arrange_all(outbox: WaitingOutbox, audience: Audience, now: datetime) -> int:
    """Put together what waits, on every channel; return how many messages and delays that made.

    It is looked at without a lock first: mostly there is nothing to do, and whoever records must not wait for it.
    """
    with outbox.query() as query:
        if not _arranged(query, audience, now):
            return 0
    with outbox.transaction() as tx:
        found = _arranged(tx, audience, now)
        for one in found:
            if one.message is not None:
                tx.put_together(one.parts, one.message)
            elif one.later is not None:
                tx.put_off(one.parts, one.later, one.why)
        return len(found)


def _arranged(query: WaitingQuery, audience: Audience, now: datetime) -> list[Arranged]:
    found: list[Arranged] = []
    for channel, some in groupby(query.untried(), key=lambda notice: notice.channel):
        waiting, manner = list(some), audience.manners.get(channel)
        if (manner is None or manner.storm is None) and all(one.group_key is None for one in waiting):
            continue
        past = Past(groups=query.groups_sent(channel), recent=query.sent_since(channel, now - STORM_WINDOW))
        found += arrange(waiting, past, audience, now)
    return found


def arrange(waiting: Sequence[Notice], past: Past, audience: Audience, now: datetime) -> tuple[Arranged, ...]:
    """Return what is to be done with the notices of one channel that wait and were never tried.

    Args:
        waiting: all of them, oldest first, due or not.
        past: what the channel was sent.
        audience: whose routes and manners they are.
        now: the present (aware).

    Pure: the store is asked before and written to afterwards.
    """
    found = list(_urgent(waiting, audience, now))
    apart, freed = intervals(audience.routes), {one.id for arranged in found for one in arranged.parts}
    waiting = [one for one in waiting if one.id not in freed]
    for key in dict.fromkeys(
        one.group_key for one in waiting if one.group_key is not None and _is_joint(one.group_key)
    ):
        mine = _members(key, waiting)
        if not any(one.due_at <= now for one in mine if key != DIGEST or one.kind not in RETRACTIONS):
            continue
        last = past.groups.get(key)
        again = last + apart.get(key.partition(":")[0], timedelta()) if last is not None else now
        if again > now:
            found.append(Arranged(parts=tuple(mine), later=again, why="waits for its group's next message"))
        elif len(parts := _with_newer(_free_to_go(mine, waiting), waiting)) > 1:
            found.append(_together(parts, key, audience, now))
        taken = {one.id for arranged in found for one in arranged.parts}
        waiting = [one for one in waiting if one.id not in taken]
    return (*found, *_storm(waiting, past, audience, now))


def _urgent(waiting: Sequence[Notice], audience: Audience, now: datetime) -> Iterator[Arranged]:
    """Yield messages of what is critical with older alerts about the same that are held back.

    Nothing overtakes an older alert about the same: what is critical would wait for the end of quiet hours behind it.
    """
    held, taken = [one for one in waiting if one.due_at > now], set[str]()
    if not held:
        return
    for one in waiting:
        if one.due_at > now:
            continue
        older = [other for other in held if other.id not in taken and _is_behind(one, other)]
        if one.id not in taken and older and _is_critical(one):
            parts = _with_newer([other for other in waiting if other is one or _is_behind(one, other)], waiting)
            taken |= {other.id for other in parts}
            yield _together(parts, one.group_key or CRITICAL, audience, now)


def _free_to_go(parts: Sequence[Notice], waiting: Sequence[Notice]) -> list[Notice]:
    """Return the parts without those that must wait behind something older about the same that is not among them."""
    about, chosen = _by_subject(waiting), {one.id: one for one in parts}
    while True:
        behind = [
            one
            for one in chosen.values()
            if any(other.id not in chosen and _is_behind(one, other) for other in _about(one, about))
        ]
        if not behind:
            return list(chosen.values())
        for one in behind:
            del chosen[one.id]


def _with_newer(parts: Sequence[Notice], waiting: Sequence[Notice]) -> list[Notice]:
    """Return the parts with all that waits and tells something newer of the same, in the order of their making.

    A message takes the place of its newest part: what was made in between must not go before it, to be taken back.
    """
    about, chosen, looked_at = _by_subject(waiting), {one.id for one in parts}, list(parts)
    while looked_at:
        one = looked_at.pop()
        newer = [other for other in _about(one, about) if other.id not in chosen and _is_behind(other, one)]
        chosen |= {other.id for other in newer}
        looked_at += newer
    return [one for one in waiting if one.id in chosen]


def _by_subject(waiting: Sequence[Notice]) -> dict[str, list[Notice]]:
    found: dict[str, list[Notice]] = {}
    for one in waiting:
        for key in {one.incident_id, *one.violation_ids}:
            found.setdefault(key, []).append(one)
    return found


def _about(one: Notice, about: Mapping[str, list[Notice]]) -> list[Notice]:
    return [other for key in {one.incident_id, *one.violation_ids} for other in about.get(key, ())]


def _is_behind(one: Notice, other: Notice) -> bool:
    """Return whether a notice may not overtake another: that one is older and about the same."""
    if other.created_at >= one.created_at:
        return False
    return one.incident_id == other.incident_id or not set(one.violation_ids).isdisjoint(other.violation_ids)


def _is_critical(notice: Notice) -> bool:
    told = json.loads(notice.payload)["data"]["violations"]
    return any(one.get("severity") == Severity.CRITICAL.value for one in told)


def _members(key: str, waiting: Sequence[Notice]) -> list[Notice]:
    """Return what is put together under a key.

    What takes back an alert of an earlier digest goes by itself, and brings no digest forward; where the alert still
    waits, it waits with it.
    """
    mine = [one for one in waiting if one.group_key == key]
    if key != DIGEST:
        return mine
    gathered = {violation for one in mine if one.kind not in RETRACTIONS for violation in one.violation_ids}
    return [one for one in mine if one.kind not in RETRACTIONS or not gathered.isdisjoint(one.violation_ids)]


def _is_joint(key: str) -> bool:
    """Return whether a key puts alerts together; that of what went on to others only says where it came from."""
    return key != STORM and not key.startswith(ESCALATED)


def _storm(waiting: Sequence[Notice], past: Past, audience: Audience, now: datetime) -> tuple[Arranged, ...]:
    due = [one for one in waiting if one.due_at <= now and not (one.group_key or "").startswith(ESCALATED)]
    manner = audience.manners.get(due[0].channel) if due else None
    if manner is None or manner.storm is None or past.recent + len(due) <= manner.storm:
        return ()
    last = past.groups.get(STORM)
    if last is not None and last + STORM_WINDOW > now:
        return (
            Arranged(parts=tuple(due), later=last + STORM_WINDOW, why="very many alerts: the next message of them"),
        )
    parts = _with_newer(_free_to_go(due, waiting), waiting)
    return (_together(parts, STORM, audience, now),) if len(parts) > 1 else ()


def _together(parts: Sequence[Notice], key: str, audience: Audience, now: datetime) -> Arranged:
    channel = parts[0].channel
    message_id = stable_id("N", channel, "together", *(one.id for one in parts))
    envelope = Envelope(id=message_id, source=audience.source, created_at=now)
    message = Notice(
        id=message_id,
        channel=channel,
        kind=ChangeKind.DIGEST,
        incident_id=parts[0].incident_id,
        violation_ids=tuple(dict.fromkeys(key for one in parts for key in one.violation_ids)),
        payload=body_of_many(
            envelope, [one.payload for one in parts], _WHY.get(key.partition(":")[0], "they belong together")
        ),
        # Before whatever came after them: nothing about the same may overtake it.
        created_at=parts[-1].created_at,
        due_at=now,
        group_key=key,
    )
    return Arranged(parts=tuple(parts), message=message)
