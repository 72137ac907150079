"""`ceasefire alerts route` and `silence`: who would be told of what and why, and what nobody is to be told of."""

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from monitor.alert_file.routes import known_values, wrong_values
from monitor.alerts.notices import explain
from monitor.alerts.routing import traits_of
from monitor.cli.context import Context, data_console, now, parse_instant
from monitor.errors import MonitorError, UsageError, close_to
from monitor.model import words
from monitor.model.judgements import Change, ChangeKind, stable_id
from monitor.model.routing import Matcher, Silence, Trait
from monitor.model.text import one_line

silence = typer.Typer(help="What nobody is to be alerted of for a while.", no_args_is_help=True)
#: Longest name of an author, and longest reason, in characters.
_AUTHOR, _REASON = 80, 1_000


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.command("route")(route)
    parent.add_typer(silence, name="silence")


def route(
    context: typer.Context,
    violation_id: Annotated[str, typer.Option("--test", metavar="VIOLATION", help="A recorded violation.")],
    kind: Annotated[ChangeKind, typer.Option(help="What happens to it.")] = ChangeKind.NEW,
    at: Annotated[str | None, typer.Option(metavar="TIME", help="When, with offset; now if not given.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Explain who would be told of a violation, when, and why. Nothing is sent."""
    shared: Context = context.obj
    moment = now() if at is None else _instant(at, "--at")
    with shared.records() as records, records.store.query() as query:
        found = [one for one in query.violations() if one.id.startswith(violation_id)] if violation_id else []
        if len(found) != 1:
            raise MonitorError(f"there is no violation {violation_id!r}; `ceasefire violations` lists them")
        change = Change(kind=kind, violation=found[0], recorded_at=moment)
        rows = explain(change, records.audience, query.silences(moment), moment)
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    traits = {trait.value: "|".join(sorted(values)) or "-" for trait, values in traits_of(change).items()}
    data_console().print(", ".join(f"{trait}={value}" for trait, value in traits.items()), markup=False)
    table = Table("channel", "route", "when", "why", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(one_line(str(row[key] or "-"))) for key in ("channel", "route", "when", "why")))
    data_console().print(table)


@silence.command("add")
def add(
    context: typer.Context,
    match: Annotated[list[str], typer.Option(metavar="TRAIT=VALUE", help="What it is about; all must fit.")],
    until: Annotated[str, typer.Option(metavar="TIME", help="When it ends, with offset.")],
    author: Annotated[str, typer.Option(help="Who asks for it.")],
    reason: Annotated[str, typer.Option(help="Why.")],
) -> None:
    """Let nobody be alerted of what fits, until a time. It is recorded and listed all the same."""
    shared: Context = context.obj
    begins, ends = now(), _instant(until, "--until")
    if ends <= begins:
        raise UsageError("--until lies in the past")
    with shared.records() as records:
        wanted = _matcher(match, known_values(records.agreements))
        said = {"author": _said("--author", author, _AUTHOR), "reason": _said("--reason", reason, _REASON)}
        key = stable_id("M", wanted.in_words(), begins.isoformat(), author)
        made = Silence(id=key, matcher=wanted, begins=begins, until=ends, **said)
        with records.store.transaction() as tx:
            tx.save_silence(made, begins)
    shared.say(f"silence {key}: {wanted.in_words()}, until {words.moment(ends)}")


@silence.command("list")
def list_silences(
    context: typer.Context,
    all_of_them: Annotated[bool, typer.Option("--all", help="Also those that have ended.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List silences."""
    shared: Context = context.obj
    with shared.records() as records, records.store.query() as query:
        found = query.silences(None if all_of_them else now())
    rows = [_row(one) for one in found]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table("id", "match", "until", "author", "reason", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(one_line(str(row[key]))) for key in ("id", "match", "until", "author", "reason")))
    data_console().print(table)


@silence.command("end")
def end(
    context: typer.Context,
    silence_id: Annotated[str, typer.Argument(metavar="ID")],
    author: Annotated[str, typer.Option(help="Who ends it.")],
    reason: Annotated[str, typer.Option(help="Why.")] = "ended",
) -> None:
    """End a silence now. What it kept back stays listed; what follows is told again."""
    shared: Context = context.obj
    moment = now()
    with shared.records() as records, records.store.transaction() as tx:
        found = next((one for one in tx.silences(moment) if one.id == silence_id), None)
        if found is None:
            raise MonitorError(f"there is no silence {silence_id!r} that holds; `ceasefire alerts silence list`")
        said = {"author": _said("--author", author, _AUTHOR), "reason": _said("--reason", reason, _REASON)}
        tx.save_silence(Silence(id=found.id, matcher=found.matcher, begins=found.begins, until=moment, **said), moment)
    shared.say(f"silence {silence_id} has ended")


def _row(one: Silence) -> dict[str, Any]:
    return {
        "id": one.id,
        "match": one.matcher.in_words(),
        "begins": one.begins.isoformat(),
        "until": one.until.isoformat(),
        "author": one.author,
        "reason": one.reason,
    }


def _matcher(given: list[str], known: dict[Trait, frozenset[str]]) -> Matcher:
    wanted: dict[Trait, frozenset[str]] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or name not in {trait.value for trait in Trait}:
            raise UsageError(f"--match {one!r}: write TRAIT=VALUE{close_to(name, [trait.value for trait in Trait])}")
        trait = Trait(name)
        wanted[trait] = wanted.get(trait, frozenset()) | frozenset(value.split("|"))
    for _, message in wrong_values(wanted, known):
        raise UsageError(f"--match: {message}")
    return Matcher(wanted=wanted)


def _instant(text: str, option: str) -> datetime:
    found = parse_instant(text, option)
    if found is None:
        raise UsageError(f"{option} is empty")
    return found


def _said(option: str, text: str, limit: int) -> str:
    said = one_line(text, limit).strip()
    if not said:
        raise UsageError(f"{option} is empty")
    return said
