"""Cuts a report into sentences and clauses, with exact positions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from monitor.extraction.gaps import gaps
from monitor.extraction.lexicon import Beginnings, Gate, Hit, is_object, is_telling
from monitor.extraction.owned import with_owners
from monitor.model.reports import PartyId
from monitor.model.vocabulary import Role

_PARAGRAPH = re.compile(r"\n+")
#: A full stop ends a sentence when a capital, a digit, a quotation mark or a bullet follows.
_SENTENCE_END = re.compile(r"[.!?…]([\"»”)\]]*\s+)(?=[\"«“„(\[•*\-–—]?\s*[A-ZА-ЯЁІЇЄҐ0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-ZА-ЯІЇЄ]|mr|mrs|dr|st|gen|col|lt|u\.s|no|vs|inc|jr|г|гг|р|рр|ст|ул|вул|им|ім|обл|тис|тыс|млн|млрд|с|м|п|см|т|д|н|е)\.)$",
    re.IGNORECASE,
)
#: Longer than an abbreviation and its full stop.
_ABBREVIATED = 6
_HARD = re.compile(
    r"[;:!?]|\s[—–-]\s|\s\|\s|\.\s|,?\s(?:but|while|whereas|which|where|who|although|however"
    r"|але|проте|однак|тоді|яка|який|яке|які|де|но|однако|тогда"
    r"|который|которая|которое|которые|где|при этом|при цьому)\s"
    r"|,\s(?:as|а|що|что|і|и|and|щоб|чтобы|для|хоча|хотя)\s"
)
#: Quotation marks; a text's edge is none.
_OPENING, _CLOSING = frozenset('«"“„'), frozenset('»"”')
_SOFT = re.compile(r",")


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence with the vocabulary found in it. Positions are code points of the full text."""

    start: int
    end: int
    #: Counted from 0; the title is paragraph 0.
    paragraph: int
    text: str
    #: Where in the text the vocabulary may begin.
    words: Beginnings
    #: The parties whose war is watched, each with its enemy.
    opponents: Mapping[PartyId, PartyId]
    #: Known facilities that the sentence names, as targets.
    named: tuple[Hit, ...] = ()

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """Return the vocabulary found in the sentence, looked up when first asked for."""
        found = [hit for hit in with_owners(self._words) if not any(_overlap(hit, named) for named in self.named)]
        return tuple(sorted([*found, *self.named, *self._gaps], key=lambda hit: hit.start))

    @cached_property
    def _words(self) -> list[Hit]:
        return self.words.hits(self.start, self.end)

    @cached_property
    def _gaps(self) -> list[Hit]:
        """Return the verbs that a dash stands for."""
        return gaps(self.text, self.end, self._words)

    @cached_property
    def may_report(self) -> bool:
        """Return whether anything is named that can be struck; what the geography alone knows does not count."""
        if not self.named and not self.words.holds_object(self.start, self.end):
            return False
        return self.words.resembles_object(self.start, self.end) and any(map(is_object, self.hits))

    @cached_property
    def may_tell(self) -> bool:
        """Return whether frames may be found: something that can be struck, and something that happened."""
        return self.may_hold(Gate.TELLING) and self.may_report and any(map(is_telling, self.hits))

    def may_hold(self, gate: Gate) -> bool:
        """Return whether the sentence can hold words of a kind: cheap, and never wrongly False."""
        return self.words.may_hold(gate, self.start, self.end)

    def suppressors(self) -> list[Hit]:
        """Return the suppressors; a word that stands in quotation marks alone is a name: a drone called «Молния»."""
        return [
            hit
            for hit in self.of(Role.SUPPRESSOR)
            if not (self.text[hit.start - 1 : hit.start] in _OPENING and self.text[hit.end : hit.end + 1] in _CLOSING)
        ]

    @property
    def is_title(self) -> bool:
        """Return whether the sentence stands in the title."""
        return self.paragraph == 0

    @cached_property
    def hard(self) -> tuple[int, ...]:
        """Return where clauses begin: positions of hard boundaries."""
        verbs = {gap.start for gap in self._gaps}
        return tuple(
            match.end()
            for match in _HARD.finditer(self.text, self.start, self.end)
            if verbs.isdisjoint(range(match.start(), match.end()))
        )

    def of(self, *roles: Role) -> list[Hit]:
        """Return the hits that have one of the roles, in order."""
        found = self._of.get(roles)
        if found is None:
            found = self._of[roles] = [hit for hit in self.hits if hit.entry.role in roles]
        return found.copy()

    @cached_property
    def _of(self) -> dict[tuple[Role, ...], list[Hit]]:
        """Return what was asked for so far: the same roles are asked for many times."""
        return {}

    def boundaries_between(self, first: int, second: int) -> tuple[int, int]:
        """Return how many hard and soft boundaries lie between two positions."""
        low, high = (first, second) if first < second else (second, first)
        hard = sum(low < boundary <= high for boundary in self.hard)
        soft = sum(1 for _ in _SOFT.finditer(self.text, low, high))
        return hard, soft

    def words_between(self, first: Hit, second: Hit) -> int:
        """Return how many words stand between two hits."""
        low, high = (first.end, second.start) if first.start <= second.start else (second.end, first.start)
        return len(self.text[low:high].split()) if low < high else 0

    def between(self, first: Hit, second: Hit) -> str:
        """Return the folded text between two hits."""
        low, high = (first.end, second.start) if first.start <= second.start else (second.end, first.start)
        return self.text[low:high] if low < high else ""


def _overlap(hit: Hit, named: Hit) -> bool:
    return hit.role is Role.TARGET and hit.start < named.end and named.start < hit.end


def split_sentences(text: str, title_end: int) -> list[tuple[int, int, int]]:
    """Return (start, end, paragraph) of each sentence; the title, up to `title_end`, is paragraph 0."""
    found: list[tuple[int, int, int]] = []
    at, paragraph = 0, 0
    for match in [*_PARAGRAPH.finditer(text), None]:
        end = match.start() if match else len(text)
        if end > at:
            found.extend((start, stop, paragraph) for start, stop in _sentences(text, at, end))
            paragraph += 1
        if match:
            at = match.end()
    return found if title_end else [(start, stop, number + 1) for start, stop, number in found]


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found, at = [], start
    for match in _SENTENCE_END.finditer(text, start, end):
        stop = match.start(1)
        if _ABBREVIATION.search(text, max(at, stop - _ABBREVIATED), stop):
            continue
        found.append((at, stop))
        at = match.end()
    found.append((at, end))
    return [_trimmed(text, low, high) for low, high in found if text[low:high].strip()]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
