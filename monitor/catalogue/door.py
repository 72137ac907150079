"""The strict door for files that people write: YAML in, a validated value out, all mistakes named at once.

YAML by ruamel.yaml (YAML 1.2: `NO` is no boolean; duplicate keys are refused), values by pydantic models that forbid
unknown fields. Tags, directives, anchors and aliases are refused: no file here needs them, and they can run code,
bring back YAML 1.1 or blow up memory. A file is read a second time, slowly and with line numbers, only where something
is wrong with it.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.constructor import ConstructorError, RoundTripConstructor, SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import Node
from ruamel.yaml.reader import ReaderError

from monitor.errors import ConfigurationError, Mistake

T = TypeVar("T", bound=BaseModel)

#: A file that people write is not larger; a larger one is a mistake, or an attack on memory.
MAX_BYTES = 8_000_000
#: Deeper nesting than this serves no purpose and could exhaust the parser's stack.
MAX_DEPTH = 60
#: More mistakes than this are counted, not shown.
MAX_MISTAKES = 50


class Strict(BaseModel):
    """A part of a file: no unknown fields, nothing changed after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _aware(value: object) -> object:
    """Turn ISO text with an offset into a UTC datetime."""
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError('is not a time; write it like "2025-03-18T14:00Z"') from None
    else:
        raise ValueError('is not a time; write it like "2025-03-18T14:00Z"')  # noqa: TRY004 - pydantic wants ValueError
    if moment.tzinfo is None:
        raise ValueError('has no time zone; write an offset, like "2025-03-18T14:00Z" or "2025-03-18T17:00+03:00"')
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("is too far away to be a time in UTC") from None


#: A time with an offset, as UTC.
AwareTime = Annotated[datetime, BeforeValidator(_aware)]


def read_yaml(path: Path, model: type[T]) -> T:
    """Read a YAML file into a value of `model`.

    Raises:
        ConfigurationError: the file cannot be read or does not fit; every mistake carries file, line and field.
    """
    text = read_text(path)
    value = _parse(text, path, _plain_yaml())
    if broken := list(_broken_text(value)):
        located = _parse(text, path, _located_yaml())
        message = "holds half a character (a lone surrogate); write the character itself"
        raise ConfigurationError(*_capped([mistake_at(path, located, where, message) for where in broken]))
    try:
        return model.model_validate(value)
    except ValidationError as error:
        located = _parse(text, path, _located_yaml())
        raise ConfigurationError(*_capped(_mistakes(error, path, located, model))) from None


def read_text(path: Path) -> str:
    """Read a text file that a person wrote.

    Raises:
        ConfigurationError: it is missing, unreadable, too large or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(_whole(path, f"cannot be read: {error.strerror}")) from None
    if len(raw) > MAX_BYTES:
        raise ConfigurationError(_whole(path, f"is larger than {MAX_BYTES // 1_000_000} MB; split it"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = "is not UTF-8 text here; save the file as UTF-8"
        raise ConfigurationError(Mistake(file=str(path), line=line, field="", message=message)) from None


def _whole(path: Path, message: str) -> Mistake:
    return Mistake(file=str(path), line=None, field="", message=message)


class _NoAnchors(Composer):
    """Builds no shared nodes: a few lines of aliases can stand for billions of values."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.parser.peek_event()
        if event.anchor is not None:
            message = "anchors (&) and aliases (*) are refused; write the value out (in quotes, if it is text)"
            raise ComposerError(None, None, message, event.start_mark)
        return super().compose_node(parent, index)


