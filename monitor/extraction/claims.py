"""Fills the slots of a claim from a frame: attacker, country, place, time, outcome, stance, spans."""

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.extraction import ownership, who
from monitor.extraction.accusations import accused_of
from monitor.extraction.anchors import Anchors
from monitor.extraction.answers import answered, deniers_of, party_of
from monitor.extraction.anywhere import is_anywhere
from monitor.extraction.attackers import Attackers
from monitor.extraction.claimants import claimants_of, resolved, told_after
from monitor.extraction.frames import Frame
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Gate, Hit
from monitor.extraction.once import each_once
from monitor.extraction.places import holder, occupied_by
from monitor.extraction.relaying import relayed_from
from monitor.extraction.sentences import Sentence
from monitor.extraction.setting import Standing
from monitor.extraction.stance import Put, stance_of
from monitor.extraction.tallies import counts_only, find_tallies
from monitor.extraction.uncontradicted import uncontradicted
from monitor.extraction.what import by_debris, outcome_of, target_of
from monitor.extraction.when import Moments
from monitor.extraction.where import Location, Whereabouts
from monitor.model.claims import Actor, Claim, Confidence, Span, Stance, Tally
from monitor.model.geography import Facility, PlaceKind
from monitor.model.knowledge import Knowledge
from monitor.model.reports import PartyId, Report
from monitor.model.times import EventTime
from monitor.model.vocabulary import Entry, Part, Role

#: Before "атаки", which is then one attack in the genitive and not several: "the target of", "during".
_OF_ONE_ATTACK = re.compile(
    r"\b(?:цел\w+|мішен\w+|ціл\w+|мишен\w+|наслідк\w+|последстви\w+|від|от|під час|во время|жерт\w+|момент\w*|ход[еі])"
    r"(?:\s[\w'’ʼ-]+){0,2}\s*$"
)
#: Objects in the plural, by endings that no singular has.
_MANY = re.compile(
    r"^\w+[иы]е\s|^\w+(?:щ|н|в)і\s|(?:[ая]м|[ая]х|[ая]ми|ов|ев|ів)$|(?:ies|nts|ons|ots|ses|tes|als|des)$"
)
#: Who says this of strikes tells of none in particular: "condemns Russian attacks on energy"; "the latest" are.
_REACTED = re.compile(
    r"\b(?:condemn|denounc|decr[yi]|critici[sz]|welcom|prais|defend|justif|deplor)\w*\s"
    r"(?!.*\b(?:latest|new|recent|overnight|last|today|this)\b)(?:[\w'’-]+\s){0,4}$"
)
#: Before an object: how many of its kind were struck, in so many characters.
_OUTAGES = re.compile(r"(?:outages|blackouts|cuts|failures|відключення|отключения|бл[еэ]каут[иы])\Z", re.IGNORECASE)
_HOW_MANY = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|дв[аеі]|три|чотири|четыре|п['’ʼ]?ять|пять|шість|шесть|сім|семь|[2-9])"
    r"(?:\s[\w-]+)?\s$"
)
_NUMBER_BEFORE = 30
#: "Amid new strikes on energy": news of them, however many objects they were on.
_NEW = re.compile(
    r"\b(?:new|fresh|latest|renewed|overnight|нов(?:их|ими|і|ые|ых|ыми)|нічн\w+|ночн\w+|чергов\w+|очередн\w+)\s(?:[\w-]+\s){0,2}\Z"
)
#: Between "reported" and the strikes that are reported lie no more words than this.
_ANNOUNCED = 3


