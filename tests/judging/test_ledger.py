"""Announced beside evidenced: increments add up, running totals never do, and what may be one is counted once."""

from datetime import datetime, timedelta

import pytest

from monitor.catalogue.data import data_roots
from monitor.catalogue.target_classes import load_target_classes
from monitor.judging.ledger import Records, announcements, declarations, evidenced, rows_of, sums_of
from monitor.model.claims import (
    Actor,
    ReportedStatement,
    ReportedTally,
    Stance,
    Statement,
    StatementKind,
    Tally,
    TallyKind,
    Target,
    TruceKind,
)  # fmt: skip
from monitor.model.judgements import Incident
from monitor.model.ledger import Between
from tests.builders import NOON, a_report, a_reported_claim, a_time, an_incident

CLASSES = load_target_classes(data_roots())
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SAMPLE = [
    ("substation", "2025-04-01T13:00", "2025-04-01T15:00"),
    ("oil_depot", "2025-04-02T00:00", "2025-04-02T11:00"),
    # May lie before the counted day.
    ("power_line", "2025-04-01T00:00", "2025-04-02T00:00"),
    ("residential", "2025-04-02T00:00", "2025-04-02T11:00"),
]


def a_tally(count: int = 4, end: datetime = NOON, length: timedelta | None = DAY, outlet: str = "a", **more: object):  # type: ignore[no-untyped-def]
    party = more.pop("party", "RU")
    slots: dict[str, object] = {
        "id": f"{outlet}/{end.isoformat()}/{count}",
        "claimant": Actor(name="the ministry", party=party),  # type: ignore[arg-type]
        "accused": "UA",
        "target_class": "energy",
        "count": count,
        "kind": TallyKind.INCREMENT,
        "start": None if length is None else end - length,
        "end": end,
        "span": (0, 1),
    }
    return ReportedTally(tally=Tally(**slots | more), report=a_report(f"{outlet} {count} {end}"))  # type: ignore[arg-type]


def records(*incidents: Incident, violated: frozenset[str] = frozenset()) -> Records:
    return Records(incidents=incidents, violated=violated, classes=CLASSES)


def struck(class_id: str, start: str, end: str, attacker: str = "UA") -> Incident:
    target = Target(class_id=class_id, name=None)
    claim = a_reported_claim(id=f"{class_id}{start}", attacker=attacker, target=target, event_time=a_time(start, end))
    return an_incident(claim)


def summed(*tallies: ReportedTally) -> Between:
    (row,) = sums_of(announcements(tallies), records())
    return row.announced


def test_a_count_that_many_outlets_relay_is_one_announcement() -> None:
    (one,) = announcements([a_tally(14, NOON + n * HOUR, outlet=str(n)) for n in range(3)])
    assert (one.count, len(one.relayed)) == (14, 3)


def test_the_same_number_on_the_next_day_is_another_announcement() -> None:
    assert len(announcements([a_tally(6), a_tally(6, NOON + DAY)])) == 2


@pytest.mark.parametrize(
    ("tallies", "least", "most"),
    [
        ([a_tally(3), a_tally(4, NOON + DAY), a_tally(5, NOON + 2 * DAY)], 12, 12),
        # Two counts of one day, of which nobody says that they add up.
        ([a_tally(4), a_tally(6, NOON + 2 * HOUR), a_tally(5, NOON + DAY)], 9, 11),
        ([a_tally(4), a_tally(60, NOON, None, kind=TallyKind.CUMULATIVE)], 4, 4),
    ],
)
def test_increments_add_up_over_different_times_and_running_totals_never(
    tallies: list[ReportedTally], least: int, most: int
) -> None:
    assert summed(*tallies) == Between(least=least, most=most)


def test_running_totals_alone_make_no_sum() -> None:
    totals = [a_tally(n, NOON + n * DAY, None, kind=TallyKind.CUMULATIVE) for n in (30, 60)]
    assert sums_of(announcements(totals), records()) == ()
    assert len(announcements(totals)) == 2


def test_each_party_and_each_accused_has_a_sum_of_its_own() -> None:
    both = announcements([a_tally(4), a_tally(2, party="UA", accused="RU")])
    assert {(row.party, row.accused, row.announced.most) for row in sums_of(both, records())} == {
        ("RU", "UA", 4),
        ("UA", "RU", 2),
    }


def test_the_gap_is_between_what_surely_and_what_possibly_lies_in_the_counted_time() -> None:
    incidents = [struck(*one) for one in SAMPLE]
    (row,) = rows_of(announcements([a_tally(14)]), records(*incidents, violated=frozenset({incidents[0].id})))
    assert row.evidenced.incidents == Between(least=2, most=3)
    assert row.evidenced.violations == Between(least=1, most=1)
    assert row.gap == Between(least=11, most=12)


def test_what_the_other_side_struck_is_no_evidence_for_the_count() -> None:
    theirs = [struck("substation", "2025-04-02T01:00", "2025-04-02T02:00", attacker="RU")]
    (row,) = rows_of(announcements([a_tally(1)]), records(*theirs))
    assert row.evidenced.incidents.most == 0
    assert evidenced(records(*theirs), None, "energy", [(NOON - DAY, NOON)]).incidents.least == 1


def test_what_is_only_denied_is_no_evidence_for_a_count() -> None:
    denied = an_incident(a_reported_claim(stance=Stance.DENIED, attacker="UA"))
    assert evidenced(records(denied), "UA", "energy", [(NOON - DAY, NOON)]).incidents.most == 0


def test_a_count_of_one_kind_of_target_is_held_against_that_kind() -> None:
    incidents = [struck(*one) for one in SAMPLE]
    (row,) = rows_of(announcements([a_tally(2, target_class="substation")]), records(*incidents))
    assert row.evidenced.incidents == Between(least=1, most=1)


def a_statement(kind: StatementKind, came: datetime = NOON, party: str = "RU") -> ReportedStatement:
    said = Statement(
        id=f"{kind}{came}", kind=kind, speaker=Actor(name="x", party=party), about=TruceKind.ANY, span=(0, 1)
    )
    return ReportedStatement(statement=said, report=a_report(f"{kind} {came}", published=came))


def test_a_declaration_that_many_relay_is_one_and_dated_by_the_first() -> None:
    relayed = [a_statement(StatementKind.END, NOON + n * DAY) for n in (2, 0, 1)]
    found = declarations([*relayed, a_statement(StatementKind.END, party="UA"), a_statement(StatementKind.EXTENSION)])
    assert sorted((one.kind, one.party, len(one.relayed)) for one in found) == [
        ("end", "RU", 3),
        ("end", "UA", 1),
        ("extension", "RU", 1),
    ]
    assert {one.announced for one in found} == {NOON}


def test_the_same_declaration_a_week_later_is_another() -> None:
    assert len(declarations([a_statement(StatementKind.START), a_statement(StatementKind.START, NOON + 7 * DAY)])) == 2
