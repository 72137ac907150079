"""How far a word that turns a strike into something else reaches: its own clause, and the clauses that hang on it.

"SBU detains agent who guided strikes on a substation" tells of no strike; "drones hit a substation, a man was detained
for filming it" does: what follows in a clause of its own says nothing of what was told before.
"""

import re

from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.vocabulary import Part, Role

#: Kinds that say what all of a sentence is about, wherever they stand.
_WHOLE = frozenset(
    ("withdrawn", "made-up", "fact-check", "checked", "fiction", "hypothetical", "accident", "labour", "years-ago")
)
#: The kind of talk about sanctions: what follows a strike, and no part of it.
_TALKS = "talks"
#: The kind of those who were found out: what comes behind a colon is still what they did.
_PLOT = "plot"
#: The kind of exercises: what is announced before a colon is what is rehearsed behind it.
_DRILL = "drill"
#: Where another statement begins. A relative clause or "that" goes on with the same one.
_ANEW = re.compile(r"[;|]|\s[—–-]\s|,?\s(?:but|while|whereas|although|however|але|проте|однак|но|однако)\s")
_COLON = re.compile(r":")
#: "hits refineries with new sanctions".
_WITH = re.compile(r"\bwith(?:\s[\w-]+){0,2}\s\Z")
#: "He prepared strikes on depots: SBU detains an agent": between what was planned and who was found out.
_FOUND_OUT = re.compile(r"[^:;|]*:[^:;|]*")
_SOFT = re.compile(r"[,;:|]|\s[—–-]\s")
#: A relative clause up to its verb: what is said of its subject elsewhere is said of what it did.
_RELATIVE = re.compile(
    r"\b(?:who|which|whose|that|як(?:ий|а|е|і|их|ого|ої|у|им|ою|ими)|котор\w+|що|что)\b[^,;:|.!?]*\Z"
)
#: "calls for sanctions after drones hit": what came before the talk is told as a fact.
_BEFORE_THAT = re.compile(r"\b(?:after|following|amid|as|since|після|опісля|через|после|вслед за|из-за)\b")


def reaches(sentence: Sentence, hit: Hit, act: Hit) -> bool:
    """Return whether a suppressor or a word of background speaks of the act."""
    if hit.entry.value in _WHOLE:
        return True
    if hit.start > act.start:
        return _reaches_back(sentence, hit, act)
    between = sentence.text[hit.end : act.start]
    if _ANEW.search(between):
        return False
    if _COLON.search(between) and hit.role is Role.SUPPRESSOR and hit.entry.value not in (_PLOT, _DRILL):
        return False
    if hit.entry.value == _TALKS and act.entry.part is not Part.NOUN:
        return _BEFORE_THAT.search(between) is None
    return True


def _reaches_back(sentence: Sentence, hit: Hit, act: Hit) -> bool:
    """Return whether a word behind an act speaks of it: in the same clause, or where a relative clause has the act."""
    between = sentence.text[act.end : hit.start]
    if hit.entry.value == _TALKS:
        return _WITH.search(between) is not None
    if _SOFT.search(between) is None or (hit.entry.value == _PLOT and _FOUND_OUT.fullmatch(between)):
        return True
    return hit.role is Role.SUPPRESSOR and _RELATIVE.search(sentence.text[sentence.start : act.start]) is not None
