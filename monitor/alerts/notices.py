"""Changes -> notices: who is to be told what. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from monitor.alerts.message import DIGEST_LIMIT, Envelope, body_of, leading_kind
from monitor.alerts.receivers import Audience
from monitor.alerts.routing import (
    RETRACTIONS,
    Taken,
    held,
    route_explained,
    routes_for,
    silenced_by,
    silent,
    traits_of,
)
from monitor.model import words
from monitor.model.judgements import Change, ChangeKind, Notice, NoticeState, stable_id
from monitor.model.routing import Silence
from monitor.model.text import encodable

#: Events first seen later than this after they happened go into one digest.
LATE = timedelta(hours=48)
#: More incidents than these that change in one unit of work are told in digests: nobody reads a thousand mails.
UPDATES_LIMIT = 25


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Who has heard of violations so far, and what people asked not to hear of."""

    #: The channels that were told of a violation before, or are to be, by violation.
    told: Mapping[str, Collection[str]] = field(default_factory=dict)
    #: The channels that would have been told but for a silence, by violation.
    hushed: Mapping[str, Collection[str]] = field(default_factory=dict)
    silences: Sequence[Silence] = ()


def notices_for(
    changes: Sequence[Change],
    audience: Audience,
    *,
    heard: Heard,
    now: datetime,
    backlog: bool,
    replayed: bool = False,
) -> tuple[Notice, ...]:
    """Return what is to be told of the changes of one unit of work: per channel, one notice for each incident.

    A first alert goes to everybody who is told now: by the routes, where there are any, else to all. All that follows
    goes to whoever was told of that violation before, for whoever was told must hear of it, and to those whom a route
    names now for the first time; what was never announced needs no withdrawal. First alerts
    of events first seen more than 48 hours after they happened share one digest for each channel. Where very many
    incidents change at once, as they can when a rule does, what follows is told in digests too.

    Args:
        changes: what changed, with the violations as they now stand.
        audience: who may be told.
        heard: who has heard of these violations, and what is to be silent.
        now: when the notices are made and first due (aware).
        backlog: the file takes first alerts: a feed's first poll, a replay, a re-judging.
        replayed: a report counts as seen when it was published, not when it was read here. Of a backlog that is
            replayed the file takes everything: whoever replays decides whether people are sent anything.
    """
    notices: list[Notice] = []
    for channel, mine in _by_channel(changes, audience, heard, backlog, backlog and replayed).items():
        late = [one.change for one in mine if _is_late(one.change, replayed)]
        prompt = _by_incident(one.change for one in mine if not _is_late(one.change, replayed))
        takes = {one.change.violation.id: one for one in mine}
        for kind, group in _in_digests(prompt):
            notice = _notice(channel, kind, group, audience, now)
            notices.append(_arranged(notice, takes, group, audience, heard, now))
        if late:
            notice = _notice(channel, ChangeKind.DIGEST, late, audience, now)
            notices.append(_arranged(notice, takes, late, audience, heard, now))
    return tuple(notices)


@dataclass(frozen=True, kw_only=True)
class _Addressed:
    """A change for one channel: by which route, and whether it is the first that is heard of the violation."""

    change: Change
    taken: Taken | None
    begins: bool


def _arranged(
    notice: Notice,
    takes: Mapping[str, _Addressed],
    changes: Sequence[Change],
    audience: Audience,
    heard: Heard,
    now: datetime,
) -> Notice:
    """Return the notice with when it goes, or as one that a silence keeps back; the file takes all at once."""
    manner = audience.manners.get(notice.channel)
    if manner is None:
        return notice
    silences = [silenced_by(heard.silences, traits_of(change), now) for change in changes]
    if silences[0] is not None and all(silences) and not any(change.kind in RETRACTIONS for change in changes):
        return silent(notice, silences[0])
    first = takes[changes[0].violation.id]
    return held(notice, first.taken, manner, changes, begins=first.begins, now=now)


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
    changes: Sequence[Change], audience: Audience, heard: Heard, backlog: bool, silent: bool
) -> dict[str, list[_Addressed]]:
    """Return what each channel is told of, those of the audience first.

    A channel that is configured no longer is kept: its receiver may come back within the days that delivery waits.
    """
    found: dict[str, list[_Addressed]] = {channel: [] for channel in audience.channels(backlog=backlog)}
    for change in changes:
        if change.kind not in RETRACTIONS and not change.violation.breached_readings:
            continue
        for channel, taken, begins in _addressees(change, audience, heard, backlog, silent):
            found.setdefault(channel, []).append(_Addressed(change=change, taken=taken, begins=begins))
    return found


