"""Synthetic claims in any number, and how long it takes to merge them into incidents: judging alone, nothing stored.

    python -m tests.bench_merging [CLAIMS A DAY [CLAIMS A BATCH]]

A day has so many claims of so many events, in towns spread over two countries, each told by one to five outlets within
some hours; every tenth names a region only, every twentieth no time, every twentieth tells what came of it a day later.
More claims are more days. They come in the order of publication, all at once or in batches.
"""

import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import islice

from monitor import judging
from monitor.model.agreements import TargetClass
from monitor.model.claims import Claim, Outcome, Place, ReportedClaim, Target
from monitor.model.judgements import Join
from monitor.model.reports import Source
from monitor.model.times import EventTime
from tests.agreements import CLASSES
from tests.builders import NOON, a_claim, a_place, a_report, a_source

SIZES = (10_000, 100_000, 300_000)
A_DAY = 100
_OUTLETS, _TOWNS, _REGIONS = 60, 400, 24
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_KINDS = ("substation", "power_line", "power_plant", "oil_refinery", "oil_depot", "gas_facility", "energy")
_WEAPONS = ("drone", "missile", "artillery", None)


@cache
def _outlet(number: int) -> Source:
    return a_source(id=f"outlet{number}", name=f"Outlet {number}", publisher_group=f"group{number}")


@cache
def _town(number: int) -> Place:
    """Return one of the towns, some 40 km apart, and its region."""
    region = number % _REGIONS
    lat, lon = 45 + (number // 20) * 0.36, 24 + (number % 20) * 0.6
    return a_place(f"Town {number}", geonameid=1_000 + number, lat=lat, lon=lon, region=f"UA.{region:02}")


@cache
def _region(number: int) -> Place:
    return a_place(f"Region {number}", geonameid=9_000 + number, precision=3, region=f"UA.{number:02}")


def claims(count: int, a_day: int = A_DAY) -> Iterator[ReportedClaim]:
    """Return so many claims, in the order of publication; always the same ones."""
    dice, made, day = random.Random(5), 0, 0
    while made < count:
        today = sorted(_of_day(dice, NOON + day * _DAY, day, min(a_day, count - made)), key=_published)
        made += len(today)
        day += 1
        yield from today


def _published(one: ReportedClaim) -> datetime:
    return one.report.published or one.report.first_seen


def _of_day(dice: random.Random, noon: datetime, day: int, count: int) -> list[ReportedClaim]:
    found: list[ReportedClaim] = []
    while len(found) < count:
        start = noon + dice.randrange(12) * _HOUR
        event = a_claim(
            place=_town(dice.randrange(_TOWNS)),
            target=Target(class_id=dice.choice(_KINDS), name=None),
            event_time=EventTime(start=start, end=start + 3 * _HOUR, precision=1),
            weapon=dice.choice(_WEAPONS),
        )
        for _ in range(min(dice.randint(1, 5), count - len(found))):
            found.append(_told(dice, event, start, f"R{day}-{len(found)}"))
    return found


def _told(dice: random.Random, event: Claim, start: datetime, report_id: str) -> ReportedClaim:
    """Return the event as one outlet tells it: exactly, or leaving something out."""
    told, published = event, start + dice.randint(3, 11) * _HOUR
    chance = dice.random()
    if chance < 0.1 and event.place is not None and event.place.region is not None:
        told = replace(told, place=_region(int(event.place.region[3:])))
    elif chance < 0.15:
        told = replace(told, event_time=None)
    elif chance < 0.2:
        published += _DAY
        told = replace(
            told, outcome=Outcome.FIRE, act="burn", event_time=EventTime(start=published, end=published, precision=1)
        )
    source = _outlet(dice.randrange(_OUTLETS))
    report = a_report("Strike", id=report_id, source=source, published=published, first_seen=published)
    return ReportedClaim(claim=replace(told, id=f"{report_id}/1"), report=report)


@dataclass
class Kept:
    """What the store would keep, in memory: claims by day, where each stands and why, the members of each incident."""

    joins: dict[str, Join] = field(default_factory=dict)
    claims: dict[str, ReportedClaim] = field(default_factory=dict)
    members: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    by_day: dict[int, list[ReportedClaim]] = field(default_factory=lambda: defaultdict(list))
    classes: Mapping[str, TargetClass] = field(default_factory=lambda: CLASSES)

    def load(self, start: datetime, end: datetime) -> Iterator[ReportedClaim]:
        """Return the claims whose events can have been between two instants, and some more."""
        for day in range(_number(start) - 1, _number(end) + 5):
            yield from self.by_day[day]

    def take(self, batch: list[ReportedClaim]) -> None:
        """Merge a batch into what is kept."""
        for one in batch:
            self.claims[one.claim.id] = one
            self.by_day[_number(one.claim.event_time.start if one.claim.event_time else _published(one))].append(one)
        stored = judging.Stored(join_of=self.joins.get, members=self._members)
        done = judging.regroup(batch, (), judging.Nearby(self.load, self.classes), stored, self.classes)
        for join in done.joins:
            self._leave(join.claim_id)
            self.joins[join.claim_id] = join
            self.members[join.incident_id][join.claim_id] = None
        for claim_id in done.left:
            self._leave(claim_id)

    def _members(self, incident_id: str) -> list[ReportedClaim]:
        return [self.claims[claim_id] for claim_id in self.members.get(incident_id, ())]

    def _leave(self, claim_id: str) -> None:
        before = self.joins.pop(claim_id, None)
        if before is not None:
            del self.members[before.incident_id][claim_id]


def _number(moment: datetime) -> int:
    return int(moment.timestamp() // _DAY.total_seconds())


def merged(count: int, a_day: int = A_DAY, batch: int | None = None) -> tuple[Kept, float]:
    """Merge so many claims, all at once or in batches; return what came of it, and the processor time it took."""
    kept, taken, coming = Kept(), 0.0, claims(count, a_day)
    while some := list(islice(coming, batch)):
        before = time.process_time()
        kept.take(some)
        taken += time.process_time() - before
    return kept, taken


def incidents(kept: Kept) -> Mapping[str, list[str]]:
    """Return the claims of each incident that has any."""
    return {key: sorted(members) for key, members in kept.members.items() if members}


def main(a_day: int = A_DAY, batch: int | None = None) -> None:
    """Measure the sizes and print them."""
    for count in SIZES:
        kept, taken = merged(count, a_day, batch)
        name = f"merging {count:,} claims, {a_day} a day" + (f", in batches of {batch}" if batch else "")
        found = f"{len(incidents(kept)):,} incidents, {taken / count * 1e6:,.0f} microseconds a claim"
        sys.stdout.write(f"{name:<52} {taken:>9.1f} s                {found}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
