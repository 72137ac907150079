"""Whether one claim says what one label says, slot by slot."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from monitor.evaluation.examples import Event
from monitor.evaluation.places import same_place, same_region
from monitor.model.agreements import TargetClass
from monitor.model.claims import Claim
from monitor.model.geography import Gazetteer
from monitor.model.times import EventTime

#: Local days begin up to three hours before UTC days in Ukraine and European Russia, summer time included.
_ZONE = timedelta(hours=3)
#: The class of "energy infrastructure" with nothing said of its kind.
UNSPECIFIED = "energy"


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What comparing needs to know: families of target classes, and the names of places."""

    classes: Mapping[str, TargetClass]
    gazetteer: Gazetteer | None = None

    def is_energy(self, class_id: str) -> bool:
        """Return whether a class is energy infrastructure; a class that nobody lists is not."""
        found = self.classes.get(class_id)
        return found is not None and found.energy

    def same_family(self, label: str, found: str) -> bool:
        """Return whether two classes are of one family; a label that names no kind is met by every energy class."""
        if label == found:
            return True
        if label == UNSPECIFIED:
            return self.is_energy(found)
        one, other = self.classes.get(label), self.classes.get(found)
        return one is not None and other is not None and one.family == other.family


def within(label: tuple[date, date], found: EventTime | None) -> bool:
    """Return whether the claim's interval lies within the labelled local days."""
    if found is None:
        return False
    start = datetime.combine(label[0], time(), UTC) - _ZONE
    end = datetime.combine(label[1] + timedelta(days=1), time(), UTC)
    return start <= found.start and found.end <= end


def _attacker(event: Event, claim: Claim, _: Known) -> bool | None:
    return claim.attacker == event.attacker if event.attacker or event.attacker_labelled else None


def _attacker_basis(event: Event, claim: Claim, _: Known) -> bool | None:
    return claim.attacker_basis is event.attacker_basis if event.attacker_basis else None


def _country(event: Event, claim: Claim, _: Known) -> bool | None:
    if event.country is None:
        return None
    held = claim.occupied_by == event.occupied_by or (event.occupied_by is None and claim.occupied_by == "unknown")
    return claim.country == event.country and held


def _family(event: Event, claim: Claim, known: Known) -> bool | None:
    return known.same_family(event.target, claim.target.class_id) if event.target else None


def _region(event: Event, claim: Claim, _: Known) -> bool | None:
    return same_region(event.region, claim.place) if event.region else None


def _place(event: Event, claim: Claim, known: Known) -> bool | None:
    return same_place(event.place, claim.place, known.gazetteer) if event.place else None


def _date(event: Event, claim: Claim, _: Known) -> bool | None:
    return within(event.event_date, claim.event_time) if event.event_date else None


def _outcome(event: Event, claim: Claim, _: Known) -> bool | None:
    return claim.outcome is event.outcome if event.outcome else None


def _stance(event: Event, claim: Claim, _: Known) -> bool | None:
    return claim.stance is event.stance if event.stance else None


def _claimant(event: Event, claim: Claim, _: Known) -> bool | None:
    return any(one.party == event.claimant for one in claim.claimants) if event.claimant else None


#: Slot name -> comparison; None where the label does not say. The order is that of the table.
SLOTS: Mapping[str, Callable[[Event, Claim, Known], bool | None]] = {
    "attacker": _attacker,
    "attacker basis": _attacker_basis,
    "country": _country,
    "target family": _family,
    "region": _region,
    "settlement": _place,
    "event date": _date,
    "outcome": _outcome,
    "stance": _stance,
    "claimant": _claimant,
}


def compare(event: Event, claim: Claim, known: Known) -> dict[str, bool]:
    """Return for each labelled slot whether the claim has it right."""
    answers = ((name, check(event, claim, known)) for name, check in SLOTS.items())
    return {name: answer for name, answer in answers if answer is not None}


def closest(event: Event, claims: Sequence[Claim], known: Known) -> Claim | None:
    """Return the claim that has the most slots of an event right; the first of equals, None of none."""
    return max(claims, key=lambda claim: sum(compare(event, claim, known).values()), default=None)


def inexact_spans(text: str, claim: Claim) -> list[str]:
    """Return what is wrong with a claim's spans: out of the text, empty, padded with blanks, or cutting a word."""
    return [
        f"{slot} {start}:{end}"
        for slot, spans in claim.spans.items()
        for start, end in spans
        if not _exact(text, start, end)
    ]


def _exact(text: str, start: int, end: int) -> bool:
    if not 0 <= start < end <= len(text) or text[start:end] != text[start:end].strip():
        return False
    cuts_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cuts_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not (cuts_before or cuts_after)