class ClaimBuilder:
    """Makes claims of one report's frames."""

    def __init__(
        self,
        report: Report,
        grammar: Grammar,
        sentences: Sequence[Sentence],
        knowledge: Knowledge,
        anchors: Anchors,
    ) -> None:
        self._report, self.grammar, self._sentences = report, grammar, sentences
        self._knowledge = knowledge
        self._text = report.full_text
        self._moments = Moments(report, sentences, anchors)
        self._where = Whereabouts(report, grammar, sentences, knowledge)
        self._attackers = Attackers(report, grammar, knowledge)
        #: The claims made again for the further places of a list.
        self._further: list[Claim] = []

    def claim(self, frame: Frame, standing: Standing) -> tuple[Put, Claim]:
        """Return how the text puts the frame, and the claim made of it."""
        put = self._put(frame, standing)
        claimants, deniers = self._speakers(frame, put)
        named = self._attackers.named(frame, claimants)
        where = self._where.of(frame, named.party if named and not named.sure else None)
        time, time_span = self._moments.of(frame)
        ground = holder(where.ground, time, self._knowledge.control_by_area)
        party, basis = self._attackers.party(frame, named, where, time, claimants)
        told = named if named is not None and named.party == party else None
        if not claimants and not deniers and frame.support is None:
            relayed = relayed_from(frame.sentence, self._sentences)
            # Nobody is taken to tell of an attack by his own side that he did not speak of.
            claimants = [] if any(hit.entry.party == party is not None for hit in relayed) else relayed
        outcome, outcome_words = outcome_of(frame, self._sentences)
        if put.stance is Stance.ASSERTED and (
            self._is_general(frame, where, named, time_span) or self._is_anywhere(frame, where, party)
        ):
            put = Put(Stance.COMMENTARY, frame.act)
        alleged = claimants or deniers or accused_of(frame.sentence)
        stance = Stance.ALLEGED if put.stance is Stance.ASSERTED and alleged else put.stance
        claim = Claim(
            id="",
            act=(frame.act.entry.value if frame.act.role is Role.ACT else None) or "strike",
            target=target_of(frame, where, self._text, self._knowledge),
            attacker=party,
            attacker_basis=basis,
            claimants=tuple(self._actor(hit, ground) for hit in claimants),
            denied_by=tuple(self._actor(hit, ground) for hit in deniers),
            country=where.country,
            occupied_by=self._occupied_by(frame, where, time),
            place=where.place,
            event_time=time,
            weapon=_weapon_of(frame),
            quantity=None,
            outcome=outcome,
            by_debris=by_debris(outcome_words),
            stance=stance,
            confidence=_confidence(put, frame, on_own_ground=party is not None and party == ground),
            spans=self._spans(frame, told, where, time_span, claimants, deniers, outcome_words),
        )
        self._further += [
            self._moved(claim, frame, named, other, time, claimants) for other in self._where.beside(frame, where)
        ]
        return put, claim

    def _occupied_by(self, frame: Frame, where: Location, time: EventTime | None) -> PartyId | None:
        """Return who occupied the ground; of ground that no place is named for, what the words of the text say."""
        known = occupied_by(where.ground, time, self._knowledge.control_by_area)
        return ownership.taker_of(frame.sentence) if known is None and where.place is None else known

    def _moved(
        self,
        claim: Claim,
        frame: Frame,
        named: who.Who | None,
        where: Location,
        time: EventTime | None,
        claimants: list[Hit],
    ) -> Claim:
        """Return the same claim of another place that the text lists."""
        party, basis = self._attackers.party(frame, named, where, time, claimants)
        return replace(
            claim,
            attacker=party,
            attacker_basis=basis,
            country=where.country,
            occupied_by=self._occupied_by(frame, where, time),
            place=where.place,
            spans={**claim.spans, "place": (where.span,)} if where.span else claim.spans,
        )

    def _speakers(self, frame: Frame, put: Put) -> tuple[list[Hit], list[Hit]]:
        """Return who says so and who denies, in the sentence or the one that tells of the attack."""
        claimants, deniers = claimants_of(frame.sentence), deniers_of(frame, self.grammar)
        if frame.support is not None:
            claimants = claimants or claimants_of(frame.support)
        claimants = claimants or told_after(frame.sentence, self._sentences)
        claimants = resolved(claimants, [one for one in self._sentences if one.end <= frame.sentence.start])
        if put.stance is Stance.DENIED and not deniers:
            deniers = who.negated_by(frame.sentence)
        claimants = [hit for hit in claimants if hit not in deniers]
        return claimants, deniers

    def _actor(self, hit: Hit, local: PartyId | None) -> Actor:
        """Return the actor; officials of no named side speak for whoever holds the ground."""
        found = who.actor(hit, self._text, self._attackers.enemy)
        if found.party == "local":
            side = local if local in self._knowledge.opponents else None
            return replace(found, party=side, unnamed=side is None)
        return found

    def _denier_of(self, hit: Hit, claim: Claim) -> Actor:
        """Return the actor that denies a claim of another sentence."""
        found = who.actor(hit, self._text, self._attackers.enemy)
        if found.party in self._knowledge.opponents:
            return found
        sentence = next(one for one in self._sentences if one.start <= hit.start < one.end)
        return replace(
            found, party=party_of(hit, sentence, claim) or self._actor(hit, claim.occupied_by or claim.country).party
        )

    def _is_general(self, frame: Frame, where: Location, named: who.Who | None, time_span: Span | None) -> bool:
        """Return whether the words speak of strikes in general: a plural noun that nothing ties to an event."""
        if frame.act.entry.part is not Part.NOUN or frame.support is not None:
            return False
        if frame.effects and not _are_outages_in_general(frame):
            return False
        here = frame.sentence.start, frame.sentence.end
        vague = frame.target is not None and frame.target.entry.class_id in self._knowledge.vague_classes
        mutual = vague and self.grammar.each_other.search(frame.sentence.text, *here) is not None
        if not mutual and any(span is not None and here[0] <= span[0] < here[1] for span in (where.span, time_span)):
            return False
        text, act = frame.sentence.text, frame.act
        lead = text[frame.sentence.start : act.start]
        presupposed = self.grammar.aftermath.search(lead) is not None or _REACTED.search(lead) is not None
        if (
            named is not None
            and not mutual
            and not (_is_of_many(frame) and (presupposed or not frame.sentence.is_title))
        ):
            return False
        if _is_announced(frame) or _is_counted(frame) or (presupposed and _NEW.search(lead)):
            return False
        if text.endswith("атаки", act.start, act.end) and (presupposed or _OF_ONE_ATTACK.search(lead)):
            return False
        return self.grammar.plural.search(text, act.start, act.end) is not None

    def _is_anywhere(self, frame: Frame, where: Location, party: PartyId | None) -> bool:
        """Return whether an English report names neither a party nor its ground, and another place."""
        if not self.grammar.fixed_order or party is not None or where.country is not None or where.place is not None:
            return False
        if self._report.source.perspective is not None or self._where.mentions:
            return False
        return is_anywhere(frame, self._sentences, self._text)

    def _put(self, frame: Frame, standing: Standing) -> Put:
        """Return how the text puts the frame, times that make it history included."""
        put = stance_of(frame, self.grammar, dated=self._moments.is_dated(frame), standing=standing)
        if put.stance is not Stance.ASSERTED:
            return put
        dates = [one.span for one in self._moments.mentions((frame.sentence,))]
        if (counted := counts_only(frame, dates, self._knowledge.vague_classes)) is not None:
            return Put(Stance.HISTORICAL, counted)
        if frame.support is not None and frame.cause is not None:
            behind = Frame(sentence=frame.support, act=frame.cause, target=None)
            backed = stance_of(behind, self.grammar, dated=self._moments.is_dated(behind), standing=standing)
            if backed.stance is not Stance.ASSERTED:
                return backed
        if self._moments.is_past(frame) is not None:
            return Put(Stance.HISTORICAL)
        return Put(put.stance, put.because, unsure=True) if self._moments.is_old(frame) else put

    def _spans(
        self,
        frame: Frame,
        attacker: who.Who | None,
        where: Location,
        time_span: Span | None,
        claimants: list[Hit],
        deniers: list[Hit],
        outcome_words: tuple[Hit, ...],
    ) -> dict[str, tuple[Span, ...]]:
        spans: dict[str, tuple[Span, ...]] = {"act": ((frame.act.start, frame.act.end),)}
        if frame.target:
            spans["target"] = ((frame.target.start, frame.target.end),)
        if attacker and attacker.spans:
            spans["attacker"] = attacker.spans
        if where.span:
            spans["place"] = (where.span,)
        if time_span:
            spans["event_time"] = (time_span,)
        if outcome_words:
            spans["outcome"] = tuple((hit.start, hit.end) for hit in outcome_words)
        if claimants:
            spans["claimants"] = tuple((hit.start, hit.end) for hit in claimants)
        if deniers:
            spans["denied_by"] = tuple((hit.start, hit.end) for hit in deniers)
        read = {(one.start, one.end) for one in (frame.sentence, frame.support) if one is not None}
        spans["sentence"] = tuple(sorted(read))
        return spans

    def facility_hits(self, sentence: Sentence) -> tuple[Hit, ...]:
        """Return the known facilities that a sentence names, as targets, but none that tells only who works there."""
        topics = [(hit.start, hit.end) for hit in sentence.of(Role.TOPIC)]
        return tuple(
            Hit(*mention.span, _as_target(mention.facility))
            for mention in self._where.facilities
            if mention.facility is not None
            and sentence.start <= mention.span[0] < sentence.end
            and not any(start < mention.span[0] and mention.span[1] <= end for start, end in topics)
        )

    def grounds(self, sentence: Sentence) -> list[Hit]:
        """Return the places of the parties' countries that a sentence names for sure, as words for their parties."""
        return [
            Hit(
                *mention.span, Entry(id="grammar/ground", role=Role.BELONGING, patterns=(), party=mention.place.country)
            )
            for mention in self._where.mentions
            if sentence.start <= mention.span[0] < sentence.end
            and mention.place.country in self._knowledge.opponents
            and mention.kind is not PlaceKind.COUNTRY
            and not mention.ambiguous
            and not any(one.start <= mention.span[0] < one.end for one in sentence.of(Role.ELSEWHERE))
        ]

    def finish(self, claims: list[Claim]) -> tuple[Claim, ...]:
        """Return the claims with their ids."""
        prefix = f"{self._report.id}.{self._report.version}"
        every = [*claims, *self._further]
        once = each_once(uncontradicted(every), self._text, self._knowledge, heads_last=self.grammar.fixed_order)
        told = answered(once, self._sentences, self.grammar, self._denier_of)
        return tuple(_with_id(claim, f"{prefix}/{number}") for number, claim in enumerate(told, start=1))

    def tallies(self) -> tuple[Tally, ...]:
        """Return the counts that the report relays."""
        counting = [
            one for one in self._sentences if one.may_hold(Gate.COUNTED) and one.may_report and self._may_count(one)
        ]
        if not counting:
            return ()
        return find_tallies(
            self._report, counting, self._moments, self._knowledge.energy_classes, self._attackers.enemy
        )

    def _may_count(self, sentence: Sentence) -> bool:
        if any(_denies_count(sentence, hit) for hit in sentence.of(Role.DENYING)) or _negates_act(sentence):
            return False
        targets = any(hit.entry.class_id in self._knowledge.energy_classes for hit in sentence.of(Role.TARGET))
        return targets or bool(sentence.of(Role.BREACH))


