"""What surrounds a sentence: headings, background paragraphs, links to other items, drills, other wars."""

import re
from collections.abc import Callable, Sequence
from enum import Enum
from functools import cached_property

from monitor.extraction.abroad import ABROAD
from monitor.extraction.lexicon import Hit
from monitor.extraction.reach import reaches
from monitor.extraction.sentences import Sentence
from monitor.model.reports import Report
from monitor.model.vocabulary import Role

_LINKS = re.compile(
    r"\s*(?:[•*–—-]\s*)?(?:read (?:also|more)|also read|see also|related|more on|"
    r"читайте також|читати також|також читайте|читайте также|читать также|"
    r"дивіться також|смотрите также|по теме|за темою|photo:|фото:|image:)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*[•*\-–—·▪●]\s")
_CLOSED = re.compile(r"[.!?:;…,»”\"')\]]\s*$")
#: Kinds of suppressors that, in a headline, make all of the text something else than news of an attack.
_UNREAL = frozenset(("drill", "fiction", "fact-check"))
#: The kind of suppressors that, wherever they stand, say so of all of the text: "none of this happened".
_MADE_UP = "made-up"
#: A heading has no more words than this.
_HEADING_WORDS = 12
#: Aggregators list the headlines of other outlets with two hard blanks between them.
_LISTED = "\u00a0\u00a0"
#: How many characters of a paragraph may stand before the word that makes it background.
_LEADING = 12
#: What turns from background to now, at the beginning of a sentence.
_NOW = re.compile(
    r"[«\"“]?(?:(?:only|just|again|but|and|лише|тільки|і|й|а|але|знову|вже|только|лишь|и|но|снова|уже)\s)?"
    r"(?:overnight|last night|this night|tonight|today|this morning|цієї ночі|минулої ночі|сьогодні|зранку сьогодні|"
    r"сегодня|этой ночью|минувшей ночью|прошлой ночью)\b"
)
#: Words after which all that follows is background, in Ukrainian and Russian agency style.
_RECALL = re.compile(
    r"\s*(?:нагада|напомн|як повідомля|как сообщал|як раніше|раніше повідомля|ранее сообщал)", re.IGNORECASE
)


class Standing(Enum):
    """What a sentence is for."""

    REPORT = "report"
    HEADING = "heading"
    LINK = "link"
    BACKGROUND = "background"
    ELSEWHERE = "elsewhere"
    #: What happened in an exercise, in a story, or by an accident.
    DRILL = "drill"


