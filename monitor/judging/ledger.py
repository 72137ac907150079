"""Announced beside evidenced: what parties count and declare, held against what is recorded. Pure.

Increments add up where they count different times. Cumulative figures count from some beginning and never add up, not
to one another and not to increments.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from monitor.model.agreements import TargetClass
from monitor.model.claims import ReportedStatement, ReportedTally, TallyKind
from monitor.model.judgements import Incident
from monitor.model.ledger import AnnouncedRow, Announcement, Between, Declaration, Evidenced, SummedRow
from monitor.model.reports import PartyId
from monitor.model.times import EventTime

#: Reports of one statement, or of one running total, come within so much time of one another.
_SAME = timedelta(days=3)
#: Two stretches are of the same time where they share more than this part of the shorter one.
_SHARED = 0.5


@dataclass(frozen=True, kw_only=True)
class Records:
    """What announcements are held against."""

    incidents: Sequence[Incident]
    #: Ids of the incidents that are recorded as violations that stand.
    violated: frozenset[str]
    classes: Mapping[str, TargetClass]


def announcements(tallies: Iterable[ReportedTally]) -> tuple[Announcement, ...]:
    """Return each announcement once, by the end of what it counts: outlets relay the same count by the dozen."""
    found: list[Announcement] = []
    for one in sorted(tallies, key=lambda one: (_end(one), one.tally.id)):
        new = _announcement(one)
        at = next((n for n, old in enumerate(found) if _is_same(old, new)), None)
        if at is None:
            found.append(new)
        else:
            found[at] = replace(found[at], relayed=(*found[at].relayed, one))
    return tuple(found)


def rows_of(announced: Iterable[Announcement], records: Records) -> tuple[AnnouncedRow, ...]:
    """Return each announcement beside what is recorded of its time."""
    return tuple(
        AnnouncedRow(announced=one, evidenced=evidenced(records, one.accused, one.target_class, [(one.start, one.end)]))
        for one in announced
    )


def sums_of(announced: Iterable[Announcement], records: Records) -> tuple[SummedRow, ...]:
    """Return what the increments of each party against each other party add up to."""
    increments = [one for one in announced if one.kind is TallyKind.INCREMENT and one.start is not None]
    ordered = sorted(increments, key=_pair)
    return tuple(_sum(list(some), records) for _, some in groupby(ordered, key=_pair))


def _pair(one: Announcement) -> tuple[str, str, str]:
    """Return who counts what of whom; whoever speaks for no party counts for themselves alone."""
    return one.party or f"?{one.name}", one.accused or "", one.target_class


def evidenced(
    records: Records,
    accused: PartyId | None,
    target_class: str,
    stretches: Sequence[tuple[datetime | None, datetime]],
) -> Evidenced:
    """Return what is recorded against a party of stretches of time; against any party where none is named."""
    sure: set[str] = set()
    possible: set[str] = set()
    for incident in records.incidents:
        if incident.event_time is None or not _is_counted(incident, accused, target_class, records.classes):
            continue
        if any(_overlaps(incident.event_time, one) for one in stretches):
            possible.add(incident.id)
        if any(_lies_in(incident.event_time, one) for one in stretches):
            sure.add(incident.id)
    return Evidenced(
        incidents=Between(least=len(sure), most=len(possible)),
        violations=Between(least=len(sure & records.violated), most=len(possible & records.violated)),
    )


def declarations(statements: Iterable[ReportedStatement]) -> tuple[Declaration, ...]:
    """Return each statement once, by when it was first relayed."""
    found: list[Declaration] = []
    for one in sorted(statements, key=lambda one: (one.announced, one.statement.id)):
        at = next((n for n, old in enumerate(found) if _repeats(old, one)), None)
        if at is None:
            found.append(_declaration(one))
        else:
            found[at] = replace(found[at], relayed=(*found[at].relayed, one))
    return tuple(found)


def _declaration(one: ReportedStatement) -> Declaration:
    said = one.statement
    return Declaration(
        kind=said.kind,
        party=said.speaker.party or "",
        name=said.speaker.name,
        about=said.about,
        announced=one.announced,
        relayed=(one,),
    )


def _repeats(old: Declaration, one: ReportedStatement) -> bool:
    said = one.statement
    same = (old.kind, old.party, old.about) == (said.kind, said.speaker.party, said.about)
    return same and one.announced - old.relayed[-1].announced <= _SAME


def _end(one: ReportedTally) -> datetime:
    return one.tally.end or one.tally.start or one.report.came


def _announcement(one: ReportedTally) -> Announcement:
    tally = one.tally
    return Announcement(
        party=tally.claimant.party,
        name=tally.claimant.name,
        accused=tally.accused,
        target_class=tally.target_class,
        kind=tally.kind,
        count=tally.count,
        start=tally.start,
        end=_end(one),
        relayed=(one,),
    )


def _is_same(old: Announcement, new: Announcement) -> bool:
    slots = ("party", "accused", "target_class", "kind", "count")
    if any(getattr(old, name) != getattr(new, name) for name in slots) or (old.party is None and old.name != new.name):
        return False
    return _share_time(old, new) if old.kind is TallyKind.INCREMENT else abs(new.end - old.end) <= _SAME


def _share_time(first: Announcement, second: Announcement) -> bool:
    if first.start is None or second.start is None:
        return False
    shared = min(first.end, second.end) - max(first.start, second.start)
    shorter = min(first.end - first.start, second.end - second.start)
    return shared > shorter * _SHARED if shorter else shared >= timedelta(0)


def _sum(increments: list[Announcement], records: Records) -> SummedRow:
    """Return the sum; among counts of the same time the smallest and the largest bound it."""
    first = increments[0]
    clusters = list(_clusters(increments))
    stretches = [(one.start, one.end) for one in increments]
    return SummedRow(
        party=first.party,
        name=first.name,
        accused=first.accused,
        target_class=first.target_class,
        start=min(one.start for one in increments if one.start is not None),
        end=max(one.end for one in increments),
        announced=Between(
            least=sum(min(one.count for one in some) for some in clusters),
            most=sum(max(one.count for one in some) for some in clusters),
        ),
        increments=len(clusters),
        evidenced=evidenced(records, first.accused, first.target_class, stretches),
    )


def _clusters(increments: Iterable[Announcement]) -> Iterator[list[Announcement]]:
    some: list[Announcement] = []
    for one in sorted(increments, key=lambda one: one.end):
        if some and not _share_time(some[0], one):
            yield some
            some = []
        some.append(one)
    yield some


def _is_counted(
    incident: Incident, accused: PartyId | None, target_class: str, classes: Mapping[str, TargetClass]
) -> bool:
    if accused is not None and incident.attacker != accused:
        return False
    if not any(one.claim.stance.reports_event for one in incident.claims):
        return False
    struck, counted = classes.get(incident.target.class_id), classes.get(target_class)
    if counted is not None and counted.energy and counted.unspecified and struck is not None and struck.energy:
        return counted.family in ("energy", struck.family)
    return incident.target.class_id == target_class


def _overlaps(time: EventTime, stretch: tuple[datetime | None, datetime]) -> bool:
    start, end = stretch
    return time.start <= end and (start is None or time.end >= start)


def _lies_in(time: EventTime, stretch: tuple[datetime | None, datetime]) -> bool:
    start, end = stretch
    return time.end <= end and (start is None or time.start >= start)
