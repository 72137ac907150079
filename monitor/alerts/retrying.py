"""When what failed is tried again. Pure.

Two kinds of trouble are told apart. Where one notice is refused, it waits by itself, with what is about the same, and
the others go on. Where the receiver is down, all wait in their order behind one breaker, so that an outage costs one
attempt a wait and not one for each notice.
"""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.model.delivery import ChannelState
from monitor.model.judgements import Notice

#: Waits after the first, second ... failed attempt: the schedule that Standard Webhooks proposes, about three days.
#: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#deliverability-and-reliability
WAITS: tuple[timedelta, ...] = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
#: Up to this share is added to a wait, so that many notices that failed together do not come back together.
JITTER = 0.1
#: A longer Retry-After is not believed: the alert would come too late to be one.
RETRY_AFTER_CAP = timedelta(hours=24)
#: For so long a receiver that is down is waited for.
PERSISTENCE = sum(WAITS, timedelta())
#: A receiver that is down is tried once more when a new notice comes, but no sooner than this after the last attempt.
PROBE_AFTER = timedelta(minutes=5)


def next_attempt(notice: Notice, now: datetime) -> datetime | None:
    """Return when a notice that was refused once more is tried again; None when it is given up.

    Args:
        notice: as it stood before this attempt.
        now: when the attempt failed.
    """
    if notice.attempts >= len(WAITS):
        return None
    return now + WAITS[notice.attempts] * (1 + JITTER * _share(f"{notice.id}/{notice.attempts}"))


def after_refusal(before: ChannelState, now: datetime, reason: str) -> ChannelState:
    """Return the state of a channel where one notice was refused and nothing has shown yet that others are not."""
    return replace(
        before,
        failures=max(1, before.failures),
        failing_since=before.failing_since or now,
        tried_at=now,
        retry_at=None,
        asked=False,
        reason=reason,
    )


def after_outage(before: ChannelState, now: datetime, reason: str, asked_seconds: float | None = None) -> ChannelState:
    """Return the state of a channel whose receiver is down.

    An attempt that a new notice brought about before its time does not lengthen the wait.

    Args:
        before: the state before this attempt.
        now: when the attempt failed.
        reason: why, for people.
        asked_seconds: how long the receiver asked us to wait. It makes the wait longer, never shorter.
    """
    early = before.retry_at is not None and now < before.retry_at
    failures = before.failures if early else before.failures + 1
    wait = WAITS[min(failures, len(WAITS)) - 1] * (1 + JITTER * _share(f"{before.channel}/{now.isoformat()}"))
    due = before.retry_at if early and before.retry_at else now + wait
    asked = None if asked_seconds is None else now + min(timedelta(seconds=asked_seconds), RETRY_AFTER_CAP)
    return replace(
        before,
        failures=failures,
        failing_since=before.failing_since or now,
        tried_at=now,
        retry_at=max(due, asked) if asked else due,
        asked=asked is not None and asked >= due,
        reason=reason,
    )


def rests(state: ChannelState, now: datetime, newest_due: datetime | None) -> bool:
    """Return whether nothing is to be tried on a channel now.

    Args:
        state: of the channel.
        now: the present.
        newest_due: when the notice that waits there and became due last did so; None where none is due.
    """
    if state.disabled_at is not None:
        return True
    if state.retry_at is None or state.retry_at <= now:
        return False
    if state.asked or state.tried_at is None or newest_due is None:
        return True
    return newest_due <= state.tried_at or now < state.tried_at + PROBE_AFTER


def overdue_before(state: ChannelState, now: datetime) -> datetime | None:
    """Return the instant such that notices due by then have waited long enough; None where none has."""
    if state.failing_since is None or now - state.failing_since < PERSISTENCE:
        return None
    return now - PERSISTENCE


def _share(key: str) -> float:
    """Return a number from 0 to 1 that follows from the key: chance enough, and the same again in a test."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") / 2**32
