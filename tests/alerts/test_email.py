import asyncio
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr

from monitor import judging
from monitor.alerts.email import EmailSender, mail_for
from monitor.alerts.notices import Heard, notices_for
from monitor.alerts.receivers import Audience, EmailReceiver, FileReceiver, MailServer
from monitor.errors import DeliveryError
from monitor.model.claims import Actor
from monitor.model.judgements import Change, ChangeKind, Notice, Reason
from tests.builders import NOON, a_place, a_report, a_reported_claim, a_source
from tests.judgement_builders import a_change, a_rating, a_violation, an_assessment

DESK = "desk@example.org"
PASSWORD = "correct horse"


def a_receiver(**changes: Any) -> EmailReceiver:
    defaults: dict[str, Any] = {
        "host": "127.0.0.1", "port": 1, "security": "none", "sender": "monitor@example.org", "timeout_seconds": 5,
    }  # fmt: skip
    return EmailReceiver(server=MailServer(**defaults | changes), recipients=(DESK,))


def a_notice(*changes: Change) -> Notice:
    audience = Audience(
        receivers=(a_receiver(),), file_sink=FileReceiver(path=Path("unused")), party_names=(("RU", "Russia"),)
    )
    told_before = {change.violation.id: audience.channels(backlog=False) for change in changes}
    (notice,) = notices_for(changes or (a_change(),), audience, heard=Heard(told=told_before), now=NOON, backlog=False)
    return notice


def as_received(notice: Notice) -> EmailMessage:
    """Return the mail after a trip through bytes, read by a strict parser."""
    mail = mail_for(notice, sender="monitor@example.org", recipient=DESK, now=NOON)
    strict = policy.SMTP.clone(raise_on_defect=True)
    parsed = message_from_bytes(mail.as_bytes(), policy=strict)
    assert isinstance(parsed, EmailMessage)
    return parsed


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


# What a mail says


def test_a_mail_says_what_where_when_who_accuses_who_denies_and_the_verdict_of_each_reading_with_the_sentence() -> None:
    claim = a_reported_claim(claimants=(Actor(name="General Staff", party="UA"),))
    rating = a_rating(disputed=True, denied_by=(Actor(name="Ministry of Defence", party="RU"),))
    mail = as_received(a_notice(a_change(violation=a_violation(claim, rating=rating))))
    expected = (
        "substation", "Sumy", "2 April 2025", "Russia", "General Staff (UA)", "Ministry of Defence (Russia)",
        "alleged, not corroborated; disputed", "3 of 6, one side only", "kremlin: breach", "white-house: undetermined",
        "what white-house says of substations", "Russia refrains from strikes", "Drones hit a substation in Sumy",
        "https://outlet.example/1", "Outlet",
    )  # fmt: skip
    for kind in ("plain", "html"):
        assert not [piece for piece in expected if piece not in " ".join(body(mail, kind).split())], kind


def test_an_update_says_what_changed() -> None:
    mail = as_received(a_notice(a_change(ChangeKind.WITHDRAWN, judging.withdrawn(a_violation()))))
    assert mail["Subject"].startswith("[Ceasefire] Withdrawn:")
    assert "its sources no longer say so" in " ".join(body(mail, "plain").split())


def test_a_mail_from_sample_reports_says_so_first() -> None:
    claim = a_reported_claim(report=a_report(source=a_source(sample=True)))
    mail = as_received(a_notice(a_change(violation=a_violation(claim))))
    assert mail["Subject"].startswith("[SAMPLE]")
    assert body(mail, "plain").startswith("*** SAMPLE")
    assert "SAMPLE" in body(mail, "html")


def test_a_digest_lists_all_its_events_and_belongs_to_no_conversation() -> None:
    late = [
        a_change(
            violation=a_violation(
                a_reported_claim(id=f"c{n}", place=a_place(f"Town{n}"), report=a_report(first_seen=NOON + timedelta(9)))
            )
        )
        for n in range(3)
    ]
    mail = as_received(a_notice(*late))
    assert mail["Subject"] == "[Ceasefire] Digest: 3 events first reported late"
    assert all(f"Town{n}" in body(mail, "plain") for n in range(3))
    assert mail["References"] is None


def test_a_digest_of_many_names_the_rest_by_id_with_the_command_that_shows_them() -> None:
    violations = [
        a_violation(a_reported_claim(id=f"c{n}", report=a_report(first_seen=NOON + timedelta(9)))) for n in range(40)
    ]
    mail = as_received(a_notice(*(a_change(violation=one) for one in violations)))
    for kind in ("plain", "html"):
        said = " ".join(body(mail, kind).split())
        assert "and 15 more, 40 in all" in said
        assert "ceasefire show ID" in said
        assert not [one.id for one in violations if one.id not in said]


