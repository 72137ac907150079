"""Violations as CSV (RFC 4180, UTF-8), one row each; no cell is a formula to a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from monitor.model.agreements import Verdict
from monitor.model.forms import instant
from monitor.model.judgements import Violation
from monitor.model.text import web_link
from monitor.model.words import is_sample
from monitor.output.safe import csv_cell

COLUMNS = (
    "id", "incident", "agreement", "clause", "accused", "attacker_basis", "breach_under", "undetermined_under",
    "no_breach_under", "event_from", "event_to", "time_precision", "place", "geonameid", "lat", "lon", "geo_precision",
    "country", "occupied_by", "target_class", "target_name", "status", "disputed", "denied_by", "credibility",
    "sources", "urls", "quotes", "sample",
)  # fmt: skip
#: Between several values in one cell.
_BETWEEN = " | "


def violations_as_csv(violations: Sequence[Violation]) -> str:
    """Return the header and one row for each violation."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for violation in violations:
        row = _row(violation)
        writer.writerow([csv_cell(row[column]) for column in COLUMNS])
    return out.getvalue()


def _row(violation: Violation) -> dict[str, str | float | None]:
    return {
        "id": violation.id,
        "incident": violation.incident.id,
        "agreement": violation.agreement_id,
        "clause": violation.clause_id,
        "accused": violation.accused,
        "attacker_basis": violation.attacker_basis.value,
        "breach_under": _readings(violation, Verdict.BREACH),
        "undetermined_under": _readings(violation, Verdict.UNDETERMINED),
        "no_breach_under": _readings(violation, Verdict.NO_BREACH),
        **_where_and_when(violation),
        "status": violation.rating.status.value,
        "disputed": "yes" if violation.rating.disputed else "no",
        "denied_by": _joined(actor.name for actor in violation.rating.denied_by),
        "credibility": violation.rating.credibility,
        "sources": _joined(one.report.source.name for one in violation.incident.claims),
        "urls": _joined(url for one in violation.incident.claims if (url := web_link(one.report.url))),
        "quotes": _joined(one.quote() for one in violation.incident.claims),
        "sample": "SAMPLE" if is_sample(violation) else "",
    }


def _where_and_when(violation: Violation) -> dict[str, str | float | None]:
    incident = violation.incident
    time, place = incident.event_time, incident.place
    return {
        "event_from": instant(time.start) if time else None,
        "event_to": instant(time.end) if time else None,
        "time_precision": time.precision if time else None,
        "place": place.name if place else None,
        "geonameid": place.geonameid if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geo_precision": place.precision if place else None,
        "country": incident.country,
        "occupied_by": incident.occupied_by,
        "target_class": incident.target.class_id,
        "target_name": incident.target.name,
    }


def _readings(violation: Violation, verdict: Verdict) -> str:
    return _joined(violation.readings_with(verdict))


def _joined(values: Iterable[str]) -> str:
    return _BETWEEN.join(dict.fromkeys(values))
