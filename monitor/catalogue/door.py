"""The strict door for files that people write: YAML in, a validated value out, all mistakes named at once.

YAML by ruamel.yaml (YAML 1.2: `NO` is no boolean; duplicate keys are refused; tags are never executed), values by
pydantic models that forbid unknown fields. A file is read a second time, slowly and with line numbers, only where
something is wrong with it.
"""

import difflib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from monitor.errors import ConfigurationError, Mistake

T = TypeVar("T", bound=BaseModel)

#: A file that people write is not larger; a larger one is a mistake, or an attack on memory.
MAX_BYTES = 8_000_000
#: Deeper nesting than this serves no purpose and could exhaust the parser's stack.
MAX_DEPTH = 60


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
    return moment.astimezone(UTC)


#: A time with an offset, as UTC.
AwareTime = Annotated[datetime, BeforeValidator(_aware)]


def read_yaml(path: Path, model: type[T]) -> T:
    """Read a YAML file into a value of `model`.

    Raises:
        ConfigurationError: the file cannot be read or does not fit; every mistake carries file, line and field.
    """
    text = read_text(path)
    value = _parse(text, path, YAML(typ="safe", pure=True))
    try:
        return model.model_validate(value)
    except ValidationError as error:
        located = _parse(text, path, YAML(typ="rt", pure=True))
        raise ConfigurationError(*_mistakes(error, path, located, model)) from None


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


def _parse(text: str, path: Path, yaml: YAML) -> Any:
    yaml.max_depth = MAX_DEPTH
    try:
        value = yaml.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        problem = " ".join(str(error.problem or error.context or "is not valid YAML").split())
        raise ConfigurationError(Mistake(file=str(path), line=line, field="", message=problem)) from None
    except (YAMLError, RecursionError, ValueError, TypeError, AttributeError) as error:
        problem = " ".join(str(error).split())[:200] or type(error).__name__
        raise ConfigurationError(_whole(path, f"is not valid YAML: {problem}")) from None
    if value is None:
        raise ConfigurationError(_whole(path, "is empty"))
    return value


def _mistakes(error: ValidationError, path: Path, located: Any, model: type[BaseModel]) -> list[Mistake]:
    found = []
    for detail in error.errors():
        where = detail["loc"]
        message = str(detail["msg"]).removeprefix("Value error, ")
        if detail["type"] == "extra_forbidden":
            message = f"is not a field here{_suggestion(str(where[-1]), known_fields(model))}"
        elif detail["type"] == "missing":
            message = "is missing"
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
