"""Whose the ground and the objects are, by the words that a sentence has for them."""

import re

from monitor.extraction.frames import Frame
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.owned import OWNED, UTILITY
from monitor.extraction.sentences import Sentence
from monitor.extraction.who import is_beyond, is_soil, is_struck, is_subject, meant_by, names_ground
from monitor.model.reports import PartyId
from monitor.model.vocabulary import Part, Role

#: The values of words for ground that a party holds: of whatever country, or of the other's, against its will.
_HELD, _TAKEN = "held", "taken"
#: Words for forces and governments, which are no ground, whatever stands before them: "of the Kiev regime".
_NO_GROUND = re.compile(
    r"forc|troop|army|armed|militar|regime|військ|войск|сил|армі|арми|режим|окуп|оккуп|загарбн|захватч|боевик|бойовик"
)
#: Between an object and the forces that it serves: "used in the interests of", "задействованные в интересах".
_USED_BY = re.compile(
    r",?\s(?:(?:that|which|was|were|is|are|been|being|has|have)\s){0,3}"
    r"(?:used|supplying|powering|feeding|serving|supporting|задействован|використовувал|використан|использ)\w*"
    r"(?:\s[\w’'-]+){0,6}?\s(?:(?:the|by|of|інтересах|интересах)\s)?"
)
#: What parts an object from whoever is named next.
_APART = re.compile(r"[,:;—–]")


def holder_of(sentence: Sentence) -> PartyId | None:
    """Return who holds the ground that a sentence speaks of, where its words say so: "Russian-held Svatove"."""
    return next((hit.entry.party for hit in sentence.of(Role.TOPIC) if hit.entry.value in (_HELD, _TAKEN)), None)


def taker_of(sentence: Sentence) -> PartyId | None:
    """Return who holds ground of the other's country, where the words of a sentence say so: "Russian-held areas"."""
    return next((hit.entry.party for hit in sentence.of(Role.TOPIC) if hit.entry.value == _TAKEN), None)


def owner_of(frame: Frame, enemy: PartyId | None = None) -> PartyId | None:
    """Return whose the target is by the words right beside it: "Russian refineries", "НПЗ Росії".

    `enemy`: whom "the enemy" means; without it, what is the enemy's belongs to nobody.
    """
    sentence, target = frame.sentence, frame.target
    if target is None:
        return None
    if target.entry.value == OWNED:
        return utility_of(sentence)
    for hit in sentence.of(Role.BELONGING, Role.FORCE):
        if hit.role is Role.FORCE and is_subject(sentence, hit):
            continue
        first, second = (hit, target) if hit.role is Role.BELONGING else (target, hit)
        if (
            meant_by(hit, enemy) in sentence.opponents
            and first.end <= second.start
            and not sentence.between(first, second).strip()
        ):
            return meant_by(hit, enemy)
    return None


def utility_of(sentence: Sentence) -> PartyId | None:
    """Return the country of the one utility that a sentence names, "the DTEK plant", "reports DTEK"; None for none."""
    named = {hit.entry.party for hit in sentence.of(Role.SPEAKER) if hit.entry.value == UTILITY}
    return named.pop() if len(named) == 1 else None


def country_words(frame: Frame, grammar: Grammar) -> PartyId | None:
    """Return the country that the sentence names for the target, by possessive or preposition right beside it."""
    sentence = frame.sentence
    anchor = frame.target or frame.act
    if frame.target is not None and frame.target.entry.party is not None:
        return frame.target.entry.party
    best: tuple[float, PartyId] | None = None
    for hit in sentence.of(Role.FORCE, Role.BELONGING):
        if hit.entry.party is None or hit.entry.party not in sentence.opponents:
            continue
        price = float(sentence.words_between(hit, anchor))
        if is_beyond(sentence, hit):
            continue
        if hit.role is Role.BELONGING:
            if not is_soil(sentence, hit) and (
                not (hit.end <= anchor.start and price <= 3) or _owns_act(sentence, hit, anchor)
            ):
                continue
        elif not (
            is_struck(sentence, hit, frame.act)
            or (frame.target is not None and _USED_BY.fullmatch(sentence.text, frame.target.end, hit.start))
            or (names_ground(sentence, hit, grammar) and not _NO_GROUND.search(sentence.text, hit.start, hit.end))
            or (
                hit.start >= anchor.end
                and price <= 1
                and not is_subject(sentence, hit)
                and _APART.search(sentence.between(anchor, hit)) is None
                and not _is_agent_of(anchor)
            )
        ):
            continue
        if best is None or price < best[0]:
            best = (price, hit.entry.party)
    return best[1] if best else None


def _is_agent_of(anchor: Hit) -> bool:
    """Return whether a force right behind these words is who did it: "під обстрілом росіян"."""
    return anchor.role is Role.ACT and anchor.entry.part is not Part.ACTIVE


def country_in_passing(sentence: Sentence) -> PartyId | None:
    """Return the one country whose adjective stands with neither weapon nor act ("two Ukrainian villages").

    It may well be another thing's: "the Russian sailors of a tanker that was hit off Yemen".
    """
    named = {
        hit.entry.party
        for hit in sentence.of(Role.BELONGING)
        if hit.entry.party in sentence.opponents
        and not any(
            other.role in (Role.WEAPON, Role.ACT)
            and hit.end <= other.start
            and len(sentence.text[hit.end : other.start].split()) <= 2
            for other in sentence.hits
        )
    }
    return named.pop() if len(named) == 1 else None


def _owns_act(sentence: Sentence, hit: Hit, anchor: Hit) -> bool:
    return any(
        other.role in (Role.WEAPON, Role.ACT) and hit.end <= other.start <= anchor.start for other in sentence.hits
    )
