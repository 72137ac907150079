"""Builders for what is made of claims: violations, changes, notices, agreements and reports about them."""

from datetime import datetime
from typing import Any

from monitor.model.agreements import Agreement, Answer, Clause, ClauseKind, Party, Reading, Verdict
from monitor.model.claims import ReportedClaim
from monitor.model.judgements import (
    Assessment,
    Change,
    ChangeKind,
    Rating,
    Reason,
    Status,
    Violation,
    violation_id,
)
from monitor.model.times import Bound, Window
from monitor.output.report_data import ReportData, UndeterminedIncident
from tests.builders import NOON, an_incident, at


def an_assessment(verdict: Verdict = Verdict.BREACH, reading: str = "kremlin", **changes: Any) -> Assessment:
    defaults: dict[str, Any] = {
        "incident_id": "I-1",
        "agreement_id": "energy-pause",
        "rule_version": "0123456789ab",
        "clause_id": "russia",
        "reading_id": reading,
        "accused": "RU",
        "verdict": verdict,
        "reasons": (Reason(code="covered", text=f"what {reading} says of substations"),),
    }
    return Assessment(**defaults | changes)


def a_rating(**changes: Any) -> Rating:
    defaults: dict[str, Any] = {
        "status": Status.ALLEGED,
        "disputed": False,
        "denied_by": (),
        "credibility": 3,
        "reasons": (Reason(code="one-side", text="one side says so"),),
    }
    return Rating(**defaults | changes)


def a_violation(*claims: ReportedClaim, **changes: Any) -> Violation:
    """Return a violation by Russia under the Kremlin's reading, undetermined under the White House's."""
    incident = changes.pop("incident", None) or an_incident(*claims)
    defaults: dict[str, Any] = {
        "id": violation_id(incident.id, "energy-pause", "russia", "RU"),
        "incident": incident,
        "agreement_id": "energy-pause",
        "agreement_title": "Pause on energy strikes",
        "clause_id": "russia",
        "clause_title": "Russia refrains from strikes on energy infrastructure",
        "accused": "RU",
        "assessments": (an_assessment(), an_assessment(Verdict.UNDETERMINED, "white-house")),
        "rating": a_rating(),
    }
    return Violation(**defaults | changes)


def a_change(kind: ChangeKind = ChangeKind.NEW, violation: Violation | None = None) -> Change:
    return Change(kind=kind, violation=violation or a_violation(), recorded_at=NOON)


def a_reading(id: str = "kremlin", holder: str = "Kremlin", **changes: Any) -> Reading:  # noqa: A002
    def bound(text: str) -> Bound:
        return Bound(earliest=at(text), latest=at(text), anchor="announced")

    defaults: dict[str, Any] = {
        "id": id,
        "holder": holder,
        "holder_party": None,
        "window": Window(start=bound("2025-03-18T16:00"), end=bound("2025-04-16T21:00")),
        "covered": frozenset({"substation"}),
        "excluded": frozenset(),
        "unclear": frozenset(),
        "intercepted_counts": Answer.UNPUBLISHED,
        "debris_counts": Answer.UNPUBLISHED,
        "own_or_occupied_ground_counts": Answer.UNPUBLISHED,
        "references": (),
    }
    return Reading(**defaults | changes)


def an_agreement(*readings: Reading, **changes: Any) -> Agreement:
    clause = Clause(
        id="russia",
        title="Russia refrains from strikes on energy infrastructure",
        kind=ClauseKind.PROHIBITION,
        bound="RU",
        protected=frozenset({"UA"}),
        acts=frozenset(),
        readings=readings or (a_reading(), a_reading("white-house", "White House")),
    )
    defaults: dict[str, Any] = {
        "id": "energy-pause",
        "title": "Pause on energy strikes",
        "status": "lapsed",
        "date": NOON.date(),
        "modified": NOON.date(),
        "summary": "Both parties refrain from strikes on energy infrastructure for 30 days.",
        "references": (),
        "parties": (Party(id="RU", name="Russia"), Party(id="UA", name="Ukraine")),
        "clauses": (clause,),
        "notes": (),
        "remedies": (),
        "false_positives": (),
        "tags": (),
        "agreement_class": "limited ceasefire",
        "rule_version": "0123456789ab",
        "path": "rules/agreements/energy-pause.yaml",
    }
    return Agreement(**defaults | changes)


def report_data(*violations: Violation, as_of: datetime = NOON, **changes: Any) -> ReportData:
    return ReportData(as_of=as_of, violations=violations, **{"agreements": (an_agreement(),)} | changes)


def an_undetermined_incident(**changes: Any) -> UndeterminedIncident:
    incident = an_incident(**changes)
    return UndeterminedIncident(incident=incident, assessments=(an_assessment(Verdict.UNDETERMINED),))
