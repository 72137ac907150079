"""Between rows and values: each noun has one function that makes its row, and one that makes it from its row."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import TypeAdapter

from monitor.model.agreements import Verdict
from monitor.model.claims import (
    Actor,
    Claim,
    Confidence,
    Extracted,
    Place,
    ReportedClaim,
    Stance,
    Tally,
    Target,
)
from monitor.model.judgements import (
    Assessment,
    Incident,
    Join,
    Rating,
    Reason,
    Status,
    Violation,
)
from monitor.model.opinions import Opinion, OpinionOutcome
from monitor.model.reports import Document, Language, PollState, Report, Source
from monitor.model.times import EventTime
from monitor.store.types import storable_value
from monitor.store.warc import Capture, without_user

Row = dict[str, Any]
_T = TypeVar("_T")

#: Longest stretch of time of a claim that is still found by the day on which it ends; longer ones say next to nothing.
LONG = timedelta(days=45)
_LARGEST = 2**63 - 1

_CLAIM = TypeAdapter(Claim)
_TALLY = TypeAdapter(Tally)
_SOURCE = TypeAdapter(Source)
_ACTORS = TypeAdapter(tuple[Actor, ...])
_REASONS = TypeAdapter(tuple[Reason, ...])


def as_plain(adapter: TypeAdapter[_T], value: _T) -> Any:
    """Return a value as JSON types. Times stay exact: ISO 8601 with microseconds."""
    return storable_value(_json_types(adapter.dump_python(value, mode="python")))


def _json_types(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _json_types(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json_types(item) for item in value]
    return str(value) if isinstance(value, str) else value


def reasons_from(found: Any) -> tuple[Reason, ...]:
    """Return reasons as they were written."""
    return _REASONS.validate_python(found)


def opinion_row(opinion: Opinion) -> Row:
    """Return the row of a second opinion."""
    row = {field.name: getattr(opinion, field.name) for field in fields(Opinion)}
    return {name: value.value if isinstance(value, StrEnum) else value for name, value in row.items()}


def opinion(row: Mapping[str, Any]) -> Opinion:
    """Return the opinion of a row."""
    return Opinion(
        **{name: row[name] for name in (field.name for field in fields(Opinion))}
        | {
            "outcome": OpinionOutcome(row["outcome"]),
            "quotes": tuple(row["quotes"]),
            "stance_before": Stance(row["stance_before"]),
            "stance_after": Stance(row["stance_after"]),
            "confidence_before": Confidence(row["confidence_before"]),
            "confidence_after": Confidence(row["confidence_after"]),
        }
    )


def document_row(document: Document, path: str, capture: Capture) -> Row:
    """Return the row of a fetch, with its working and its evidentiary copy, without its place in the chain."""
    return {
        "sha256": document.sha256,
        "url": without_user(document.url),
        "final_url": without_user(document.final_url),
        "fetched_at": document.fetched_at,
        "status": document.status,
        "headers": storable_value(document.headers),
        "collector": document.collector,
        "path": path,
        "size_bytes": len(document.body),
        "warc_path": capture.path,
        "warc_sha256": capture.sha256,
        "warc_bytes": len(capture.content),
        "warc_records": [asdict(record) for record in capture.records],
    }


def poll_row(state: PollState) -> Row:
    """Return the row of what is remembered of a feed."""
    return {field.name: getattr(state, field.name) for field in fields(PollState)}


def poll_state(row: Mapping[str, Any]) -> PollState:
    """Return what is remembered of a feed."""
    return PollState(**{field.name: row[field.name] for field in fields(PollState)})


def report_row(report: Report) -> Row:
    """Return the row of one version. The digest is that of the text as it came, before anything was replaced in it."""
    return {
        "report_id": report.id,
        "version": report.version,
        "content_sha256": report.content_sha256,
        "source_id": report.source.id,
        "source": as_plain(_SOURCE, report.source),
        "feed_id": report.feed_id,
        "title": report.title,
        "text": report.text,
        "language": report.language.value,
        "published": report.published,
        "published_zone": report.published_zone,
        "first_seen": report.first_seen,
        "url": report.url,
        "document_sha256": report.document_sha256,
        "see_also": list(report.see_also),
    }


def report(row: Mapping[str, Any]) -> Report:
    """Return one version of a report."""
    return Report(
        id=row["report_id"],
        version=row["version"],
        source=_SOURCE.validate_python(row["source"]),
        feed_id=row["feed_id"],
        title=row["title"],
        text=row["text"],
        language=Language(row["language"]),
        published=row["published"],
        published_zone=row["published_zone"],
        first_seen=row["first_seen"],
        url=row["url"],
        document_sha256=row["document_sha256"],
        see_also=tuple(row["see_also"]),
    )


def extraction_row(report: Report, extracted: Extracted, recorded_at: datetime) -> Row:
    """Return the row that says that a version was read."""
    return {
        "report_id": report.id,
        "version": report.version,
        "recorded_at": recorded_at,
        "language": extracted.language.value,
        "skipped": extracted.skipped,
    }


def claim_row(report: Report, claim: Claim, recorded_at: datetime) -> Row:
    """Return the row of a claim."""
    time = claim.event_time
    return {
        "claim_id": claim.id,
        "report_id": report.id,
        "version": report.version,
        "act": claim.act,
        "target_class": claim.target.class_id,
        "attacker": claim.attacker,
        "country": claim.country,
        "stance": claim.stance.value,
        "event_start": time.start if time else None,
        "event_end": time.end if time else None,
        "payload": as_plain(_CLAIM, claim),
        "recorded_at": recorded_at,
    }


def claim(row: Mapping[str, Any]) -> Claim:
    """Return a claim."""
    return _CLAIM.validate_python(row["payload"])


def tally_row(report: Report, tally: Tally, recorded_at: datetime) -> Row:
    """Return the row of a tally."""
    came = report.came
    return {
        "tally_id": tally.id,
        "report_id": report.id,
        "version": report.version,
        "accused": tally.accused,
        "target_class": tally.target_class,
        # A hostile number may be larger than any column; the payload keeps it as it is.
        "count": max(-_LARGEST, min(tally.count, _LARGEST)),
        "kind": tally.kind.value,
        "from_time": tally.start or tally.end or came,
        "to_time": tally.end or tally.start or came,
        "payload": as_plain(_TALLY, tally),
        "recorded_at": recorded_at,
    }


def tally(row: Mapping[str, Any]) -> Tally:
    """Return a tally."""
    return _TALLY.validate_python(row["payload"])


def membership_row(join: Join, recorded_at: datetime) -> Row:
    """Return the row by which a claim joins an incident."""
    return {
        "incident_id": join.incident_id,
        "claim_id": join.claim_id,
        "active": True,
        "score": join.score,
        "reasons": as_plain(_REASONS, join.reasons),
        "recorded_at": recorded_at,
    }


def join(row: Mapping[str, Any]) -> Join:
    """Return why a claim belongs to an incident."""
    return Join(
        claim_id=row["claim_id"],
        incident_id=row["incident_id"],
        score=row["score"] or 0.0,
        reasons=reasons_from(row["reasons"]),
    )


def incident_row(incident: Incident) -> Row:
    """Return an incident's state, without when it was recorded."""
    time, place = incident.event_time, incident.place
    row = {
        "incident_id": incident.id,
        "attacker": incident.attacker,
        "attacker_inferred": incident.attacker_inferred,
        "target_class": incident.target.class_id,
        "target_name": incident.target.name,
        "facility_id": incident.target.facility_id,
        "place_name": place.name if place else None,
        "geonameid": place.geonameid if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geo_precision": place.precision if place else None,
        "place_country": place.country if place else None,
        "region": place.region if place else None,
        "event_start": time.start if time else None,
        "event_end": time.end if time else None,
        "time_precision": time.precision if time else None,
        "country": incident.country,
        "occupied_by": incident.occupied_by,
        "superseded_by": None,
    }
    return storable_row(row)


