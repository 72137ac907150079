"""How the way to one receiver fares."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelState:
    """What is remembered of a channel that has failed; nothing is remembered of one that works."""

    channel: str
    #: Failed rounds in a row.
    failures: int = 0
    failing_since: datetime | None = None
    tried_at: datetime | None = None
    #: Nothing is tried before then, but for a new notice that comes meanwhile. None: one notice was refused.
    retry_at: datetime | None = None
    #: The receiver named `retry_at` itself: nothing at all is sent before then.
    asked: bool = False
    #: Since when nothing is sent any more, because the receiver said that it is gone for good.
    disabled_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RateLimit:
    """No more than `alerts` notices in any stretch of this length; the others wait."""

    alerts: int
    per: timedelta
