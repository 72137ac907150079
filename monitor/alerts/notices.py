"""Changes -> notices: who is to be told what. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.alerts.message import Envelope, body_of, leading_kind
from monitor.alerts.receivers import Audience
from monitor.model.judgements import Change, ChangeKind, Incident, Notice, stable_id
from monitor.model.text import encodable

#: Events first seen later than this after they happened go into one digest.
LATE = timedelta(hours=48)

#: Changes that take something back or mend it: they are told even where nothing is a breach any more.
_RETRACTIONS = frozenset({ChangeKind.WITHDRAWN, ChangeKind.DISMISSED, ChangeKind.CORRECTED})


def notices_for(
    changes: Sequence[Change],
    audience: Audience,
    *,
    now: datetime,
    backlog: bool,
    replayed: bool = False,
) -> tuple[Notice, ...]:
    """Return what is to be told of the changes of one unit of work: per channel, one notice for each incident.

    Events first seen more than 48 hours after they happened share one digest for each channel.

    Args:
        changes: what changed, with the violations as they now stand.
        audience: who may be told.
        now: when the notices are made and first due (aware).
        backlog: nobody is told, the file takes the notices: a feed's first poll, or a replay.
        replayed: a report counts as seen when it was published, not when it was read here.
    """
    incidents = _by_incident(changes)
    late = [change for group in incidents if _is_late(group[0].violation.incident, replayed) for change in group]
    prompt = [group for group in incidents if not _is_late(group[0].violation.incident, replayed)]
    notices: list[Notice] = []
    for channel in audience.channels(backlog=backlog):
        notices += [_notice(channel, leading_kind(group), group, audience, now) for group in prompt]
        if late:
            notices.append(_notice(channel, ChangeKind.DIGEST, late, audience, now))
    return tuple(notices)


def _by_incident(changes: Sequence[Change]) -> list[list[Change]]:
    """Return the changes that people are told of, in order, those of one incident together."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind in _RETRACTIONS or change.violation.breached_readings:
            groups.setdefault(change.violation.incident.id, []).append(change)
    return list(groups.values())


def _is_late(incident: Incident, replayed: bool) -> bool:
    """Return whether the event was over for more than 48 hours when it was first seen; never without an event time."""
    if incident.event_time is None or not incident.claims:
        return False
    reports = [reported.report for reported in incident.claims]
    first_seen = min((report.published or report.first_seen) if replayed else report.first_seen for report in reports)
    return first_seen - incident.event_time.end > LATE


def _notice(channel: str, kind: ChangeKind, changes: Sequence[Change], audience: Audience, now: datetime) -> Notice:
    incident_id = changes[0].violation.incident.id
    key = stable_id("N", channel, kind.value, incident_id, *sorted(_state(change) for change in changes))
    envelope = Envelope(id=key, kind=kind, created_at=now)
    return Notice(
        id=key,
        channel=channel,
        kind=kind,
        incident_id=incident_id,
        violation_ids=tuple(dict.fromkeys(change.violation.id for change in changes)),
        payload=body_of(envelope, changes, dict(audience.party_names)),
        created_at=now,
        due_at=now,
    )


def _state(change: Change) -> str:
    """Return a fingerprint of what a notice would tell: the same change gives the same, and so the same notice.

    The claims belong to it: what is withdrawn and later reported anew is told anew.
    """
    violation = change.violation
    rating = violation.rating
    verdicts = sorted(f"{one.reading_id}@{one.rule_version}={one.verdict}" for one in violation.assessments)
    claims = sorted(f"{one.report.id}.{one.report.version}/{one.claim.id}" for one in violation.incident.claims)
    parts = (change.kind, violation.id, rating.status, str(rating.disputed), str(rating.credibility))
    return stable_id("S", *(encodable(part) for part in (*parts, *verdicts, *claims)))
