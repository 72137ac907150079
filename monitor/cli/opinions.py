"""`ceasefire opinions`: the second opinions that were asked for, what became of them, and what they cost."""

import json
from typing import Annotated, Any

import typer

from monitor.cli.context import Context, data_console
from monitor.model.forms import instant
from monitor.model.opinions import Opinion
from monitor.model.text import encodable, one_line


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(opinions)


def opinions(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, newest first.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the second opinions on borderline claims: question, answer, what it changed, and the tokens it cost."""
    shared: Context = context.obj
    with shared.records() as records, records.store.query() as query:
        found, costs = query.opinions(limit), query.opinion_costs()
    if as_json:
        typer.echo(json.dumps([_row(one) for one in found], ensure_ascii=False, indent=2))
        return
    out = data_console()
    for one in found:
        out.print(f"{instant(one.asked_at)}  {one.claim_id}  {_change(one)}", markup=False, soft_wrap=True)
        for line in (one.reason, *(f'"{quote}"' for quote in one.quotes)):
            out.print(f"  {one_line(line)}", markup=False, soft_wrap=True)
    shared.say(f"{costs.asked} asked for, {costs.prompt_tokens} + {costs.completion_tokens} tokens")


def _change(one: Opinion) -> str:
    if one.stance_before is not one.stance_after:
        return f"{one.outcome.value}: {one.stance_before.value} -> {one.stance_after.value}"
    if one.confidence_before is not one.confidence_after:
        return f"{one.outcome.value}: confidence {one.confidence_before.value} -> {one.confidence_after.value}"
    return one.outcome.value


def _row(one: Opinion) -> dict[str, Any]:
    return {
        "claim": one.claim_id,
        "asked": instant(one.asked_at),
        "endpoint": one.endpoint,
        "model": encodable(one.model),
        "question_sha256": one.question_sha256,
        "outcome": one.outcome.value,
        "reason": encodable(one.reason),
        "answer": None if one.answer is None else encodable(one.answer),
        "quotes": [encodable(quote) for quote in one.quotes],
        "stance": [one.stance_before.value, one.stance_after.value],
        "confidence": [one.confidence_before.value, one.confidence_after.value],
        "prompt_tokens": one.prompt_tokens,
        "completion_tokens": one.completion_tokens,
    }
