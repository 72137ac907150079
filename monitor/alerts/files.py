"""The file sink: alerts that are for nobody (a replay, a feed's first poll, no receiver) stay to be looked at.

Each is one JSON line, and one .eml file beside it, which any mail program opens.
"""

import asyncio
import os
import re
from datetime import UTC, datetime
from pathlib import Path

from monitor.alerts.email import mail_for
from monitor.alerts.receivers import FileReceiver
from monitor.errors import DeliveryError
from monitor.model.judgements import Notice

#: Addresses of mails that are never sent; the top-level domain is reserved for that (RFC 2606).
SENDER = "alerts@ceasefire-monitor.invalid"
RECIPIENT = "nobody@ceasefire-monitor.invalid"


class FileSender:
    """Writes notices to the file sink."""

    def __init__(self, receiver: FileReceiver) -> None:
        self._path = receiver.path
        self._locale = receiver.locale

    async def send(self, notice: Notice, now: datetime) -> None:
        """Write one notice, synced to disk before it counts as delivered.

        Raises:
            DeliveryError: it cannot be written; retryable, because disks are emptied and rights are mended.
        """
        mail = mail_for(notice, sender=SENDER, recipient=RECIPIENT, now=now, locale=self._locale).as_bytes()
        try:
            await asyncio.to_thread(self._write, notice, mail)
        except OSError as error:
            raise DeliveryError(
                f"cannot write alerts to {self._path.parent}: {error.strerror}", retryable=True
            ) from None

    async def close(self) -> None:
        """Nothing is kept open."""

    def _write(self, notice: Notice, mail: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        (self._path.parent / mail_name(notice)).write_bytes(mail)
        append_line(self._path, notice.payload)


def mail_name(notice: Notice) -> str:
    """Return the file name of a notice's mail: in order of time, and without anything that a path could hide."""
    safe = re.sub(r"[^A-Za-z0-9-]", "-", notice.id)
    return f"{notice.created_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{safe}.eml"


def append_line(path: Path, line: str) -> None:
    """Append one line and sync it. What a killed process left half-written gets a line of its own."""
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        data = ("\n" if torn else "").encode() + line.encode() + b"\n"
        while data:
            data = data[os.write(handle, data) :]
        os.fsync(handle)
    finally:
        os.close(handle)
