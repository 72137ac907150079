import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from monitor.errors import ConfigurationError
from monitor.evaluation import Example, parse_examples
from monitor.model.claims import Basis, Outcome, Stance
from monitor.model.reports import Language


def a_line(**changes: Any) -> str:
    defaults: dict[str, Any] = {"id": "x1", "language": "en", "title": "Depot hit", "expect": {"energy_strike": True}}
    return json.dumps(defaults | changes, ensure_ascii=False)


def one(line: str) -> Example:
    (example,) = parse_examples([line], "set.jsonl")
    return example


def test_our_own_form_is_read_whole() -> None:
    example = one(
        a_line(
            text="It burns.",
            published="2025-04-02T09:15:00+03:00",
            source_perspective="UA",
            kind="direct",
            expect={
                "energy_strike": True,
                "attacker": "RU",
                "attacker_basis": "stated",
                "country": "UA",
                "target": "oil_depot",
                "place": "Lubny",
                "region": "Poltava Oblast",
                "event_date": "2025-04-01/2025-04-02",
                "outcome": "fire",
                "stance": "alleged",
                "claimant": "UA",
                "also": [{"target": "substation", "place": "Sumy"}],
            },
        )
    )
    assert (example.title, example.text, example.kind, example.sure) == ("Depot hit", "It burns.", "direct", True)
    assert example.published == datetime(2025, 4, 2, 6, 15, tzinfo=UTC)
    assert example.event.attacker_basis is Basis.STATED
    assert example.event.outcome is Outcome.FIRE
    assert example.event.stance is Stance.ALLEGED
    assert example.event.event_date == (date(2025, 4, 1), date(2025, 4, 2))
    assert [(event.target, event.place) for event in example.also] == [("substation", "Sumy")]
    report = example.report()
    assert (report.source.perspective, report.source.timezone) == ("UA", "Europe/Kyiv")


def test_the_form_with_flags_is_read() -> None:
    example = one(
        json.dumps(
            {
                "id": "v1",
                "language": "ru",
                "published": "2023-05-03",
                "text": "Дроны у нефтебазы",
                "expect": {"energy_strike": True, "attacker": "UA", "country": "OCC", "target": "energy_unspecified"},
                "flags": ["new", "amb"],
                "source": "somewhere",
                "url": "https://outlet.example/1",
            },
            ensure_ascii=False,
        )
    )
    assert (example.title, example.text, example.language) == ("Дроны у нефтебазы", None, Language.RUSSIAN)
    assert (example.event.country, example.event.occupied_by) == ("UA", "RU")
    assert example.event.target == "energy"
    assert (example.kind, example.sure) == ("new", False)
    assert example.published == datetime(2023, 5, 3, 12, tzinfo=UTC)


def test_the_form_of_headlines_is_read() -> None:
    expect = {
        "energy_strike": False,
        "stance": "n/a",
        "outcome": "damage",
        "target": "grid_or_outage",
        "kind": "talks",
        "event_date": "2022-09/2022-10",
    }
    line = a_line(published="2025-03 (page)", publisher="P", incidents=["I"], expect=expect)
    example = one(line)
    assert example.published is None
    assert (example.event.stance, example.event.outcome) == (None, Outcome.DAMAGED)
    assert (example.event.target, example.kind) == ("power_grid", "talks")
    assert example.event.event_date == (date(2022, 9, 1), date(2022, 10, 31))


@pytest.mark.parametrize(
    ("flags", "kind"), [(["retro"], "retrospective"), (["not_energy", "amb"], "non_energy_target")]
)
def test_flags_become_our_kinds(flags: list[str], kind: str) -> None:
    assert one(a_line(flags=flags)).kind == kind


@pytest.mark.parametrize(
    ("expect", "labelled"), [({"energy_strike": True}, False), ({"energy_strike": True, "attacker": None}, True)]
)
def test_an_attacker_that_is_labelled_unknown_differs_from_one_that_is_not_labelled(
    expect: dict[str, Any], labelled: bool
) -> None:
    assert one(a_line(expect=expect)).event.attacker_labelled is labelled


def test_empty_lines_are_skipped() -> None:
    assert len(parse_examples(["\n", a_line(), "  "], "set.jsonl")) == 1


@pytest.mark.parametrize(
    ("line", "field", "message"),
    [
        ("{nothing", "", "Expecting"),
        ("[]", "", "valid dictionary"),
        (a_line(language="de"), "language", "'uk', 'ru', 'en'"),
        (a_line(oucome="hit"), "oucome", "not permitted"),
        (a_line(title=None), "", "needs a title or a text"),
        (a_line(published="2025-04-02T09:15:00"), "", "needs a time zone"),
        (a_line(expect={"energy_strike": True, "event_date": "yesterday"}), "", "no date"),
        (a_line(expect={"energy_strike": True, "event_date": "2025-04-02/2025-04-01"}), "", "ends before it starts"),
        (a_line(expect={"energy_strike": True, "outcome": "boom"}), "", "boom"),
    ],
)
def test_a_line_that_is_no_example_is_named_with_its_field(line: str, field: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_examples([a_line(id="good"), line], "set.jsonl")
    (mistake,) = caught.value.mistakes
    assert (mistake.file, mistake.line, mistake.field) == ("set.jsonl", 2, field)
    assert message in mistake.message


def test_all_mistakes_are_shown_at_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_examples([a_line(), "{", a_line()], "set.jsonl")
    assert [mistake.line for mistake in caught.value.mistakes] == [2, 3]
    assert "given twice" in str(caught.value)