class Setting:
    """The standing of the sentences of one report; each is worked out when first asked for."""

    def __init__(
        self, report: Report, sentences: Sequence[Sentence], grounds: Callable[[Sentence], Sequence[Hit]] = lambda _: ()
    ) -> None:
        """`grounds`: the places of the parties' countries that a sentence names; asked only beside another war."""
        self._text, self._title, self._sentences = report.full_text, report.title, sentences
        self._grounds = grounds
        self._sides: dict[int, tuple[list[Hit], list[Hit]]] = {}

    def standing(self, at: int) -> Standing:
        """Return what the sentence at a position is for."""
        sentence = self._sentences[at]
        text = self._text[sentence.start : sentence.end]
        if self._drill or (self._accident and not sentence.of(Role.WEAPON, Role.FORCE)):
            return Standing.DRILL
        if sentence.paragraph == self._round_up or (
            not sentence.is_title and (_is_heading(text, sentence, self._sentences) or _LISTED in text)
        ):
            return Standing.HEADING
        if _LINKS.match(text):
            return Standing.LINK
        if at >= self._recalled or (self._is_background(sentence.paragraph) and not self._is_of_now(at)):
            return Standing.BACKGROUND
        return Standing.ELSEWHERE if self._is_elsewhere(at) else Standing.REPORT

    @cached_property
    def _round_up(self) -> int | None:
        """Return the paragraph that lists the headlines of many outlets, the report's own before the others.

        "Headline - Outlet" over "Headline Outlet Another headline Another outlet": nothing shows where one ends.
        """
        headline, dash, outlet = self._title.rpartition(" - ")
        first = next((one for one in self._sentences if not one.is_title), None)
        if not dash or first is None:
            return None
        told = self._text[first.start :]
        listed = told.startswith(headline) and told[len(headline) :].lstrip().startswith(outlet)
        return first.paragraph if listed else None

    @cached_property
    def _drill(self) -> bool:
        if any(hit.entry.value == _MADE_UP for one in self._sentences for hit in one.suppressors()):
            return True
        titles = [one for one in self._sentences if one.is_title]
        return any(hit.entry.value in _UNREAL and _governs(one, hit) for one in titles for hit in one.suppressors())

    @cached_property
    def _accident(self) -> bool:
        """Return whether the headline names an accident or the weather as the cause."""
        titles = [one for one in self._sentences if one.is_title]
        causes = [hit for one in titles for hit in one.suppressors() if hit.entry.value == "accident"]
        return bool(causes) and not any(one.of(Role.WEAPON, Role.FORCE) for one in titles)

    @cached_property
    def _recalled(self) -> int:
        """Return where "recall that" begins: all that follows is background."""
        for at, sentence in enumerate(self._sentences):
            if not sentence.is_title and _RECALL.match(self._text, sentence.start):
                return at
        return len(self._sentences)

    def _is_background(self, paragraph: int) -> bool:
        """Return whether a body paragraph begins with a word of background ("Earlier this month, ...")."""
        first = next(one for one in self._sentences if one.paragraph == paragraph)
        return not first.is_title and any(hit.start - first.start <= _LEADING for hit in first.of(Role.BACKGROUND))

    def _is_of_now(self, at: int) -> bool:
        """Return whether a sentence, or one before it in its paragraph, turns to now: "This night alone, ..."."""
        paragraph = self._sentences[at].paragraph
        turns = (one for one in self._sentences[: at + 1] if one.paragraph == paragraph)
        return any(_NOW.match(one.text, one.start, one.end) for one in turns)

    def _is_elsewhere(self, at: int) -> bool:
        """Return whether the nearest country that the text names is one of another war."""
        for other in range(at, -1, -1):
            away, home = self._named(other)
            if away and not home:
                return True
            if home:
                return bool(away) and other == at and _nearer(self._sentences[at], away, home)
        return False

    def _named(self, at: int) -> tuple[list[Hit], list[Hit]]:
        """Return the words of a sentence for countries of other wars, and for the sides of this one."""
        if at not in self._sides:
            sentence = self._sentences[at]
            away = _away(sentence)
            home = _home(sentence)
            if self._names_another_war:
                home += self._grounds(sentence)
            self._sides[at] = away, home
        return self._sides[at]

    @cached_property
    def _names_another_war(self) -> bool:
        return any(_away(sentence) for sentence in self._sentences)


def _governs(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a word speaks of the attacks that its sentence tells of, if it tells of any."""
    acts = sentence.of(Role.ACT)
    return not acts or any(reaches(sentence, hit, act) for act in acts)


def _is_heading(text: str, sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """A short line without an end mark, in title case, that is a whole paragraph and not the last one."""
    words = text.split()
    if len(words) > _HEADING_WORDS or _CLOSED.search(text) or _BULLET.match(text):
        return False
    alone = sum(other.paragraph == sentence.paragraph for other in sentences) == 1
    capitals = sum(word[0].isupper() for word in words)
    return alone and sentence is not sentences[-1] and len(words) > 1 and capitals >= 0.6 * len(words)


def _away(sentence: Sentence) -> list[Hit]:
    return [hit for hit in sentence.of(Role.ELSEWHERE) if hit.entry.value != ABROAD]


def _home(sentence: Sentence) -> list[Hit]:
    return [
        hit
        for hit in sentence.of(Role.FORCE, Role.BELONGING, Role.SPEAKER)
        if hit.entry.party in (*sentence.opponents, "enemy")
    ]


def _nearer(sentence: Sentence, away: Sequence[Hit], home: Sequence[Hit]) -> bool:
    """Return whether another war's country stands nearer to every act than a party of this one."""
    acts = sentence.of(Role.ACT) or sentence.of(Role.EFFECT)
    if not acts:
        return False

    def distance(act: Hit, hit: Hit) -> tuple[int, int]:
        return sum(sentence.boundaries_between(hit.start, act.start)), sentence.words_between(act, hit)

    return all(min(distance(act, hit) for hit in away) < min(distance(act, hit) for hit in home) for act in acts)
