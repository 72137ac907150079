"""Who struck and who denies it. The claimant, see `claimants`, is never taken for the attacker."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.extraction.accusations import accused_of
from monitor.extraction.contrasts import contrasts_of, set_aside
from monitor.extraction.frames import Frame
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.responses import owner_of, silent_of
from monitor.extraction.sentences import Sentence
from monitor.extraction.sufferers import suffers
from monitor.model.claims import Actor, Outcome
from monitor.model.reports import PartyId
from monitor.model.vocabulary import Part, Role

#: Whoever brings this about has struck, also where no word says so; "halted exports" is done to oneself.
_DONE_TO_OTHERS = frozenset((Outcome.OUTAGE, Outcome.FIRE))
#: The value of speakers who command forces, and so may tell of their own strikes.
COMMAND = "command"
#: The value of speakers who are neither named nor of a known side, and of words for whoever spoke before.
UNNAMED, SAME = "unnamed", "same"


#: "Just north of Ukraine", "на границе с Украиной": no place in the country that follows.
_BEYOND = re.compile(
    r"\b(?:(?:north|south|east|west|northeast|northwest|southeast|southwest|outside|\w+ern border) of|"
    r"border(?:s|ing)?(?: with)?|"
    r"границе\w* с|кордон\w* (?:з|із)|гранич\w+ с|межу\w+ з)\s\Z"
)
#: An adjective of a party is of its ground before these words.
_SOIL = re.compile(
    r"\s(?:(?:border|frontier|port|coastal|приграничн\w+|прикордонн\w+|портов\w+)\s)?"
    r"(?:cit(?:y|ies)|towns?|villages?|regions?|oblasts?|provinces?|territory|soil|area|areas|"
    r"город\w{0,3}|посел\w+|сел[оае]|област\w+|регион\w*|территори\w+|міст[оаі]|містах|селищ\w+|регіон\w*|територі\w+)\b"
)
_BY_SOME = re.compile(r"\sby\s(?:(?:an?|two|three|four|five|several|many|some|\d+)\s)?")
#: What comes to strike, beside the weapons that the vocabularies have.
_FLIES = re.compile(r"\s(?:\w+\s)?(?:helicopters?|gunships?|aircraft|planes?|jets?|boats?|vessels?|saboteurs?)\b")
#: Governments that are called by the name of a city, in the forms of an object or a subject.
_CAPITAL = re.compile(r"київ|киев|kyiv|kiev|москв[ау]|moscow")
#: Names in the nominative, which no noun governs: "after the attack Kyiv is left without ...".
_SUBJECT = re.compile(
    r"київ|киев|росі(?:я|яни)|росси(?:я|яне)|україна|украина|українці|украинцы|москва|кремль|"
    r"окупанти|оккупанты|загарбники|захватчики"
)
#: Endings of a noun that says by what means.
_INSTRUMENT = re.compile(r"(?:ами|ями|ом|ем|єм|ою|ею|єю|ой|ей)$")
#: A country in the genitive, which is the same for its forces in the nominative in no word.
_OF_COUNTRY = re.compile(r"(?:україни|украины|росії|россии|рф|федерації|федерации)$")
#: Between an adjective and words of another statement: "Russian Tuapse: drone strike".
_STATEMENT_END = re.compile(r"[:;]|\s[—–-]\s")
#: Whose they are is who was attacked: "Russian air defences down a drone aimed at a depot".
_DEFENDERS = re.compile(r"\b(?:air[- ]defen[cs]es?|defenders|interceptors?)\b")
#: Behind a force that something was done to.
_PASSIVE = re.compile(
    r"\s(?:(?:was|were|is|are|has|have|been|being|\w+ly)\s){0,3}\w*(?:ed|hit|struck|torn|shaken|left) by\s"
)
#: Between a weapon and the verb of its relative clause.
_RELATIVE = re.compile(r",?\s(?:that|which|як(?:ий|а|е|і|ою|им)|що|котор\w+|что)\b")


@dataclass(frozen=True, slots=True)
class Who:
    """An attacker with the words that name it; `party` is None where both are blamed."""

    party: PartyId | None
    spans: tuple[tuple[int, int], ...] = ()
    #: What kind of words name it: an adjective of the weapon or the strike is the surest.
    role: Role | None = None
    #: True where the text sets this side against the other one: "not Russia but Ukraine".
    sure: bool = False


def enemy_of(opponents: Mapping[PartyId, PartyId], perspective: PartyId | None, own: str | None) -> PartyId | None:
    """Return the party that "the enemy" is for an outlet: the other one than its own side's."""
    return opponents.get(perspective or own or "")


