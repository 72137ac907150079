"""Loads `rules/vocabulary/<language>/<kind>.yaml` into the values that reading works on.

All files of a language are one vocabulary; the division into kinds is for people. A folder of the user's that has a
file of the same name replaces the one that is shipped.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from monitor.errors import ConfigurationError, Mistake
from monitor.model.claims import Outcome, Stance
from monitor.model.reports import Language
from monitor.model.vocabulary import Entry, Part, Role, Vocabulary, VocabularyExample

#: The languages that have a vocabulary.
LANGUAGES = (Language.ENGLISH, Language.UKRAINIAN, Language.RUSSIAN)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    role: Role
    words: list[str] = Field(min_length=1)
    act: str | None = None
    value: str | None = None
    kind: str | None = None
    part: Part | None = None
    outcome: Outcome | None = None
    class_: str | None = Field(default=None, alias="class")
    party: str | None = None
    stance: Stance | None = None
    weak: bool = False
    scope: str = Field(default="clause", pattern="^(act|clause|sentence)$")


class _Example(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str
    finds: list[str]
    never: list[str] = []


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    language: Language
    kind: str
    entries: list[_Entry]
    examples: list[_Example] = []


def load_vocabulary(roots: Sequence[Path]) -> Vocabulary:
    """Return the vocabularies of all languages; `roots` are folders that hold `vocabulary/`, the first wins.

    Raises:
        ConfigurationError: a file is missing or wrong; all mistakes of all files are named.
    """
    entries: dict[Language, tuple[Entry, ...]] = {}
    examples: dict[Language, tuple[VocabularyExample, ...]] = {}
    mistakes: list[Mistake] = []
    for language in LANGUAGES:
        loaded = [_load(path, language, mistakes) for path in _files(roots, language)]
        entries[language] = tuple(entry for found, _ in loaded for entry in found)
        examples[language] = tuple(example for _, found in loaded for example in found)
        if not entries[language] and not mistakes:
            mistakes.append(Mistake(file=f"vocabulary/{language}", line=None, field="", message="no vocabulary found"))
    if mistakes:
        raise ConfigurationError(*mistakes)
    return Vocabulary(entries=entries, examples=examples)


def _files(roots: Sequence[Path], language: Language) -> list[Path]:
    found: dict[str, Path] = {}
    for root in reversed(list(roots)):
        for path in sorted((root / "vocabulary" / str(language)).glob("*.yaml")):
            found[path.name] = path
    return [found[name] for name in sorted(found)]


def _load(path: Path, language: Language, mistakes: list[Mistake]) -> tuple[list[Entry], list[VocabularyExample]]:
    try:
        raw = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        mistakes.append(Mistake(file=str(path), line=line, field="", message=f"not YAML: {error.problem}"))
        return [], []
    try:
        file = _File.model_validate(raw)
    except ValidationError as error:
        mistakes.extend(_mistakes(path, raw, error))
        return [], []
    if file.language is not language:
        mistakes.append(Mistake(file=str(path), line=1, field="language", message=f"must be {language}"))
    return list(_entries(file)), list(_examples(file, path, raw))


def _mistakes(path: Path, raw: Any, error: ValidationError) -> Iterator[Mistake]:
    for one in error.errors():
        yield Mistake(
            file=str(path), line=_line(raw, one["loc"]), field=".".join(map(str, one["loc"])), message=one["msg"]
        )


def _line(raw: Any, loc: tuple[int | str, ...]) -> int | None:
    line = None
    for key in loc:
        if hasattr(raw, "lc"):
            line = raw.lc.line + 1
        try:
            raw = raw[key]
        except (KeyError, IndexError, TypeError):
            break
    return raw.lc.line + 1 if hasattr(raw, "lc") else line


def _entries(file: _File) -> Iterator[Entry]:
    for entry in file.entries:
        yield Entry(
            id=f"{file.kind}/{entry.id}",
            role=entry.role,
            patterns=tuple(entry.words),
            value=entry.act or entry.value or entry.kind,
            part=entry.part,
            outcome=entry.outcome.value if entry.outcome else None,
            class_id=entry.class_,
            party=entry.party,
            stance=entry.stance.value if entry.stance else None,
            weak=entry.weak,
            scope=entry.scope,
        )


def _examples(file: _File, path: Path, raw: Any) -> Iterator[VocabularyExample]:
    for number, example in enumerate(file.examples):
        line = _line(raw, ("examples", number))
        yield VocabularyExample(
            text=example.text, finds=tuple(example.finds), never=tuple(example.never), where=f"{path}:{line}"
        )
