r"""From the patterns of the vocabularies (see `model.vocabulary`) to regular expressions.

Matching works on folded text (`fold`), which has the length of the original, so that spans stay exact.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

#: Replaced one by one: on Cyrillic text several times as fast as `str.translate`.
_FOLD = (("ё", "е"), ("’", "'"), ("ʼ", "'"), ("`", "'"), ("‘", "'"), ("ґ", "г"), ("\u00a0", " "), ("\u2011", "-"))
#: Between two words: blanks or a hyphen, and perhaps an opening quotation mark.
_BETWEEN = r"[\s\-]+[\"«“„'(]?"
_WILDCARDS = {"~": r"[^\W\d_]{0,4}", "*": r"\w*", "?": r"[\w'.\-]+", "#": r"\d[\d.,]*"}
#: Words are looked up by so many first letters.
KEY_LENGTH = 3


def fold(text: str) -> str:
    """Return the text in lower case with look-alike letters made one; the same length as the original."""
    lower = text.lower()
    if text.isascii():
        return lower.replace("`", "'")
    if len(lower) != len(text):
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    for letter, put in _FOLD:
        lower = lower.replace(letter, put)
    return lower


class PatternError(ValueError):
    """A pattern of a vocabulary cannot be understood; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern as regular expression, and the first letters by which it is looked up."""

    regex: str
    keys: frozenset[str]
    #: The fixed letters that a match can begin with, as many as the pattern gives.
    heads: frozenset[str]
    #: Those of them that are whole words: nothing but the end of the word may follow.
    wholes: frozenset[str]


def check_pattern(pattern: str) -> None:
    """Check that a pattern can be understood.

    Raises:
        PatternError: brackets do not match, or it could begin with any word.
    """
    _parse(pattern)


def compile_pattern(pattern: str) -> Compiled:
    """Return the pattern compiled.

    Raises:
        PatternError: brackets do not match, or it could begin with any word.
    """
    sequence, found = _parse(pattern)
    heads = frozenset(head for head, _ in found)
    wild = frozenset(head for head, state in found if state is _State.WILD)
    keys = frozenset(head[:KEY_LENGTH] for head in heads)
    return Compiled(_regex(sequence) + r"(?!\w)", keys, heads, heads - wild)


def words_regex(pattern: str) -> str:
    """Return the expression of a pattern that is searched for by itself, and so may begin with any word or number.

    Raises:
        PatternError: brackets do not match, or it names no word that must be there.
    """
    return _regex(_parse_words(pattern)) + r"(?!\w)"


def _parse(pattern: str) -> tuple["_Sequence", set[tuple[str, "_State"]]]:
    sequence = _parse_words(pattern)
    heads = set()
    for head, state in _heads(sequence):
        if state is _State.WILD and len(head) < KEY_LENGTH:
            raise PatternError(f"{pattern!r}: must begin with at least {KEY_LENGTH} fixed letters or a whole word")
        if head:
            heads.add((head, state))
    if not heads:
        raise PatternError(f"{pattern!r}: must begin with a word")
    return sequence, heads


def _parse_words(pattern: str) -> "_Sequence":
    sequence, end = _parse_sequence(fold(pattern), 0, "")
    if end != len(pattern):
        raise PatternError(f"{pattern!r}: a closing bracket too many")
    if all(word.optional for word in sequence):
        raise PatternError(f"{pattern!r}: names no word that must be there")
    return sequence


def any_of(heads: Iterable[str]) -> re.Pattern[str]:
    """Return one expression that finds a word beginning with any of the heads; as a tree, so that misses are cheap."""
    tree: dict[str, Any] = {}
    for head in sorted(heads):
        node = tree
        for letter in head:
            if "" in node:
                break
            node = node.setdefault(letter, {})
        else:
            node.clear()
            node[""] = {}
    # What stands before is looked at behind the first letter: an expression that begins with letters is found faster.
    begun = "|".join(re.escape(letter) + r"(?<!\w.)" + _branches(rest) for letter, rest in tree.items())
    return re.compile(begun or r"(?!)")


def _branches(node: Mapping[str, Any]) -> str:
    if "" in node:
        return ""
    parts = [re.escape(letter) + _branches(child) for letter, child in node.items()]
    return parts[0] if len(parts) == 1 else "(?:" + "|".join(parts) + ")"


# --- the pattern as a tree: a sequence of words, each a list of pieces: letters, wildcards, groups of sequences


@dataclass(frozen=True, slots=True)
class _Group:
    alternatives: tuple["_Sequence", ...]


@dataclass(frozen=True, slots=True)
class _Word:
    pieces: tuple["str | _Group", ...]
    optional: bool = False


_Sequence = tuple[_Word, ...]


def _parse_sequence(text: str, at: int, closing: str) -> tuple[_Sequence, int]:
    words: list[_Word] = []
    while at < len(text) and text[at] not in closing + ")]":
        if text[at] == " ":
            at += 1
        elif text[at] == "[":
            group, at = _parse_group(text, at + 1, "]")
            words.append(_Word((group,), optional=True))
        else:
            word, at = _parse_word(text, at, closing)
            words.append(word)
    return tuple(words), at


def _parse_word(text: str, at: int, closing: str) -> tuple[_Word, int]:
    pieces: list[str | _Group] = []
    while at < len(text) and text[at] not in closing + " ])[":
        if text[at] == "(":
            group, at = _parse_group(text, at + 1, ")")
            pieces.append(group)
        else:
            pieces.append(text[at])
            at += 1
    return _Word(tuple(pieces)), at


def _parse_group(text: str, at: int, bracket: str) -> tuple[_Group, int]:
    alternatives = []
    while True:
        sequence, at = _parse_sequence(text, at, "|")
        alternatives.append(sequence)
        if at >= len(text):
            raise PatternError(f"{text!r}: a bracket is not closed")
        at += 1
        if text[at - 1] == bracket:
            return _Group(tuple(alternatives)), at
        if text[at - 1] != "|":
            raise PatternError(f"{text!r}: brackets do not match")


def _regex(sequence: _Sequence) -> str:
    parts: list[str] = []
    begun = False
    for word in sequence:
        body = "".join(_piece_regex(piece) for piece in word.pieces)
        if word.optional:
            parts.append(f"(?:{_BETWEEN}{body})?" if begun else f"(?:{body}{_BETWEEN})?")
        else:
            parts.append(_BETWEEN + body if begun else body)
            begun = True
    return "".join(parts)


def _piece_regex(piece: str | _Group) -> str:
    if isinstance(piece, _Group):
        return "(?:" + "|".join(_regex(alternative) for alternative in piece.alternatives) + ")"
    return _WILDCARDS.get(piece) or re.escape(piece)


class _State(Enum):
    OPEN = 0
    #: A wildcard follows.
    WILD = 1
    #: The word ends here.
    DONE = 2


def _heads(sequence: _Sequence) -> set[tuple[str, _State]]:
    """Return the fixed letters that a text matched by the sequence can begin with."""
    found: set[tuple[str, _State]] = set()
    for word in sequence:
        heads = _word_heads(word)
        found |= {
            (head, _State.DONE if state is _State.OPEN else state)
            for head, state in heads
            if head or state is _State.WILD
        }
        if not word.optional and not any(not head and state is _State.OPEN for head, state in heads):
            break
    return found


def _word_heads(word: _Word) -> set[tuple[str, _State]]:
    heads: set[tuple[str, _State]] = {("", _State.OPEN)}
    for piece in word.pieces:
        extended: set[tuple[str, _State]] = set()
        for head, state in heads:
            if state is not _State.OPEN:
                extended.add((head, state))
            else:
                extended |= {(head + tail, after) for tail, after in _piece_heads(piece)}
        heads = extended
    return heads


def _piece_heads(piece: str | _Group) -> set[tuple[str, _State]]:
    if isinstance(piece, str):
        if piece in _WILDCARDS:
            return {("", _State.WILD)}
        return {(piece, _State.OPEN)} if piece.isalnum() else {("", _State.DONE)}
    heads: set[tuple[str, _State]] = set()
    for alternative in piece.alternatives:
        if not alternative:
            heads.add(("", _State.OPEN))
        elif len(alternative) == 1:
            heads |= _word_heads(alternative[0])
        else:
            heads |= _heads(alternative)
    return heads
