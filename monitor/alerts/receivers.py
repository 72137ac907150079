"""Who is told. Plain values; the entry points make them from the settings."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


class Secret:
    """A password or key that no `repr`, log line or error shows; `reveal` gives it to whoever needs it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret('***')"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(("Secret", self._value))


@dataclass(frozen=True, kw_only=True)
class EmailReceiver:
    """Mailboxes that are told through one mail server. Each recipient gets a mail, and an outbox row, of its own."""

    host: str
    port: int
    #: "none", "starttls" (refused if the server does not offer it) or "tls" from the first byte.
    security: Literal["none", "starttls", "tls"]
    user: str | None = None
    password: Secret | None = None
    sender: str
    recipients: tuple[str, ...]
    timeout_seconds: float = 30

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the outbox channels: one for each recipient, so that one refused address holds up nobody else."""
        return tuple(f"email:{recipient}" for recipient in dict.fromkeys(self.recipients))


@dataclass(frozen=True, kw_only=True)
class WebhookReceiver:
    """An address that alerts are posted to, signed after Standard Webhooks."""

    #: It may hold a token: never print it whole.
    url: str = field(repr=False)
    #: "whsec_" and base64. More than one while a secret is being replaced: each signs.
    secrets: tuple[Secret, ...]
    #: Lets the address be private or loopback.
    allow_private: bool = False
    timeout_seconds: float = 15

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the outbox channel."""
        return ("webhook",)


@dataclass(frozen=True, kw_only=True)
class FileReceiver:
    """A file of JSON lines; each alert is also written beside it as a mail (.eml)."""

    path: Path

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the outbox channel."""
        return ("file",)


Receiver = EmailReceiver | WebhookReceiver | FileReceiver


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Everybody who may be told, and the file that takes what is for nobody."""

    receivers: tuple[Receiver, ...] = ()
    file_sink: FileReceiver
    #: Names of parties by id, for the words of an alert.
    party_names: tuple[tuple[str, str], ...] = ()

    def channels(self, *, backlog: bool) -> tuple[str, ...]:
        """Return the channels that notices are queued for.

        The file takes them for a backlog, and where nobody is configured: then they are still to be found somewhere.
        """
        if backlog or not self.receivers:
            return self.file_sink.channels
        return tuple(channel for receiver in self.receivers for channel in receiver.channels)
