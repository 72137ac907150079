"""`ceasefire rules clock`: when windows open and close and duties fall due, and what people were told of."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from monitor.cli.context import Context, data_console, now
from monitor.judging.clock import duty_text
from monitor.model import forms, words
from monitor.model.agreements import Agreement
from monitor.model.occasions import OccasionKind
from monitor.occasions import duties, scheduled


@dataclass(frozen=True, kw_only=True)
class _Line:
    at: datetime
    kind: OccasionKind
    agreement: str
    text: str
    state: str


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(clock)


def clock(
    context: typer.Context,
    to_come: Annotated[bool, typer.Option("--to-come", help="Only what is to come.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List when windows open and close and duties fall due: what is to come, and what people were told of."""
    shared: Context = context.obj
    with shared.records() as records, records.store.query() as query:
        first, last = query.meta("clock_first"), query.meta("clock_last")
        lines = _lines(records.agreements, _instant(first), _instant(last), now())
    lines = [line for line in lines if line.state == _TO_COME or not to_come]
    if as_json:
        typer.echo(json.dumps([_as_dict(line) for line in lines], ensure_ascii=False, indent=2))
        return
    table = Table("when", "state", "what", "of which agreement and reading", box=None, pad_edge=False)
    for line in lines:
        table.add_row(*map(Text, (words.moment(line.at), line.state, line.kind.value, line.text)))
    data_console().print(table)


_TO_COME = "to come"


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _lines(
    agreements: tuple[Agreement, ...], first: datetime | None, last: datetime | None, moment: datetime
) -> list[_Line]:
    found = [(one.at, one.kind, one.agreement_id or "", one.text) for one in scheduled(agreements)]
    for agreement, clause, reading, duty in duties(agreements):
        if duty.due.latest is not None:
            text = duty_text(agreement, clause, reading)
            found.append((duty.due.latest, OccasionKind.DUTY_DUE, agreement.id, text))
    return [
        _Line(at=at, kind=kind, agreement=agreement, text=text, state=_state(at, first, last, moment))
        for at, kind, agreement, text in sorted(found)
    ]


def _state(at: datetime, first: datetime | None, last: datetime | None, moment: datetime) -> str:
    if first is not None and last is not None and first < at <= last:
        return "told"
    if at > moment:
        return _TO_COME
    return "not told: before the monitor ran" if first is None or at <= first else "to be told"


def _as_dict(line: _Line) -> dict[str, str | None]:
    return {
        "at": forms.instant(line.at),
        "kind": line.kind.value,
        "agreement": line.agreement,
        "text": line.text,
        "state": line.state,
    }
