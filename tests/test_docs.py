"""What the manual says is so: settings, commands, options, links, targets of make, and the picture in the README."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic_core import PydanticUndefined

from monitor.cli.app import app
from monitor.settings import PREFIX, Settings
from tests.commands import CommandLine, ceasefire
from tests.installation import CHECKOUT

__all__ = ["ceasefire"]

README = CHECKOUT / "README.md"
MANUAL = [README, *(CHECKOUT / name for name in ("CONTRIBUTING.md", "CHANGELOG.md")), *sorted((CHECKOUT / "docs").rglob("*.md"))]  # fmt: skip  # noqa: E501
CONTAINERS = [CHECKOUT / "Dockerfile", CHECKOUT / "docker-compose.yml"]
PROGRAM: Any = typer.main.get_command(app)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def relative(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


# Settings


def settings_table() -> str:
    """Return the table of settings, from the settings themselves."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        rows.append(f"| `{PREFIX}{name.upper()}` | {_shown(name, field.default)} | {field.description} |")
    return "\n".join(rows)


def _shown(name: str, default: object) -> str:
    if default is PydanticUndefined:
        return {"data_dir": "a folder of your account; `ceasefire doctor` names it"}[name]
    if default is None or default == ():
        return "unset"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def test_the_table_of_settings_in_the_readme_is_true() -> None:
    assert settings_table() in text(README)


@pytest.mark.parametrize("path", [*MANUAL, *CONTAINERS], ids=relative)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | {f"{PREFIX}DB_PASSWORD"}
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]+[A-Z]\b", text(path)))
    assert named <= known


# Commands


def commands_in(page: str) -> Iterator[str]:
    """Yield the command lines of ours that stand in code: "`ceasefire ...`" and lines of blocks."""
    for code in re.findall(r"```\w*\n(.*?)```|`(ceasefire[^`]*)`", page, re.DOTALL):
        for line in "\n".join(code).splitlines():
            if found := re.match(r"\s*(?:\.venv/bin/)?ceasefire((?: [^#|<>]+)?)", line):
                yield found[1].strip()


def command_of(line: str) -> tuple[Any, list[str]]:
    """Return the command that a line names, and the words after it.

    Raises:
        LookupError: there is none.
    """
    words, command = line.split(), PROGRAM
    while hasattr(command, "list_commands") and words and not words[0].startswith("-") and words[0] != "...":
        if words[0] not in command.list_commands(None):
            raise LookupError(f"{words[0]!r} of {line!r}")
        command = command.get_command(None, words.pop(0))
    return command, words


@pytest.mark.parametrize("path", MANUAL, ids=relative)
def test_every_command_and_option_that_is_shown_exists(path: Path) -> None:
    for line in commands_in(text(path)):
        command, words = command_of(line)
        options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}
        shown = {word.partition("=")[0].rstrip(",;.") for word in words if re.match(r"--?[a-z]", word)}
        assert shown <= options, line


def test_options_that_the_readme_lists_in_comments_exist() -> None:
    [line] = [line for line in text(README).splitlines() if line.startswith("ceasefire violations")]
    command, _ = command_of("violations")
    assert set(re.findall(r"--[a-z-]+", line)) <= {name for one in command.params for name in one.opts}


def test_the_readme_shows_commands_at_all() -> None:
    assert {"violations", "show", "report", "replay", "read", "doctor"} <= {
        line.split()[0] for line in commands_in(text(README)) if line
    }


def test_the_changelog_names_every_command() -> None:
    missing = {name for name in PROGRAM.list_commands(None) if f"`{name}`" not in text(CHECKOUT / "CHANGELOG.md")}
    assert not missing


# Links and targets


@pytest.mark.parametrize("path", MANUAL, ids=relative)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text(path)):
        if re.match(r"https?://|mailto:|#", target):
            continue
        name, _, heading = target.partition("#")
        found = (path.parent / name).resolve()
        assert found.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.+)$", text(found), re.MULTILINE)
            assert heading in {re.sub(r"[^\w\- ]", "", one).strip().lower().replace(" ", "-") for one in headings}


@pytest.mark.parametrize("path", MANUAL, ids=relative)
def test_every_file_that_is_named_by_its_path_exists(path: Path) -> None:
    """Paths that begin with a folder of the checkout, such as `rules/vocabulary/`."""
    for name in re.findall(r"`((?:monitor|rules|seeds|tests|docs|\.ci)/[\w./-]*)`", text(path)):
        assert (CHECKOUT / name).exists() or "NAME" in name, name


@pytest.mark.parametrize("path", [*MANUAL, CHECKOUT / ".ci/run"], ids=relative)
def test_every_target_of_make_that_is_named_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text(CHECKOUT / "Makefile"), re.MULTILINE))
    code = re.findall(r"`(make [a-z-]+)[^`]*`|^(?:exec )?(make [a-z-]+)", text(path), re.MULTILINE)
    named = {next(filter(None, found)).split()[1] for found in code}
    assert named <= targets


def test_nothing_is_left_to_be_filled_in() -> None:
    for path in MANUAL:
        assert not re.findall(r"<!--.*?-->|TODO|FIXME|XXX", text(path)), relative(path)


# The picture


def test_the_picture_in_the_readme_is_what_the_program_prints(ceasefire: CommandLine) -> None:
    """Each line of it stands in the report of the sample; `...` marks what was left out."""
    [picture] = re.findall(r"```text\n(SAMPLE:.*?)```", text(README), re.DOTALL)
    assert ceasefire("replay", "--sample").status == 0
    printed = {line.rstrip() for line in ceasefire("report", "--as-of", "2100-01-01").out.splitlines()}
    missing = [
        line for line in picture.splitlines() if line.strip() not in ("", "...") and line.rstrip() not in printed
    ]
    assert not missing
