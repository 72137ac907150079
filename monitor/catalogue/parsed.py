"""Keeps what YAML files parse to, by the hash of their text, so that a start need not parse them again.

The folder is the user's own cache folder. It holds JSON, never code, each file with a hash of what it holds. Whatever
is damaged, not whole, somebody else's or of another form counts as not there, and is parsed and written anew; a folder
that cannot be used costs time and nothing else.
"""

import contextlib
import hashlib
import json
import math
import os
import stat
import tempfile
from pathlib import Path
from typing import Any

#: Changes whenever the same text would be parsed to something else, or be kept in another form.
FORM = "1"
#: No file here parses to more than this many bytes of JSON.
MAX_BYTES = 32_000_000
#: More files than this are of texts that have changed since: the oldest go.
MAX_FILES = 400


class ParsedFiles:
    """A folder of parsed files; without a folder, nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, text: str) -> Any | None:
        """Return what the text parsed to, or None where that is not known for sure."""
        if self._folder is None:
            return None
        try:
            raw = _read(self._folder, _name(text))
        except OSError:
            return None
        digest, _, body = raw.partition(b"\n")
        if digest != hashlib.sha256(body).hexdigest().encode():
            return None
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            return None

    def put(self, text: str, value: Any) -> None:
        """Keep what the text parses to, where JSON can hold it exactly."""
        if self._folder is None or not _is_plain(value):
            return
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        content = hashlib.sha256(body).hexdigest().encode() + b"\n" + body
        # A disk that is full or a home that may not be written to: the next start parses again, and works.
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_ours(self._folder.stat()):
                _write(self._folder, _name(text), content)
                _drop_oldest(self._folder)


class _Process:
    """Where this process keeps what it parsed: nowhere, until an entry point says."""

    files = ParsedFiles(None)


def keep_parsed_in(folder: Path) -> None:
    """Keep what files parse to in a cache folder of the user's, from now on: parsing is most of a start."""
    _Process.files = ParsedFiles(folder)


def get(text: str) -> Any | None:
    """Return what the text parsed to, or None where that is not known for sure."""
    return _Process.files.get(text)


def put(text: str, value: Any) -> None:
    """Keep what the text parses to, where this process keeps anything."""
    _Process.files.put(text, value)


def _name(text: str) -> str:
    return hashlib.sha256(f"{FORM}\n{text}".encode()).hexdigest() + ".json"


def _is_ours(found: os.stat_result) -> bool:
    """Return whether nobody else may write there: another user's words must not become our rules."""
    if not hasattr(os, "geteuid"):
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _read(folder: Path, name: str) -> bytes:
    """Return a kept file's content; empty where it is not to be trusted.

    Raises:
        OSError: there is none, or it cannot be read.
    """
    if not _is_ours(folder.stat()):
        return b""
    with (folder / name).open("rb") as file:
        found = os.fstat(file.fileno())
        trusted = _is_ours(found) and stat.S_ISREG(found.st_mode) and found.st_size <= MAX_BYTES
        return file.read(MAX_BYTES) if trusted else b""


def _write(folder: Path, name: str, content: bytes) -> None:
    """Put a file in its place whole or not at all."""
    handle, made = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(made).replace(folder / name)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise


def _drop_oldest(folder: Path) -> None:
    kept = [entry for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False)]
    if len(kept) > MAX_FILES:
        for entry in sorted(kept, key=lambda one: one.stat().st_mtime)[: len(kept) - MAX_FILES]:
            Path(entry.path).unlink(missing_ok=True)


def _is_plain(value: Any) -> bool:
    """Return whether JSON gives back the very same value."""
    if isinstance(value, dict):
        return type(value) is dict and all(type(key) is str and _is_plain(part) for key, part in value.items())
    if isinstance(value, list):
        return type(value) is list and all(map(_is_plain, value))
    if isinstance(value, float):
        return type(value) is float and math.isfinite(value)
    return value is None or type(value) in (str, int, bool)
