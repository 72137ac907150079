"""Whose words a sentence goes on to relay, where it names nobody itself: "The governor said that ... A line is cut"."""

import re
from collections.abc import Sequence

from monitor.extraction.claimants import claimants_of, is_same
from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.vocabulary import Role

#: A title that names whose words follow, and the last paragraph that then still relays them.
_TITLE = re.compile(r"[^:.!?]{2,60}:\s")
_LAST_PARAGRAPH = 3
#: So many sentences on, in one paragraph, somebody's words may still be told.
_REACH = 2


def relayed_from(sentence: Sentence, sentences: Sequence[Sentence]) -> list[Hit]:
    """Return who spoke right before in the same paragraph, else whom the title names: "Балицкий: область без света".

    Of a sentence that names a speaker itself, nobody; nor where something of the past lies between.
    """
    if sentence.is_title or sentence.of(Role.SPEAKER, Role.DENYING):
        return []
    at = next((n for n, one in enumerate(sentences) if one is sentence), 0)
    for before in reversed(sentences[max(0, at - _REACH) : at]):
        if before.is_title or before.paragraph != sentence.paragraph or before.of(Role.BACKGROUND):
            break
        if spoke := [hit for hit in claimants_of(before) if hit.role is Role.SPEAKER and not is_same(hit)]:
            return spoke
    return _titled(sentences) if sentence.paragraph <= _LAST_PARAGRAPH else []


def _titled(sentences: Sequence[Sentence]) -> list[Hit]:
    for title in sentences:
        if not title.is_title:
            break
        told = _TITLE.match(title.text, title.start, title.end)
        if told is not None:
            return [hit for hit in claimants_of(title) if hit.end <= told.end()]
    return []
