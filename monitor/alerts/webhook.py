"""Alerts as webhooks, signed after Standard Webhooks (https://www.standardwebhooks.com). The one user of httpx here.

2xx is delivered. 410 disables the channel. Everything else is tried again over three days, 4xx too: a receiver that is
set up wrongly today is mended tomorrow, and the alert must not be lost meanwhile. Redirects are never followed.
"""

import asyncio
import base64
import binascii
import contextlib
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import httpx
from pydantic import SecretStr
from standardwebhooks.webhooks import Webhook

from monitor import __version__
from monitor.alerts.receivers import WebhookReceiver
from monitor.errors import ConfigurationError, DeliveryError, Mistake
from monitor.model.judgements import Notice
from monitor.model.text import one_line, web_link
from monitor.model.times import retry_after_seconds

USER_AGENT = f"ceasefire-monitor/{__version__}"
_GONE = 410
#: How a secret begins, and how many bytes it may hold (github.com/standard-webhooks, "Signature scheme").
_KEY_BEGINS_WITH = "whsec_"
_KEY_BYTES = range(24, 65)
#: An answer's body that says it is no longer is read; nothing in it matters.
SKIMMED_BYTES = 65_536
#: Statuses that a receiver may give to one alert and not to another: its fault may be the alert's.
_OF_ONE_ALERT = frozenset({400, 406, 409, 411, 413, 414, 415, 422, 431, *range(500, 600)} - {502, 503, 504})

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]


async def look_up(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host.

    Raises:
        OSError: the name cannot be resolved.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class WebhookSender:
    """Posts notices to one address.

    Args:
        receiver: where to, and the secrets that sign.
        resolve: looks up the addresses of a host.

    Raises:
        ConfigurationError: the address or a secret cannot be used.
    """

    def __init__(self, receiver: WebhookReceiver, resolve: Resolver = look_up) -> None:
        if web_link(receiver.url.get_secret_value()) is None:
            raise _misconfigured(receiver, "url", "must be an http or https address")
        if not receiver.secrets:
            raise _misconfigured(receiver, "secret", "is missing: receivers check with it who sent an alert")
        self._receiver = receiver
        self._resolve = resolve
        self._keys = [_key(receiver, secret) for secret in receiver.secrets]
        self._tls = ssl.create_default_context()
        self._client: httpx.AsyncClient | None = None

    async def send(self, notice: Notice, now: datetime) -> None:
        """Post one notice.

        Raises:
            DeliveryError: it was not accepted; retryable unless the receiver says that it is gone for good.
        """
        body = notice.payload.encode("ascii")
        headers = signed_headers(self._keys, notice.id, notice.payload, now)
        try:
            async with asyncio.timeout(self._receiver.timeout_seconds):
                status, retry_after = await self._post(body, headers)
        except TimeoutError:
            seconds = self._receiver.timeout_seconds
            raise DeliveryError(
                f"webhook gave no answer within {seconds:g} seconds", retryable=True, for_all=True
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
            shown = one_line(f"{type(error).__name__}: {error}", 200)
            raise DeliveryError(f"webhook cannot be reached: {shown}", retryable=True, for_all=True) from None
        check_status(status, retry_after_seconds(retry_after, now))

    async def close(self) -> None:
        """Close the connection, which is kept for the notices of a round."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, str | None]:
        """Return status and Retry-After of the answer."""
        url = httpx.URL(self._receiver.url.get_secret_value())
        if self._receiver.allow_private:
            return await self._post_to(url, body, headers, url.host)
        # Connect to the very address that was checked: a second look-up could give another (DNS rebinding).
        addresses = public(await self._resolve(url.host, url.port or (443 if url.scheme == "https" else 80)))
        headers = headers | {"Host": url.netloc.decode("ascii")}
        for address in addresses[:-1]:
            with contextlib.suppress(httpx.ConnectError):  # nothing was sent: the next address may be reachable
                return await self._post_to(url.copy_with(host=address), body, headers, url.host)
        return await self._post_to(url.copy_with(host=addresses[-1]), body, headers, url.host)

    async def _post_to(self, url: httpx.URL, body: bytes, headers: dict[str, str], host: str) -> tuple[int, str | None]:
        if self._client is None:
            self._client = httpx.AsyncClient(
                verify=self._tls, timeout=self._receiver.timeout_seconds, trust_env=False, follow_redirects=False
            )
        extensions = {"sni_hostname": host}
        async with self._client.stream("POST", url, content=body, headers=headers, extensions=extensions) as answer:
            await _skim(answer)
            return answer.status_code, answer.headers.get("retry-after")


async def _skim(answer: httpx.Response) -> None:
    """Read a short body, so that the connection can be used again; one that is long, or endless, is left alone."""
    if answer.headers.get("content-length", "").isdecimal() and int(answer.headers["content-length"]) <= SKIMMED_BYTES:
        await answer.aread()


def signed_headers(keys: list[Webhook], message_id: str, body: str, now: datetime) -> dict[str, str]:
    """Return the headers of Standard Webhooks, with one signature for each key."""
    now = now.astimezone(UTC)
    return {
        "Content-Type": "application/cloudevents+json",
        "User-Agent": USER_AGENT,
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(key.sign(message_id, now, body) for key in keys),
    }


def check_status(status: int, wait: float | None) -> None:
    """Return if the status says that the alert was accepted.

    Args:
        status: of the answer.
        wait: how many seconds the answer asks us to wait (Retry-After), or None.

    Raises:
        DeliveryError: it does not; not retryable for 410.
    """
    if 200 <= status < 300:
        return
    if status == _GONE:
        raise DeliveryError("webhook answered 410: its receiver is gone for good", retryable=False, gone=True)
    if 300 <= status < 400:
        raise DeliveryError(
            f"webhook answered {status}: redirects are not followed; set the new address", retryable=True, for_all=True
        )
    asked = "" if wait is None else f" and asks us to wait {wait:.0f} seconds"
    raise DeliveryError(
        f"webhook answered {status}{asked}",
        retryable=True,
        for_all=status not in _OF_ONE_ALERT,
        retry_after_seconds=wait,
    )


def public(addresses: Sequence[str]) -> Sequence[str]:
    """Return the addresses of a host.

    Raises:
        DeliveryError: one of them is private, loopback or otherwise not public, or there is none.
    """
    if not addresses or not all(map(_is_public, addresses)):
        raise DeliveryError(
            "webhook points to an address that is not public; allow private addresses if that is meant",
            retryable=True,
            for_all=True,
        )
    return addresses


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return inner.is_global
    return address.is_global and not address.is_multicast


def _key(receiver: WebhookReceiver, secret: SecretStr) -> Webhook:
    """Return what signs with a secret. Its length is held to here: the library would take "hunter2" for a key.

    Raises:
        ConfigurationError: It is no base64, or not of 24 to 64 bytes (the specification of Standard Webhooks).
    """
    written = secret.get_secret_value().removeprefix(_KEY_BEGINS_WITH)
    with contextlib.suppress(binascii.Error, ValueError):
        key = base64.b64decode(written + "=" * (-len(written) % 4), validate=True)
        if len(key) in _KEY_BYTES:
            return Webhook(key)
    message = 'must be "whsec_" followed by base64 of 24 to 64 random bytes'
    raise _misconfigured(receiver, "secret", message)


def _misconfigured(receiver: WebhookReceiver, field: str, message: str) -> ConfigurationError:
    file = f"receiver {receiver.name}" if receiver.name else "settings"
    return ConfigurationError(Mistake(file=file, line=None, field=f"webhook {field}", message=message))