class _PlainConstructor(SafeConstructor):
    """Makes plain values; a value that cannot be made is a mistake with a line."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, OverflowError) as error:
            raise ConstructorError(None, None, f"is no value that can be used: {error}", node.start_mark) from None


class _LocatedConstructor(RoundTripConstructor):
    """Keeps the line of every value."""


def _as_text(_constructor: object, node: Node) -> str:
    return str(node.value)


# A time stays text until a field asks for it: YAML's own reading of times drops or invents offsets, and names no line.
for _constructor in (_PlainConstructor, _LocatedConstructor):
    _constructor.add_constructor("tag:yaml.org,2002:timestamp", _as_text)


def _plain_yaml() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _PlainConstructor
    return yaml


def _located_yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = _LocatedConstructor
    return yaml


def _broken_text(value: Any, where: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield where text cannot be encoded: half a character, which YAML's escapes can write."""
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
            yield where
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _broken_text(key, where)
            yield from _broken_text(part, (*where, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _broken_text(part, (*where, number))


def _capped(mistakes: list[Mistake]) -> list[Mistake]:
    """Return no more mistakes than a person can use, and how many there are beyond them."""
    more = len(mistakes) - MAX_MISTAKES
    if more <= 0:
        return mistakes
    return [*mistakes[:MAX_MISTAKES], Mistake(file=mistakes[0].file, line=None, field="", message=f"and {more} more")]


def _refuse_directive(text: str, path: Path) -> None:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("%"):
            message = "directives (%) are refused; leave this line out"
            raise ConfigurationError(Mistake(file=str(path), line=number, field="", message=message))
        if line.strip() and not line.lstrip().startswith("#"):
            return


#: How the parser puts a problem, and what a person who writes files can use.
_PROBLEMS = {
    "maximum depth": f"is nested more than {MAX_DEPTH} deep",
    "could not determine a constructor for the tag": "tags (!) are refused; put text that begins with ! in quotes",
    "but found another document": "holds two documents (---); write one per file",
}


def _problem(text: str) -> str:
    known = (ours for theirs, ours in _PROBLEMS.items() if text.startswith(theirs))
    return next(known, " ".join(text.split())[:200])


def _parse(text: str, path: Path, yaml: YAML) -> Any:
    _refuse_directive(text, path)
    yaml.max_depth = MAX_DEPTH
    yaml.Composer = _NoAnchors
    try:
        value = yaml.load(text)
    except ReaderError as error:
        at = text.count("\n", 0, error.position) + 1
        message = f"holds a character that YAML forbids (U+{error.character:04X}); take it out"
        raise ConfigurationError(Mistake(file=str(path), line=at, field="", message=message)) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        problem = _problem(str(error.problem or error.context or "is not valid YAML"))
        raise ConfigurationError(Mistake(file=str(path), line=line, field="", message=problem)) from None
    except (YAMLError, RecursionError, ValueError, TypeError, AttributeError) as error:
        problem = " ".join(str(error).split())[:200] or type(error).__name__
        raise ConfigurationError(_whole(path, f"is not valid YAML: {problem}")) from None
    if value is None:
        raise ConfigurationError(_whole(path, "is empty"))
    return value


#: What pydantic's error types mean to a person who writes YAML.
_WORDS = {
    "missing": "is missing",
    "model_type": 'should be fields with values, like "name: value"',
    "model_attributes_type": 'should be fields with values, like "name: value"',
    "dict_type": 'should be names with values, like "name: value"',
    "tuple_type": "should be a list",
    "list_type": "should be a list",
    "too_short": "is too short: something must stand here",
    "string_type": "should be text; put it in quotes",
    "invalid_key": "should be text; put it in quotes",
}


def _mistakes(error: ValidationError, path: Path, located: Any, model: type[BaseModel]) -> list[Mistake]:
    found = []
    details = error.errors(include_url=False, include_context=False, include_input=False)
    inside = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    for detail in details:
        where = detail["loc"]
        if detail["type"] == "too_short" and where in inside:
            continue  # an echo: the list is short only because what stands in it is wrong, which is said already
        message = str(detail["msg"]).removeprefix("Value error, ")
        if detail["type"] == "extra_forbidden":
            message = f"is not a field here{_suggestion(str(where[-1]), known_fields(model))}"
        else:
            message = _WORDS.get(detail["type"], message)
        found.append(mistake_at(path, located, where, message))
    return found


def known_fields(model: type[BaseModel]) -> set[str]:
    """Return all field names of a model and the models inside it: what a misspelt name may have meant."""
    names: set[str] = set()
    queue: list[Any] = [model]
    seen: set[Any] = set()
    while queue:
        current = queue.pop()
        if current in seen:
            continue
        seen.add(current)
        if isinstance(current, type) and issubclass(current, BaseModel):
            names |= {info.alias or name for name, info in current.model_fields.items()}
            queue += [info.annotation for info in current.model_fields.values()]
        else:
            queue += list(getattr(current, "__args__", ()))
    return names


def _suggestion(word: str, known: set[str]) -> str:
    close = difflib.get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def mistake_at(path: Path, located: Any, where: Sequence[str | int], message: str) -> Mistake:
    """Return a mistake at a place in a loaded file, with the line of the deepest part of `where` that exists."""
    return Mistake(
        file=str(path), line=line_of(located, where), field=".".join(str(part) for part in where), message=message
    )


def locate(path: Path) -> Any:
    """Read a file once more, keeping line numbers: what `mistake_at` needs for mistakes found after validation."""
    return _parse(read_text(path), path, YAML(typ="rt", pure=True))


def line_of(located: Any, where: Sequence[str | int]) -> int | None:
    """Return the line, counted from 1, of the deepest part of `where` that exists in a round-trip value."""
    line: int | None = None
    current = located
    for part in where:
        marks = getattr(current, "lc", None)
        if marks is None:
            break
        try:
            line = (marks.key(part) if isinstance(current, Mapping) else marks.item(part))[0] + 1
            current = current[part]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    if line is None and (marks := getattr(located, "lc", None)) is not None:
        line = (marks.line or 0) + 1
    return line
