"""`ceasefire rules compare`: where the readings of an agreement differ, and what was recorded in between."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from monitor.cli.context import Context, data_console, parse_time
from monitor.errors import MonitorError
from monitor.judging.comparison import Contested, Difference, FirstBreach, contested, differences, first_breaches
from monitor.model.agreements import Clause
from monitor.model.judgements import Incident
from monitor.output.safe import terminal


@dataclass(frozen=True, kw_only=True)
class _Compared:
    clause: Clause
    differences: tuple[Difference, ...]
    contested: tuple[Contested, ...]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(compare)


def compare(
    context: typer.Context,
    agreement_id: Annotated[str, typer.Argument(metavar="AGREEMENT")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_of: Annotated[str | None, typer.Option(help="What was known at this time, such as 2025-04-01T12:00Z.")] = None,
) -> None:
    """Show where the readings of an agreement differ, and the recorded incidents that fall into the difference."""
    shared: Context = context.obj
    moment = parse_time(as_of, "--as-of", end_of_day=True)
    with shared.records() as records, records.store.query() as query:
        known = {one.id: one for one in records.agreements}
        if agreement_id not in known:
            raise MonitorError(f"there is no agreement {agreement_id!r}; known: {', '.join(known) or 'none'}")
        incidents = query.incidents(moment)
        assessments = query.assessments_of([one.id for one in incidents], moment)
        compared = [
            _Compared(
                clause=clause,
                differences=differences(clause),
                contested=tuple(sorted(contested(clause, incidents, assessments, agreement_id), key=_facts_in_order)),
            )
            for clause in known[agreement_id].clauses
        ]
        first = first_breaches(known[agreement_id].clauses, incidents, assessments, agreement_id)
    remedies = known[agreement_id].remedies
    if as_json:
        typer.echo(json.dumps([_as_dict(one, first) for one in compared], ensure_ascii=False, indent=2))
    else:
        for one in compared:
            _print(one)
        if remedies:
            _print_remedies(remedies, first)


def _print(one: _Compared) -> None:
    console = data_console()
    console.print(f"Clause {one.clause.id}: {one.clause.title}", markup=False)
    if not one.differences:
        console.print("  the readings do not differ\n" if len(one.clause.readings) > 1 else "  no two readings\n")
        return
    for difference in one.differences:
        console.print(f"  {difference.in_words()}", markup=False)
    console.print()
    readings = [reading.id for reading in one.clause.readings]
    rows = [[each.subject, *(each.answers[reading] for reading in readings)] for each in one.differences]
    console.print(_table(["", *readings], rows))
    console.print(f"\n{len(one.contested)} recorded incident(s) that the readings judge differently")
    if one.contested:
        told = [[*_facts(each), *(_verdict(each, reading) for reading in readings)] for each in one.contested]
        console.print(_table(["incident", "when", "what", "where", "accused", *readings], told))
    console.print()


def _print_remedies(remedies: Sequence[str], first: Sequence[FirstBreach]) -> None:
    """Print what the agreement says may follow, and from when by each reading; whether it did is not decided."""
    console = data_console()
    console.print("Remedies (stated here, never decided)")
    for remedy in remedies:
        console.print(f"  {remedy}", markup=False)
    for one in first:
        by = f"{one.clause_id}, reading {one.reading_id}, against {one.accused}"
        console.print(f"  could be invoked by {by}: from {_day(one.incident)} ({one.incident.id})", markup=False)
    if not first:
        console.print("  no recorded incident is a breach under any reading")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in head:
        table.add_column(name, overflow="fold", no_wrap=name == "incident")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _day(incident: Incident) -> str:
    return incident.event_time.start.strftime("%Y-%m-%d") if incident.event_time else "not known"


def _facts(one: Contested) -> tuple[str, str, str, str, str]:
    incident = one.incident
    what = terminal(incident.target.name or incident.target.class_id, 40)
    return incident.id, _day(incident), what, incident.place.name if incident.place else "not known", one.accused


def _facts_in_order(one: Contested) -> tuple[bool, float, str, str]:
    time = one.incident.event_time
    return time is None, time.start.timestamp() if time else 0.0, one.incident.id, one.accused


def _verdict(one: Contested, reading: str) -> str:
    return one.verdicts[reading].value if reading in one.verdicts else "not assessed"


def _as_dict(one: _Compared, first: Sequence[FirstBreach]) -> dict[str, Any]:
    return {
        "clause": one.clause.id,
        "readings": [reading.id for reading in one.clause.readings],
        "differences": [{"subject": each.subject, "answers": dict(each.answers)} for each in one.differences],
        "incidents": [
            {
                **dict(zip(("id", "day", "target", "place", "accused"), _facts(each), strict=True)),
                "verdicts": {reading: verdict.value for reading, verdict in each.verdicts.items()},
            }
            for each in one.contested
        ],
        "first_breaches": [
            {
                "reading": each.reading_id,
                "accused": each.accused,
                "incident": each.incident.id,
                "day": _day(each.incident),
            }
            for each in first
            if each.clause_id == one.clause.id
        ],
    }
