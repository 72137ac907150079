"""The same claims make the same incidents, whatever order they come in."""

import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.claims import Outcome, ReportedClaim, Stance, Target
from tests import bench_merging
from tests.builders import NOON, a_place, a_report, a_reported_claim, a_source, a_time
from tests.judging.scenes import ODESA, RU_MOD, SUDZHA, SUMY_REGION, another, incidents_of, joins_of, said_by

NIKOPOL = a_place("Nikopol", geonameid=700051, lat=47.57, lon=34.39, region="UA.04")
PLACES = (a_place(), a_place("Stetskivka", geonameid=1, lat=50.94, lon=34.83), SUMY_REGION, ODESA, None)
TARGETS = (
    Target(class_id="substation", name="substation"),
    Target(class_id="power_line", name="line"),
    Target(class_id="power_line", name=None),
    Target(class_id="energy", name="energy"),
)


@st.composite
def claims(draw: st.DrawFn) -> list[ReportedClaim]:
    """Return claims of a few reports about a few places and days, so that many can be one event."""
    found: list[ReportedClaim] = []
    for number in range(draw(st.integers(2, 5))):
        published = NOON + timedelta(hours=draw(st.integers(0, 60)))
        outlet = f"outlet{number}"
        report = a_report(
            outlet, id=f"R-{number}", source=a_source(id=outlet, publisher_group=outlet), published=published
        )
        for index in range(1, draw(st.integers(1, 3)) + 1):
            start = published - timedelta(hours=draw(st.integers(1, 40)))
            end = start + timedelta(hours=draw(st.sampled_from((0, 6, 24))))
            slots: dict[str, Any] = {
                "place": draw(st.sampled_from(PLACES)),
                "target": draw(st.sampled_from(TARGETS)),
                "attacker": draw(st.sampled_from(("RU", "UA", None))),
                "weapon": draw(st.sampled_from((None, "drone", "artillery"))),
                "stance": draw(st.sampled_from((Stance.ASSERTED, Stance.ALLEGED, Stance.DENIED))),
                "outcome": draw(st.sampled_from((Outcome.HIT, Outcome.OUTAGE))),
                "act": draw(st.sampled_from(("strike", "fire"))),
                "event_time": draw(st.sampled_from((None, a_time(start.isoformat(), end.isoformat())))),
            }
            found.append(a_reported_claim(report=report, id=f"R-{number}.1/{index}", **slots))
    return found


def grouped(found: dict[str, list[str]]) -> set[frozenset[str]]:
    return {frozenset(members) for members in found.values()}


@settings(max_examples=150, deadline=None)
@given(claims(), st.randoms(use_true_random=False))
def test_the_same_claims_make_the_same_incidents_in_any_order(found: list[ReportedClaim], order: random.Random) -> None:
    at_once = grouped(incidents_of(found, at_once=True))
    shuffled = list(found)
    order.shuffle(shuffled)
    assert grouped(incidents_of(found)) == at_once
    assert grouped(incidents_of(shuffled)) == at_once


def test_an_incident_keeps_its_id_when_a_better_report_of_it_comes_later() -> None:
    vague, exact = said_by("alpha", place=SUMY_REGION), said_by("beta")
    [first] = incidents_of([vague])
    assert list(incidents_of([vague, exact])) == [first]


def test_whatever_order_the_claims_came_in_one_begins_the_incident_and_each_other_says_why_it_belongs() -> None:
    told = [said_by(outlet) for outlet in ("gamma", "beta", "alpha")]
    for order in (told, told[::-1]):
        joins = joins_of(order)
        assert len({one.incident_id for one in joins.values()}) == 1
        beginning = [one for one in joins.values() if one.reasons[0].code == "new"]
        assert len(beginning) == 1
        for one in joins.values():
            codes = {reason.code for reason in one.reasons}
            assert one is beginning[0] or {"same place", "same time", "same target"} <= codes


def test_an_event_told_by_two_outlets_in_two_sentences_each_stays_two_events() -> None:
    line = Target(class_id="power_line", name="power line")
    sumy = said_by("alpha", weapon="drone")
    nikopol = another(sumy, target=line, place=NIKOPOL, weapon="artillery")
    general = another(sumy, 3, target=Target(class_id="energy", name="energy"), stance=Stance.ALLEGED)
    dark = another(sumy, 4, target=Target(class_id="power_grid", name=None), outcome=Outcome.OUTAGE)
    others = said_by("beta", weapon="missile")
    others_line = another(others, target=line, place=NIKOPOL)
    found = grouped(incidents_of([sumy, nikopol, general, dark, others, others_line]))
    assert sorted(len(one) for one in found) == [2, 4]


def the_same_words(place: Any, number: int) -> ReportedClaim:
    report = a_report("Strikes in two regions", text="At dawn a drone cut a line.")
    start = len(report.title) + 2
    spans = {
        "place": ((11, 14),),
        "sentence": ((start, start + 27),),
        "act": ((start + 16, start + 19),),
        "target": ((start + 22, start + 26),),
    }
    return a_reported_claim(report=report, id=f"c{number}", place=place, spans=spans)


def test_one_sentence_that_was_read_with_two_places_from_the_headline_is_one_event() -> None:
    twice = [the_same_words(SUMY_REGION, 1), the_same_words(a_place("Kursk Oblast", region="RU.41", precision=3), 2)]
    assert [len(one) for one in grouped(incidents_of(twice))] == [2]


def test_a_weapon_that_only_another_outlet_names_sets_two_claims_of_one_report_not_apart() -> None:
    first = said_by("alpha", weapon="drone")
    repeated = said_by("beta", weapon=None)
    again = another(repeated, weapon="missile")
    assert grouped(incidents_of([first, repeated, again])) == {
        frozenset({first.claim.id, repeated.claim.id, again.claim.id})
    }


def test_a_denial_that_came_first_stands_with_the_event_it_denies() -> None:
    event = said_by("alpha", place=SUDZHA, country="RU", attacker="UA")
    denial = said_by("beta", place=SUDZHA, country="RU", attacker="UA", stance=Stance.DENIED, denied_by=(RU_MOD,))
    assert grouped(incidents_of([denial, event])) == grouped(incidents_of([event, denial]))


@pytest.mark.parametrize("seed", range(4))
def test_many_claims_in_any_order(seed: int) -> None:
    many = [
        said_by(
            f"outlet{number}",
            place=PLACES[number % 4],
            event_time=a_time(f"2025-04-{1 + number % 9:02}T0{number % 7}:00"),
            published=f"2025-04-{1 + number % 9:02}T20:00",
        )
        for number in range(40)
    ]
    expected = grouped(incidents_of(many, at_once=True))
    random.Random(seed).shuffle(many)
    assert grouped(incidents_of(many)) == expected


def test_many_claims_of_many_days_are_the_same_incidents_in_batches_as_at_once() -> None:
    at_once, in_batches = (
        sorted(bench_merging.incidents(bench_merging.merged(600, 150, batch)[0]).values()) for batch in (None, 40)
    )
    assert at_once == in_batches
    assert 150 < len(at_once) < 450
