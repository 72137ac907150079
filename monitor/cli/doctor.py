"""`ceasefire doctor`: is everything well, and which readings bind now?"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from monitor.bootstrap import Workshop, open_store
from monitor.cli.context import Context, data_console, now
from monitor.cli.feeds import describe
from monitor.errors import MonitorError
from monitor.model.judgements import NoticeState
from monitor.model.text import one_line
from monitor.output.in_force import in_force_text

#: A daemon that has not finished a round for this many ticks, and at least ten minutes, counts as dead.
STALE_TICKS = 10
#: At most so many reports that could not be read are listed.
LISTED = 10


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(
    context: typer.Context,
    alive: Annotated[
        bool, typer.Option("--alive", help="Only check that the daemon has finished a round lately.")
    ] = False,
) -> None:
    """Check settings, rules, database, evidence and feeds, and say which readings bind. Exit status 1 on trouble."""
    shared: Context = context.obj
    if alive:
        _check_heartbeat(shared)
        return
    settings, out = shared.settings, data_console()
    with shared.workshop() as workshop:
        troubles = workshop.store.check()
        facts = {
            "data folder": str(settings.data_dir),
            "database": settings.database_shown,
            "rules": ", ".join(map(str, workshop.roots.folders)),
            "agreements": ", ".join(agreement.id for agreement in workshop.pipeline.agreements) or "none",
            "alerts to": _told(workshop),
            "opinions": _opinions(workshop),
            **_counts(workshop),
        }
        troubles += (
            tuple(_unread(workshop))
            + tuple(_feed_troubles(workshop))
            + tuple(_channel_troubles(workshop))
            + tuple(_disk_troubles(settings.data_dir))
        )
        heartbeat = _heartbeat(workshop)
        facts["daemon"] = heartbeat.isoformat() if heartbeat else "has not run on this database"
    width = max(map(len, facts)) + 2
    for name, value in facts.items():
        out.print(f"{name + ':':<{width}}{value}", markup=False)
    out.print(in_force_text(workshop.pipeline.agreements, now()), markup=False)
    for trouble in troubles:
        shared.say(f"trouble: {trouble}")
    if troubles:
        raise typer.Exit(1)
    shared.say("all is well")


def _told(workshop: Workshop) -> str:
    channels = [channel for receiver in workshop.pipeline.audience.receivers for channel in receiver.channels]
    return ", ".join(channels) or f"nobody is configured; {workshop.pipeline.audience.file_sink.path} takes them"


def _opinions(workshop: Workshop) -> str:
    """Return who is asked for second opinions, and what those asked for so far cost."""
    with workshop.store.query() as query:
        costs = query.opinion_costs()
    advisor = workshop.pipeline.advisor
    asked = f"{advisor.endpoint.model} at {advisor.endpoint.address}" if advisor else "nobody is asked"
    return f"{asked}; {costs.asked} so far, {costs.prompt_tokens} + {costs.completion_tokens} tokens"


def _counts(workshop: Workshop) -> dict[str, str]:
    with workshop.store.query() as query:
        counts = query.counts()
    return {name: str(count) for name, count in counts.items()}


def _feed_troubles(workshop: Workshop) -> list[str]:
    with workshop.store.query() as query:
        states = query.poll_states()
    return [
        f"feed {feed.id}: {describe(feed, state)}"
        for feed in workshop.feeds.feeds
        if feed.enabled and (state := states.get(feed.id)) is not None and (state.failures or state.gone)
    ]


def _channel_troubles(workshop: Workshop) -> list[str]:
    with workshop.store.query() as query:
        states, dead = query.channel_states(), len(query.notice_ids(NoticeState.DEAD))
    troubles = [
        f"channel {state.channel}: disabled, `ceasefire alerts enable` lets it be tried again: {state.reason}"
        if state.disabled_at
        else f"channel {state.channel}: alerts wait, because {state.reason}"
        for state in states.values()
    ]
    given_up = f"{dead} alerts were given up: see `ceasefire alerts outbox list --state dead`"
    return [*troubles, given_up] if dead else troubles


def _unread(workshop: Workshop) -> list[str]:
    with workshop.store.query() as query:
        failed = query.failed_readings()
    if not failed:
        return []
    lines = [
        f"report {one_line(one.report.id, 80)} of {one_line(one.report.source.name, 80)} could not be read by version "
        f"{one.program}: {one_line(one.error, 200)}"
        for one in failed[:LISTED]
    ]
    more = f", of which {LISTED} are listed" if len(failed) > LISTED else ""
    return [*lines, f"{len(failed)} stored reports are not read{more}; a new version does it, or `ceasefire reread`"]


def _disk_troubles(folder: Path) -> list[str]:
    free = shutil.disk_usage(folder).free
    return [f"only {free // 2**20} MiB free in {folder}"] if free < 500 * 2**20 else []


def _heartbeat(workshop: Workshop) -> datetime | None:
    with workshop.store.query() as query:
        beat = query.meta("heartbeat")
    return datetime.fromisoformat(beat) if beat else None


def _check_heartbeat(shared: Context) -> None:
    store = open_store(shared.settings)
    try:
        with store.query() as query:
            beat = query.meta("heartbeat")
    finally:
        store.close()
    allowed = max(timedelta(minutes=10), timedelta(seconds=shared.settings.tick_seconds * STALE_TICKS))
    if beat is None or now() - datetime.fromisoformat(beat) > allowed:
        raise MonitorError(f"the daemon has not finished a round since {beat or 'ever'}; look at its log")
    shared.say(f"the daemon finished a round at {beat}")
