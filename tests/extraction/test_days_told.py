"""On which day a strike was, in words that newsrooms use. Published on Wednesday, 26 March 2025, 09:00 UTC."""

from datetime import datetime

import pytest

from monitor.model.claims import Claim, Stance
from tests.builders import at
from tests.extraction.reading import claims_of

TOLD: list[tuple[str, str, str, str]] = [
    ("en", "Sunday's drone attack on the Krasnodar oil depot still burning", "2025-03-23T00:00", "2025-03-24T00:00"),
    ("en", "Since Monday, drones have struck three substations in Sumy", "2025-03-24T00:00", "2025-03-26T09:00"),
    ("en", "Over the weekend drones hit two power substations in Sumy", "2025-03-22T00:00", "2025-03-24T00:00"),
    ("en", "Two days after the strike on the Sumy substation, power returns", "2025-03-24T00:00", "2025-03-25T00:00"),
    ("en", "Drones hit Kremenchuk refinery in the small hours", "2025-03-26T01:00", "2025-03-26T08:00"),
    ("en", "Missiles hit gas facilities on the night of March 24", "2025-03-23T18:00", "2025-03-25T08:00"),
    ("en", "Drones hit a substation in Sumy on Monday night", "2025-03-24T18:00", "2025-03-25T08:00"),
    ("en", "Drones hit an Odesa substation overnight into Tuesday", "2025-03-24T18:00", "2025-03-25T08:00"),
    ("en", "Several hours ago a drone hit a substation in Sumy", "2025-03-25T21:00", "2025-03-26T09:00"),
    ("en", "A drone hit a Sumy substation at three in the morning Kyiv time", "2025-03-26T00:30", "2025-03-26T03:30"),
    ("uk", "О третій ночі шахед влучив у підстанцію в Сумах", "2025-03-26T00:30", "2025-03-26T01:30"),
    ("uk", "Близько восьмої вечора росіяни вдарили по підстанції в Сумах", "2025-03-25T17:30", "2025-03-25T18:30"),
    ("uk", "Щойно росіяни вдарили по ТЕЦ у Харкові", "2025-03-26T07:00", "2025-03-26T09:00"),
    ("uk", "Упродовж минулих вихідних уражено підстанцію в Сумах", "2025-03-21T22:00", "2025-03-23T22:00"),
    ("uk", "За два останні дні росіяни тричі били по підстанціях Сумщини", "2025-03-23T21:00", "2025-03-26T09:00"),
    ("ru", "В третьем часу ночи дрон ударил по нефтебазе в Энгельсе", "2025-03-25T23:00", "2025-03-26T00:00"),
    ("ru", "В два часа дня ВСУ обстреляли подстанцию в Шебекино", "2025-03-25T10:30", "2025-03-25T11:30"),
    ("ru", "Два дня назад ВСУ обстреляли подстанцию в Шебекино", "2025-03-23T21:00", "2025-03-24T21:00"),
    ("ru", "Полчаса назад дрон ударил по подстанции в Шебекино", "2025-03-26T07:00", "2025-03-26T09:00"),
    ("ru", "В минувшие выходные дроны атаковали НПЗ в Самаре", "2025-03-21T21:00", "2025-03-23T21:00"),
    ("uk", "Недільна атака на нафтобазу на Кубані: горять резервуари", "2025-03-22T22:00", "2025-03-23T22:00"),
    ("uk", "Позавчорашній обстріл знеструмив Нікополь", "2025-03-23T22:00", "2025-03-24T22:00"),
    ("uk", "З понеділка росіяни тричі били по підстанціях Сумщини", "2025-03-23T22:00", "2025-03-26T09:00"),
    ("uk", "Протягом вихідних уражено дві нафтобази на Кубані", "2025-03-21T22:00", "2025-03-23T22:00"),
    ("uk", "Через два дні після удару по підстанції в Сумах світло повернули", "2025-03-24T00:00", "2025-03-25T00:00"),
    ("ru", "Воскресная атака на нефтебазу под Краснодаром: горят резервуары", "2025-03-22T21:00", "2025-03-23T21:00"),
    ("ru", "С понедельника ВСУ трижды ударили по подстанциям в Белгороде", "2025-03-23T21:00", "2025-03-26T09:00"),
    ("ru", "Через сутки после удара по нефтебазе в Энгельсе пожар потушили", "2025-03-25T00:00", "2025-03-26T00:00"),
    ("ru", "Около полуночи ВСУ обстреляли подстанцию в Шебекино", "2025-03-25T15:00", "2025-03-26T05:00"),
]


def told(text: str, language: str) -> list[Claim]:
    return claims_of(text, language, published=at("2025-03-26T09:00"))


@pytest.mark.parametrize(("language", "text", "start", "end"), TOLD)
def test_the_day_of_a_strike_is_read(language: str, text: str, start: str, end: str) -> None:
    times = {(claim.event_time.start, claim.event_time.end) for claim in told(text, language) if claim.event_time}
    assert times == {(at(start), at(end))}


PICTURED = (
    ("en", "Images taken on Monday morning show a burning substation in Sumy that drones hit overnight"),
    ("uk", "Дрон поцілив (відео, зняте в понеділок уранці) у підстанцію в Сумах минулої ночі"),
)


@pytest.mark.parametrize(("language", "text"), PICTURED)
def test_what_a_picture_is_dated_by_is_not_when_the_strike_was(language: str, text: str) -> None:
    times = {claim.event_time.start for claim in told(text, language) if claim.event_time}
    assert times <= {at("2025-03-25T15:00"), at("2025-03-25T16:00"), at("2025-03-25T18:00")}
    assert times


def test_a_clock_in_an_english_outlet_far_away_may_be_its_own_or_that_of_the_place() -> None:
    [claim] = told("At 02:30 a drone struck a substation in Kharkiv", "en")
    assert claim.event_time is not None
    assert claim.event_time.start <= datetime.fromisoformat("2025-03-26T00:30Z") <= claim.event_time.end
    assert claim.event_time.start <= datetime.fromisoformat("2025-03-26T02:30Z") <= claim.event_time.end


def test_a_clock_with_its_zone_means_that_zone() -> None:
    [claim] = told("At 02:30 Kyiv time a drone struck a substation in Kharkiv", "en")
    assert claim.event_time is not None
    assert (claim.event_time.start, claim.event_time.end) == (at("2025-03-26T00:00"), at("2025-03-26T01:00"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kharkiv power plant survived 2024 strikes; on March 25 it reopened"),
        ("uk", "Харківська ТЕЦ пережила удари 2024 року; 25 березня її знову відкрили"),
        ("ru", "Харьковская ТЭЦ пережила удары 2024 года; 25 марта её вновь открыли"),
    ],
)
def test_strikes_of_an_earlier_year_stay_in_that_year(language: str, text: str) -> None:
    assert {claim.stance for claim in told(text, language)} <= {Stance.HISTORICAL, Stance.COMMENTARY}
