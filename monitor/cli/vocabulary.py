"""`ceasefire vocabulary`: for people who add words: are the files right, and what does a change change?"""

import json
from pathlib import Path
from typing import Annotated

import typer

from monitor.catalogue.data import DataRoots, data_roots
from monitor.catalogue.door import read_text
from monitor.catalogue.feeds import load_feeds
from monitor.catalogue.knowledge import load_knowledge
from monitor.catalogue.target_classes import load_target_classes
from monitor.catalogue.vocabulary import load_vocabulary
from monitor.cli.context import Context, now
from monitor.cli.reading import BadLineError, as_report, parse_item
from monitor.errors import ConfigurationError, Mistake, UsageError
from monitor.evaluation import parse_examples
from monitor.evaluation.differences import as_dict, as_text, difference
from monitor.evaluation.vocabulary import run_vocabulary_examples
from monitor.extraction import Reader
from monitor.model.reports import Report
from monitor.output.safe import terminal

app = typer.Typer(help="The words by which reports are read: are they right, what does a change change?")

#: Names the words that come with the program.
BUILT_IN = "built-in"


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="vocabulary", no_args_is_help=True)


@app.command()
def check(context: typer.Context) -> None:
    """Check all vocabulary files, and run the examples they carry. Exit status 1 on a mistake."""
    shared: Context = context.obj
    roots = data_roots(shared.settings.rules_dir)
    vocabulary = load_vocabulary(roots, frozenset(load_target_classes(roots)))
    results = run_vocabulary_examples(vocabulary)
    failed = [result for result in results if result.problems]
    for result in failed:
        typer.echo(terminal(f"{result.example.where}: {result.example.text!r}"))
        for problem in result.problems:
            typer.echo(f"  {terminal(problem)}")
    entries = sum(len(found) for found in vocabulary.entries.values())
    patterns = sum(len(entry.patterns) for found in vocabulary.entries.values() for entry in found)
    shared.say(f"{entries} entries, {patterns} patterns, {len(results)} examples, {len(failed)} of them wrong")
    if failed:
        raise typer.Exit(1)


@app.command()
def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help=f"Folder with rules/ (or seeds/) in it, or {BUILT_IN!r}.")],
    new: Annotated[str, typer.Argument(help=f"Another one, or {BUILT_IN!r}.")],
    file: Annotated[Path, typer.Argument(help="JSON lines, as for `ceasefire read` or `ceasefire evaluate`.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines, one for each text that changes.")] = False,
) -> None:
    """Read every text of FILE with OLD and with NEW, and print those that are read otherwise, and how.

    A folder need hold only what differs from the built-in files.
    """
    shared: Context = context.obj
    folders = [_roots(name, argument) for name, argument in ((old, "OLD"), (new, "NEW"))]
    reports = _reports(file, folders[0])
    before, after = (Reader(load_knowledge(roots)) for roots in folders)
    compared = ((report, before.read(report), after.read(report)) for report in reports)
    differences = [one for report, *readings in compared if (one := difference(report, *readings)) is not None]
    if as_json:
        for one in differences:
            typer.echo(json.dumps(as_dict(one), ensure_ascii=False))
        shared.say(f"{len(differences)} of {len(reports)} texts are read otherwise")
    else:
        typer.echo(as_text(differences, len(reports)))


def _roots(name: str, argument: str) -> DataRoots:
    if name == BUILT_IN:
        return data_roots()
    try:
        return data_roots(Path(name))
    except ConfigurationError:
        raise UsageError(
            f"{argument}: {name} is no folder with rules/ or seeds/ in it; name one, or write {BUILT_IN}"
        ) from None


def _reports(file: Path, roots: DataRoots) -> tuple[Report, ...]:
    """Return the texts of a file of either kind: to be read, or labelled.

    Raises:
        ConfigurationError: lines cannot be read; all of them are named.
    """
    lines = read_text(file).splitlines()
    if '"expect"' in next((line for line in lines if line.strip()), ""):
        return tuple(example.report() for example in parse_examples(lines, str(file)))
    feeds, seen = load_feeds(roots), now()
    reports, mistakes = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            reports.append(as_report(parse_item(line), feeds, seen))
        except BadLineError as error:
            mistakes.append(Mistake(file=str(file), line=number, field="", message=str(error)))
    if mistakes:
        raise ConfigurationError(*mistakes)
    return tuple(reports)
