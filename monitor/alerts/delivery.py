"""The outbox's loop: what is due is handed over, and only then marked as sent.

At-least-once: a process killed between the hand-over and the mark sends that one notice again, under the same id.
Within one channel, notices go one after the other in the order of their making; channels do not wait for each other.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from monitor.errors import DeliveryError
from monitor.model.judgements import Notice

logger = logging.getLogger("ceasefire.alerts")

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
#: Notices of each channel taken in one round; the next round takes the next.
BATCH = 200

Clock = Callable[[], datetime]


class OutboxQuery(Protocol):
    """What is read of the outbox."""

    def due_notices(self, now: datetime, limit: int) -> Sequence[Notice]:
        """Return pending notices that are due, as they were made, at most `limit` for each channel.

        None that waits behind an older one about the same.
        """


class OutboxTransaction(Protocol):
    """What is written to the outbox."""

    def mark_sent(self, notice_id: str, at: datetime) -> None:
        """Record that the receiver has accepted it."""

    def postpone(self, channel: str, until: datetime) -> None:
        """Let nothing of a channel be due before then."""

    def mark_failed(self, notice_id: str, error: str, next_due: datetime | None) -> None:
        """Record a failed attempt; without a next one the notice is dead."""


class Outbox(Protocol):
    """The store, as far as delivery needs it."""

    def query(self) -> AbstractContextManager[OutboxQuery]:
        """Return something to read with."""

    def transaction(self) -> AbstractContextManager[OutboxTransaction]:
        """Return something to write with, committed at its end."""

    def take_turn(self) -> Callable[[], None] | None:
        """Take the turn to send; return what gives it back, or None where another process has it."""


class Sender(Protocol):
    """One kind of channel."""

    async def send(self, notice: Notice, now: datetime) -> None:
        """Hand the notice over; return only when the receiver has accepted it.

        Raises:
            DeliveryError: it was not accepted.
        """


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What one round did."""

    sent: int = 0
    #: Written to the file of alerts, which reaches nobody by itself.
    filed: int = 0
    failed: int = 0
    dead: int = 0

    @property
    def any(self) -> bool:
        """Return whether anything was tried."""
        return self != Delivered()

    def in_words(self) -> str:
        """Return a summary for people."""
        parts = [f"{self.sent} alerts sent"]
        if self.filed:
            parts.append(f"{self.filed} written to the file alone")
        if self.failed:
            parts.append(f"{self.failed} to be tried again")
        if self.dead:
            parts.append(f"{self.dead} given up")
        return ", ".join(parts)

    def __add__(self, other: "Delivered") -> "Delivered":
        return Delivered(
            sent=self.sent + other.sent,
            filed=self.filed + other.filed,
            failed=self.failed + other.failed,
            dead=self.dead + other.dead,
        )


def next_attempt(notice: Notice, now: datetime, asked_seconds: float | None = None) -> datetime | None:
    """Return when a notice that has just failed once more is tried again; None when it is given up.

    Args:
        notice: as it stood before this attempt.
        now: when the attempt failed.
        asked_seconds: how long the receiver asked us to wait. It makes the wait longer, never shorter: the attempts
            that there are must last for days.
    """
    if notice.attempts >= len(WAITS):
        return None
    wait = WAITS[notice.attempts]
    digest = hashlib.sha256(f"{notice.id}/{notice.attempts}".encode()).digest()
    share = int.from_bytes(digest[:4], "big") / 2**32
    asked = min(timedelta(seconds=asked_seconds or 0), RETRY_AFTER_CAP)
    return now + max(wait, asked) * (1 + JITTER * share)


