"""Loads `rules/vocabulary/<language>/<kind>.yaml` into the values that reading works on.

All files of a language are one vocabulary; the division into kinds is for people. A folder of the user's that has a
file of the same name replaces the one that is shipped.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field

from monitor.catalogue.data import DataRoots
from monitor.catalogue.door import Strict, locate, mistake_at, read_yaml
from monitor.errors import ConfigurationError, Mistake
from monitor.model.claims import Outcome, Stance
from monitor.model.patterns import PatternError, check_pattern
from monitor.model.reports import Language
from monitor.model.vocabulary import Entry, Part, Role, Scope, Vocabulary, VocabularyExample

#: The languages that have a vocabulary.
LANGUAGES = (Language.ENGLISH, Language.UKRAINIAN, Language.RUSSIAN)


class _Entry(Strict):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    role: Role
    #: One pattern a line.
    words: str = Field(min_length=1)
    act: str | None = None
    value: str | None = None
    kind: str | None = None
    part: Part | None = None
    outcome: Outcome | None = None
    class_: str | None = Field(default=None, alias="class")
    party: str | None = None
    stance: Stance | None = None
    weak: bool = False
    scope: Scope = Scope.CLAUSE

    @property
    def patterns(self) -> tuple[str, ...]:
        """Return the patterns, without blank lines."""
        return tuple(line.strip() for line in self.words.splitlines() if line.strip())


class _Example(Strict):
    text: str
    finds: list[str]
    never: list[str] = []


class _File(Strict):
    language: Language
    kind: str = Field(pattern=r"^[a-z-]+$")
    entries: list[_Entry]
    examples: list[_Example] = []


def load_vocabulary(roots: DataRoots, classes: frozenset[str]) -> Vocabulary:
    """Return the vocabularies of all languages; `classes` are the target classes that entries may name.

    Raises:
        ConfigurationError: a file is missing or wrong; all mistakes of all files are named.
    """
    entries: dict[Language, tuple[Entry, ...]] = {}
    examples: dict[Language, tuple[VocabularyExample, ...]] = {}
    mistakes: list[Mistake] = []
    for language in LANGUAGES:
        paths = roots.files(f"rules/vocabulary/{language}")
        if not paths:
            mistakes.append(_whole(f"rules/vocabulary/{language}", "holds no vocabulary file"))
        loaded = [(path, file) for path in paths if (file := _load(path, language, classes, mistakes))]
        entries[language] = tuple(entry for _, file in loaded for entry in _entries(file))
        examples[language] = tuple(example for path, file in loaded for example in _examples(path, file))
    if mistakes:
        raise ConfigurationError(*mistakes)
    return Vocabulary(entries=entries, examples=examples)


def load_further_entries(
    roots: DataRoots, folder: str, classes: frozenset[str]
) -> Mapping[Language, tuple[Entry, ...]]:
    """Return the entries of vocabulary files in another folder, `folder/<language>/*.yaml`, where there are any.

    Raises:
        ConfigurationError: a file is wrong; all mistakes of all files are named.
    """
    entries: dict[Language, tuple[Entry, ...]] = {}
    mistakes: list[Mistake] = []
    for language in LANGUAGES:
        loaded = [_load(path, language, classes, mistakes) for path in roots.files(f"{folder}/{language}")]
        entries[language] = tuple(entry for file in loaded if file for entry in _entries(file))
    if mistakes:
        raise ConfigurationError(*mistakes)
    return entries


def _whole(file: str, message: str) -> Mistake:
    return Mistake(file=file, line=None, field="", message=message)


def _load(path: Path, language: Language, classes: frozenset[str], mistakes: list[Mistake]) -> _File | None:
    try:
        file = read_yaml(path, _File)
    except ConfigurationError as error:
        mistakes.extend(error.mistakes)
        return None
    wrong = list(_wrong(file, language, classes))
    if wrong:
        located: Any = locate(path)
        mistakes.extend(mistake_at(path, located, where, message) for where, message in wrong)
    return file


def _wrong(file: _File, language: Language, classes: frozenset[str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Check what a single field cannot show: ids, classes, patterns, what each role needs."""
    if file.language is not language:
        yield ("language",), f"must be {language}, as the folder says"
    seen: set[str] = set()
    for number, entry in enumerate(file.entries):
        if entry.id in seen:
            yield ("entries", number, "id"), f"{entry.id!r} is listed twice"
        seen.add(entry.id)
        if entry.role is Role.TARGET and entry.class_ not in classes:
            yield ("entries", number, "class"), f"{entry.class_!r} is no class of target-classes.yaml"
        if entry.role is Role.SUPPRESSOR and entry.stance is None:
            yield ("entries", number, "stance"), "a suppressor must say which stance it gives"
        for pattern in entry.patterns:
            try:
                check_pattern(pattern)
            except PatternError as error:
                yield ("entries", number, "words"), str(error)


def _entries(file: _File) -> Iterator[Entry]:
    for entry in file.entries:
        yield Entry(
            id=f"{file.kind}/{entry.id}",
            role=entry.role,
            patterns=entry.patterns,
            value=entry.act or entry.value or entry.kind,
            part=entry.part,
            outcome=entry.outcome,
            class_id=entry.class_,
            party=entry.party,
            stance=entry.stance,
            weak=entry.weak,
            scope=entry.scope,
        )


def _examples(path: Path, file: _File) -> Iterator[VocabularyExample]:
    for number, example in enumerate(file.examples, start=1):
        where = f"{path.parent.name}/{path.name}, example {number}"
        yield VocabularyExample(text=example.text, finds=tuple(example.finds), never=tuple(example.never), where=where)