# Headers


def test_mails_of_one_incident_are_one_conversation_and_each_has_an_id_of_its_own() -> None:
    first, update = (as_received(a_notice(a_change(kind))) for kind in (ChangeKind.NEW, ChangeKind.DISPUTED))
    assert first["References"] == update["References"] == first["In-Reply-To"]
    assert first["Message-ID"] != update["Message-ID"]
    assert first["Message-ID"] == as_received(a_notice(a_change(ChangeKind.NEW)))["Message-ID"]


def test_a_mail_is_marked_as_automatic_and_dated() -> None:
    mail = as_received(a_notice())
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "ceasefire-alerts.example.org" in mail["List-Id"]
    assert mail["Date"].datetime == NOON
    assert mail["To"] == DESK


HOSTILE = (
    "Strike\r\nBcc: victim@example.org\r\n\r\nbody",
    "\x1b[31mred\x1b[0m \x00\x07 bell",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u202egnp.exe\u2066 reversed \ufeff\u200b",
    "=?utf-8?q?fake=0D=0ABcc:_victim?=",
    "{{ 7 * 7 }} {% raw %}",
    "lone surrogate \udc80 here",
    "Удар " * 200_000,
    "x" * 1_000_000,
    '"quoted" <name@example.org>, other; list:',
)


def hostile_violation(text: str) -> Change:
    source = a_source(name=text, id="evil")
    report = replace(a_report(source=source, url="javascript:alert(1)", see_also=(text,)), title=text)
    claim = a_reported_claim(
        report=report, place=a_place(text), claimants=(Actor(name=text, party=None),), target=replace(TARGET, name=text)
    )
    rating = a_rating(denied_by=(Actor(name=text, party="RU"),), reasons=(Reason(code="x", text=text),))
    return a_change(violation=a_violation(claim, rating=rating, clause_title=text, agreement_title=text))


TARGET = a_reported_claim().claim.target


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:24]))
def test_hostile_text_adds_no_header_no_markup_and_no_control_character(text: str) -> None:
    mail = as_received(a_notice(hostile_violation(text)))
    assert set(mail.keys()) == set(as_received(a_notice()).keys())
    assert mail["To"] == DESK
    assert len(mail["Subject"]) <= 180
    plain, html = body(mail, "plain"), body(mail, "html")
    assert len(mail.as_bytes()) < 60_000
    for shown in (mail["Subject"], plain, html):
        assert not [one for one in shown if (ord(one) < 32 and one not in "\r\n") or one in "\x7f\u202e\u2066\ufeff"]
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html + plain
    assert "49" not in mail["Subject"]
    assert not [line for line in plain.splitlines() if line.lower().startswith("bcc:")]


