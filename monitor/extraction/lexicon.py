"""Finds the words of a vocabulary in a text: one look-up per word, regular expressions only where it hits."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from monitor.model.claims import Outcome
from monitor.model.patterns import KEY_LENGTH, any_of, compile_pattern
from monitor.model.vocabulary import Entry, Role

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A vocabulary entry found in a text, from `start` to `end` (code points)."""

    start: int
    end: int
    entry: Entry

    @property
    def role(self) -> Role:
        """Return what the words do in a sentence."""
        return self.entry.role


_OBJECTS = frozenset((Role.TARGET, Role.BREACH))


class Gate(Enum):
    """Kinds of words by which texts and sentences that report no attack are passed over."""

    #: Objects, outages and breaches: what a frame is about.
    OBJECT = "object"
    #: Attacks, and whatever may show one.
    SIGN = "sign"


def is_object(hit: Hit) -> bool:
    """Return whether a hit is what a frame can be about."""
    return _is_object(hit.entry)


def _is_object(entry: Entry) -> bool:
    return entry.role in _OBJECTS or entry.outcome is Outcome.OUTAGE


def _gates(entry: Entry) -> Iterator[Gate]:
    if _is_object(entry):
        yield Gate.OBJECT
    if entry.role in (Role.ACT, Role.WEAPON, Role.INTERCEPTION, Role.BREACH):
        yield Gate.SIGN


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One pattern of an entry, by one of the keys that it begins with."""

    entry: Entry
    regex: str
    #: A text that it matches begins with one of these.
    heads: tuple[str, ...]


#: For an entry: how much of the word itself it matches, and the expressions that look beyond the word.
_Candidates = tuple[tuple[Entry, int, tuple[re.Pattern[str], ...]], ...]
#: What an expression of one word consists of: its match depends on nothing that follows the word.
_ONE_WORD = re.compile(r"(?:[^\W_]|\(\?:|[|)]|\(\?!\\w\)|\\w\*|\[\^\\W\\d_\]\{0,4\})*")
#: Words whose candidates are kept; forgotten when there are more: texts may hold any number of made-up words.
_KEPT_WORDS = 50_000
#: Marks a word of a text with underscores, which are letters to an expression and none to a word.
_UNDERSCORED = "_"


class Lexicon:
    """The compiled vocabulary of one language."""

    def __init__(self, entries: Iterable[Entry], vague: frozenset[str] = frozenset()) -> None:
        """Compile the entries; `vague`: classes that name no kind of facility.

        Raises:
            PatternError: a pattern cannot be understood.
        """
        self._vague = vague
        self._by_key: dict[str, list[_Pattern]] = {}
        heads: dict[Gate, set[str]] = {gate: set() for gate in Gate}
        for entry in entries:
            for pattern in entry.patterns:
                compiled = compile_pattern(pattern)
                for gate in _gates(entry):
                    heads[gate] |= compiled.heads
                for key in compiled.keys:
                    beginnings = tuple(head for head in compiled.heads if head[:KEY_LENGTH] == key)
                    self._by_key.setdefault(key, []).append(_Pattern(entry, compiled.regex, beginnings))
        #: Expressions are compiled when a text first has a word that one may begin with: most are never met.
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._by_word: dict[str, _Candidates] = {}
        self._gates = {gate: any_of(found) for gate, found in heads.items()}

    def _candidates(self, word: str) -> _Candidates:
        """Return, and keep, what may be found at a word: the expressions of one word are settled here once for all."""
        alone = not word.endswith(_UNDERSCORED)
        bare = word if alone else word[:-1]
        found: dict[str, tuple[Entry, int, list[re.Pattern[str]]]] = {}
        for one in self._by_key.get(bare[:KEY_LENGTH], ()):
            if not bare.startswith(one.heads):
                continue
            regex = self._compiled.get(one.regex)
            if regex is None:
                regex = self._compiled[one.regex] = re.compile(one.regex)
            entry, length, beyond = found.get(one.entry.id) or (one.entry, 0, [])
            if not (alone and _ONE_WORD.fullmatch(one.regex)):
                beyond.append(regex)
            elif match := regex.match(word):
                length = max(length, match.end())
            found[one.entry.id] = entry, length, beyond
        if len(self._by_word) >= _KEPT_WORDS:
            self._by_word.clear()
        kept = tuple((entry, length, tuple(beyond)) for entry, length, beyond in found.values() if length or beyond)
        self._by_word[word] = kept
        return kept

    def may_hold(self, gate: "Gate", folded: str, start: int = 0, end: int | None = None) -> bool:
        """Return whether the text can hold words of a kind: cheap, and never wrongly False."""
        return self._gates[gate].search(folded, start, len(folded) if end is None else end) is not None

    def find(self, folded: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Return what the folded text contains between two positions, longest phrases only, in order."""
        stop = len(folded) if end is None else end
        found: list[Hit] = []
        kept = self._by_word
        underscored = folded.find(_UNDERSCORED, start, stop) >= 0
        for match in _WORD.finditer(folded, start, stop):
            word = match[0] + _UNDERSCORED if underscored else match[0]
            candidates = kept.get(word)
            if candidates is None:
                candidates = self._candidates(word)
            if not candidates:
                continue
            at = match.start()
            for entry, length, beyond in candidates:
                longest = at + length if length else 0
                for regex in beyond:
                    if (phrase := regex.match(folded, at, stop)) and phrase.end() > longest:
                        longest = phrase.end()
                if longest:
                    found.append(Hit(at, longest, entry))
        return _one_object_each(_longest_only(found), self._vague)


def _one_object_each(hits: list[Hit], vague: frozenset[str]) -> list[Hit]:
    """Drop second meanings of the same words: a "gas compressor station" is no gas facility of unnamed kind beside."""
    chosen: dict[tuple[int, int], Hit] = {}
    for hit in hits:
        if hit.role is Role.TARGET:
            other = chosen.setdefault((hit.start, hit.end), hit)
            if other.entry.class_id in vague and hit.entry.class_id not in vague:
                chosen[hit.start, hit.end] = hit
    return [hit for hit in hits if hit.role is not Role.TARGET or chosen[hit.start, hit.end] is hit]


#: Phrases that may span an object or an actor ("halted oil exports", "launched a drone attack on") without hiding it.
_OPEN = frozenset((Role.EFFECT, Role.ACT, Role.INTERCEPTION, Role.BREACH))
_SHOWN = frozenset((Role.WEAPON, Role.FORCE, Role.BELONGING, Role.TARGET))


def _longest_only(hits: list[Hit]) -> list[Hit]:
    """Drop each hit that lies within a longer one, save actors and objects within the phrase of an act."""
    kept: list[Hit] = []
    reached = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= reached or not any(_hides(other, hit) for other in kept[-8:]):
            kept.append(hit)
            reached = max(reached, hit.end)
    return kept


def _hides(other: Hit, hit: Hit) -> bool:
    if not (other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start):
        return False
    return not (other.role in _OPEN and hit.role in _SHOWN)
