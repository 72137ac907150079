"""An agreement of another war, from a folder of the user's: files only, and nothing else is read otherwise for it."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from monitor.catalogue.agreements import load_with_examples
from monitor.catalogue.data import DataRoots, data_roots
from monitor.catalogue.knowledge import load_knowledge
from monitor.errors import ConfigurationError
from monitor.examples import run_examples
from monitor.extraction import Reader
from monitor.model.claims import Claim
from tests.builders import at
from tests.commands import CommandLine, ceasefire
from tests.extraction.reading import report_of, the_reader
from tests.parts import pipeline_of

__all__ = ["ceasefire"]

EXAMPLE = Path(__file__).parent.parent / "examples" / "israel-lebanon"
DECEMBER = at("2024-12-05T12:00")
STRIKE = "Israeli airstrike hits a house in Nabatieh, southern Lebanon"


@cache
def roots() -> DataRoots:
    return data_roots(EXAMPLE)


@cache
def reader() -> Reader:
    return Reader(load_knowledge(roots()))


def claims(title: str, language: str = "en") -> tuple[Claim, ...]:
    return reader().read(report_of(title, language, published=DECEMBER)).claims


def test_every_example_of_the_file_comes_out_as_it_says() -> None:
    loaded = [one for one in load_with_examples(roots()) if one.agreement.id == "israel-lebanon-2024"]
    results = run_examples(pipeline_of(roots()), loaded)
    assert {report.language for one in loaded[0].examples for report in one.given} == {"en", "uk", "ru"}
    assert [(one.name, one.problems) for one in results if not one.passed] == []
    assert [hint.message for hint in loaded[0].hints] == []


@pytest.mark.parametrize(
    ("title", "language", "attacker", "country", "place"),
    [
        (STRIKE, "en", "IL", "LB", "Nabatieh"),
        ("Hezbollah rockets hit a house in Kiryat Shmona", "en", "LB", "IL", "Kiryat Shmona"),
        ("Ізраїль завдав удару по житловому будинку в Бейруті", "uk", "IL", "LB", "Beirut"),
        ("Израильские дроны атаковали склад в Набатии", "ru", "IL", "LB", "Nabatieh"),
        # Others attack there, too: the ground accuses nobody.
        ("Drone hits a power substation in Haifa, Israel", "en", None, "IL", "Haifa"),
    ],
)
def test_actors_and_places_come_from_the_files(
    title: str, language: str, attacker: str | None, country: str, place: str
) -> None:
    (claim,) = claims(title, language)
    assert claim.place is not None
    assert (claim.attacker, claim.country, claim.place.name) == (attacker, country, place)
    assert claim.place.geonameid is None


@pytest.mark.parametrize(
    "title", [STRIKE, "Israeli drones hit a power station in Lebanon", "Hezbollah rockets hit a house in Kiryat Shmona"]
)
def test_without_the_agreement_it_is_another_war(title: str) -> None:
    assert the_reader().read(report_of(title, published=DECEMBER)).claims == ()


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Russian drones hit a power substation in Sumy", "en"),
        ("Russian drones hit a power substation in Sumy, Israel's foreign minister said in Kyiv", "en"),
        ("Ukrainian drones hit an oil depot in Krasnodar region as Lebanon burns", "en"),
        ("Росіяни вдарили по підстанції на Сумщині, повідомили в Ізраїлі", "uk"),
        ("Украинские беспилотники атаковали нефтебазу, как раньше Израиль в Сирии", "ru"),
        ("Israeli airstrike hits a house in Gaza", "en"),
    ],
)
def test_what_is_told_of_the_war_in_ukraine_is_read_as_without_it(title: str, language: str) -> None:
    report = report_of(title, language)
    assert reader().read(report) == the_reader().read(report)


def test_two_wars_in_one_report_each_give_their_claim() -> None:
    text = (
        "Russian drones hit a power substation in Sumy on Wednesday. Israeli drones hit a house in Nabatieh, Lebanon."
    )
    read = reader().read(report_of("Two wars", text=text))
    assert [(one.attacker, one.country) for one in read.claims] == [("RU", "UA"), ("IL", "LB")]
    assert len({one.id for one in read.claims}) == 2


def test_a_theatre_without_an_agreement_about_it_is_not_loaded(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "own")
    (tmp_path / "own/rules/agreements/israel-lebanon-2024.yaml").unlink()
    assert load_knowledge(data_roots(tmp_path / "own")).theatres == ()


def test_a_mistake_in_a_theatre_is_named_by_file_and_field(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "own")
    file = tmp_path / "own/rules/theatres/israel-lebanon/theatre.yaml"
    file.write_text(file.read_text().replace("lat: 33.89", "lat: 133.89"))
    with pytest.raises(ConfigurationError) as caught:
        load_knowledge(data_roots(tmp_path / "own"))
    (mistake,) = caught.value.mistakes
    assert (Path(mistake.file).name, mistake.field) == ("theatre.yaml", "places.6.lat")


def test_from_a_report_to_a_violation_on_the_command_line(ceasefire: CommandLine, tmp_path: Path) -> None:
    ceasefire.set(rules_dir=str(EXAMPLE))
    article = tmp_path / "article.txt"
    article.write_text(STRIKE)
    assert ceasefire("replay", str(article), "--published", "2024-12-05T12:00Z").status == 0
    (violation,) = ceasefire("violations", "--json").json
    assert (violation["agreement"], violation["accused"]) == ("israel-lebanon-2024", "IL")
    assert {one["id"]: one["verdict"] for one in violation["readings"]} == {"text": "breach", "israel": "undetermined"}
