"""Which claims are one event."""

from dataclasses import replace
from typing import Any

import pytest

from monitor import judging
from monitor.model.claims import Basis, Outcome, ReportedClaim, Stance, Target
from monitor.model.judgements import stable_id
from tests.agreements import CLASSES
from tests.builders import a_place, a_report, a_reported_claim, a_source, a_time
from tests.judging.scenes import (
    GOVERNOR,
    KAVKAZSKAYA,
    KROPOTKIN,
    ODESA,
    RU_MOD,
    SUDZHA,
    SUMY_REGION,
    UA_STAFF,
    another,
    incidents_of,
    said_by,
    summary,
)

DEPOT = Target(class_id="oil_depot", name="Kavkazskaya depot")
FIRST = said_by("alpha")


def events(*claims: ReportedClaim) -> list[int]:
    """Return how many claims each incident holds, in the order in which the incidents came up."""
    return [len(members) for members in incidents_of(claims).values()]


def test_the_first_claim_of_an_event_makes_an_incident_named_after_it_and_says_why() -> None:
    found = judging.join(FIRST, [], CLASSES)
    assert found is not None
    assert found.incident_id == stable_id("I", FIRST.claim.id)
    assert [reason.text for reason in found.reasons] == ["no incident near"]


def test_a_join_says_how_alike_the_claims_are_and_why() -> None:
    found = judging.join(said_by("beta"), [summary(FIRST)], CLASSES)
    assert found is not None
    assert found.incident_id == "I-1"
    assert 0.5 <= found.score <= 1.0
    assert {"same place", "same time", "same target", "same attacker"} <= {reason.code for reason in found.reasons}


def test_a_claim_that_joins_nothing_says_what_spoke_against_the_nearest_incident() -> None:
    found = judging.join(said_by("beta", place=ODESA), [summary(FIRST)], CLASSES)
    assert found is not None
    assert found.incident_id != "I-1"
    assert "km apart" in found.reasons[0].text


SAME: list[tuple[str, dict[str, Any]]] = [
    ("in a word for the whole network", {"target": Target(class_id="power_grid", name=None)}),
    ("as energy infrastructure in general", {"target": Target(class_id="energy", name=None)}),
    ("without an attacker", {"attacker": None, "attacker_basis": None}),
    ("a few kilometres off", {"place": a_place("Stetskivka", geonameid=1, lat=50.94, lon=34.83)}),
    ("by region only", {"place": SUMY_REGION}),
    ("by week only", {"event_time": a_time("2025-03-30T00:00", "2025-04-06T00:00", precision=2)}),
    ("without a time", {"event_time": None}),
    ("without a place", {"place": None}),
    ("as intercepted", {"outcome": Outcome.INTERCEPTED}),
    ("as the other side's doing", {"attacker": "UA"}),
    ("with another weapon", {"weapon": "missile"}),
    ("as half an hour later", {"event_time": a_time("2025-04-02T12:30")}),
]


@pytest.mark.parametrize(("how", "slots"), SAME, ids=[how for how, _ in SAME])
def test_one_event_told_by_another_outlet_stays_one(how: str, slots: dict[str, Any]) -> None:
    assert events(said_by("alpha", weapon="drone"), said_by("beta", **slots)) == [2]


OTHER: list[tuple[str, dict[str, Any]]] = [
    ("in another town of the region", {"place": a_place("Konotop", geonameid=706524, lat=51.24, lon=33.2)}),
    ("in another region", {"place": ODESA}),
    ("a week later", {"event_time": a_time("2025-04-09T00:00", "2025-04-09T12:00")}),
    ("on another kind of target", {"target": Target(class_id="oil_depot", name=None)}),
    ("somewhere in the other country", {"place": None, "country": "RU"}),
    ("on another facility of the same family", {"target": Target(class_id="power_plant", name=None)}),
    ("on homes", {"target": Target(class_id="residential", name=None)}),
    (
        "by the other side, somewhere in the region",
        {"attacker": "UA", "place": a_place("Bilopillia", geonameid=2, lat=50.96, lon=34.9, precision=2)},
    ),
]


@pytest.mark.parametrize(("how", "slots"), OTHER, ids=[how for how, _ in OTHER])
def test_another_event_stays_another(how: str, slots: dict[str, Any]) -> None:
    assert events(FIRST, said_by("beta", **slots)) == [1, 1]


