"""Whatever the routes, hours and digests: each change comes to everybody who is to hear of it, in its order, or is
recorded as silenced. Changes, the store and delivery are the real ones; only the clock is made up."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.alerts.arranging import arrange_all
from monitor.alerts.delivery import deliver_due
from monitor.alerts.notices import notices_for
from monitor.alerts.receivers import Audience
from monitor.hearing import heard_of
from monitor.model.judgements import Change, ChangeKind, Notice, NoticeState, Status, Violation
from monitor.model.routing import Digest, Every, Grouping, Hours, Manner, Route, Silence, Trait
from monitor.store import Store
from tests.alerts.test_routing import BREACHES, KYIV, NIGHT, a_matcher, a_receiver, a_route, an_audience
from tests.builders import NOON, a_report, a_reported_claim
from tests.judgement_builders import a_change, a_rating, a_violation

HOUR = timedelta(hours=1)
CHANNELS = ("webhook:desk", "webhook:south")
MORNING = replace(NIGHT, start=time(6), end=time(9))
#: What happens to a violation, one after the other, and how it then stands.
LIVES: tuple[tuple[tuple[ChangeKind, Status], ...], ...] = (
    ((ChangeKind.NEW, Status.ALLEGED),),
    ((ChangeKind.NEW, Status.ALLEGED), (ChangeKind.CORROBORATED, Status.CORROBORATED)),
    ((ChangeKind.NEW, Status.ALLEGED), (ChangeKind.DISMISSED, Status.DISMISSED)),
    ((ChangeKind.NEW, Status.CORROBORATED), (ChangeKind.WITHDRAWN, Status.WITHDRAWN)),
    (
        (ChangeKind.NEW, Status.ALLEGED),
        (ChangeKind.CORROBORATED, Status.CORROBORATED),
        (ChangeKind.DISMISSED, Status.DISMISSED),
    ),
)
MANNERS = st.builds(
    Manner,
    quiet=st.sampled_from([None, NIGHT, MORNING]),
    digest=st.sampled_from(
        [None, Digest(every=Every.DAILY, zone=KYIV), Digest(every=Every.HOURLY, at=time(0, 15), zone=KYIV)]
    ),
    storm=st.sampled_from([None, 2]),
)
ROUTES = st.lists(
    st.builds(
        a_route,
        st.sampled_from(["desk", "south"]),
        path=st.sampled_from(["routes.0", "routes.1"]),
        matcher=st.sampled_from([a_matcher(), a_matcher(status="corroborated"), a_matcher(kind="new")]),
        goes_on=st.booleans(),
        muted=st.sampled_from([(), (MORNING,), (Hours(start=time(0), end=time(0), zone=KYIV),)]),
        grouping=st.sampled_from(
            [
                Grouping(),
                Grouping(wait=HOUR),
                Grouping(by=(Trait.KIND,), interval=3 * HOUR),
            ]
        ),
    ),
    max_size=2,
).map(tuple)
NUMBERS = count()
#: Each example has a time of its own: they share a store, in which no clock goes back.
BEGINNINGS = (NOON + number * timedelta(days=30) for number in count())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("lost")
    with closing(Store.open(f"sqlite:///{folder / 'monitor.db'}", folder / "evidence")) as opened:
        yield opened


class Receiver:
    """What a receiver was handed, in order."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []

    async def send(self, notice: Notice, now: datetime) -> None:
        self.told += json.loads(notice.payload)["data"]["violations"]

    async def close(self) -> None:
        pass


def a_numbered_violation() -> Violation:
    number = next(NUMBERS)
    report = a_report(f"Strike {number}", id=f"R-{number}")
    return a_violation(a_reported_claim(id=f"C-{number}", report=report), assessments=BREACHES)


