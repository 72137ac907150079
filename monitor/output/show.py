"""One violation in full, for a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monitor.model import words
from monitor.model.claims import ReportedClaim
from monitor.model.judgements import Assessment, Rating, Violation
from monitor.model.text import web_link
from monitor.output.safe import terminal


class PastRating(Protocol):
    """How a violation was rated from an instant on, and by whom, as the store tells it."""

    @property
    def recorded_at(self) -> datetime:
        """Return when it was recorded."""

    @property
    def recorded_by(self) -> str:
        """Return "program", or a person's name."""

    @property
    def rating(self) -> Rating:
        """Return the rating."""


def violation_in_full(
    violation: Violation, history: Sequence[PastRating] = (), names: Mapping[str, str] | None = None
) -> RenderableType:
    """Return facts, verdict per reading with its reasons, evidence and history of one violation.

    Args:
        violation: the violation as it stands.
        history: what was recorded, oldest first.
        names: names of parties by id; ids are shown where it is absent.
    """
    sample = [Text("SAMPLE: made from invented sample reports, not news", "bold reverse")]
    return Group(
        *(sample if words.is_sample(violation) else []),
        Text(words.headline(violation), "bold"),
        _facts(violation, names or {}),
        Text("\nUnder each reading", "bold"),
        *verdict_lines(violation.assessments),
        *_evidence(violation.incident.claims, names or {}),
        *_history(history),
    )


def _facts(violation: Violation, names: Mapping[str, str]) -> Table:
    incident, rating = violation.incident, violation.rating
    occupied = f"; occupied by {words.party(incident.occupied_by, names)}" if incident.occupied_by else ""
    facts = {
        "Violation": violation.id,
        "Incident": incident.id,
        "Target": words.target(incident.target),
        "Where": f"{words.place(incident.place)}{f', {incident.country}' if incident.country else ''}{occupied}",
        "When": words.event_time(incident.event_time),
        "Accused": words.accused(violation, names),
        "Accused by": "; ".join(words.accusers(violation, names)) or "nobody named",
        "Denied by": "; ".join(words.deniers(violation, names)) or "no denial of this event known",
        "Status": terminal(words.status(rating)) + ("; disputed" if rating.disputed else ""),
        "Credibility": f"{rating.credibility} of 6, {words.CREDIBILITY.get(rating.credibility, 'cannot be judged')}",
        "Why": "; ".join(terminal(reason.text) for reason in rating.reasons) or "-",
        "Agreement": f"{terminal(violation.agreement_title)} ({violation.agreement_id})",
        "Clause": f"{terminal(violation.clause_title)} ({violation.clause_id})",
    }
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in facts.items():
        table.add_row(Text(name, "bold"), Text(value))
    return table


def verdict_lines(assessments: Sequence[Assessment], *, with_clause: bool = False) -> Iterator[RenderableType]:
    """Yield the verdict of each reading, with its reasons."""
    for one in assessments:
        clause = f"{one.agreement_id}, {one.clause_id}, " if with_clause else ""
        verdict = words.verdict(one.verdict, active=one.active)
        yield Padding(Text(f"{clause}{one.reading_id}: {verdict} (rule {one.rule_version})"), (0, 0, 0, 2))
        for reason in one.reasons:
            yield Padding(Text(f"- {terminal(reason.text)}"), (0, 0, 0, 4))


def _evidence(claims: Sequence[ReportedClaim], names: Mapping[str, str]) -> Iterator[RenderableType]:
    yield Text("\nEvidence", "bold")
    for reported in claims:
        yield Padding(Text(f'"{terminal(reported.quote())}"', "italic"), (0, 0, 0, 2))
        yield Padding(Text("\n".join(origin(reported, names))), (0, 0, 1, 4))


def origin(reported: ReportedClaim, names: Mapping[str, str]) -> Iterator[str]:
    """Yield who published a claim, who says so there, and where to read it."""
    report, claim = reported.report, reported.claim
    published = words.moment(report.published) if report.published else "not stated"
    if report.published_zone:
        published += f" (unsure: time zone not stated, taken as {terminal(report.published_zone, 40)})"
    mark = " [SAMPLE]" if report.source.sample else ""
    yield f"{terminal(report.source.name)} (reliability {report.source.reliability}){mark}, published {published}"
    said_by = "; ".join(words.actors(claim.claimants, names))
    yield f"{claim.stance}" + (f", by {said_by}" if said_by else "")
    if url := web_link(report.url):
        yield url
    for link in filter(web_link, report.see_also):
        yield f"see also {link}"
    kept = f", document SHA-256 {report.document_sha256}" if report.document_sha256 else ""
    yield f"report {terminal(report.id)} version {report.version}{kept}"


def _history(history: Sequence[PastRating]) -> Iterator[RenderableType]:
    if not history:
        return
    yield Text("History", "bold")
    for past in history:
        yield Padding(Text(f"{words.moment(past.recorded_at)}  {_past(past)}"), (0, 0, 0, 2))


def _past(past: PastRating) -> str:
    rating = past.rating
    disputed = ", disputed" if rating.disputed else ""
    reasons = "; ".join(terminal(reason.text, 200) for reason in rating.reasons)
    by = terminal(past.recorded_by, 60)
    return f"{rating.status}{disputed}, credibility {rating.credibility}, by {by}" + (f": {reasons}" if reasons else "")
