"""`ceasefire rejudge`: judging anew what is stored, after a change of rules, and what comes out otherwise."""

import json
from typing import Annotated, Any

import typer

from monitor.cli.context import Context, data_console, now
from monitor.judging.otherwise import VerdictChange, VersionChange
from monitor.model.judgements import Assessment
from monitor.output.safe import terminal
from monitor.rejudging import Rejudged
from monitor.rejudging import rejudge as judge_anew


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(rejudge)


def rejudge(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change; nothing is kept.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Judge all that is stored anew by the rules as they are now, and say what comes out otherwise.

    Earlier verdicts are kept, with the version of the file that gave them. What is new goes to the alerts file. Whoever
    was told of what changes hears of it at the next delivery.
    """
    shared: Context = context.obj
    with shared.workshop() as workshop:
        done = judge_anew(workshop.store, workshop.pipeline, now=now(), dry_run=dry_run)
    shared.say(summary(done) + ("; nothing was kept" if dry_run else ""))
    if as_json:
        typer.echo(json.dumps(_as_dict(done), ensure_ascii=False, indent=2))
        return
    for version in done.versions:
        data_console().print(_version(version), markup=False)
    for change in done.changes:
        data_console().print(f"{change.violation.id}  {change.kind.value}", markup=False)
    for verdict in done.verdicts:
        data_console().print(in_words(verdict), markup=False)


def summary(done: Rejudged) -> str:
    """Return in one line how much was judged, and how much came out otherwise."""
    return (
        f"{done.incidents} incidents judged: {len(done.changes)} violations and {len(done.verdicts)} verdicts of "
        "readings come out otherwise than before"
    )


def _version(change: VersionChange) -> str:
    if change.before is None:
        return f"{change.agreement_id}: new, rules {change.after}"
    if change.after is None:
        return f"{change.agreement_id}: no longer loaded, was rules {change.before}"
    return f"{change.agreement_id}: rules {change.before} -> {change.after}"


def in_words(change: VerdictChange) -> str:
    """Return one verdict, before and after, with the versions of the file that gave it."""
    of = change.of
    what = f"{change.incident_id}  {of.agreement_id}/{of.clause_id}, reading {of.reading_id}, accused {of.accused}"
    return terminal(f"{what}: {_verdict(change.before)} -> {_verdict(change.after)}", 400)


def _verdict(assessment: Assessment | None) -> str:
    return "not judged" if assessment is None else f"{assessment.verdict.value} (rules {assessment.rule_version})"


def _as_dict(done: Rejudged) -> dict[str, Any]:
    return {
        "incidents": done.incidents,
        "violations": [{"id": one.violation.id, "change": one.kind.value} for one in done.changes],
        "versions": [
            {"agreement": one.agreement_id, "before": one.before, "after": one.after} for one in done.versions
        ],
        "verdicts": [as_dict(one) for one in done.verdicts],
    }


def as_dict(one: VerdictChange) -> dict[str, Any]:
    """Return one verdict, before and after, for JSON."""
    return {
        "incident": one.incident_id,
        "agreement": one.of.agreement_id,
        "clause": one.of.clause_id,
        "reading": one.of.reading_id,
        "accused": one.of.accused,
        "before": _side(one.before),
        "after": _side(one.after),
    }


def _side(assessment: Assessment | None) -> dict[str, Any] | None:
    if assessment is None:
        return None
    return {
        "verdict": assessment.verdict.value,
        "rule_version": assessment.rule_version,
        "reasons": [reason.text for reason in assessment.reasons],
    }
