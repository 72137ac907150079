"""Attaches places to frames: the nearest in the clause, then in the sentence, then in what stands around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from monitor.extraction import ownership, sites
from monitor.extraction.abroad import country_abroad, names_abroad
from monitor.extraction.claimants import seats_of
from monitor.extraction.frames import Frame
from monitor.extraction.grammar import Grammar
from monitor.extraction.lexicon import Hit
from monitor.extraction.places import PlaceMention, find_faint, find_headed, find_places, occupied_by
from monitor.extraction.sentences import Sentence
from monitor.model.claims import Outcome, Place, Span
from monitor.model.geography import Facility, PlaceKind
from monitor.model.knowledge import Knowledge
from monitor.model.reports import PartyId, Report
from monitor.model.vocabulary import Role

#: A region so few words behind an object, a preposition, is named for that object and no other.
_RIGHT_BEHIND = 1
#: An act that begins so few characters behind a place is what happened there.
_VERB_NEXT = 2
#: The class of objects that are named after the town that they stand near, and how the name follows.
_NAMED_AFTER_TOWNS = "substation"
_QUOTED = re.compile(r"(?:\s[а-яіїєґёa-z]+)?(?:\s\d{1,3}\s?(?:кВ|kV))?\s[«\"“]([А-ЯІЇЄҐЁA-Z][\w'’ʼ -]{3,40})[»\"”]")
#: What stands between the places of a list.
_LISTED = re.compile(
    r"\s*(?:,\s*|\s(?:and|as well as|і|й|та|и|а также|а також)\s+)(?:(?:and|і|й|та|и)\s+)?"
    r"(?:(?:in|near|at|у|в|во|на|під|под|біля|возле)\s+)?(?:the\s+)?"
)
#: A name made of the ends of something long.
_ROUTE = re.compile(r"[«\"“][^«»\"“”\n]{2,40}(?:\s[—–-]\s[^«»\"“”\n]{2,40}){1,3}[»\"”]")
#: What begins a further statement of something else.
_FURTHER = re.compile(r",\s(?:а|while|whereas|тогда как|тоді як|водночас|at the same time)\s|;\s")
#: Characters of "in" or "у" before the seat of a government.
_IN = 3
#: What can have gone dark in a region.
_PARTS_OF_REGION = frozenset({PlaceKind.DISTRICT, PlaceKind.SETTLEMENT})
#: A town so close before its region, in characters, is where in the region it was.
_TOWN_BEFORE_REGION = 20
#: Between a region and the town in it: "'s", or a comma and a preposition that a list of places would not repeat.
_WHERE_IN_IT = re.compile(r"['’]s\s\Z|,\s(?:in|near|in the city of|у|в|во|під|под|біля|возле)\s")


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """Where a frame happened. `ground` is the place, or a stand-in for the country where only that is known."""

    place: Place | None = None
    span: Span | None = None
    country: str | None = None
    facility: Facility | None = None
    #: The country is only one whose adjective the sentence has: too little to infer from it who did it.
    in_passing: bool = False

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
        found = find_places(
            report.full_text, report.language, self._knowledge.geography, perspective=report.source.perspective
        )
        return self._without_speakers(found)

    def _without_speakers(self, mentions: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
        """Return the mentions without those that name who speaks or a force: a village may bear the name of a mayor.

        A group of forces may bear that of a city: "Battlegroup Dnepr"; and a pipeline, a road or a train those of its
        ends, which may be abroad: "the pipeline «Urengoy - Pomary - Uzhhorod»".
        """
        speakers = {(hit.start, hit.end) for sentence in self._sentences for hit in sentence.of(Role.SPEAKER)}
        names = [(hit.start, hit.end) for sentence in self._sentences for hit in sentence.of(Role.FORCE)]
        names += [found.span() for found in _ROUTE.finditer(self._report.full_text)]
        return tuple(
            mention
            for mention in mentions
            if mention.span not in speakers
            and (not _is_place(mention) or not any(low < mention.span[0] < high for low, high in names))
        )

    def of(self, frame: Frame, attacker: PartyId | None) -> Location:
        """Return where the frame happened, as far as the text says."""
        anchor = frame.target or (frame.effects[0] if frame.effects else frame.act)
        mention = self._named_after(frame) or self._nearest(frame.sentence, anchor, attacker)
        text, geography = self._report.full_text, self._knowledge.geography
        if mention is None and (abroad := country_abroad(frame, self._grammar)) is not None:
            known = sites.facility_of(frame, text, None, self.facilities, geography)
            return _at_facility(known) if known is not None else Location(country=abroad)
        mention = self._narrowed(frame.sentence, mention) or self._from_elsewhere(frame, attacker)
        named = sites.facility_of(frame, text, mention, self.facilities, geography)
        if named is not None:
            return _at_facility(named)
        if mention is None and frame.target is not None:
            mention = sites.joined_to(frame.target, text, self.facilities, geography)
        said = ownership.country_words(frame, self._grammar)
        owner = ownership.owner_of(frame)
        if mention is None or mention.kind is PlaceKind.COUNTRY or self._is_foreign(mention.place, owner):
            taken = self._knowledge.opponents.get(ownership.taker_of(frame.sentence) or "")
            surely = taken or owner or said
            passing = None if surely else ownership.country_in_passing(frame.sentence)
            country = surely or passing or self._country(frame, mention, attacker)
            return Location(country=country, in_passing=passing is not None)
        if said is not None and self._tells_of_another(frame, mention, said):
            return Location(country=said)
        country = mention.place.country or said
        site = sites.site_of(frame, mention, geography.facilities)
        return Location(place=mention.place, span=mention.span, country=country, facility=site)

    def _tells_of_another(self, frame: Frame, mention: PlaceMention, said: PartyId) -> bool:
        """Return whether a place belongs to a further statement, and the target's own names another country.

        "Hit a terminal in Russia, while a ship sank in Sevastopol."
        """
        target, sentence = frame.target, frame.sentence
        if target is None or mention.place.country == said or not target.end <= mention.span[0] < sentence.end:
            return False
        return _FURTHER.search(sentence.text, target.end, mention.span[0]) is not None

    def _from_elsewhere(self, frame: Frame, attacker: PartyId | None) -> PlaceMention | None:
        """Return what stands around the sentence, or what the sentence itself may name where the two agree."""
        around = self._around(frame.sentence, attacker)
        faint = self._faintly_named(frame, attacker)
        if faint is not None and (around is None or faint.place.region == around.place.region):
            return faint
        return around or self._headed_by_who_tells()

    def _headed_by_who_tells(self) -> PlaceMention | None:
        """Return the region that is headed by the only head of a region whom the report names."""
        heads = find_headed(self._report.full_text, self._knowledge.geography)
        return heads[0] if len({head.place.region for head in heads}) == 1 else None

    def _faintly_named(self, frame: Frame, attacker: PartyId | None) -> PlaceMention | None:
        """Return the one place that a sentence, or else the title, may name; None where it may name several."""
        for sentence in (frame.sentence, *(one for one in self._sentences if one.is_title)):
            named = [one for one in self._faint if sentence.start <= one.span[0] < sentence.end]
            if named:
                return named[0] if len(named) == 1 and not self._is_home(named[0].place, attacker) else None
        return None

    @cached_property
    def _faint(self) -> tuple[PlaceMention, ...]:
        report = self._report
        geography, side = self._knowledge.geography, report.source.perspective
        return self._without_speakers(
            find_faint(report.full_text, report.language, geography, self.mentions, perspective=side)
        )

    def _country(self, frame: Frame, mention: PlaceMention | None, attacker: PartyId | None) -> str | None:
        """Return the country named, else the attacker's enemy's or a utility's: unless a third one may be meant."""
        if mention is not None and mention.place.country is not None:
            return mention.place.country
        if names_abroad(frame):
            return None
        named = [one.place for one in self._in(frame.sentence, self.facilities)]
        if len(beside := {place.country for place in named}) == 1:
            country = beside.pop()
            occupied = any(occupied_by(place, None, self._knowledge.control_by_area) for place in named)
            # Of occupied ground the country would be taken for whoever holds it.
            return None if occupied and attacker in (None, country) else country
        return self._knowledge.opponents.get(attacker or "") or ownership.utility_of(frame.sentence)

    def beside(self, frame: Frame, location: Location) -> tuple[Location, ...]:
        """Return the further places that are listed with one: "in Kherson and in Mykolaiv region"."""
        if location.span is None or location.facility is not None:
            return ()
        sentence, text = frame.sentence, self._report.full_text
        if location.span[0] < sentence.start:
            return ()
        found: list[Location] = []
        last, region = location.span, location.place.region if location.place else None
        for mention in self._within(location.span[1], sentence.end):
            start, end = mention.span
            listed = _is_place(mention) and _LISTED.fullmatch(text, last[1], start)
            if not listed or _begins_a_name(sentence, end) or _has_its_own_act(sentence, end):
                break
            last = mention.span
            if mention.kind is PlaceKind.REGION and mention.place.region == region:
                continue
            found.append(Location(place=mention.place, span=mention.span, country=mention.place.country))
        return (*self._coordinated(frame, location.span), *found)

    def _coordinated(self, frame: Frame, span: Span) -> tuple[Location, ...]:
        """Return the place that shares a plural object with the one right before it: "Sumy and Kursk substations"."""
        target, text = frame.target, frame.sentence.text
        if target is None or not self._grammar.fixed_order or target.start != span[1] + 1:
            return ()
        if not text[target.start : target.end].endswith("s"):
            return ()
        before = [one for one in self._within(frame.sentence.start, span[0]) if _is_place(one)][-1:]
        return tuple(
            Location(place=one.place, span=one.span, country=one.place.country)
            for one in before
            if _LISTED.fullmatch(text, one.span[1], span[0])
        )

    @cached_property
    def facilities(self) -> tuple[PlaceMention, ...]:
        """Return the known facilities that the report names."""
        return tuple(mention for mention in self.mentions if mention.facility is not None)

    def _in(self, sentence: Sentence, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
        return [mention for mention in mentions if sentence.start <= mention.span[0] < sentence.end]

    def _within(self, start: int, end: int) -> list[PlaceMention]:
        return [mention for mention in self.mentions if start <= mention.span[0] < end]

    def _named_in(self, sentence: Sentence) -> list[PlaceMention]:
        """Return the places that a sentence names, without the capitals where somebody speaks."""
        seats = [seat.start for seat in seats_of(sentence)]
        return [
            mention
            for mention in self._within(sentence.start, sentence.end)
            if _is_place(mention) and not any(0 <= mention.span[0] - seat <= _IN for seat in seats)
        ]

    def _named_after(self, frame: Frame) -> PlaceMention | None:
        """Return the one place whose name a substation bears, "the 110 kV substation «Krasnaya Yaruga»": it lies near.

        Only where the name means a place of a region that the report names: many villages share theirs.
        """
        target = frame.target
        if target is None or target.entry.class_id != _NAMED_AFTER_TOWNS:
            return None
        text = self._report.full_text
        quoted = _QUOTED.match(text, target.end)
        if quoted is None or any(m.span[0] == quoted.start(1) for m in self.mentions):
            return None
        bare = f"{text[: quoted.start(1) - 1]} {quoted[1]} {text[quoted.end(1) + 1 :]}"
        regions = {mention.place.region for mention in self.mentions if mention.place.region}
        for mention in find_places(bare, self._report.language, self._knowledge.geography):
            if mention.span == quoted.span(1) and not mention.ambiguous and mention.place.region in regions:
                return replace(mention, place=replace(mention.place, precision=2))
        return None

    def _nearest(self, sentence: Sentence, anchor: Hit, attacker: PartyId | None) -> PlaceMention | None:
        """Return the nearest place of the sentence; the attacker's own ground only where it stands alone.

        A place of another region beyond a comma is that of another event, where the clause names one of its own.
        """
        named = self._named_in(sentence)
        candidates = [m for m in named if not self._is_home(m.place, attacker)] or named
        if not candidates:
            return None
        best = min(candidates, key=lambda mention: self._distance(sentence, anchor, mention))
        apart = sentence.boundaries_between(anchor.start, best.span[0])
        nearer = [(m, sentence.boundaries_between(anchor.start, m.span[0])) for m in candidates]
        beside = [m for m, (hard, soft) in nearer if hard + soft == 0 or (apart[0] and not hard)]
        if beside and best not in beside and all(sites.elsewhere(best.place, m.place) for m in beside):
            best = min(beside, key=lambda mention: self._distance(sentence, anchor, mention))
        return _town_of(best, candidates, sentence.text) if best.kind is PlaceKind.REGION else best

    def _narrowed(self, sentence: Sentence, mention: PlaceMention | None) -> PlaceMention | None:
        """Return the one district or town of a region that went dark: "hit a line in Sumy region, Romny is dark"."""
        if mention is None or mention.kind is not PlaceKind.REGION:
            return mention
        if not any(hit.entry.outcome is Outcome.OUTAGE for hit in sentence.of(Role.EFFECT)):
            return mention
        dark = [
            one
            for one in self._within(mention.span[1], sentence.end)
            if one.kind in _PARTS_OF_REGION and one.place.region == mention.place.region
        ]
        if len(dark) != 1:
            return mention
        return replace(dark[0], place=replace(dark[0].place, precision=max(dark[0].place.precision, 2)))

    def _distance(self, sentence: Sentence, anchor: Hit, mention: PlaceMention) -> float:
        start, end = mention.span
        hard, soft = sentence.boundaries_between(anchor.start, start)
        low, high = (anchor.end, start) if anchor.start <= start else (end, anchor.start)
        words = len(sentence.text[low:high].split()) if low < high else 0
        price = words + 4.0 * hard + 0.5 * soft
        if start >= anchor.end:
            price -= 1.5
        if mention.kind in (PlaceKind.REGION, PlaceKind.SEA) and not (start >= anchor.end and words <= _RIGHT_BEHIND):
            price += 3.0
        return price + (2.0 if mention.ambiguous else 0.0)

    def _around(self, sentence: Sentence, attacker: PartyId | None) -> PlaceMention | None:
        """Return a place named by the sentences just before, or the title; the first that has one.

        Ground that the attacker holds at home is not what it struck: another sentence may speak of something else.
        """
        at = next(n for n, one in enumerate(self._sentences) if one is sentence)
        nearby = [
            *(other for other in reversed(self._sentences[:at]) if other.paragraph == sentence.paragraph),
            *(other for other in self._sentences if other.is_title),
            *(self._lead() if sentence.is_title else ()),
        ]
        for other in nearby:
            found = self._named_in(other)
            if found and not self._is_home(found[0].place, attacker):
                return found[0] if _is_one_region(found) else _country_of(found)
        return None

    def _is_foreign(self, place: Place, owner: PartyId | None) -> bool:
        """Return whether a place lies in another country than the one whose the target is called."""
        if owner is None or place.country is None or place.country == owner:
            return False
        return occupied_by(place, None, self._knowledge.control_by_area) is None

    def _is_home(self, place: Place, party: PartyId | None) -> bool:
        control = self._knowledge.control_by_area
        return party is not None and place.country == party and occupied_by(place, None, control) is None

    def _lead(self) -> Sequence[Sentence]:
        """Return the first sentence of the body: it tells in full what the headline says in short."""
        return [other for other in self._sentences if not other.is_title][:1]


def _at_facility(named: PlaceMention) -> Location:
    return Location(place=named.place, span=named.span, country=named.place.country, facility=named.facility)


def _has_its_own_act(sentence: Sentence, end: int) -> bool:
    """Return whether a verb or its subject follows a place: "in Sumy, in Nikopol a line was shelled" is no list."""
    return any(
        0 <= hit.start - end <= _VERB_NEXT for hit in sentence.of(Role.ACT, Role.EFFECT, Role.WEAPON, Role.FORCE)
    )


def _is_one_region(mentions: Sequence[PlaceMention]) -> bool:
    return len({mention.place.region for mention in mentions}) == 1


def _country_of(mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    """Return the country alone, where a neighbouring sentence names places of several regions: any may be meant."""
    one_country = len({mention.place.country for mention in mentions}) == 1
    return replace(mentions[0], kind=PlaceKind.COUNTRY) if one_country else None


def _begins_a_name(sentence: Sentence, end: int) -> bool:
    """Return whether an object's name goes on behind a place: "Kerch bridge", "Kursk substation"."""
    return any(0 <= hit.start - end <= 2 for hit in sentence.of(Role.TARGET))


def _is_place(mention: PlaceMention) -> bool:
    """Return whether a mention says more than the country; a facility counts where it is the target only."""
    return mention.kind not in (PlaceKind.COUNTRY, PlaceKind.FACILITY)


def _town_of(region: PlaceMention, others: Sequence[PlaceMention], text: str) -> PlaceMention:
    """Return the town that is named just before its region, or behind it as where in it; else the region.

    "Sloviansk in Donetsk region", "в Крыму, в Ялте".
    """
    for town in others:
        if town.place.region != region.place.region or town is region:
            continue
        if 0 <= region.span[0] - town.span[1] <= _TOWN_BEFORE_REGION:
            return town
        if town.kind is PlaceKind.SETTLEMENT and _WHERE_IN_IT.fullmatch(text, region.span[1], town.span[0]):
            return town
    return region
