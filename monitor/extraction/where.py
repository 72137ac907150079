"""Attaches places to frames: the nearest in the clause, then in the sentence, then in what stands around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from monitor.extraction import who
from monitor.extraction.frames import Frame
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.places import PlaceMention, find_places
from monitor.extraction.sentences import Sentence
from monitor.model.claims import Place, Span
from monitor.model.geography import Facility, PlaceKind
from monitor.model.knowledge import Knowledge
from monitor.model.reports import PartyId, Report

#: A named facility this close to a target, in characters, is the target.
_BESIDE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """Where a frame happened. `ground` is the place, or a stand-in for the country where only that is known."""

    place: Place | None = None
    span: Span | None = None
    country: str | None = None
    facility: Facility | None = None

    @property
    def ground(self) -> Place | None:
        """Return what "who held it" can be asked of."""
        if self.place is not None or self.country is None:
            return self.place
        return Place(name="", geonameid=None, lat=None, lon=None, precision=3, country=self.country)


class Whereabouts:
    """The places of one report, found when first asked for."""

    def __init__(self, report: Report, grammar: Grammar, sentences: Sequence[Sentence], knowledge: Knowledge) -> None:
        self._report, self._grammar, self._sentences, self._knowledge = report, grammar, sentences, knowledge

    @cached_property
    def mentions(self) -> tuple[PlaceMention, ...]:
        """Return all places that the report names."""
        report = self._report
        return find_places(
            report.full_text, report.language, self._knowledge.geography, perspective=report.source.perspective
        )

    def of(self, frame: Frame, attacker: PartyId | None) -> Location:
        """Return where the frame happened, as far as the text says."""
        anchor = frame.target or (frame.effects[0] if frame.effects else frame.act)
        facility = self._facility(frame)
        if facility is not None:
            known = facility.facility
            return Location(place=facility.place, span=facility.span, country=facility.place.country, facility=known)
        mention = self._nearest(frame.sentence, anchor) or self._around(frame.sentence)
        said = who.country_words(frame, self._grammar)
        if mention is not None:
            country = mention.place.country
            place = mention.place if mention.kind is not PlaceKind.COUNTRY else None
            return Location(place=place, span=mention.span if place else None, country=country or said)
        return Location(country=said or self._country_around(attacker))

    def _facility(self, frame: Frame) -> PlaceMention | None:
        """Return the known facility that the target's words name or stand beside."""
        target = frame.target
        if target is None:
            return None
        for mention in self.mentions:
            if mention.facility is None:
                continue
            start, end = mention.span
            if start <= target.end + _BESIDE and target.start - _BESIDE <= end:
                return mention
        return None

    def _within(self, start: int, end: int) -> list[PlaceMention]:
        return [mention for mention in self.mentions if start <= mention.span[0] < end]

    def _nearest(self, sentence: Sentence, anchor: Hit) -> PlaceMention | None:
        candidates = [m for m in self._within(sentence.start, sentence.end) if m.kind is not PlaceKind.COUNTRY]
        if not candidates:
            return None
        return min(candidates, key=lambda mention: self._distance(sentence, anchor, mention))

    def _distance(self, sentence: Sentence, anchor: Hit, mention: PlaceMention) -> float:
        start, end = mention.span
        hard, soft = sentence.boundaries_between(anchor.start, start)
        low, high = (anchor.end, start) if anchor.start <= start else (end, anchor.start)
        words = len(sentence.text[low:high].split()) if low < high else 0
        price = words + 4.0 * hard + 0.5 * soft
        if start >= anchor.end:
            price -= 1.5
        if mention.kind in (PlaceKind.REGION, PlaceKind.SEA):
            price += 3.0
        return price + (2.0 if mention.ambiguous else 0.0)

    def _around(self, sentence: Sentence) -> PlaceMention | None:
        """Return a place named by the sentences just before, or the title; the first that has one."""
        at = self._sentences.index(sentence)
        nearby = [
            *(other for other in reversed(self._sentences[:at]) if other.paragraph == sentence.paragraph),
            *(other for other in self._sentences if other.is_title),
        ]
        for other in nearby:
            found = [m for m in self._within(other.start, other.end) if m.kind is not PlaceKind.COUNTRY]
            if found:
                return found[0]
        return None

    def _country_around(self, attacker: PartyId | None) -> str | None:
        return who.OPPONENT.get(attacker) if attacker else None
