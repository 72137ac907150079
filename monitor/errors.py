"""Every error a user can meet, drawn as a tree.

    MonitorError
    ├── UsageError          the command was called with something it cannot use           (exit status 2)
    ├── ConfigurationError  a settings value, rule file, feed list or data file is wrong  (exit status 1)
    ├── StoreError          the database cannot be opened, is of another version, or refused a write
    ├── FetchError          a document could not be fetched; `retryable` says whether to try again
    ├── FeedError           a document was fetched and is not a feed that can be read
    └── DeliveryError       an alert could not be handed over; `retryable` says whether to try again

Each message says what is wrong, where, and how to mend it. The command line prints it without a traceback.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class MonitorError(Exception):
    """The root of all errors that are somebody's to mend."""


class UsageError(MonitorError):
    """The command was called with something it cannot use."""


@dataclass(frozen=True)
class Mistake:
    """One mistake in one file: where it stands, what is wrong, and how to mend it."""

    #: The file, or the name of the setting's origin ("environment").
    file: str
    #: Line number, counted from 1; None where the file as a whole is meant.
    line: int | None
    #: Dotted path of the field, such as "clauses.0.readings.1.window".
    field: str
    #: What is wrong and how to mend it.
    message: str

    def __str__(self) -> str:
        """Return "file:line: field: message", leaving out what is not known."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.field, self.message) if part)


def close_to(word: str, known: Iterable[str]) -> str:
    """Return what goes behind a name that refers to nothing: the known one that it is like, or else all of them."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; known: {', '.join(names) or 'none'}"


class ConfigurationError(MonitorError):
    """A settings value, rule file, feed list or data file is wrong; carries all mistakes found, not only the first."""

    def __init__(self, *mistakes: Mistake) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(str(mistake) for mistake in mistakes))


class StoreError(MonitorError):
    """The database cannot be opened, is of another version, or refused a write."""


class FetchError(MonitorError):
    """A document could not be fetched."""

    def __init__(
        self, message: str, *, retryable: bool, retry_after_seconds: float | None = None, status: int | None = None
    ) -> None:
        super().__init__(message)
        self.retryable = retryable
        self.retry_after_seconds = retry_after_seconds
        #: What the server answered; None where it gave no answer, or none that counts.
        self.status = status


class FeedError(MonitorError):
    """A document was fetched and is not a feed that can be read."""


class DeliveryError(MonitorError):
    """An alert could not be handed over to its receiver."""

    def __init__(
        self,
        message: str,
        *,
        retryable: bool,
        for_all: bool = False,
        gone: bool = False,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(message)
        self.retryable = retryable
        #: The receiver wants nothing any more: its channel is to be disabled.
        self.gone = gone
        #: It would meet every alert for this receiver: nobody answers, or it asks us to wait.
        self.for_all = for_all or retry_after_seconds is not None
        self.retry_after_seconds = retry_after_seconds
