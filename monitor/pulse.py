"""The sign of life: an address that is called while all is well, so that a daemon that died is noticed elsewhere."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
from pydantic import SecretStr

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


async def call(url: SecretStr) -> bool:
    """Call the address; return whether it answered well. Its words are in no log: many such addresses are secret.

    Redirects are not followed. No failure of it stops anything.
    """
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False, follow_redirects=False) as client:
            answer = await client.get(url.get_secret_value())
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        logger.warning("the heartbeat address cannot be reached (%s)", type(error).__name__)
        return False
    if not answer.is_success:
        logger.warning("the heartbeat address answered %d", answer.status_code)
    return answer.is_success
