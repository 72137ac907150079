"""`ceasefire`: the commands, and how errors reach a person: one message, an exit status, no traceback.

Exit status: 0 fine, 1 error, 2 wrong usage, 3 violations found with --fail-on-violation.
"""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from platformdirs import user_cache_path
from typer.core import TyperGroup
from typer.main import get_group

import monitor
from monitor.catalogue.parsed import keep_parsed_in
from monitor.cli.context import Context, messages
from monitor.errors import MonitorError, UsageError

#: Each command, and the module that adds it: imported when the command is called, for some take a while.
COMMANDS = {
    "run": "running",
    "once": "running",
    "replay": "running",
    "read": "reading",
    "violations": "reporting",
    "show": "reporting",
    "report": "reporting",
    "incidents": "incidents",
    "review": "reviewing",
    "tallies": "ledger",
    "feeds": "feeds",
    "rules": "rules",
    "vocabulary": "vocabulary",
    "alerts": "alerts",
    "opinions": "opinions",
    "doctor": "doctor",
    "evidence": "evidence",
    "evaluate": "evaluating",
    "rejudge": "rejudging",
    "reread": "rereading",
}


class _OnDemand(TyperGroup):
    """The commands, each imported when it is asked for."""

    def list_commands(self, ctx: object) -> list[str]:  # noqa: ARG002 - the library's signature
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> Any:  # noqa: ARG002
        # An unknown name may be a misspelt one: all are imported, for the suggestion.
        for module in [COMMANDS[cmd_name]] if cmd_name in COMMANDS else dict.fromkeys(COMMANDS.values()):
            if not any(COMMANDS.get(name) == module for name in self.commands):
                self.commands.update(_commands_of(module))
        return self.commands.get(cmd_name)


def _commands_of(module: str) -> dict[str, Any]:
    part = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    import_module(f"monitor.cli.{module}").add_to(part)
    return dict(get_group(part).commands)


app = typer.Typer(
    name="ceasefire",
    cls=_OnDemand,
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
    env_file: Annotated[
        Path | None, typer.Option(help="File of settings, read besides the environment. [default: .env]")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but data and errors.")] = False,
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    if env_file is not None and not env_file.is_file():
        raise UsageError(f"--env-file: there is no file {env_file}")
    context.obj = Context(env_file=env_file, quiet=quiet)


def main() -> None:
    """Run the command line; this is what `ceasefire` and `python -m monitor` call."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        # Reports are Ukrainian and Russian whatever the terminal's locale says; a byte that cannot be shown is escaped.
        stream.reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "backslashreplace")  # type: ignore[union-attr]
    keep_parsed_in(user_cache_path("ceasefire-monitor", appauthor=False))
    try:
        app(prog_name="ceasefire")
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