def test_two_strikes_on_one_city_in_one_day_stay_two() -> None:
    night, evening = a_time("2025-04-02T00:00", "2025-04-02T03:00"), a_time("2025-04-02T17:00", "2025-04-02T19:00")
    assert events(said_by("alpha", event_time=night), said_by("beta", event_time=evening)) == [1, 1]


AT_TWO = said_by("alpha", event_time=a_time("2025-04-02T02:00"), weapon="drone", published="2025-04-03T06:00")
AT_ELEVEN = another(AT_TWO, event_time=a_time("2025-04-02T23:00"), weapon="missile")
WHOLE_DAY = a_time("2025-04-02T00:00", "2025-04-03T00:00")

FITS_BOTH: list[tuple[str, dict[str, Any], list[int]]] = [
    ("on the day of both", {"event_time": WHOLE_DAY}, [1, 1, 1]),
    ("on the day of both, with the weapon of one", {"event_time": WHOLE_DAY, "weapon": "drone"}, [1, 1, 1]),
    ("on the day of both, with the weapon of the other", {"event_time": WHOLE_DAY, "weapon": "missile"}, [1, 1, 1]),
    ("on the day of both, by nobody named", {"event_time": WHOLE_DAY, "attacker": None}, [1, 1, 1]),
    ("in the week of both", {"event_time": a_time("2025-03-31T00:00", "2025-04-07T00:00", precision=2)}, [1, 1, 1]),
    ("at the hour of one", {"event_time": a_time("2025-04-02T02:00", "2025-04-02T02:30")}, [2, 1]),
    ("in the part of the day of one", {"event_time": a_time("2025-04-02T00:00", "2025-04-02T06:00")}, [2, 1]),
]


@pytest.mark.parametrize(("how", "slots", "joined"), FITS_BOTH, ids=[how for how, *_ in FITS_BOTH])
def test_what_may_be_either_of_two_strikes_of_a_day_is_neither(
    how: str, slots: dict[str, Any], joined: list[int]
) -> None:
    vague = said_by("beta", published="2025-04-03T08:00", **slots)
    assert sorted(events(AT_TWO, AT_ELEVEN, vague)) == sorted(joined)
    assert sorted(events(vague, AT_ELEVEN, AT_TWO)) == sorted(joined)


def test_a_claim_that_fits_two_strikes_says_that_it_says_too_little() -> None:
    vague = said_by("beta", published="2025-04-03T08:00", event_time=WHOLE_DAY)
    candidates = [summary(AT_TWO, incident_id="I-1"), summary(AT_ELEVEN, incident_id="I-2")]
    found = judging.join(vague, candidates, CLASSES)
    assert found is not None
    assert [reason.code for reason in found.reasons] == [judging.AMBIGUOUS]
    assert "I-1, I-2" in found.reasons[0].text


NORTHERN = Target(class_id="substation", name="Northern substation")


@pytest.mark.parametrize(
    ("slots", "joined"),
    [
        ({"target": NORTHERN}, [2, 1]),
        ({"target": Target(class_id="substation", name="substation")}, [1, 1, 1]),
    ],
)
def test_a_name_tells_which_of_two_strikes_of_a_day_is_meant(slots: dict[str, Any], joined: list[int]) -> None:
    named = another(AT_TWO, 3, event_time=a_time("2025-04-02T02:00"), target=NORTHERN)
    vague = said_by("beta", published="2025-04-03T08:00", event_time=WHOLE_DAY, **slots)
    assert sorted(events(named, AT_ELEVEN, vague)) == sorted(joined)


def test_a_headline_of_the_day_repeats_one_of_the_strikes_that_its_own_text_tells_of() -> None:
    assert sorted(events(AT_TWO, AT_ELEVEN, another(AT_TWO, 3, event_time=WHOLE_DAY))) == [1, 2]


def test_a_headline_of_the_day_means_the_strike_of_its_own_text_and_no_other_outlets() -> None:
    own = said_by("beta", published="2025-04-03T08:00", event_time=a_time("2025-04-02T23:00"))
    headline = another(own, event_time=WHOLE_DAY)
    assert sorted(events(AT_TWO, own, headline)) == [1, 2]


SOUTHERN = Target(class_id="substation", name="Southern substation")


