"""Settings: the environment (CEASEFIRE_...), a `.env` file, and a folder of secrets (Docker secrets).

Read by the entry points only; everything below gets what it needs as arguments.
"""

import difflib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, HttpUrl, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from monitor.errors import ConfigurationError, Mistake
from monitor.model.text import web_link

PREFIX = "CEASEFIRE_"
ENV_FILE = Path(".env")
SECRETS_DIR = Path("/run/secrets")


class Settings(BaseSettings):
    """All settings, with their defaults. Each is read from the variable of its name with the prefix CEASEFIRE_."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True, hide_input_in_errors=True)

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("ceasefire-monitor", appauthor=False),
        description="Folder for the database, the raw bytes of what was fetched, and files written for you.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="Database: sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME. "
        "Unset: SQLite in the data folder.",
    )
    rules_dir: Path | None = Field(
        default=None, description="Your own folder with rules/ and seeds/; its files replace the built-in ones."
    )
    contact_url: str = Field(
        default="https://github.com/ceasefire-monitor/ceasefire-monitor",
        description="Address named in the User-Agent, so that an outlet can reach you. Set your own.",
    )
    poll_concurrency: int = Field(default=8, ge=1, le=64, description="Feeds fetched at the same time.")
    fetch_timeout_seconds: float = Field(default=30, gt=0, le=600, description="Deadline for one fetch, all told.")
    fetch_max_bytes: int = Field(
        default=20_000_000, ge=10_000, le=500_000_000, description="Cap on one document after decompression."
    )
    full_text: bool = Field(
        default=False,
        description="Fetch the article behind a report that claims something, and read it whole.",
    )
    keep_unused_days: int | None = Field(
        default=None,
        ge=1,
        description="Days after which `ceasefire evidence expire` removes what no violation rests on. Unset: never.",
    )
    keep_evidence_days: int | None = Field(
        default=None, ge=1, description="The same for documents that a violation rests on, or once did. Unset: never."
    )
    timestamp_url: HttpUrl | None = Field(
        default=None, description="Timestamp authority (RFC 3161) for `ceasefire evidence timestamp`. Unset: none."
    )
    timestamp_roots: Path | None = Field(
        default=None, description="File (PEM) of the certificates that its signatures must lead to."
    )
    allow_private_addresses: bool = Field(
        default=False,
        description="Let feeds redirect, and webhooks and the heartbeat point, to private and loopback addresses.",
    )
    heartbeat_url: SecretStr | None = Field(
        default=None,
        description="Address that the daemon calls (GET) while its loops run, so that its death is noticed elsewhere.",
    )
    heartbeat_seconds: int = Field(
        default=300, ge=10, le=86_400, description="How often the heartbeat address is called."
    )
    acknowledge_url: HttpUrl | None = Field(
        default=None,
        description="Address under which `ceasefire alerts serve-acknowledgements` is reached from outside; "
        "alerts then hold links to it. Unset: no links.",
    )
    acknowledge_secret: SecretStr | None = Field(
        default=None, description="Secret that signs those links: at least 32 characters."
    )
    tick_seconds: int = Field(default=20, ge=1, le=3600, description="How often the daemon looks for due feeds.")
    smtp_host: str | None = Field(default=None, description="Mail server. Unset: no email.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Port of the mail server.")
    smtp_security: Literal["none", "starttls", "tls"] = Field(
        default="starttls", description="How the connection to the mail server is secured: none, starttls or tls."
    )
    smtp_user: str | None = Field(default=None, description="User at the mail server, if it asks for one.")
    smtp_password: SecretStr | None = Field(default=None, description="Password at the mail server.")
    mail_from: str | None = Field(default=None, description="Sender of alerts.")
    mail_to: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Receivers of alerts, separated by commas."
    )
    webhook_url: SecretStr | None = Field(default=None, description="Address that alerts are posted to. Unset: none.")
    webhook_secret: SecretStr | None = Field(
        default=None,
        description="Secret that signs webhooks (Standard Webhooks: whsec_ and base64). While it is being replaced, "
        "the new one and the old one, separated by a space: each signs.",
    )
    alerts_file: Path | None = Field(
        default=None,
        description="Alert file: a YAML file that names further receivers of alerts (docs/alerts.md). Unset: none.",
    )
    opinion_url: HttpUrl | None = Field(
        default=None,
        description="Chat completions endpoint (OpenAI's form, such as http://localhost:8080/v1) that gives a second "
        "opinion on borderline claims. Unset: none.",
    )
    opinion_key: SecretStr | None = Field(default=None, description="Key of that endpoint, if it asks for one.")
    opinion_model: str | None = Field(default=None, description="Model that is asked there.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much the daemon tells on standard error."
    )

    @field_validator("mail_to", mode="before")
    @classmethod
    def _split_addresses(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("mail_from", "mail_to")
    @classmethod
    def _is_an_address(cls, value: str | tuple[str, ...] | None) -> str | tuple[str, ...] | None:
        for address in (value,) if isinstance(value, str) else value or ():
            if "@" not in address.strip("@") or any(not 32 < ord(letter) < 127 for letter in address):
                raise ValueError("must be mail addresses such as desk@example.org, separated by commas")
        return value

    @field_validator("webhook_url", "heartbeat_url")
    @classmethod
    def _is_a_web_address(cls, value: SecretStr | None) -> SecretStr | None:
        # A secret, because many such addresses hold a token.
        if value is not None and web_link(value.get_secret_value()) is None:
            raise ValueError("must be an http or https address")
        return value

    @field_validator("acknowledge_secret")
    @classmethod
    def _is_long(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 32:
            raise ValueError("must be at least 32 characters, such as `openssl rand -hex 32` prints")
        return value

    @field_validator("data_dir", "rules_dir", "alerts_file")
    @classmethod
    def _expand_home(cls, value: Path | None) -> Path | None:
        return value.expanduser() if value else value

    @model_validator(mode="after")
    def _goes_together(self) -> "Settings":
        if self.smtp_host and not (self.mail_from and (self.mail_to or self.alerts_file)):
            raise ValueError(
                f"{PREFIX}SMTP_HOST also needs {PREFIX}MAIL_FROM, and {PREFIX}MAIL_TO or {PREFIX}ALERTS_FILE"
            )
        if self.webhook_url and not self.webhook_secret:
            raise ValueError(
                f"{PREFIX}WEBHOOK_URL also needs {PREFIX}WEBHOOK_SECRET, with which receivers check who sent it"
            )
        if self.acknowledge_url and not self.acknowledge_secret:
            raise ValueError(f"{PREFIX}ACKNOWLEDGE_URL also needs {PREFIX}ACKNOWLEDGE_SECRET, which signs the links")
        if self.opinion_url and not self.opinion_model:
            raise ValueError(f"{PREFIX}OPINION_URL also needs {PREFIX}OPINION_MODEL, the name of the model to ask")
        return self

    @property
    def store_url(self) -> str:
        """Return the database's URL, with the default filled in. It may hold a password: never print it."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data_dir / 'monitor.db').absolute()}"

    @property
    def database_shown(self) -> str:
        """Return the database's URL without user and password, fit to be printed."""
        scheme, _, rest = self.store_url.partition("://")
        return f"{scheme}://{rest.rpartition('@')[2]}"


