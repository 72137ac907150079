"""What befalls energy objects in the rest of the world, and what the rest of the world says of this war."""

import pytest

from tests.extraction.reading import claims_of, events_of


@pytest.mark.parametrize(
    "text",
    [
        "Explosion at power plant in Ohio injures three",
        "Transformer explosion leaves thousands without power in L.A.",
        "Gunmen attack power substation in Sindh",
        "Blast hits gas pipeline in Sarawak, dozens hurt",
        "Storm strikes power lines, 40,000 homes without power",
        "Light plane hits power lines in Montgomery County",
    ],
)
def test_what_befell_an_object_of_an_unknown_place_is_no_strike_of_this_war(text: str) -> None:
    assert not events_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Explosion at oil depot in Feodosia",
        "Shelling of power substation in Malynivka-on-Hill",
        "Drone hits power line in Upper Nowhere",
        "Russian attack on substation in Upper Nowhere",
    ],
)
def test_a_known_place_a_weapon_or_a_party_tells_of_this_war(text: str) -> None:
    assert events_of(text)


def test_an_outlet_of_a_party_writes_of_its_own_country() -> None:
    text = "Attack on power substation in Upper Nowhere"
    assert events_of(text, perspective="UA")
    assert not events_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Drones hit Novorossiysk oil terminal as tanker bound for China loads",
        "Belgorod substation hit, says London-based analyst",
        "Oil depot in Tuapse ablaze after attack, Indian buyers worried",
    ],
)
def test_another_country_named_in_passing_does_not_hide_a_strike_on_known_ground(text: str) -> None:
    [claim] = events_of(text)
    assert (claim.attacker, claim.country) == ("UA", "RU")


def test_another_war_beside_a_party_s_town_stays_another_war() -> None:
    assert not claims_of("Moscow condemns Israeli strike on power plant in Beirut")


def test_a_giver_of_aid_named_in_the_lead_hides_no_strike_told_behind_it() -> None:
    text = "Canada and Japan sent generators on Friday. Russian drones hit the power plant overnight, the mayor said."
    assert {claim.attacker for claim in events_of("Kharkiv without heat", text=text)} == {"RU"}
