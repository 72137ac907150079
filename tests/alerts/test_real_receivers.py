"""The whole way, on each kind of database: the outbox, a real SMTP server with TLS and password, a real webhook."""

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from standardwebhooks.webhooks import Webhook

from monitor.alerts.delivery import Delivered, Sender, deliver_due
from monitor.alerts.email import EmailSender
from monitor.alerts.receivers import EmailReceiver, MailServer, WebhookReceiver
from monitor.alerts.webhook import WebhookSender
from monitor.model.judgements import Notice, NoticeState
from monitor.store import Store
from tests.alerts.notices import a_notice_of
from tests.alerts.test_delivery import Clock
from tests.alerts.test_email import PASSWORD, Inbox, a_server, certificate, with_starttls
from tests.alerts.test_webhook import KEY, Taken, a_receiver
from tests.builders import NOON

__all__ = ["certificate"]

MAIL = "email:desk:desk@example.org"
HOOK = "webhook:desk"
HOURS = timedelta(hours=1)


@pytest.fixture
def mail(certificate: Path) -> Iterator[tuple[Inbox, Sender]]:
    """Return what a mail server takes over STARTTLS with a password, and a sender that hands mails to it."""
    inbox = Inbox()
    with a_server(inbox, **with_starttls(certificate)) as port:
        server = MailServer(
            host="127.0.0.1", port=port, security="starttls", user="monitor", password=SecretStr(PASSWORD),
            sender="monitor@example.org",
        )  # fmt: skip
        receiver = EmailReceiver(name="desk", server=server, recipients=("desk@example.org",))
        yield inbox, EmailSender(receiver, ssl.create_default_context(cafile=str(certificate)))


@pytest.fixture
def hook() -> Iterator[tuple[Taken, Sender]]:
    """Return what a webhook takes, and a sender that posts to it."""
    with a_receiver() as (taken, url):
        receiver = WebhookReceiver(
            name="desk", url=SecretStr(url), secrets=(SecretStr(KEY),), allow_private=True, timeout_seconds=0.5
        )
        yield taken, WebhookSender(receiver)


def numbered(number: int, channel: str, clock: Clock) -> Notice:
    made = replace(a_notice_of(at=clock.now, channel=channel), id=f"N-{channel[:4]}-{number}")
    return replace(made, incident_id=f"I-{number % 3}", violation_ids=(f"V-{number}",))


def queue(store: Store, *notices: Notice) -> None:
    with store.transaction() as tx:
        tx.add_notices(notices)


def one_round(store: Store, senders: dict[str, Sender], clock: Clock) -> Delivered:
    return asyncio.run(deliver_due(store, senders, clock=clock))


def state_of(store: Store, notice: Notice) -> tuple[NoticeState, str | None]:
    with store.query() as query:
        found = query.notice(notice.id)
    assert found is not None
    return found.state, found.last_error


def ids_of_mails(inbox: Inbox) -> list[str]:
    mails = (message_from_bytes(content, policy=policy.SMTP) for _, _, content in inbox.mails)
    return [str(one["Message-ID"]).strip("<>").partition("@")[0] for one in mails]


def test_after_an_outage_of_six_hours_mail_and_webhook_get_everything_in_order(
    store: Store, mail: tuple[Inbox, Sender], hook: tuple[Taken, Sender]
) -> None:
    (inbox, mailer), (taken, poster), clock = mail, hook, Clock()
    made = 0
    while clock.now < NOON + 8 * HOURS:
        down = clock.now < NOON + 6 * HOURS
        inbox.answers["data"], taken.status = ("451 4.3.0 down", 503) if down else ("250 OK", 204)
        if clock.now < NOON + 7 * HOURS:
            queue(store, numbered(made, MAIL, clock), numbered(made, HOOK, clock))
            made += 1
        one_round(store, {MAIL: mailer, HOOK: poster}, clock)
        if down:
            taken.headers.clear()  # posted and refused
        clock.now += HOURS / 2
    assert made == 14
    assert ids_of_mails(inbox) == [f"N-emai-{number}" for number in range(made)]
    assert [one["webhook-id"] for one in taken.headers] == [f"N-webh-{number}" for number in range(made)]
    with store.query() as query:
        assert {notice.state for notice in query.notices()} == {NoticeState.SENT}
        assert query.channel_states() == {}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 500}, "answered 500"),
        ({"status": 404}, "answered 404"),
        ({"delay": 1.0}, "no answer within 0.5 seconds"),
        ({"status": 307, "location": "http://127.0.0.1:1/elsewhere"}, "redirects are not followed"),
    ],
)
def test_a_webhook_that_fails_keeps_its_alert_and_gets_it_with_the_same_id_when_it_is_mended(
    store: Store, hook: tuple[Taken, Sender], answer: dict[str, Any], said: str
) -> None:
    (taken, sender), clock = hook, Clock()
    notice = numbered(1, HOOK, clock)
    queue(store, notice)
    for name, value in answer.items():
        setattr(taken, name, value)
    assert one_round(store, {HOOK: sender}, clock) == Delivered(failed=1)
    state, error = state_of(store, notice)
    assert (state, said in str(error)) == (NoticeState.PENDING, True)
    taken.status, taken.delay, taken.location = 204, 0, None
    clock.now += timedelta(seconds=6)
    assert one_round(store, {HOOK: sender}, clock) == Delivered(sent=1)
    assert {one["webhook-id"] for one in taken.headers} == {notice.id}
    assert len(set(taken.bodies)) == 1


def test_a_webhook_that_answers_410_is_disabled_and_other_receivers_are_not(
    store: Store, mail: tuple[Inbox, Sender], hook: tuple[Taken, Sender]
) -> None:
    (inbox, mailer), (taken, poster), clock = mail, hook, Clock()
    taken.status = 410
    first, second = numbered(1, HOOK, clock), numbered(2, HOOK, clock)
    queue(store, first, second, numbered(1, MAIL, clock))
    assert one_round(store, {HOOK: poster, MAIL: mailer}, clock) == Delivered(sent=1, dead=2)
    assert len(taken.bodies) == len(inbox.mails) == 1
    assert state_of(store, second)[0] is NoticeState.DEAD
    taken.status = 204
    later = numbered(3, HOOK, clock)
    clock.now += HOURS
    queue(store, later)
    assert one_round(store, {HOOK: poster, MAIL: mailer}, clock) == Delivered(dead=1)
    with store.transaction() as tx:
        tx.forget_channel(HOOK)
        for notice in (first, second, later):
            tx.replay_notice(notice.id, clock.now)
    assert one_round(store, {HOOK: poster, MAIL: mailer}, clock) == Delivered(sent=3)
    assert [one["webhook-id"] for one in taken.headers[1:]] == [first.id, second.id, later.id]


def test_what_was_repeated_still_verifies_with_the_time_of_its_attempt(
    store: Store, hook: tuple[Taken, Sender]
) -> None:
    """The signature covers the time of the attempt, so that an alert that waited is not refused as a replay."""
    (taken, sender), clock = hook, Clock()
    queue(store, numbered(1, HOOK, clock))
    taken.status = 503
    one_round(store, {HOOK: sender}, clock)
    taken.status = 204
    clock.now += HOURS
    one_round(store, {HOOK: sender}, clock)
    first, second = taken.headers
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == HOURS.total_seconds()
    expected = Webhook(KEY).sign(second["webhook-id"], clock.now, taken.bodies[1].decode())
    assert second["webhook-signature"] == expected != first["webhook-signature"]