def _confidence(put: Put, frame: Frame, *, on_own_ground: bool) -> Confidence:
    """Return whether careful readers would agree; an attack of a party on its own ground is seldom what was meant."""
    return Confidence.LOW if put.unsure or frame.faint or on_own_ground else Confidence.HIGH


def _denies_count(sentence: Sentence, denial: Hit) -> bool:
    """Return whether a denial may be of what is counted, and not of what another clause tells behind it."""
    counted = sentence.of(Role.BREACH, Role.COUNTED)
    apart = any(hit.end <= denial.start and sentence.boundaries_between(hit.end, denial.start)[0] for hit in counted)
    return not denial.entry.value and not apart


def _negates_act(sentence: Sentence) -> bool:
    acts = sentence.of(Role.ACT)
    return any(
        hit.end <= act.start and sentence.words_between(hit, act) <= 1
        for hit in sentence.of(Role.NEGATION)
        for act in acts
    )


def _weapon_of(frame: Frame) -> str | None:
    """Return the weapon nearest to the act and to what it struck, those of their own clause first."""
    sentence = frame.sentence
    anchors = [frame.act] if frame.target is None else [frame.act, frame.target]

    def distance(weapon: Hit) -> tuple[int, int]:
        borders = sum(sum(sentence.boundaries_between(weapon.start, one.start)) for one in anchors)
        return borders, sum(sentence.words_between(weapon, one) for one in anchors)

    weapons = [hit for hit in sentence.of(Role.WEAPON) if not _of_another_act(frame, hit)]
    return min(weapons, key=distance).entry.value if weapons else None


