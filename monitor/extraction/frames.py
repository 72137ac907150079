"""Who did what to what: links acts to targets within a sentence. A word list proves nothing; a link does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.extraction.averted import averted
from monitor.extraction.befallen import befallen
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.model.claims import Outcome
from monitor.model.vocabulary import Part, Role

#: A link that costs more is none. In words of distance, roughly.
LIMIT = 18.0
#: Beyond this distance two words of a sentence have little to do with each other, whatever stands between.
_FAR = 40
#: What an attack is on stands no more words behind it than this.
_OBJECT = 3
#: A force stands no more words before what it did than this.
_SUBJECT = 2
#: "The station, which had been idle for years, was [attacked]": a clause of its own says more of the subject.
_OF_THE_SUBJECT = re.compile(
    r"[^,;:]{0,60},\s(?:which|that|where|who|a|an|one of|the)\s[^;:]{3,200},\s"
    r"(?:was|were|has been|have been|had been)\s(?:\w+ly\s)?"
)
_SUBJECT_COST = 6.0
#: "Envoys visited the plant, a drone was shot down over the region": that was not aimed at it.
_ELSEWHERE = 20.0
#: Right before the verb of another statement.
_AND = re.compile(r"\b(?:and|but)\s(?:\w+\s)?\Z")
#: "Struck a depot, ending an agreement not to hit power grids".
_NOT_TO = re.compile(r"\bnot to (?:hit|strike|attack|target|shell|bomb)\b")
#: The class that air defence belongs to.
_DEFENCE = "military"
#: The value of interceptions that tell of an attack by themselves: "air defence repelled an attack on".
_BEATEN_OFF = "attack"
#: Between who speaks and the verb: nothing, or their abbreviation.
_BRACKETED = re.compile(r"\s*(?:\([^()]{1,30}\)\s*)?")
#: So many words may stand between a breach and the truce that it is of, and none that begin another clause.
_OF_A_TRUCE = 12
_CLAUSE = re.compile(r"[,;:]\s(?:that|if|when|which|who|що|якщо|коли|который|которая|что|если|когда)\b")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """An act and its target; `target` is None where only an outage is named."""

    sentence: Sentence
    act: Hit
    target: Hit | None
    #: What came of it, as words of the same clause.
    effects: tuple[Hit, ...] = ()
    #: Further words of attack that say what came of it: "mauled in a raid".
    beside: tuple[Hit, ...] = ()
    #: True where careful readers may differ whether an attack is meant.
    faint: bool = False
    #: True where no word says what brought it about: then nothing tells who did.
    unexplained: bool = False
    #: The neighbouring sentence that tells of the attack, and its act, where this one names only what came of it.
    support: Sentence | None = None
    cause: Hit | None = None
    cost: float = 0.0


def is_strong(hit: Hit) -> bool:
    """Return whether a hit means an attack by itself."""
    return hit.role is Role.ACT and not hit.entry.weak


def signs(sentence: Sentence) -> list[Hit]:
    """Return what shows that the sentence is about an attack: attack words, weapons, debris and interceptions."""
    return [hit for hit in sentence.hits if is_strong(hit) or hit.role in (Role.WEAPON, Role.INTERCEPTION)]


def find_frames(sentence: Sentence, grammar: Grammar, energy: frozenset[str]) -> list[Frame]:
    """Return the frames of one sentence: one for each target that something happened to, in order."""
    frames = []
    spared = [hit for hit in sentence.of(Role.EFFECT) if averted(sentence, hit)]
    targets = [
        target
        for target in sentence.of(Role.TARGET)
        if not _speaks(sentence, target)
        and not _intercepts(sentence, target)
        and not any(hit.start <= target.start and target.end <= hit.end for hit in spared)
    ]
    acts = sentence.of(Role.ACT, Role.EFFECT, Role.INTERCEPTION)
    evidence = [sign for sign in signs(sentence) if not befallen(sentence, sign, fixed_order=grammar.fixed_order)]
    for target in targets:
        frame = _frame_for(sentence, grammar, target, targets, acts, evidence)
        if frame is not None:
            frames.append(frame)
    if not any(frame.target and frame.target.entry.class_id in energy for frame in frames):
        frames.extend(_outages(sentence, evidence) or _breaches(sentence))
    return _each_object_once(sentence, grammar, frames, energy)


def _each_object_once(sentence: Sentence, grammar: Grammar, frames: list[Frame], energy: frozenset[str]) -> list[Frame]:
    """Return the frames without those of an object's owner, and of the supply that its loss cut."""
    struck = [
        hit
        for frame in frames
        if (hit := frame.target) and hit.entry.class_id in energy and not hit.entry.weak and not _is_cut(sentence, hit)
    ]
    return [
        frame
        for frame in frames
        if (hit := frame.target) is None
        or hit in struck
        or hit.entry.class_id not in energy
        or not any(_is_cut(sentence, hit) or _owns(sentence, grammar, hit, other) for other in struck)
    ]


