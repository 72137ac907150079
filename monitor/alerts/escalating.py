"""Critical alerts that nobody acknowledged in time go on to others. Pure."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.alerts.message import Envelope, body_of_escalation
from monitor.alerts.receivers import Audience
from monitor.alerts.routing import ESCALATED
from monitor.model.judgements import ChangeKind, Notice, NoticeState, stable_id
from monitor.model.routing import Severity

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
    """Yield the notices by which alerts go on.

    Each channel gets each alert once, however often this is asked and however the receivers name one another: the id
    follows from the channel and the alert that it began with.

    Args:
        sent: notices that their receivers have accepted, of the last day.
        answered: what was acknowledged, or stands no more.
        audience: whose manners say to whom alerts go on, and when.
        now: the present (aware).
    """
    for notice in sent:
        manner = audience.manners.get(notice.channel)
        way = manner.escalation if manner is not None else None
        if way is None or not _waits(notice, answered) or notice.sent_at is None or now - notice.sent_at < way.after:
            continue
        root = _root(notice)
        for channel in audience.channels_of(way.to):
            if channel != notice.channel:
                yield _onward(notice, channel, root, f"Not acknowledged within {_in_words(way.after)}", audience, now)


def _waits(notice: Notice, answered: Answered) -> bool:
    if notice.state is not NoticeState.SENT or notice.incident_id in answered.acknowledged:
        return False
    violations = json.loads(notice.payload)["data"]["violations"]
    return any(one.get("severity") == Severity.CRITICAL.value and one["id"] not in answered.ended for one in violations)


def _root(notice: Notice) -> str:
    key = notice.group_key or ""
    return key.removeprefix(ESCALATED) if key.startswith(ESCALATED) else notice.id


def _onward(notice: Notice, channel: str, root: str, why: str, audience: Audience, now: datetime) -> Notice:
    key = stable_id("N", channel, "escalated", root)
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
        group_key=f"{ESCALATED}{root}",
    )


def _in_words(length: timedelta) -> str:
    minutes = length // timedelta(minutes=1)
    return f"{minutes} minute{'' if minutes == 1 else 's'}" if minutes else f"{length.seconds} seconds"