@pytest.mark.parametrize(
    ("second", "vague"),
    [
        (SOUTHERN, Target(class_id="substation", name="substation")),
        (SOUTHERN, Target(class_id="energy", name=None)),
        (Target(class_id="power_plant", name="plant"), Target(class_id="energy", name=None)),
    ],
)
def test_what_may_be_either_of_two_targets_of_one_town_is_neither(second: Target, vague: Target) -> None:
    one, other = said_by("alpha", target=NORTHERN), said_by("beta", target=second)
    assert events(one, other, said_by("gamma", target=vague)) == [1, 1, 1]


def test_two_weapons_of_one_hour_are_told_apart_by_the_weapon() -> None:
    drone = said_by("alpha", weapon="drone")
    shells = another(drone, weapon="artillery")
    assert sorted(events(drone, shells, said_by("beta", weapon="artillery"))) == [1, 2]


def test_a_report_of_the_morning_does_not_tell_of_the_evening_of_its_day() -> None:
    day, evening = a_time("2025-04-01T21:00", "2025-04-02T21:00"), a_time("2025-04-02T17:00", "2025-04-02T19:00")
    morning = said_by("alpha", event_time=day, published="2025-04-02T09:00")
    assert events(morning, said_by("beta", event_time=evening, published="2025-04-02T20:00")) == [1, 1]
    late = said_by("alpha", event_time=day, published="2025-04-02T20:30")
    assert events(late, said_by("beta", event_time=evening, published="2025-04-02T20:00")) == [2]


def test_two_facilities_of_one_city_stay_two() -> None:
    one = Target(class_id="substation", name="North", facility_id="north")
    other = Target(class_id="substation", name="South", facility_id="south")
    assert events(said_by("alpha", target=one), said_by("beta", target=other)) == [1, 1]


def test_the_same_event_dated_20_and_21_march_stays_one() -> None:
    metering = Target(class_id="gas_metering", name="Sudzha gas metering station", facility_id="sudzha-gms")
    day_20 = a_time("2025-03-19T21:00", "2025-03-20T21:00")
    day_21 = a_time("2025-03-20T21:00", "2025-03-21T21:00")
    slots: dict[str, Any] = {"target": metering, "place": SUDZHA, "country": "RU", "published": "2025-03-21T07:00"}
    one = said_by("alpha", event_time=day_20, attacker="UA", **slots)
    other = said_by("beta", event_time=day_21, attacker="RU", **slots)
    assert events(one, other) == [2]
    assert events(other, one) == [2]


def test_strikes_on_one_town_on_two_days_running_stay_two_where_the_first_was_reported_before_the_second_day() -> None:
    first = said_by("alpha", event_time=a_time("2025-04-01T21:00", "2025-04-02T21:00"), published="2025-04-02T15:00")
    second = said_by("beta", event_time=a_time("2025-04-02T21:00", "2025-04-03T21:00"), published="2025-04-03T15:00")
    assert events(first, second) == [1, 1]


def test_a_day_that_began_after_the_first_report_was_written_is_another_day() -> None:
    first = said_by("alpha", event_time=a_time("2025-04-01T21:00", "2025-04-02T21:00"), published="2025-04-02T20:00")
    second = said_by("beta", event_time=a_time("2025-04-02T21:00", "2025-04-03T21:00"), published="2025-04-03T20:00")
    assert events(first, second) == [1, 1]


def burning(outlet: str, day: int) -> ReportedClaim:
    time = a_time(f"2025-03-{day}T00:00", f"2025-03-{day}T20:00")
    return said_by(
        outlet,
        act="fire",
        outcome=Outcome.FIRE,
        target=DEPOT,
        place=KAVKAZSKAYA,
        country="RU",
        attacker=None,
        attacker_basis=None,
        event_time=time,
        published=f"2025-03-{day}T21:00",
    )


def test_a_depot_that_burns_for_four_days_is_one_event_dated_by_the_attack() -> None:
    time = a_time("2025-03-19T00:00", "2025-03-19T04:00")
    slots: dict[str, Any] = {"target": DEPOT, "place": KAVKAZSKAYA, "country": "RU", "attacker": "UA"}
    attack = said_by("alpha", event_time=time, published="2025-03-19T07:00", weapon="drone", **slots)
    fires = [burning("beta", 20), burning("gamma", 21), burning("delta", 22)]
    assert events(attack, *fires) == [4]
    assert summary(*fires, attack).event_time == time


