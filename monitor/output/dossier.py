"""One violation with its evidence and its history, as a page for people and as JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from markupsafe import Markup

from monitor.model import words
from monitor.model.forms import instant, reasons_as_list, violation_as_dict
from monitor.model.judgements import Violation
from monitor.model.reports import Report
from monitor.model.text import encodable, web_link
from monitor.output.html import TEMPLATES, style_sheet
from monitor.output.show import PastRating


class ArchivedDocument(Protocol):
    """A document that a report was read from, as the store tells it; paths are relative to the dossier."""

    @property
    def number(self) -> int:
        """Return its place in the chain."""

    @property
    def working_path(self) -> str:
        """Return where it lies as it was read."""

    @property
    def warc_path(self) -> str | None:
        """Return where it lies as it came; None where that was not kept."""


def dossier_as_html(
    violation: Violation,
    history: Sequence[PastRating],
    documents: Mapping[str, ArchivedDocument],
    *,
    as_of: datetime,
    head: str,
    names: Mapping[str, str],
) -> str:
    """Return the page; `documents` are those of the dossier by SHA-256, `names` those of parties by id."""
    style, style_hash = style_sheet()
    return TEMPLATES.get_template("dossier.html.j2").render(
        violation=violation,
        history=history,
        documents=documents,
        as_of=as_of,
        head=head,
        names=names,
        holders={},
        words=words,
        # The style sheet is a file of ours and nothing of a feed goes into it.
        style=Markup(style),  # noqa: S704
        style_hash=style_hash,
    )


def dossier_as_dict(
    violation: Violation,
    history: Sequence[PastRating],
    documents: Mapping[str, ArchivedDocument],
    *,
    as_of: datetime,
    exported_at: datetime,
    program: str,
) -> dict[str, Any]:
    """Return the violation, how it was rated over time, and the reports it rests on; see docs/evidence.md."""
    reports = {(one.report.id, one.report.version): one.report for one in violation.incident.claims}
    return {
        "form": 1,
        "program": program,
        "as_of": instant(as_of),
        "exported_at": instant(exported_at),
        "violation": violation_as_dict(violation),
        "history": [_past_as_dict(past) for past in history],
        "reports": [_report_as_dict(report, documents) for report in reports.values()],
    }


def _past_as_dict(past: PastRating) -> dict[str, Any]:
    return {
        "recorded_at": instant(past.recorded_at),
        "recorded_by": encodable(past.recorded_by),
        "status": past.rating.status.value,
        "disputed": past.rating.disputed,
        "credibility": past.rating.credibility,
        "reasons": reasons_as_list(past.rating.reasons),
    }


def _report_as_dict(report: Report, documents: Mapping[str, ArchivedDocument]) -> dict[str, Any]:
    return {
        "id": report.id,
        "version": report.version,
        "source": encodable(report.source.name),
        "url": web_link(report.url),
        "published": instant(report.published),
        "first_seen": instant(report.first_seen),
        "language": report.language.value,
        "title": report.title,
        "text": report.text,
        "content_sha256": report.content_sha256,
        "document_sha256": report.document_sha256,
        "archived": report.document_sha256 in documents,
    }