def _is_cut(sentence: Sentence, target: Hit) -> bool:
    """Return whether a target's words only say what was lost: "left without power supply"."""
    return any(
        hit.entry.outcome is Outcome.OUTAGE and hit.start <= target.start and target.end <= hit.end
        for hit in sentence.of(Role.EFFECT)
    )


def _owns(sentence: Sentence, grammar: Grammar, owner: Hit, struck: Hit) -> bool:
    """Return whether a company is named for its object, and was not struck beside it: "Lukoil and a substation"."""
    between = sentence.between(owner, struck)
    low, high = min(owner.end, struck.end), max(owner.start, struck.start)
    told = any(low <= hit.start < high for hit in sentence.of(Role.EFFECT, Role.ACT))
    return told or grammar.joined.match(between) is None


def _speaks(sentence: Sentence, target: Hit) -> bool:
    """Return whether those at an object tell of something: "На ЗАЭС сообщили об ударе по подстанции".

    Not where an act stands before: in "Hit on heating plant confirmed" others tell of it.
    """
    if any(act.start < target.start for act in sentence.of(Role.ACT)):
        return False
    return any(
        target.end <= saying.start and _BRACKETED.fullmatch(sentence.between(target, saying))
        for saying in sentence.of(Role.SAYING)
    )


def _intercepts(sentence: Sentence, target: Hit) -> bool:
    """Return whether air defence is named as what shot something down, and not as what was struck."""
    return target.entry.class_id == _DEFENCE and any(
        hit.start <= target.end + 1 and target.start < hit.end
        for hit in sentence.of(Role.INTERCEPTION)
        if hit.entry.outcome is Outcome.INTERCEPTED
    )


def _frame_for(
    sentence: Sentence, grammar: Grammar, target: Hit, targets: list[Hit], acts: list[Hit], evidence: list[Hit]
) -> Frame | None:
    best: Frame | None = None
    effects, beside = [], []
    for act in acts:
        price = link_cost(sentence, grammar, act, target, targets)
        if price > LIMIT or averted(sentence, act) or befallen(sentence, act, fixed_order=grammar.fixed_order):
            continue
        convincing = _convincing(
            act, [sign for sign in evidence if not _of_another(sentence, grammar, sign, target)], sentence
        )
        if act.role is Role.EFFECT:
            effects.append(act)
        elif (
            act.entry.outcome
            and (convincing or not act.entry.weak)
            and not any(
                link_cost(sentence, grammar, act, other, targets) < price
                for other in targets
                if other.entry.class_id != target.entry.class_id
            )
        ):
            beside.append(act)
        if not convincing:
            continue
        price += _handicap(act)
        if best is None or price < best.cost:
            best = Frame(sentence=sentence, act=act, target=target, cost=price)
    if best is None:
        return None
    return replace(best, effects=tuple(effects), beside=tuple(beside))


def _handicap(act: Hit) -> float:
    """Prefer attacks over what came of them, and both over interceptions."""
    if act.role is Role.ACT:
        return 0.0 if not act.entry.weak else 1.0
    return 6.0 if act.role is Role.EFFECT else 4.0


def _convincing(act: Hit, evidence: list[Hit], sentence: Sentence) -> bool:
    """Return whether the act shows an attack: by itself, or beside another sign of one."""
    if is_strong(act):
        return True
    if act.role is Role.ACT:
        shown = [*evidence, *sentence.of(Role.FORCE, Role.BELONGING)]
        return any(act.entry.outcome is not Outcome.HIT or _may_be_its(sentence, act, sign) for sign in shown)
    if act.role is Role.EFFECT:
        return (
            any(sign is not act for sign in evidence)
            or _has_agent(sentence, act)
            or any(not hit.entry.value for hit in sentence.of(Role.DENYING))
        )
    return bool(sentence.of(Role.WEAPON)) or act.entry.outcome == "debris" or act.entry.value == _BEATEN_OFF


