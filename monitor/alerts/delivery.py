"""The outbox's loop: what is due is handed over, and only then marked as sent.

At-least-once: a process killed between the hand-over and the mark sends that one notice again, under the same id.
Within one channel, notices go one after the other in the order of their making; channels do not wait for each other.
"""

import asyncio
import logging
import traceback
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.alerts import retrying
from monitor.errors import DeliveryError
from monitor.model.delivery import ChannelState, RateLimit
from monitor.model.judgements import Notice

logger = logging.getLogger("ceasefire.alerts")

Clock = Callable[[], datetime]

#: Notices of each channel taken in one round; the next round takes the next.
BATCH = 200


class OutboxQuery(Protocol):
    """What is read of the outbox."""

    def due_notices(self, now: datetime, limit: int, without: Collection[str] = ()) -> Sequence[Notice]:
        """Return pending notices that are due, as they were made, at most `limit` for each channel.

        None of the channels `without`, and none that waits behind an older one about the same.
        """

    def channel_states(self) -> Mapping[str, ChannelState]:
        """Return what is remembered of channels that have failed."""

    def newest_due(self, channel: str, now: datetime) -> datetime | None:
        """Return when the waiting notice of a channel that became due last did so; None where none is due."""

    def refused_others(self, channel: str, notice_id: str) -> bool:
        """Return whether another notice of the channel waits that was refused before."""

    def sent_since(self, channel: str, since: datetime) -> int:
        """Return how many notices a channel has taken since then."""


class OutboxTransaction(OutboxQuery, Protocol):
    """What is written to the outbox."""

    def mark_sent(self, notice_id: str, at: datetime) -> None:
        """Record that the receiver has accepted it."""

    def mark_failed(self, notice_id: str, error: str, next_due: datetime | None) -> None:
        """Record that it was refused; without a next attempt it is given up."""

    def mark_unreached(self, notice_id: str, error: str) -> None:
        """Record that it met a receiver that was down; it stays due."""

    def end_waits(self, channel: str, now: datetime) -> None:
        """Make notices that wait because they were refused due now."""

    def give_up(self, channel: str, error: str, due_by: datetime | None = None) -> int:
        """Give up what waits on a channel, all of it or what was due by then; return how many notices that were."""

    def save_channel(self, state: ChannelState) -> None:
        """Remember how a channel fares."""

    def forget_channel(self, channel: str) -> bool:
        """Remember no trouble of a channel any more; return whether there was any."""


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

    async def close(self) -> None:
        """End what was kept open between hand-overs; called at the end of each round."""


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


async def deliver_due(
    outbox: Outbox,
    senders: Mapping[str, Sender],
    *,
    clock: Clock,
    limit: int = BATCH,
    rates: Mapping[str, RateLimit] | None = None,
    prepare: Callable[[datetime], None] | None = None,
) -> Delivered:
    """Hand over the notices that are due, one round; nothing while another process does so on the same database.

    Args:
        outbox: the store.
        senders: by channel.
        clock: gives the present instant; asked anew for each attempt, because a receiver may take its time.
        limit: at most so many notices of each channel.
        rates: how many alerts a channel takes, by channel; no entry: as many as there are.
        prepare: called with the present in a thread of its own, after the turn is taken and before anything is sent.
    """
    give_back = await asyncio.to_thread(outbox.take_turn)
    if give_back is None:
        logger.info("another process is sending just now; it takes what is due")
        return Delivered()
    try:
        if prepare is not None:
            await asyncio.to_thread(prepare, clock())
        return await _deliver_round(outbox, senders, clock, limit, rates or {})
    finally:
        give_back()


async def _deliver_round(
    outbox: Outbox, senders: Mapping[str, Sender], clock: Clock, limit: int, rates: Mapping[str, RateLimit]
) -> Delivered:
    states, due = await asyncio.to_thread(_due, outbox, clock(), limit, rates)
    rounds = await asyncio.gather(
        *(
            _Round(outbox, channel, _sender(senders, channel), states.get(channel), clock).deliver(notices)
            for channel, notices in due.items()
        ),
        asyncio.to_thread(_bury_disabled, outbox, states),
        return_exceptions=True,
    )
    # All channels have ended their round before an error of one (the database's, say) is passed on.
    done = Delivered()
    for outcome in rounds:
        if isinstance(outcome, BaseException):
            raise outcome
        done += outcome
    return done


