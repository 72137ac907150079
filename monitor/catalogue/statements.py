"""`rules/vocabulary/statements/<language>.yaml`: the words of declarations about a truce."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from monitor.catalogue.data import DataRoots
from monitor.catalogue.door import Strict, read_yaml
from monitor.errors import ConfigurationError, Mistake
from monitor.model.claims import StatementKind, TruceKind
from monitor.model.patterns import check_pattern
from monitor.model.reports import Language
from monitor.model.statements import (
    DeclaredOf,
    DeclaredWords,
    StatementExample,
    StatementVocabulary,
    StatementWords,
)

_FOLDER = "rules/vocabulary/statements"


def _patterns_in(words: str) -> str:
    for pattern in _patterns(words):
        check_pattern(pattern)
    return words


def _patterns(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


#: One pattern a line.
Words = Annotated[str, Field(min_length=1), AfterValidator(_patterns_in)]


class _Declared(Strict):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    kind: StatementKind
    of: DeclaredOf
    words: Words


class _Example(Strict):
    text: str
    finds: tuple[str, ...]


class _File(Strict):
    language: Language
    truces: dict[TruceKind, Words]
    objects: Words
    speakers: dict[str, Words] = {}
    declared: tuple[_Declared, ...]
    undone: Words
    examples: tuple[_Example, ...] = ()


def load_statements(roots: DataRoots) -> StatementVocabulary:
    """Return the words of all languages that have a file.

    Raises:
        ConfigurationError: a file is wrong; all mistakes of all files are named.
    """
    found: dict[Language, StatementWords] = {}
    mistakes: list[Mistake] = []
    for path in roots.files(_FOLDER):
        try:
            file = read_yaml(path, _File)
        except ConfigurationError as error:
            mistakes += error.mistakes
            continue
        mistakes += _misplaced(path, file)
        found[file.language] = _words(path, file)
    if mistakes:
        raise ConfigurationError(*mistakes)
    return StatementVocabulary(words=found)


def _misplaced(path: Path, file: _File) -> Iterator[Mistake]:
    if path.stem != file.language:
        message = f"must be {path.stem}, as the name of the file says"
        yield Mistake(file=str(path), line=None, field="language", message=message)


def _words(path: Path, file: _File) -> StatementWords:
    examples = (
        StatementExample(text=one.text, finds=one.finds, where=f"statements/{path.name}, example {number}")
        for number, one in enumerate(file.examples, start=1)
    )
    return StatementWords(
        truces={kind: _patterns(words) for kind, words in file.truces.items()},
        objects=_patterns(file.objects),
        speakers={party: _patterns(words) for party, words in file.speakers.items()},
        declared=tuple(
            DeclaredWords(id=one.id, kind=one.kind, of=one.of, patterns=_patterns(one.words)) for one in file.declared
        ),
        undone=_patterns(file.undone),
        examples=tuple(examples),
    )
