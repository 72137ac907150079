"""YAML text -> plain values, by ruamel.yaml (YAML 1.2: `NO` is no boolean; duplicate keys are refused).

Tags, directives, anchors and aliases are refused: no file here needs them, and they can run code, bring back YAML 1.1
or blow up memory. Importing this module takes a while; the door does so only for a file that it has to parse.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.constructor import ConstructorError, DuplicateKeyError, RoundTripConstructor, SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from monitor.errors import ConfigurationError, Mistake

#: Deeper nesting than this serves no purpose and could exhaust the parser's stack.
MAX_DEPTH = 60


def plain(text: str, path: Path) -> tuple[Any, list[Mistake]]:
    """Return what the text stands for, as dicts, lists and scalars; and the keys that stand twice in one place.

    Of such keys the first counts, so that the rest of the file can be looked through; the file is wrong all the same.

    Raises:
        ConfigurationError: it is no YAML that is let in.
    """
    yaml = _plain_yaml()
    try:
        return _parse(text, path, yaml), []
    except _TwiceError:
        yaml = _plain_yaml()
        yaml.allow_duplicate_keys = True
        return _parse(text, path, yaml), duplicate_keys(text, path)


def located(text: str, path: Path) -> Any:
    """Return the same with the line of every value: slow, for messages about mistakes.

    Raises:
        ConfigurationError: it is no YAML that is let in.
    """
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = _LocatedConstructor
    yaml.allow_duplicate_keys = True
    return _parse(text, path, yaml)


def duplicate_keys(text: str, path: Path) -> list[Mistake]:
    """Return every key that stands in its place for a second time, with its line."""
    yaml = _plain_yaml()
    yaml.max_depth = MAX_DEPTH
    return [
        Mistake(
            file=str(path),
            line=key.start_mark.line + 1,
            field=".".join(map(str, where)),
            message=f"duplicate key: {key.value!r} stands here for the second time; keep one of them",
        )
        for where, key in _twice(yaml.compose(text), ())
    ]


def _twice(node: Node | None, where: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], ScalarNode]]:
    if isinstance(node, MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            inside = where
            if isinstance(key, ScalarNode):
                inside = (*where, key.value)
                if key.value in seen:
                    yield inside, key
                seen.add(key.value)
            yield from _twice(value, inside)
    elif isinstance(node, SequenceNode):
        for number, value in enumerate(node.value):
            yield from _twice(value, (*where, number))


def _plain_yaml() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _PlainConstructor
    yaml.Composer = _NoAnchors
    return yaml


class _TwiceError(Exception):
    """A key stands twice in one place."""


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
    "mapping values are not allowed": "a colon stands where none may; put text that holds a colon in quotes, "
    "and begin each field on a line of its own",
    "found character '\\t'": "begins with a tab; indent with spaces",
    "expected ',' or ']'": "a list in [brackets] does not end where it should; close it with ], items parted by commas",
    "expected ',' or '}'": "fields in {braces} do not end where they should; close them with }, part them by commas",
    "found unexpected end of stream": "text in quotes does not end; close the quotes",
    "expected <block end>": "is indented otherwise than the lines before it; begin it below its neighbours",
    "could not find expected ':'": "a field has no colon behind its name; write it like `name: value`",
}


def _whole(path: Path, message: str) -> ConfigurationError:
    return ConfigurationError(Mistake(file=str(path), line=None, field="", message=message))


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
    except DuplicateKeyError:
        raise _TwiceError from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        problem = _problem(str(error.problem or error.context or "is not valid YAML"))
        raise ConfigurationError(Mistake(file=str(path), line=line, field="", message=problem)) from None
    except (YAMLError, RecursionError, ValueError, TypeError, AttributeError) as error:
        problem = " ".join(str(error).split())[:200] or type(error).__name__
        raise _whole(path, f"is not valid YAML: {problem}") from None
    if value is None:
        raise _whole(path, "is empty")
    return value
