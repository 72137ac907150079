"""`ceasefire rules`: agreements, their readings, and whether the files are right."""

import json
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from monitor.bootstrap import load_pipeline
from monitor.catalogue.agreement_file import agreement_schema
from monitor.catalogue.agreements import load_with_examples
from monitor.catalogue.checking import check_all
from monitor.catalogue.data import data_roots
from monitor.cli import comparing, rules_changes, rules_clock, rules_duties, rules_new
from monitor.cli.context import Context, data_console, messages, now
from monitor.errors import MonitorError
from monitor.examples import run_examples
from monitor.model.agreements import Agreement, Clause, Party, Reading
from monitor.output.in_force import in_force_text

app = typer.Typer(help="Agreements, how each party reads them, and whether the files are right.", no_args_is_help=True)


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    comparing.add_to(app)
    rules_new.add_to(app)
    rules_changes.add_to(app)
    rules_clock.add_to(app)
    rules_duties.add_to(app)
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
    header = f"{agreement.title} ({agreement.id}, {agreement.agreement_class}, {agreement.status})"
    lines = [header, "", agreement.summary]
    lines += ["", "Parties", *map(_party, agreement.parties)]
    for clause in agreement.clauses:
        lines += [
            "",
            f"Clause {clause.id}: {clause.title}",
            f"  binds {clause.bound} ({clause.kind.value})",
            *([f"  owed in return for {clause.reciprocal_to}"] if clause.reciprocal_to else []),
            *_owed(clause),
            *_readings(clause),
        ]
    for heading, texts in (("Remedies", agreement.remedies), ("Notes", agreement.notes)):
        lines += ["", heading, *(f"  - {text}" for text in texts)] if texts else []
    lines += ["", "References", *(f"  {reference.url}  {reference.note}" for reference in agreement.references)]
    return lines


def _party(party: Party) -> str:
    names = "".join(f"; {language.value}: {name}" for language, name in party.names.items())
    actors = f"; acts through: {', '.join(party.actors)}" if party.actors else ""
    return f"  {party.id}: {party.name}{names}{actors}"


def _owed(clause: Clause) -> list[str]:
    lines = []
    for reading, duty in clause.duty.as_read if clause.duty is not None else ():
        read = "" if reading is None else f" as {reading.holder} reads it ({reading.id})"
        latest = duty.due.latest.isoformat() if duty.due.latest else "not stated"
        lines.append(f"  a duty{read}, due by {latest} (latest): {duty.due.anchor}")
        lines += [f"    {item.title}: {item.owed or 'to be done'}" for item in duty.items]
    return lines


def _provisos(reading: Reading) -> list[str]:
    lines = []
    if (wanted := reading.condition) is not None:
        since = f" since {wanted.met_at.isoformat()}" if wanted.met_at else ""
        lines.append(f"    in force only once {wanted.text}: {wanted.status.value}{since}")
    for one in sorted(reading.exemptions, key=lambda exemption: -exemption.priority):
        of = ", ".join(sorted(one.classes | one.regions | one.acts)) or "everything"
        lines.append(f"    exception (priority {one.priority}): {one.title}: {one.verdict.value}, of {of}")
    return lines


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
        lines += _provisos(reading)
        lines.append(f"    an intercepted attempt counts: {reading.intercepted_counts.value}")
        if reading.territory:
            lines.append(f"    only in: {', '.join(sorted(reading.territory))}")
        lines.append(f"    debris of an intercepted weapon counts: {reading.debris_counts.value}")
        own = reading.own_or_occupied_ground_counts.value
        lines.append(f"    a strike on one's own or on occupied ground counts: {own}")
    return lines


@app.command()
def check(context: typer.Context) -> None:
    """Check all rules, words and lists: every mistake with file, line and field, then hints. Status 1 on a mistake."""
    shared: Context = context.obj
    loaded = check_all(data_roots(shared.settings.rules_dir))
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
def schema() -> None:
    """Print the JSON Schema of an agreement file, for editors."""
    typer.echo(json.dumps(agreement_schema(), indent=2))
