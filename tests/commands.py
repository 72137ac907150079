"""The command line, called in this process: arguments and standard input in; output, messages and exit status out."""

import io
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.app import main
from tests.installation import Installation


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return the data on standard output as JSON."""
        assert self.status in (0, 3), self.err
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Return the data on standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class CommandLine:
    """`ceasefire` with a data folder of its own; call it with arguments."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    settings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in [name for name in os.environ if name.upper().startswith("CEASEFIRE_")]:
            self.monkeypatch.delenv(name)
        self.set(data_dir=str(self.folder / "data"))
        self.monkeypatch.chdir(self.folder)

    def set(self, **settings: str) -> None:
        """Set settings, by their names in lower case."""
        for name, value in settings.items():
            self.settings[f"CEASEFIRE_{name.upper()}"] = value

    def own(self, name: str, text: str) -> Path:
        """Write a file of the user's rules folder, and have the program use the folder."""
        installation = Installation(self.folder)
        path = installation.write(name, text)
        self.settings |= installation.settings
        return path

    def file(self, name: str, content: str | bytes) -> Path:
        """Write any file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def __call__(self, *arguments: str | Path, stdin: str = "") -> Done:
        """Run one command to its end."""
        self.capsys.readouterr()
        with self.monkeypatch.context() as process:
            for name, value in self.settings.items():
                process.setenv(name, value)
            process.setattr(sys, "argv", ["ceasefire", *map(str, arguments)])
            process.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8", "surrogateescape"))))
            status = _status_of(main)
        captured = self.capsys.readouterr()
        return Done(status=status, out=captured.out, err=captured.err)


def _status_of(program: Any) -> int:
    try:
        program()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    return 0


@pytest.fixture
def ceasefire(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Return the command line with an empty data folder and default settings."""
    return CommandLine(folder=tmp_path, capsys=capsys, monkeypatch=monkeypatch)
