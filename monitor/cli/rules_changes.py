"""`ceasefire rules changes`: the verdicts that changed rule files made otherwise, whenever that was."""

import json
from typing import Annotated

import typer

from monitor.cli.context import Context, data_console, parse_time
from monitor.cli.rejudging import as_dict, in_words
from monitor.judging.otherwise import changed_by_rules
from monitor.model import forms, words


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(changes)


def changes(
    context: typer.Context,
    agreement_id: Annotated[str | None, typer.Argument(metavar="[AGREEMENT]")] = None,
    since: Annotated[str | None, typer.Option(help="Only what was judged anew at or after this time.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the verdicts that a changed rule file made otherwise: when, and by which versions, before and after.

    What an agreement or a reading that is no longer loaded held is not listed.
    """
    shared: Context = context.obj
    first = parse_time(since, "--since")
    with shared.records() as records, records.store.query() as query:
        found = changed_by_rules(query.assessment_history(agreement_id))
    shown = [(one.recorded_at, one) for one in found if one.recorded_at and (first is None or one.recorded_at >= first)]
    if as_json:
        listed = [{"recorded_at": forms.instant(at), **as_dict(one)} for at, one in shown]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for at, one in shown:
        data_console().print(f"{words.moment(at)}  {in_words(one)}", markup=False)
    shared.say(f"{len(shown)} verdicts were made otherwise by changed rules")
