"""`ceasefire run`, `once` and `replay`: the main job as a daemon, once, and over files."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from monitor import worker
from monitor.bootstrap import Workshop
from monitor.catalogue.data import sample_rounds
from monitor.cli.context import Context, messages, now, parse_instant
from monitor.errors import ConfigurationError, Mistake, UsageError
from monitor.ingest.files import read_path
from monitor.model.reports import Report
from monitor.output.in_force import in_force_text
from monitor.pipeline import Recorded, record

#: Replayed reports in one transaction: few enough to hold the write lock for a moment only.
BATCH = 50


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(run)
    app.command()(once)
    app.command()(replay)


def run(context: typer.Context) -> None:
    """Run the daemon: poll the feeds, record violations, send alerts, until SIGTERM or SIGINT."""
    shared: Context = context.obj
    worker.set_up_logging(shared.settings.log_level)
    with shared.workshop() as workshop:
        shared.say(in_force_text(workshop.pipeline.agreements, now()))
        asyncio.run(worker.run_forever(workshop))


def once(
    context: typer.Context,
    due_only: Annotated[bool, typer.Option("--due-only", help="Poll only the feeds that are due.")] = False,
) -> None:
    """Poll the feeds once, record what they report, send the alerts that are due, and end."""
    shared: Context = context.obj
    worker.set_up_logging(shared.settings.log_level)
    with shared.workshop() as workshop:
        shared.say(in_force_text(workshop.pipeline.agreements, now()))
        outcome = asyncio.run(worker.run_once(workshop, now, due_only=due_only))
        delivered = asyncio.run(worker.deliver(workshop, now))
    shared.say(f"{outcome.in_words()}\n{delivered.in_words()}")
    if outcome.is_failure:
        raise typer.Exit(1)


def replay(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Feed files, JSON lines, CSV, text articles, or folders of them.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="When reports that carry no date were published, such as 2025-03-19T09:00Z.")
    ] = None,
    send: Annotated[bool, typer.Option("--send", help="Send alerts to people, not only to the file.")] = False,
    sample: Annotated[bool, typer.Option("--sample", help="Replay the sample reports that come with it.")] = False,
) -> None:
    """Put reports from files through the whole pipeline, each at its own publication time.

    Alerts go to a file unless --send is given. A report without a date, and without --published, is undetermined.
    """
    shared: Context = context.obj
    if bool(paths) == sample:
        raise UsageError("replay needs a PATH, or --sample, and not both")
    day = parse_instant(published, "--published")
    for path in paths or ():
        if not path.exists():
            raise UsageError(f"{path}: there is no such file or folder")
    mistakes: list[Mistake] = []
    with shared.workshop() as workshop:
        totals = _Totals()
        for round_paths in sample_rounds(workshop.roots) if sample else [tuple(paths or ())]:
            reports = _reports(workshop, round_paths, day, mistakes)
            for batch in _batches(_with_progress(reports)):
                totals.add(_record_batch(workshop, batch, send=send))
        asyncio.run(worker.deliver(workshop, now))
    shared.say(totals.in_words())
    shared.say(f"database: {shared.settings.database_shown}\nalerts:   {shared.settings.data_dir / 'alerts'}")
    if mistakes:
        raise ConfigurationError(*mistakes)


def _reports(
    workshop: Workshop, paths: Sequence[Path], published: datetime | None, mistakes: list[Mistake]
) -> Iterator[Report]:
    """Yield what can be read; what cannot is added to `mistakes`, so that it costs neither its file nor the others."""
    for path in paths:
        try:
            yield from read_path(path, published=published, now=now(), feeds=workshop.feeds)
        except ConfigurationError as error:
            mistakes += error.mistakes


def _with_progress(reports: Iterable[Report]) -> Iterator[Report]:
    """Show how many reports were read, on a terminal only."""
    console = messages()
    columns = SpinnerColumn(), TextColumn("{task.completed} reports read"), TimeElapsedColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("reading", total=None)
        for report in reports:
            yield report
            progress.advance(task)


def _batches(reports: Iterable[Report]) -> Iterator[tuple[Report, ...]]:
    remaining = iter(reports)
    while batch := tuple(islice(remaining, BATCH)):
        yield batch


def _record_batch(workshop: Workshop, batch: Sequence[Report], *, send: bool) -> Recorded:
    return record(workshop.store, workshop.pipeline, batch, now=now(), backlog=not send, replayed=True)


class _Totals:
    """What a replay added, over all its batches."""

    def __init__(self) -> None:
        self.reports = self.claims = self.tallies = self.changes = self.notices = self.kept_back = 0

    def add(self, recorded: Recorded) -> None:
        self.reports += len(recorded.reports)
        self.claims += recorded.claims
        self.tallies += recorded.tallies
        self.changes += len(recorded.changes)
        self.notices += recorded.notices
        self.kept_back += recorded.kept_back

    def in_words(self) -> str:
        done = (
            f"{self.reports} new reports, {self.claims} claims, {self.tallies} tallies, "
            f"{self.changes} changes of violations, {self.notices} notices"
        )
        if not self.kept_back:
            return done
        told = f"{self.kept_back} of the changes are of violations that people were told of before"
        return f"{done}\n{told}; without --send the file alone took these"
