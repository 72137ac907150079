"""`receivers:` of the alert file, as people write it."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from monitor.alert_file.routes import DigestEntry, Duration, EscalationEntry, HoursEntry, ZoneName
from monitor.alert_file.secrets import SecretEntry
from monitor.alerts.receivers import Security
from monitor.catalogue.door import Strict

KINDS = ("email", "webhook", "apprise", "file", "atom", "cap")


def _is_an_address(value: str) -> str:
    if value.count("@") != 1 or "@" not in value.strip("@") or any(not 32 < ord(letter) < 127 for letter in value):
        raise ValueError("is not a mail address such as desk@example.org; write other alphabets as xn--...")
    return value


Address = Annotated[str, AfterValidator(_is_an_address)]


#: More often than this nothing is repeated.
_LEAST = timedelta(minutes=1)


class RateEntry(Strict):
    """At most so many alerts in so many seconds."""

    alerts: int = Field(ge=1)
    seconds: int = Field(ge=1, le=30 * 86_400)


class ServerEntry(Strict):
    """A mail server of a receiver's own."""

    host: str = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    security: Security = "starttls"
    user: str | None = None
    password: SecretEntry | None = None
    sender: Address

    @model_validator(mode="after")
    def _goes_together(self) -> "ServerEntry":
        if (self.user is None) != (self.password is None):
            raise ValueError("`user` and `password` go together")
        return self


class EmailEntry(Strict):
    """Mailboxes; each gets a mail of its own."""

    to: tuple[Address, ...] = Field(min_length=1)
    #: Unset: the one of the settings.
    server: ServerEntry | None = None
    #: Folder of templates that are laid over the shipped ones.
    templates: Path | None = None


class WebhookEntry(Strict):
    """An address that is posted to. The whole address counts as a secret, because many hold a token."""

    url: SecretEntry
    #: More than one while a secret is being replaced.
    secrets: tuple[SecretEntry, ...] = Field(min_length=1)
    allow_private: bool = False


class ChatEntry(Strict):
    """A service that Apprise knows: the address that its list of services gives, which mostly holds a token."""

    url: SecretEntry


class FileEntry(Strict):
    """A file of JSON lines."""

    path: Path


class AtomEntry(Strict):
    """An Atom feed, kept as a file."""

    path: Path
    entries: int = Field(default=200, ge=1, le=10_000)


class CapEntry(Strict):
    """A folder of CAP messages."""

    folder: Path
    #: A domain or address of yours; CAP allows no space, comma, < or & in it.
    sender: str = Field(pattern=r"^[^\s,<&]+$")


ChannelEntry = EmailEntry | WebhookEntry | ChatEntry | FileEntry | AtomEntry | CapEntry


def _not_too_often(interval: timedelta) -> timedelta:
    if interval < _LEAST:
        raise ValueError("is too short; write 1m or more")
    return interval


Repeat = Annotated[Duration, AfterValidator(_not_too_often)]


class ReceiverEntry(Strict):
    """One receiver: a name, one channel, and how it wants to be told."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    rate_limit: RateEntry | None = None
    quiet_hours: HoursEntry | None = None
    digest: DigestEntry | None = None
    #: More alerts than these within ten minutes become one message; 0: never. Unset: 20, and never for machines.
    storm: int | None = Field(default=None, ge=0, le=10_000)
    escalation: EscalationEntry | None = None
    repeat_interval: Repeat | None = None
    #: Of what people read; quotes stay in theirs.
    language: Literal["en", "uk", "ru"] = "en"
    #: By whose clock times are told.
    time_zone: ZoneName = "UTC"
    email: EmailEntry | None = None
    webhook: WebhookEntry | None = None
    apprise: ChatEntry | None = None
    file: FileEntry | None = None
    atom: AtomEntry | None = None
    cap: CapEntry | None = None

    @model_validator(mode="after")
    def _has_one_channel(self) -> "ReceiverEntry":
        if sum(getattr(self, kind) is not None for kind in KINDS) != 1:
            raise ValueError(f"needs exactly one channel: {', '.join(KINDS[:-1])} or {KINDS[-1]}")
        return self

    @model_validator(mode="after")
    def _is_read_by_people(self) -> "ReceiverEntry":
        told = {"language", "time_zone"} & self.model_fields_set
        if self.webhook is not None and told:
            raise ValueError(f"`{min(told)}` is for what people read; a webhook's body is the same for everybody")
        return self

    @property
    def kind(self) -> str:
        """Return the kind of its channel."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def channel(self) -> ChannelEntry:
        """Return the one channel that it has."""
        found: ChannelEntry = getattr(self, self.kind)
        return found