def attacker_of(
    frame: Frame, grammar: Grammar, claimants: list[Hit], enemy: PartyId | None, beside: PartyId | None = None
) -> Who | None:
    """Return who the sentence says attacked; None where it does not say. `beside`: another party than this one."""
    sentence = frame.sentence
    if _is_mutual(frame, grammar) or is_open(frame, grammar):
        return Who(None)
    if beside is None and (who := _affirmed(sentence, grammar, enemy)) is not None:
        return who
    if beside is None and (owner := owner_of(sentence, frame.act, claimants)) is not None:
        return Who(owner.entry.party, ((owner.start, owner.end),), owner.role, sure=True)
    if beside is None and (who := _accused(frame, enemy)) is not None:
        return who
    best: tuple[float, Hit] | None = None
    no_agents = [*claimants, *set_aside(sentence), *silent_of(sentence)]
    for hit in sentence.of(Role.FORCE, Role.BELONGING, Role.WEAPON):
        if not hit.entry.party or hit in no_agents or beside in (meant_by(hit, enemy), hit.entry.party):
            continue
        price = _agent_cost(frame, grammar, hit)
        if price is not None and (best is None or price < best[0]):
            best = (price, hit)
    if best is None or best[0] > 20:
        return None
    hit = best[1]
    party = meant_by(hit, enemy)
    return Who(party, ((hit.start, hit.end),), hit.role) if party in sentence.opponents else None


def _is_mutual(frame: Frame, grammar: Grammar) -> bool:
    """Return whether both sides are blamed; "each other" behind another act says so of that one only."""
    sentence = frame.sentence
    found = grammar.each_other.search(sentence.text, sentence.start, sentence.end)
    return found is not None and not any(
        frame.act.end < other.start < found.start() and "," in sentence.text[frame.act.end : other.start]
        for other in sentence.of(Role.ACT, Role.SUPPRESSOR)
    )


def _affirmed(sentence: Sentence, grammar: Grammar, enemy: PartyId | None) -> Who | None:
    """Return the side that did it, where the text sets it against the other; places and objects are no sides."""
    for one in contrasts_of(sentence):
        first = min(one.did, one.did_not, key=lambda hit: hit.start)
        if grammar.fixed_order and any(act.end <= first.start for act in sentence.of(Role.ACT)):
            continue
        if meant_by(one.did, enemy) in sentence.opponents:
            return Who(meant_by(one.did, enemy), ((one.did.start, one.did.end),), one.did.role, sure=True)
    return None


def _accused(frame: Frame, enemy: PartyId | None) -> Who | None:
    """Return the side that the sentence accuses, none where both are; what a denial adds is about another act."""
    sentence = frame.sentence
    accused = [hit for hit in accused_of(sentence) if meant_by(hit, enemy) in sentence.opponents]
    if not accused or sentence.of(Role.DENYING, Role.NEGATION):
        return None
    if len({meant_by(hit, enemy) for hit in accused}) > 1:
        return Who(None)
    hit = accused[0]
    if sentence.boundaries_between(hit.start, frame.act.start)[0]:
        return None
    return Who(meant_by(hit, enemy), ((hit.start, hit.end),), hit.role)


def meant_by(hit: Hit, enemy: PartyId | None) -> PartyId | None:
    """Return the party that words mean; `enemy`: whom "the enemy" means."""
    return enemy if hit.entry.party == "enemy" else hit.entry.party


def commands(hit: Hit) -> bool:
    """Return whether the words name forces or who commands them: officials of a region do not strike."""
    return hit.role is Role.FORCE or hit.entry.value == COMMAND


def is_open(frame: Frame, grammar: Grammar) -> bool:
    """Return whether the text leaves open, or to another sentence, who did it: then nobody may be inferred either."""
    lead = frame.sentence.text[frame.sentence.start : frame.act.start]
    return grammar.asked.search(lead) is not None or _is_answered(frame, grammar)


def _is_answered(frame: Frame, grammar: Grammar) -> bool:
    """Return whether a strike is what another one answered: whose it was, and where, is told elsewhere."""
    sentence, act = frame.sentence, frame.act
    if act.entry.part is not Part.NOUN:
        return False
    answer = grammar.answered.search(sentence.text, sentence.start, act.start)
    return answer is not None and not any(answer.start() < other.start < act.start for other in sentence.of(Role.ACT))


def blame_each_other(sentence: Sentence, claimants: Sequence[Hit]) -> bool:
    """Return whether both sides accuse: "Moscow blames Kyiv, Kyiv blames Moscow"."""
    accusers = [
        hit
        for saying in sentence.of(Role.ACCUSING)
        for hit in claimants
        if hit.end <= saying.start and sentence.words_between(hit, saying) == 0
    ]
    return {hit.entry.party for hit in accusers} >= sentence.opponents.keys()


