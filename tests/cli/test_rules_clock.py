"""`ceasefire rules clock`: what people were told of windows and duties, and what is to come."""

import json
from contextlib import closing

from freezegun import freeze_time

from monitor.pipeline import tell_occasions
from monitor.store import Store
from tests.builders import at
from tests.commands import CommandLine
from tests.parts import a_pipeline


def test_the_command_shows_what_was_told_and_what_is_to_come(ceasefire: CommandLine) -> None:
    folder = ceasefire.folder / "data"
    with closing(Store.open(f"sqlite:///{folder / 'monitor.db'}", folder / "evidence")) as store:
        for time in ("2025-04-01T00:00", "2025-04-20T00:00"):
            tell_occasions(store, a_pipeline(folder), now=at(time))
    shown = json.loads(ceasefire("rules", "clock", "--json").out)
    states = {(one["agreement"], one["at"]): one["state"] for one in shown}
    assert states["energy-pause-2025", "2025-04-18T21:00:00Z"] == "told"
    assert states["energy-pause-2025", "2025-03-24T22:00:00Z"] == "not told: before the monitor ran"
    assert "window closes" in ceasefire("rules", "clock").out
    assert all(one["state"] == "to come" for one in json.loads(ceasefire("rules", "clock", "--to-come", "--json").out))


def once(ceasefire: CommandLine, now: str) -> list[tuple[str, str]]:
    """Run one round at a time; return all that was told of the Easter truce so far."""
    # Frozen time hangs an event loop unless asyncio sees the real one.
    with freeze_time(now, real_asyncio=True):
        done = ceasefire("once")
    assert done.status == 0, done.err
    path = ceasefire.folder / "data/alerts/alerts.jsonl"
    lines = path.read_text().splitlines() if path.exists() else []
    occasions = [json.loads(line)["data"]["occasion"] for line in lines]
    return [(one["kind"], one["at"]) for one in occasions if one["agreement"] == "easter-truce-2025"]


def test_a_round_tells_what_came_since_the_one_before_and_nothing_twice(ceasefire: CommandLine) -> None:
    ceasefire.own("seeds/feeds.yaml", "sources: []\nfeeds: []\n")
    assert once(ceasefire, "2025-04-19T12:00Z") == []
    opened = once(ceasefire, "2025-04-19T15:30Z")
    assert ("window opens", "2025-04-19T15:00:00Z") in opened
    assert {kind for kind, _ in opened} == {"window opens"}
    assert once(ceasefire, "2025-04-19T15:31Z") == opened
    assert ("window closes", "2025-04-20T21:00:00Z") in once(ceasefire, "2025-04-20T21:00Z")


def test_a_monitor_started_long_after_tells_no_old_news(ceasefire: CommandLine) -> None:
    ceasefire.own("seeds/feeds.yaml", "sources: []\nfeeds: []\n")
    assert once(ceasefire, "2026-11-23T12:00Z") == once(ceasefire, "2026-11-23T12:05Z") == []
    assert not (ceasefire.folder / "data/alerts/alerts.jsonl").exists()
