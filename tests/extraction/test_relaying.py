"""Somebody's words over several sentences, and what the sentences around an attack say of it."""

import pytest

from monitor.model.claims import Claim, Stance
from tests.builders import at
from tests.extraction.reading import events_of

SAID = [
    (
        "ru",
        "Гладков: часть города без света",
        "Вчера вечером ВСУ ударили по подстанции в Шебекино.",
        "RU",
    ),
    (
        "en",
        "Five attacks in a day",
        "The Russian Defense Ministry said Ukraine attacked energy sites five times. A drone hit a Rylsk substation.",
        "RU",
    ),
    (
        "uk",
        "Ніч на Сумщині",
        "Голова ОВА Григоров повідомив, що дрони атакували область. У Конотопі влучили в підстанцію.",
        "UA",
    ),
]


def read(title: str, language: str, text: str) -> list[Claim]:
    return events_of(title, language, text, published=at("2025-04-03T12:00"))


@pytest.mark.parametrize(("language", "title", "text", "side"), SAID)
def test_what_follows_somebody_s_words_is_still_his(language: str, title: str, text: str, side: str) -> None:
    claims = read(title, language, text)
    assert claims
    assert {(claim.stance, *(one.party for one in claim.claimants)) for claim in claims} == {(Stance.ALLEGED, side)}


def test_nobody_tells_of_his_own_side_s_attack_that_he_did_not_speak_of() -> None:
    text = "Gladkov said two people were hurt. Russian drones hit a substation in Kharkiv."
    [claim] = read("The night", "en", text)
    assert (claim.attacker, claim.claimants, claim.stance) == ("RU", (), Stance.ASSERTED)


@pytest.mark.parametrize(
    ("language", "title", "text", "outcome"),
    [
        ("uk", "Суми частково без світла", "Вночі росіяни вдарили дроном по підстанції в місті.", "outage"),
        (
            "en",
            "Fire at Azov depot enters third day",
            "Crews are at the depot, which Ukrainian drones hit on Tuesday.",
            "fire",
        ),
        (
            "en",
            "Russians strike Kharkiv",
            "A missile hit a power plant in Kharkiv. Its turbines were wrecked.",
            "damaged",
        ),
        ("ru", "Удар по Рыльску", "ВСУ ударили по подстанции в Рыльске. Обесточены 960 домов.", "outage"),
    ],
)
def test_the_sentences_around_say_what_came_of_it(language: str, title: str, text: str, outcome: str) -> None:
    assert outcome in {claim.outcome.value for claim in read(title, language, text)}


def test_a_clock_time_at_the_end_of_a_sentence_is_one() -> None:
    [claim] = read("Росіяни обстріляли котельню в Херсоні", "uk", "Обстріл почався о 10:20.")
    assert claim.event_time is not None
    assert (claim.event_time.start, claim.event_time.end) == (at("2025-04-03T06:50"), at("2025-04-03T07:50"))


@pytest.mark.parametrize("town", ["Рязанню", "Сизранню", "Казанню"])
def test_ukrainian_instrumentals_lead_to_their_towns(town: str) -> None:
    [claim] = events_of(f"Дрони над {town}: уражено нафтобазу", "uk")
    assert claim.place is not None
    assert claim.place.name in ("Ryazan", "Syzran", "Kazan")


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("uk", "Атака окупантів: у Дніпропетровській області знищено нафтобазу"),
        ("uk", "Удари росіян: пошкоджено підстанцію в Сумах"),
        ("ru", "Удар ВСУ: повреждена подстанция в Белгороде"),
    ],
)
def test_whose_attack_it_was_is_nobody_s_word(language: str, title: str) -> None:
    claims = events_of(title, language)
    assert claims
    assert {claim.claimants for claim in claims} == {()}
