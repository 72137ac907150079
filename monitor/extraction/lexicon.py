"""Finds the words of a vocabulary in a text: one look-up per word, regular expressions only where it hits."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from monitor.model.claims import Outcome
from monitor.model.patterns import KEY_LENGTH, compile_pattern
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
_TELLING = frozenset((Role.ACT, Role.EFFECT, Role.INTERCEPTION, Role.BREACH))
_COUNTED = frozenset((Role.ACT, Role.COUNTED, Role.BREACH))


_SIGNS = frozenset((Role.ACT, Role.WEAPON, Role.INTERCEPTION, Role.BREACH))
#: Effects that may show an attack by themselves: damage and explosions.
_HINTS = frozenset((Outcome.DAMAGED, Outcome.UNKNOWN))


class Gate(StrEnum):
    """Kinds of words by which texts and sentences that report no attack are passed over.

    Whether a word may be of a kind is told by its first letters, or more closely by what may begin at it.
    """

    #: Objects, outages and breaches: what a frame is about.
    OBJECT = "object"
    #: Attacks, and whatever may show one.
    SIGN = "sign"
    #: Words that mean an attack by themselves.
    ATTACK = "attack"
    #: Words without which a sentence says of nothing that something happened to it.
    TELLING = "telling"
    #: Words for what a tally counts.
    COUNTED = "counted"


_NO_SIDES: Mapping[str, Entry] = {}
#: A text that lacks one of these can make no claim and relay no count.
_NEEDED = (Gate.SIGN, Gate.OBJECT)


def is_object(hit: Hit) -> bool:
    """Return whether a hit is what a frame can be about."""
    return _is_object(hit.entry)


def is_telling(hit: Hit) -> bool:
    """Return whether a hit says that something happened."""
    return hit.entry.role in _TELLING


def _is_object(entry: Entry) -> bool:
    return entry.role in _OBJECTS or entry.outcome is Outcome.OUTAGE


def _gates(entry: Entry) -> Iterator[Gate]:
    if _is_object(entry):
        yield Gate.OBJECT
    if entry.role in _SIGNS or (entry.role is Role.EFFECT and entry.outcome in _HINTS):
        yield Gate.SIGN
    if entry.role is Role.ACT and not entry.weak:
        yield Gate.ATTACK
    if entry.role in _TELLING:
        yield Gate.TELLING
    if entry.role in _COUNTED:
        yield Gate.COUNTED


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One pattern of an entry, by one of the keys that it begins with."""

    entry: Entry
    regex: str
    #: A text that it matches begins with one of these.
    heads: tuple[str, ...]
    #: Or is one of these as a whole.
    wholes: frozenset[str]

    def may_begin_at(self, word: str) -> bool:
        """Return whether a text that has the word may be matched there."""
        return word in self.wholes or word.startswith(self.heads)


#: For an entry: how much of the word itself it matches, and the expressions that look beyond the word.
_Candidates = tuple[tuple[Entry, int, tuple[re.Pattern[str], ...]], ...]
#: What an expression of one word consists of: its match depends on nothing that follows the word.
_ONE_WORD = re.compile(r"(?:[^\W_]|\(\?:|[|)]|\(\?!\\w\)|\\w\*|\[\^\\W\\d_\]\{0,4\})*")
#: Pieces of texts whose words are kept; forgotten when there are more: texts may hold any number of made-up words.
_KEPT_PIECES = 100_000


@dataclass(frozen=True, slots=True)
class _Beginning:
    """A word of a text at which vocabulary may begin; `at` is counted from the piece of text that it stands in."""

    at: int
    candidates: _Candidates
    #: Of which kinds it may be by its first letters, and by its candidates.
    gates: tuple[Gate, ...]
    kinds: tuple[Gate, ...]
    #: The candidates that are objects.
    objects: _Candidates


#: A word of a text at which an object may begin: where it stands, and what may begin there.
_At = tuple[int, _Candidates]


def _position(one: _At) -> int:
    return one[0]


def _pieces(folded: str) -> list[str]:
    """Cut a text at each blank and line break; no word holds one."""
    return folded.replace("\n", " ").split(" ")