def _agent_cost(frame: Frame, grammar: Grammar, hit: Hit) -> float | None:
    """Return how unlikely it is that these words name the attacker; None where they cannot."""
    sentence, act = frame.sentence, frame.act
    if hit.role is Role.WEAPON:
        return 12.0 + sentence.words_between(hit, act) * 0.3
    hard, soft = sentence.boundaries_between(hit.start, act.start)
    price = sentence.words_between(hit, act) * 0.7 + 5.0 * hard + 0.5 * soft
    if hit.role is Role.BELONGING:
        return _modifier_cost(frame, hit, price)
    if is_beyond(sentence, hit) or (
        grammar.fixed_order and (_names_target(sentence, hit) or is_struck(sentence, hit, act))
    ):
        return None
    if _did_something_else(frame, grammar, hit) or _only_shows(sentence, hit, act) or suffers(sentence, hit, act):
        return None
    prefix = sentence.text[max(sentence.start, hit.start - 40) : hit.start]
    if grammar.held.search(prefix):
        return None
    if grammar.agent.search(prefix):
        return price - 6.0
    if names_ground(sentence, hit, grammar) or _is_object(sentence, hit, grammar):
        return None
    if act.role is Role.INTERCEPTION and hit.end <= act.start:
        return None
    if _owns_target(sentence, hit):
        return None
    if act.end > hit.start:
        return price - 1.0
    return _trailing_cost(frame, grammar, hit, price)


def names_ground(sentence: Sentence, hit: Hit, grammar: Grammar) -> bool:
    """Return whether a country is named as a place: "in Russia", "в області України", and not "в області росіяни"."""
    prefix = sentence.text[max(sentence.start, hit.start - 40) : hit.start]
    if prefix.endswith(" of ") and any(weapon.start == hit.end + 1 for weapon in sentence.of(Role.WEAPON)):
        return False  # "a wave of Russia missiles"
    if grammar.locative.search(prefix):
        return True
    if grammar.part_of.search(prefix) is None or not _OF_COUNTRY.search(sentence.text[hit.start : hit.end]):
        return False
    # "РФ" has no endings: the verb in the singular that follows it shows its subject.
    return not any(
        hit.end == act.start - 1 and sentence.text.endswith("ла", act.start, act.end) for act in sentence.of(Role.ACT)
    )


