"""The commands as a whole: each is there, and none brings what it does not need."""

import subprocess
import sys

import pytest

from monitor.cli.app import COMMANDS
from tests.commands import CommandLine


def test_every_command_is_listed_with_what_it_does(ceasefire: CommandLine) -> None:
    shown = ceasefire("--help").out
    commands = shown.partition("Commands:")[2].splitlines()
    listed = {line.split()[0]: line.split()[1:] for line in commands if line.strip()}
    assert list(listed) == list(COMMANDS)
    assert all(listed.values())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_how_it_is_used(ceasefire: CommandLine, command: str) -> None:
    done = ceasefire(command, "--help")
    assert done.status == 0
    assert f"Usage: ceasefire {command}" in done.out


def test_a_misspelt_command_is_answered_with_the_right_one(ceasefire: CommandLine) -> None:
    done = ceasefire("violation")
    assert done.status == 2
    assert "Did you mean 'violations'" in done.err


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        (["--version"], {"pydantic", "sqlalchemy", "httpx", "ruamel", "monitor.extraction", "monitor.settings"}),
        (["violations"], {"httpx", "alembic.command", "feedparser", "monitor.extraction", "monitor.ingest"}),
        (["read", "nothing.jsonl"], {"sqlalchemy", "alembic", "httpx", "feedparser", "apscheduler"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_command_starts_without_what_it_does_not_need(
    ceasefire: CommandLine, command: list[str], unneeded: set[str]
) -> None:
    """Start-up is paid at every call; one import in the wrong place can double it."""
    ceasefire.file("nothing.jsonl", "")
    ceasefire("violations")  # makes the database, which takes Alembic once
    program = (
        "import sys, atexit\n"
        f"unneeded = {sorted(unneeded)}\n"
        "atexit.register(lambda: print('LOADED', [name for name in unneeded if name in sys.modules]))\n"
        f"sys.argv = ['ceasefire', *{command}]\n"
        "from monitor.cli.app import main\n"
        "main()\n"
    )
    with ceasefire.monkeypatch.context() as process:
        for name, value in ceasefire.settings.items():
            process.setenv(name, value)
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, cwd=ceasefire.folder
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "LOADED []"
