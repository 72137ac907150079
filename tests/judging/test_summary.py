"""What the claims about one event say together."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from monitor import judging
from monitor.model.claims import Basis, Confidence, Outcome, Place, ReportedClaim, Stance, Target
from monitor.model.judgements import Incident
from monitor.model.times import EventTime
from tests.agreements import CLASSES, an_agreement
from tests.builders import a_place, a_time
from tests.judging.scenes import ODESA, RU_MOD, SUMY_REGION, UTILITY, said_by, summary

INFERRED: dict[str, Any] = {"attacker_basis": Basis.INFERRED}


def test_a_stated_attacker_goes_before_inferred_ones() -> None:
    claims = [said_by("a", **INFERRED), said_by("b", **INFERRED), said_by("c", attacker="UA")]
    found = summary(*claims)
    assert (found.attacker, found.attacker_inferred) == ("UA", False)


def test_an_attacker_that_nobody_states_is_marked_as_inferred() -> None:
    found = summary(said_by("a", **INFERRED), said_by("b", attacker=None, attacker_basis=None))
    assert (found.attacker, found.attacker_inferred) == ("RU", True)


def test_a_known_facility_goes_before_a_class_and_a_class_before_energy_in_general() -> None:
    general = said_by("a", target=Target(class_id="energy", name="energy infrastructure"))
    exact = said_by("b", target=Target(class_id="power_line", name=None))
    known = said_by("c", target=Target(class_id="substation", name="North", facility_id="north"))
    assert summary(general, exact).target.class_id == "power_line"
    assert summary(general, exact, known).target.facility_id == "north"


def test_the_most_exact_place_is_taken() -> None:
    assert summary(said_by("a", place=SUMY_REGION), said_by("b")).place == a_place()


def test_the_place_that_most_outlets_name_is_taken() -> None:
    claims = [said_by("a", place=ODESA), said_by("b"), said_by("c")]
    assert summary(*claims).place == a_place()


def test_the_time_is_what_overlapping_reports_share() -> None:
    day = said_by("a", event_time=a_time("2025-04-01T21:00", "2025-04-02T21:00"))
    night = said_by("b", event_time=a_time("2025-04-01T17:00", "2025-04-02T03:00"))
    assert summary(day, night).event_time == a_time("2025-04-01T21:00", "2025-04-02T03:00")


def test_the_time_is_the_whole_stretch_where_reports_date_the_event_differently() -> None:
    one = said_by("a", event_time=a_time("2025-04-02T00:00", "2025-04-02T06:00"))
    other = said_by("b", event_time=a_time("2025-04-02T20:00", "2025-04-03T00:00"))
    assert summary(one, other).event_time == a_time("2025-04-02T00:00", "2025-04-03T00:00", precision=2)


def test_what_came_of_it_on_the_next_day_does_not_move_the_time() -> None:
    fire = said_by("a", act="fire", outcome=Outcome.FIRE, event_time=a_time("2025-04-03T06:00", "2025-04-03T18:00"))
    assert summary(said_by("b"), fire).event_time == a_time("2025-04-02T00:00", "2025-04-02T12:00")


def test_a_vague_time_does_not_blur_an_exact_one() -> None:
    vague = said_by("a", event_time=a_time("2025-03-30T00:00", "2025-04-06T00:00", precision=2))
    assert summary(vague, said_by("b")).event_time == a_time("2025-04-02T00:00", "2025-04-02T12:00")


def test_a_denial_adds_nothing_to_what_the_reports_of_the_event_say() -> None:
    denial = said_by("a", stance=Stance.DENIED, attacker="UA", place=ODESA, denied_by=(RU_MOD,))
    found = summary(denial, said_by("b"))
    assert (found.attacker, found.place) == ("RU", a_place())


TIMES = (a_time("2025-04-02T00:00", "2025-04-02T12:00"), a_time("2025-04-02T06:00", "2025-04-03T06:00"))
LATER = a_time("2025-04-03T08:00", "2025-04-03T09:00")

CLAIMS = st.builds(
    said_by,
    st.sampled_from(["a", "b", "c", "d"]),
    published=st.sampled_from(["2025-04-02T12:00", "2025-04-02T15:00"]),
    id=st.uuids().map(str),
    attacker=st.sampled_from(["RU", "UA", None]),
    attacker_basis=st.sampled_from([Basis.STATED, Basis.INFERRED]),
    target=st.sampled_from(
        [Target(class_id=one, name=None) for one in ("energy", "substation", "power_line", "heating")]
    ),
    place=st.sampled_from([a_place(), SUMY_REGION, ODESA, None]),
    event_time=st.sampled_from([*TIMES, LATER, None]),
    country=st.sampled_from(["UA", None]),
    outcome=st.sampled_from(list(Outcome)),
    stance=st.sampled_from([Stance.ASSERTED, Stance.ALLEGED, Stance.DENIED]),
    confidence=st.sampled_from(list(Confidence)),
    claimants=st.sampled_from([(), (RU_MOD,), (UTILITY,)]),
)


@given(st.lists(CLAIMS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_claims_plays_no_part_in_what_they_say_nor_in_any_judgement(
    claims: list[ReportedClaim], chance: random.Random
) -> None:
    shuffled = list(claims)
    chance.shuffle(shuffled)
    first, second = summary(*claims), summary(*shuffled)
    assert first == second
    assert judged(first) == judged(second)


def judged(incident: Incident) -> tuple[object, ...]:
    ratings = tuple(judging.rate(incident, party, CLASSES) for party in ("RU", "UA"))
    return judging.assess(incident, [an_agreement()], CLASSES), ratings


@given(st.lists(CLAIMS, min_size=1, max_size=6))
def test_an_incident_says_nothing_that_no_claim_says(claims: list[ReportedClaim]) -> None:
    found = summary(*claims)
    assert found.attacker in {one.claim.attacker for one in claims} | {None}
    places: set[Place | None] = {one.claim.place for one in claims}
    assert found.place in places
    assert found.target in {one.claim.target for one in claims}
    times = [one.claim.event_time for one in claims if one.claim.event_time is not None]
    assert found.event_time is None or within(found.event_time, times)


def within(time: EventTime, times: list[EventTime]) -> bool:
    return min(one.start for one in times) <= time.start and time.end <= max(one.end for one in times)
