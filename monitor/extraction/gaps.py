"""Verbs that a dash stands for: "ЗСУ вдарили по A, росіяни — по B" tells of two strikes, each with its own attacker."""

import re
from collections.abc import Sequence

from monitor.extraction.lexicon import Hit
from monitor.model.vocabulary import Part, Role

_DASH = re.compile(r"\s([—–-])\s+")
#: What a verb of attack is followed by, where its object does not follow at once.
_ONTO = re.compile(r"(?:по|на|в|у|во|об|at|on)\s")
_ARTICLE = re.compile(r"(?:the|an?)\s")
#: Before a new subject: the border of what was told before, and its adjectives.
_ANEW = re.compile(
    r"(?:[,;]|\s(?:а|и|й|і|та|and|while))\s(?:(?:а|и|та|і|й|and|while|тоді як|тогда как)\s)?(?:[\w'’ʼ-]+\s){0,2}$"
)
#: So many words at most stand between the dash and the object that its verb would have had.
_OBJECT = 4


def gaps(text: str, end: int, hits: Sequence[Hit]) -> list[Hit]:
    """Return the acts that stand as a dash in a sentence that ends at `end`, each with the verb's meaning."""
    verbs = [hit for hit in hits if hit.role is Role.ACT and hit.entry.part is Part.ACTIVE]
    found = []
    for subject in hits:
        if subject.role not in (Role.FORCE, Role.WEAPON) or not (dash := _DASH.match(text, subject.end, end)):
            continue
        verb = next((one for one in reversed(verbs) if one.end <= subject.start), None)
        if verb is not None and _begins_anew(text, verb, subject, hits) and _has_object(text, dash.end(), hits):
            found.append(Hit(dash.start(1), dash.end(1), verb.entry))
    return found


def _begins_anew(text: str, verb: Hit, subject: Hit, hits: Sequence[Hit]) -> bool:
    """Return whether a new statement begins with a subject: "..., say the Russians — the depot burns" has none."""
    border = _ANEW.search(text, verb.end, subject.start)
    return border is not None and not any(
        border.start() <= hit.start < subject.start and hit.role in (Role.SAYING, Role.ACT, Role.SPEAKER)
        for hit in hits
    )


def _has_object(text: str, start: int, hits: Sequence[Hit]) -> bool:
    """Return whether an object follows: behind a preposition, or at once with no verb of its own."""
    objects = [hit for hit in hits if hit.role is Role.TARGET and hit.start >= start]
    if not objects:
        return False
    if _ONTO.match(text, start):
        return len(text[start : objects[0].start].split()) <= _OBJECT
    at_once = _ARTICLE.match(text, start)
    return objects[0].start == (at_once.end() if at_once else start) and not any(
        hit.start >= start and hit.role in (Role.ACT, Role.EFFECT, Role.INTERCEPTION) for hit in hits
    )
