"""The cases that must come out right, from the texts of reports to incidents: what is one event, and what is not."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

import pytest

from monitor.model.claims import ReportedClaim
from monitor.model.reports import Language
from tests.bench_merging import Kept
from tests.builders import a_report, a_source, at
from tests.extraction.reading import the_knowledge, the_reader


class Told(NamedTuple):
    """One report: when it came (Kyiv writes by its clock, the others by UTC), and its text."""

    published: str
    text: str
    language: str = "en"


def claims(number: int, told: Told) -> list[ReportedClaim]:
    """Return what a report tells of energy; each comes from an outlet of its own."""
    name, when = f"outlet{number}", at(told.published)
    source = a_source(id=name, name=name, publisher_group=name)
    title, _, text = told.text.partition("\n")
    report = a_report(
        title, text=text or None, id=name, language=Language(told.language), source=source, published=when,
        first_seen=when + timedelta(minutes=5),
    )  # fmt: skip
    energy = the_knowledge().energy_classes
    found = the_reader().read(report).claims
    return [ReportedClaim(claim=one, report=report) for one in found if one.target.class_id in energy]


def incidents(*reports: Told) -> list[set[int]]:
    """Return which reports (by their place in the list) each incident rests on, in the order of the reports."""
    kept = Kept(classes=the_knowledge().target_classes)
    every = [one for number, told in enumerate(reports) for one in claims(number, told)]
    kept.take(every)
    members: Mapping[str, dict[str, None]] = kept.members
    found = [{int(kept.claims[key].report.id.removeprefix("outlet")) for key in keys} for keys in members.values()]
    return sorted((one for one in found if one), key=lambda one: (min(one), len(one), max(one)))


CASES: list[tuple[str, list[Told], list[set[int]]]] = [
    (
        "two strikes on one city in one day stay two",
        [
            Told("2025-04-02T06:00", "At 02:00 on 2 April Russian drones hit a substation in Sumy."),
            Told("2025-04-02T20:30", "At 19:00 on 2 April a Russian missile hit a substation in Sumy."),
        ],
        [{0}, {1}],
    ),
    (
        "the same event dated 20 and 21 March stays one",
        [
            Told("2025-03-21T07:00", "On 20 March Ukrainian troops blew up the Sudzha gas metering station."),
            Told("2025-03-21T09:00", "On 21 March Ukrainian troops blew up the Sudzha gas metering station."),
        ],
        [{0, 1}],
    ),
    (
        "a depot that burns for four days is one",
        [
            Told("2025-03-19T07:00", "Ukrainian drones hit the Kavkazskaya oil depot overnight, and a fire broke out."),
            Told("2025-03-20T18:00", "The Kavkazskaya oil depot is still burning after the drone attack of 19 March."),
            Told(
                "2025-03-21T18:00", "The fire at the Kavkazskaya oil depot after the attack of 19 March is spreading."
            ),
            Told("2025-03-22T18:00", "The Kavkazskaya oil depot, hit by drones on 19 March, still burns."),
        ],
        [{0, 1, 2, 3}],
    ),
    (
        "a site that is hit again a week later is hit twice",
        [
            Told("2025-03-19T07:00", "Ukrainian drones hit the Kavkazskaya oil depot overnight."),
            Told("2025-03-26T07:00", "Ukrainian drones hit the Kavkazskaya oil depot overnight."),
        ],
        [{0}, {1}],
    ),
    (
        "Kavkazskaya depot, Kavkazskaya station and Kropotkinskaya are three",
        [
            Told("2025-03-19T07:00", "Ukrainian drones hit the Kavkazskaya oil depot overnight."),
            Told("2025-03-19T07:10", "Ukrainian drones hit the Kavkazskaya pumping station overnight."),
            Told("2025-03-19T07:20", "Ukrainian drones hit the Kropotkinskaya pumping station overnight."),
        ],
        [{0}, {1}, {2}],
    ),
    (
        "reports of one night on the gas works of a company that do not say where are one",
        [
            Told("2025-03-28T08:00", "Russia attacked Naftogaz gas production facilities overnight."),
            Told("2025-03-28T10:00", "Ворог уночі вдарив по об'єктах видобутку газу «Нафтогазу».", "uk"),
            Told("2025-03-28T11:00", "Россия ночью ударила по газовым объектам Украины", "ru"),
        ],
        [{0, 1, 2}],
    ),
    (
        "reports of one night on a substation that do not say where may tell of two",
        [
            Told("2025-03-28T08:00", "Russian drones hit a substation overnight."),
            Told("2025-03-28T10:00", "Overnight Russian drones hit a power substation."),
        ],
        [{0}, {1}],
    ),
    (
        "reports of two nights on gas works that do not say where are two",
        [
            Told("2025-03-28T08:00", "Russia attacked Naftogaz gas production facilities overnight."),
            Told("2025-03-30T08:00", "Russia attacked Naftogaz gas production facilities overnight."),
        ],
        [{0}, {1}],
    ),
    (
        "a report of a week later joins the strike that it looks back at, and begins none",
        [
            Told("2025-04-02T09:00", "On 2 April Russian drones hit a substation in Sumy."),
            Told("2025-04-09T09:00", "A look back. Earlier, on 2 April, Russian drones hit a substation in Sumy."),
        ],
        [{0, 1}],
    ),
]


@pytest.mark.parametrize(("case", "reports", "expected"), CASES, ids=[case for case, *_ in CASES])
def test_reports_make_the_incidents_that_a_person_would(
    case: str, reports: list[Told], expected: list[set[int]]
) -> None:
    assert incidents(*reports) == expected, case


TOWNS = (
    "Sumy", "Nikopol", "Kherson", "Odesa", "Poltava", "Chernihiv", "Kharkiv", "Mykolaiv", "Kramatorsk", "Sloviansk",
    "Zaporizhzhia", "Konotop", "Kryvyi Rih", "Izmail",
)  # fmt: skip


def test_a_daily_list_of_fourteen_attacks_joins_fourteen_incidents() -> None:
    single = [Told("2025-04-03T06:00", f"On 2 April Russian drones hit a substation in {town}.") for town in TOWNS]
    listed = " ".join(f"On 2 April Russian drones hit a substation in {town}." for town in TOWNS)
    daily = Told("2025-04-03T12:00", f"What happened in a day\n{listed}")
    assert incidents(*single, daily) == [{number, len(TOWNS)} for number in range(len(TOWNS))]
