"""Statements: what a party declares of a truce as a whole (start, extension, end, withdrawal), and general denials.

Read apart from attacks, by words of their own (`rules/vocabulary/statements/`). A declaration counts where the party
that makes it, the words that make it and the truce stand in one clause, and nothing in that clause makes it a proposal,
a question, a condition or history. What one side says of the other's doings is no declaration.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.extraction.claimants import claimants_of
from monitor.extraction.sentences import Sentence
from monitor.extraction.when import Moments
from monitor.model.claims import Actor, Span, Statement, TruceKind
from monitor.model.patterns import any_of, compile_pattern
from monitor.model.reports import PartyId, Report
from monitor.model.statements import DeclaredOf, DeclaredWords, StatementWords
from monitor.model.vocabulary import Role

#: Words between who declares and the declaring, and between that and the truce.
_SUBJECT_WORDS, _TRUCE_WORDS = 4, 5
#: News stands in the title and the first sentences; further down it is recalled.
_NEWS_SENTENCES = 4


#: What is further back than this at publication is recalled.
_OLD = timedelta(days=3)
#: A day without a year that would lie further back is rather one to come.
_LONG_AGO = timedelta(days=200)
#: What stands on both sides of this is said apart from one another; ", that" keeps a sentence in somebody's mouth.
_APART = re.compile(r";|\s(?:but|while|whereas)\s|,\s(?:але|проте|однак|тоді|но|однако|тогда)\s")


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int


class Declarations:
    """The words of one language, compiled."""

    def __init__(self, words: StatementWords) -> None:
        self._gate = any_of(_heads([*(one for some in words.truces.values() for one in some), *words.objects]))
        self._truces = [(kind, _regex(patterns)) for kind, patterns in words.truces.items()]
        self._objects = _regex(words.objects)
        self._speakers = [(party, _regex(patterns)) for party, patterns in words.speakers.items()]
        self._declared = [(one, _regex(one.patterns)) for one in words.declared]
        self._undone = _regex(words.undone)

    def may_state(self, folded: str) -> bool:
        """Return whether a text can declare anything: cheap, and never wrongly False."""
        return self._gate.search(folded) is not None

    def find(self, report: Report, sentences: Sequence[Sentence], moments: Moments) -> tuple[Statement, ...]:
        """Return what the news of a report declares, each declaration once."""
        found: dict[tuple[object, ...], Statement] = {}
        prefix, original = f"{report.id}.{report.version}", report.full_text
        for sentence in _news(sentences):
            if _is_recalled(sentence, moments, report.published):
                continue
            for kind, party, span, about in self._in(sentence):
                name = " ".join(original[span[0] : span[1]].split())
                statement = Statement(
                    id=f"{prefix}/s{len(found) + 1}",
                    kind=kind.kind,
                    speaker=Actor(name=name, party=party),
                    about=about,
                    span=(sentence.start, sentence.end),
                )
                found.setdefault((kind.kind, party, about), statement)
        return tuple(found.values())

    def _in(self, sentence: Sentence) -> Iterator[tuple[DeclaredWords, PartyId, Span, TruceKind]]:
        if not self._gate.search(sentence.text, sentence.start, sentence.end) or _asks(sentence):
            return
        for words, declared in self._longest(sentence):
            about = self._about(sentence, declared, words.of)
            if about is None or self._is_undone(sentence, declared):
                continue
            who = self._who(sentence, declared, words.of)
            if who is not None:
                yield words, who[0], who[1], about

    def _longest(self, sentence: Sentence) -> list[tuple[DeclaredWords, _Found]]:
        """Return the words that declare, without those that are part of longer ones."""
        found = [(words, one) for words, regex in self._declared for one in _all(regex, sentence)]
        return [
            (words, one)
            for words, one in found
            if not any(
                other.start <= one.start and one.end <= other.end and other.end - other.start > one.end - one.start
                for _, other in found
            )
        ]

    def _about(self, sentence: Sentence, declared: _Found, of: DeclaredOf) -> TruceKind | None:
        """Return which truce the words speak of; None where none stands beside them."""
        if of is DeclaredOf.OBJECTS:
            beside = any(_beside(sentence, declared, one) for one in _all(self._objects, sentence))
            return TruceKind.ENERGY if beside else None
        for kind, regex in self._truces:
            if any(_beside(sentence, declared, one) for one in _all(regex, sentence)):
                return kind
        return None

    def _is_undone(self, sentence: Sentence, declared: _Found) -> bool:
        """Return whether words beside it make a proposal, a condition or history of it; its own words do not."""
        return any(
            not (declared.start <= one.start < declared.end) and not _apart(sentence, one.start, declared.start)
            for one in _all(self._undone, sentence)
        )

    def _who(self, sentence: Sentence, declared: _Found, of: DeclaredOf) -> tuple[PartyId, Span] | None:
        """Return who declares: the subject, unless somebody of another side says so of it; else who is quoted."""
        quoted = [
            (hit.entry.party, (hit.start, hit.end))
            for hit in claimants_of(sentence)
            if not _apart(sentence, hit.start, declared.start)
        ]
        known = [(party, span) for party, span in quoted if party in sentence.opponents]
        known += [(party, one) for party, one in self._further(sentence) if of is DeclaredOf.TRUCE]
        parties = {party for party, _ in known}
        if of is not DeclaredOf.TRUCE:
            subject = self._subject(sentence, declared)
            return subject if subject is not None and parties <= {subject[0]} else None
        party, span = known[0] if len(parties) == 1 else (None, (0, 0))
        return None if party is None else (party, span)

    def _subject(self, sentence: Sentence, declared: _Found) -> tuple[PartyId, Span] | None:
        named = [
            (str(hit.entry.party), (hit.start, hit.end))
            for hit in sentence.of(Role.FORCE, Role.SPEAKER)
            if hit.entry.party in sentence.opponents
        ]
        named += self._further(sentence)
        before = [one for one in named if one[1][1] <= declared.start and _is_near(sentence, one[1], declared)]
        after = [one for one in named if 0 <= one[1][0] - declared.end <= 1]
        return max(before, key=lambda one: one[1][1]) if before else (after[0] if after else None)

    def _further(self, sentence: Sentence) -> list[tuple[PartyId, Span]]:
        return [(party, (one.start, one.end)) for party, regex in self._speakers for one in _all(regex, sentence)]


def _heads(patterns: Iterable[str]) -> Iterator[str]:
    for pattern in patterns:
        yield from compile_pattern(pattern).heads


def _regex(patterns: Iterable[str]) -> re.Pattern[str]:
    every = "|".join(compile_pattern(one).regex for one in patterns)
    return re.compile(rf"(?<!\w)(?:{every or '(?!)'})")


def _all(regex: re.Pattern[str], sentence: Sentence) -> list[_Found]:
    return [_Found(*match.span()) for match in regex.finditer(sentence.text, sentence.start, sentence.end)]


def _news(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the title and the first sentences, without what begins as background."""
    return [one for one in sentences[:_NEWS_SENTENCES] if not one.of(Role.BACKGROUND)]


def _is_recalled(sentence: Sentence, moments: Moments, published: datetime | None) -> bool:
    """Return whether the sentence names a time that was no news at publication."""
    return published is not None and any(
        published - _LONG_AGO < mention.time.end < published - _OLD for mention in moments.mentions((sentence,))
    )


def _asks(sentence: Sentence) -> bool:
    return "?" in sentence.text[sentence.start : sentence.end]


def _apart(sentence: Sentence, first: int, second: int) -> bool:
    return _APART.search(sentence.text, min(first, second), max(first, second)) is not None


def _beside(sentence: Sentence, declared: _Found, truce: _Found) -> bool:
    """Return whether a truce stands in the clause of a declaration, or within its own words."""
    if truce.start < declared.end and declared.start < truce.end:
        return True
    low, high = sorted((declared, truce), key=lambda one: one.start)
    words = sentence.text[low.end : high.start].split()
    return len(words) <= _TRUCE_WORDS and sentence.boundaries_between(low.end, high.start)[0] == 0


def _is_near(sentence: Sentence, span: Span, declared: _Found) -> bool:
    words = sentence.text[span[1] : declared.start].split()
    return len(words) <= _SUBJECT_WORDS and sentence.boundaries_between(span[1], declared.start)[0] == 0
