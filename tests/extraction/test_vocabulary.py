"""The vocabularies: their own examples, the pattern language, and that no target names an unknown class."""

import pytest

from monitor.extraction.lexicon import Gate, Lexicon
from monitor.model.patterns import PatternError, any_of, compile_pattern, fold
from monitor.model.reports import Language
from monitor.model.vocabulary import Entry, Role, VocabularyExample
from tests.extraction.reading import the_knowledge

VOCABULARY = the_knowledge().vocabulary
EXAMPLES = [(language, one) for language, found in VOCABULARY.examples.items() for one in found]


@pytest.mark.parametrize(("language", "example"), EXAMPLES, ids=[one.where for _, one in EXAMPLES])
def test_each_file_finds_what_its_examples_say(language: Language, example: VocabularyExample) -> None:
    found = {hit.entry.id for hit in Lexicon(VOCABULARY.entries[language]).find(fold(example.text))}
    assert set(example.finds) <= found
    assert not set(example.never) & found


def find(pattern: str, text: str) -> list[str]:
    entry = Entry(id="test/one", role=Role.TARGET, patterns=(pattern,), class_id="energy")
    return [text[hit.start : hit.end] for hit in Lexicon([entry]).find(fold(text))]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("substation", "A substation burned", ["substation"]),
        ("substation", "Substations burned", []),
        ("подстанци~", "На подстанциями и подстанцию", ["подстанциями", "подстанцию"]),
        ("нафто*", "Нафтобазу атаковано", ["Нафтобазу"]),
        ("(oil|gas) depot", "Gas depot, oil-depot, coal depot", ["Gas depot", "oil-depot"]),
        ("gas [metering] hub", "gas hub and gas metering hub", ["gas hub", "gas metering hub"]),
        ("refiner(y|ies)", "A refinery, two refineries", ["refinery", "refineries"]),
        ("лінія # кв", "лінія 110 кВ", ["лінія 110 кВ"]),
        ("cut [?] power", "cut the power", ["cut the power"]),
        ("об'єкт~", "два об’єкти", ["об’єкти"]),
    ],
)
def test_a_pattern_finds_what_it_says(pattern: str, text: str, found: list[str]) -> None:
    assert find(pattern, text) == found


@pytest.mark.parametrize(
    ("pattern", "wholes"),
    [
        ("the lights went out", {"the"}),
        ("drone(s|)", {"drone", "drones"}),
        ("нафто*", set()),
        ("strik(e|ing|*)", {"strike", "striking"}),
    ],
)
def test_a_pattern_tells_which_of_its_first_letters_are_whole_words(pattern: str, wholes: set[str]) -> None:
    assert compile_pattern(pattern).wholes == wholes


@pytest.mark.parametrize(
    ("text", "gate", "may"),
    [
        ("The lights are on", Gate.TELLING, True),
        ("They are light", Gate.TELLING, False),
        ("A drone flew", Gate.OBJECT, False),
    ],
    ids=["the first word of a phrase", "a word that only begins like it", "no object"],
)
def test_what_a_sentence_may_hold_is_told_by_the_words_that_a_phrase_begins_with(
    text: str, gate: Gate, may: bool
) -> None:
    patterns = {Role.EFFECT: "the lights went out", Role.WEAPON: "drone", Role.TARGET: "substation"}
    entries = [Entry(id=f"test/{role}", role=role, patterns=(words,)) for role, words in patterns.items()]
    folded = fold(text)
    assert Lexicon(entries).beginnings(folded).may_hold(gate, 0, len(folded)) is may


@pytest.mark.parametrize("blank", [" ", "\n", "\n\n", "\t", "\u2003", "  "])
def test_words_are_found_where_they_stand_whatever_blank_stands_between(blank: str) -> None:
    assert find("substation", blank.join(["A substation,", "substation", "«substation»", ""])) == ["substation"] * 3


@pytest.mark.parametrize("pattern", ["(oil depot", "oil) depot", "o* depot", "[oil]", "— this", "# times"])
def test_a_pattern_that_cannot_be_understood_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)


def test_folding_keeps_the_length_so_that_spans_stay_exact() -> None:
    text = "İstanbul ’Ёлка’ ҐАНОК"
    assert len(fold(text)) == len(text)


def test_the_gate_finds_words_by_their_beginnings_only() -> None:
    gate = any_of(["drone", "drones", "удар"])
    assert gate.search("two drones")
    assert gate.search("удары")
    assert not gate.search("hydrone")
