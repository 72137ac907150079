"""Violations for a terminal: readable at 80 columns, and without colour."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from monitor.model import words
from monitor.model.agreements import Verdict
from monitor.model.claims import ReportedClaim
from monitor.model.judgements import Violation
from monitor.output.in_force import in_force_text
from monitor.output.report_data import Coverage, ReportData, UndeterminedIncident
from monitor.output.safe import terminal

_COLUMNS = (("When, where", 27), ("Target, accused", 22), ("Readings", 24), ("Status", 20))
QUOTE_LIMIT = 280


def violations_table(data: ReportData) -> RenderableType:
    """Return the violations, one row each, with the quoted sentence under it."""
    if not data.violations:
        return Group(*_banner(data), Text(f"No violations recorded as of {words.moment(data.as_of)}."))
    blocks: list[RenderableType] = [*_banner(data), _row(*(Text(name, "bold") for name, _ in _COLUMNS)), Rule()]
    for violation in data.violations:
        blocks += [*_violation(violation, data), Rule(style="dim")]
    return Group(*blocks, Text(_summary(data)))


def report_table(data: ReportData) -> RenderableType:
    """Return the whole report: what is in force, violations, what is undetermined, what could not be seen."""
    return Group(
        Text(in_force_text(data.agreements, data.as_of)),
        Text(),
        violations_table(data),
        Text(),
        *_undetermined(data.undetermined),
        *coverage_lines(data.coverage),
    )


def _banner(data: ReportData) -> list[RenderableType]:
    text = "SAMPLE: made from invented sample reports, not news"
    return [Text(text, "bold reverse"), Text()] if data.sample else []


def _row(*cells: Text) -> Table:
    grid = Table.grid(expand=True, padding=(0, 1, 0, 0))
    for _, ratio in _COLUMNS:
        grid.add_column(ratio=ratio, overflow="fold")
    grid.add_row(*cells)
    return grid


def _violation(violation: Violation, data: ReportData) -> Iterator[RenderableType]:
    incident = violation.incident
    yield _row(
        Text(f"{words.event_time(incident.event_time)}\n{words.place(incident.place)}"),
        Text(f"{words.target(incident.target)}\naccused: {words.accused(violation, data.names)}"),
        Text(readings_text(violation)),
        _status(violation),
    )
    yield Padding(_quote(_best(incident.claims, violation.accused)), (0, 0, 0, 2))
    yield Padding(Text(violation.id, "dim"), (0, 0, 0, 2))


def readings_text(violation: Violation) -> str:
    """Return the readings by verdict, breach first."""
    order = (Verdict.BREACH, Verdict.UNDETERMINED, Verdict.NO_BREACH)
    lines = [f"{made}: {', '.join(found)}" for made in order if (found := violation.readings_with(made))]
    retired = [f"{one.reading_id} ({words.verdict(one.verdict, active=False)})" for one in violation.retired]
    return "\n".join([*lines, *retired])


def _status(violation: Violation) -> Text:
    rating = violation.rating
    sources = len({one.report.source.id for one in violation.incident.claims})
    text = Text(rating.status.value + (", disputed" if rating.disputed else ""))
    text.append(f"\ncredibility {rating.credibility}\n{sources} source{'' if sources == 1 else 's'}")
    if words.is_sample(violation):
        text.append("\nSAMPLE", "bold")
    return text


def _best(claims: Sequence[ReportedClaim], accused: str | None = None) -> ReportedClaim:
    """Return the claim to quote: the first that reports the event and accuses that party, else that reports it."""
    events = [one for one in claims if one.claim.stance.reports_event]
    accusing = [one for one in events if one.claim.attacker == accused]
    return next(iter([*accusing, *events, *claims]))


def _quote(reported: ReportedClaim) -> Text:
    report = reported.report
    published = f", {words.moment(report.published)}" if report.published else ", publication time not stated"
    return Text.assemble(
        (f'"{terminal(reported.quote(), QUOTE_LIMIT)}"', "italic"), f"\n{terminal(report.source.name, 80)}{published}"
    )


def _summary(data: ReportData) -> str:
    counts = ", ".join(f"{count} {status}" for status, count in data.by_status.items())
    total = f"{len(data.violations)} violation{'' if len(data.violations) == 1 else 's'}"
    return f"{total} ({counts}; {data.disputed} disputed) as of {words.moment(data.as_of)}"


def _undetermined(incidents: Sequence[UndeterminedIncident]) -> Iterator[RenderableType]:
    yield Text(f"Undetermined incidents: {len(incidents)}", "bold")
    for one in incidents:
        incident = one.incident
        where = (
            f"{words.target(incident.target)}, {words.place(incident.place)}, {words.event_time(incident.event_time)}"
        )
        yield Padding(Text(f"{where}: {reasons_text(one)}"), (0, 0, 0, 2))
    yield Text()


def reasons_text(one: UndeterminedIncident) -> str:
    """Return why an incident is undetermined, each reason once."""
    reasons = (
        terminal(reason.text, 200)
        for assessment in one.assessments
        if assessment.verdict is Verdict.UNDETERMINED
        for reason in assessment.reasons
    )
    return "; ".join(dict.fromkeys(reasons)) or "no reason recorded"


def coverage_lines(coverage: Coverage) -> Iterator[RenderableType]:
    """Yield what could be seen and what could not."""
    yield Text("Coverage", "bold")
    newest = f", newest seen {words.moment(coverage.newest_first_seen)}" if coverage.newest_first_seen else ""
    yield Text(f"  {coverage.reports} reports{newest}; {coverage.undated} without publication time")
    for reason, count in (coverage.not_read or {}).items():
        yield Text(f"  not read: {count} ({terminal(reason)})")
    if not coverage.feeds:
        yield Text("  how feeds fared is not known for this time")
        return
    down = [feed for feed in coverage.feeds if feed.down]
    enabled = [feed for feed in coverage.feeds if feed.enabled]
    unseen = sum(not feed.down and feed.last_success is None for feed in enabled)
    yield Text(f"  {len(enabled)} feeds to poll: {len(down)} down, {unseen} not polled yet")
    for feed in down:
        since = (
            f"last good poll {words.moment(feed.last_success)}" if feed.last_success else "never polled with success"
        )
        yield Text(f"    {terminal(feed.id, 60)}: {since}; {terminal(feed.last_error or 'no error recorded', 120)}")
