"""What surrounds a sentence: headings, background paragraphs, links to other items, drills, other wars."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.reports import Report
from monitor.model.vocabulary import Role

_LINKS = re.compile(
    r"\s*(?:[•*–—-]\s*)?(?:read (?:also|more)|also read|see also|related|more on|читайте також|читати також|також читайте|читайте также|читать также|дивіться також|смотрите также|по теме|за темою|photo:|фото:|image:)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*[•*\-–—·▪●]\s")
_CLOSED = re.compile(r"[.!?:;…,»”\"')\]]\s*$")
#: A heading has no more words than this.
_HEADING_WORDS = 12
#: How many characters of a paragraph may stand before the word that makes it background.
_LEADING = 12
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
    DRILL = "drill"


@dataclass(frozen=True)
class Setting:
    """The standing of each sentence of a report."""

    standings: tuple[Standing, ...]

    @classmethod
    def of(cls, report: Report, sentences: Sequence[Sentence]) -> "Setting":
        """Return the standing of all sentences."""
        drill = any(hit.entry.value == "drill" for one in sentences if one.is_title for hit in one.of(Role.SUPPRESSOR))
        recalled = _recalled_from(report, sentences)
        background = _background_paragraphs(sentences)
        found = []
        for at, sentence in enumerate(sentences):
            text = report.full_text[sentence.start : sentence.end]
            if drill:
                found.append(Standing.DRILL)
            elif not sentence.is_title and _is_heading(text, sentence, sentences):
                found.append(Standing.HEADING)
            elif _LINKS.match(text):
                found.append(Standing.LINK)
            elif at >= recalled or sentence.paragraph in background:
                found.append(Standing.BACKGROUND)
            elif _is_elsewhere(at, sentences):
                found.append(Standing.ELSEWHERE)
            else:
                found.append(Standing.REPORT)
        return cls(tuple(found))


def _is_heading(text: str, sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """A short line without an end mark, in title case, that is a whole paragraph and not the last one."""
    words = text.split()
    if len(words) > _HEADING_WORDS or _CLOSED.search(text) or _BULLET.match(text):
        return False
    alone = sum(other.paragraph == sentence.paragraph for other in sentences) == 1
    capitals = sum(word[0].isupper() for word in words)
    return alone and sentence is not sentences[-1] and len(words) > 1 and capitals >= 0.6 * len(words)


def _recalled_from(report: Report, sentences: Sequence[Sentence]) -> int:
    for at, sentence in enumerate(sentences):
        if not sentence.is_title and _RECALL.match(report.full_text, sentence.start):
            return at
    return len(sentences)


def _background_paragraphs(sentences: Sequence[Sentence]) -> set[int]:
    """Return the body paragraphs that begin with a word of background ("Earlier this month, ...")."""
    seen: set[int] = set()
    found = set()
    for sentence in sentences:
        if sentence.paragraph in seen or sentence.is_title:
            continue
        seen.add(sentence.paragraph)
        if any(hit.start - sentence.start <= _LEADING for hit in sentence.of(Role.BACKGROUND)):
            found.add(sentence.paragraph)
    return found


def _is_elsewhere(at: int, sentences: Sequence[Sentence]) -> bool:
    """Return whether the nearest country that the text names is one of another war."""
    for other in [sentences[at], *reversed(sentences[:at])]:
        away, home = other.of(Role.ELSEWHERE), _home(other)
        if away and not home:
            return True
        if home:
            return bool(away) and other is sentences[at] and _nearer(other, away, home)
    return False


def _home(sentence: Sentence) -> list[Hit]:
    return [
        hit for hit in sentence.of(Role.FORCE, Role.BELONGING, Role.SPEAKER) if hit.entry.party in ("RU", "UA", "enemy")
    ]


def _nearer(sentence: Sentence, away: Sequence[Hit], home: Sequence[Hit]) -> bool:
    """Return whether another war's country stands nearer to every act than a party of this one."""
    acts = sentence.of(Role.ACT) or sentence.of(Role.EFFECT)
    if not acts:
        return False
    return all(
        min(sentence.words_between(act, hit) for hit in away) < min(sentence.words_between(act, hit) for hit in home)
        for act in acts
    )
