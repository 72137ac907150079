"""`ceasefire tallies`: what parties announce beside what is recorded."""

import json
from typing import Annotated

import typer

from monitor.catalogue.target_classes import load_target_classes
from monitor.cli.context import Context, data_console, now, parse_time
from monitor.errors import UsageError
from monitor.ledger import Wanted, gather
from monitor.output.ledger import ledger_as_csv, ledger_as_dict, ledger_table


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(tallies)


def tallies(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_of: Annotated[str | None, typer.Option(help="What was known at this time, such as 2025-04-01T12:00Z.")] = None,
    party: Annotated[str | None, typer.Option(help="Only announced by this party, such as RU.")] = None,
    accused: Annotated[str | None, typer.Option(help="Only counts against this party, such as UA.")] = None,
    since: Annotated[str | None, typer.Option(help="Only what was counted or declared at or after this time.")] = None,
    until: Annotated[str | None, typer.Option(help="Only what was counted or declared at or before this time.")] = None,
) -> None:
    """List the counts that parties announce beside what is recorded, and what they declare of a truce.

    Increments add up where they count different times; running totals never do.
    """
    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other")
    shared: Context = context.obj
    wanted = Wanted(
        party=party,
        accused=accused,
        since=parse_time(since, "--since"),
        until=parse_time(until, "--until", end_of_day=True),
    )
    moment = parse_time(as_of, "--as-of", end_of_day=True)
    with shared.records() as records:
        classes = load_target_classes(records.roots)
        ledger = gather(records.store, classes, now=now(), as_of=moment, wanted=wanted)
    if as_json:
        typer.echo(json.dumps(ledger_as_dict(ledger), ensure_ascii=False, indent=2))
    elif as_csv:
        typer.echo(ledger_as_csv(ledger), nl=False)
    else:
        data_console().print(ledger_table(ledger))
