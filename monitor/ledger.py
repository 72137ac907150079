"""Gathers the ledger, as of one instant, from the store: announced counts and statements beside what is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.judging import ledger as judging
from monitor.model.agreements import TargetClass
from monitor.model.judgements import Status
from monitor.model.ledger import Announcement, Declaration, Ledger
from monitor.model.reports import PartyId
from monitor.store import Query, Store

_STANDING = frozenset({Status.ALLEGED, Status.CORROBORATED, Status.CONFIRMED})


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which announcements are wanted; None means all."""

    #: By this party.
    party: PartyId | None = None
    #: Against this party.
    accused: PartyId | None = None
    #: Bounds of the counted time, and of when a statement was announced.
    since: datetime | None = None
    until: datetime | None = None


def gather(
    store: Store,
    classes: Mapping[str, TargetClass],
    *,
    now: datetime,
    as_of: datetime | None = None,
    wanted: Wanted = Wanted(),
) -> Ledger:
    """Return the ledger as it was known at `as_of`, or as it is now."""
    with store.query() as query:
        tallies = query.tallies(wanted.since, wanted.until, as_of)
        statements = query.statements(as_of)
        records = _records(query, classes, as_of) if tallies else None
    announced = [one for one in judging.announcements(tallies) if _is_wanted(one, wanted)]
    return Ledger(
        as_of=as_of or now,
        rows=() if records is None else judging.rows_of(announced, records),
        sums=() if records is None else judging.sums_of(announced, records),
        declarations=tuple(one for one in judging.declarations(statements) if _is_declared(one, wanted)),
    )


def _records(query: Query, classes: Mapping[str, TargetClass], as_of: datetime | None) -> judging.Records:
    standing = [one for one in query.violations(as_of) if one.rating.status in _STANDING]
    return judging.Records(
        incidents=query.incidents(as_of),
        violated=frozenset(one.incident.id for one in standing),
        classes=classes,
    )


def _is_wanted(one: Announcement, wanted: Wanted) -> bool:
    return wanted.party in (None, one.party) and wanted.accused in (None, one.accused)


def _is_declared(one: Declaration, wanted: Wanted) -> bool:
    return (
        wanted.accused is None
        and wanted.party in (None, one.party)
        and (wanted.since is None or one.announced >= wanted.since)
        and (wanted.until is None or one.announced <= wanted.until)
    )
