"""`ceasefire alerts`: the outbox, and how the channels fare."""

import asyncio
import json
from importlib import resources
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from monitor import worker
from monitor.alerts.message import SCHEMA_FILE
from monitor.alerts.trying import send_tests
from monitor.cli import routing
from monitor.cli.acknowledging import acknowledge
from monitor.cli.context import Context, data_console, now
from monitor.cli.previewing import preview
from monitor.cli.serving import serve_acknowledgements
from monitor.errors import MonitorError, UsageError
from monitor.model.delivery import ChannelState
from monitor.model.judgements import Notice, NoticeState
from monitor.model.text import one_line

app = typer.Typer(help="Who is told of violations, and what became of it.", no_args_is_help=True)
outbox = typer.Typer(help="Notices: waiting, sent, given up, dropped.", no_args_is_help=True)
app.add_typer(outbox, name="outbox")
routing.add_to(app)
app.command()(acknowledge)
app.command()(preview)
app.command()(serve_acknowledgements)


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="alerts")


@outbox.command("list")
def list_alerts(
    context: typer.Context,
    state: Annotated[NoticeState | None, typer.Option(help="Only notices in this state.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only notices of this channel.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, newest first.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List notices."""
    shared: Context = context.obj
    with shared.records() as records, records.store.query() as query:
        rows = [_row(notice) for notice in query.notices(state=state, limit=limit, channel=channel)]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table("id", "channel", "what", "incident", "state", "attempts", "why", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(one_line(str(row[key] if row[key] is not None else "-"))) for key in _COLUMNS))
    data_console().print(table)


_COLUMNS = ("id", "channel", "kind", "incident", "state", "attempts", "why")


def _row(notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.id,
        "channel": notice.channel,
        "kind": notice.kind.value,
        "incident": notice.incident_id,
        "violations": list(notice.violation_ids),
        "state": notice.state.value,
        "attempts": notice.attempts,
        "created": notice.created_at.isoformat(),
        "due": notice.due_at.isoformat(),
        "sent": notice.sent_at.isoformat() if notice.sent_at else None,
        "last_error": notice.last_error,
        "held_because": notice.held_because,
        "merged_into": notice.merged_into,
        "why": _why(notice),
    }


def _why(notice: Notice) -> str | None:
    """Return why a notice was not simply sent: the last error, what it waits for, or what tells of it in its place."""
    into = f"told as part of {notice.merged_into}" if notice.merged_into else None
    waits = None if notice.state is NoticeState.SENT else notice.held_because
    return notice.last_error or into or waits


@outbox.command()
def show(context: typer.Context, notice_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Show a notice with what it tells, as JSON."""
    shared: Context = context.obj
    with shared.records() as records, records.store.query() as query:
        notice = query.notice(notice_id)
    if notice is None:
        raise _no_notice(notice_id)
    try:
        payload = json.loads(notice.payload)
    except ValueError:
        payload = one_line(notice.payload)
    typer.echo(json.dumps(_row(notice) | {"payload": payload}, ensure_ascii=False, indent=2))


@outbox.command()
def replay(
    context: typer.Context,
    notice_ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...")] = None,
    dead: Annotated[bool, typer.Option("--dead", help="All that were given up.")] = False,
) -> None:
    """Queue notices again, with the same ids: what was given up, or is to be sent once more."""
    shared: Context = context.obj
    if dead == bool(notice_ids):
        raise UsageError("name the notices, or say --dead for all that were given up")
    with shared.records() as records, records.store.transaction() as tx:
        ids = tx.notice_ids(NoticeState.DEAD) if dead else notice_ids or ()
        for notice_id in ids:
            if not tx.replay_notice(notice_id, now()):
                raise _no_notice(notice_id)
    shared.say(f"{len(ids)} notices are due again; the daemon sends them, or `ceasefire alerts send`")


@outbox.command()
def drop(context: typer.Context, notice_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Take a notice out that waits or was given up: it is not sent, and stays listed as dropped."""
    shared: Context = context.obj
    with shared.records() as records, records.store.transaction() as tx:
        if tx.notice(notice_id) is None:
            raise _no_notice(notice_id)
        if not tx.drop_notice(notice_id):
            raise MonitorError(f"{notice_id} neither waits nor was given up: there is nothing to drop")
    shared.say(f"{notice_id} is dropped; `ceasefire alerts outbox replay {notice_id}` queues it all the same")


def _no_notice(notice_id: str) -> MonitorError:
    return MonitorError(f"there is no notice {notice_id!r}; `ceasefire alerts outbox list` lists them")


@app.command()
def channels(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List the channels that alerts go to, and how each fares."""
    shared: Context = context.obj
    with shared.records() as records, records.store.query() as query:
        states = query.channel_states()
        rows = [_channel_row(channel, states.get(channel)) for channel in sorted({*records.senders, *states})]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table("channel", "state", "since", "next attempt", "reason", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(one_line(value or "-")) for value in row.values()))
    data_console().print(table)


def _channel_row(channel: str, state: ChannelState | None) -> dict[str, str | None]:
    if state is None:
        return {"channel": channel, "state": "works", "since": None, "next": None, "reason": None}
    since = state.disabled_at or state.failing_since
    return {
        "channel": channel,
        "state": "disabled" if state.disabled_at else "down" if state.retry_at else "refused one",
        "since": since.isoformat() if since else None,
        "next": state.retry_at.isoformat() if state.retry_at else None,
        "reason": state.reason,
    }


@app.command()
def enable(context: typer.Context, channel: Annotated[str, typer.Argument(metavar="CHANNEL")]) -> None:
    """Let a channel be tried again now: one that is disabled, or one that waits after failures."""
    shared: Context = context.obj
    with shared.records() as records, records.store.transaction() as tx:
        if not tx.forget_channel(channel):
            raise MonitorError(f"nothing is wrong with a channel {channel!r}; `ceasefire alerts channels` lists them")
    shared.say(f"{channel} is tried again; what was given up is queued with `ceasefire alerts outbox replay`")


@app.command()
def test(
    context: typer.Context,
    receiver: Annotated[str, typer.Argument(metavar="RECEIVER", help="Its name in the alert file, or its kind.")],
) -> None:
    """Send a real test message to a receiver now, past the outbox."""
    shared: Context = context.obj
    with shared.records() as records:
        channels_of_it = [channel for one in records.audience.named(receiver) for channel in one.channels]
        if not channels_of_it:
            known = sorted({one.name or one.kind for one in records.audience.receivers})
            raise MonitorError(f"there is no receiver {receiver!r}; known: {', '.join(known) or 'none'}")
        outcomes = asyncio.run(send_tests(records.senders, channels_of_it, records.audience.source, now()))
    for channel, error in outcomes.items():
        shared.say(f"{channel}: {'accepted' if error is None else error}")
    if any(outcomes.values()):
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Print the JSON Schema of an alert's data."""
    typer.echo(resources.files("monitor.alerts").joinpath(SCHEMA_FILE).read_text(encoding="utf-8"), nl=False)


@app.command()
def send(context: typer.Context) -> None:
    """Send what is due now, and end."""
    shared: Context = context.obj
    with shared.records() as records:
        delivered = asyncio.run(worker.deliver(records, now))
    shared.say(delivered.in_words())
    if delivered.failed or delivered.dead:
        raise typer.Exit(1)