@pytest.mark.parametrize(
    "address",
    ["no-at-sign", "a@b\r\nBcc: c@d", "", "two@example.org, three@example.org", "деск@example.org", "desk@приклад.укр"],
)
def test_an_address_that_cannot_be_used_is_refused_for_good_before_anything_is_sent(address: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        mail_for(a_notice(), sender="monitor@example.org", recipient=address, now=NOON)
    assert not caught.value.retryable


@pytest.mark.parametrize("payload", ["", "[]", "{}", '{"version": 99, "data": {"violations": []}}'])
def test_a_stored_text_that_is_no_alert_is_refused_for_good(payload: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        mail_for(replace(a_notice(), payload=payload), sender="a@example.org", recipient=DESK, now=NOON)
    assert not caught.value.retryable


# Against a real server


class Inbox:
    """What the server took, and what it answers to RCPT and DATA."""

    def __init__(self, rcpt: str = "250 OK", data: str = "250 OK") -> None:
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.answers = {"rcpt": rcpt, "data": data}

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answers["rcpt"].startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answers["rcpt"]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answers["data"].startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.mails.append((str(envelope.mail_from), list(envelope.rcpt_tos), envelope.content))
        return self.answers["data"]


class AnyPort(Controller):
    """A controller that takes any free port and knows it before it tries to connect."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def a_server(inbox: Inbox, **options: Any) -> Iterator[int]:
    controller = AnyPort(inbox, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def send(receiver: EmailReceiver, notice: Notice | None = None, tls: ssl.SSLContext | None = None) -> None:
    asyncio.run(EmailSender(receiver, tls).send(notice or a_notice(), NOON))


def test_a_server_gets_the_mail_for_the_recipient_of_the_channel() -> None:
    inbox = Inbox()
    with a_server(inbox) as port:
        send(a_receiver(port=port))
    ((sender, recipients, content),) = inbox.mails
    assert (sender, recipients) == ("monitor@example.org", [DESK])
    assert message_from_bytes(content, policy=policy.SMTP)["Subject"].startswith("[Ceasefire] New: substation")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a key and a certificate for 127.0.0.1 that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1)).add_extension(alternative, critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()) + made.public_bytes(pem)
    )
    return path


def server_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def check_password(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


def with_starttls(certificate: Path) -> dict[str, Any]:
    return {
        "tls_context": server_tls(certificate), "require_starttls": True, "auth_required": True,
        "authenticator": check_password,
    }  # fmt: skip


def test_a_mail_goes_out_over_starttls_with_user_and_password(certificate: Path) -> None:
    inbox = Inbox()
    trusting = ssl.create_default_context(cafile=str(certificate))
    with a_server(inbox, **with_starttls(certificate)) as port:
        send(a_receiver(port=port, security="starttls", user="monitor", password=SecretStr(PASSWORD)), tls=trusting)
    assert len(inbox.mails) == 1


def test_a_wrong_password_can_be_mended_and_is_not_shown(certificate: Path) -> None:
    inbox = Inbox()
    trusting = ssl.create_default_context(cafile=str(certificate))
    login: dict[str, Any] = {"security": "starttls", "user": "monitor", "password": SecretStr("wrong-secret")}
    with a_server(inbox, **with_starttls(certificate)) as port, pytest.raises(DeliveryError) as caught:
        send(a_receiver(port=port, **login), tls=trusting)
    assert caught.value.retryable
    assert "refused user or password" in str(caught.value)
    assert "wrong-secret" not in str(caught.value)
    assert inbox.mails == []


def test_a_mail_goes_out_over_tls_from_the_first_byte(certificate: Path) -> None:
    inbox = Inbox()
    trusting = ssl.create_default_context(cafile=str(certificate))
    with a_server(inbox, ssl_context=server_tls(certificate)) as port:
        send(a_receiver(port=port, security="tls"), tls=trusting)
    assert len(inbox.mails) == 1


def test_a_certificate_that_nobody_vouches_for_stops_the_mail(certificate: Path) -> None:
    inbox = Inbox()
    with a_server(inbox, **with_starttls(certificate)) as port, pytest.raises(DeliveryError) as caught:
        send(a_receiver(port=port, security="starttls"))
    assert caught.value.retryable
    assert inbox.mails == []


def test_a_server_without_starttls_gets_no_mail_and_no_password_where_starttls_is_asked_for() -> None:
    inbox = Inbox()
    with a_server(inbox) as port, pytest.raises(DeliveryError) as caught:
        send(a_receiver(port=port, security="starttls", user="monitor", password=SecretStr(PASSWORD)))
    assert caught.value.retryable
    assert inbox.mails == []


def test_a_password_is_never_sent_in_the_open() -> None:
    with a_server(Inbox()) as port, pytest.raises(DeliveryError, match="never sent over an open connection"):
        send(a_receiver(port=port, security="none", user="monitor", password=SecretStr(PASSWORD)))


@pytest.mark.parametrize(
    ("answers", "retryable", "words"),
    [
        ({"rcpt": "450 4.2.1 try later"}, True, "450"),
        ({"rcpt": "550 5.1.1 no such user"}, False, "550"),
        ({"data": "451 4.3.0 disk full"}, True, "451"),
        ({"data": "554 5.7.1 not \x1b[31mwanted"}, False, "554"),
    ],
)
def test_temporary_refusals_are_tried_again_and_permanent_ones_are_not(
    answers: dict[str, str], retryable: bool, words: str
) -> None:
    with a_server(Inbox(**answers)) as port, pytest.raises(DeliveryError) as caught:
        send(a_receiver(port=port))
    assert caught.value.retryable is retryable
    assert words in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with a_server(Inbox()) as port:
        pass
    with pytest.raises(DeliveryError, match="cannot be reached") as caught:
        send(a_receiver(port=port))
    assert caught.value.retryable


@pytest.mark.parametrize(
    ("receiver", "for_all"),
    [
        ({"security": "starttls"}, True),
        ({"user": "monitor", "password": SecretStr(PASSWORD)}, True),
        ({}, False),
    ],
)
def test_what_would_meet_every_mail_is_told_from_what_may_be_one_mails_fault(
    receiver: dict[str, Any], for_all: bool
) -> None:
    with a_server(Inbox(data="451 4.3.0 try later")) as port, pytest.raises(DeliveryError) as caught:
        send(a_receiver(port=port, **receiver))
    assert caught.value.for_all is for_all


def test_undetermined_readings_stand_beside_the_breach() -> None:
    mail = as_received(a_notice(a_change(violation=a_violation(assessments=(an_assessment(),)))))
    assert "undetermined" not in body(mail, "plain")
