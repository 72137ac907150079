"""What befalls an object though nobody attacks: "hit by flu", "outages hit Odesa", «Одесу накрив блекаут».

Languages say "hit", "strike" and "cover" of whatever comes over somebody. An agent that no vocabulary knows proves no
attack.
"""

import re

from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.claims import Outcome
from monitor.model.vocabulary import Part, Role

#: "by", "with" and what may stand between it and the verb, at the end of the verb.
_BY = re.compile(r"(?:\s(?:hard|badly|again|overnight|repeatedly|\w+ly))?\s(?:by|with)\s")
_PHRASE_END = re.compile(r"[,;:.!?|]|\s[—–-]\s|\s(?:after|as|while|when|because|that|which|who|near|outside)\s")
#: So many words behind "by" its noun has come.
_NOUN = 7
_ATTACKERS = (Role.WEAPON, Role.FORCE, Role.BELONGING, Role.INTERCEPTION)


def befallen(sentence: Sentence, act: Hit, *, fixed_order: bool) -> bool:
    """Return whether the words for an attack name something else that came over their object.

    `fixed_order`: the language is English, whose agents stand behind "by" and whose subjects before the verb.
    """
    if fixed_order:
        return _by_no_attacker(sentence, act) or _is_outage(sentence, act)
    return _is_covered(sentence, act)


def _is_covered(sentence: Sentence, act: Hit) -> bool:
    """Return whether an outage right beside a verb is its subject, and nobody else can be: «місто накрив блекаут»."""
    if act.entry.part is not Part.ACTIVE or sentence.of(*_ATTACKERS):
        return False
    return any(
        hit.entry.outcome is Outcome.OUTAGE and hit.start >= act.end and not sentence.between(act, hit).strip()
        for hit in sentence.of(Role.EFFECT)
    )


def _by_no_attacker(sentence: Sentence, act: Hit) -> bool:
    by = _BY.match(sentence.text, act.end, sentence.end)
    if by is None:
        return False
    end = _PHRASE_END.search(sentence.text, by.end(), sentence.end)
    words = sentence.text[by.end() : end.start() if end else sentence.end]
    reached = by.end() + len(" ".join(words.split(" ")[:_NOUN]))
    agents = [*sentence.of(*_ATTACKERS), *(hit for hit in sentence.of(Role.ACT) if not hit.entry.weak)]
    return not any(by.end() <= hit.start < reached for hit in agents)


def _is_outage(sentence: Sentence, act: Hit) -> bool:
    """Return whether an outage is the subject: "power outages hit Odesa"."""
    return any(
        hit.entry.outcome is Outcome.OUTAGE and hit.end <= act.start and not sentence.between(hit, act).strip()
        for hit in sentence.of(Role.EFFECT)
    )
