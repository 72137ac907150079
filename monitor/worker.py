"""The daemon: APScheduler ticks; each tick polls what is due and hands over alerts. Stops cleanly on SIGTERM, SIGINT.

APScheduler is the clock and nothing else: what is due, and what was done, stands in the database, so that a worker that
was stopped or killed goes on where it was.
"""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import aclosing
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.alerts.arranging import arrange_all
from monitor.alerts.delivery import Delivered, deliver_due
from monitor.articles import read_articles
from monitor.bootstrap import Records, Workshop
from monitor.errors import MonitorError, StoreError
from monitor.escalating import escalate
from monitor.health import OPERATORS_TOLD, tell_operators, troubles_of
from monitor.ingest.poll import Polled, poll_due
from monitor.ingest.schedule import next_due
from monitor.model.reports import PollState
from monitor.model.text import one_line
from monitor.pipeline import Recorded, record, reread, tell_occasions
from monitor.pulse import Beats, call
from monitor.rejudging import rejudge

logger = logging.getLogger("ceasefire")

Clock = Callable[[], datetime]

#: How often the outbox is looked through; an alert should leave within a second of its facts.
DELIVERY_SECONDS = 0.5
#: How often it is looked for what is not well.
LOOK_SECONDS = 60
#: Loops that have not come to an end for so many ticks, and at least ten minutes, hang.
ALLOWED_TICKS = 10
#: How long a stop waits for alerts on their way; what was not accepted by then is sent after the next start.
STOP_SECONDS = 8


def system_clock() -> datetime:
    """Return the present instant; everything below takes a clock as an argument."""
    return datetime.now(UTC)


class _Brief(logging.Formatter):
    """One line an event; an error of ours is named, without its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        brief = copy(record)
        brief.exc_info = brief.exc_text = None
        line = super().format(brief)
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else f"{line}: {type(error).__name__}: {one_line(str(error), 300)}"


def set_up_logging(level: str) -> None:
    """Log to standard error, one line an event; at DEBUG, errors with their tracebacks."""
    handler = logging.StreamHandler(sys.stderr)
    form = logging.Formatter if level == "DEBUG" else _Brief
    handler.setFormatter(form("%(asctime)s %(levelname)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z"))
    logging.basicConfig(level=level, handlers=[handler])
    # The last one would log addresses that hold tokens.
    for noisy in ("alembic", "apscheduler", "httpx", "httpcore", "urllib3"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one round did."""

    polled: int
    failed: Mapping[str, str]
    reports: int
    changes: int
    #: Reports of these that could not be read or recorded.
    unread: int = 0
    #: Feeds whose poll could not be recorded, for a defect of ours.
    unrecorded: int = 0

    @property
    def is_failure(self) -> bool:
        """Return whether none of the feeds polled answered, or something that came could not be recorded."""
        nothing_came = bool(self.failed) and len(self.failed) == self.polled
        return nothing_came or bool(self.unread or self.unrecorded)

    def in_words(self) -> str:
        """Return a summary for people, with each feed that failed."""
        lines = [
            f"{self.polled} feeds polled, {len(self.failed)} failed, {self.reports} new reports, "
            f"{self.changes} changes of violations"
        ]
        if self.unread:
            lines.append(
                f"  {self.unread} reports could not be read or recorded; they are stored: see `ceasefire doctor`"
            )
        lines += [f"  {feed}: {one_line(error, 500)}" for feed, error in self.failed.items()]
        return "\n".join(lines)


async def run_once(workshop: Workshop, clock: Clock, *, due_only: bool) -> Outcome:
    """Poll the enabled feeds (those due, or all that servers let us) and record what they report."""
    refresh_rules(workshop, clock)
    again = await asyncio.to_thread(reread, workshop.store, workshop.pipeline, now=clock(), all_of_them=False)
    with workshop.store.query() as query:
        states = query.poll_states()
    feeds = [feed for feed in workshop.feeds.feeds if feed.enabled]
    if not due_only:
        states = {key: _due_at_once(state, clock()) for key, state in states.items()}
    polled, done = 0, replace(again, reports=())
    failed: dict[str, str] = {}
    unrecorded = 0
    async with aclosing(poll_due(feeds, states, clock=clock, limits=workshop.limits)) as results:
        async for result in results:
            polled += 1
            recorded, error = await asyncio.to_thread(_record_or_set_aside, workshop, result, clock)
            done += recorded
            if error:
                failed[result.feed.id] = error
                unrecorded += error is not result.error
    if workshop.settings.full_text:
        done += replace(await read_articles(workshop, clock), reports=())
    await asyncio.to_thread(tell_occasions, workshop.store, workshop.pipeline, now=clock())
    return Outcome(
        polled=polled,
        failed=failed,
        reports=len(done.reports),
        changes=len(done.changes),
        unread=done.unread,
        unrecorded=unrecorded,
    )


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


def _record_or_set_aside(workshop: Workshop, polled: Polled, clock: Clock) -> tuple[Recorded, str | None]:
    """Record one poll; where that fails by a defect of ours, set this feed aside for a while and go on with the others.

    Trouble with the database itself is passed on: it would meet every feed.
    """
    try:
        return record_poll(workshop, polled, clock), polled.error
    except StoreError:
        raise
    except Exception as error:
        message = f"could not be recorded: {type(error).__name__}: {one_line(str(error), 300)}"
        logger.exception("feed %s: what it brought could not be recorded", polled.feed.id)
        with workshop.store.transaction() as tx:
            tx.save_poll_state(_set_aside(polled, message, clock()))
        return Recorded(), message


