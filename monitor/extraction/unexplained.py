"""Energy objects that were destroyed, or explosions at them, where no word of the report gives the cause.

Careful readers differ whether an attack is meant ("Explosions heard at an oil depot in Feodosia"). Such a report is
neither passed over nor taken at its word: its claims are low in confidence and name no attacker. Damage, fires and
outages alone say less, and make none; after explosions they say as much as the explosions.
"""

import re
from collections.abc import Iterator, Sequence

from monitor.extraction.frames import Frame, link_cost
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.claims import Outcome
from monitor.model.vocabulary import Part, Role

#: What happened stands this close to what it happened to, in the words of a link.
_CLOSE = 6.0
#: The headline and so many sentences of the body tell what a report is about; the rest is background.
_LEAD = 2
#: What carries gas and oil bursts and explodes of itself, and often does.
_OF_ITSELF = frozenset(("pipeline", "gas_distribution", "gas_facility"))
#: Words behind which the cause is told, known or not, and those that name who did it behind a passive.
_CAUSE = re.compile(
    r"\b(?:due to|because|caused by|after|following|через|із-за|из-за|внаслідок|унаслідок|вследствие|в результате|"
    r"після|после|причин\w+)\b"
)
_AGENT = re.compile(r"\s+(?:by|in|from)\b")
#: So many characters after a word of cause the explosions are named which it gives for the cause.
_NEXT = 25
_BLAST = re.compile(r"вибух(?!н)|взрыв(?!а[лв])|explosion|blasts?\b")
#: "They destroyed": a plural that nobody is named for, in Ukrainian and Russian.
_THEY = re.compile(r"ли\b")
#: Those who can be meant by a verb.
_DOERS = (Role.FORCE, Role.SPEAKER, Role.WEAPON)
#: Words that give another cause, or make the sentence something else than news of damage.
_TOLD_OTHERWISE = (Role.SUPPRESSOR, Role.NEGATION, Role.DENYING, Role.HARMLESS, Role.BACKGROUND, Role.ELSEWHERE)


def find_unexplained(
    sentences: Sequence[Sentence], grammar: Grammar, energy: frozenset[str]
) -> Iterator[tuple[int, Frame]]:
    """Yield (sentence, frame) for what befell energy objects without a cause, in the headline and the lead.

    To be asked only of a report in which no attack on energy was found.
    """
    titles = sum(one.is_title for one in sentences)
    leading = sentences[: titles + _LEAD]
    if any(one.of(*_TOLD_OTHERWISE) for one in leading):
        return
    for at, sentence in enumerate(leading):
        if sentence.may_tell and not _is_explained(sentence):
            yield from ((at, frame) for frame in _damage(sentence, grammar, energy))


def _is_explained(sentence: Sentence) -> bool:
    """Return whether the sentence gives a cause other than explosions."""
    blasts = [hit for hit in _blasts(sentence) if _BLAST.match(sentence.text, hit.start)]
    return any(
        not any(cause.end() <= blast.start <= cause.end() + _NEXT for blast in blasts)
        for cause in _CAUSE.finditer(sentence.text, sentence.start, sentence.end)
    )


def _blasts(sentence: Sentence) -> list[Hit]:
    return [hit for hit in sentence.of(Role.EFFECT) if hit.entry.outcome is Outcome.UNKNOWN]


def _damage(sentence: Sentence, grammar: Grammar, energy: frozenset[str]) -> Iterator[Frame]:
    targets = sentence.of(Role.TARGET)
    blasts = _blasts(sentence)
    happened = [hit for hit in sentence.of(Role.EFFECT, Role.ACT) if _is_damage(sentence, hit)]
    if blasts and _CAUSE.search(sentence.text, sentence.start, sentence.end):
        happened += [hit for hit in sentence.of(Role.EFFECT) if hit not in blasts]
    for target in targets:
        if target.entry.class_id not in energy or target.entry.class_id in _OF_ITSELF:
            continue
        costs = [link_cost(sentence, grammar, hit, target, targets) for hit in happened]
        cost, at = min(((cost, at) for at, cost in enumerate(costs)), default=(_CLOSE + 1, 0))
        if cost <= _CLOSE:
            hit = happened[at]
            yield Frame(sentence=sentence, act=hit, target=target, effects=(hit,), faint=True, unexplained=True)


def _is_damage(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a hit is an explosion, or a destruction that nobody is named for."""
    if hit.role is Role.EFFECT:
        return hit.entry.outcome is Outcome.UNKNOWN
    if not hit.entry.weak or hit.entry.outcome is not Outcome.DAMAGED:
        return False
    if hit.entry.part is Part.ACTIVE:
        return _THEY.search(sentence.text, hit.start, hit.end) is not None and not sentence.of(*_DOERS)
    return hit.entry.part is Part.PASSIVE and _AGENT.match(sentence.text, hit.end, sentence.end) is None
