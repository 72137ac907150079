import asyncio
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from pydantic import SecretStr
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from monitor.alerts.message import SCHEMA_VERSION
from monitor.alerts.notices import Heard, notices_for
from monitor.alerts.receivers import Audience, FileReceiver, WebhookReceiver
from monitor.alerts.webhook import WebhookSender, look_up, public
from monitor.errors import ConfigurationError, DeliveryError
from monitor.model.judgements import Notice
from tests.builders import NOON
from tests.judgement_builders import a_change

KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OLD_KEY = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"


@dataclass
class Taken:
    """What a receiver took, and how it answers."""

    status: int = 204
    location: str | None = None
    retry_after: str | None = None
    delay: float = 0
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@contextmanager
def a_receiver(**answer: Any) -> Iterator[tuple[Taken, str]]:
    """Run a real HTTP server in a thread; give what it takes and its address."""
    taken = Taken(**answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        served: ClassVar[Taken] = taken

        def do_POST(self) -> None:
            taken.paths.append(self.path)
            taken.headers.append(dict(self.headers.items()))
            taken.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            time.sleep(taken.delay)
            self.send_response(taken.status)
            if taken.location:
                self.send_header("Location", taken.location)
            if taken.retry_after:
                self.send_header("Retry-After", taken.retry_after)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield taken, f"http://127.0.0.1:{server.server_address[1]}/hook?token=abc"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def a_notice() -> Notice:
    receiver = WebhookReceiver(url=SecretStr("https://hooks.example/"), secrets=(SecretStr(KEY),))
    audience = Audience(receivers=(receiver,), file_sink=FileReceiver(path=Path("unused")))
    (notice,) = notices_for([a_change()], audience, heard=Heard(), now=NOON, backlog=False)
    return notice


def post(url: str, *keys: str, now: datetime | None = None, timeout: float = 5) -> None:
    secrets = tuple(SecretStr(key) for key in keys or (KEY,))
    receiver = WebhookReceiver(url=SecretStr(url), secrets=secrets, allow_private=True, timeout_seconds=timeout)
    asyncio.run(hand_over(WebhookSender(receiver), now or datetime.now(UTC)))


async def hand_over(sender: WebhookSender, now: datetime, notices: int = 1) -> None:
    try:
        for _ in range(notices):
            await sender.send(a_notice(), now)
    finally:
        await sender.close()


def test_the_signature_verifies_with_the_standard_webhooks_package_and_the_id_is_the_notices() -> None:
    with a_receiver() as (taken, url):
        post(url)
    document = Webhook(KEY).verify(taken.bodies[0], taken.headers[0])
    assert taken.headers[0]["webhook-id"] == document["id"] == a_notice().id
    assert taken.headers[0]["Content-Type"] == "application/cloudevents+json"
    assert taken.paths == ["/hook?token=abc"]


def test_a_changed_body_or_another_key_does_not_verify() -> None:
    with a_receiver() as (taken, url):
        post(url)
    with pytest.raises(WebhookVerificationError):
        Webhook(KEY).verify(taken.bodies[0].replace(b"Sumy", b"Kyiv"), taken.headers[0])
    with pytest.raises(WebhookVerificationError):
        Webhook(OLD_KEY).verify(taken.bodies[0], taken.headers[0])


def test_while_a_key_is_being_replaced_both_verify() -> None:
    with a_receiver() as (taken, url):
        post(url, KEY, OLD_KEY)
    for key in (KEY, OLD_KEY):
        assert Webhook(key).verify(taken.bodies[0], taken.headers[0])["version"] == SCHEMA_VERSION


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_every_2xx_is_delivered(status: int) -> None:
    with a_receiver(status=status) as (taken, url):
        post(url)
    assert len(taken.bodies) == 1


@pytest.mark.parametrize(
    ("status", "retryable"),
    [(410, False), (301, True), (304, True), (307, True), (400, True), (401, True), (404, True), (429, True),
     (500, True), (503, True)],
)  # fmt: skip
def test_only_410_is_final_and_disables(status: int, retryable: bool) -> None:
    with a_receiver(status=status) as (_, url), pytest.raises(DeliveryError, match=str(status)) as caught:
        post(url)
    assert caught.value.retryable is retryable
    assert caught.value.gone is not retryable


@pytest.mark.parametrize(
    ("status", "for_all"),
    [(307, True), (400, False), (401, True), (403, True), (404, True), (413, False), (422, False), (429, True),
     (500, False), (502, True), (503, True)],
)  # fmt: skip
def test_what_may_be_one_alerts_fault_is_told_from_what_would_meet_all(status: int, for_all: bool) -> None:
    with a_receiver(status=status) as (_, url), pytest.raises(DeliveryError) as caught:
        post(url)
    assert caught.value.for_all is for_all


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [("120", 120), ("Wed, 02 Apr 2025 12:10:00 GMT", 600), ("Wed, 02 Apr 2025 11:00:00 GMT", 0), ("soon", None),
     (None, None)],
)  # fmt: skip
def test_a_receiver_that_asks_us_to_wait_is_understood(retry_after: str | None, seconds: float | None) -> None:
    with a_receiver(status=503, retry_after=retry_after) as (_, url), pytest.raises(DeliveryError) as caught:
        post(url, now=NOON)
    assert (caught.value.retryable, caught.value.retry_after_seconds) == (True, seconds)


