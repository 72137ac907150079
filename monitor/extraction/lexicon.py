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


class Gate(Enum):
    """Kinds of words by which texts and sentences that report no attack are passed over."""

    #: Objects, outages and breaches: what a frame is about.
    OBJECT = "object"
    #: Attacks, and whatever may show one.
    SIGN = "sign"


def _gates(entry: Entry) -> Iterator[Gate]:
    if entry.role in (Role.TARGET, Role.BREACH) or entry.outcome is Outcome.OUTAGE:
        yield Gate.OBJECT
    if entry.role in (Role.ACT, Role.WEAPON, Role.INTERCEPTION, Role.BREACH):
        yield Gate.SIGN


_Candidates = tuple[tuple[Entry, tuple[re.Pattern[str], ...]], ...]


class Lexicon:
    """The compiled vocabulary of one language."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Compile the entries.

        Raises:
            PatternError: a pattern cannot be understood.
        """
        by_key: dict[str, dict[str, tuple[Entry, list[str]]]] = {}
        heads: dict[Gate, set[str]] = {gate: set() for gate in Gate}
        for entry in entries:
            for pattern in entry.patterns:
                compiled = compile_pattern(pattern)
                for gate in _gates(entry):
                    heads[gate] |= compiled.heads
                for key in compiled.keys:
                    by_key.setdefault(key, {}).setdefault(entry.id, (entry, []))[1].append(compiled.regex)
        self._sources = {key: tuple(found.values()) for key, found in by_key.items()}
        #: Expressions are compiled when a text first has a word with that key: most keys are never met.
        self._by_key: dict[str, _Candidates] = {}
        self._gates = {gate: any_of(found) for gate, found in heads.items()}

    def _compile(self, key: str) -> _Candidates:
        compiled = tuple((entry, tuple(re.compile(one) for one in sources)) for entry, sources in self._sources[key])
        self._by_key[key] = compiled
        return compiled

    def may_hold(self, gate: "Gate", folded: str, start: int = 0, end: int | None = None) -> bool:
        """Return whether the text can hold words of a kind: cheap, and never wrongly False."""
        return self._gates[gate].search(folded, start, len(folded) if end is None else end) is not None

    def find(self, folded: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Return what the folded text contains between two positions, longest phrases only, in order."""
        stop = len(folded) if end is None else end
        found: list[Hit] = []
        by_key = self._by_key
        for word in _WORD.finditer(folded, start, stop):
            at = word.start()
            key = folded[at : min(at + KEY_LENGTH, word.end())]
            candidates = by_key.get(key)
            if candidates is None:
                if key not in self._sources:
                    continue
                candidates = self._compile(key)
            for entry, regexes in candidates:
                longest = 0
                for regex in regexes:
                    if (match := regex.match(folded, at, stop)) and match.end() > longest:
                        longest = match.end()
                if longest:
                    found.append(Hit(at, longest, entry))
        return _longest_only(found)


#: Phrases that may span an object or an actor ("halted oil exports", "launched a drone attack on") without hiding it.
_OPEN = frozenset((Role.EFFECT, Role.ACT, Role.INTERCEPTION, Role.BREACH))
_SHOWN = frozenset((Role.WEAPON, Role.FORCE, Role.BELONGING, Role.TARGET))


def _longest_only(hits: list[Hit]) -> list[Hit]:
    """Drop each hit that lies within a longer one, save actors and objects within the phrase of an act."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not any(_hides(other, hit) for other in kept[-8:]):
            kept.append(hit)
    return kept


def _hides(other: Hit, hit: Hit) -> bool:
    if not (other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start):
        return False
    return not (other.role in _OPEN and hit.role in _SHOWN)
