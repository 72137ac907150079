"""What a link that acknowledges leads to: which alert it is about, and the record that somebody took note."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.alerts.links import Links
from monitor.errors import MonitorError
from monitor.model.judgements import Notice
from monitor.model.routing import Acknowledgement
from monitor.model.text import one_line

if TYPE_CHECKING:
    from monitor.store import Query, Store

#: Longest name of an author, and longest note, in characters.
AUTHOR_LIMIT, NOTE_LIMIT = 80, 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a link is about."""

    incident_id: str
    headline: str
    #: Who got the alert: a mailbox, or the name of a receiver.
    receiver: str
    #: Who has acknowledged the incident so far, if anybody has.
    by: str | None


def asked(query: Query, links: Links, token: str, now: datetime) -> Asked:
    """Return what a link is about; nothing is recorded.

    Raises:
        UsageError: the link is not ours, or has expired.
        MonitorError: its alert is not known here.
    """
    notice = query.notice(links.notice_id(token, now))
    if notice is None or not notice.incident_id.startswith("I-"):
        raise MonitorError("the alert of this link is not known here")
    before = query.acknowledgements([notice.incident_id]).get(notice.incident_id)
    headline = one_line(str(json.loads(notice.payload)["data"]["headline"]), 300)
    by = before.author if before is not None else None
    return Asked(incident_id=notice.incident_id, headline=headline, receiver=_receiver(notice), by=by)


def acknowledge_by_link(store: Store, links: Links, token: str, note: str, now: datetime) -> Asked:
    """Record that whoever got the alert of a link has taken note; return what it is about, as it stood before.

    Raises:
        UsageError: the link is not ours, or has expired.
        MonitorError: its alert is not known here.
    """
    with store.transaction() as tx:
        found = asked(tx, links, token, now)
        tx.add_acknowledgement(
            Acknowledgement(
                incident_id=found.incident_id,
                author=found.receiver,
                how="link",
                note=one_line(note, NOTE_LIMIT).strip(),
                recorded_at=now,
            )
        )
    return found


def _receiver(notice: Notice) -> str:
    return one_line(notice.channel.rpartition(":")[2], AUTHOR_LIMIT)
