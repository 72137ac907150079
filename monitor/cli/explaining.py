"""`ceasefire read --explain`: one text, what was found in it, and the words that decided."""

from datetime import datetime

from rich.console import Console

from monitor import pipeline as flow
from monitor.ingest.language import detect
from monitor.model.claims import Claim
from monitor.model.judgements import Match
from monitor.model.reports import Language, Report, Source
from monitor.output.safe import terminal


def print_explanation(
    reading: flow.Pipeline,
    text: str,
    language: Language | None,
    published: datetime | None,
    now: datetime,
    out: Console,
) -> None:
    """Print the claims of one text with the words that each slot rests on, and the verdicts they alone would get."""
    title, _, body = text.partition("\n\n")
    report = Report(
        id="explained",
        source=Source(id="explained", name="explained", publisher_group="explained"),
        title=title,
        text=body or None,
        language=language or detect(title, body or None, None),
        published=published,
        first_seen=now,
    )
    extracted, matches = flow.preview(reading, report)
    out.print(
        f"language: {report.language.value}{f' ({extracted.skipped})' if extracted.skipped else ''}", markup=False
    )
    for claim in extracted.claims:
        for line in _claim_lines(report, claim, [match for match in matches if match.claim_id == claim.id]):
            out.print(terminal(line), markup=False)
    for tally in extracted.tallies:
        out.print(f"tally: {tally.count} ({tally.kind.value}), by {terminal(tally.claimant.name)}", markup=False)
    if not extracted.claims and not extracted.tallies:
        out.print("no claim, no tally")


def _claim_lines(report: Report, claim: Claim, matches: list[Match]) -> list[str]:
    lines = [
        f"claim {claim.id}: {claim.stance.value}, {claim.outcome.value}, confidence {claim.confidence.value}",
        f"  act {claim.act}, target {claim.target.class_id}, attacker {claim.attacker or '-'}"
        f" ({claim.attacker_basis.value if claim.attacker_basis else '-'}), country {claim.country or '-'}",
    ]
    text = report.full_text
    for slot, spans in claim.spans.items():
        words = " | ".join(text[start:end] for start, end in spans)
        lines.append(f"  {slot + ':':<12} {words}")
    for match in matches:
        reasons = "; ".join(reason.text for reason in match.reasons)
        lines.append(f"  {match.accused} {match.clause_id}/{match.reading_id}: {match.verdict.value} ({reasons})")
    return lines
