"""Which party an attack is laid to: by the words of the text, else by whose ground was struck."""

import re
from dataclasses import replace
from functools import lru_cache

from monitor.extraction import ownership, who
from monitor.extraction.claimants import claimants_of
from monitor.extraction.frames import Frame
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.owned import UTILITY
from monitor.extraction.places import UNKNOWN_HOLDER, find_places, holder, occupied_by
from monitor.extraction.sentences import Sentence
from monitor.extraction.where import Location
from monitor.extraction.who import Who, attacker_of
from monitor.model.claims import Basis
from monitor.model.geography import Geography
from monitor.model.knowledge import Knowledge
from monitor.model.reports import Language, PartyId, Report
from monitor.model.times import EventTime
from monitor.model.vocabulary import Part, Role

#: On both sides there are outlets in Russian.
_OWN = {Language.UKRAINIAN: "UA", Language.RUSSIAN: None, Language.ENGLISH: "UA"}
#: Characters of "by the" before an agent; and the endings of an agent where there is no such word.
_BY = 8
_INSTRUMENTAL = re.compile(r"(?:[аия]ми|ьми|ом|ем|єм|[оеє]ю|[оеё]й)\b")


class Attackers:
    """Names the attackers of one report's frames."""

    def __init__(self, report: Report, grammar: Grammar, knowledge: Knowledge) -> None:
        self._report, self._grammar, self._knowledge = report, grammar, knowledge
        #: Whom "the enemy" means where no sentence says it better.
        self.enemy = who.enemy_of(knowledge.opponents, report.source.perspective, _OWN[report.language])

    def named(self, frame: Frame, claimants: list[Hit]) -> Who | None:
        """Return the attacker that the sentence names, or the neighbouring sentence that tells of the attack."""
        named = attacker_of(frame, self._grammar, claimants, self._enemy_of(frame.sentence))
        if named is None and frame.support is not None and frame.cause is not None:
            behind = Frame(sentence=frame.support, act=frame.cause, target=None)
            named = attacker_of(behind, self._grammar, claimants_of(frame.support), self.enemy)
        return named

    def _enemy_of(self, sentence: Sentence) -> PartyId | None:
        """Return whom "the enemy" means: by the outlet's side, else by the side of who speaks."""
        speaking = {
            party
            for hit in sentence.of(Role.SPEAKER)
            if (party := hit.entry.party) in self._knowledge.opponents and party
        }
        if self._report.source.perspective is None and len(speaking) == 1:
            return self._knowledge.opponents[speaking.pop()]
        return self.enemy

    def party(
        self,
        frame: Frame,
        named: Who | None,
        where: Location,
        time: EventTime | None,
        claimants: list[Hit],
    ) -> tuple[PartyId | None, Basis | None]:
        """Return the named attacker, or the forces that confirm their own strike; else infer it.

        Inferred is the holder's enemy, where the recognised country holds the ground struck. A country or town that
        lies on that very ground is more likely named as the place than as an attacker of itself.
        """
        if frame.unexplained or who.is_open(frame, self._grammar) or who.blame_each_other(frame.sentence, claimants):
            return None, None
        held = ownership.holder_of(frame.sentence)
        ground = held or occupied_by(where.ground, time, self._knowledge.control_by_area) or where.country
        if _is_own_weapon(frame, self._grammar) and (named is None or (named.party == ground and not named.sure)):
            return None, None
        if named is not None and named.party == ground and self._is_assumed(named, frame):
            named = None
        if named is not None and named.party == ground:
            named = self._of_own_ground(frame, named, claimants)
            if named is None:
                return self._inferred(frame, where, time, held, claimants)
        if named is not None:
            return named.party, Basis.STATED if named.party else None
        opponents = self._knowledge.opponents
        own = {party for hit in claimants if who.commands(hit) and (party := hit.entry.party) in opponents and party}
        if len(own) == 1 and ground == opponents[(party := own.pop())]:
            return party, Basis.STATED
        return self._inferred(frame, where, time, held, claimants)

    def _inferred(
        self, frame: Frame, where: Location, time: EventTime | None, held: PartyId | None, claimants: list[Hit]
    ) -> tuple[PartyId | None, Basis | None]:
        """Return the enemy of whoever holds the ground, where that is the recognised country.

        Never whose own the target is by the words of the text, "an enemy depot burned down in Tokmak"; nor the side
        that tells of it, where both hold ground in the region: it calls the part that it holds by the same name.

        `held`: who holds it in the words of the text: a place that a text needs to say this of lies near the front,
        where nothing can be inferred.
        """
        if held is not None or where.in_passing or not self._knowledge.infers_attackers:
            return None, None
        held_by = holder(where.ground, time, self._knowledge.control_by_area)
        attacker = self._knowledge.opponents.get(held_by or "") if held_by == where.country else None
        if attacker is None or attacker == ownership.owner_of(frame, self._enemy_of(frame.sentence)):
            return None, None
        officials = [hit for hit in claimants if not who.commands(hit) and hit.entry.value != UTILITY]
        if officials and {hit.entry.party for hit in claimants} == {attacker}:
            return None, None  # officials tell of what befell their own side: the place may be taken for another
        if self._is_divided(where, time) and {hit.entry.party for hit in claimants} == {attacker}:
            return None, None
        return attacker, Basis.INFERRED

    def _is_assumed(self, named: Who, frame: Frame) -> bool:
        """Return whether "the enemy" was taken for a side though neither the outlet nor a speaker shows whose enemy."""
        sentence = frame.sentence
        if self._report.source.perspective is not None or any(
            hit.entry.party in self._knowledge.opponents for hit in sentence.of(Role.SPEAKER)
        ):
            return False
        words = [hit for hit in sentence.of(Role.FORCE, Role.BELONGING, Role.WEAPON) if hit.entry.party == "enemy"]
        return any((hit.start, hit.end) in named.spans for hit in words)

    def _is_divided(self, where: Location, time: EventTime | None) -> bool:
        """Return whether both sides hold ground in the region of a place."""
        region = replace(where.place, geonameid=None) if where.place else None
        return holder(region, time, self._knowledge.control_by_area) == UNKNOWN_HOLDER

    def _of_own_ground(self, frame: Frame, named: Who, claimants: list[Hit]) -> Who | None:
        """Return who is meant where the words name an attacker of its own ground.

        That is the other side, where the sentence names it too; the party itself only as the plain subject of an
        attack, or where the weapon or the strike is called after it; nobody (`party` None) where a country's name
        stands before a verb; else it is left to inference.
        """
        if named.sure or self._is_agent(named, frame):
            return named
        if named.role is Role.BELONGING and _adjoins(named, frame):
            return named
        # English has "Russians hit with justice", where those who stand before the verb suffer it.
        if not self._grammar.fixed_order and _is_right_before_verb(named, frame) and not self._is_place_name(named):
            return named
        enemy = self._enemy_of(frame.sentence)
        other = attacker_of(frame, self._grammar, claimants, enemy, beside=named.party)
        if other is not None and other.party is not None and not (_speaks(other, frame) and _strikes(named, frame)):
            return other
        if not any(frame.sentence.start <= start < frame.sentence.end for start, _ in named.spans):
            return None  # the attack that another sentence tells of was on something else
        if named.role is Role.WEAPON:
            return Who(None)
        if named.role is Role.BELONGING or _strikes(named, frame):
            return named
        if frame.act.entry.part is Part.ACTIVE and (self._is_place_name(named) or _may_be_subject(named, frame)):
            return Who(None)
        return None

    def _is_agent(self, named: Who, frame: Frame) -> bool:
        """Return whether a force is the agent of a passive: "was shelled by Russians", "обстріляна росіянами"."""
        if named.role is not Role.FORCE or (frame.act.entry.part is not Part.PASSIVE and not self._grammar.fixed_order):
            return False
        text = frame.sentence.text
        if self._grammar.fixed_order:
            return all(self._grammar.agent.search(text[max(0, start - _BY) : start]) for start, _ in named.spans)
        return all(_INSTRUMENTAL.search(text[start:end]) for start, end in named.spans)

    def _is_place_name(self, named: Who) -> bool:
        """Return whether the words for an attacker are the name of a place, as "Kyiv" in "Kyiv, the capital"."""
        language, geography = self._report.language, self._knowledge.geography
        return all(_is_place(self._report.full_text[start:end], language, geography) for start, end in named.spans)