def _of_another_act(frame: Frame, weapon: Hit) -> bool:
    """Return whether a weapon stands with another act beyond a comma: "a drone hit a depot, a line was shelled"."""
    sentence = frame.sentence
    if not any(sentence.boundaries_between(weapon.start, frame.act.start)):
        return False
    nearest = min(sentence.of(Role.ACT) or [frame.act], key=lambda act: sentence.words_between(weapon, act))
    return nearest != frame.act and not any(sentence.boundaries_between(weapon.start, nearest.start))


def _as_target(facility: Facility) -> Entry:
    return Entry(id=f"facilities/{facility.id}", role=Role.TARGET, patterns=(), class_id=facility.class_id)


def _is_announced(frame: Frame) -> bool:
    """Return whether those who command forces tell of the strikes themselves: "the ministry reported strikes on"."""
    sentence, act = frame.sentence, frame.act
    return any(
        speaker.entry.value == who.COMMAND and speaker.end <= saying.start and saying.end <= act.start
        for speaker in sentence.of(Role.SPEAKER)
        for saying in sentence.of(Role.SAYING)
        if sentence.words_between(speaker, saying) <= 1 and sentence.words_between(saying, act) <= _ANNOUNCED
    )


def _is_of_many(frame: Frame) -> bool:
    """Return whether objects are struck that are neither named nor counted: "strikes on refineries", "on energy"."""
    target = frame.target
    if target is None:
        return False
    return target.entry.class_id == "energy" or _MANY.search(frame.sentence.text[target.start : target.end]) is not None


def _are_outages_in_general(frame: Frame) -> bool:
    """Return whether all that came of it are outages in the plural: "they endure bombardments and blackouts"."""
    text = frame.sentence.text
    return frame.target is None and all(_OUTAGES.search(text, hit.start, hit.end) for hit in frame.effects)


def _is_counted(frame: Frame) -> bool:
    """Return whether a headline tells how many objects were struck: "four power plants suffer from air strikes"."""
    target, sentence = frame.target, frame.sentence
    if target is None or not sentence.is_title:
        return False
    return (
        _HOW_MANY.search(sentence.text[max(sentence.start, target.start - _NUMBER_BEFORE) : target.start]) is not None
    )


def _with_id(claim: Claim, key: str) -> Claim:
    return replace(claim, id=key)
