"""Forces that stand before an attack and did not carry it out: they suffered it, beat it off or mended things."""

import re

from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.vocabulary import Role

#: Between a force and the verb that it is the subject of lie no more words than this: "Ukraine's air force downed".
_ITS_VERB = 3
#: What stands between a force and an interception that was done to it or to its weapons.
_PASSIVE_FALL = re.compile(r"\b(?:was|were|been|being|is|are|drones?|missiles?|rockets?)\b")
#: What makes a verb behind an interception one more verb of the same subject: "downed a jet and struck a depot".
_FURTHER_VERB = re.compile(r"\b(?:and|but|then|before|і|й|та|и|а|но|але|затем|потім)\b|;")
#: Behind an attack: what belongs to the subject of the sentence, which attacks no grid of its own.
_ON_ITS_OWN = re.compile(r"\s(?:on|against|at|по|на|у|в|во)\s(?:its|their|our|сво\w{1,4})\b")
#: To whom something was done, in Ukrainian and Russian: "they burnt the occupiers (окупантам) a depot".
_DATIVE = re.compile(r"[ая]м$")
#: What makes of a dative the subject: "Силам оборони вдалося вразити".
_MANAGED = re.compile(r"\s(?:\w+\s){0,2}(?:(?:не\s)?(?:вдал|удал|пощаст|повезл)\w+)\b")
#: The value of words for what was mended after an attack: whoever mends it has not attacked.
_RESTORED = "restored"


def suffers(sentence: Sentence, hit: Hit, act: Hit) -> bool:
    """Return whether a force is told of as whoever suffered an attack, beat it off, or mends what it broke."""
    if act.role is Role.EFFECT and act.entry.value == _RESTORED:
        return True
    if is_dative(sentence, hit):
        return True
    if hit.end <= act.start and _ON_ITS_OWN.match(sentence.text, act.end, sentence.end) is not None:
        return True
    return shot_down(sentence, hit, act)


def is_dative(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a plural in the dative names to whom it was done; "вдалося" makes it who did it."""
    return (
        _DATIVE.search(sentence.text, hit.start, hit.end) is not None
        and _MANAGED.match(sentence.text, hit.end, sentence.end) is None
    )


def shot_down(sentence: Sentence, hit: Hit, act: Hit) -> bool:
    """Return whether a force is the one that beat the attack off: "Ukraine shot down the missiles aimed at a plant"."""
    return any(
        hit.end <= fallen.start
        and fallen.end <= act.start
        and sentence.words_between(hit, fallen) <= _ITS_VERB
        and not any(sentence.boundaries_between(hit.end, fallen.start))
        and _PASSIVE_FALL.search(sentence.text, hit.end, fallen.start) is None
        and _FURTHER_VERB.search(sentence.text, fallen.end, act.start) is None
        for fallen in sentence.of(Role.INTERCEPTION)
    )
