"""Entries of the alert file -> receivers, with their secrets looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, assert_never

from monitor.alert_file.receivers import (
    AtomEntry,
    CapEntry,
    ChatEntry,
    EmailEntry,
    FileEntry,
    ReceiverEntry,
    WebhookEntry,
)
from monitor.alert_file.routes import usual_manner
from monitor.alert_file.secrets import Secrets, Where
from monitor.alerts.locale import Locale, names_in
from monitor.alerts.receivers import (
    AtomReceiver,
    CapReceiver,
    ChatReceiver,
    EmailReceiver,
    FileReceiver,
    MailServer,
    Receiver,
    WebhookReceiver,
)
from monitor.model.delivery import RateLimit
from monitor.model.reports import Language
from monitor.model.routing import Manner


@dataclass(frozen=True, kw_only=True)
class Making:
    """What receivers are made with beside their entries."""

    secrets: Secrets
    #: Taken by mail receivers that name no server of their own.
    mail_server: MailServer | None
    #: Lets every webhook point to a private or loopback address.
    allow_private: bool
    #: Names of parties in other languages, by the English ones.
    parties: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)

    def receiver(self, entry: ReceiverEntry, where: Where) -> Receiver | None:
        """Return the receiver; None, and mistakes, where it has none that can be used."""
        limit = entry.rate_limit
        rate = RateLimit(alerts=limit.alerts, per=timedelta(seconds=limit.seconds)) if limit else None
        manner = _manner(entry)
        base: dict[str, Any] = {"name": entry.name, "rate_limit": rate, "manner": manner, "locale": self._locale(entry)}
        folder = self.secrets.folder
        match entry.channel:
            case EmailEntry() as mail:
                server, to = self._server(mail, (*where, "email")), tuple(dict.fromkeys(mail.to))
                own = folder / mail.templates.expanduser() if mail.templates else None
                return EmailReceiver(server=server, recipients=to, templates=own, **base) if server else None
            case WebhookEntry() as hook:
                return self._webhook(hook, (*where, "webhook"), base)
            case ChatEntry() as chat:
                return ChatReceiver(url=self.secrets.look_up(chat.url, (*where, "apprise", "url")), **base)
            case FileEntry() as file:
                return FileReceiver(path=folder / file.path.expanduser(), **base)
            case AtomEntry() as atom:
                return AtomReceiver(path=folder / atom.path.expanduser(), entries=atom.entries, **base)
            case CapEntry() as cap:
                return CapReceiver(folder=folder / cap.folder.expanduser(), sender=cap.sender, **base)
            case other:
                assert_never(other)

    def _locale(self, entry: ReceiverEntry) -> Locale:
        language = Language(entry.language)
        names = names_in(language, self.parties)
        return Locale(language=language, time_zone=entry.time_zone, party_names=names)

    def _webhook(self, hook: WebhookEntry, where: Where, base: dict[str, Any]) -> WebhookReceiver:
        return WebhookReceiver(
            url=self.secrets.look_up(hook.url, (*where, "url")),
            secrets=tuple(
                self.secrets.look_up(one, (*where, "secrets", number)) for number, one in enumerate(hook.secrets)
            ),
            allow_private=self.allow_private or hook.allow_private,
            **base,
        )

    def _server(self, mail: EmailEntry, where: Where) -> MailServer | None:
        own = mail.server
        if own is None:
            if self.mail_server is None:
                message = "needs `server`, or CEASEFIRE_SMTP_HOST and CEASEFIRE_MAIL_FROM in the settings"
                self.secrets.blame(where, message)
            return self.mail_server
        return MailServer(
            host=own.host,
            port=own.port,
            security=own.security,
            user=own.user,
            password=self.secrets.look_up(own.password, (*where, "server", "password")) if own.password else None,
            sender=own.sender,
        )


def _manner(entry: ReceiverEntry) -> Manner:
    usual = usual_manner(entry.kind)
    return Manner(
        quiet=entry.quiet_hours.value() if entry.quiet_hours else None,
        digest=entry.digest.value() if entry.digest else None,
        storm=usual.storm if entry.storm is None else entry.storm or None,
        escalation=entry.escalation.value() if entry.escalation else None,
        repeat=entry.repeat_interval,
    )
