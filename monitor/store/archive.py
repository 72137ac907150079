"""The evidence archive: every fetched document twice, apart from each other, and a log of the chain that joins them.

    ab/cd/<sha256>                   the working copy: the body as it is read, named by its SHA-256
    warc/2025/04/02/<when>-<sha256>.warc  the evidentiary copy: see `warc.py`; written once, read-only
    chain.log                        the links of the chain: see `chain.py`

A file is written, synced and renamed into place before the row that names it is committed. A file without a row
(the program died in between) is harmless; a row without a file cannot come about.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from monitor.errors import StoreError
from monitor.model.reports import Document
from monitor.store.warc import FOLDER, capture_of

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
#: How files begin that are still being written.
UNFINISHED = ".tmp-"


def relative_path(sha256: str) -> str:
    """Return where a working copy lies in the archive: "ab/cd/<sha256>".

    Raises:
        StoreError: this is no SHA-256 in lower-case hexadecimal.
    """
    if not _SHA256.fullmatch(sha256):
        raise StoreError(f"{sha256[:80]!r} is no SHA-256; documents are named by 64 lower-case hexadecimal digits")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


class Archive:
    """Documents in both copies, below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def log(self) -> Path:
        """Return the file that the links of the chain are written to."""
        return self.folder / "chain.log"

    def keep(self, document: Document) -> Path:
        """Write both copies, synced to disk, unless they are there already whole; return the working copy's path.

        Raises:
            StoreError: the folder cannot be written.
        """
        path = self.folder / relative_path(document.sha256)
        capture = capture_of(document)
        evidentiary = self.folder / capture.path
        try:
            _make_folder(self.folder)
            self.log.touch(mode=0o600)
            for target, content, digest, mode in (
                (path, document.body, document.sha256, 0o600),
                (evidentiary, capture.content, capture.sha256, 0o400),
            ):
                if not _is_whole(target, digest):
                    _make_folder(target.parent)
                    _write(target, content, mode)
        except OSError as error:
            raise StoreError(
                f"cannot keep a document in {path.parent}: {error.strerror}; make the folder writable or free space"
            ) from error
        return path

    def read(self, sha256: str) -> bytes:
        """Return the bytes of a document's working copy.

        Raises:
            StoreError: it is not in the archive, or cannot be read.
        """
        return self.content(relative_path(sha256))

    def content(self, path: str) -> bytes:
        """Return the bytes of a file of the archive.

        Args:
            path: relative to the archive's folder, as recorded.

        Raises:
            StoreError: it is not in the archive, or cannot be read.
        """
        found = self.folder / path
        try:
            return found.read_bytes()
        except OSError as error:
            raise StoreError(f"cannot read the document {found}: {error.strerror}") from error

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files for good, as far as they are there; whether they may go is the caller's to know.

        Raises:
            StoreError: one cannot be removed.
        """
        for path in paths:
            found = self.folder / path
            try:
                found.unlink(missing_ok=True)
                if found.parent.is_dir():
                    _sync_folder(found.parent)
            except OSError as error:
                raise StoreError(f"cannot remove {found}: {error.strerror}; make its folder writable") from error

    def verify(self, sha256: str) -> bool:
        """Return whether the working copy is there and its bytes still have this SHA-256."""
        return _is_whole(self.folder / relative_path(sha256), sha256)

    def evidentiary_paths(self) -> Iterator[str]:
        """Yield the path of every file in the folder of evidentiary copies, relative to the archive, in order."""
        for path in sorted((self.folder / FOLDER).rglob("*")):
            if not path.is_dir():
                yield path.relative_to(self.folder).as_posix()


def _is_whole(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        # Missing or unreadable alike: it cannot be shown to anybody.
        return False


def _write(path: Path, body: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fchmod(file.fileno(), mode)
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
