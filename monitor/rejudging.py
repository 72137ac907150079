"""Judges anew what is stored, by the rules as they are now, and says what comes out otherwise. Nothing is fetched."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from monitor.alerts.notices import notices_for
from monitor.duties import note_all
from monitor.hearing import heard_of
from monitor.incidents import Before, touch
from monitor.judging.otherwise import VerdictChange, VersionChange, verdict_changes, version_changes
from monitor.model.judgements import Change
from monitor.violations import judge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from monitor.pipeline import Pipeline
    from monitor.store import Store, Transaction

#: Incidents judged in one transaction.
_BATCH = 200


@dataclass(frozen=True, kw_only=True)
class Rejudged:
    """What the rules as they are now make of what is stored."""

    #: How many incidents were judged.
    incidents: int
    #: Changes of violations.
    changes: tuple[Change, ...]
    #: Verdicts of readings that came out otherwise, each with the version of the file that gave it.
    verdicts: tuple[VerdictChange, ...]
    #: Files of agreements that have changed since the last judging; none where nothing was noted then.
    versions: tuple[VersionChange, ...]


class _DryRunEndsError(Exception):
    """Takes back a transaction in which something was only tried."""


def _take_back() -> NoReturn:
    raise _DryRunEndsError


def rejudge(store: Store, pipeline: Pipeline, *, now: datetime, dry_run: bool = False, batch: int = _BATCH) -> Rejudged:
    """Assess all stored incidents against the rules as they now are; earlier verdicts are kept.

    First alerts of what the new rules find in old reports go to the file; whoever was told of a violation that stands
    otherwise now hears of that. With `dry_run` nothing is kept and nobody is told.
    """
    changes: list[Change] = []
    verdicts: list[VerdictChange] = []
    with store.query() as query:
        ids = query.incident_ids()
        noted = query.meta("rule_versions")
    versions = () if noted is None else version_changes(_versions(noted), _versions(pipeline.rule_versions))
    for first in range(0, len(ids), batch):
        part = ids[first : first + batch]
        with contextlib.suppress(_DryRunEndsError), store.transaction() as tx:
            before = tx.assessments_of(part)
            changes += _judge_anew(tx, pipeline, part, now)
            verdicts += verdict_changes(before, tx.assessments_of(part))
            if dry_run:
                _take_back()
    if not dry_run:
        with store.transaction() as tx:
            note_all(tx, pipeline.agreements, now)
            tx.set_meta("rule_versions", pipeline.rule_versions)
    return Rejudged(incidents=len(ids), changes=tuple(changes), verdicts=tuple(verdicts), versions=versions)


def _versions(noted: str) -> dict[str, str]:
    """Return the version of each agreement, from what `Pipeline.rule_versions` makes of them."""
    return dict(one.rsplit("@", 1) for one in noted.split())


def _judge_anew(tx: Transaction, pipeline: Pipeline, ids: Sequence[str], now: datetime) -> tuple[Change, ...]:
    before: Before = {}
    touch(tx, before, ids)
    judged = judge(tx, pipeline, before, now=now)
    heard = heard_of(tx, judged, now)
    tx.add_notices(notices_for(judged, pipeline.audience, heard=heard, now=now, backlog=True))
    return tuple(judged)
