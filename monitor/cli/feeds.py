"""`ceasefire feeds`: which feeds are polled, and how they fare."""

import asyncio
import json
from collections import Counter
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from monitor.bootstrap import limits
from monitor.catalogue.data import data_roots
from monitor.catalogue.feeds import load_feeds
from monitor.cli.context import Context, data_console, now
from monitor.errors import UsageError
from monitor.model.reports import Feed, PollState
from monitor.model.text import one_line

if TYPE_CHECKING:
    from monitor.ingest.poll import Polled

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


@app.command()
def check(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these feeds, by id.")] = None,
) -> None:
    """Fetch each feed once, store nothing, and say what came. Exit status 1 if any fails.

    Without names, all feeds that are switched on; a named one is fetched even if it is switched off.
    """
    from monitor.ingest.poll import poll_due  # brings the network

    settings = context.obj.settings
    listed = {feed.id: feed for feed in load_feeds(data_roots(settings.rules_dir)).feeds}
    if unknown := [name for name in names or () if name not in listed]:
        raise UsageError(f"there is no feed {one_line(unknown[0], 80)!r}; `ceasefire feeds list` lists them")
    feeds = [replace(listed[name], enabled=True) for name in names] if names else list(listed.values())

    async def all_of_them() -> int:
        failed = 0
        async with aclosing(poll_due(feeds, {}, clock=now, limits=limits(settings))) as results:
            async for polled in results:
                failed += polled.error is not None
                typer.echo(what_came(polled, now()))
        return failed

    if asyncio.run(all_of_them()):
        raise typer.Exit(1)


def what_came(polled: "Polled", at: datetime) -> str:
    """Return one line about one fetch: status, items, languages, age of the newest, size, and where it was sent on."""
    if polled.error is not None or polled.document is None:
        return f"{polled.feed.id}: FAILED: {one_line(polled.error or 'no document came', 300)}"
    document, reports = polled.document, polled.reports
    languages = Counter(report.language.value for report in reports)
    published = [report.published for report in reports if report.published is not None]
    parts = [
        str(document.status),
        f"{len(reports)} items",
        ", ".join(f"{count} {language}" for language, count in sorted(languages.items())),
        f"newest {_age(at - max(published))} old" if published else "no item says when it was published",
        f"{len(document.body):,} bytes",
        f"redirected to {one_line(document.final_url, 200)}" if document.final_url != document.url else "",
    ]
    return f"{polled.feed.id}: {'; '.join(filter(None, parts))}"


def _age(age: timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 72 * 60 else f"{minutes // (24 * 60)} days"


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
