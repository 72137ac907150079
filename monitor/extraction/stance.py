"""How a report puts a claim: asserted, denied, threatened, negotiated, supposed, past, or comment.

Each suppressor says how far it reaches: over the act that it governs, its clause, or its sentence.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from monitor.extraction.answers import PREDICATE, follows, governs, is_claimed, may_be_predicate, tells
from monitor.extraction.contrasts import negates_a_side
from monitor.extraction.frames import Frame, is_strong
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.reach import reaches
from monitor.extraction.sentences import Sentence
from monitor.extraction.setting import Standing
from monitor.extraction.undone import disowned, none_of
from monitor.model.claims import Stance
from monitor.model.vocabulary import Part, Role

#: A word further away than this, in words, governs nothing.
_REACH = 14
#: Headlines that explain rather than report; "як повідомив ..." names a source instead.
_EXPLAINER = re.compile(
    r"(?:how|why|як|чому|навіщо|как|почему|зачем)\s(?!пові|заяв|розп|сооб|заяв|расск|пише|пиш|стало)"
)
#: "prepares a provocation to accuse Kyiv of shelling": an accusation that is meant to come.
_PURPOSE = re.compile(r"(?:\b(?:щоб|аби|чтобы|дабы)\s+(?:потім\s|потом\s|затем\s)?|\bto\s+(?:then\s|later\s)?)\Z")
#: Between an accusation and the accusation that it is about lie no more words than this.
_QUARREL = 6
#: "No", and how many words may stand between it and its noun: "no major Russian attacks".
_NO, _NO_REACH = re.compile(r"no|none of the"), 3
_OTHER_NOUN = re.compile(r"[,;:]|\b(?:after|following|from|due|since|of|in|on|as|amid|because|and|or)\b")
#: Causes that a weapon or a force named beside them rules out.
_BESIDE_WEAPONS = frozenset(("accident", "labour"))
#: "The claims of six strikes on energy are false": so far behind the act may its predicate stand.
_PREDICATE_REACH = 9
#: "Since the start of the war" tells of the past, save where what is told of stands out among all strikes of it.
_SINCE, _RECORD = "since", "record"
#: Before "May", which is then a month.
_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?(?:\sof)?\s\Z")
#: Between "broke" and the agreement that was broken lie no more words than this.
_BROKEN = 2
#: The kind of calls and proposals.
_TALKS = "talks"
#: A time of strikes is none of them: "after months of attacks", "after a proposal to halt attacks".
_STRETCH = re.compile(
    r"\b(?:days|weeks|months|years|series|dozens|threat\w*|propos\w+|halt\w*|stop\w*|talk\w*|call|calls|тиж\w+|місяц\w+|"
    r"рок[иі]в|недел\w+|месяц\w+|лет|сер[иі]\w+|загроз\w*|угроз\w*|розмов\w*|разговор\w*|переговор\w*|звонк\w*|дзвінк\w*)\b"
)
#: Where another statement begins, of which what was said before says nothing.
_ANEW = re.compile(r";|\s(?:but|while|whereas|although|а|але|проте|но|однако)\s")
#: "..., the tanks [were not damaged]": part of an object, which may be struck all the same.
_PART_SPARED = re.compile(
    r"[,;—–-]\s(?:(?:but|and|а|але|но|при этом|при цьому|the|its|сами|самі)\s)*(?:[\w-]+\s)?"
    r"(?:резервуар\w*|[её]мкост\w*|ємност\w*|цистерн\w*|tanks?|оборудован\w*|обладнан\w*|equipment|персонал\w*|staff|"
    r"работник\w*|працівник\w*|workers|(?:энерго|енерго)?блок\w*|units?|реактор\w*|reactors?|"
    r"spillway|гидросооружени\w*|гідроспоруд\w*|турбин\w*|турбін\w*|turbines?|containment|safety)\b[^,;]*\Z",
    re.IGNORECASE,
)
#: "Not damaged", other than "works as usual", says that the object was not struck.
_UNHARMED = re.compile(r"\b(?:не|not|no|un\w+|intact|вціліл\w*|врятован\w*|неушкодж\w*|уцелел\w*|невредим\w*)\b")
#: The dash that stands for "is" before a predicate.
_DASH = re.compile(r"\s[—–-]\s+(?:це\s+|это\s+)?(?:[\w-]+\s){0,2}[\"«“„]?$")


@dataclass(frozen=True, slots=True)
class Put:
    """The stance of a frame, the word that decided it, and whether two readers might differ."""

    stance: Stance
    because: Hit | None = None
    unsure: bool = False


def stance_of(frame: Frame, grammar: Grammar, *, dated: bool, standing: Standing) -> Put:
    """Return how the sentence puts the frame.

    `dated`: the sentence names a day; `standing`: what the sentence is for.
    """
    sentence = frame.sentence
    for check in (_denied, _negated, _disowned, _quarrelled, _governed, _sentence_wide, _clause_wide):
        put = check(frame, grammar)
        if put is not None and not (put.unsure and put.stance is Stance.COMMENTARY and dated):
            if put.unsure:
                put = Put(put.stance, put.because)
            return put
        if put is not None:
            return Put(Stance.ASSERTED, put.because, unsure=True)
    past = [
        hit for hit in sentence.of(Role.BACKGROUND) if reaches(sentence, hit, frame.act) and not _tops(sentence, hit)
    ]
    if past:
        return Put(Stance.HISTORICAL, past[0])
    if standing is Standing.BACKGROUND:
        return Put(Stance.HISTORICAL)
    if standing is Standing.DRILL:
        return Put(Stance.HYPOTHETICAL)
    if sentence.is_title and _EXPLAINER.match(sentence.text, sentence.start):
        return Put(Stance.COMMENTARY)
    if sentence.text[sentence.start : sentence.end].rstrip("\"»”' ").endswith("?"):
        return Put(Stance.HYPOTHETICAL)
    return Put(Stance.ASSERTED)


def _tops(sentence: Sentence, since: Hit) -> bool:
    """Return whether a strike is set above all that came before: "the worst attack since the start of the war"."""
    return since.entry.value == _SINCE and any(
        hit.entry.value == _RECORD and not sentence.boundaries_between(hit.start, since.start)[0]
        for hit in sentence.of(Role.CURRENT)
    )


def _denied(frame: Frame, grammar: Grammar) -> Put | None:
    sentence, act = frame.sentence, frame.act
    for hit in sentence.of(Role.DENYING):
        if hit.start <= act.start < hit.end:
            return Put(Stance.DENIED, hit)
        if hit.end <= act.start:
            hard, _ = sentence.boundaries_between(hit.start, act.start)
            anew = hard > 1 or _ANEW.search(sentence.text, hit.end, act.start)
            meant = governs(hit, sentence, grammar) or tells(hit, act, sentence, grammar)
            if not anew and meant and not follows(hit, frame, grammar):
                return Put(Stance.DENIED, hit)
        elif may_be_predicate(hit) and (_is_predicate(sentence, act, hit) or _is_of_claim(sentence, act, hit, grammar)):
            return Put(Stance.DENIED, hit)
    return None


def _is_predicate(sentence: Sentence, act: Hit, hit: Hit) -> bool:
    """Return whether the words say of the act itself that it is none: "the strike is a fake", "the strike — a fake"."""
    lead = _DASH.search(sentence.text, act.end, hit.start)
    end = lead.start() if lead else hit.start
    if sentence.boundaries_between(act.start, end) != (0, 0):
        return False
    return len(sentence.text[act.end : end].split()) <= _PREDICATE_REACH


def _is_of_claim(sentence: Sentence, act: Hit, hit: Hit, grammar: Grammar) -> bool:
    """Return whether the words say so of a claim of the act: "a report that drones hit a depot was wrong"."""
    if sentence.boundaries_between(act.start, hit.start)[0] > 0:
        return False
    return hit.entry.value == PREDICATE and is_claimed(sentence, sentence.start, act, grammar)


def _negated(frame: Frame, grammar: Grammar) -> Put | None:
    act, text = frame.act, frame.sentence.text
    if act.entry.part is Part.NOUN and not grammar.aftermath.search(text[frame.sentence.start : act.start]):
        absent = grammar.absent.match(text, act.end, frame.sentence.end)
        if absent is not None and not any(
            act.end <= one.start < absent.end() for one in frame.sentence.of(Role.EFFECT)
        ):
            return Put(_unsaid(frame))
    for hit in frame.sentence.of(Role.NEGATION):
        gap = frame.sentence.words_between(hit, frame.act)
        if negates_a_side(frame.sentence, hit):
            continue
        reach = _NO_REACH if act.entry.part is Part.NOUN and _is_determiner(frame.sentence, hit, act) else 1
        if hit.start < frame.act.start and gap <= reach and frame.act.role is not Role.INTERCEPTION:
            return Put(_unsaid(frame), hit)
    none = none_of(frame, grammar)
    return Put(_unsaid(frame), none) if none is not None else None


def _is_determiner(sentence: Sentence, no: Hit, act: Hit) -> bool:
    """Return whether "no" belongs to the noun behind adjectives: "no water after the attack" denies no attack."""
    if _NO.fullmatch(sentence.text, no.start, no.end) is None:
        return False
    return _OTHER_NOUN.search(sentence.text, no.end, act.start) is None


def _unsaid(frame: Frame) -> Stance:
    """Return the stance of what was not done: where somebody is named who may say so, a denial."""
    return Stance.DENIED if frame.sentence.of(Role.SPEAKER, Role.FORCE) else Stance.HYPOTHETICAL


def _disowned(frame: Frame, grammar: Grammar) -> Put | None:
    word = disowned(frame, grammar)
    if word is None:
        return None
    return Put(_stance(word) if word.role is Role.SUPPRESSOR else Stance.HYPOTHETICAL, word)


def _quarrelled(frame: Frame, _grammar: Grammar) -> Put | None:
    """An accusation of having accused, "accuses Kyiv of accusing it of a strike on": the strike is not its subject."""
    sentence, act = frame.sentence, frame.act
    before = [hit for hit in sentence.of(Role.ACCUSING) if hit.end <= act.start]
    for hit in before:
        if _PURPOSE.search(sentence.text[sentence.start : hit.start]):
            return Put(Stance.HYPOTHETICAL, hit)
    for first, second in pairwise(before):
        if sentence.words_between(first, second) <= _QUARREL and not any(
            first.end <= hit.start < second.start for hit in sentence.of(Role.ACT)
        ):
            return Put(Stance.COMMENTARY, second)
    return None


def _governed(frame: Frame, grammar: Grammar) -> Put | None:
    """A halt, ban or moratorium that governs the act: "halt strikes", "ban on attacks"."""
    act, sentence = frame.act, frame.sentence
    if act.role is Role.ACT and act.entry.part is Part.PASSIVE:
        return None
    for hit in sentence.suppressors():
        if hit.entry.scope == "act" and hit.start < act.start and act.end <= hit.end:
            return Put(_stance(hit), hit)
        if (
            hit.entry.scope != "act"
            or hit.end > act.start
            or negates_a_side(sentence, hit)
            or _is_broken(sentence, hit)
        ):
            continue
        if grammar.governing.match(_without_targets(sentence, hit.end, act.start)):
            return Put(_stance(hit), hit)
    return None


def _is_broken(sentence: Sentence, agreed: Hit) -> bool:
    """Return whether what was agreed is what was broken: "broke the agreement and attacked"."""
    return any(
        breach.end <= agreed.start and sentence.words_between(breach, agreed) <= _BROKEN
        for breach in sentence.of(Role.BREACH)
    )


def _without_targets(sentence: Sentence, start: int, end: int) -> str:
    """Return the text between two positions without the objects named in it ("halt to power grid strikes")."""
    text, at = "", start
    for target in sentence.of(Role.TARGET):
        if start <= target.start and target.end <= end:
            text += sentence.text[at : target.start]
            at = max(at, target.end)
    return text + sentence.text[at:end]


def _sentence_wide(frame: Frame, _grammar: Grammar) -> Put | None:
    for hit in frame.sentence.suppressors():
        if hit.entry.scope != "sentence":
            continue
        if hit.entry.value in _BESIDE_WEAPONS and frame.sentence.of(Role.WEAPON, Role.FORCE):
            continue
        if not reaches(frame.sentence, hit, frame.act):
            continue
        return Put(_stance(hit), hit)
    return None


def _clause_wide(frame: Frame, grammar: Grammar) -> Put | None:
    act, sentence = frame.act, frame.sentence
    for hit in sentence.suppressors():
        if hit.entry.scope != "clause" or hit.start == act.start:
            continue
        kind = hit.entry.value
        if _is_broken(sentence, hit) or _is_month(sentence, hit):
            continue
        hard, soft = sentence.boundaries_between(hit.start, act.start)
        if kind == "spared":
            if frame.target is not None and not _goes_on(frame, grammar, hit) and _spares(frame, frame.target, hit):
                return Put(_stance(hit), hit)
            continue
        before = hit.end <= act.start or hit.start <= act.start < hit.end
        if kind == "repair":
            if not is_strong(act) and act.role is Role.EFFECT:
                return Put(_stance(hit), hit)
            continue
        if hard or sentence.words_between(hit, act) > _REACH:
            continue
        if kind == "commentary" and (before or not (soft or _presupposed(frame, grammar))):
            return Put(_stance(hit), hit, unsure=True)
        if before and kind != "commentary" and not (kind == _TALKS and _in_view_of(frame, grammar, hit)):
            return Put(_stance(hit), hit)
    return None


def _is_month(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a word of what may come is the month: "on 17 May"."""
    return hit.entry.stance is Stance.THREATENED and _DAY.search(sentence.text, 0, hit.start) is not None


