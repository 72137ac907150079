"""Critical alerts that nobody acknowledged in time go on to others, and come again. Pure."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.alerts.message import Envelope, body_of_escalation
from monitor.alerts.receivers import Audience
from monitor.alerts.routing import ESCALATED, REPEATED
from monitor.model.judgements import ChangeKind, Notice, NoticeState, stable_id
from monitor.model.routing import Escalation, Severity

#: What was sent longer ago is acknowledged by nobody any more.
STALE = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What makes going on needless."""

    #: Incidents that somebody has acknowledged.
    acknowledged: Collection[str]
    #: Violations that no longer stand: dismissed, withdrawn, superseded.
    ended: Collection[str]


def escalations(sent: Iterable[Notice], answered: Answered, audience: Audience, now: datetime) -> Iterator[Notice]:
    """Yield the notices by which alerts go on to others, or come again to those who got them.

    Each channel gets each alert once, however often this is asked and however the receivers name one another: the id
    follows from the channel and the alert that it began with. What comes again does so once for each interval that has
    passed; of intervals that passed while nobody asked, for the last one only.

    Args:
        sent: notices that their receivers have accepted, of the last day.
        answered: what was acknowledged, or stands no more.
        audience: whose manners say to whom alerts go on, and when.
        now: the present (aware).
    """
    for notice in sent:
        manner = audience.manners.get(notice.channel)
        if manner is None or notice.sent_at is None or not _waits(notice, answered):
            continue
        waited = now - notice.sent_at
        if manner.escalation is not None and waited >= manner.escalation.after:
            yield from _to_others(notice, manner.escalation, audience, now)
        if manner.repeat is not None and waited >= manner.repeat:
            yield _again(notice, waited // manner.repeat, manner.repeat, audience, now)


def _to_others(notice: Notice, way: Escalation, audience: Audience, now: datetime) -> Iterator[Notice]:
    root = _root(notice)
    for channel in audience.channels_of(way.to):
        if channel != notice.channel:
            key = stable_id("N", channel, "escalated", root)
            yield _told_again(notice, key, channel, f"{ESCALATED}{root}", way.after, audience, now)


def _again(notice: Notice, times: int, interval: timedelta, audience: Audience, now: datetime) -> Notice:
    key = stable_id("N", notice.channel, "repeated", notice.id, str(times))
    return _told_again(notice, key, notice.channel, f"{REPEATED}{notice.id}", times * interval, audience, now)


def _waits(notice: Notice, answered: Answered) -> bool:
    if (notice.group_key or "").startswith(REPEATED):
        return False  # the alert that it repeats waits
    if notice.state is not NoticeState.SENT or notice.incident_id in answered.acknowledged:
        return False
    violations = json.loads(notice.payload)["data"]["violations"]
    return any(one.get("severity") == Severity.CRITICAL.value and one["id"] not in answered.ended for one in violations)


def _root(notice: Notice) -> str:
    key = notice.group_key or ""
    return key.removeprefix(ESCALATED) if key.startswith(ESCALATED) else notice.id


def _told_again(
    notice: Notice, key: str, channel: str, group_key: str, waited: timedelta, audience: Audience, now: datetime
) -> Notice:
    """Return a notice that tells the same, and that nobody has acknowledged it for so long."""
    why = f"Not acknowledged within {_in_words(waited)}"
    # A digest tells of many incidents, of which a link would acknowledge one.
    link = None if notice.kind is ChangeKind.DIGEST else audience.link_for(channel, key, now)
    envelope = Envelope(id=key, source=audience.source, created_at=now, acknowledge_url=link)
    return Notice(
        id=key,
        channel=channel,
        kind=notice.kind,
        incident_id=notice.incident_id,
        violation_ids=notice.violation_ids,
        payload=body_of_escalation(envelope, notice.payload, why),
        created_at=now,
        due_at=now,
        group_key=group_key,
    )


def _in_words(length: timedelta) -> str:
    minutes = length // timedelta(minutes=1)
    return f"{minutes} minute{'' if minutes == 1 else 's'}" if minutes else f"{length.seconds} seconds"