@lru_cache(maxsize=4096)
def _is_place(words: str, language: Language, geography: Geography) -> bool:
    # After a preposition the name of a capital is a town, and no government.
    preposition = "in " if language is Language.ENGLISH else "в "
    return bool(find_places(preposition + words, language, geography))


def _is_own_weapon(frame: Frame, grammar: Grammar) -> bool:
    """Return whether a weapon of its own fell on the ground that was struck: then no enemy may be inferred."""
    return grammar.own_weapon.search(frame.sentence.text, frame.sentence.start, frame.sentence.end) is not None


def _may_be_subject(named: Who, frame: Frame) -> bool:
    """Return whether a force stands in the clause before a verb with no weapon between: "troops leaving it blew up"."""
    sentence, act = frame.sentence, frame.act
    return named.role is Role.FORCE and any(
        end <= act.start
        and not sentence.boundaries_between(end, act.start)[0]
        and not any(end <= weapon.start < act.start for weapon in sentence.of(Role.WEAPON))
        for _, end in named.spans
    )


def _speaks(named: Who, frame: Frame) -> bool:
    """Return whether a name is the subject of a denial or a statement: "Kyiv rejects the claim and says"."""
    words = frame.sentence.of(Role.DENYING, Role.SAYING)
    return all(
        any(end <= hit.start and not frame.sentence.text[end : hit.start].strip() for hit in words)
        for _, end in named.spans
    )


def _is_right_before_verb(named: Who, frame: Frame) -> bool:
    """Return whether a force stands right before an active verb: "Ukrainian nationalists struck the line to it"."""
    verb = frame.act.role is Role.ACT and frame.act.entry.part is Part.ACTIVE
    return verb and named.role is Role.FORCE and _adjoins(named, frame)


def _adjoins(named: Who, frame: Frame) -> bool:
    """Return whether a name stands right before the attack: "Russian attack", "російський удар"."""
    return any(
        not frame.sentence.text[end : frame.act.start].strip() for _, end in named.spans if end < frame.act.start
    )


def _strikes(named: who.Who, frame: Frame) -> bool:
    """Return whether the name is plainly the subject of the attack: "Russia shelled its own station", "удар ЗСУ по"."""
    act, text = frame.act, frame.sentence.text
    if act.role is not Role.ACT or act.entry.part not in (Part.ACTIVE, Part.NOUN):
        return False
    verb = act.entry.part is Part.ACTIVE
    gaps = [text[end : act.start] for _, end in named.spans if verb and end <= act.start]
    gaps += [text[act.end : start] for start, _ in named.spans if act.end <= start]
    return any(len(words.split()) <= (1 if verb else 0) and "," not in words for words in gaps)
