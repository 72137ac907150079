"""`ceasefire alerts`: the outbox."""

import asyncio
import json
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from monitor import worker
from monitor.cli.context import Context, data_console, now
from monitor.errors import MonitorError
from monitor.model.judgements import Notice, NoticeState
from monitor.model.text import one_line

app = typer.Typer(help="Notices: waiting, sent, given up.", no_args_is_help=True)


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="alerts")


@app.command("list")
def list_alerts(
    context: typer.Context,
    state: Annotated[NoticeState | None, typer.Option(help="Only notices in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, newest first.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List notices."""
    shared: Context = context.obj
    with shared.records() as records, records.store.query() as query:
        rows = [_row(notice) for notice in query.notices(state=state, limit=limit)]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table("id", "channel", "what", "incident", "state", "attempts", "last error", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(one_line(str(row[key] if row[key] is not None else "-"))) for key in _COLUMNS))
    data_console().print(table)


_COLUMNS = ("id", "channel", "kind", "incident", "state", "attempts", "last_error")


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
    }


@app.command()
def retry(context: typer.Context, notice_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Queue a notice again, with the same id: one that was given up, or one to be sent once more."""
    shared: Context = context.obj
    with shared.records() as records, records.store.transaction() as tx:
        if not tx.replay_notice(notice_id, now()):
            raise MonitorError(f"there is no notice {notice_id!r}; `ceasefire alerts list` lists them")
    shared.say(f"{notice_id} is due again; the daemon sends it, or `ceasefire alerts send`")


@app.command()
def send(context: typer.Context) -> None:
    """Send what is due now, and end."""
    shared: Context = context.obj
    with shared.records() as records:
        delivered = asyncio.run(worker.deliver(records, now))
    shared.say(delivered.in_words())
    if delivered.failed or delivered.dead:
        raise typer.Exit(1)
