"""What a person decides about an incident, and all that follows from it: written in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.alerts.notices import notices_for
from monitor.alerts.receivers import Audience
from monitor.errors import MonitorError
from monitor.hearing import heard_of
from monitor.incidents import Before, touch
from monitor.model.agreements import Agreement, TargetClass
from monitor.model.decisions import PROGRAM, Correction, Decision, DecisionKind
from monitor.model.judgements import Change, ChangeKind
from monitor.model.text import one_line
from monitor.rearranging import merge, split
from monitor.violations import judge

if TYPE_CHECKING:
    from monitor.store import Query, Store, Transaction

#: Longest name of an author, and longest reason, in characters.
_AUTHOR, _REASON = 80, 1_000


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is judged by, and who hears of what changes."""

    agreements: tuple[Agreement, ...]
    classes: Mapping[str, TargetClass]
    audience: Audience


@dataclass(frozen=True, kw_only=True)
class Followed:
    """What a decision brought about."""

    decision: Decision
    changes: tuple[Change, ...] = ()
    notices: int = 0


def decide(store: Store, terms: Terms, decision: Decision) -> Followed:
    """Record a decision; judge the incident anew by it, and tell whoever was told of its violations.

    Raises:
        MonitorError: there is no such incident, it stands in another one by now, or the decision lacks what it needs.
    """
    with store.transaction() as tx:
        found = _checked(tx, terms, decision)
        before: Before = {}
        touch(tx, before, [found.incident_id])
        merged: Mapping[str, str] = {}
        if found.kind in _REARRANGING:
            found, merged = _REARRANGING[found.kind](tx, terms.classes, found, before)
        tx.add_decision(found)
        if found.kind is DecisionKind.NOTE:
            return Followed(decision=found)
        changes = judge(tx, terms, before, now=found.decided_at, merged=merged, by=found.author)
        return Followed(decision=found, changes=changes, notices=_tell(tx, terms, changes, found))


_REARRANGING = {DecisionKind.MERGE: merge, DecisionKind.SPLIT: split}


def _checked(tx: Transaction, terms: Terms, decision: Decision) -> Decision:
    """Return the decision as it will be recorded: about incidents that stand, said by somebody, with a reason."""
    found = replace(
        decision,
        incident_id=standing(tx, decision.incident_id),
        author=_author(decision.author),
        reason=_said("--reason", decision.reason, _REASON),
    )
    if found.kind is DecisionKind.CONFIRM:
        return replace(found, accused=_one_accused(tx, found))
    if found.kind is DecisionKind.MERGE:
        return replace(found, other=standing(tx, str(found.other)))
    if found.kind is DecisionKind.CORRECT:
        _check_correction(terms, found.correction)
    return found


def _check_correction(terms: Terms, correction: Correction | None) -> None:
    if correction is None or not correction.slots:
        raise MonitorError("nothing is corrected; name --place, --time or --attacker")
    known = {one.id for agreement in terms.agreements for one in agreement.parties}
    if correction.attacker is not None and correction.attacker not in known:
        raise MonitorError(
            f"--attacker: {correction.attacker!r} is no party; known: {', '.join(sorted(known))}, unknown"
        )


def _tell(tx: Transaction, terms: Terms, changes: tuple[Change, ...], decision: Decision) -> int:
    now = decision.decided_at
    heard = heard_of(tx, changes, now)
    news = [_as_news(change, heard.told.get(change.violation.id, ())) for change in changes]
    return tx.add_notices(notices_for(news, terms.audience, heard=heard, now=now, backlog=False))


def _as_news(change: Change, told: Collection[str]) -> Change:
    """Return what was dismissed before anybody had been told of it, and now stands, as the news that it is."""
    stands = change.kind in (ChangeKind.REINSTATED, ChangeKind.CONFIRMED)
    return replace(change, kind=ChangeKind.NEW) if stands and not told else change


def standing(query: Query, key: str) -> str:
    """Return the id of the one incident that is named, if it stands.

    Raises:
        MonitorError: there is none, there are several, or its claims stand in another one by now.
    """
    found = named(query, key)
    by = query.superseded_by(found)
    if by is not None:
        raise MonitorError(f"the claims of incident {found} now stand in {by}; decide on that one")
    return found


def named(query: Query, key: str) -> str:
    """Return the id of the one incident that is named by its id, by a violation's, or by the beginning of either.

    Raises:
        MonitorError: there is none, or there are several.
    """
    known = query.incident_ids()
    found = {one for one in known if one.startswith(key) and key}
    if key.startswith("V-"):
        found = {one.incident.id for one in query.violations() if one.id.startswith(key)}
    if len(found) != 1:
        several = f"; {len(found)} begin with it" if found else ""
        raise MonitorError(f"there is no incident {key!r}{several}; `ceasefire incidents list` lists them")
    return found.pop()


def _one_accused(tx: Transaction, decision: Decision) -> str:
    """Return whose part is confirmed: what is confirmed must never stand against somebody who was not meant."""
    accused = sorted({one.accused for one in tx.assessments(decision.incident_id)})
    if decision.accused in accused:
        return str(decision.accused)
    if decision.accused is None and len(accused) == 1:
        return accused[0]
    if not accused:
        raise MonitorError(f"no clause is held against incident {decision.incident_id}: there is nothing to confirm")
    meant = f"not {decision.accused}" if decision.accused else "several parties"
    raise MonitorError(f"{decision.incident_id} accuses {meant}; name one with --accused: {', '.join(accused)}")


def _author(text: str) -> str:
    author = _said("--author", text, _AUTHOR)
    if author.casefold() == PROGRAM:
        raise MonitorError(f"--author: {author!r} stands for what no person did; give a name or initials")
    return author


def _said(option: str, text: str, limit: int) -> str:
    said = one_line(text, limit)
    if not said:
        raise MonitorError(f"{option} is empty: every decision says who decided, and why")
    return said