def test_a_fire_that_new_drones_started_the_next_day_is_another_event() -> None:
    slots: dict[str, Any] = {"target": DEPOT, "place": KAVKAZSKAYA, "country": "RU", "attacker": "UA"}
    attack = said_by("alpha", event_time=a_time("2025-03-19T00:00", "2025-03-19T04:00"), **slots)
    new = another(
        burning("beta", 20), act="fire", weapon="drone", event_time=burning("beta", 20).claim.event_time, **slots
    )
    assert events(attack, new) == [1, 1]


def test_a_depot_that_is_hit_again_a_week_later_is_hit_twice() -> None:
    slots: dict[str, Any] = {"target": DEPOT, "place": KAVKAZSKAYA, "country": "RU", "attacker": "UA"}
    first = said_by("alpha", event_time=a_time("2025-03-19T00:00", "2025-03-19T04:00"), **slots)
    again = said_by("beta", event_time=a_time("2025-03-26T00:00", "2025-03-26T04:00"), **slots)
    assert events(first, again) == [1, 1]


@pytest.mark.parametrize(
    ("name", "class_id", "place"),
    [
        ("Kavkazskaya station", "pumping_station", KAVKAZSKAYA),
        ("Kropotkinskaya station", "pumping_station", KROPOTKIN),
        ("Kropotkinskaya", "oil_depot", KAVKAZSKAYA),
    ],
)
def test_near_identical_names_stay_apart(name: str, class_id: str, place: Any) -> None:
    slots: dict[str, Any] = {"country": "RU", "attacker": "UA"}
    depot = said_by("alpha", target=DEPOT, place=KAVKAZSKAYA, **slots)
    other = said_by("beta", target=Target(class_id=class_id, name=name), place=place, **slots)
    assert events(depot, other) == [1, 1]


def test_kavkazskaya_depot_kavkazskaya_station_and_kropotkinskaya_are_three() -> None:
    slots: dict[str, Any] = {"country": "RU", "attacker": "UA"}
    depot = said_by("alpha", target=DEPOT, place=KAVKAZSKAYA, **slots)
    stations = [
        said_by(outlet, target=Target(class_id="pumping_station", name=name), place=place, **slots)
        for outlet, name, place in (
            ("beta", "Kavkazskaya station", KAVKAZSKAYA),
            ("gamma", "Kropotkinskaya station", KAVKAZSKAYA),
        )
    ]
    assert events(depot, *stations) == [1, 1, 1]
    assert events(*reversed(stations), depot) == [1, 1, 1]


TOWNS = [a_place(f"Town {n}", geonameid=1000 + n, lat=50.0 + n, lon=30.0, region=None) for n in range(14)]


def test_a_daily_list_of_fourteen_attacks_joins_fourteen_incidents() -> None:
    told = [said_by(f"outlet{n}", place=town) for n, town in enumerate(TOWNS)]
    listed = said_by("ministry", place=TOWNS[0])
    listing = [listed, *(another(listed, n, place=town) for n, town in enumerate(TOWNS[1:], start=2))]
    assert events(*told, *listing) == [2] * 14
    assert events(*listing, *told) == [2] * 14


def test_a_headline_that_repeats_the_first_sentence_is_the_same_event() -> None:
    headline = said_by("alpha", target=Target(class_id="energy", name=None))
    assert events(headline, another(headline)) == [2]


def test_two_claims_of_one_report_on_different_kinds_of_target_are_two_events() -> None:
    headline = said_by("alpha")
    assert events(headline, another(headline, target=Target(class_id="heating", name=None))) == [1, 1]


def test_drones_and_artillery_in_one_report_are_two_events() -> None:
    drones = said_by("alpha", weapon="drone")
    assert events(drones, another(drones, weapon="artillery")) == [1, 1]


def test_a_substation_and_a_power_line_of_one_report_are_two_events() -> None:
    headline = said_by("alpha")
    assert events(headline, another(headline, target=Target(class_id="power_line", name=None))) == [1, 1]


