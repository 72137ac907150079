"""Merging and splitting by a person: claims are put where they belong, and stay there whatever is compared later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor import judging
from monitor.errors import MonitorError
from monitor.incidents import Before, Classes, Told, regroup
from monitor.model.claims import ReportedClaim
from monitor.model.decisions import Decision, decided
from monitor.model.judgements import stable_id

if TYPE_CHECKING:
    from monitor.store import Transaction


def merge(tx: Transaction, classes: Classes, decision: Decision, before: Before) -> tuple[Decision, dict[str, str]]:
    """Put the claims of another incident into this one; return the decision with them, and what was merged.

    Raises:
        MonitorError: both are one already, or something else was decided about the other one.
    """
    into, other = decision.incident_id, str(decision.other)
    if other == into:
        raise MonitorError(f"{into} cannot be merged with itself; name two incidents")
    _decided_alike(tx, other, into)
    moving, staying = tx.claims_of_incident(other), tx.claims_of_incident(into)
    made = replace(decision, claims=tuple(one.claim.id for one in moving))
    placing = [(one, into) for one in (*staying, *moving)]
    return made, _put(tx, classes, made, placing, before)


def split(tx: Transaction, classes: Classes, decision: Decision, before: Before) -> tuple[Decision, dict[str, str]]:
    """Put some claims of an incident into one of their own; return the decision with its id, and what was merged.

    What was merged before comes back under the id that it had.

    Raises:
        MonitorError: the claims are none of the incident's, or all of them.
    """
    members = {one.claim.id: one for one in tx.claims_of_incident(decision.incident_id)}
    moving = dict.fromkeys(decision.claims)
    if unknown := [one for one in moving if one not in members]:
        raise MonitorError(f"{decision.incident_id} has no claim {unknown[0]!r}; it has: {', '.join(members)}")
    if not moving or len(moving) == len(members):
        raise MonitorError("some claims have to go and some to stay; name those that go with --claim")
    made = replace(decision, claims=tuple(moving), other=_id_of(tx, tuple(moving), decision.decided_at))
    placing = [(one, str(made.other) if key in moving else made.incident_id) for key, one in members.items()]
    return made, _put(tx, classes, made, placing, before)


def _put(
    tx: Transaction,
    classes: Classes,
    decision: Decision,
    placing: Sequence[tuple[ReportedClaim, str]],
    before: Before,
) -> dict[str, str]:
    placed = {
        one.claim.id: judging.placed_by(decision.author, one.claim.id, incident_id, decision.reason)
        for one, incident_id in placing
    }
    told = Told(claims=[one for one, _ in placing], gone=[], hints={}, placed=placed)
    return regroup(tx, classes, told, before, decision.decided_at)


def _decided_alike(tx: Transaction, other: str, into: str) -> None:
    """Refuse to lose a decision: what was confirmed or dismissed must be so of the incident that stands, too."""
    for accused in sorted({one.accused for key in (other, into) for one in tx.assessments(key)}):
        was, stands = (decided(tx.decisions(key), accused) for key in (other, into))
        if was is not None and (stands is None or stands.status is not was.status):
            raise MonitorError(
                f"{other} is {was.status} as to {accused}, and {into} is not: merge {into} into {other} instead, "
                "or reopen it, or decide both alike first"
            )


def _id_of(tx: Transaction, claim_ids: Sequence[str], at: datetime) -> str:
    """Return the id under which these claims stand by themselves: the one they had, else a new one."""
    emptied = (key for key, claims in tx.former_incidents(claim_ids).items() if claims >= set(claim_ids))
    free = sorted(key for key in emptied if not tx.claims_of_incident(key))
    return free[0] if free else stable_id("I", *claim_ids, at.isoformat())
