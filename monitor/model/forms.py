"""The JSON forms of the nouns, the same on the command line and in webhooks. They are promises: see docs/output.md."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from monitor.model.claims import Actor, Place, ReportedClaim, Target
from monitor.model.judgements import Assessment, Reason, Violation
from monitor.model.reports import Language
from monitor.model.text import encodable, web_link
from monitor.model.times import EventTime
from monitor.model.words import is_sample


def instant(time: datetime | None) -> str | None:
    """Return an instant as ISO 8601 in UTC with Z, to the second; None for None."""
    return None if time is None else time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def event_time_as_dict(time: EventTime | None) -> dict[str, Any] | None:
    """Return {"from", "to", "precision"}."""
    if time is None:
        return None
    return {"from": instant(time.start), "to": instant(time.end), "precision": time.precision}


def target_as_dict(target: Target) -> dict[str, Any]:
    """Return {"class", "name"}."""
    return {"class": target.class_id, "name": None if target.name is None else encodable(target.name)}


def place_as_dict(place: Place | None) -> dict[str, Any] | None:
    """Return {"name", "geonameid", "lat", "lon", "precision"}."""
    if place is None:
        return None
    return {
        "name": encodable(place.name),
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
    }


def actors_as_list(actors: Sequence[Actor]) -> list[dict[str, Any]]:
    """Return [{"name", "party"}], each once."""
    return [
        {"name": encodable(name), "party": party} for name, party in dict.fromkeys((a.name, a.party) for a in actors)
    ]


def reasons_as_list(reasons: Sequence[Reason]) -> list[str]:
    """Return the reasons in words."""
    return [encodable(reason.text) for reason in reasons]


def assessment_as_dict(assessment: Assessment) -> dict[str, Any]:
    """Return {"id", "verdict", "active", "reasons", "rule_version"} of one reading."""
    return {
        "id": assessment.reading_id,
        "verdict": assessment.verdict.value,
        "active": assessment.active,
        "reasons": reasons_as_list(assessment.reasons),
        "rule_version": assessment.rule_version,
    }


def evidence_as_dict(reported: ReportedClaim) -> dict[str, Any]:
    """Return the sentence that one claim rests on, and where it was published."""
    report, claim = reported.report, reported.claim
    return {
        "quote": encodable(reported.quote()),
        "url": web_link(report.url),
        "source": encodable(report.source.name),
        "source_reliability": report.source.reliability,
        "published": instant(report.published),
        "published_zone": report.published_zone,
        "language": None if report.language is Language.OTHER else report.language.value,
        "report": report.id,
        "report_version": report.version,
        "document_sha256": report.document_sha256,
        "stance": claim.stance.value,
        "claimants": actors_as_list(claim.claimants),
        "see_also": [url for url in report.see_also if web_link(url)],
        "sample": report.source.sample,
    }


def violation_as_dict(violation: Violation) -> dict[str, Any]:
    """Return one violation with its evidence: the form of `ceasefire violations --json`."""
    incident, rating = violation.incident, violation.rating
    return {
        "id": violation.id,
        "incident": incident.id,
        "agreement": violation.agreement_id,
        "agreement_title": violation.agreement_title,
        "clause": violation.clause_id,
        "clause_title": violation.clause_title,
        "readings": [assessment_as_dict(assessment) for assessment in violation.assessments],
        "breach_under": list(violation.breached_readings),
        "accused": violation.accused,
        "attacker_basis": violation.attacker_basis.value,
        "target": target_as_dict(incident.target),
        "country": incident.country,
        "occupied_by": incident.occupied_by,
        "place": place_as_dict(incident.place),
        "event_time": event_time_as_dict(incident.event_time),
        "status": rating.status.value,
        "disputed": rating.disputed,
        "denied_by": actors_as_list(rating.denied_by),
        "credibility": rating.credibility,
        "credibility_reasons": reasons_as_list(rating.reasons),
        "evidence": [evidence_as_dict(reported) for reported in incident.claims],
        "sample": is_sample(violation),
    }
