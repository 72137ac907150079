"""When a feed is due next. Pure. The rule: never poll more often than the server asked."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.model.reports import Feed

#: A longer max-age or ttl is a cache setting gone astray (a year is common); the feed is asked daily all the same.
ASKED_CAP_SECONDS = 86_400
#: A longer Retry-After is not believed either.
RETRY_AFTER_CAP_SECONDS = 30 * 86_400
#: Failing feeds are tried at least this often.
BACK_OFF_CAP_SECONDS = 6 * 3600
#: Feeds of one interval are spread over this part of it, and over no more than this many seconds.
JITTER_PART = 0.1
JITTER_CAP_SECONDS = 600

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)


def asked_interval_seconds(headers: Mapping[str, str], ttl_seconds: int | None) -> int | None:
    """Return how long a good answer asks us to wait: the longest of max-age (or else Expires) and the feed's own ttl.

    Args:
        headers: of the response, names in lower case.
        ttl_seconds: what the feed says of itself (RSS `ttl`), in seconds.
    """
    asked = [ttl_seconds or 0, _freshness_seconds(headers)]
    return min(max(asked), ASKED_CAP_SECONDS) or None


def _freshness_seconds(headers: Mapping[str, str]) -> int:
    """Return for how long the answer says it is fresh (RFC 9111, 4.2.1); 0 where it does not say."""
    control = headers.get("cache-control", "")
    if "no-cache" in control.lower() or "no-store" in control.lower():
        return 0
    if found := _MAX_AGE.search(control):
        return int(found[1])
    try:
        expires = parsedate_to_datetime(headers["expires"])
        sent = parsedate_to_datetime(headers["date"])
        return max(0, int((_aware(expires) - _aware(sent)).total_seconds()))
    except (KeyError, ValueError):
        return 0


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def next_due(
    feed: Feed,
    now: datetime,
    *,
    failures: int = 0,
    asked_seconds: float | None = None,
    retry_after_seconds: float | None = None,
) -> datetime:
    """Return when the feed is to be polled next.

    Args:
        feed: its own interval is the least we wait.
        now: when the poll that this follows ended.
        failures: how many polls have failed one after the other, this one included; 0 after a good one.
        asked_seconds: what the last good answer asked for (`asked_interval_seconds`).
        retry_after_seconds: what a refusal asked for.
    """
    wait = max(float(feed.interval_seconds), asked_seconds or 0)
    if retry_after_seconds is not None:
        wait = max(wait, min(retry_after_seconds, RETRY_AFTER_CAP_SECONDS))
    elif failures:
        wait = max(wait, min(feed.interval_seconds * 2.0 ** min(failures - 1, 20), BACK_OFF_CAP_SECONDS))
    return now + timedelta(seconds=wait + jitter_seconds(feed.id, wait))


def jitter_seconds(feed_id: str, wait: float) -> float:
    """Return how much later than asked this feed is polled: always the same for one feed, never earlier."""
    fraction = int.from_bytes(hashlib.sha256(feed_id.encode()).digest()[:4], "big") / 2**32
    return fraction * min(wait * JITTER_PART, JITTER_CAP_SECONDS)