class Lexicon:
    """The compiled vocabulary of one language.

    Texts are cut at blanks. What may begin within each piece is worked out when it is first met, and kept: most pieces
    of most texts were met before.
    """

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
                    own = frozenset(head for head in compiled.heads if head[:KEY_LENGTH] == key)
                    wholes = own & compiled.wholes
                    one = _Pattern(entry, compiled.regex, tuple(own - wholes), wholes)
                    self._by_key.setdefault(key, []).append(one)
        #: Expressions are compiled when a text first has a word that one may begin with: most are never met.
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._heads = {gate: tuple(found) for gate, found in heads.items()}
        self._known: dict[str, tuple[_Beginning, ...]] = {}
        #: The known pieces that hold a word of a kind.
        self._holding: dict[Gate, set[str]] = {gate: set() for gate in Gate}

    def may_report(self, folded: str, names: re.Pattern[str]) -> bool:
        """Return whether the text can tell of an attack on something: cheap, and never wrongly False.

        `names` finds known facilities: to name one is to name an object.
        """
        pieces = set(_pieces(folded))
        for piece in pieces.difference(self._known):
            self._learn(piece)
        missing = [gate for gate in _NEEDED if self._holding[gate].isdisjoint(pieces)]
        if missing == [Gate.OBJECT]:
            return not self._holding[Gate.ATTACK].isdisjoint(pieces) and names.search(folded) is not None
        return not missing

    def beginnings(self, folded: str, sides: Mapping[str, Entry] = _NO_SIDES) -> "Beginnings":
        """Return where in the folded text vocabulary may begin; `sides`: entries to take for those of their id."""
        starts: list[int] = []
        found: list[_Beginning] = []
        places: dict[Gate, list[int]] = {gate: [] for gate in Gate}
        objects: list[_At] = []
        reached = 0
        for piece in _pieces(folded):
            known = self._known.get(piece)
            if known is None:
                known = self._learn(piece)
            for one in known:
                starts.append(reached + one.at)
                found.append(one)
                for kind in one.kinds:
                    places[kind].append(reached + one.at)
                if one.objects:
                    objects.append((reached + one.at, one.objects))
            reached += len(piece) + 1
        return Beginnings(folded, starts, found, places, objects, self._vague, sides)

    def find(self, folded: str) -> list[Hit]:
        """Return what the folded text contains, longest phrases only, in order."""
        return self.beginnings(folded).hits(0, len(folded))

    def _learn(self, piece: str) -> tuple[_Beginning, ...]:
        """Return, and keep, what may begin in a piece of text that holds no blank."""
        if len(self._known) >= _KEPT_PIECES:
            self._known.clear()
            for holding in self._holding.values():
                holding.clear()
        found = []
        # An underscore is a letter to an expression and none to a word.
        alone = "_" not in piece
        for match in _WORD.finditer(piece):
            word = match[0]
            gates = tuple(gate for gate in _NEEDED if word.startswith(self._heads[gate]))
            candidates = self._candidates(word, alone=alone)
            if gates or candidates:
                kinds = {kind for entry, _, _ in candidates for kind in _gates(entry)}
                objects = tuple(one for one in candidates if _is_object(one[0]))
                found.append(_Beginning(match.start(), candidates, gates, tuple(kinds), objects))
            for gate in gates:
                self._holding[gate].add(piece)
        self._known[piece] = kept = tuple(found)
        return kept

    def _candidates(self, word: str, *, alone: bool) -> _Candidates:
        """Return what may be found at a word: if it stands `alone`, expressions of one word are settled here."""
        found: dict[str, tuple[Entry, int, list[re.Pattern[str]]]] = {}
        for one in self._by_key.get(word[:KEY_LENGTH], ()):
            if not one.may_begin_at(word):
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
        return tuple((entry, length, tuple(beyond)) for entry, length, beyond in found.values() if length or beyond)


class Beginnings:
    """Where in one text the vocabulary may begin: each word of the text is looked up once."""

    def __init__(
        self,
        folded: str,
        starts: list[int],
        found: list[_Beginning],
        places: Mapping[Gate, list[int]],
        objects: list[_At],
        vague: frozenset[str],
        sides: Mapping[str, Entry],
    ) -> None:
        self._text, self._starts, self._found, self._vague = folded, starts, found, vague
        self._sides = sides
        self._places = places
        self._objects = objects

    def may_hold(self, gate: Gate, start: int, end: int) -> bool:
        """Return whether words of a kind can stand between two positions: cheap, and never wrongly False."""
        places = self._places[gate]
        at = bisect_left(places, start)
        return at < len(places) and places[at] < end

    def holds_object(self, start: int, end: int) -> bool:
        """Return whether an object begins between two positions: cheaper than `hits`, and never wrongly False."""
        text = self._text
        for number in range(bisect_left(self._objects, start, key=_position), len(self._objects)):
            at, candidates = self._objects[number]
            if at >= end:
                return False
            for _, length, beyond in candidates:
                if length or any(regex.match(text, at, end) for regex in beyond):
                    return True
        return False

    def resembles_object(self, start: int, end: int) -> bool:
        """Return whether a word between two positions begins with the letters of an object."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return any(Gate.OBJECT in self._found[at].gates for at in range(low, high))

    def hits(self, start: int, end: int) -> list[Hit]:
        """Return what the text contains between two positions, longest phrases only, in order."""
        text, found = self._text, []
        for number in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            at = self._starts[number]
            for entry, length, beyond in self._found[number].candidates:
                longest = at + length if length else 0
                for regex in beyond:
                    if (phrase := regex.match(text, at, end)) and phrase.end() > longest:
                        longest = phrase.end()
                if longest:
                    found.append(Hit(at, longest, self._sides.get(entry.id, entry)))
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


#: Phrases that may span an object, an actor or a word of time ("halted oil exports") without hiding it.
_OPEN = frozenset((Role.EFFECT, Role.ACT, Role.INTERCEPTION, Role.BREACH, Role.NEGATION))
#: What a phrase that speaks of now hides.
_NOT_NOW = frozenset((Role.SUPPRESSOR, Role.BACKGROUND))
_SHOWN = frozenset((Role.WEAPON, Role.FORCE, Role.BELONGING, Role.TARGET, Role.CURRENT, Role.ELSEWHERE))


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
    if other.role is Role.CURRENT:
        return hit.role in _NOT_NOW
    if other.role is Role.DENYING and hit.role is Role.ACT:
        # "Did not strike": what is denied is told by its own words.
        return False
    return not (other.role in _OPEN and hit.role in _SHOWN)
