"""All that is known of one incident, for a terminal and as JSON: what it rests on, why, and what people decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monitor.model import words
from monitor.model.claims import Place, ReportedClaim
from monitor.model.decisions import Correction, Decision, DecisionKind
from monitor.model.judgements import Assessment, Incident, Join, Slot, Violation
from monitor.output.safe import terminal
from monitor.output.show import origin, verdict_lines

#: Codes of the reasons for which a claim begins an incident of its own.
_BEGINS = frozenset({"new", "ambiguous"})


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """One incident with all that was made of it."""

    incident: Incident
    violations: tuple[Violation, ...] = ()
    #: The verdicts that stand, of all clauses and readings.
    assessments: tuple[Assessment, ...] = ()
    #: Why each claim belongs to it, by claim.
    joins: Mapping[str, Join]
    decisions: tuple[Decision, ...] = ()
    #: The incident in which its claims now stand, where that is another one.
    superseded_by: str | None = None


def map_link(place: Place | None) -> str | None:
    """Return the address of a map that shows a place (OpenStreetMap); None where nobody knows where it lies."""
    if place is None or place.lat is None or place.lon is None:
        return None
    zoom = {1: 13, 2: 10, 3: 8}[place.precision]
    return (
        f"https://www.openstreetmap.org/?mlat={place.lat:.5f}&mlon={place.lon:.5f}"
        f"#map={zoom}/{place.lat:.5f}/{place.lon:.5f}"
    )


def headline(incident: Incident) -> str:
    """Return one neutral line: what, where, when."""
    return f"{words.target(incident.target)}, {words.place(incident.place)}, {words.event_time(incident.event_time)}"


def case_in_full(case: CaseFile, names: Mapping[str, str]) -> RenderableType:
    """Return facts, verdicts, claims with why they belong together, and decisions.

    Args:
        case: the incident.
        names: names of parties by id; ids are shown where it is absent.
    """
    sample = any(one.report.source.sample for one in case.incident.claims)
    mark = [Text("SAMPLE: made from invented sample reports, not news", "bold reverse")] if sample else []
    return Group(
        *mark,
        Text(headline(case.incident), "bold"),
        _facts(case, names),
        *_verdicts(case, names),
        *_claims(case, names),
        *_decisions(case.decisions),
    )


def _facts(case: CaseFile, names: Mapping[str, str]) -> Table:
    incident = case.incident
    occupied = f"; occupied by {words.party(incident.occupied_by, names)}" if incident.occupied_by else ""
    inferred = " (inferred, not stated)" if incident.attacker and incident.attacker_inferred else ""
    facts = {
        "Incident": case.incident.id,
        "Where": f"{words.place(incident.place)}{f', {incident.country}' if incident.country else ''}{occupied}",
        "Map": map_link(incident.place) or "no coordinates known",
        "Attacker": words.party(incident.attacker, names) + inferred,
    }
    if case.superseded_by:
        facts["Now"] = f"its claims stand in {case.superseded_by}"
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in facts.items():
        table.add_row(Text(name, "bold"), Text(value))
    return table


def _verdicts(case: CaseFile, names: Mapping[str, str]) -> Iterator[RenderableType]:
    for one in case.violations:
        disputed = "; disputed" if one.rating.disputed else ""
        yield Text(f"\n{one.id}: {terminal(one.clause_title)} ({one.agreement_id})", "bold")
        yield _inset(f"accused: {words.accused(one, names)}; {terminal(words.status(one.rating))}{disputed}")
        why = "; ".join(terminal(reason.text) for reason in one.rating.reasons)
        yield _inset(f"credibility {one.rating.credibility} of 6: {why}")
        yield from verdict_lines(one.assessments)
    rest = _without_violation(case)
    if rest:
        yield Text("\nHeld against it without a violation", "bold")
        yield from verdict_lines(rest, with_clause=True)


def _without_violation(case: CaseFile) -> tuple[Assessment, ...]:
    shown = {(one.agreement_id, one.clause_id, one.accused) for one in case.violations}
    return tuple(one for one in case.assessments if (one.agreement_id, one.clause_id, one.accused) not in shown)


def _claims(case: CaseFile, names: Mapping[str, str]) -> Iterator[RenderableType]:
    yield Text("\nClaims, and why they are one event", "bold")
    for number, one in enumerate(case.incident.claims, start=1):
        yield Padding(Text(f'{number}. "{terminal(one.quote())}"', "italic"), (0, 0, 0, 2))
        lines = [*origin(one, names), f"claim {terminal(one.claim.id)}", _why(case.joins.get(one.claim.id))]
        yield Padding(Text("\n".join(lines)), (0, 0, 1, 4))


def _why(join: Join | None) -> str:
    if join is None:
        return "it stands here no more"
    why = "; ".join(terminal(reason.text) for reason in join.reasons)
    begins = join.reasons[0].code in _BEGINS
    return f"begins the incident: {why}" if begins else f"belongs to it with a score of {join.score:.2f}: {why}"


def _decisions(decisions: Sequence[Decision]) -> Iterator[RenderableType]:
    if decisions:
        yield Text("Decisions", "bold")
    for one in decisions:
        yield _inset(decision_in_words(one))


def decision_in_words(one: Decision) -> str:
    """Return one line: when, what, by whom, why."""
    about = f" ({one.ground})" if one.ground else ""
    accused = f" against {one.accused}" if one.accused else ""
    other = f" {'to' if one.kind is DecisionKind.SPLIT else 'with'} {one.other}" if one.other else ""
    right = f" ({_correction_in_words(one.correction)})" if one.correction else ""
    what = f"{one.kind}{about}{accused}{other}{right}, by {terminal(one.author)}"
    return f"{words.moment(one.decided_at)}  {what}: {terminal(one.reason)}"


def _correction_in_words(made: Correction) -> str:
    said = {
        Slot.PLACE: words.place(made.place),
        Slot.TIME: words.event_time(made.event_time),
        Slot.ATTACKER: f"attacker {made.attacker or 'unknown'}",
    }
    return "; ".join(said[slot] for slot in made.slots)


def _inset(text: str) -> Padding:
    return Padding(Text(text), (0, 0, 0, 2))


def case_as_dict(case: CaseFile) -> dict[str, Any]:
    """Return the case as JSON types: the incident, its violations by id, its claims with why, the decisions."""
    return {
        "id": case.incident.id,
        "superseded_by": case.superseded_by,
        "headline": headline(case.incident),
        "map": map_link(case.incident.place),
        "violations": [
            {"id": one.id, "accused": one.accused, "status": one.rating.status.value} for one in case.violations
        ],
        "claims": [_claim_as_dict(one, case.joins.get(one.claim.id)) for one in case.incident.claims],
        "decisions": [decision_as_dict(one) for one in case.decisions],
    }


def _claim_as_dict(one: ReportedClaim, join: Join | None) -> dict[str, Any]:
    return {
        "id": one.claim.id,
        "report": one.report.id,
        "version": one.report.version,
        "source": one.report.source.name,
        "url": one.report.url,
        "quote": one.quote(),
        "stance": one.claim.stance.value,
        "score": join.score if join else None,
        "reasons": [{"code": reason.code, "text": reason.text} for reason in join.reasons] if join else [],
    }


def decision_as_dict(one: Decision) -> dict[str, Any]:
    """Return a decision as JSON types."""
    return {
        "kind": one.kind.value,
        "author": one.author,
        "reason": one.reason,
        "decided_at": one.decided_at.isoformat(),
        "accused": one.accused,
        "ground": one.ground.value if one.ground else None,
        "correction": _correction_in_words(one.correction) if one.correction else None,
        "other": one.other,
        "claims": list(one.claims),
    }
