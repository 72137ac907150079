"""What a file would be without its mistakes of form, so that mistakes of meaning show in the same run.

Nothing that is made here is ever used as a rule: it is looked through for further mistakes and thrown away.
"""

import copy
import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import NoneType
from typing import Annotated, Any, Generic, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

T = TypeVar("T", bound=BaseModel)
Where = tuple[str | int, ...]
#: Where something is wrong, and what.
Finding = tuple[Where, str]

#: How pydantic calls a field that has no place in a file.
UNKNOWN = "extra_forbidden"
#: Mending one mistake can uncover one beneath it; files are not deeper than this.
_ROUNDS = 8
#: More ways to fill in what cannot be read are not tried.
_MAX_VARIANTS = 12
#: One of these is right for any plain field of our files.
_PLAIN: tuple[object, ...] = (
    None, "x", "X", "XX", 1, "XX.01", "https://x.example", "2000-01-01", "2000-01-01T00:00Z", True, [], {},
)  # fmt: skip


@dataclass
class _Repair(Generic[T]):
    """A copy of a file's content that is mended until it fits the form."""

    value: Any
    model: type[T]
    #: Where something was put in, taken out or renamed.
    touched: set[Where] = field(default_factory=set)
    #: Where one of several words had to be chosen for the writer, and which others there are.
    chosen: dict[Where, tuple[object, ...]] = field(default_factory=dict)


def findings_despite(
    value: Any, error: ValidationError, model: type[T], meaning: Callable[[T], Iterable[Finding]]
) -> list[Finding]:
    """Return the mistakes of meaning in what a file with mistakes of form says, as far as that can be told.

    What rests on a part that had to be mended is left out: it would be an echo of the mistake that is named already.
    """
    repair = _Repair(value=copy.deepcopy(value), model=model)
    if (first := _mended(repair, error)) is None:
        return []
    found = list(meaning(first))
    for variant in _variants(repair):
        also = set(meaning(variant))
        found = [finding for finding in found if finding in also]
    return [finding for finding in found if not any(_touches(finding[0], where) for where in repair.touched)]


def faults(error: ValidationError) -> list[tuple[Where, str, str]]:
    """Return where the form is wrong, the kind of mistake and what it is: unknown fields first, and no echoes.

    A list or mapping that is too short only because what stands in it is wrong is such an echo.
    """
    details = error.errors(include_url=False, include_context=False, include_input=False)
    inside = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    told = [
        (detail["loc"], detail["type"], str(detail["msg"]).removeprefix("Value error, "))
        for detail in details
        if not (detail["type"] == "too_short" and detail["loc"] in inside)
    ]
    return sorted(told, key=lambda fault: fault[1] != UNKNOWN)


def nearest_field(word: str, model: type[BaseModel], where: Where) -> str | None:
    """Return the field that a misspelt name stands for, among those that may stand at that place."""
    holder = _type_at(model, where)[0]
    if not _is_model(holder):
        return None
    names = [info.alias or name for name, info in holder.model_fields.items()]
    close = difflib.get_close_matches(word, names, n=1)
    return close[0] if close else None


def at(value: Any, where: Where) -> Any:
    """Return the part of a parsed file at a place; None where there is none."""
    for part in where:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _touches(one: Where, other: Where) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _mended(repair: _Repair[T], error: ValidationError) -> T | None:
    for _ in range(_ROUNDS):
        for where, kind, _ in faults(error):
            _mend(repair, where, kind)
        try:
            return repair.model.model_validate(repair.value)
        except ValidationError as again:
            error = again
    return None


def _mend(repair: _Repair[T], where: Where, kind: str) -> None:
    repair.touched.add(where)
    if not where:
        return
    if where[-1] == "[key]":
        where = where[:-1]
        kind = UNKNOWN
    holder, key = at(repair.value, where[:-1]), where[-1]
    if kind == UNKNOWN:
        _rename_or_drop(repair, holder, where)
        return
    if kind == "missing" and isinstance(holder, dict) and key in holder:
        repair.touched.remove(where)
        return  # it was there under a misspelt name
    expected, needed = _type_at(repair.model, where)
    if not needed and isinstance(holder, dict):
        holder.pop(key, None)
        return
    if isinstance(holder, dict):
        holder[key] = _made_up(expected, holder.get(key))
    elif isinstance(holder, list) and isinstance(key, int) and key < len(holder):
        holder[key] = _made_up(expected, holder[key])
    if choices := _choices(expected):
        repair.chosen[where] = choices


