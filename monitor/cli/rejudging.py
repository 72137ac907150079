"""`ceasefire rejudge`: judging anew what is stored, after a change of rules."""

import typer

from monitor.cli.context import Context, now
from monitor.pipeline import rejudge as judge_anew


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(rejudge)


def rejudge(context: typer.Context) -> None:
    """Judge all that is stored anew by the rules as they are now; earlier verdicts are kept.

    What is new goes to the alerts file. Whoever was told of what changes hears of it at the next delivery.
    """
    shared: Context = context.obj
    with shared.workshop() as workshop:
        changes = judge_anew(workshop.store, workshop.pipeline, now=now())
    shared.say(f"{len(changes)} violations judged otherwise than before")
    for change in changes:
        typer.echo(f"{change.violation.id}\t{change.kind.value}")
