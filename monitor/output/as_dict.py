"""The JSON forms that are a promise: see docs/read-format.md and docs/output.md."""

from collections.abc import Mapping, Sequence
from typing import Any

from monitor.model.claims import Claim, Extracted, Span, Tally
from monitor.model.forms import (
    actors_as_list,
    event_time_as_dict,
    evidence_as_dict,
    instant,
    place_as_dict,
    reasons_as_list,
    target_as_dict,
    violation_as_dict,
)
from monitor.model.judgements import Assessment, Match
from monitor.model.text import encodable
from monitor.model.times import Bound
from monitor.output.report_data import Coverage, ReportData, UndeterminedIncident


def extracted_as_dict(item_id: str | int, extracted: Extracted, matches: Sequence[Match]) -> dict[str, Any]:
    """Return one answer of `ceasefire read`."""
    answer: dict[str, Any] = {
        "id": item_id,
        "claims": [claim_as_dict(claim) for claim in extracted.claims],
        "tallies": [tally_as_dict(tally) for tally in extracted.tallies],
        "matches": [match_as_dict(match) for match in matches],
    }
    return answer | ({"skipped": extracted.skipped} if extracted.skipped else {})


def claim_as_dict(claim: Claim) -> dict[str, Any]:
    """Return one claim with the spans that each of its slots rests on."""
    return {
        "id": claim.id,
        "act": claim.act,
        "target": target_as_dict(claim.target),
        "attacker": claim.attacker,
        "attacker_basis": claim.attacker_basis.value if claim.attacker_basis else None,
        "claimants": actors_as_list(claim.claimants),
        "denied_by": actors_as_list(claim.denied_by),
        "country": claim.country,
        "occupied_by": claim.occupied_by,
        "place": place_as_dict(claim.place),
        "event_time": event_time_as_dict(claim.event_time),
        "weapon": _text(claim.weapon),
        "quantity": claim.quantity,
        "outcome": claim.outcome.value,
        "stance": claim.stance.value,
        "confidence": claim.confidence.value,
        "spans": _spans_as_dict(claim.spans),
    }


def _text(text: str | None) -> str | None:
    return None if text is None else encodable(text)


def _spans_as_dict(spans: Mapping[str, tuple[Span, ...]]) -> dict[str, list[list[int]]]:
    return {slot: [list(span) for span in ranges] for slot, ranges in spans.items()}


def tally_as_dict(tally: Tally) -> dict[str, Any]:
    """Return one tally."""
    return {
        "claimant": actors_as_list((tally.claimant,))[0],
        "accused": tally.accused,
        "target": tally.target_class,
        "count": tally.count,
        "kind": tally.kind.value,
        "from": instant(tally.start),
        "to": instant(tally.end),
        "span": list(tally.span),
    }


def match_as_dict(match: Match) -> dict[str, Any]:
    """Return the verdict that one claim alone would get under one reading."""
    return {
        "claim": match.claim_id,
        "agreement": match.agreement_id,
        "clause": match.clause_id,
        "accused": match.accused,
        "reading": match.reading_id,
        "verdict": match.verdict.value,
        "reasons": reasons_as_list(match.reasons),
    }


def report_as_dict(data: ReportData) -> dict[str, Any]:
    """Return the whole report."""
    return {
        "as_of": instant(data.as_of),
        "sample": data.sample,
        "counts": {
            "violations": len(data.violations),
            "by_status": {status.value: count for status, count in data.by_status.items()},
            "disputed": data.disputed,
            "undetermined_incidents": len(data.undetermined),
        },
        "readings": _readings_as_list(data),
        "violations": [violation_as_dict(violation) for violation in data.violations],
        "undetermined": [undetermined_as_dict(one) for one in data.undetermined],
        "coverage": _coverage_as_dict(data.coverage),
    }


def _readings_as_list(data: ReportData) -> list[dict[str, Any]]:
    """Return every reading with its window, and whether it binds at the instant of the report."""
    return [
        {
            "agreement": agreement.id,
            "agreement_title": agreement.title,
            "rule_version": agreement.rule_version,
            "clause": clause.id,
            "clause_title": clause.title,
            "bound": clause.bound,
            "reading": reading.id,
            "holder": reading.holder,
            "start": _bound_as_dict(reading.window.start),
            "end": _bound_as_dict(reading.window.end),
            "binds": {"inside": "yes", "outside": "no", "unsure": "maybe"}[reading.window.at(data.as_of).value],
        }
        for agreement in data.agreements
        for clause in agreement.clauses
        for reading in clause.readings
    ]


def _bound_as_dict(bound: Bound) -> dict[str, Any]:
    return {"earliest": instant(bound.earliest), "latest": instant(bound.latest), "anchor": bound.anchor}


def undetermined_as_dict(one: UndeterminedIncident) -> dict[str, Any]:
    """Return an incident that is no violation, because something that decides is not known."""
    incident = one.incident
    return {
        "incident": incident.id,
        "attacker": incident.attacker,
        "target": target_as_dict(incident.target),
        "country": incident.country,
        "place": place_as_dict(incident.place),
        "event_time": event_time_as_dict(incident.event_time),
        "assessments": [_undetermined_assessment(assessment) for assessment in one.assessments],
        "evidence": [evidence_as_dict(reported) for reported in incident.claims],
    }


def _undetermined_assessment(assessment: Assessment) -> dict[str, Any]:
    return {
        "agreement": assessment.agreement_id,
        "clause": assessment.clause_id,
        "reading": assessment.reading_id,
        "accused": assessment.accused,
        "verdict": assessment.verdict.value,
        "reasons": reasons_as_list(assessment.reasons),
    }


def _coverage_as_dict(coverage: Coverage) -> dict[str, Any]:
    return {
        "reports": coverage.reports,
        "not_read": {encodable(reason): count for reason, count in (coverage.not_read or {}).items()},
        "undated": coverage.undated,
        "newest_first_seen": instant(coverage.newest_first_seen),
        "feeds": [
            {
                "id": encodable(feed.id),
                "url": encodable(feed.url),
                "enabled": feed.enabled,
                "down": feed.down,
                "last_success": instant(feed.last_success),
                "failures": feed.failures,
                "last_error": _text(feed.last_error),
            }
            for feed in coverage.feeds
        ],
    }


__all__ = [
    "claim_as_dict",
    "extracted_as_dict",
    "match_as_dict",
    "report_as_dict",
    "tally_as_dict",
    "undetermined_as_dict",
    "violation_as_dict",
]