def incident(row: Mapping[str, Any], claims: Sequence[ReportedClaim]) -> Incident:
    """Return an incident from its state and its claims."""
    start = row["event_start"]
    return Incident(
        id=row["incident_id"],
        claims=tuple(claims),
        attacker=row["attacker"],
        attacker_inferred=row["attacker_inferred"],
        target=Target(class_id=row["target_class"], name=row["target_name"], facility_id=row["facility_id"]),
        place=_place(row),
        event_time=EventTime(start=start, end=row["event_end"], precision=row["time_precision"]) if start else None,
        country=row["country"],
        occupied_by=row["occupied_by"],
    )


def _place(row: Mapping[str, Any]) -> Place | None:
    if row["place_name"] is None:
        return None
    return Place(
        name=row["place_name"],
        geonameid=row["geonameid"],
        lat=row["lat"],
        lon=row["lon"],
        precision=row["geo_precision"],
        country=row["place_country"],
        region=row["region"],
    )


def assessment_row(assessment: Assessment) -> Row:
    """Return an assessment's row, without when it was recorded."""
    return storable_row(
        {
            "incident_id": assessment.incident_id,
            "agreement_id": assessment.agreement_id,
            "rule_version": assessment.rule_version,
            "clause_id": assessment.clause_id,
            "reading_id": assessment.reading_id,
            "accused": assessment.accused,
            "verdict": assessment.verdict.value,
            "reasons": as_plain(_REASONS, assessment.reasons),
            "active": assessment.active,
        }
    )