def test_a_redirect_is_not_followed() -> None:
    with a_receiver() as (elsewhere, target), a_receiver(status=307, location=target) as (_, url):
        with pytest.raises(DeliveryError, match="redirects are not followed"):
            post(url)
        assert elsewhere.bodies == []


def test_a_receiver_that_hangs_is_tried_again() -> None:
    with a_receiver(delay=1.5) as (_, url):
        started = time.monotonic()
        with pytest.raises(DeliveryError) as caught:
            post(url, timeout=0.3)
        assert time.monotonic() - started < 1.2
    assert caught.value.retryable


def test_a_receiver_that_is_not_there_is_tried_again_and_its_address_is_not_shown() -> None:
    with a_receiver() as (_, url):
        pass
    with pytest.raises(DeliveryError, match="cannot be reached") as caught:
        post(url)
    assert caught.value.retryable
    assert "token" not in str(caught.value)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "192.168.1.1", "::1", "::ffff:10.0.0.1", "0.0.0.0",
     "100.64.0.1", "fe80::1"],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused(host: str) -> None:
    with pytest.raises(DeliveryError, match="not public"):
        public(asyncio.run(look_up(host, 80)))


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(DeliveryError, match="not public"):
        public(["93.184.216.34", "10.0.0.1"])
    assert public(["93.184.216.34"]) == ["93.184.216.34"]


class Rebinding:
    """A name server that gives a public address at the first question and the loopback from then on."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return ["93.184.216.34"] if self.asked == 1 else ["127.0.0.1"]


def test_a_name_that_is_bound_anew_after_the_check_leads_nowhere_else() -> None:
    names = Rebinding()
    with a_receiver() as (taken, url):
        receiver = WebhookReceiver(
            url=SecretStr(url.replace("127.0.0.1", "hooks.example")), secrets=(SecretStr(KEY),), timeout_seconds=0.3
        )
        sender = WebhookSender(receiver, names)
        for _ in range(2):
            with pytest.raises(DeliveryError):
                asyncio.run(hand_over(sender, NOON))
    assert (names.asked, taken.bodies) == (2, [])


def test_a_private_receiver_gets_nothing_unless_private_addresses_are_allowed() -> None:
    with a_receiver() as (taken, url):
        sender = WebhookSender(WebhookReceiver(url=SecretStr(url), secrets=(SecretStr(KEY),)))
        with pytest.raises(DeliveryError, match="not public"):
            asyncio.run(hand_over(sender, NOON))
    assert taken.bodies == []


@pytest.mark.parametrize(
    ("url", "keys"),
    [
        ("ftp://hooks.example/", (KEY,)),
        ("hooks.example", (KEY,)),
        ("https://hooks.example/", ()),
        ("https://hooks.example/", ("",)),
        ("https://hooks.example/", ("whsec_",)),
        ("https://hooks.example/", ("whsec_hunter2",)),
        ("https://hooks.example/", ("whsec_" + "A" * 88,)),
    ],
)
def test_an_address_or_key_that_cannot_be_used_is_a_mistake_in_the_settings(url: str, keys: tuple[str, ...]) -> None:
    with pytest.raises(ConfigurationError, match="settings: webhook"):
        WebhookSender(WebhookReceiver(url=SecretStr(url), secrets=tuple(SecretStr(key) for key in keys)))


def test_every_field_of_the_body_is_documented() -> None:
    documented = set(re.findall(r"`([a-z_0-9]+)`", (Path(__file__).parents[2] / "docs" / "webhook.md").read_text()))
    undocumented = _keys(json.loads(a_notice().payload)) - documented
    assert undocumented == set()


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for item in value.values() for key in _keys(item)}
    if isinstance(value, list):
        return {key for item in value for key in _keys(item)}
    return set()
