"""What parties declare of a truce, and what is no declaration: each file of words carries its own examples."""

import pytest

from monitor.model.claims import StatementKind
from monitor.model.reports import Language
from tests.extraction.reading import report_of, the_knowledge, the_reader

EXAMPLES = [
    (str(language), example)
    for language, words in the_knowledge().statements.words.items()
    for example in words.examples
]


def declared(title: str, language: str = "en", text: str | None = None) -> list[str]:
    found = the_reader().read(report_of(title, language, text)).statements
    return [f"{one.kind} {one.speaker.party} {one.about}" for one in found]


@pytest.mark.parametrize(("language", "example"), EXAMPLES, ids=[example.where for _, example in EXAMPLES])
def test_each_example_declares_what_its_file_says(language: str, example: object) -> None:
    assert declared(example.text, language) == list(example.finds)  # type: ignore[attr-defined]


def test_each_language_has_words_for_each_kind_and_examples_of_both_sides() -> None:
    words = the_knowledge().statements.words
    assert set(words) == {Language.ENGLISH, Language.UKRAINIAN, Language.RUSSIAN}
    for one in words.values():
        assert {entry.kind for entry in one.declared} == set(StatementKind)
        assert any(example.finds for example in one.examples)
        assert any(not example.finds for example in one.examples)


def test_a_statement_shows_its_sentence_and_who_declares() -> None:
    report = report_of("Talks go on", text="The weather is fine. The energy ceasefire has been extended, Peskov said.")
    [statement] = the_reader().read(report).statements
    assert statement.speaker.name == "Peskov"
    assert report.full_text[slice(*statement.span)] == "The energy ceasefire has been extended, Peskov said."


def test_what_is_told_far_down_is_recalled_and_no_news() -> None:
    text = "One. Two. Three. Four. Five. Russia extends the energy ceasefire."
    assert declared("Talks go on", text=text) == []


def test_a_declaration_of_weeks_ago_is_recalled_and_no_news() -> None:
    assert declared("Moscow and Kyiv talk", text="Russia announced the truce on March 18 after a call.") == []
    assert declared("Russia announced the truce on April 2 after a call") == ["start RU any"]


def test_the_headline_repeated_in_the_text_is_one_statement() -> None:
    text = "Russia extends the energy ceasefire by 30 days."
    assert declared("Russia extends the energy ceasefire", text=text) == ["extension RU energy"]


def test_a_declaration_makes_no_claim_and_no_tally() -> None:
    read = the_reader().read(report_of("Moscow withdraws from the energy ceasefire"))
    assert (read.claims, read.tallies) == ((), ())
