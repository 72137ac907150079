"""What a party says of its own part in a strike: it owns up to it, or will say neither yes nor no.

"The SBU claimed responsibility for the strike" names an attacker; "Kyiv declined to comment on the strike" names none,
and is neither a report of the strike nor a denial.
"""

import re
from collections.abc import Sequence

from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.vocabulary import Role

#: So many words may stand between a party and what it does.
_NEXT = 4
_SUBJECTS = (Role.FORCE, Role.SPEAKER, Role.BELONGING)
#: Behind the words, what names who it was: "was claimed by Ukraine", "взяла на себя СБУ".
_BEHIND = re.compile(r"\s(?:by\s)?(?:the\s|украинская\s|українська\s|российская\s|російська\s)?")


def silent_of(sentence: Sentence) -> list[Hit]:
    """Return the words for whoever says neither yes nor no: these name no attacker, no claimant and no denier."""
    return [
        hit for words in sentence.of(Role.DECLINING) for hit in _subjects_of(sentence, words, sentence.of(*_SUBJECTS))
    ]


def owner_of(sentence: Sentence, act: Hit, speakers: Sequence[Hit]) -> Hit | None:
    """Return who owns up to the act; `speakers`: who else than a force may be meant, as "in Kyiv they"."""
    if sentence.of(Role.DECLINING):
        return None
    for words in sentence.of(Role.OWNING):
        if sentence.boundaries_between(words.end, act.start)[0] and words.end <= act.start:
            continue
        candidates = [*sentence.of(Role.FORCE, Role.BELONGING), *speakers]
        found = [hit for hit in _subjects_of(sentence, words, candidates) if hit.entry.party in sentence.opponents]
        if found:
            return found[0]
    return None


def _subjects_of(sentence: Sentence, words: Hit, candidates: Sequence[Hit]) -> list[Hit]:
    """Return who stands right before the words; else right behind them; of several before, the nearest."""
    before = [
        hit
        for hit in candidates
        if hit.end <= words.start
        and sentence.words_between(hit, words) <= _NEXT
        and not sentence.boundaries_between(hit.end, words.start)[0]
        and not any(hit.end <= act.start < words.start for act in sentence.of(Role.ACT))
    ]
    if before:
        return sorted(before, key=lambda hit: hit.end, reverse=True)
    return [hit for hit in candidates if _BEHIND.fullmatch(sentence.text, words.end, hit.start)]
