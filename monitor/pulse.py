"""The sign of life: an address that is called while all is well, so that a daemon that died is noticed elsewhere."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
from pydantic import SecretStr

from monitor.alerts.webhook import Resolver, look_up, public
from monitor.errors import DeliveryError

logger = logging.getLogger("ceasefire.pulse")

#: A call that takes longer is given up; the next one follows.
TIMEOUT_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Beats:
    """When each loop of the daemon came to its end last; None before the first time."""

    polled: datetime | None = None
    delivered: datetime | None = None

    def are_fresh(self, now: datetime, allowed: timedelta) -> bool:
        """Return whether both loops have come to an end within `allowed`."""
        return all(beat is not None and now - beat <= allowed for beat in (self.polled, self.delivered))


async def call(url: SecretStr, *, allow_private: bool, resolve: Resolver = look_up) -> bool:
    """Call the address; return whether it answered well. Its words are in no log: many such addresses are secret.

    Redirects are not followed. No failure of it stops anything.

    Args:
        url: the address.
        allow_private: lets it be private or loopback, as webhooks are let.
        resolve: looks up the addresses of a host.
    """
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            answer = await _answer(httpx.URL(url.get_secret_value()), allow_private, resolve)
    except DeliveryError:
        logger.warning("the heartbeat address is private or loopback; CEASEFIRE_ALLOW_PRIVATE_ADDRESSES lets it be")
        return False
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        logger.warning("the heartbeat address cannot be reached (%s)", type(error).__name__)
        return False
    if not answer.is_success:
        logger.warning("the heartbeat address answered %d", answer.status_code)
    return answer.is_success


async def _answer(url: httpx.URL, allow_private: bool, resolve: Resolver) -> httpx.Response:
    host, headers = url.host, {"Host": url.netloc.decode("ascii")}
    if not allow_private:
        # Connect to the very address that was checked: a second look-up could give another (DNS rebinding).
        url = url.copy_with(host=public(await resolve(host, url.port or (443 if url.scheme == "https" else 80)))[0])
    async with (
        httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False, follow_redirects=False) as client,
        client.stream("GET", url, headers=headers, extensions={"sni_hostname": host}) as answer,
    ):
        return answer  # its words do not matter, and may be endless