def _may_be_its(sentence: Sentence, act: Hit, sign: Hit) -> bool:
    """Return whether what struck stands before the verb or in its clause, not "envoys came, a drone fell"."""
    return sign.start < act.start or "," not in sentence.between(act, sign)


def _of_another(sentence: Sentence, grammar: Grammar, sign: Hit, target: Hit) -> bool:
    """Return whether an attack is said to be on another object: "blasts at a refinery, Russia hit a house"."""
    if sign.role is not Role.ACT or "," not in sentence.between(sign, target):
        return False
    struck = [
        other
        for other in sentence.of(Role.TARGET)
        if sign.end <= other.start
        and sentence.words_between(sign, other) <= _OBJECT
        and grammar.onto.match(sentence.text, sign.end)
    ]
    return (
        bool(struck)
        and target not in struck
        and not any(grammar.joined.match(sentence.between(one, target)) for one in struck if one.end <= target.start)
    )


def _has_agent(sentence: Sentence, act: Hit) -> bool:
    """Return whether a force is the subject of "damaged", "set on fire"."""
    if act.entry.outcome not in ("damaged", "outage"):
        return False
    said = sentence.of(Role.SAYING)
    return any(
        sentence.words_between(hit, act) <= (2 if hit.end <= act.start else 0)
        and not any(hit.end <= saying.start < act.start for saying in said)
        for hit in sentence.of(Role.FORCE)
    )


def link_cost(sentence: Sentence, grammar: Grammar, act: Hit, target: Hit, targets: list[Hit]) -> float:
    """Return how far act and target are from belonging together, in words."""
    if act.start < target.end and target.start < act.end:
        return 0.0
    words = sentence.words_between(act, target)
    if grammar.fixed_order and target.end <= act.start and _OF_THE_SUBJECT.fullmatch(sentence.between(act, target)):
        return _SUBJECT_COST
    if words > _FAR or _tells_anew(sentence, act, target):
        return float(max(words, _FAR))
    hard, soft = sentence.boundaries_between(act.start, target.start)
    price = words * 0.6 + 7.0 * hard + 0.5 * soft
    price += _strangers(sentence, grammar, act, target, targets) * 5.0
    if act.role is Role.INTERCEPTION:
        price += _ELSEWHERE if target.end <= act.start and "," in sentence.between(target, act) else -3.0
    elif _is_near(sentence, target):
        price += 30.0
    forward = act.start < target.start
    between = sentence.between(act, target)
    if act.entry.part is Part.NOUN:
        return price + _noun_cost(grammar, forward, between)
    if act.role is Role.ACT and act.entry.part is Part.ACTIVE and forward and words <= _OBJECT and not hard + soft:
        return price - 4.0
    if act.entry.part is Part.ACTIVE and not forward:
        return price + _object_first_cost(sentence, grammar, act, target, between)
    return price


def _tells_anew(sentence: Sentence, act: Hit, target: Hit) -> bool:
    """Return whether another statement begins between a verb and an object: "denies striking homes and claims ..."."""
    if act.end <= target.start and _NOT_TO.search(sentence.text, act.end, target.start):
        return True
    return act.entry.part is Part.ACTIVE and any(
        act.end <= saying.start and saying.end <= target.start and _AND.search(sentence.text, act.end, saying.start)
        for saying in sentence.of(Role.SAYING)
    )


def _noun_cost(grammar: Grammar, forward: bool, between: str) -> float:
    if forward:
        return -3.0 if grammar.onto.match(between) else 0.0
    return -3.0 if grammar.cause.search(between) else 4.0


def _object_first_cost(sentence: Sentence, grammar: Grammar, act: Hit, target: Hit, between: str) -> float:
    """A target before an active verb is its object only with an auxiliary (English) or free word order."""
    agents = [hit for hit in sentence.of(Role.FORCE, Role.WEAPON) if target.end <= hit.start and hit.end <= act.start]
    if grammar.fixed_order:
        if agents:
            return 25.0
        return 0.0 if grammar.passive.search(between) or len(between.split()) <= 1 else 9.0
    if agents and _begins_anew(sentence, grammar, act, target, agents[0]):
        return 25.0
    return 2.0 if agents else 0.0


