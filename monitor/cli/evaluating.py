"""`ceasefire evaluate`: how well labelled texts are read."""

import json
from pathlib import Path
from typing import Annotated

import typer

from monitor.catalogue.data import data_roots
from monitor.catalogue.door import read_text
from monitor.catalogue.knowledge import load_knowledge
from monitor.cli.context import Context
from monitor.evaluation import Example, as_dict, as_text, parse_examples
from monitor.evaluation import evaluate as score
from monitor.extraction import Reader


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(evaluate)


def evaluate(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="JSON lines of labelled texts.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    blind: Annotated[
        bool, typer.Option("--blind", help="Keep the texts of errors unseen: for sets that must stay unknown.")
    ] = False,
) -> None:
    """Score the reading of labelled texts: precision, recall, slots, kinds of negatives, and the errors."""
    shared: Context = context.obj
    examples: list[Example] = []
    for file in files:
        examples += parse_examples(read_text(file).splitlines(), str(file))
    knowledge = load_knowledge(data_roots(shared.settings.rules_dir))
    result = score(examples, Reader(knowledge).read, knowledge.target_classes, knowledge.geography.gazetteer)
    if as_json:
        typer.echo(json.dumps(as_dict(result, errors=not blind), ensure_ascii=False, indent=2))
    else:
        typer.echo(as_text(result, errors=not blind))
