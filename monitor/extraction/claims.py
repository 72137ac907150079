"""Fills the slots of a claim from a frame: attacker, country, place, time, outcome, stance, spans."""

from collections.abc import Sequence

from monitor.extraction import who
from monitor.extraction.frames import Frame
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.extraction.stance import Put, stance_of
from monitor.model.claims import Basis, Claim, Confidence, Outcome, Span, Stance, Tally, Target
from monitor.model.knowledge import Knowledge
from monitor.model.reports import Language, Report
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
    ) -> None:
        self._report, self._grammar, self._sentences = report, grammar, sentences
        self._knowledge, self._energy = knowledge, energy
        self._text = report.full_text
        self._enemy = who.resolve("enemy", report.source.perspective, _OWN[report.language])

    def claim(self, frame: Frame) -> tuple[Put, Claim | None]:
        """Return how the text puts the frame, and the claim; None where the frame claims nothing."""
        put = stance_of(frame, self._grammar, dated=False, background=False)
        sentence = frame.sentence
        claimants = who.claimants_of(sentence)
        deniers = who.deniers_of(sentence)
        attacker = who.attacker_of(frame, self._grammar, claimants, self._enemy)
        country = who.country_words(frame, self._grammar)
        party = attacker.party if attacker else None
        if country is None and party:
            country = who.OPPONENT[party]
        if attacker is None and country:
            party = who.OPPONENT[country]
        stance = put.stance
        if stance is Stance.ASSERTED and claimants:
            stance = Stance.ALLEGED
        spans = self._spans(frame, attacker, claimants, deniers)
        claim = Claim(
            id="",
            act=frame.act.entry.value or "strike",
            target=self._target(frame),
            attacker=party,
            attacker_basis=None if party is None else Basis.STATED if attacker else Basis.INFERRED,
            claimants=tuple(who.actor(hit, self._text, self._enemy) for hit in claimants),
            denied_by=tuple(who.actor(hit, self._text, self._enemy) for hit in deniers),
            country=country,
            occupied_by=None,
            place=None,
            event_time=None,
            weapon=next((hit.entry.value for hit in sentence.of(Role.WEAPON)), None),
            quantity=None,
            outcome=_outcome(frame),
            stance=stance,
            confidence=Confidence.LOW if put.unsure or frame.faint else Confidence.HIGH,
            spans=spans,
        )
        return put, claim

    def _target(self, frame: Frame) -> Target:
        if frame.target is None:
            words = self._text[frame.effects[0].start : frame.effects[0].end].lower()
            class_id = next((known for word, known in _OUTAGE_CLASSES if word in words), "power_grid")
            return Target(class_id=class_id, name=None)
        name = self._text[frame.target.start : frame.target.end]
        return Target(class_id=frame.target.entry.class_id or "energy", name=name)

    def _spans(
        self, frame: Frame, attacker: who.Who | None, claimants: list[Hit], deniers: list[Hit]
    ) -> dict[str, tuple[Span, ...]]:
        spans: dict[str, tuple[Span, ...]] = {"act": ((frame.act.start, frame.act.end),)}
        if frame.target:
            spans["target"] = ((frame.target.start, frame.target.end),)
        if attacker and attacker.spans:
            spans["attacker"] = attacker.spans
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
        return ()


def _with_id(claim: Claim, key: str) -> Claim:
    from dataclasses import replace

    return replace(claim, id=key)


_RANK = ("outage", "fire", "damaged", "hit", "debris", "intercepted", "unknown")


def _outcome(frame: Frame) -> Outcome:
    """Return the gravest outcome that the words name."""
    named = {hit.entry.outcome for hit in (frame.act, *frame.effects) if hit.entry.outcome}
    return Outcome(next((value for value in _RANK if value in named), "unknown"))
