"""`ceasefire rules new`: a commented agreement file to begin from."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.catalogue.data import ROOTS, data_roots
from monitor.catalogue.template import new_agreement
from monitor.cli.context import Context, now
from monitor.errors import MonitorError, UsageError


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(new)


def new(
    context: typer.Context,
    agreement_id: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits, hyphens.")],
    title: Annotated[str, typer.Option(help="One line.")] = "A new agreement",
    output: Annotated[
        str | None, typer.Option(help="Write to this file; - prints it. Default: into CEASEFIRE_RULES_DIR.")
    ] = None,
) -> None:
    """Write a commented file for a new agreement, which passes check and test and waits to be filled in."""
    shared: Context = context.obj
    folder = shared.settings.rules_dir
    text = new_agreement(data_roots(_laid_out(folder)), agreement_id, title, now().date())
    if output is None and folder is None:
        raise UsageError(
            f"name a folder of your own in CEASEFIRE_RULES_DIR, or use --output {agreement_id}.yaml, or --output -"
        )
    if output == "-":
        typer.echo(text, nl=False)
        return
    path = Path(output) if output is not None else (folder or Path()) / "rules/agreements" / f"{agreement_id}.yaml"
    _write(path, text)
    shared.say(f"{path}: fill it in, then run: ceasefire rules check; ceasefire rules test")


def _laid_out(folder: Path | None) -> Path | None:
    """Return the user's folder, unless nothing is in it yet: the new file is what it begins with."""
    begun = folder is not None and (folder.is_dir() or not folder.exists())
    return None if folder is None or (begun and not any((folder / name).is_dir() for name in ROOTS)) else folder


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise MonitorError(f"{path} is there already and is left as it is; choose another id or --output") from None
    except OSError as error:
        raise MonitorError(f"{path} cannot be written: {error.strerror}") from None
