"""Fills the slots of a claim from a frame: attacker, country, place, time, outcome, stance, spans."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.extraction import who
from monitor.extraction.anchors import Anchors
from monitor.extraction.frames import Frame
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.places import holder, occupied_by
from monitor.extraction.sentences import Sentence
from monitor.extraction.setting import Standing
from monitor.extraction.stance import Put, stance_of
from monitor.extraction.tallies import find_tallies
from monitor.extraction.when import Moments
from monitor.extraction.where import Location, Whereabouts
from monitor.model.claims import Basis, Claim, Confidence, Outcome, Span, Stance, Tally, Target
from monitor.model.knowledge import Knowledge
from monitor.model.reports import Language, PartyId, Report
from monitor.model.times import EventTime
from monitor.model.vocabulary import Role

_OWN = {Language.UKRAINIAN: "UA", Language.RUSSIAN: "RU", Language.ENGLISH: "UA"}
_OUTAGE_CLASSES = (("gas", "gas_distribution"), ("газ", "gas_distribution"), ("heat", "heating"), ("тепл", "heating"))


class ClaimBuilder:
    """Makes claims of one report's frames."""

    def __init__(
        self,
        report: Report,
        grammar: Grammar,
        sentences: Sequence[Sentence],
        knowledge: Knowledge,
        energy: frozenset[str],
        anchors: Anchors,
    ) -> None:
        self._report, self._grammar, self._sentences = report, grammar, sentences
        self._knowledge, self._energy = knowledge, energy
        self._text = report.full_text
        self._moments = Moments(report, sentences, anchors)
        self._where = Whereabouts(report, grammar, sentences, knowledge)
        self._enemy = who.resolve("enemy", report.source.perspective, _OWN[report.language])

    def claim(self, frame: Frame, standing: Standing) -> tuple[Put, Claim | None]:
        """Return how the text puts the frame, and the claim; None where the frame claims nothing."""
        put = self._put(frame, standing)
        sentence = frame.sentence
        claimants = who.claimants_of(sentence)
        deniers = who.deniers_of(sentence)
        named = self._named(frame, claimants)
        where = self._where.of(frame, named.party if named else None)
        time, time_span = self._moments.of(frame)
        party, basis = self._attacker(named, where, time)
        stance = Stance.ALLEGED if put.stance is Stance.ASSERTED and claimants else put.stance
        claim = Claim(
            id="",
            act=frame.act.entry.value or "strike",
            target=self._target(frame, where),
            attacker=party,
            attacker_basis=basis,
            claimants=tuple(who.actor(hit, self._text, self._enemy) for hit in claimants),
            denied_by=tuple(who.actor(hit, self._text, self._enemy) for hit in deniers),
            country=where.country,
            occupied_by=occupied_by(where.ground, time, self._knowledge.control),
            place=where.place,
            event_time=time,
            weapon=next((hit.entry.value for hit in sentence.of(Role.WEAPON)), None),
            quantity=None,
            outcome=_outcome(frame),
            stance=stance,
            confidence=Confidence.LOW if put.unsure or frame.faint else Confidence.HIGH,
            spans=self._spans(frame, named, where, time_span, claimants, deniers),
        )
        return put, claim

    def _put(self, frame: Frame, standing: Standing) -> Put:
        """Return how the text puts the frame, times that make it history included."""
        put = stance_of(frame, self._grammar, dated=self._moments.is_dated(frame), standing=standing)
        if put.stance is not Stance.ASSERTED:
            return put
        if frame.support is not None and frame.cause is not None:
            behind = Frame(sentence=frame.support, act=frame.cause, target=None)
            backed = stance_of(behind, self._grammar, dated=self._moments.is_dated(behind), standing=standing)
            if backed.stance is not Stance.ASSERTED:
                return backed
        if self._moments.is_past(frame) is not None:
            return Put(Stance.HISTORICAL)
        return Put(put.stance, put.because, unsure=True) if self._moments.is_old(frame) else put

    def _named(self, frame: Frame, claimants: list[Hit]) -> who.Who | None:
        """Return the attacker that the sentence names, or the neighbouring sentence that tells of the attack."""
        named = who.attacker_of(frame, self._grammar, claimants, self._enemy)
        if named is None and frame.support is not None and frame.cause is not None:
            behind = Frame(sentence=frame.support, act=frame.cause, target=None)
            named = who.attacker_of(behind, self._grammar, who.claimants_of(frame.support), self._enemy)
        return named

    def _attacker(
        self, named: who.Who | None, where: Location, time: EventTime | None
    ) -> tuple[PartyId | None, Basis | None]:
        """Return the named attacker; else the holder's enemy where the recognised country holds the ground struck."""
        if named is not None:
            return named.party, Basis.STATED if named.party else None
        held_by = holder(where.ground, time, self._knowledge.control)
        if held_by is not None and held_by == where.country:
            return who.OPPONENT.get(held_by), Basis.INFERRED if held_by in who.OPPONENT else None
        return None, None

    def _target(self, frame: Frame, where: Location) -> Target:
        if frame.target is None and not frame.effects:
            return Target(class_id="energy", name=None)
        if frame.target is None:
            words = self._text[frame.effects[0].start : frame.effects[0].end].lower()
            class_id = next((known for word, known in _OUTAGE_CLASSES if word in words), "power_grid")
            return Target(class_id=class_id, name=None)
        name = self._text[frame.target.start : frame.target.end]
        class_id = frame.target.entry.class_id or "energy"
        if where.facility is None:
            return Target(class_id=class_id, name=name)
        if self._knowledge.target_classes[class_id].unspecified:
            class_id = where.facility.class_id
        return Target(class_id=class_id, name=where.facility.name, facility_id=where.facility.id)

    def _spans(
        self,
        frame: Frame,
        attacker: who.Who | None,
        where: Location,
        time_span: Span | None,
        claimants: list[Hit],
        deniers: list[Hit],
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
        if frame.effects:
            spans["outcome"] = tuple((hit.start, hit.end) for hit in frame.effects)
        if claimants:
            spans["claimants"] = tuple((hit.start, hit.end) for hit in claimants)
        if deniers:
            spans["denied_by"] = tuple((hit.start, hit.end) for hit in deniers)
        spans["sentence"] = ((frame.sentence.start, frame.sentence.end),)
        return spans

    def finish(self, claims: list[Claim]) -> tuple[Claim, ...]:
        """Return the claims with their ids."""
        prefix = f"{self._report.id}.{self._report.version}"
        return tuple(_with_id(claim, f"{prefix}/{number}") for number, claim in enumerate(claims, start=1))

    def tallies(self) -> tuple[Tally, ...]:
        """Return the counts that the report relays."""
        counting = [one for one in self._sentences if one.may_report and self._may_count(one)]
        if not counting:
            return ()
        return find_tallies(self._report, counting, self._moments.mentions(self._sentences), self._energy, self._enemy)

    def _may_count(self, sentence: Sentence) -> bool:
        targets = any(hit.entry.class_id in self._energy for hit in sentence.of(Role.TARGET))
        return targets or bool(sentence.of(Role.BREACH))


def _with_id(claim: Claim, key: str) -> Claim:
    return replace(claim, id=key)


_RANK = ("outage", "fire", "damaged", "hit", "debris", "intercepted", "unknown")


def _outcome(frame: Frame) -> Outcome:
    """Return the gravest outcome that the words name."""
    named = {hit.entry.outcome for hit in (frame.act, *frame.effects) if hit.entry.outcome}
    return Outcome(next((value for value in _RANK if value in named), "unknown"))
