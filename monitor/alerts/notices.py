"""Changes -> notices: who is to be told what. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain

from monitor.alerts.message import DIGEST_LIMIT, Envelope, body_of, leading_kind
from monitor.alerts.receivers import Audience
from monitor.model.judgements import Change, ChangeKind, Notice, stable_id
from monitor.model.text import encodable

#: Events first seen later than this after they happened go into one digest.
LATE = timedelta(hours=48)
#: More incidents than these that change in one unit of work are told in digests: nobody reads a thousand mails.
UPDATES_LIMIT = 25

#: Changes that take something back or mend it: they are told even where nothing is a breach any more.
_RETRACTIONS = frozenset({ChangeKind.WITHDRAWN, ChangeKind.DISMISSED, ChangeKind.CORRECTED})


def notices_for(
    changes: Sequence[Change],
    audience: Audience,
    *,
    told: Mapping[str, Collection[str]],
    now: datetime,
    backlog: bool,
    replayed: bool = False,
) -> tuple[Notice, ...]:
    """Return what is to be told of the changes of one unit of work: per channel, one notice for each incident.

    A first alert goes to everybody who is told now. All that follows goes to whoever was told of that violation before,
    and to nobody else: what was never announced needs no withdrawal, and whoever was told must hear of it. First alerts
    of events first seen more than 48 hours after they happened share one digest for each channel. Where very many
    incidents change at once, as they can when a rule does, what follows is told in digests too.

    Args:
        changes: what changed, with the violations as they now stand.
        audience: who may be told.
        told: the channels that were told of a violation before, or are to be, by violation.
        now: when the notices are made and first due (aware).
        backlog: the file takes first alerts: a feed's first poll, a replay, a re-judging.
        replayed: a report counts as seen when it was published, not when it was read here. Of a backlog that is
            replayed the file takes everything: whoever replays decides whether people are sent anything.
    """
    notices: list[Notice] = []
    for channel, mine in _by_channel(changes, audience, told, backlog, backlog and replayed).items():
        late = [change for change in mine if _is_late(change, replayed)]
        prompt = _by_incident(change for change in mine if not _is_late(change, replayed))
        for kind, group in _in_digests(prompt):
            notices.append(_notice(channel, kind, group, audience, now))
        if late:
            notices.append(_notice(channel, ChangeKind.DIGEST, late, audience, now))
    return tuple(notices)


def _in_digests(groups: Sequence[Sequence[Change]]) -> Iterator[tuple[ChangeKind, Sequence[Change]]]:
    """Yield the changes of each notice with its kind: many updates in digests, each of which tells all in full."""
    first = [group for group in groups if leading_kind(group) is ChangeKind.NEW]
    updates = [group for group in groups if leading_kind(group) is not ChangeKind.NEW]
    yield from ((ChangeKind.NEW, group) for group in first)
    if len(updates) <= UPDATES_LIMIT:
        yield from ((leading_kind(group), group) for group in updates)
    else:
        changes = list(chain.from_iterable(updates))
        for start in range(0, len(changes), DIGEST_LIMIT):
            yield ChangeKind.DIGEST, changes[start : start + DIGEST_LIMIT]


def _by_channel(
    changes: Sequence[Change],
    audience: Audience,
    told: Mapping[str, Collection[str]],
    backlog: bool,
    silent: bool,
) -> dict[str, list[Change]]:
    """Return what each channel is told of, those of the audience first.

    A channel that is configured no longer is kept: its receiver may come back within the days that delivery waits.
    """
    everybody = audience.channels(backlog=backlog)
    found: dict[str, list[Change]] = {channel: [] for channel in everybody}
    for change in changes:
        if change.kind not in _RETRACTIONS and not change.violation.breached_readings:
            continue
        before = sorted(told.get(change.violation.id, ())) or audience.file_sink.channels
        for channel in everybody if silent or change.kind is ChangeKind.NEW else before:
            found.setdefault(channel, []).append(change)
    return found


def kept_back(changes: Iterable[Change], audience: Audience, told: Mapping[str, Collection[str]]) -> int:
    """Return how many changes people would have been told of but for a replay that sends nothing."""
    nobody = set(audience.file_sink.channels)
    updates = (change.violation.id for change in changes if change.kind is not ChangeKind.NEW)
    return sum(bool(set(told.get(violation_id, ())) - nobody) for violation_id in updates)


def _by_incident(changes: Iterable[Change]) -> list[list[Change]]:
    """Return the changes in order, those of one incident together."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.violation.incident.id, []).append(change)
    return list(groups.values())


def _is_late(change: Change, replayed: bool) -> bool:
    """Return whether a first alert is of an event that was over for more than 48 hours when it was first seen.

    Never without an event time. What follows a first alert is told at once and by itself.
    """
    incident = change.violation.incident
    if change.kind is not ChangeKind.NEW or incident.event_time is None or not incident.claims:
        return False
    reports = [reported.report for reported in incident.claims]
    first_seen = min((report.published or report.first_seen) if replayed else report.first_seen for report in reports)
    return first_seen - incident.event_time.end > LATE


def _notice(channel: str, kind: ChangeKind, changes: Sequence[Change], audience: Audience, now: datetime) -> Notice:
    incident_id = changes[0].violation.incident.id
    key = stable_id("N", channel, kind.value, incident_id, *sorted(_state(change) for change in changes))
    envelope = Envelope(id=key, source=audience.source, created_at=now)
    return Notice(
        id=key,
        channel=channel,
        kind=kind,
        incident_id=incident_id,
        violation_ids=tuple(dict.fromkeys(change.violation.id for change in changes)),
        payload=body_of(envelope, kind, changes, dict(audience.party_names)),
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
