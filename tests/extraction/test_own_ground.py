"""A party is never taken for the attacker of its own ground because its country or capital is named there."""

import pytest

from monitor.model.claims import Claim
from monitor.model.reports import Language
from tests.builders import a_report, at
from tests.extraction.reading import the_reader


def energy_claims(language: str, text: str) -> list[Claim]:
    extracted = the_reader().read(a_report(text, language=Language(language), published=at("2025-04-16T10:00")))
    return [claim for claim in extracted.claims if claim.stance.reports_event]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Flames were seen near Ukraine's capital, Kyiv, on Saturday after an oil terminal was hit by a missile"),
        ("en", "In Kyiv, Ukraine, a substation was damaged in a missile attack"),
        ("ru", "В столице Украины Киеве ракетой повреждена подстанция"),
        ("uk", "У столиці України Києві ракетою пошкоджено підстанцію"),
    ],
)
def test_the_capital_that_was_hit_did_not_hit_itself(language: str, text: str) -> None:
    claims = energy_claims(language, text)
    assert claims
    assert {claim.attacker for claim in claims} <= {"RU", None}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia shelled the Sudzha gas metering station in its own Kursk region"),
        ("uk", "Росія обстріляла газовимірювальну станцію у Суджі"),
        ("uk", "Російська артилерія обстріляла газовимірювальну станцію в Курській області"),
    ],
)
def test_who_plainly_strikes_its_own_ground_is_named(language: str, text: str) -> None:
    claims = energy_claims(language, text)
    assert claims
    assert {claim.attacker for claim in claims} == {"RU"}


def test_ukraine_can_strike_occupied_crimea() -> None:
    (claim, *_) = energy_claims("en", "Ukraine hit an oil depot in Feodosia, Crimea")
    assert (claim.attacker, claim.country, claim.occupied_by) == ("UA", "UA", "RU")
