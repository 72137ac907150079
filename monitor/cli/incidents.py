"""`ceasefire incidents`: events, why claims were taken for one, and what people decide about them."""

import json
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from monitor.casework import case_file, misread, told_otherwise
from monitor.cli.context import Context, data_console, now, parse_time
from monitor.cli.correcting import correction, terms_of
from monitor.deciding import Followed, decide, named
from monitor.errors import MonitorError
from monitor.model.decisions import Decision, DecisionKind, Ground
from monitor.output.case_file import case_as_dict, case_in_full, headline
from monitor.output.labelled import as_examples

app = typer.Typer(help="Incidents, and what people decide about them.", no_args_is_help=True)

Incident = Annotated[str, typer.Argument(metavar="ID", help="Id of an incident or its violation, or the beginning.")]
Author = Annotated[str, typer.Option(help="Who decides: a name or initials.")]
Why = Annotated[str, typer.Option(help="Why; it is kept, and whoever was told of the violation reads it.")]
Accused = Annotated[str | None, typer.Option(help="Only the part of this party, such as RU.")]
AsOf = Annotated[str | None, typer.Option(help="What was known at this time, such as 2025-04-01T12:00Z.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="incidents")


@app.command("list")
def list_incidents(context: typer.Context, as_json: Json = False, as_of: AsOf = None) -> None:
    """List the incidents that any report still tells of, those of violations and all others."""
    shared: Context = context.obj
    moment = parse_time(as_of, "--as-of", end_of_day=True)
    with shared.records() as records, records.store.query() as query:
        incidents = query.incidents(moment)
        statuses: dict[str, set[str]] = {}
        for one in query.violations(moment):
            statuses.setdefault(one.incident.id, set()).add(one.rating.status.value)
    rows = [(one.id, ", ".join(sorted(statuses.get(one.id, ()))), len(one.claims), headline(one)) for one in incidents]
    if as_json:
        names = ("id", "status", "claims", "headline")
        typer.echo(json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, indent=2))
        return
    table = Table("id", "status", "claims", "what", box=None, pad_edge=False)
    for key, status, claims, what in rows:
        table.add_row(Text(key), Text(status or "no violation"), Text(str(claims)), Text(what))
    data_console().print(table)


@app.command()
def show(context: typer.Context, incident_id: Incident, as_json: Json = False, as_of: AsOf = None) -> None:
    """Show one incident: verdict per reading, each claim with why it belongs here and how surely, the decisions."""
    shared: Context = context.obj
    moment = parse_time(as_of, "--as-of", end_of_day=True)
    with shared.records() as records, records.store.query() as query:
        case = case_file(query, named(query, incident_id), moment)
        names = dict(records.audience.party_names)
    if case is None:
        raise MonitorError(f"nothing was known of incident {incident_id} at that time")
    if as_json:
        typer.echo(json.dumps(case_as_dict(case), ensure_ascii=False, indent=2))
    else:
        data_console().print(case_in_full(case, names))


@app.command()
def export(context: typer.Context, as_of: AsOf = None) -> None:
    """Print what was dismissed as misread, as labelled texts for `ceasefire evaluate`: JSON lines."""
    shared: Context = context.obj
    moment = parse_time(as_of, "--as-of", end_of_day=True)
    with shared.records() as records, records.store.query() as query:
        cases = misread(query, moment)
        typer.echo(as_examples(cases, told_otherwise(query, cases, moment)), nl=False)
    shared.say(f"{len(cases)} incidents dismissed as misread; what was dismissed otherwise was read rightly")


@app.command()
def confirm(
    context: typer.Context, incident_id: Incident, author: Author, reason: Why, accused: Accused = None
) -> None:
    """Confirm that it was so: the status becomes confirmed, whatever is reported later."""
    _decide(context.obj, incident_id, DecisionKind.CONFIRM, author, reason, accused=accused)


@app.command()
def dismiss(
    context: typer.Context,
    incident_id: Incident,
    author: Author,
    reason: Why,
    ground: Annotated[
        Ground,
        typer.Option(help="misread: the texts say no such thing; untrue: they do, and err; no-breach: so it is."),
    ],
    accused: Accused = None,
) -> None:
    """Dismiss it: the status becomes dismissed, and whoever was told of it is told so."""
    _decide(context.obj, incident_id, DecisionKind.DISMISS, author, reason, accused=accused, ground=ground)


@app.command()
def reopen(context: typer.Context, incident_id: Incident, author: Author, reason: Why, accused: Accused = None) -> None:
    """Take a confirmation or dismissal back: the status is again what the reports make it."""
    _decide(context.obj, incident_id, DecisionKind.REOPEN, author, reason, accused=accused)


@app.command()
def note(context: typer.Context, incident_id: Incident, author: Author, reason: Why) -> None:
    """Note something about it; nothing else changes."""
    _decide(context.obj, incident_id, DecisionKind.NOTE, author, reason)


@app.command()
def correct(
    context: typer.Context,
    incident_id: Incident,
    author: Author,
    reason: Why,
    place: Annotated[str | None, typer.Option(help="Where it was: a name or GeoNames id of the gazetteer.")] = None,
    time: Annotated[str | None, typer.Option(help="When: a day, or FROM/TO; UTC unless an offset is given.")] = None,
    attacker: Annotated[str | None, typer.Option(help="Who did it: a party such as RU, or unknown.")] = None,
) -> None:
    """Correct place, time or attacker: it is judged by what is right, and its reports are kept as they are."""
    shared: Context = context.obj
    with shared.records() as records, records.store.query() as query:
        found = query.incident(named(query, incident_id))
    made = correction(shared.settings, place=place, time=time, attacker=attacker, known=found)
    _decide(shared, incident_id, DecisionKind.CORRECT, author, reason, correction=made)


@app.command()
def merge(
    context: typer.Context,
    incident_id: Incident,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The incident whose claims come to it.")],
    author: Author,
    reason: Why,
) -> None:
    """Say that another incident is the same event: its claims come here, and stay whatever is compared later."""
    _decide(context.obj, incident_id, DecisionKind.MERGE, author, reason, other=other)


@app.command()
def split(
    context: typer.Context,
    incident_id: Incident,
    author: Author,
    reason: Why,
    claim: Annotated[list[str], typer.Option(help="Id of a claim that tells of another event; once for each.")],
) -> None:
    """Say that some claims tell of another event: they go into an incident of their own, and stay there."""
    followed = _decide(context.obj, incident_id, DecisionKind.SPLIT, author, reason, claims=tuple(claim))
    typer.echo(f"{followed.decision.other}\tnew")


def _decide(shared: Context, incident_id: str, kind: DecisionKind, author: str, reason: str, **more: Any) -> Followed:
    decision = Decision(incident_id=incident_id, kind=kind, author=author, reason=reason, decided_at=now(), **more)
    with shared.records() as records:
        followed = decide(records.store, terms_of(records), decision)
    shared.say(f"{followed.decision.incident_id}: {kind}, by {followed.decision.author}")
    for change in followed.changes:
        typer.echo(f"{change.violation.id}\t{change.violation.rating.status}")
    if followed.notices:
        shared.say(f"{followed.notices} notices wait; the daemon sends them, or `ceasefire alerts send`")
    return followed
