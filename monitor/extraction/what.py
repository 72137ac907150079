"""What was struck and what came of it."""

import re
from collections.abc import Sequence

from monitor.extraction.averted import averted
from monitor.extraction.frames import Frame, is_strong
from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.extraction.where import Location
from monitor.model.claims import Outcome, Target
from monitor.model.knowledge import Knowledge
from monitor.model.vocabulary import Part, Role

#: Which network an outage is of, by a word of it; electricity where none of them stands.
_OUTAGE_CLASSES = (("gas", "gas_distribution"), ("газ", "gas_distribution"), ("heat", "heating"), ("тепл", "heating"))
#: The gravest outcome that the words name is the claim's.
_RANK = (
    Outcome.OUTAGE,
    Outcome.FIRE,
    Outcome.DAMAGED,
    Outcome.DEBRIS,
    Outcome.HIT,
    Outcome.INTERCEPTED,
)
#: Nouns for strikes that came down: "влучання", unlike "удар".
_LANDED = re.compile(r"влуч|попада|прил[іе]т|ураж|пораж|direct hit|hits? on|(?:\w+\s)?impact")
#: How many sentences further on a report still tells what came of the act.
_REACH = 3
#: The class of objects that are only called so: "the station".
_PART = "infrastructure"
#: Classes of objects that an outage leaves without supply.
_CONSUMERS = {"residential", "civilian", "medical", "industrial", "water", "transport"}


def target_of(frame: Frame, where: Location, text: str, knowledge: Knowledge) -> Target:
    """Return the target: a known facility, the words of the text, or the network that an outage is of."""
    if frame.target is None and not frame.effects:
        return Target(class_id="energy", name=None)
    if frame.target is None:
        words = text[frame.effects[0].start : frame.effects[0].end].lower()
        return Target(
            class_id=next((known for word, known in _OUTAGE_CLASSES if word in words), "power_grid"), name=None
        )
    name = text[frame.target.start : frame.target.end]
    class_id = frame.target.entry.class_id or "energy"
    if where.facility is None:
        return Target(class_id=class_id, name=name)
    if knowledge.target_classes[class_id].unspecified or class_id not in knowledge.energy_classes:
        class_id = where.facility.class_id
    return Target(class_id=class_id, name=where.facility.name, facility_id=where.facility.id)


def outcome_of(frame: Frame, sentences: Sequence[Sentence]) -> tuple[Outcome, tuple[Hit, ...]]:
    """Return what came of the act, and the words that say so: of the clause, else of the sentence that follows."""
    words = _outcome_words(frame)
    text = frame.sentence.text
    outcome = _gravest(words, text)
    if outcome in (Outcome.UNKNOWN, Outcome.HIT) and (after := _after(frame, sentences)):
        later = _gravest(after, text)
        if later is not Outcome.UNKNOWN and (later is not Outcome.INTERCEPTED or not _surely_hit(words, text)):
            return later, after
    return outcome, words


def by_debris(words: Sequence[Hit]) -> bool:
    """Return whether the words of an outcome say that debris caused it."""
    return any(hit.entry.outcome is Outcome.DEBRIS for hit in words)


def _outcome_words(frame: Frame) -> tuple[Hit, ...]:
    sentence, act = frame.sentence, frame.act
    words = [act, *frame.beside, *(hit for hit in frame.effects if not averted(sentence, hit))]
    lone = len({hit.entry.class_id for hit in sentence.of(Role.TARGET)}) <= 1
    for hit in sentence.of(Role.EFFECT, Role.INTERCEPTION):
        if hit in words or averted(sentence, hit) or _lands_elsewhere(frame, hit):
            continue
        hard, _ = sentence.boundaries_between(hit.start, act.start)
        if (hit.role is Role.EFFECT and (lone or not hard)) or (
            hit.role is Role.INTERCEPTION and (not hard or not _surely_hit((act,), sentence.text))
        ):
            words.append(hit)
    return tuple(hit for hit in words if hit.entry.outcome)


def _lands_elsewhere(frame: Frame, hit: Hit) -> bool:
    """Return whether debris is told of after the target and before another object: "and debris fell on houses"."""
    if hit.entry.outcome is not Outcome.DEBRIS or frame.target is None or hit.start < frame.target.start:
        return False
    return any(other.start >= hit.end for other in frame.sentence.of(Role.TARGET))


def _after(frame: Frame, sentences: Sequence[Sentence]) -> tuple[Hit, ...]:
    """Return the outcome words of the sentences that follow, up to one that names another object, or of the title."""
    at = next((n for n, one in enumerate(sentences) if one is frame.sentence), len(sentences))
    titles = [] if frame.sentence.is_title else [one for one in sentences if one.is_title]
    for following in sentences[at + 1 : at + 1 + _REACH]:
        if following.paragraph > frame.sentence.paragraph + 1 or _tells_of_another(following, frame):
            break
        if words := _told_in(following):
            return words
    return next((words for one in titles if not _tells_of_another(one, frame) and (words := _told_in(one))), ())


def _told_in(sentence: Sentence) -> tuple[Hit, ...]:
    """Return the words of a sentence that say what came of an attack that another one tells."""
    told = [hit for hit in sentence.of(Role.EFFECT, Role.INTERCEPTION, Role.ACT) if hit.entry.outcome]
    return tuple(hit for hit in told if not _attacks(sentence, hit) and not averted(sentence, hit))


def _attacks(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a word tells of an attack, and not of what became of something: "the turbines were wrecked"."""
    return is_strong(hit) and not sentence.text.endswith(("was ", "were ", "been "), sentence.start, hit.start)


def _tells_of_another(sentence: Sentence, frame: Frame) -> bool:
    """Return whether a sentence names another object than the frame's, or turns to the past or another attack.

    Those whose light went out are no other object: "960 households lost power".
    """
    if sentence.of(Role.BACKGROUND, Role.SUPPRESSOR):
        return True
    if any(_attacks(sentence, hit) and hit.entry.part is Part.ACTIVE for hit in sentence.of(Role.ACT)):
        return True
    own = {_PART, frame.target.entry.class_id if frame.target is not None else None}
    if any(hit.entry.outcome is Outcome.OUTAGE for hit in sentence.of(Role.EFFECT)):
        own |= _CONSUMERS
    return any(hit.entry.class_id not in own for hit in sentence.of(Role.TARGET))


def _surely_hit(words: Sequence[Hit], text: str) -> bool:
    """Return whether more than a noun for a strike says that something was hit: that one may have been beaten off."""
    return any(
        hit.entry.outcome not in (None, Outcome.INTERCEPTED)
        and (hit.entry.part is not Part.NOUN or _LANDED.match(text, hit.start) is not None)
        for hit in words
    )


def _gravest(words: Sequence[Hit], text: str) -> Outcome:
    named = {hit.entry.outcome for hit in words}
    if Outcome.INTERCEPTED in named and not _surely_hit(words, text):
        return Outcome.INTERCEPTED
    return next((outcome for outcome in _RANK if outcome in named), Outcome.UNKNOWN)
