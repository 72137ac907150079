"""`ceasefire rules`: agreements, their readings, and whether the files are right."""

import json
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from monitor.bootstrap import load_pipeline
from monitor.catalogue.agreement_file import agreement_schema
from monitor.catalogue.agreements import load_with_examples
from monitor.catalogue.data import data_roots
from monitor.cli import comparing
from monitor.cli.context import Context, data_console, messages, now, parse_time
from monitor.errors import MonitorError
from monitor.examples import run_examples
from monitor.judging.duties import DutyState, state_of
from monitor.model.agreements import Agreement, Clause
from monitor.output.in_force import in_force_text
from monitor.output.safe import terminal

app = typer.Typer(help="Agreements, how each party reads them, and whether the files are right.", no_args_is_help=True)


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    comparing.add_to(app)
    parent.add_typer(app, name="rules")


@app.command("list")
def list_rules(context: typer.Context) -> None:
    """List the agreements, and which readings bind now."""
    shared: Context = context.obj
    loaded = load_with_examples(data_roots(shared.settings.rules_dir))
    table = Table("agreement", "date", "status", "version", "title", box=None, pad_edge=False)
    for one in loaded:
        agreement = one.agreement
        cells = (agreement.id, agreement.date.isoformat(), agreement.status, agreement.rule_version, agreement.title)
        table.add_row(*map(Text, cells))
    data_console().print(table)
    data_console().print(in_force_text([one.agreement for one in loaded], now()), markup=False)


@app.command()
def show(context: typer.Context, agreement_id: Annotated[str, typer.Argument(metavar="AGREEMENT")]) -> None:
    """Show one agreement: its clauses, and each reading with its window and classes."""
    shared: Context = context.obj
    loaded = {one.agreement.id: one.agreement for one in load_with_examples(data_roots(shared.settings.rules_dir))}
    if agreement_id not in loaded:
        raise MonitorError(f"there is no agreement {agreement_id!r}; known: {', '.join(loaded) or 'none'}")
    for line in _in_words(loaded[agreement_id]):
        data_console().print(line, markup=False)


def _in_words(agreement: Agreement) -> list[str]:
    lines = [f"{agreement.title} ({agreement.id}, {agreement.status})", "", agreement.summary]
    for clause in agreement.clauses:
        lines += [
            "",
            f"Clause {clause.id}: {clause.title}",
            f"  binds {clause.bound}",
            *_owed(clause),
            *_readings(clause),
        ]
    for heading, texts in (("Remedies", agreement.remedies), ("Notes", agreement.notes)):
        lines += ["", heading, *(f"  - {text}" for text in texts)] if texts else []
    lines += ["", "References", *(f"  {reference.url}  {reference.note}" for reference in agreement.references)]
    return lines


def _owed(clause: Clause) -> list[str]:
    if clause.duty is None:
        return []
    due = clause.duty.due
    latest = due.latest.isoformat() if due.latest else "not stated"
    owed = [f"    {item.title}: {item.owed or 'to be done'}" for item in clause.duty.items]
    return [f"  a duty, due by {latest} (latest): {due.anchor}", *owed]


def _readings(clause: Clause) -> list[str]:
    lines = []
    for reading in clause.readings:
        lines.append(f"  Reading {reading.id}, held by {reading.holder}")
        for name, bound in (("from", reading.window.start), ("until", reading.window.end)):
            earliest = bound.earliest.isoformat() if bound.earliest else "not stated"
            latest = bound.latest.isoformat() if bound.latest else "not stated"
            lines.append(f"    {name} {earliest} (earliest) / {latest} (latest): {bound.anchor}")
        listed = {"covered": reading.covered, "excluded": reading.excluded, "unclear": reading.unclear}
        lines += [f"    {name}: {', '.join(sorted(ids)) or 'none'}" for name, ids in listed.items()]
        lines.append(f"    an intercepted attempt counts: {reading.intercepted_counts.value}")
        if reading.territory:
            lines.append(f"    only in: {', '.join(sorted(reading.territory))}")
        lines.append(f"    debris of an intercepted weapon counts: {reading.debris_counts.value}")
    return lines


@app.command()
def check(context: typer.Context) -> None:
    """Check all rule files: every mistake with file, line and field; then hints. Exit status 1 on a mistake."""
    shared: Context = context.obj
    loaded = load_with_examples(data_roots(shared.settings.rules_dir))
    for one in loaded:
        for hint in one.hints:
            messages().print(f"hint: {hint}", markup=False)
    shared.say(f"{len(loaded)} agreement(s), no mistakes")


@app.command()
def test(context: typer.Context) -> None:
    """Run the examples that the rule files carry. Exit status 1 if one comes out otherwise than its file says."""
    shared: Context = context.obj
    roots = data_roots(shared.settings.rules_dir)
    results = run_examples(load_pipeline(shared.settings, roots), load_with_examples(roots))
    for result in results:
        mark = "ok  " if result.passed else "FAIL"
        data_console().print(f"{mark} {result.agreement_id}: {result.name}", markup=False)
        for problem in result.problems:
            data_console().print(f"       {problem}", markup=False)
    failed = sum(not result.passed for result in results)
    shared.say(f"{len(results) - failed} passed, {failed} failed")
    if failed:
        raise typer.Exit(1)


@app.command()
def duties(
    context: typer.Context,
    as_of: Annotated[str | None, typer.Option(help="What was known at this time, such as 2025-04-01T12:00Z.")] = None,
) -> None:
    """Show where each duty stands, with the sentences that show it and how many reports were looked at."""
    shared: Context = context.obj
    moment = parse_time(as_of, "--as-of", end_of_day=True)
    with shared.records() as records, records.store.query() as query:
        for agreement in records.agreements:
            for clause in agreement.clauses:
                if clause.duty is not None:
                    looked = query.reports_published(clause.duty.looked_at_from, clause.duty.looked_at_until, moment)
                    state = state_of(clause.duty, looked, moment or now())
                    for line in _duty_lines(agreement, clause, state):
                        data_console().print(line, markup=False)


def _duty_lines(agreement: Agreement, clause: Clause, state: DutyState) -> list[str]:
    lines = [f"{agreement.id}/{clause.id}: {state.status.value} ({clause.title}; {state.looked_at} reports looked at)"]
    for item in state.items:
        owed = "" if item.item.owed is None else f" of {item.item.owed}"
        figures = " or ".join(map(str, item.figures)) if item.item.owed else ("done" if item.told else "")
        lines.append(f"  {item.item.title}: {(figures + owed) if item.told else 'no report found'}")
        lines += [
            f'    "{terminal(told.quote, 200)}" ({terminal(told.report.source.name, 60)})' for told in item.told[:3]
        ]
    return lines


@app.command()
def schema() -> None:
    """Print the JSON Schema of an agreement file, for editors."""
    typer.echo(json.dumps(agreement_schema(), indent=2))
