"""Alerts as webhooks, signed after Standard Webhooks (https://www.standardwebhooks.com). The one user of httpx here.

2xx is delivered. 410 is final. Everything else is tried again over three days, 4xx too: a receiver that is set up
wrongly today is mended tomorrow, and the alert must not be lost meanwhile. Redirects are never followed.
"""

import asyncio
import binascii
import ipaddress
import socket
import ssl
from datetime import UTC, datetime

import httpx
from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook

from monitor import __version__
from monitor.alerts.receivers import WebhookReceiver
from monitor.errors import ConfigurationError, DeliveryError, Mistake
from monitor.model.judgements import Notice
from monitor.model.text import one_line, web_link
from monitor.model.times import retry_after_seconds

USER_AGENT = f"ceasefire-monitor/{__version__}"
_GONE = 410


class WebhookSender:
    """Posts notices to one address.

    Raises:
        ConfigurationError: the address or a secret cannot be used.
    """

    def __init__(self, receiver: WebhookReceiver) -> None:
        if web_link(receiver.url) is None:
            raise _misconfigured("url", "must be an http or https address")
        if not receiver.secrets:
            raise _misconfigured("secret", "is missing: receivers check with it who sent an alert")
        self._receiver = receiver
        self._keys = [_key(secret.reveal()) for secret in receiver.secrets]
        self._tls = ssl.create_default_context()

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

    async def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, str | None]:
        """Return status and Retry-After of the answer. Its body is not read: it may be endless."""
        url = httpx.URL(self._receiver.url)
        host = url.host
        if not self._receiver.allow_private:
            # Connect to the very address that was checked: a second look-up could give another.
            headers = headers | {"Host": url.netloc.decode("ascii")}
            url = url.copy_with(host=await public_address(host, url.port or (443 if url.scheme == "https" else 80)))
        async with (
            httpx.AsyncClient(
                verify=self._tls, timeout=self._receiver.timeout_seconds, trust_env=False, follow_redirects=False
            ) as client,
            client.stream("POST", url, content=body, headers=headers, extensions={"sni_hostname": host}) as answer,
        ):
            return answer.status_code, answer.headers.get("retry-after")


def signed_headers(keys: list[Webhook], message_id: str, body: str, now: datetime) -> dict[str, str]:
    """Return the headers of Standard Webhooks, with one signature for each key."""
    now = now.astimezone(UTC)
    return {
        "Content-Type": "application/json",
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
        raise DeliveryError("webhook answered 410: its receiver is gone for good", retryable=False)
    if 300 <= status < 400:
        raise DeliveryError(
            f"webhook answered {status}: redirects are not followed; set the new address", retryable=True
        )
    asked = "" if wait is None else f" and asks us to wait {wait:.0f} seconds"
    raise DeliveryError(f"webhook answered {status}{asked}", retryable=True, retry_after_seconds=wait)


async def public_address(host: str, port: int) -> str:
    """Return the address to connect to.

    Raises:
        DeliveryError: one of the host's addresses is private, loopback or otherwise not public.
        OSError: the name cannot be resolved.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not _is_public(address):
            raise DeliveryError(
                "webhook points to an address that is not public; allow private addresses if that is meant",
                retryable=True,
            )
    return addresses[0]


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return inner.is_global
    return address.is_global and not address.is_multicast


def _key(secret: str) -> Webhook:
    try:
        return Webhook(secret)
    except (EmptyWebhookSecretError, binascii.Error, ValueError):
        raise _misconfigured("secret", 'must be "whsec_" followed by base64 of 24 to 64 random bytes') from None


def _misconfigured(field: str, message: str) -> ConfigurationError:
    return ConfigurationError(Mistake(file="settings", line=None, field=f"webhook {field}", message=message))