def _set_aside(polled: Polled, message: str, now: datetime) -> PollState:
    """Return the state before the poll, so that nothing counts as seen, with a longer wait."""
    before = polled.previous or PollState(feed_id=polled.feed.id)
    failures = before.failures + 1
    due = next_due(polled.feed, now, failures=failures)
    return replace(before, url=polled.feed.url, polled_at=now, due_at=due, failures=failures, last_error=message)


def refresh_rules(workshop: Workshop, clock: Clock) -> None:
    """Judge what is stored anew where a rule file has changed since the last start; earlier verdicts are kept."""
    with workshop.store.query() as query:
        known = query.meta("rule_versions")
        # What was replayed before the first start was judged by files that may have changed since.
        unnoted = known is None and bool(query.incident_ids())
    if unnoted or (known is not None and known != workshop.pipeline.rule_versions):
        done = rejudge(workshop.store, workshop.pipeline, now=clock())
        logger.info(
            "the rules have changed (%s): %d violations and %d verdicts of readings come out otherwise than before; "
            "`ceasefire rules changes` lists the verdicts",
            ", ".join(one.agreement_id for one in done.versions) or "or nobody noted them",
            len(done.changes),
            len(done.verdicts),
        )
    elif known is None:
        with workshop.store.transaction() as tx:
            tx.set_meta("rule_versions", workshop.pipeline.rule_versions)


async def deliver(records: Records, clock: Clock) -> Delivered:
    """Hand over the notices that are due."""

    def prepare(now: datetime) -> None:
        arrange_all(records.store, records.audience, now)

    return await deliver_due(records.store, records.senders, clock=clock, rates=records.audience.rates, prepare=prepare)


async def run_forever(workshop: Workshop, clock: Clock = system_clock) -> None:
    """Tick until SIGTERM or SIGINT. What is being recorded or sent then is finished; fetches are broken off."""
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
    scheduler.add_job(ticks.look_around, "interval", seconds=LOOK_SECONDS, id="look around", **start)
    if settings.heartbeat_url is not None:
        beat = {**start, "next_run_time": datetime.now(UTC) + timedelta(seconds=settings.tick_seconds)}
        scheduler.add_job(ticks.pulse, "interval", seconds=settings.heartbeat_seconds, id="pulse", **beat)
    scheduler.start()
    logger.info("started: %d feeds", sum(feed.enabled for feed in workshop.feeds.feeds))
    try:
        await stop.wait()
    finally:
        scheduler.pause()
        await ticks.stop()
        scheduler.shutdown(wait=False)
    logger.info("stopped")


class _Ticks:
    """What the scheduler calls. A tick that fails is logged, and the next one comes all the same."""

    def __init__(self, workshop: Workshop, clock: Clock) -> None:
        self._workshop = workshop
        self._clock = clock
        self._polling: asyncio.Task[object] | None = None
        self._sending: asyncio.Task[object] | None = None
        self._beats = Beats()

    async def poll(self) -> None:
        self._polling = asyncio.current_task()
        try:
            outcome = await run_once(self._workshop, self._clock, due_only=True)
            await asyncio.to_thread(self._beat)
            self._beats = replace(self._beats, polled=self._clock())
        except asyncio.CancelledError:
            logger.info("polling was broken off; it goes on after the next start")
        except (MonitorError, OSError):
            logger.exception("a round of polling failed; the next one follows")
        else:
            if outcome.polled:
                logger.info("%s", outcome.in_words())

    async def deliver(self) -> None:
        self._sending = asyncio.current_task()
        try:
            delivered = await deliver(self._workshop, self._clock)
            self._beats = replace(self._beats, delivered=self._clock())
        except asyncio.CancelledError:
            logger.info("sending was broken off; it goes on after the next start")
        except (MonitorError, OSError):
            logger.exception("a round of delivery failed; the next one follows")
        else:
            if delivered.any:
                logger.info("%s", delivered.in_words())

    async def look_around(self) -> None:
        """Tell operators of what is not well, and of what is again; let alerts go on that nobody acknowledged."""
        try:
            await asyncio.to_thread(self._look_around)
        except (MonitorError, OSError):
            logger.exception("looking for what is not well failed; it is done again")

    def _look_around(self) -> None:
        workshop, now = self._workshop, self._clock()
        with workshop.store.query() as query:
            found = troubles_of(query, workshop.feeds.feeds, workshop.settings.data_dir, now)
            told = query.meta(OPERATORS_TOLD)
        if found or told not in (None, "{}"):
            with workshop.store.transaction() as tx:
                tell_operators(tx, found, workshop.audience, now)
        escalate(workshop.store, workshop.audience, now)

    async def pulse(self) -> None:
        """Call the heartbeat address, if both loops have run lately: a daemon that hangs is as bad as a dead one."""
        settings = self._workshop.settings
        allowed = max(timedelta(minutes=10), timedelta(seconds=settings.tick_seconds * ALLOWED_TICKS))
        if settings.heartbeat_url is not None and self._beats.are_fresh(self._clock(), allowed):
            await call(settings.heartbeat_url, allow_private=settings.allow_private_addresses)

    def _beat(self) -> None:
        with self._workshop.store.transaction() as tx:
            tx.set_meta("heartbeat", self._clock().isoformat())

    async def stop(self) -> None:
        """End the ticks under way. A poll that is being written has a thread of its own, which the loop waits for."""
        if self._polling is not None:
            self._polling.cancel()
        under_way = {task for task in (self._polling, self._sending) if task is not None and not task.done()}
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