async def deliver_due(outbox: Outbox, senders: Mapping[str, Sender], *, clock: Clock, limit: int = BATCH) -> Delivered:
    """Hand over the notices that are due, one round; nothing while another process does so on the same database.

    Args:
        outbox: the store.
        senders: by kind of channel: "email", "webhook", "file".
        clock: gives the present instant; asked anew for each attempt, because a receiver may take its time.
        limit: at most so many notices of each channel.
    """
    give_back = await asyncio.to_thread(outbox.take_turn)
    if give_back is None:
        logger.info("another process is sending just now; it takes what is due")
        return Delivered()
    try:
        return await _deliver_round(outbox, senders, clock, limit)
    finally:
        give_back()


async def _deliver_round(outbox: Outbox, senders: Mapping[str, Sender], clock: Clock, limit: int) -> Delivered:
    due = await asyncio.to_thread(_due, outbox, clock(), limit)
    rounds = await asyncio.gather(
        *(_deliver_channel(outbox, senders, notices, clock) for notices in _by_channel(due).values()),
        return_exceptions=True,
    )
    # All channels have ended their round before an error of one (the database's, say) is passed on.
    done = Delivered()
    for outcome in rounds:
        if isinstance(outcome, BaseException):
            raise outcome
        done += outcome
    return done


def _due(outbox: Outbox, now: datetime, limit: int) -> Sequence[Notice]:
    with outbox.query() as query:
        return query.due_notices(now, limit)


def _by_channel(notices: Iterable[Notice]) -> dict[str, list[Notice]]:
    channels: dict[str, list[Notice]] = {}
    for notice in notices:
        channels.setdefault(notice.channel, []).append(notice)
    return channels


async def _deliver_channel(
    outbox: Outbox, senders: Mapping[str, Sender], notices: Sequence[Notice], clock: Clock
) -> Delivered:
    """Deliver in order. After a failure, later notices about the same wait for a later round.

    Where the failure would meet every one, all wait for the next round: a server that is down would cost a timeout for
    each, for which the other channels would have to wait.
    """
    done = Delivered()
    held: set[str] = set()
    for notice in notices:
        about = {notice.incident_id, *notice.violation_ids}
        if about & held:
            continue
        outcome, error = await _deliver(outbox, senders, notice, clock)
        done += outcome
        if error is not None and error.for_all:
            break
        if outcome.failed:
            held |= about
    return done


async def _deliver(
    outbox: Outbox, senders: Mapping[str, Sender], notice: Notice, clock: Clock
) -> tuple[Delivered, DeliveryError | None]:
    kind = _kind(notice)
    try:
        await _sender(senders, kind).send(notice, clock())
    except DeliveryError as error:
        return await asyncio.to_thread(_record_failure, outbox, notice, error, clock()), error
    await asyncio.to_thread(_record_success, outbox, notice, clock())
    return (Delivered(filed=1) if kind == "file" else Delivered(sent=1)), None


def _kind(notice: Notice) -> str:
    return notice.channel.partition(":")[0]


def _sender(senders: Mapping[str, Sender], kind: str) -> Sender:
    sender = senders.get(kind)
    if sender is None:
        # Somebody took the receiver out of the settings, perhaps by mistake: there are three days to put it back.
        raise DeliveryError(f"no {kind} receiver is configured any more", retryable=True)
    return sender


def _record_success(outbox: Outbox, notice: Notice, now: datetime) -> None:
    with outbox.transaction() as tx:
        tx.mark_sent(notice.id, now)


def _record_failure(outbox: Outbox, notice: Notice, error: DeliveryError, now: datetime) -> Delivered:
    kind = _kind(notice)
    asked = error.retry_after_seconds
    again = next_attempt(notice, now, asked) if error.retryable else None
    with outbox.transaction() as tx:
        tx.mark_failed(notice.id, str(error), again)
        if asked is not None:
            tx.postpone(notice.channel, now + min(timedelta(seconds=asked), RETRY_AFTER_CAP))
    if again is None:
        logger.error("alert %s (%s) given up after %d attempts: %s", notice.id, kind, notice.attempts + 1, error)
        return Delivered(dead=1)
    logger.warning("alert %s (%s) not delivered, next attempt at %s: %s", notice.id, kind, again, error)
    return Delivered(failed=1)