def _begins_anew(sentence: Sentence, grammar: Grammar, act: Hit, target: Hit, agent: Hit) -> bool:
    """Return whether another statement begins behind the target: "explosions at a refinery, Russia struck a house"."""
    return "," in sentence.between(target, agent) and grammar.onto.match(sentence.text, act.end) is not None


def _strangers(sentence: Sentence, grammar: Grammar, act: Hit, target: Hit, targets: list[Hit]) -> int:
    """Return how many targets stand between act and target without being coordinated with the target."""
    low, high = min(act.end, target.end), max(act.start, target.start)
    strangers = 0
    for other in targets:
        if other is target or not (low <= other.start and other.end <= high):
            continue
        if not grammar.joined.match(sentence.between(other, target)):
            strangers += 1
    return strangers


def _is_near(sentence: Sentence, target: Hit) -> bool:
    """Return whether the target only says where something else was struck."""
    for near in sentence.of(Role.NEAR):
        between = sentence.text[near.end : target.start]
        if near.end <= target.start and "," not in between and len(between.split()) <= 2:
            return True
    return False


def _outages(sentence: Sentence, evidence: list[Hit]) -> list[Frame]:
    """Return a frame for an outage that an attack in the same sentence caused, with no facility named."""
    outages = [hit for hit in sentence.of(Role.EFFECT) if hit.entry.outcome == "outage" and not averted(sentence, hit)]
    attacks = [hit for hit in evidence if is_strong(hit)] or [hit for hit in evidence if hit.role is Role.INTERCEPTION]
    attacks = attacks or [hit for hit in evidence if hit.role is Role.WEAPON]
    if outages and not attacks and (done := _cut_off_by_force(sentence, outages)):
        return [Frame(sentence=sentence, act=done[0], target=None, effects=tuple(outages), faint=True)]
    if not outages or not attacks:
        return []
    outage = outages[0]
    cause = min(attacks, key=lambda hit: abs(hit.start - outage.start))
    if has_other_cause(sentence, outage, cause):
        return []
    return [Frame(sentence=sentence, act=cause, target=None, effects=tuple(outages))]


def _cut_off_by_force(sentence: Sentence, outages: Sequence[Hit]) -> list[Hit]:
    """Return the verbs by which a force cuts off whoever stands behind them: "росіяни знеструмили місто"."""
    return [
        act
        for act in sentence.of(Role.ACT)
        if act.entry.part is Part.ACTIVE
        and any(act.start == outage.start for outage in outages)
        and any(
            force.end <= act.start
            and sentence.words_between(force, act) <= _SUBJECT
            and not any(sentence.boundaries_between(force.end, act.start))
            for force in sentence.of(Role.FORCE)
        )
    ]


def has_other_cause(sentence: Sentence, effect: Hit, attack: Hit) -> bool:
    """Return whether weather, a fault or an accident stands nearer to an effect, or in its clause, than the attack."""
    for hit in sentence.of(Role.SUPPRESSOR):
        if hit.entry.value in ("repair", "accident"):
            mine = sentence.boundaries_between(hit.start, effect.start)[0], sentence.words_between(hit, effect)
            if mine < (
                sentence.boundaries_between(attack.start, effect.start)[0],
                sentence.words_between(attack, effect),
            ):
                return True
    return False


def _breaches(sentence: Sentence) -> list[Frame]:
    """Return a frame for "violated the energy truce": an accusation that names no act is faint.

    Counts of violations are tallies, and talk of violations in the plural accuses of none in particular.
    """
    truces = sentence.of(Role.TOPIC)
    all_breaches = [hit for hit in sentence.of(Role.BREACH) if not hit.entry.weak]
    breaches = [hit for hit in all_breaches if any(_is_of(sentence, hit, truce) for truce in truces)]
    if not breaches or sentence.of(Role.COUNTED):
        return []
    attacked = any(is_strong(hit) for hit in sentence.of(Role.ACT))
    return [Frame(sentence=sentence, act=breaches[0], target=None, faint=not attacked)]


def _is_of(sentence: Sentence, breach: Hit, truce: Hit) -> bool:
    """Return whether the breach is of the truce: unlike "undermines the alliance, that if Russia agreed to a truce"."""
    first, second = sorted((breach, truce), key=lambda hit: hit.start)
    return sentence.words_between(first, second) <= _OF_A_TRUCE and not _CLAUSE.search(sentence.between(first, second))