@pytest.mark.parametrize(
    ("title", "joined"),
    [
        ("Transformer station hit in Sumy", [2]),
        ("Drones Hit Transformer Station Near Sumy Overnight", [2]),
        ("Overnight the Transformer station in the north was hit by drones", [1, 1]),
    ],
)
def test_a_capital_sets_facilities_apart_only_where_it_marks_a_proper_name(title: str, joined: list[int]) -> None:
    start = title.index("Transformer")
    capitalised = a_reported_claim(
        report=a_report(title, source=a_source(id="beta", publisher_group="beta")),
        id="beta/1",
        target=Target(class_id="substation", name=title[start : start + 19]),
        spans={"target": ((start, start + 19),)},
    )
    named = said_by("alpha", target=Target(class_id="substation", name="Northern substation"))
    assert events(named, capitalised) == joined


def around_kropotkin(precision: int, start: int) -> ReportedClaim:
    """Return what a report tells of a depot: its headline at 0, its text at 30."""
    report = a_report("A depot near Kropotkin is hit", text="Drones hit a depot at Kavkazskaya at night.")
    place = replace(KROPOTKIN, precision=precision) if start == 0 else KAVKAZSKAYA
    return a_reported_claim(
        report=report,
        id=f"c{start}",
        place=place,
        country="RU",
        target=Target(class_id="oil_depot", name="depot"),
        spans={"sentence": ((start, start + 25),)},
    )


@pytest.mark.parametrize(("precision", "joined"), [(2, [2]), (1, [1, 1])])
def test_a_headline_that_says_near_which_town_it_was_repeats_what_the_text_says_exactly(
    precision: int, joined: list[int]
) -> None:
    assert events(around_kropotkin(precision, 0), around_kropotkin(precision, 31)) == joined


CENTRE = a_place("central Ukraine", geonameid=None, lat=None, lon=None, precision=3, region=None)


def test_a_headline_that_names_half_a_country_repeats_what_the_text_says_of_a_town() -> None:
    headline = said_by("alpha", place=CENTRE, spans={"sentence": ((0, 10),)})
    assert events(headline, another(headline)) == [2]


def test_half_a_country_and_a_town_in_two_sentences_of_a_text_are_two_events() -> None:
    report = a_report("What is known of the night", text="Drones cut power in the centre. Odesa was hit too.")
    body = len(report.title) + 2
    centre = a_reported_claim(report=report, id="c1", place=CENTRE, spans={"sentence": ((body, body + 31),)})
    town = a_reported_claim(report=report, id="c2", place=ODESA, spans={"sentence": ((body + 32, body + 50),)})
    assert events(centre, town) == [1, 1]


def test_a_claim_about_half_a_country_joins_the_one_event_that_fits_and_else_stands_alone() -> None:
    vague = said_by("gamma", place=CENTRE)
    assert events(FIRST, vague) == [2]
    assert events(FIRST, said_by("beta", place=ODESA), vague) == [1, 1, 1]
    assert events(vague, FIRST) == [2]


def test_a_claim_without_a_place_stands_alone_where_two_incidents_fit() -> None:
    vague = said_by("gamma", place=None, target=Target(class_id="energy", name=None))
    assert events(FIRST, said_by("beta", place=ODESA), vague) == [1, 1, 1]


def test_a_claim_without_a_place_leaves_its_incident_when_a_second_one_turns_out_to_fit() -> None:
    vague = said_by("gamma", place=None, target=Target(class_id="energy", name=None))
    assert events(vague, FIRST) == [2]
    assert events(vague, FIRST, said_by("beta", place=ODESA)) == [1, 1, 1]


LATER = a_time("2025-04-09T06:00")


def looking_back(outlet: str = "delta", **changes: Any) -> ReportedClaim:
    """Return what an outlet tells a week later of the first strike."""
    report = a_report(
        "A week of strikes", id=f"R-{outlet}-look", source=a_source(id=outlet, name=outlet), published=LATER.start
    )
    return a_reported_claim(report=report, id=f"C-{outlet}-look", **{"stance": Stance.HISTORICAL} | changes)


def test_a_round_up_joins_the_event_that_it_looks_back_at_and_grounds_nothing() -> None:
    back = looking_back(event_time=FIRST.claim.event_time)
    assert events(FIRST, back) == [2]
    before, after = summary(FIRST), judging.incident("I", [FIRST, back], CLASSES)
    assert replace(after, id=before.id, claims=before.claims) == before
    assert judging.rate(after, "RU", CLASSES) == judging.rate(before, "RU", CLASSES)