def load_settings(env_file: Path = ENV_FILE, secrets_dir: Path = SECRETS_DIR) -> Settings:
    """Read the settings.

    Raises:
        ConfigurationError: a value is wrong or a variable of ours is not known; every mistake is named with its origin.
    """
    unknown = (*_no_settings(env_file), *_unknown_variables(env_file))
    try:
        settings = Settings(
            _env_file=env_file if env_file.is_file() else None,
            _env_file_encoding="utf-8",
            _secrets_dir=secrets_dir if secrets_dir.is_dir() else None,
        )
    except ValidationError as error:
        mistakes = tuple(_mistake(dict(detail), env_file, secrets_dir) for detail in error.errors())
        raise ConfigurationError(*unknown, *mistakes) from None
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            Mistake(file=str(env_file), line=None, field="", message=f"is not UTF-8 text ({error.reason})")
        ) from None
    if unknown:
        raise ConfigurationError(*unknown)
    return settings


def _names() -> tuple[str, ...]:
    return tuple(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)


def _env_lines(env_file: Path) -> Iterator[tuple[int, str, str | None]]:
    """Yield number, name and value of the lines that say something; the value is None where there is no "="."""
    if not env_file.is_file():
        return
    quoted = ""
    for number, line in enumerate(env_file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if quoted:  # what goes on over the lines after a quotation mark is one value
            quoted = "" if line.rstrip().endswith(quoted) else quoted
            continue
        told = line.strip().removeprefix("export ").strip()
        if not told or told.startswith("#"):
            continue
        name, equals, value = told.partition("=")
        yield number, name.strip(), value if equals else None
        if value[:1] in ("'", '"') and (len(value) == 1 or not value.endswith(value[0])):
            quoted = value[0]


def _set_lines(env_file: Path) -> dict[str, int]:
    """Return the variables that the file sets, with their line numbers."""
    return {name.upper(): number for number, name, value in _env_lines(env_file) if value is not None}


def _no_settings(env_file: Path) -> Iterator[Mistake]:
    """Yield the lines of the file that set nothing: a forgotten "=" must not silence alerts."""
    for number, name, value in _env_lines(env_file):
        if value is None:
            message = f"sets nothing: write it as {PREFIX}NAME=VALUE, or begin the line with #"
            yield Mistake(file=str(env_file), line=number, field=_ours(name), message=message)


def _ours(text: str) -> str:
    """Return the first word if it is a variable of ours: anything else may be a secret."""
    word = text.split()[0].upper()
    return word if word.startswith(PREFIX) else ""


def _origin(name: str, env_file: Path, secrets_dir: Path) -> tuple[str, int | None]:
    """Return where the value of a variable comes from, in the order in which the settings look."""
    if name in (key.upper() for key in os.environ):
        return "environment", None
    if line := _set_lines(env_file).get(name):
        return str(env_file), line
    if (secrets_dir / name.lower()).is_file():
        return str(secrets_dir / name.lower()), None
    return "settings", None


def _unknown_variables(env_file: Path) -> list[Mistake]:
    known = _names()
    mistakes = []
    places: dict[str, tuple[str, int | None]] = {
        name: (str(env_file), line) for name, line in _set_lines(env_file).items()
    }
    places |= {name.upper(): ("environment", None) for name in os.environ}
    for name, (file, line) in sorted(places.items()):
        if name.startswith(PREFIX) and name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]}?" if close else "see the table of settings in README.md"
            mistakes.append(Mistake(file=file, line=line, field=name, message=f"is not a setting; {hint}"))
    return mistakes


def _mistake(detail: dict[str, object], env_file: Path, secrets_dir: Path) -> Mistake:
    location = detail["loc"]
    message = str(detail["msg"]).removeprefix("Value error, ")
    if not isinstance(location, tuple) or not location:
        return Mistake(file="settings", line=None, field="", message=message)
    name = str(location[0]).upper()
    name = name if name.startswith(PREFIX) else f"{PREFIX}{name}"
    file, line = _origin(name, env_file, secrets_dir)
    return Mistake(file=file, line=line, field=name, message=message)