def _addressees(
    change: Change, audience: Audience, heard: Heard, backlog: bool, silent: bool
) -> Iterator[tuple[str, Taken | None, bool]]:
    """Yield the channels that hear of a change, each with the route that named it, and whether that begins it."""
    told = set(heard.told.get(change.violation.id, ()))
    if silent or (change.kind is ChangeKind.NEW and (backlog or not audience.receivers)):
        yield from ((channel, None, True) for channel in audience.channels(backlog=backlog))
        return
    begins: dict[str, Taken | None] = {}
    if change.kind not in RETRACTIONS and audience.routes and not backlog:
        begins = _routed(change, audience)
    elif change.kind is ChangeKind.NEW:
        begins = dict.fromkeys(audience.channels(backlog=False))
    elif change.kind not in RETRACTIONS:
        begins = dict.fromkeys(sorted(heard.hushed.get(change.violation.id, ())))
    yield from ((channel, taken, channel not in told) for channel, taken in begins.items())
    if change.kind is ChangeKind.NEW:
        if not begins:
            yield from ((channel, None, True) for channel in audience.file_sink.channels)
        return
    nobody = () if begins else audience.file_sink.channels
    yield from ((channel, None, False) for channel in sorted(told - begins.keys()) or (() if told else nobody))


def _routed(change: Change, audience: Audience) -> dict[str, Taken | None]:
    """Return the channels that the routes name for a change, each with the first route that does."""
    found: dict[str, Taken | None] = {}
    for taken in routes_for(audience.routes, traits_of(change)):
        for channel in audience.channels_of(taken.receivers):
            found.setdefault(channel, taken)
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
    first_seen = min(report.came if replayed else report.first_seen for report in reports)
    return first_seen - incident.event_time.end > LATE


def _notice(channel: str, kind: ChangeKind, changes: Sequence[Change], audience: Audience, now: datetime) -> Notice:
    incident_id = changes[0].violation.incident.id
    key = stable_id("N", channel, kind.value, incident_id, *sorted(_state(change) for change in changes))
    ends = kind in (ChangeKind.DIGEST, ChangeKind.WITHDRAWN, ChangeKind.DISMISSED)
    link = None if ends else audience.link_for(channel, key, now)
    envelope = Envelope(id=key, source=audience.source, created_at=now, acknowledge_url=link)
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


def explain(
    change: Change, audience: Audience, silences: Sequence[Silence], now: datetime
) -> list[dict[str, str | None]]:
    """Return who would hear of a change that nobody has heard of yet, by which route, when, and why then.

    Keys: "channel", "route" (None: there are no routes, or none fits), "when" ("at once", "not at all" or an instant)
    and "why".
    """
    heard, rows = Heard(silences=silences), []
    for channel, taken, begins in _addressees(change, audience, heard, backlog=False, silent=False):
        addressed = _Addressed(change=change, taken=taken, begins=begins)
        notice = _notice(channel, change.kind, [change], audience, now)
        made = _arranged(notice, {change.violation.id: addressed}, [change], audience, heard, now)
        if made.state is NoticeState.SILENCED:
            when = "not at all"
        else:
            when = "at once" if made.due_at <= now else words.moment(made.due_at)
        unrouted = "no route fits: it is only kept" if audience.routes and taken is None else None
        rows.append({"channel": channel, "route": route_explained(taken), "when": when,
                     "why": made.held_because or unrouted})  # fmt: skip
    return rows