def _presupposed(frame: Frame, grammar: Grammar) -> bool:
    """Return whether the clause takes the attack for granted: "After the strike on the depot the mayor ..."."""
    return grammar.aftermath.search(frame.sentence.text, frame.sentence.start, frame.act.start) is not None


def _in_view_of(frame: Frame, grammar: Grammar, asked: Hit) -> bool:
    """Return whether the attack is why something is asked for: "calls for a meeting after a strike on the plant"."""
    text = frame.sentence.text[asked.end : frame.act.start]
    return grammar.aftermath.search(text) is not None and _STRETCH.search(text) is None


def _spares(frame: Frame, target: Hit, hit: Hit) -> bool:
    """Return whether the words say of this target that it came to no harm, and not of a part of it."""
    sentence = frame.sentence
    hard, soft = sentence.boundaries_between(hit.start, target.start)
    if hard or sentence.words_between(hit, target) > _REACH:
        return False
    return not (soft and target.end <= hit.start and _PART_SPARED.search(sentence.text, target.end, hit.start))


def _goes_on(frame: Frame, grammar: Grammar, hit: Hit) -> bool:
    """Return whether an object that was attacked works on: "operating normally after the drone attack on it"."""
    if frame.target is None or not is_strong(frame.act) or _UNHARMED.search(frame.sentence.text, hit.start, hit.end):
        return False
    return _presupposed(frame, grammar)


def _stance(hit: Hit) -> Stance:
    return Stance(hit.entry.stance or "commentary")