@pytest.mark.parametrize(
    ("how", "changes"),
    [
        ("another day", {"event_time": a_time("2025-03-29T00:00", "2025-03-29T12:00")}),
        ("no day", {"event_time": None}),
        ("a week", {"event_time": a_time("2025-03-30T00:00", "2025-04-06T00:00", 2)}),
        ("a region alone", {"place": SUMY_REGION}),
        ("another town", {"place": ODESA}),
    ],
)
def test_a_round_up_that_does_not_surely_mean_an_event_joins_nothing(how: str, changes: dict[str, Any]) -> None:
    back = looking_back(**{"event_time": FIRST.claim.event_time} | changes)
    assert judging.join(back, [summary(FIRST)], CLASSES) is None, how


def test_a_round_up_alone_creates_nothing() -> None:
    assert judging.join(looking_back(event_time=FIRST.claim.event_time), [], CLASSES) is None


@pytest.mark.parametrize("stance", [Stance.THREATENED, Stance.NEGOTIATED, Stance.HYPOTHETICAL, Stance.COMMENTARY])
def test_what_reports_no_event_of_its_own_joins_nothing_and_creates_nothing(stance: Stance) -> None:
    assert judging.join(said_by("beta", stance=stance), [summary(FIRST)], CLASSES) is None


def test_a_denial_joins_the_event_that_it_names() -> None:
    denial = said_by("beta", stance=Stance.DENIED, denied_by=(RU_MOD,))
    assert events(FIRST, denial) == [2]


def test_a_denial_on_the_day_after_joins_the_event_that_it_names() -> None:
    later = a_time("2025-04-03T06:00", "2025-04-03T18:00")
    assert events(FIRST, said_by("beta", stance=Stance.DENIED, denied_by=(RU_MOD,), event_time=later)) == [2]


def test_a_denial_that_comes_first_waits_for_the_event_and_accuses_nobody() -> None:
    denial = said_by("beta", stance=Stance.DENIED, denied_by=(RU_MOD,))
    assert events(denial, FIRST) == [2]
    assert summary(denial).attacker is None


def test_a_report_that_tells_how_both_sides_blame_each_other_tells_of_one_event() -> None:
    claim = said_by("alpha", claimants=(RU_MOD,), attacker="UA", place=SUDZHA, country="RU", weapon="explosives")
    other = another(claim, claimants=(UA_STAFF,), attacker="RU", place=SUDZHA, country="RU", weapon="artillery")
    assert events(claim, other) == [2]


def test_two_strikes_that_one_report_puts_half_an_hour_apart_are_two_events() -> None:
    claim = said_by("alpha", event_time=a_time("2025-04-02T10:00"))
    assert events(claim, another(claim, event_time=a_time("2025-04-02T10:30"))) == [1, 1]


def test_a_general_denial_flags_nothing_in_its_own_report() -> None:
    claim = said_by("alpha", claimants=(RU_MOD,), attacker="UA")
    general: dict[str, Any] = {"target": Target(class_id="energy", name=None), "place": None, "event_time": None}
    assert events(claim, another(claim, stance=Stance.DENIED, denied_by=(UA_STAFF,), attacker="UA", **general)) == [1]


def test_a_general_denial_joins_nothing() -> None:
    general = said_by(
        "beta",
        stance=Stance.DENIED,
        denied_by=(RU_MOD,),
        place=None,
        event_time=None,
        target=Target(class_id="energy", name=None),
    )
    assert judging.join(general, [summary(FIRST)], CLASSES) is None


def test_a_denial_without_a_place_joins_the_event_of_its_own_report() -> None:
    claim = said_by("alpha", claimants=(RU_MOD,), attacker="UA")
    denial = another(claim, stance=Stance.DENIED, denied_by=(UA_STAFF,), attacker="UA", place=None, event_time=None)
    assert events(claim, denial) == [2]


def permuted_times() -> list[ReportedClaim]:
    return [
        said_by("alpha", attacker_basis=Basis.INFERRED),
        said_by("beta", target=Target(class_id="energy", name=None), claimants=(GOVERNOR,)),
        said_by("gamma", place=SUMY_REGION),
        said_by("delta", stance=Stance.DENIED, denied_by=(RU_MOD,)),
    ]


def test_it_does_not_matter_in_which_order_reports_of_one_event_come() -> None:
    claims = permuted_times()
    for turn in range(len(claims)):
        assert events(*claims[turn:], *claims[:turn]) == [4]