def _due(
    outbox: Outbox, now: datetime, limit: int, rates: Mapping[str, RateLimit]
) -> tuple[Mapping[str, ChannelState], dict[str, list[Notice]]]:
    with outbox.query() as query:
        states = query.channel_states()
        resting = [
            key for key, state in states.items() if retrying.rests(state, now, query.newest_due(state.channel, now))
        ]
        due = _by_channel(query.due_notices(now, limit, resting))
        for channel, rate in rates.items():
            if channel in due:
                room = max(0, rate.alerts - query.sent_since(channel, now - rate.per))
                due[channel] = due[channel][:room]
    return states, due


def _by_channel(notices: Iterable[Notice]) -> dict[str, list[Notice]]:
    channels: dict[str, list[Notice]] = {}
    for notice in notices:
        channels.setdefault(notice.channel, []).append(notice)
    return channels


def _bury_disabled(outbox: Outbox, states: Mapping[str, ChannelState]) -> Delivered:
    """Give up what was queued for receivers that are gone for good: kept as dead letters, which can be replayed."""
    dead = 0
    for state in states.values():
        if state.disabled_at is not None:
            with outbox.transaction() as tx:
                dead += tx.give_up(state.channel, state.reason or "the channel is disabled")
    if dead:
        logger.error("%d alerts for disabled receivers given up", dead)
    return Delivered(dead=dead)


def _sender(senders: Mapping[str, Sender], channel: str) -> Sender:
    return senders.get(channel) or _Absent()


class _Absent:
    """Stands where somebody took a receiver out of the settings, perhaps by mistake: there are days to put it back."""

    async def send(self, notice: Notice, now: datetime) -> None:  # noqa: ARG002 - nothing is sent
        raise DeliveryError(f"no {kind_of(notice)} receiver is configured any more", retryable=True, for_all=True)

    async def close(self) -> None:
        """Nothing is open."""


def kind_of(notice: Notice) -> str:
    """Return the kind of a notice's channel: "email", "webhook", "file" ..."""
    return notice.channel.partition(":")[0]


