"""What befell an object somewhere in the world: "Blast at a power plant in Ohio" belongs to no war that is watched.

An English outlet tells of all the world. Where it names a place that nobody here knows, and neither a party, a weapon
nor any ground of the parties, its report is of something else. Outlets in the parties' languages write of their own.
"""

import re
from collections.abc import Sequence

from monitor.extraction.frames import Frame
from monitor.extraction.sentences import Sentence
from monitor.model.vocabulary import Role

#: The act that only war brings.
_SHELLING = "shelling"
#: A name behind a preposition of place; days, months and nights are no places, and a village may be unknown.
_SOMEWHERE = re.compile(
    r"(?<!village )(?<!settlement )\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]cross|[Aa]t)\s(?:[a-z-]+\s){0,3}"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|\w+day|Night|Attack|"
    r"Strike|Drone|Missile|Shelling|Second|First|Third|New|Another|Latest|Overnight|Dark)\b)"
    r"[A-Z][\w.'’-]+"
)


def is_anywhere(frame: Frame, sentences: Sequence[Sentence], text: str) -> bool:
    """Return whether a frame without place, country and party is of no war that is watched.

    Args:
        frame: what happened; nothing around it tells where.
        sentences: those of the report, none of which names ground of the parties.
        text: the full text as printed.
    """
    if frame.act.role is Role.ACT and frame.act.entry.value == _SHELLING:
        return False
    if any(_tells_of_war(sentence) for sentence in sentences):
        return False
    return _SOMEWHERE.search(text, frame.sentence.start, frame.sentence.end) is not None


def _tells_of_war(sentence: Sentence) -> bool:
    parties = sentence.of(Role.FORCE, Role.BELONGING, Role.SPEAKER, Role.TOPIC)
    return bool(sentence.of(Role.WEAPON, Role.INTERCEPTION)) or any(
        hit.entry.party in (*sentence.opponents, "enemy") for hit in parties
    )
