"""Runs the examples that vocabulary files carry: does each text make the right entries fire? Pure."""

from dataclasses import dataclass

from monitor.extraction.lexicon import Lexicon
from monitor.model.patterns import fold
from monitor.model.reports import Language
from monitor.model.vocabulary import Vocabulary, VocabularyExample


@dataclass(frozen=True, kw_only=True)
class ExampleResult:
    """How one example came out."""

    language: Language
    example: VocabularyExample
    #: What is wrong, one sentence each; empty where nothing is.
    problems: tuple[str, ...]


def run_vocabulary_examples(vocabulary: Vocabulary) -> tuple[ExampleResult, ...]:
    """Return how the examples of all languages come out, in the order of the files."""
    return tuple(
        ExampleResult(language=language, example=example, problems=_problems(example, lexicon, known))
        for language, entries in vocabulary.entries.items()
        for lexicon, known in [(Lexicon(entries), frozenset(entry.id for entry in entries))]
        for example in vocabulary.examples.get(language, ())
    )


def _problems(example: VocabularyExample, lexicon: Lexicon, known: frozenset[str]) -> tuple[str, ...]:
    hits = lexicon.find(fold(example.text))
    fired = {hit.entry.id: example.text[hit.start : hit.end] for hit in hits}
    found = ", ".join(f"{key} ({words!r})" for key, words in fired.items()) or "nothing"
    problems = [f"names {key}, which is no entry" for key in (*example.finds, *example.never) if key not in known]
    problems += [f"does not find {key}; it finds {found}" for key in example.finds if key in known - fired.keys()]
    problems += [f"finds {key} in {fired[key]!r}, which it must not" for key in example.never if key in fired]
    return tuple(problems)
