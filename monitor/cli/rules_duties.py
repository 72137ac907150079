"""`ceasefire rules duties`: where each duty stands by the stored reports, under each reading of it, and since when."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from monitor.cli.context import Context, data_console, now, parse_time
from monitor.judging.duties import DutyState, ItemState, state_of
from monitor.model import forms, words
from monitor.model.agreements import Agreement, Clause, DutyReading
from monitor.model.duties import DutyRecord
from monitor.occasions import duties as duties_of
from monitor.output.safe import terminal

#: Sentences shown for each thing that is owed.
_QUOTES = 3


@dataclass(frozen=True, kw_only=True)
class _Shown:
    agreement: Agreement
    clause: Clause
    reading: DutyReading | None
    state: DutyState
    history: Sequence[DutyRecord]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(duties)


def duties(
    context: typer.Context,
    as_of: Annotated[str | None, typer.Option(help="What was known at this time, such as 2025-04-01T12:00Z.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show where each duty stands under each reading of it, with the sentences that show it, and how that changed."""
    shared: Context = context.obj
    moment = parse_time(as_of, "--as-of", end_of_day=True)
    shown = []
    with shared.records() as records, records.store.query() as query:
        history = query.duty_history(moment)
        for agreement, clause, reading, duty in duties_of(records.agreements):
            looked = query.reports_published(duty.looked_at_from, duty.looked_at_until, moment)
            key = (agreement.id, clause.id, reading.id if reading else None)
            shown.append(
                _Shown(
                    agreement=agreement,
                    clause=clause,
                    reading=reading,
                    state=state_of(duty, looked, moment or now()),
                    history=[one for one in history if one.key == key],
                )
            )
    if as_json:
        typer.echo(json.dumps([_as_dict(one) for one in shown], ensure_ascii=False, indent=2))
        return
    for one in shown:
        for line in _lines(one):
            data_console().print(line, markup=False)


def _lines(one: _Shown) -> Iterator[str]:
    read = "" if one.reading is None else f" as {one.reading.holder} reads it"
    yield f"{one.agreement.id}/{one.clause.id}{read}: {one.state.in_words()}"
    yield f"  {one.clause.title}: {one.state.status.value}"
    for item in one.state.items:
        yield from _item(item)
    for told in one.state.speaking[:_QUOTES]:
        yield f'  speaks of it in other words: "{terminal(told.quote, 200)}" ({terminal(told.report.source.name, 60)})'
    yield f"  {terminal(one.state.looked.in_words())}"
    for record in one.history:
        by = f"by {', '.join(record.because)}" if record.because else "by the clock, a changed file or an edited report"
        yield f"  since {words.moment(record.recorded_at)}, {terminal(by)}: {record.words}"


def _item(state: ItemState) -> Iterator[str]:
    yield f"  {state.item.title}: {state.status.value}"
    for told in state.told[:_QUOTES]:
        yield f'    "{terminal(told.quote, 200)}" ({terminal(told.report.source.name, 60)})'


def _as_dict(one: _Shown) -> dict[str, Any]:
    looked = one.state.looked
    return {
        "agreement": one.agreement.id,
        "clause": one.clause.id,
        "reading": one.reading.id if one.reading else None,
        "status": one.state.status.value,
        "words": one.state.in_words(),
        "parts": [_part(item) for item in one.state.items],
        "other_words": [{"quote": told.quote, "report": told.report.id} for told in one.state.speaking],
        "looked_at": {
            "reports": looked.reports,
            "sources": list(looked.sources),
            "first": forms.instant(looked.first),
            "last": forms.instant(looked.last),
        },
        "history": [
            {
                "recorded_at": forms.instant(record.recorded_at),
                "status": record.status.value,
                "words": record.words,
                "rule_version": record.rule_version,
                "looked_at": record.looked_at,
                "because": list(record.because),
            }
            for record in one.history
        ],
    }


def _part(state: ItemState) -> dict[str, Any]:
    return {
        "id": state.item.id,
        "title": state.item.title,
        "owed": state.item.owed,
        "status": state.status.value,
        "figures": list(state.figures),
        "told": [{"quote": one.quote, "count": one.count, "report": one.report.id} for one in state.told],
    }
