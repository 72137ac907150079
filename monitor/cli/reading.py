"""`ceasefire read`: JSON lines of reports in, JSON lines of claims and matches out. Nothing is stored."""

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from monitor import pipeline as flow
from monitor.bootstrap import load_pipeline
from monitor.catalogue.data import data_roots
from monitor.catalogue.feeds import FeedList, load_feeds
from monitor.cli.context import Context, data_console, messages, now, parse_instant
from monitor.cli.explaining import print_explanation
from monitor.errors import UsageError
from monitor.ingest.language import settled
from monitor.model.reports import Language, Report, Source
from monitor.output.as_dict import extracted_as_dict


class Item(BaseModel):
    """One input line of `ceasefire read`."""

    model_config = ConfigDict(extra="forbid")

    id: str | int
    title: str = Field(min_length=1)
    text: str | None = None
    published: AwareDatetime | None = None
    language: Language | None = None
    source: str | None = None
    url: str | None = None


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(read)


def read(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="JSON lines to read; standard input where none is named.")] = None,
    explain: Annotated[
        str | None, typer.Option(help="Read this text and print what was found and why, for people.")
    ] = None,
    language: Annotated[Language | None, typer.Option(help="Language of the text of --explain.")] = None,
    published: Annotated[str | None, typer.Option(help="When the text of --explain was published.")] = None,
) -> None:
    """Read reports from JSON lines and print claims, tallies and matches, one JSON line each.

    Input: {"id", "title", "text"?, "published"?, "language"?, "source"?, "url"?}. A line that cannot be read gives
    {"id", "error"}, and exit status 1 at the end.
    """
    shared: Context = context.obj
    roots = data_roots(shared.settings.rules_dir)
    reading, feeds = load_pipeline(shared.settings, roots), load_feeds(roots)
    if explain is not None:
        moment = parse_instant(published, "--published")
        print_explanation(reading, explain, language, moment, now(), data_console())
        return
    if file is None and sys.stdin.isatty():
        messages().print("Reading JSON lines from the terminal; end with Ctrl-D.")
    try:
        lines = sys.stdin if file is None else file.open(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from None
    with lines:
        failed = _read_lines(lines, sys.stdout, reading, feeds)
    if failed:
        messages().print(f'{failed} line(s) could not be read; see their "error"', style="red", markup=False)
        raise typer.Exit(1)


def _read_lines(lines: Iterable[str], out: TextIO, reading: flow.Pipeline, feeds: FeedList) -> int:
    """Answer each line; return how many could not be read."""
    failed = 0
    started = now()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        answer = read_line(line, number, reading, feeds, started)
        failed += "error" in answer
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        out.flush()
    return failed


def read_line(line: str, number: int, reading: flow.Pipeline, feeds: FeedList, seen: datetime) -> dict[str, Any]:
    """Return the answer to one line of input: its claims and matches, or {"id", "error"}."""
    try:
        item = parse_item(line)
    except BadLineError as error:
        return {"id": error.item_id, "error": f"line {number}: {error}"}
    report = as_report(item, feeds, seen)
    extracted, matches = flow.preview(reading, report)
    return extracted_as_dict(item.id, extracted, matches)


class BadLineError(ValueError):
    """A line that is no item; carries the item's id where it has one."""

    def __init__(self, message: str, item_id: str | int | None = None) -> None:
        self.item_id = item_id
        super().__init__(message)


def parse_item(line: str) -> Item:
    """Return the item that one line of JSON holds.

    Raises:
        BadLineError: it holds none; the message says why.
    """
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"not JSON: {error}") from None
    key = raw.get("id") if isinstance(raw, dict) else None
    try:
        return Item.model_validate(raw)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'line'}: {e['msg']}" for e in error.errors())
        raise BadLineError(wrong, key if isinstance(key, str | int) else None) from None


def as_report(item: Item, feeds: FeedList, seen: datetime) -> Report:
    """Return the report that one input line stands for; a source that the feed list does not know is graded F."""
    named = item.source or ""
    source = feeds.source(named, item.url) or Source(id=named or "unknown", name=named, publisher_group=named)
    return Report(
        id=str(item.id),
        source=source,
        title=item.title,
        text=item.text or None,
        language=settled(item.title, item.text, item.language),
        published=item.published,
        first_seen=seen,
        url=item.url,
    )
