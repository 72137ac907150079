"""`ceasefire violations`, `show` and `report`: what was recorded, for people and for machines."""

import json
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.context import Context, data_console, now, parse_time
from monitor.errors import MonitorError, UsageError
from monitor.model.judgements import Status
from monitor.output import csv, table
from monitor.output import show as showing
from monitor.output.as_dict import report_as_dict, violation_as_dict
from monitor.output.report_data import ReportData
from monitor.report import Filter, find_violation, gather

#: What was not taken back, dismissed or merged into another.
_STANDING = frozenset({Status.ALLEGED, Status.CORROBORATED, Status.CONFIRMED})

AsOf = Annotated[str | None, typer.Option(help="What was known at this time, such as 2025-04-01T12:00Z.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(violations)
    app.command()(show)
    app.command()(report)


def violations(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_of: AsOf = None,
    agreement: Annotated[str | None, typer.Option(help="Only of this agreement.")] = None,
    accused: Annotated[str | None, typer.Option(help="Only by this party, such as RU.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only with this status.")] = None,
    since: Annotated[str | None, typer.Option(help="Only events at or after this time.")] = None,
    until: Annotated[str | None, typer.Option(help="Only events at or before this time.")] = None,
    fail_on_violation: Annotated[
        bool, typer.Option("--fail-on-violation", help="Exit with status 3 if any is listed that still stands.")
    ] = False,
) -> None:
    """List the recorded violations, with the sentences they rest on."""
    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other")
    shared: Context = context.obj
    wanted = Filter(
        agreement=agreement,
        accused=accused,
        status=status,
        since=parse_time(since, "--since"),
        until=parse_time(until, "--until", end_of_day=True),
    )
    data = _gather(shared, as_of, wanted)
    if as_json:
        typer.echo(json.dumps([violation_as_dict(v) for v in data.violations], ensure_ascii=False, indent=2))
    elif as_csv:
        typer.echo(csv.violations_as_csv(data.violations), nl=False)
    else:
        data_console().print(table.violations_table(data))
    if fail_on_violation and any(violation.rating.status in _STANDING for violation in data.violations):
        raise typer.Exit(3)


def show(
    context: typer.Context,
    violation_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a violation, or its beginning.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_of: AsOf = None,
) -> None:
    """Show one violation in full: quotes, sources, the verdict per reading with its reasons, the history."""
    shared: Context = context.obj
    moment = parse_time(as_of, "--as-of", end_of_day=True)
    with shared.records() as records, records.store.query() as query:
        found = find_violation(query, violation_id, moment)
        history = query.violation_history(found.id, as_of=moment)
        names = dict(records.audience.party_names)
    if as_json:
        typer.echo(json.dumps(violation_as_dict(found), ensure_ascii=False, indent=2))
    else:
        data_console().print(showing.violation_in_full(found, history, names))


def report(
    context: typer.Context,
    html_path: Annotated[Path | None, typer.Option("--html", help="Write one HTML page here.")] = None,
    json_path: Annotated[Path | None, typer.Option("--json", help="Write JSON here.")] = None,
    csv_path: Annotated[Path | None, typer.Option("--csv", help="Write CSV here.")] = None,
    as_of: AsOf = None,
) -> None:
    """Print the violations report: readings in force, violations, what is undetermined, what could not be seen."""
    shared: Context = context.obj
    data = _gather(shared, as_of, Filter())
    for path, render in ((html_path, _as_html), (json_path, _as_json), (csv_path, _as_csv)):
        if path is not None:
            _write(path, render(data))
    data_console().print(table.report_table(data))
    for name, path in (("HTML", html_path), ("JSON", json_path), ("CSV", csv_path)):
        if path is not None:
            shared.say(f"{name}: {path}")
    shared.say(f"database: {shared.settings.database_shown}")
    shared.say(f"alerts: {shared.settings.data_dir / 'alerts'}")


def _gather(shared: Context, as_of: str | None, wanted: Filter) -> ReportData:
    moment = parse_time(as_of, "--as-of", end_of_day=True)
    with shared.records() as records:
        return gather(
            records.store,
            records.feeds.feeds,
            records.agreements,
            now=now(),
            as_of=moment,
            wanted=wanted,
        )


def _as_html(data: ReportData) -> str:
    from monitor.output.html import report_as_html  # brings the templates: only where a page is wanted

    return report_as_html(data)


def _as_json(data: ReportData) -> str:
    return json.dumps(report_as_dict(data), ensure_ascii=False, indent=2) + "\n"


def _as_csv(data: ReportData) -> str:
    return csv.violations_as_csv(data.violations)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise MonitorError(f"cannot write {path}: {error.strerror}; name a place where you may write") from None
