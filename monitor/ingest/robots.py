"""What outlets ask of programs that fetch their pages: robots.txt (RFC 9309), fetched by our own hand."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from monitor.errors import FetchError

#: Under this name we are spoken to.
AGENT = "ceasefire-monitor"
#: So long an answer holds (RFC 9309, 2.4).
_HOLDS = timedelta(hours=24)
#: No more of the file is read (RFC 9309, 2.5, asks for at least 500 KiB).
_MOST = 512_000

#: Gives the body of an address, or raises `FetchError`.
Ask = Callable[[str], Awaitable[bytes]]


class Robots:
    """What hosts have answered, for a day each."""

    def __init__(self) -> None:
        self._rules: dict[str, tuple[datetime, RobotFileParser | None]] = {}

    async def allow(self, url: str, ask: Ask, now: datetime) -> bool:
        """Return whether the page may be fetched.

        Where the server says that there is no such file it may; where it cannot be asked it may not, for now.

        Raises:
            FetchError: the file cannot be had for now; retryable.
        """
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        known = self._rules.get(host)
        if known is None or now - known[0] >= _HOLDS:
            rules = await _rules_of(urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", "")), ask)
            known = self._rules[host] = (now, rules)
        return known[1] is None or known[1].can_fetch(AGENT, url)


async def _rules_of(address: str, ask: Ask) -> RobotFileParser | None:
    """Return the rules of a host; None where it has none."""
    try:
        body = await ask(address)
    except FetchError as error:
        if error.status is not None and 400 <= error.status < 500 and not error.retryable:
            return None
        raise FetchError(str(error), retryable=True, retry_after_seconds=error.retry_after_seconds) from None
    rules = RobotFileParser()
    rules.parse(body[:_MOST].decode("utf-8", "replace").splitlines())
    return rules
