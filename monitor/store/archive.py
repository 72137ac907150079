"""The evidence archive: the raw bytes of every fetched document, in files named by their SHA-256.

A file is written, synced and renamed into place before the row that names it is committed. A file without a row
(the program died in between) is harmless; a row without a file cannot come about.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from monitor.errors import StoreError
from monitor.model.reports import Document

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def relative_path(sha256: str) -> str:
    """Return where a document lies in the archive: "ab/cd/<sha256>".

    Raises:
        StoreError: this is no SHA-256 in lower-case hexadecimal.
    """
    if not _SHA256.fullmatch(sha256):
        raise StoreError(f"{sha256[:80]!r} is no SHA-256; documents are named by 64 lower-case hexadecimal digits")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


class Archive:
    """Documents by their SHA-256, below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, document: Document) -> Path:
        """Write the body, synced to disk, unless it is there already whole; return its path.

        Raises:
            StoreError: the folder cannot be written.
        """
        path = self.folder / relative_path(document.sha256)
        try:
            if not self._is_whole(path, document.sha256):
                _make_folder(path.parent)
                _write(path, document.body)
        except OSError as error:
            raise StoreError(
                f"cannot keep a document in {path.parent}: {error.strerror}; make the folder writable or free space"
            ) from error
        return path

    def read(self, sha256: str) -> bytes:
        """Return the bytes of a document.

        Raises:
            StoreError: it is not in the archive, or cannot be read.
        """
        path = self.folder / relative_path(sha256)
        try:
            return path.read_bytes()
        except OSError as error:
            raise StoreError(f"cannot read the document {path}: {error.strerror}") from error

    def verify(self, sha256: str) -> bool:
        """Return whether the document is there and its bytes still have this SHA-256."""
        return self._is_whole(self.folder / relative_path(sha256), sha256)

    @staticmethod
    def _is_whole(path: Path, sha256: str) -> bool:
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            # Missing or unreadable alike: it cannot be shown to anybody.
            return False


def _write(path: Path, body: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _make_folder(folder: Path) -> None:
    """Make the folder and those above it, each synced into the one that holds it."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
