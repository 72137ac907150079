"""The strict door for files that people write: YAML in, a validated value out, all mistakes named at once.

YAML as `yaml_text` lets it in, values by pydantic models that forbid unknown fields. What a file parses to is kept by
its hash where the entry point names a folder for that (`parsed`). A file is read a second time, slowly and with line
numbers, only where something is wrong with it.
"""

import difflib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from monitor.catalogue import mending, parsed
from monitor.errors import ConfigurationError, Mistake

T = TypeVar("T", bound=BaseModel)

#: A file that people write is not larger; a larger one is a mistake, or an attack on memory.
MAX_BYTES = 8_000_000
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


#: Control characters but tab and line ends; those that turn the direction of text round; halves of characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _nothing_more(_value: object) -> Iterable[mending.Finding]:
    return ()


def read_yaml(path: Path, model: type[T], meaning: Callable[[T], Iterable[mending.Finding]] = _nothing_more) -> T:
    """Read a YAML file into a value of `model`.

    `meaning` yields what the form alone does not show, each with its place in the file. It is also asked about a file
    whose form is wrong, as far as that can be understood, so that one run names all mistakes.

    Raises:
        ConfigurationError: the file cannot be read or does not fit; every mistake carries file, line and field.
    """
    text = read_text(path)
    value, mistakes = _parse(text, path)
    further: Iterable[mending.Finding]
    try:
        file = model.model_validate(value)
    except ValidationError as error:
        mistakes += _mistakes(error, path, _located(text, path), model)
        further = mending.findings_despite(value, error, model, meaning)
    else:
        further = list(meaning(file))
    if further:
        located = _located(text, path)
        mistakes += [mistake_at(path, located, where, message) for where, message in further]
    if mistakes:
        raise ConfigurationError(*_capped(sorted(mistakes, key=lambda mistake: mistake.line or 0)))
    return file


def _parse(text: str, path: Path) -> tuple[Any, list[Mistake]]:
    """Return what the text stands for, and the keys that stand in it twice."""
    value = parsed.get(text)
    if value is not None:
        return value, []
    from monitor.catalogue import yaml_text  # slow to import, and not needed for what was parsed before

    value, twice = yaml_text.plain(text, path)
    if value is None:
        message = "is empty; to take a built-in file away, write `removed: true` into one of its name"
        raise ConfigurationError(Mistake(file=str(path), line=None, field="", message=message))
    if broken := list(_unprintable_text(value)):
        located = _located(text, path)
        raise ConfigurationError(*_capped([mistake_at(path, located, where, message) for where, message in broken]))
    if not twice:
        parsed.put(text, value)
    return value, twice


def _located(text: str, path: Path) -> Any:
    from monitor.catalogue import yaml_text

    return yaml_text.located(text, path)


def read_text(path: Path) -> str:
    """Read a text file that a person wrote.

    Raises:
        ConfigurationError: it is missing, unreadable, too large or not UTF-8.
    """
    try:
        # A pipe of that name must not keep the program waiting for somebody to write into it.
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ConfigurationError(_whole(path, "is not a file; put a text file there"))
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


def _unprintable_text(value: Any, where: tuple[str | int, ...] = ()) -> Iterator[mending.Finding]:
    """Yield where text holds what YAML's escapes can write, and no reader may be shown."""
    if isinstance(value, str):
        if not value.isprintable() and (found := _UNPRINTABLE.search(value)):
            yield where, _unprintable_in_words(found[0])
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _unprintable_text(key, where)
            yield from _unprintable_text(part, (*where, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _unprintable_text(part, (*where, number))


def _unprintable_in_words(letter: str) -> str:
    if "\ud800" <= letter <= "\udfff":
        return "holds half a character (a lone surrogate); write the character itself"
    return f"holds an invisible control character, U+{ord(letter):04X}; leave it out"


def _capped(mistakes: list[Mistake]) -> list[Mistake]:
    """Return no more mistakes than a person can use, and how many there are beyond them."""
    more = len(mistakes) - MAX_MISTAKES
    if more <= 0:
        return mistakes
    return [*mistakes[:MAX_MISTAKES], Mistake(file=mistakes[0].file, line=None, field="", message=f"and {more} more")]


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


#: What the patterns of our fields mean to a person; the fields say them as expressions.
_PATTERNS = {
    "^[a-z0-9][a-z0-9-]*$": "use small letters, digits and hyphens, such as energy-pause-2025",
    "^[A-Z][A-Z0-9-]*$": "use capital letters and digits, such as RU",
    "^[A-Z]{2}$": "use two capital letters, such as UA",
    r"^[A-Z]{2}\.\d\d$": "use a first-level region's code of GeoNames, such as UA.12",
    r"^https?://\S+$": "write the whole address, beginning with https://",
}


def _in_words(kind: str, message: str) -> str:
    if kind == "string_pattern_mismatch":
        meant = next((words for pattern, words in _PATTERNS.items() if message.endswith(f"'{pattern}'")), None)
        return message if meant is None else f"does not match what may stand here; {meant}"
    if kind == "string_too_long":
        return "is too long; " + _decapitalised(message).removeprefix("string should ")
    return _WORDS.get(kind, message)


def _mistakes(error: ValidationError, path: Path, located: Any, model: type[BaseModel]) -> list[Mistake]:
    faults = mending.faults(error)
    misspelt = {
        (*where[:-1], meant)
        for where, kind, _ in faults
        if kind == mending.UNKNOWN and (meant := mending.nearest_field(str(where[-1]), model, where[:-1])) is not None
    }
    found = []
    for where, kind, message in faults:
        if kind == "missing" and where in misspelt:
            continue  # an echo: it is there under a misspelt name, which is said already
        if kind == mending.UNKNOWN:
            near = mending.nearest_field(str(where[-1]), model, where[:-1])
            known = known_fields(model) if near is None else {near}
            message = f"is not a field here{_suggestion(str(where[-1]), known)}"
        message = _in_words(kind, message)
        if where and where[-1] == "[key]":
            where, message = where[:-1], f"{where[-2]!r} may not stand here as a name: {_decapitalised(message)}"
        found.append(mistake_at(path, located, where, message))
    return found


def _decapitalised(message: str) -> str:
    return message[:1].lower() + message[1:]


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
    return _located(read_text(path), path)


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
