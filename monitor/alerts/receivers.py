"""Who is told. Plain values; the entry points make them from the settings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import SecretStr

from monitor.alerts.links import Links
from monitor.alerts.locale import PLAIN, Locale
from monitor.model.delivery import RateLimit
from monitor.model.routing import Manner, Route

#: "starttls" is refused if the server does not offer it; "tls" is from the first byte.
Security = Literal["none", "starttls", "tls"]


@dataclass(frozen=True, kw_only=True)
class Named:
    """What all receivers have."""

    #: In the file of alerts; empty for the receivers of the settings, of which there is one of each kind.
    name: str = ""
    rate_limit: RateLimit | None = None
    manner: Manner = field(default_factory=Manner)
    #: Its language and its clock; machines get what is written for everybody.
    locale: Locale = PLAIN
    #: Of channel: the first part of the outbox's name for it.
    kind: ClassVar[str]

    @property
    def _channel(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else self.kind


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """A mail server that takes our mail, and whom the mails are from."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: SecretStr | None = None
    sender: str
    timeout_seconds: float = 30


@dataclass(frozen=True, kw_only=True)
class EmailReceiver(Named):
    """Mailboxes that are told through one mail server. Each recipient gets a mail, and an outbox row, of its own."""

    kind: ClassVar[str] = "email"

    server: MailServer
    recipients: tuple[str, ...]
    #: Folder of templates of the user's, laid over the shipped ones.
    templates: Path | None = None

    @property
    def addresses(self) -> dict[str, str]:
        """Return the recipient of each channel."""
        return {f"{self._channel}:{recipient}": recipient for recipient in self.recipients}

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the outbox channels: one for each recipient, so that one refused address holds up nobody else."""
        return tuple(self.addresses)


@dataclass(frozen=True, kw_only=True)
class WebhookReceiver(Named):
    """An address that alerts are posted to, signed after Standard Webhooks."""

    kind: ClassVar[str] = "webhook"

    #: It may hold a token.
    url: SecretStr
    #: "whsec_" and base64. More than one while a secret is being replaced: each signs.
    secrets: tuple[SecretStr, ...]
    #: Lets the address be private or loopback.
    allow_private: bool = False
    timeout_seconds: float = 15

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the outbox channel."""
        return (self._channel,)


@dataclass(frozen=True, kw_only=True)
class FileReceiver(Named):
    """A file of JSON lines; each alert is also written beside it as a mail (.eml)."""

    kind: ClassVar[str] = "file"

    path: Path

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the outbox channel."""
        return (self._channel,)


@dataclass(frozen=True, kw_only=True)
class ChatReceiver(Named):
    """A chat room or a telephone, reached through Apprise."""

    kind: ClassVar[str] = "apprise"

    #: After https://github.com/caronc/apprise/wiki; it mostly holds a token.
    url: SecretStr
    timeout_seconds: float = 60

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the outbox channel."""
        return (self._channel,)


@dataclass(frozen=True, kw_only=True)
class AtomReceiver(Named):
    """An Atom feed, kept as a file for a web server to hand out."""

    kind: ClassVar[str] = "atom"

    path: Path
    #: The newest so many alerts stay in it.
    entries: int = 200

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the outbox channel."""
        return (self._channel,)


@dataclass(frozen=True, kw_only=True)
class CapReceiver(Named):
    """A folder of messages after the Common Alerting Protocol 1.2, one XML file each."""

    kind: ClassVar[str] = "cap"

    folder: Path
    #: Who sends, as CAP asks for it: a domain or address that is yours.
    sender: str

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the outbox channel."""
        return (self._channel,)


#: Kinds of channels that reach those who are called. Files, feeds and CAP are handed on to anybody.
_PERSONAL = frozenset({EmailReceiver.kind, WebhookReceiver.kind, ChatReceiver.kind})

Receiver = EmailReceiver | WebhookReceiver | ChatReceiver | FileReceiver | AtomReceiver | CapReceiver


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Everybody who may be told, and the file that takes what is for nobody."""

    receivers: tuple[Receiver, ...] = ()
    file_sink: FileReceiver
    #: Which installation speaks: the `source` of each message (CloudEvents).
    source: str = "ceasefire-monitor"
    #: Names of parties by id, for the words of an alert.
    party_names: tuple[tuple[str, str], ...] = ()
    #: Who hears of what; without any, everybody hears of everything.
    routes: tuple[Route, ...] = ()
    #: Names of the receivers that hear of the monitor itself: without a route that names them, of nothing else.
    operators: tuple[str, ...] = ()
    #: Makes the links by which alerts are acknowledged; None where nothing answers them.
    links: Links | None = None

    def channels(self, *, backlog: bool) -> tuple[str, ...]:
        """Return the channels that notices are queued for.

        The file takes them for a backlog, and where nobody is configured: then they are still to be found somewhere.
        """
        told = [one for one in self.receivers if (one.name or one.kind) not in self.operators]
        if backlog or not told:
            return self.file_sink.channels
        return tuple(channel for receiver in told for channel in receiver.channels)

    def channels_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the channels of the receivers of these names, in the order of the receivers."""
        wanted = set(names)
        return tuple(channel for one in self.receivers if (one.name or one.kind) in wanted for channel in one.channels)

    @cached_property
    def manners(self) -> Mapping[str, Manner]:
        """Return how each channel wants to be told."""
        return {channel: receiver.manner for receiver in self.receivers for channel in receiver.channels}

    def link_for(self, channel: str, notice_id: str, now: datetime) -> str | None:
        """Return the link that acknowledges an alert; None where it would not stay with whoever is to use it."""
        if self.links is None or channel.partition(":")[0] not in _PERSONAL:
            return None
        return self.links.link(notice_id, now)

    def named(self, name: str) -> tuple[Receiver, ...]:
        """Return the receivers of that name: as in the file of alerts, or the kind for those of the settings."""
        return tuple(one for one in self.receivers if name in (one.name, *(() if one.name else (one.kind,))))

    @property
    def rates(self) -> dict[str, RateLimit]:
        """Return how many alerts each channel takes that takes not as many as there are."""
        limited = ((receiver, receiver.rate_limit) for receiver in self.receivers)
        return {channel: rate for receiver, rate in limited if rate for channel in receiver.channels}