class _Round:
    """One round of one channel: notices in order, until the receiver turns out to be down."""

    def __init__(self, outbox: Outbox, channel: str, sender: Sender, state: ChannelState | None, clock: Clock) -> None:
        self._outbox = outbox
        self._channel = channel
        self._sender = sender
        self._state = state
        self._clock = clock
        #: A refused notice of which the next one shows whose fault it is: its own, or its receiver's.
        self._suspect: tuple[Notice, DeliveryError] | None = None
        #: What refused notices are about: whatever else is about that waits behind them.
        self._held: set[str] = set()
        self._down = False

    async def deliver(self, notices: Sequence[Notice]) -> Delivered:
        """Deliver in order. After a refusal, later notices about the same wait for a later round.

        Where the next notice is refused too, or the failure is one that would meet every notice, all wait behind the
        channel, in their order.
        """
        done, waiting = Delivered(), deque(notices)
        try:
            while not self._down and (notice := self._next(waiting)):
                error = await self._send(notice)
                if error is None:
                    done += Delivered(filed=1) if notice.channel == "file" else Delivered(sent=1)
                    done += await self._blame_suspect()
                elif self._is_doubtful(error) and self._suspect is None and self._more(waiting, notice):
                    self._suspect = (notice, error)
                    self._held |= _about(notice)
                else:
                    done += await asyncio.to_thread(self._record_failure, notice, error)
            done += Delivered(failed=1) if self._down and self._suspect else await self._blame_suspect()
        finally:
            await self._sender.close()
        return done

    def _next(self, waiting: deque[Notice]) -> Notice | None:
        while waiting:
            notice = waiting.popleft()
            if _about(notice).isdisjoint(self._held):
                return notice
        return None

    def _more(self, waiting: Iterable[Notice], refused: Notice) -> bool:
        held = self._held | _about(refused)
        return any(_about(one).isdisjoint(held) for one in waiting)

    @staticmethod
    def _is_doubtful(error: DeliveryError) -> bool:
        return error.retryable and not error.for_all and not error.gone

    async def _send(self, notice: Notice) -> DeliveryError | None:
        try:
            await self._sender.send(notice, self._clock())
        except DeliveryError as error:
            return error
        except Exception as defect:  # noqa: BLE001 - one notice that meets it must not stop its channel for ever
            # Only the kind of error and its place are told: its words may hold a secret.
            name = type(defect).__name__
            logger.warning("alert %s (%s) met a defect: %s", notice.id, kind_of(notice), name)
            logger.debug("%s at\n%s", name, "".join(traceback.format_tb(defect.__traceback__)))
            return DeliveryError(f"a defect of this program: {name}", retryable=True)
        await asyncio.to_thread(self._record_success, notice, self._clock())
        return None

    async def _blame_suspect(self) -> Delivered:
        if self._suspect is None:
            return Delivered()
        (notice, error), self._suspect = self._suspect, None
        return await asyncio.to_thread(self._record_failure, notice, error)

    def _record_success(self, notice: Notice, now: datetime) -> None:
        with self._outbox.transaction() as tx:
            tx.mark_sent(notice.id, now)
            if self._state is not None:
                tx.forget_channel(self._channel)
        self._state = None

    def _record_failure(self, notice: Notice, error: DeliveryError) -> Delivered:
        now, before = self._clock(), self._state or ChannelState(channel=self._channel)
        with self._outbox.transaction() as tx:
            if error.gone:
                return self._disable(tx, notice, error, now)
            if not error.retryable:
                tx.mark_failed(notice.id, str(error), None)
                return self._given_up(notice, error)
            two_refused = self._suspect is not None or (
                before.failures > 0 and tx.refused_others(self._channel, notice.id)
            )
            if error.for_all or two_refused:
                return self._record_outage(tx, notice, error, now)
            return self._record_refusal(tx, notice, error, now)

    def _record_refusal(self, tx: OutboxTransaction, notice: Notice, error: DeliveryError, now: datetime) -> Delivered:
        self._state = retrying.after_refusal(self._state or ChannelState(channel=self._channel), now, str(error))
        tx.save_channel(self._state)
        again = retrying.next_attempt(notice, now)
        tx.mark_failed(notice.id, str(error), again)
        self._held |= _about(notice)
        if again is None:
            return self._given_up(notice, error)
        logger.warning("alert %s (%s) refused, next attempt at %s: %s", notice.id, kind_of(notice), again, error)
        return Delivered(failed=1)

    def _record_outage(self, tx: OutboxTransaction, notice: Notice, error: DeliveryError, now: datetime) -> Delivered:
        self._down = True
        before = self._state or ChannelState(channel=self._channel)
        self._state = retrying.after_outage(before, now, str(error), error.retry_after_seconds)
        tx.save_channel(self._state)
        tx.mark_unreached(notice.id, str(error))
        tx.end_waits(self._channel, now)
        overdue = retrying.overdue_before(self._state, now)
        dead = 0 if overdue is None else tx.give_up(self._channel, str(error), overdue)
        kind, again = kind_of(notice), self._state.retry_at
        logger.warning("alert %s (%s) not delivered, next attempt at %s: %s", notice.id, kind, again, error)
        if dead:
            logger.error("%d alerts (%s) given up: %s", dead, kind, error)
        return Delivered(dead=dead) if dead else Delivered(failed=1)

    def _disable(self, tx: OutboxTransaction, notice: Notice, error: DeliveryError, now: datetime) -> Delivered:
        self._down = True
        self._state = ChannelState(channel=self._channel, failing_since=now, disabled_at=now, reason=str(error))
        tx.save_channel(self._state)
        tx.mark_failed(notice.id, str(error), None)
        dead = 1 + tx.give_up(self._channel, str(error))
        logger.error("the receiver %s is disabled and %d alerts are given up: %s", kind_of(notice), dead, error)
        return Delivered(dead=dead)

    def _given_up(self, notice: Notice, error: DeliveryError) -> Delivered:
        logger.error("alert %s (%s) given up: %s", notice.id, kind_of(notice), error)
        return Delivered(dead=1)


def _about(notice: Notice) -> set[str]:
    return {notice.incident_id, *notice.violation_ids}
