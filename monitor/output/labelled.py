"""What people dismissed as misread, as labelled texts for `ceasefire evaluate`: these report no strike."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from monitor.model.claims import ReportedClaim
from monitor.model.reports import Report
from monitor.output.case_file import CaseFile


def as_examples(cases: Iterable[CaseFile], told_otherwise: Collection[str]) -> str:
    """Return JSON lines, one for each report, or for each sentence of one that tells of something else as well.

    Args:
        cases: incidents that were dismissed as misread.
        told_otherwise: ids of the reports that tell of something else as well.
    """
    lines = []
    for case in cases:
        for one in case.incident.claims:
            label = _sentence(one) if one.report.id in told_otherwise else _whole(one.report)
            lines.append(json.dumps(label | _about(one.report), ensure_ascii=False))
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def _whole(report: Report) -> dict[str, Any]:
    return {"id": f"dismissed/{report.id}.{report.version}", "title": report.title, "text": report.text}


def _sentence(one: ReportedClaim) -> dict[str, Any]:
    """Return the sentence alone: the rest of the report does report a strike."""
    return {"id": f"dismissed/{one.claim.id}", "title": one.quote()}


def _about(report: Report) -> dict[str, Any]:
    return {
        "language": report.language.value,
        "published": report.published.isoformat() if report.published else None,
        "source_perspective": report.source.perspective,
        "source": report.source.id,
        "url": report.url,
        "kind": "dismissed",
        "expect": {"energy_strike": False},
    }