def is_beyond(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a country only says where another place lies: "a city just north of Ukraine"."""
    return hit.role is Role.FORCE and _BEYOND.search(sentence.text, sentence.start, hit.start) is not None


def is_soil(sentence: Sentence, hit: Hit) -> bool:
    """Return whether an adjective says whose the ground is: "a Russian border town"."""
    return hit.role is Role.BELONGING and _SOIL.match(sentence.text, hit.end, sentence.end) is not None


def _is_object(sentence: Sentence, hit: Hit, grammar: Grammar) -> bool:
    """Return whether a capital stands right behind a verb: "the attack plunged Kyiv into darkness"."""
    if not _CAPITAL.fullmatch(sentence.text, hit.start, hit.end):
        return False
    before = sentence.text[sentence.start : hit.start].split()[-1:]
    verb = bool(before) and grammar.verb.fullmatch(before[0]) is not None
    return verb and not any(
        one.end + 1 == hit.start for one in sentence.of(Role.ACT, Role.SAYING, Role.ACCUSING, Role.DENYING)
    )


def is_struck(sentence: Sentence, hit: Hit, act: Hit) -> bool:
    """Return whether a force is the subject of a passive: "Ukraine hit by a strike", "Russia rocked by a raid"."""
    if hit.end > act.start:
        return False
    return sentence.text.startswith(" by ", act.end) or _PASSIVE.match(sentence.text, hit.end, act.start) is not None


def _only_shows(sentence: Sentence, hit: Hit, act: Hit) -> bool:
    """Return whether a weapon is the subject of the verb: "Kyiv shows wreckage of a missile that hit a depot"."""
    return any(
        hit.end <= weapon.start
        and weapon.end <= act.start
        and sentence.words_between(hit, weapon) > 0
        and _RELATIVE.match(sentence.text, weapon.end, act.start) is not None
        for weapon in sentence.of(Role.WEAPON)
    )


def _did_something_else(frame: Frame, grammar: Grammar, hit: Hit) -> bool:
    """Return whether a force is the subject of what followed the strike: "Russia bans exports after strikes on"."""
    sentence, act = frame.sentence, frame.act
    if act.entry.part is not Part.NOUN or hit.end > act.start:
        return False
    cause = grammar.aftermath.search(sentence.text, hit.end, act.start)
    if cause is None or any(cause.start() < other.start < act.start for other in sentence.of(Role.ACT)):
        return False
    return not any(
        hit.end <= other.start < cause.start() and (other.role is Role.ACT or other.entry.outcome in _DONE_TO_OTHERS)
        for other in sentence.of(Role.ACT, Role.EFFECT)
    )


def _trailing_cost(frame: Frame, grammar: Grammar, hit: Hit, price: float) -> float | None:
    """A force after the act is its agent right behind it or the weapon only: "удар ЗСУ", "вразили дрони СБУ"."""
    sentence, act = frame.sentence, frame.act
    if grammar.fixed_order:
        return None  # English puts "by" before an agent that follows: "the target is Kyiv" names none
    if act.entry.part is Part.NOUN and is_subject(sentence, hit):
        # "By strikes on substations the Russians left a mine in the dark": the means, and who used it.
        return price - 2.0 if _INSTRUMENT.search(sentence.text, act.start, act.end) else None
    if any(other.role is Role.WEAPON and _adjoin(sentence, other, hit) for other in sentence.hits):
        return price - 2.0
    if act.entry.part is not Part.NOUN and grammar.possessive.search(sentence.text[hit.start : hit.end]):
        return None
    if sentence.words_between(act, hit) <= 2 and not _target_between(sentence, act, hit):
        if act.entry.part is not Part.NOUN:
            return price + 4.0
        return None if _has_verb(sentence.text[act.end : hit.start], grammar) else price - 2.0
    return None


def is_subject(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a Ukrainian or Russian name stands in the nominative: it owns nothing that stands before it."""
    return _SUBJECT.fullmatch(sentence.text, hit.start, hit.end) is not None


def _has_verb(words: str, grammar: Grammar) -> bool:
    """Return whether a verb stands among words: "атака занурила Київ у темряву" is no attack by Kyiv."""
    return any(grammar.verb.fullmatch(word) for word in words.split())


def _target_between(sentence: Sentence, first: Hit, second: Hit) -> bool:
    return any(first.end <= hit.start and hit.end <= second.start for hit in sentence.of(Role.TARGET))


def _adjoin(sentence: Sentence, first: Hit, second: Hit) -> bool:
    return first.end < second.start and not sentence.text[first.end : second.start].strip()


def _owns_target(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a force stands right behind an object, as its owner ("нафтобазу окупантів")."""
    return not is_subject(sentence, hit) and any(_adjoin(sentence, target, hit) for target in sentence.of(Role.TARGET))


def _names_target(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a country stands right before what was struck ("Ukraine nuclear plant attack")."""
    return any(
        other.role is Role.TARGET and hit.end < other.start and not sentence.text[hit.end : other.start].strip()
        for other in sentence.hits
    )


def _acts_by(sentence: Sentence, act: Hit, hit: Hit) -> bool:
    """Return whether an English agent that no vocabulary knows is of a party: "attack by two Ukrainian helicopters"."""
    return (
        _BY_SOME.fullmatch(sentence.text, act.end, hit.start) is not None
        and _FLIES.match(sentence.text, hit.end, sentence.end) is not None
    )


def _modifier_cost(frame: Frame, hit: Hit, price: float) -> float | None:
    """An adjective names the attacker where it modifies a weapon, a force or the act itself."""
    sentence, act = frame.sentence, frame.act
    if is_soil(sentence, hit):
        return None
    if _acts_by(sentence, act, hit):
        return price - 4.0
    if act.entry.part is Part.NOUN and act.start <= hit.start and hit.end <= act.end:  # "under Russian fire"
        return price - 2.0
    possessive = sentence.text[hit.start : hit.end].endswith(("'s", "’s"))  # of a region that burns: "Russia's Samara"
    for other in sentence.hits:
        if other.start < hit.end or other is hit:
            continue
        between = sentence.text[hit.end : other.start]
        if len(between.split()) > 3 or _STATEMENT_END.search(between):
            break
        if _DEFENDERS.search(between):
            return None
        if other.role is Role.TARGET:
            return None
        if other.role is Role.WEAPON:
            return price - 2.0
        if other.role is Role.ACT and (other.entry.part is Part.NOUN or not possessive):
            return price - 2.0
    return None


def actor(hit: Hit, text: str, enemy: PartyId | None) -> Actor:
    """Return the actor that the words name; `text` is the full text as printed."""
    unnamed = hit.entry.value in (UNNAMED, SAME)
    return Actor(name=text[hit.start : hit.end], party=meant_by(hit, enemy), unnamed=unnamed)


def negated_by(sentence: Sentence) -> list[Hit]:
    """Return who stands behind "has not attacked": the speaker, else the force that did not."""
    return sentence.of(Role.SPEAKER)[:1] or sentence.of(Role.FORCE)[:1]