def _rename_or_drop(repair: _Repair[T], holder: Any, where: Where) -> None:
    if not isinstance(holder, dict):
        return
    dropped = holder.pop(where[-1], None)
    meant = nearest_field(str(where[-1]), repair.model, where[:-1])
    if meant is not None and meant not in holder:
        holder[meant] = dropped


def _variants(repair: _Repair[T]) -> Iterator[T]:
    """Yield the content with each other word for what had to be chosen: only what is wrong in all of them is wrong."""
    tried = 0
    for where, choices in repair.chosen.items():
        holder = at(repair.value, where[:-1])
        if holder is None:
            continue
        before = holder[where[-1]]
        for choice in choices:
            if choice == before or tried >= _MAX_VARIANTS:
                continue
            tried += 1
            holder[where[-1]] = choice
            try:
                yield repair.model.model_validate(repair.value)
            except ValidationError:
                continue
        holder[where[-1]] = before


def _is_model(expected: Any) -> bool:
    return isinstance(expected, type) and issubclass(expected, BaseModel)


def _type_at(model: type[BaseModel], where: Where) -> tuple[Any, bool]:
    """Return what type belongs at a place, and whether something must stand there."""
    expected: Any = model
    needed = True
    for part in where:
        expected = _inner(expected)
        if _is_model(expected):
            fields = {info.alias or name: info for name, info in expected.model_fields.items()}
            info = fields.get(str(part))
            if info is None:
                return Any, False
            expected, needed = _of_field(info), info.is_required()
        else:
            arguments = [one for one in get_args(expected) if one is not Ellipsis]
            expected, needed = (arguments[-1] if arguments else Any), True
    return (_inner(expected) if _is_model(_inner(expected)) else expected), needed


def _of_field(info: FieldInfo) -> Any:
    return Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation


def _inner(expected: Any) -> Any:
    """Return a type without its conditions, and without "or nothing"."""
    while get_origin(expected) is Annotated:
        expected = get_args(expected)[0]
    others = [one for one in get_args(expected) if one is not NoneType]
    if len(others) < len(get_args(expected)) and len(others) == 1:
        return _inner(others[0])
    return expected


def _choices(expected: Any) -> tuple[object, ...]:
    inner = _inner(expected)
    return tuple(one.value for one in inner) if isinstance(inner, type) and issubclass(inner, Enum) else ()


def _made_up(expected: Any, given: object) -> Any:
    """Return something that may stand there, as near to what was given as can be; None where nothing is found."""
    adapter: TypeAdapter[Any] = TypeAdapter(expected)
    for candidate in (*_near(given), *_choices(expected), *_PLAIN, *_compound(_inner(expected))):
        try:
            adapter.validate_python(candidate)
        except ValidationError:
            continue
        return candidate
    return None


def _near(given: object) -> tuple[object, ...]:
    """Return what a writer may have meant: a name in other letters, a time in UTC."""
    if not isinstance(given, str):
        return ()
    joined = "-".join(given.split())
    return (given.strip(), joined.lower(), joined.upper(), f"{given}Z", f"{given}T00:00Z")


def _compound(expected: Any) -> Iterator[object]:
    if _is_model(expected):
        fields: Mapping[str, Any] = expected.model_fields
        yield {
            info.alias or name: _made_up(_of_field(info), None) for name, info in fields.items() if info.is_required()
        }
        return
    arguments = [one for one in get_args(expected) if one is not Ellipsis]
    if get_origin(expected) in (tuple, list):
        yield [_made_up(one, None) for one in arguments]
    elif get_origin(expected) is dict:
        yield {_made_up(arguments[0], None): _made_up(arguments[1], None)}
