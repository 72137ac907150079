"""Secrets that a file names and does not hold: environment variables, and files such as Docker's secrets."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, SecretStr, model_validator

from monitor.catalogue.door import Strict

#: A secret is not longer; a longer file is another file.
MAX_BYTES = 16_384

Where = tuple[str | int, ...]


class SecretEntry(Strict):
    """Where a secret is kept."""

    env: str | None = Field(default=None, min_length=1)
    file: Path | None = None

    @model_validator(mode="after")
    def _is_one_of_them(self) -> "SecretEntry":
        if (self.env is None) == (self.file is None):
            raise ValueError("needs either `env`, an environment variable, or `file`, a file that holds the secret")
        return self


class Secrets:
    """Looks secrets up, and collects what is wrong with them: the message never holds one.

    Args:
        folder: where relative paths start.
        environment: the environment variables.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self._environment = environment
        #: Place in the file, and what is wrong there.
        self.mistakes: list[tuple[Where, str]] = []

    def blame(self, where: Where, message: str) -> None:
        """Add a mistake."""
        self.mistakes.append((where, message))

    def look_up(self, entry: SecretEntry, where: Where) -> SecretStr:
        """Return the secret; an empty one, and a mistake, where there is none."""
        if entry.env is not None:
            value = self._environment.get(entry.env, "").strip()
            if not value:
                self.blame((*where, "env"), f"the environment variable {entry.env} is not set")
            return SecretStr(value)
        return SecretStr(self._read(self.folder / (entry.file or ""), (*where, "file")))

    def _read(self, path: Path, where: Where) -> str:
        try:
            with path.expanduser().open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except OSError as error:
            self.blame(where, f"{path} cannot be read: {error.strerror}")
            return ""
        if len(raw) > MAX_BYTES or not raw.strip():
            self.blame(where, f"{path} holds no secret: it is empty, or longer than {MAX_BYTES} bytes")
            return ""
        try:
            return raw.decode("utf-8-sig").strip()
        except UnicodeDecodeError:
            self.blame(where, f"{path} is not UTF-8 text")
            return ""
