"""Alerts as mail: a notice becomes an EmailMessage (pure), and an SMTP server takes it over (in a thread)."""

import asyncio
import contextlib
import re
import smtplib
import ssl
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from monitor.alerts.locale import PLAIN, Locale
from monitor.alerts.message import parsed
from monitor.alerts.receivers import EmailReceiver
from monitor.alerts.templating import HTML, TEXT, templates_in
from monitor.alerts.translating import translated
from monitor.errors import DeliveryError
from monitor.model.judgements import Notice
from monitor.model.text import one_line

#: A defect in a header that we make is our mistake: it is raised, never sent.
POLICY = SMTP.clone(raise_on_defect=True)
SUBJECT_LIMIT = 180

#: How the subject of a mail begins.
KIND_WORDS = {
    "new": "New",
    "reinstated": "Update, reinstated",
    "corroborated": "Update, corroborated",
    "disputed": "Update, now denied",
    "corrected": "Correction",
    "withdrawn": "Withdrawn",
    "confirmed": "Update, confirmed by a person",
    "dismissed": "Dismissed by a person",
    "digest": "Digest",
    "occasion": "Agreement",
    "operations": "The monitor itself",
    "test": "Test",
}


def mail_for(
    notice: Notice,
    *,
    sender: str,
    recipient: str,
    now: datetime,
    templates: Path | None = None,
    locale: Locale = PLAIN,
) -> EmailMessage:
    """Return the mail that tells of a notice.

    Its Message-ID follows from the notice, so that a mail sent twice is seen as one; all mails of an incident refer to
    the same root, so that mail programs show them as one conversation. `templates`: a folder of the user's.
    `locale`: the recipient's.

    Raises:
        DeliveryError: an address cannot be used, or the notice's text cannot be read; not retryable.
    """
    document = parsed(notice.payload)
    data = translated(document["data"], locale)
    document = {**document, "data": data}
    try:
        recipient.encode("ascii")  # the library would make a header of it that no server understands
        mail = EmailMessage(policy=POLICY)
        _set_headers(mail, notice, data, Address(addr_spec=sender), Address(addr_spec=recipient), now)
        mail["Subject"] = subject_of(data, locale)
        mail["Content-Language"] = locale.language.value
    except (ValueError, MessageError, IndexError) as error:
        # IndexError: the standard library's answer to some malformed addresses.
        raise DeliveryError(f"mail address cannot be used: {one_line(str(error), 200)}", retryable=False) from None
    dress = templates_in(templates, locale)
    mail.set_content(dress.render(TEXT, document))
    mail.add_alternative(dress.render(HTML, document), subtype="html")
    return mail


def _set_headers(
    mail: EmailMessage, notice: Notice, data: dict[str, Any], sender: Address, recipient: Address, now: datetime
) -> None:
    domain = sender.domain
    mail["From"] = Address(display_name="Ceasefire Monitor", addr_spec=sender.addr_spec)
    mail["To"] = recipient
    mail["Date"] = format_datetime(now.astimezone(UTC))
    mail["Message-ID"] = f"<{_token(notice.id)}@{domain}>"
    if data["incident"] is not None:
        root = f"<{_token(notice.incident_id)}@{domain}>"
        mail["In-Reply-To"] = root
        mail["References"] = root
    mail["List-Id"] = f"Ceasefire alerts <ceasefire-alerts.{domain}>"
    # RFC 3834: tells vacation responders to keep quiet.
    mail["Auto-Submitted"] = "auto-generated"


def subject_of(data: dict[str, Any], locale: Locale = PLAIN) -> str:
    """Return the subject: what kind of news, what it is about, who is accused."""
    text = f"[Ceasefire] {locale.text(KIND_WORDS[data['kind']])}: {data['headline']}"
    if data["kind"] != "digest" and data["violations"]:
        first = data["violations"][0]
        text += f"; {locale.text(first['status'])}; {locale.text('accused')}: {first['words']['accused']}"
    if data["sample"]:
        text = f"[{locale.text('SAMPLE')}] {text}"
    # "=?" begins an encoded word (RFC 2047): left in, a title could smuggle in what cleaning has taken out.
    return one_line(text.replace("=?", "= ?"), SUBJECT_LIMIT)


