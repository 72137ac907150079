"""The labelled sets are well formed, balanced, and never shared between developing and holding out."""

from collections import Counter
from pathlib import Path

import pytest

from monitor.evaluation import Example, parse_examples
from monitor.evaluation.places import region_code
from monitor.model.claims import Outcome

SETS = Path(__file__).parents[1] / "extraction"
LANGUAGES = ("uk", "ru", "en")


def load(folder: str, language: str) -> tuple[Example, ...]:
    path = SETS / folder / f"{language}.jsonl"
    return parse_examples(path.read_text(encoding="utf-8").splitlines(), path.name)


LABELLED = {language: load("labelled", language) for language in LANGUAGES}
HELD_OUT = {language: load("heldout", language) for language in LANGUAGES}
#: Texts of hard wordings, half of them unseen: (language, half) -> texts.
HARD = {
    (language, half): parse_examples((SETS / "hard" / f"{half}-{language}.jsonl").read_text("utf-8").splitlines(), half)
    for language in LANGUAGES
    for half in ("seen", "unseen")
}
EVERY = [example for sets in (LABELLED, HELD_OUT) for examples in sets.values() for example in examples]


def test_there_are_at_least_six_hundred_texts_and_two_hundred_of_them_are_held_out() -> None:
    assert len(EVERY) >= 600
    assert sum(map(len, HELD_OUT.values())) >= 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_share_of_reports_and_of_look_alikes(language: str) -> None:
    examples = LABELLED[language] + HELD_OUT[language]
    strikes = sum(example.energy_strike for example in examples)
    assert len(examples) >= 190
    assert 0.4 <= strikes / len(examples) <= 0.6
    assert {example.language.value for example in examples} == {language}


def test_no_two_texts_are_alike_and_no_id_is_used_twice() -> None:
    every = [*EVERY, *(example for examples in HARD.values() for example in examples)]
    assert max(Counter(example.title.casefold() for example in every).values()) == 1, "the titles are not shown here"
    assert len({example.id for example in every}) == len(every)


@pytest.mark.parametrize(("language", "half"), HARD)
def test_the_hard_wordings_tell_of_strikes_and_of_look_alikes_in_each_half(language: str, half: str) -> None:
    examples = HARD[language, half]
    assert {example.language.value for example in examples} == {language}
    assert 0.6 <= sum(example.energy_strike for example in examples) / len(examples) <= 0.85


@pytest.mark.parametrize("example", [e for e in EVERY if not e.energy_strike], ids=lambda example: example.id)
def test_a_look_alike_says_of_what_kind_it_is_and_reports_no_event(example: Example) -> None:
    assert example.kind
    assert not example.tally
    assert example.event.stance is None or not example.event.stance.reports_event


@pytest.mark.parametrize("example", [e for e in EVERY if e.energy_strike and e.sure], ids=lambda example: example.id)
def test_a_report_of_a_strike_names_a_target_or_an_outage_or_is_a_tally(example: Example) -> None:
    assert example.event.target or example.tally or example.event.outcome is Outcome.OUTAGE
    assert example.event.stance is None or example.event.stance.reports_event
    for event in (example.event, *example.also):
        assert event.region is None or region_code(event.region)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_common_kind_of_look_alike_is_in_both_sets(language: str) -> None:
    developed_with = Counter(example.kind for example in LABELLED[language] if not example.energy_strike)
    common = {kind for kind, count in developed_with.items() if count >= 7}
    assert len(common) >= 8
    for examples in (LABELLED[language], HELD_OUT[language]):
        assert common <= {example.kind for example in examples}


def test_the_manual_states_how_many_texts_there_are() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
    strikes = sum(example.energy_strike for example in EVERY)
    assert f"{len(EVERY)} texts in our own words" in manual
    assert f"{strikes} report a strike and {len(EVERY) - strikes} look as if they did" in manual
    for folder, sets in (("labelled", LABELLED), ("heldout", HELD_OUT)):
        (row,) = (line for line in manual.splitlines() if line.startswith(f"| `tests/extraction/{folder}/`"))
        assert [int(cell) for cell in row.split("|")[2:5]] == [len(sets[language]) for language in LANGUAGES]
