"""Lets critical alerts that nobody acknowledged go on, and come again: what the store has, and what is queued."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from monitor.alerts.escalating import STALE, Answered, escalations
from monitor.alerts.receivers import Audience
from monitor.model.judgements import Notice, Status

if TYPE_CHECKING:
    from monitor.store import Query, Store

_ENDED = frozenset({Status.DISMISSED, Status.WITHDRAWN, Status.SUPERSEDED})


def escalate(store: Store, audience: Audience, now: datetime) -> int:
    """Queue the alerts that go on to somebody else by now; return how many were not queued before."""
    channels = [channel for channel, manner in audience.manners.items() if manner.escalation or manner.repeat]
    if not channels:
        return 0
    with store.query() as query:
        found = _onward(query, channels, audience, now)
    if not found:
        return 0
    with store.transaction() as tx:
        # Asked again within the transaction: somebody may have acknowledged it, or dismissed it, just now.
        return tx.add_notices(_onward(tx, channels, audience, now))


def _onward(query: Query, channels: list[str], audience: Audience, now: datetime) -> list[Notice]:
    sent = query.sent_notices(now - STALE, channels)
    ids = dict.fromkeys(key for one in sent for key in one.violation_ids)
    violations = [found for key in ids if (found := query.violation(key)) is not None]
    answered = Answered(
        acknowledged=query.acknowledgements(one.incident_id for one in sent).keys(),
        ended={one.id for one in violations if one.rating.status in _ENDED},
    )
    made = escalations(sent, answered, audience, now)
    return [one for one in made if query.notice(one.id) is None]
