"""`ceasefire feeds`: which feeds are polled, and how they fare."""

import json
from collections import Counter
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from monitor.cli.context import Context, data_console
from monitor.model.reports import Feed, PollState
from monitor.model.text import one_line

app = typer.Typer(help="Which feeds are polled, and how they fare.", no_args_is_help=True)


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="feeds")


@app.callback()
def _group() -> None:
    """Keep `list` a subcommand, so that others can be added beside it."""


@app.command("list")
def list_feeds(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List the feeds with their source, grade, affiliation and the state of their last poll."""
    shared: Context = context.obj
    with shared.records() as records, records.store.query() as query:
        states = query.poll_states()
        unread = Counter(one.report.feed_id for one in query.failed_readings())
    rows = [_row(feed, states.get(feed.id), unread[feed.id]) for feed in records.feeds.feeds]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table("feed", "source", "lang", "grade", "affiliation", "polled", "state", box=None, pad_edge=False)
    for row in rows:
        grade, side = row["reliability"], row["affiliation"] or "-"
        table.add_row(
            *map(Text, (row["id"], row["source"], row["language"], grade, side, row["polled"] or "-")), row["state"]
        )
    data_console().print(table)


def _row(feed: Feed, state: PollState | None, unread: int) -> dict[str, Any]:
    return {
        "id": feed.id,
        "url": feed.url,
        "source": feed.source.name,
        "publisher_group": feed.source.publisher_group,
        "language": feed.language.value,
        "reliability": feed.source.reliability,
        "affiliation": feed.source.affiliation,
        "enabled": feed.enabled,
        "polled": state.polled_at.isoformat() if state and state.polled_at else None,
        "due": state.due_at.isoformat() if state and state.due_at else None,
        "failures": state.failures if state else 0,
        "unread": unread,
        "state": describe(feed, state) + (f"; {unread} reports could not be read" if unread else ""),
    }


def describe(feed: Feed, state: PollState | None) -> str:
    """Return how a feed fares, in a few words."""
    if not feed.enabled:
        return "switched off"
    if state is None or state.polled_at is None:
        return "not polled yet"
    if state.gone:
        return "gone for good (410); take it off the list"
    if state.failures:
        return f"failing ({state.failures}): {one_line(state.last_error or '')[:120]}"
    return "fine"