def assessment(row: Mapping[str, Any]) -> Assessment:
    """Return an assessment."""
    names = ("incident_id", "agreement_id", "rule_version", "clause_id", "reading_id", "accused")
    return Assessment(
        **{name: row[name] for name in names},
        verdict=Verdict(row["verdict"]),
        reasons=reasons_from(row["reasons"]),
        active=row["active"],
    )


def violation_row(violation: Violation) -> Row:
    """Return a violation's state, without when it was recorded and by whom."""
    rating = violation.rating
    return storable_row(
        {
            "violation_id": violation.id,
            "incident_id": violation.incident.id,
            "agreement_id": violation.agreement_id,
            "agreement_title": violation.agreement_title,
            "clause_id": violation.clause_id,
            "clause_title": violation.clause_title,
            "accused": violation.accused,
            "status": rating.status.value,
            "disputed": rating.disputed,
            "denied_by": as_plain(_ACTORS, rating.denied_by),
            "credibility": rating.credibility,
            "reasons": as_plain(_REASONS, rating.reasons),
        }
    )


def rating(row: Mapping[str, Any]) -> Rating:
    """Return how well a violation was grounded."""
    return Rating(
        status=Status(row["status"]),
        disputed=row["disputed"],
        denied_by=_ACTORS.validate_python(row["denied_by"]),
        credibility=row["credibility"],
        reasons=reasons_from(row["reasons"]),
    )


def violation(row: Mapping[str, Any], of: Incident, assessments: Sequence[Assessment]) -> Violation:
    """Return a violation from its state, its incident and the assessments of its clause."""
    names = ("agreement_id", "agreement_title", "clause_id", "clause_title", "accused")
    return Violation(
        id=row["violation_id"],
        incident=of,
        **{name: row[name] for name in names},
        assessments=tuple(assessments),
        rating=rating(row),
    )


def storable_row(row: Row) -> Row:
    """Return the row as it will come back, so that it can be compared with the one before it."""
    return {sys.intern(name): storable_value(value) for name, value in row.items()}


def shifted(moment: datetime, by: timedelta) -> datetime:
    """Return the instant moved, held within what a datetime can be."""
    try:
        return moment + by
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC) if by > timedelta(0) else datetime.min.replace(tzinfo=UTC)