def _token(text: str) -> str:
    """Return an id as it may stand in a Message-ID."""
    return re.sub(r"[^A-Za-z0-9._-]", "-", text)


class EmailSender:
    """Hands notices to one mail server; the channel names the recipient ("email:desk@example.org")."""

    def __init__(self, receiver: EmailReceiver, tls: ssl.SSLContext | None = None) -> None:
        self._receiver = receiver
        templates_in(receiver.templates, receiver.locale)  # a template that cannot be understood is told at the start
        self._tls = tls or ssl.create_default_context()

    async def send(self, notice: Notice, now: datetime) -> None:
        """Send one mail.

        Raises:
            DeliveryError: the server did not take it. Retryable but where the server says "never" (5xx) to this mail.
        """
        recipient = self._receiver.addresses[notice.channel]
        mail = mail_for(
            notice,
            sender=self._receiver.server.sender,
            recipient=recipient,
            now=now,
            templates=self._receiver.templates,
            locale=self._receiver.locale,
        )
        await asyncio.to_thread(self._hand_over, mail, recipient)

    async def close(self) -> None:
        """Nothing is kept open: each mail has a connection of its own."""

    def _hand_over(self, mail: EmailMessage, recipient: str) -> None:
        try:
            server = self._connect()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise _connection_error(error) from None
        try:
            self._secure(server)
            server.send_message(mail, from_addr=self._receiver.server.sender, to_addrs=[recipient])
        except (smtplib.SMTPException, OSError) as error:
            raise _refusal(error) from None
        finally:
            # The mail is accepted or not by now: how the goodbye goes must not make it look refused.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _connect(self) -> smtplib.SMTP:
        wanted = self._receiver.server
        if wanted.security == "tls":
            return smtplib.SMTP_SSL(wanted.host, wanted.port, timeout=wanted.timeout_seconds, context=self._tls)
        return smtplib.SMTP(wanted.host, wanted.port, timeout=wanted.timeout_seconds)

    def _secure(self, server: smtplib.SMTP) -> None:
        wanted = self._receiver.server
        if wanted.security == "starttls":
            server.starttls(context=self._tls)
        if wanted.user is None or wanted.password is None:
            return
        if wanted.security == "none":
            raise DeliveryError(
                "a password is never sent over an open connection; set the security to starttls or tls",
                retryable=True,
                for_all=True,
            )
        server.login(wanted.user, wanted.password.get_secret_value())


def _connection_error(error: Exception) -> DeliveryError:
    return DeliveryError(f"mail server cannot be reached: {_in_words(error)}", retryable=True, for_all=True)


def _refusal(error: Exception) -> DeliveryError:
    """Return the error for what went wrong in the conversation with the server.

    What would meet every mail is mended in the settings, or at the server: nothing is lost meanwhile.
    """
    shown = _in_words(error)
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, answer = next(iter(error.recipients.values()), (0, b""))
            words = one_line(answer.decode("utf-8", "replace"), 200)
            return DeliveryError(f"recipient refused: {code} {words}", retryable=code < 500)
        case smtplib.SMTPDataError():
            return DeliveryError(f"mail refused: {shown}", retryable=error.smtp_code < 500)
        case smtplib.SMTPServerDisconnected():
            return DeliveryError(f"mail not handed over: {shown}", retryable=True)
        case smtplib.SMTPAuthenticationError():
            return DeliveryError(f"mail server refused user or password: {shown}", retryable=True, for_all=True)
        case smtplib.SMTPSenderRefused():
            return DeliveryError(f"mail server refused the sender: {shown}", retryable=True, for_all=True)
        case _:
            return DeliveryError(f"mail not handed over: {shown}", retryable=True, for_all=True)


def _in_words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        shown = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
        return one_line(f"{error.smtp_code} {shown}", 200)
    return one_line(f"{type(error).__name__}: {error}", 200)
