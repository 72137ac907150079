"""The daemon: APScheduler ticks; each tick polls what is due and hands over alerts. Stops cleanly on SIGTERM, SIGINT.

APScheduler is the clock and nothing else: what is due, and what was done, stands in the database, so that a worker that
was killed goes on where it was.
"""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.alerts.delivery import Delivered, deliver_due
from monitor.bootstrap import Workshop
from monitor.errors import MonitorError
from monitor.ingest.poll import Polled, poll_due
from monitor.model.reports import PollState
from monitor.pipeline import Recorded, record, rejudge

logger = logging.getLogger("ceasefire")

Clock = Callable[[], datetime]

#: How often the outbox is looked through; an alert should leave within seconds of its facts.
DELIVERY_SECONDS = 1


def system_clock() -> datetime:
    """Return the present instant; everything below takes a clock as an argument."""
    return datetime.now(UTC)


def set_up_logging(level: str) -> None:
    """Log to standard error, one line an event."""
    logging.basicConfig(
        level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z"
    )
    for noisy in ("apscheduler", "httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one round did."""

    polled: int
    failed: Mapping[str, str]
    reports: int
    changes: int

    @property
    def all_failed(self) -> bool:
        """Return whether feeds were polled and none of them answered."""
        return bool(self.failed) and len(self.failed) == self.polled

    def in_words(self) -> str:
        """Return a summary for people, with each feed that failed."""
        lines = [
            f"{self.polled} feeds polled, {len(self.failed)} failed, {self.reports} new reports, "
            f"{self.changes} changes of violations"
        ]
        lines += [f"  {feed}: {error}" for feed, error in self.failed.items()]
        return "\n".join(lines)


async def run_once(workshop: Workshop, clock: Clock, *, due_only: bool) -> Outcome:
    """Poll the enabled feeds (those due, or all that servers let us) and record what they report."""
    refresh_rules(workshop, clock)
    with workshop.store.query() as query:
        states = query.poll_states()
    feeds = [feed for feed in workshop.feeds.feeds if feed.enabled]
    if not due_only:
        states = {key: _due_at_once(state, clock()) for key, state in states.items()}
    reports = changes = polled = 0
    failed: dict[str, str] = {}
    async for result in poll_due(feeds, states, clock=clock, limits=workshop.limits):
        polled += 1
        recorded = await asyncio.to_thread(record_poll, workshop, result, clock)
        reports += len(recorded.reports)
        changes += len(recorded.changes)
        if result.error:
            failed[result.feed.id] = result.error
    return Outcome(polled=polled, failed=failed, reports=reports, changes=changes)


def _due_at_once(state: PollState, now: datetime) -> PollState:
    """Return the state with its due time moved to now, unless the server asked us to wait or is failing."""
    if state.failures or state.due_at is None or state.due_at <= now:
        return state
    return replace(state, due_at=now)


def record_poll(workshop: Workshop, polled: Polled, clock: Clock) -> Recorded:
    """Write one poll in one transaction; a feed's first poll is backlog and alerts nobody."""
    previous = polled.previous
    backlog = previous is None or previous.first_success_at is None
    return record(workshop.store, workshop.pipeline, polled.reports, now=clock(), backlog=backlog, polled=polled)


def refresh_rules(workshop: Workshop, clock: Clock) -> None:
    """Judge what is stored anew where a rule file has changed since the last start; earlier verdicts are kept."""
    with workshop.store.query() as query:
        known = query.meta("rule_versions")
    if known is not None and known != workshop.pipeline.rule_versions:
        changes = rejudge(workshop.store, workshop.pipeline, now=clock())
        logger.info("the rules have changed: %d violations judged otherwise than before", len(changes))
    elif known is None:
        with workshop.store.transaction() as tx:
            tx.set_meta("rule_versions", workshop.pipeline.rule_versions)


async def deliver(workshop: Workshop, clock: Clock) -> Delivered:
    """Hand over the notices that are due."""
    return await deliver_due(workshop.store, workshop.senders, clock=clock)


async def run_forever(workshop: Workshop, clock: Clock = system_clock) -> None:
    """Tick until SIGTERM or SIGINT; a tick under way is finished first."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    scheduler = AsyncIOScheduler(timezone=UTC)
    ticks = _Ticks(workshop, clock)
    settings = workshop.settings
    start = {"coalesce": True, "max_instances": 1, "next_run_time": datetime.now(UTC)}
    scheduler.add_job(ticks.poll, "interval", seconds=settings.tick_seconds, id="poll", **start)
    scheduler.add_job(ticks.deliver, "interval", seconds=DELIVERY_SECONDS, id="deliver", **start)
    scheduler.start()
    logger.info("started: %d feeds", sum(feed.enabled for feed in workshop.feeds.feeds))
    try:
        await stop.wait()
    finally:
        scheduler.shutdown(wait=False)
        await ticks.finished()
    logger.info("stopped")


class _Ticks:
    """What the scheduler calls. A tick that fails is logged, and the next one comes all the same."""

    def __init__(self, workshop: Workshop, clock: Clock) -> None:
        self._workshop = workshop
        self._clock = clock
        self._busy = asyncio.Lock()
        self._sending = asyncio.Lock()

    async def poll(self) -> None:
        async with self._busy:
            try:
                outcome = await run_once(self._workshop, self._clock, due_only=True)
                await asyncio.to_thread(self._beat)
            except (MonitorError, OSError):
                logger.exception("a round of polling failed; the next one follows")
                return
        if outcome.polled:
            logger.info("%s", outcome.in_words())

    async def deliver(self) -> None:
        async with self._sending:
            try:
                delivered = await deliver(self._workshop, self._clock)
            except (MonitorError, OSError):
                logger.exception("a round of delivery failed; the next one follows")
                return
        if delivered.any:
            logger.info("%s", delivered.in_words())

    def _beat(self) -> None:
        with self._workshop.store.transaction() as tx:
            tx.set_meta("heartbeat", self._clock().isoformat())

    async def finished(self) -> None:
        """Wait until the ticks under way have ended."""
        async with self._busy, self._sending:
            return