def timeline(
    lives: Sequence[tuple[tuple[ChangeKind, Status], ...]], gaps: Sequence[int], begin: datetime
) -> list[Change]:
    """Return what happens: first all begin, then what follows, some minutes after one another."""
    begun = [(a_numbered_violation(), life) for life in lives]
    found: list[Change] = []
    for step in range(max(map(len, lives))):
        for violation, life in begun:
            if step < len(life):
                kind, status = life[step]
                standing = replace(violation, rating=a_rating(status=status))
                wait = timedelta(minutes=gaps[len(found) % len(gaps)])
                moment = (found[-1].recorded_at if found else begin) + wait
                found.append(replace(a_change(kind, standing), recorded_at=moment))
    return found


def live_through(
    store: Store, audience: Audience, changes: Sequence[Change], silences: tuple[Silence, ...]
) -> dict[str, Receiver]:
    """Record each change at its time, deliver as the daemon does, and go on until nothing can wait any more."""
    senders = {channel: Receiver() for channel in (*CHANNELS, "file")}

    def deliver(now: datetime) -> None:
        def prepare(moment: datetime) -> None:
            arrange_all(store, audience, moment)

        asyncio.run(deliver_due(store, senders, clock=lambda: now, prepare=prepare))

    for change in changes:
        now = change.recorded_at
        with store.transaction() as tx:
            heard = replace(heard_of(tx, [change], now), silences=silences)
            tx.add_notices(notices_for([change], audience, heard=heard, now=now, backlog=False))
        deliver(now)
    end = changes[-1].recorded_at
    for step in range(1, 40):
        deliver(end + step * 9 * HOUR)
    return senders


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lives=st.lists(st.sampled_from(LIVES), min_size=1, max_size=3),
    gaps=st.lists(st.sampled_from([1, 5, 70, 400, 900]), min_size=1, max_size=5),
    manners=st.tuples(MANNERS, MANNERS),
    routes=ROUTES,
    silenced=st.booleans(),
)
def test_each_change_comes_in_its_order_or_is_recorded_as_silenced(
    store: Store,
    lives: list[tuple[tuple[ChangeKind, Status], ...]],
    gaps: list[int],
    manners: tuple[Manner, Manner],
    routes: tuple[Route, ...],
    silenced: bool,
) -> None:
    begin = next(BEGINNINGS)
    routes = tuple(replace(route, path=f"routes.{number}") for number, route in enumerate(routes))
    audience = an_audience(a_receiver("desk", manners[0]), a_receiver("south", manners[1]), routes=routes)
    drill = Silence(
        id="M-1", matcher=a_matcher(), begins=begin, until=begin + 6 * HOUR, author="Olena", reason="a drill"
    )
    changes = timeline(lives, gaps, begin)
    senders = live_through(store, audience, changes, (drill,) if silenced else ())
    ids = {change.violation.id for change in changes}
    with store.query() as query:
        rows = [one for one in query.notices(limit=100_000) if ids & set(one.violation_ids)]
    states = {one.id: one.state for one in rows}
    for one in rows:
        assert one.state in (NoticeState.SENT, NoticeState.MERGED, NoticeState.SILENCED), (
            one.channel,
            one.held_because,
        )
        assert one.state is not NoticeState.SILENCED or one.held_because
        assert one.state is not NoticeState.MERGED or states[str(one.merged_into)] is not NoticeState.SILENCED
    for key in ids:
        last = [change for change in changes if change.violation.id == key][-1]
        assert any(key in one.violation_ids for one in rows), "somebody has it"
        for channel, receiver in senders.items():
            told = [one for one in receiver.told if one["id"] == key]
            moments = [one["recorded_at"] for one in told]
            assert moments == sorted(moments), "nothing overtakes what is older"
            quiet = any(one.state is NoticeState.SILENCED for one in rows if one.channel == channel)
            if told and not quiet:
                assert told[-1]["change"] == last.kind.value, (channel, "whoever was told hears how it stands")
            if told and last.kind in (ChangeKind.DISMISSED, ChangeKind.WITHDRAWN):
                assert told[-1]["change"] == last.kind.value, (channel, "and above all that it was taken back")
