"""`ceasefire reread`: reading again what could not be read."""

import typer

from monitor import pipeline
from monitor.cli.context import Context, now


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(reread)


def reread(context: typer.Context) -> None:
    """Read again the stored reports whose reading failed. Exit status 1 where some still cannot be read.

    A new version of the program does so by itself; `ceasefire doctor` lists them.
    """
    shared: Context = context.obj
    with shared.workshop() as workshop:
        done = pipeline.reread(workshop.store, workshop.pipeline, now=now(), all_of_them=True)
    read = len(done.reports) - done.unread
    shared.say(f"{read} reports read, {len(done.changes)} changes of violations; {done.unread} still cannot be read")
    if done.unread:
        raise typer.Exit(1)
