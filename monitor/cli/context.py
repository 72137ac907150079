"""What every command shares: the options given before the command, the two consoles, and parsing of times."""

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.errors import UsageError

# What takes a while to import is imported by whoever first asks for it: `ceasefire --version` needs none of it.
if TYPE_CHECKING:
    from rich.console import Console

    from monitor.bootstrap import Records, Workshop
    from monitor.settings import Settings


@dataclass
class Context:
    """The options given before the command; settings are read when a command first asks for them."""

    env_file: Path | None = None
    quiet: bool = False
    _settings: "Settings | None" = field(default=None, repr=False)

    @property
    def settings(self) -> "Settings":
        """Return the settings.

        Raises:
            ConfigurationError: they cannot be used.
        """
        from monitor.settings import load_settings

        if self._settings is None:
            self._settings = load_settings() if self.env_file is None else load_settings(self.env_file)
        return self._settings

    def records(self) -> "Records":
        """Return what was recorded, the rules and the feeds, without what reading needs; close it with `with`."""
        from monitor.bootstrap import open_records

        return open_records(self.settings)

    def workshop(self) -> "Workshop":
        """Return store, pipeline and feeds, ready for use; close it with `with`."""
        from monitor.bootstrap import open_workshop

        return open_workshop(self.settings)

    def say(self, message: str) -> None:
        """Tell a person something on standard error, unless asked to be quiet."""
        if not self.quiet:
            messages().print(message, markup=False, highlight=False)


def data_console() -> "Console":
    """Return the console for data: standard output. Off a terminal it neither colours nor wraps at 80."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 100
    return Console(file=sys.stdout, width=width, soft_wrap=False, highlight=False)


def messages() -> "Console":
    """Return the console for messages: standard error."""
    from rich.console import Console

    return Console(file=sys.stderr, highlight=False)


def now() -> datetime:
    """Return the present instant: the one clock of the command line."""
    return datetime.now(UTC)


def parse_instant(text: str | None, option: str) -> datetime | None:
    """Return the instant that a user names with its zone: what was published when decides what it is judged by.

    Raises:
        UsageError: the text is no time, or names no zone.
    """
    if text is None:
        return None
    moment = _moment(text, option, forms="2025-03-19T09:00Z or 2025-03-19T09:00+02:00")
    if moment.tzinfo is None:
        shown = moment.isoformat(timespec="minutes")
        raise UsageError(
            f"{option}: {text!r} names no time zone; write {shown}Z for UTC, or with the offset of the outlet's clock, "
            f"such as {shown}+02:00"
        )
    return moment.astimezone(UTC)


def parse_time(text: str | None, option: str, *, end_of_day: bool = False) -> datetime | None:
    """Return the instant that a user names: a date, or a date and time; UTC where no offset is given.

    Raises:
        UsageError: the text is no date.
    """
    if text is None:
        return None
    moment = _moment(text, option, forms="2025-03-19, 2025-03-19T09:00 (UTC) or 2025-03-19T09:00+03:00")
    if len(text.strip()) <= 10 and end_of_day:
        moment = datetime.combine(moment.date(), time.max)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _moment(text: str, option: str, *, forms: str) -> datetime:
    """Return the date or time that the text writes, with a zone only if it names one; `forms`: what may be written."""
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{option}: {text!r} is not a time; write {forms}") from None
