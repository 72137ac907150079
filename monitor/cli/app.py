"""`ceasefire`: the commands, and how errors reach a person: one message, an exit status, no traceback.

Exit status: 0 fine, 1 error, 2 wrong usage, 3 violations found with --fail-on-violation.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

import monitor
from monitor.cli import managing, reading, reporting, running
from monitor.cli.context import Context, messages
from monitor.errors import MonitorError, UsageError
from monitor.settings import ENV_FILE

app = typer.Typer(
    name="ceasefire",
    help="Reads news feeds, matches what they report against the terms of a ceasefire, "
    "and records violations with their evidence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ceasefire {monitor.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    env_file: Annotated[Path, typer.Option(help="File of settings, read besides the environment.")] = ENV_FILE,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but data and errors.")] = False,
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    if env_file != ENV_FILE and not env_file.is_file():
        raise UsageError(f"--env-file: there is no file {env_file}")
    context.obj = Context(env_file=env_file, quiet=quiet)


for module in (running, reading, reporting, managing):
    module.add_to(app)


def main() -> None:
    """Run the command line; this is what `ceasefire` and `python -m monitor` call."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        # Reports are Ukrainian and Russian whatever the terminal's locale says; a byte that cannot be shown is escaped.
        stream.reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except UsageError as error:
        _fail(str(error), status=2)
    except MonitorError as error:
        _fail(str(error), status=1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output (head, less) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _fail(message: str, *, status: int) -> None:
    messages().print(f"ceasefire: {message}", style="red", markup=False, soft_wrap=True)
    sys.exit(status)
