"""How well reading agrees with labels: precision and recall, by language, by slot, by kind of text.

A text is positive when reading it gives a claim on an energy class with a stance that reports an event (asserted or
alleged), or a tally on an energy class. Figures are over examples that two readers were sure of; the others are counted
apart, because there is no right answer to hold the program to.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from monitor.evaluation.examples import Event, Example
from monitor.evaluation.slots import Known, closest, compare, inexact_spans
from monitor.evaluation.statistics import Counts, Share
from monitor.model.agreements import TargetClass
from monitor.model.claims import Claim, Confidence, Extracted, Stance, Tally
from monitor.model.geography import Gazetteer
from monitor.model.reports import Report

Read = Callable[[Report], Extracted]
#: The kind of a text that reports no strike and whose label names no kind.
OTHER_KIND = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Error:
    """One disagreement: "missed", "false alarm", or the name of a slot; with what was expected and found."""

    example: Example
    what: str
    expected: str
    found: str


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """All figures over one set of examples."""

    examples: int
    overall: Counts
    by_language: Mapping[str, Counts]
    #: Slot -> share right, where a claim was found and the label says something.
    slots: Mapping[str, Share]
    #: Slot -> language -> share right.
    slots_by_language: Mapping[str, Mapping[str, Share]]
    #: Kind of text that reports no strike -> share rejected.
    rejected: Mapping[str, Share]
    #: Kind of text that reports one -> share found.
    found: Mapping[str, Share]
    #: Tallies announced and read as tallies.
    tallies: Share
    #: Labelled events beyond a text's first, each met by a claim of its own with the right family.
    further_events: Share
    #: Pure denials kept as a claim with stance denied.
    denials: Share
    #: Claims in texts that report a strike which agree with a labelled event in family and attacker.
    accounted: Share
    #: Of the claims in such texts that name an attacker where the labels do: those that name a party no label names.
    wrong_party: Share
    #: Claims all of whose spans are exact.
    spans: Share
    #: Examples that readers were not sure of, and how many of those found positive are of low confidence.
    unsure: Counts
    unsure_low: Share
    errors: tuple[Error, ...]


@dataclass
class _Sums:
    """What is added up on the way."""

    examples: int = 0
    overall: Counts = field(default_factory=Counts)
    unsure: Counts = field(default_factory=Counts)
    unsure_low: Share = field(default_factory=Share)
    tallies: Share = field(default_factory=Share)
    further: Share = field(default_factory=Share)
    denials: Share = field(default_factory=Share)
    accounted: Share = field(default_factory=Share)
    wrong_party: Share = field(default_factory=Share)
    spans: Share = field(default_factory=Share)
    by_language: dict[str, Counts] = field(default_factory=dict)
    slots: dict[tuple[str, str], Share] = field(default_factory=dict)
    rejected: dict[str, Share] = field(default_factory=dict)
    found: dict[str, Share] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)


def evaluate(
    examples: Iterable[Example],
    read: Read,
    classes: Mapping[str, TargetClass],
    gazetteer: Gazetteer | None = None,
) -> Evaluation:
    """Read every example and compare what is found with its label.

    Args:
        examples: labelled texts.
        read: the reader under test; pure, called once per example.
        classes: the target classes by id; they say what is energy and of which family.
        gazetteer: names of places, to compare labels in any form with the claims' places; spelling alone without it.
    """
    known, sums = Known(classes=classes, gazetteer=gazetteer), _Sums()
    for example in examples:
        sums.examples += 1
        report = example.report()
        extracted = read(report)
        _add_spans(sums, report.full_text, example, extracted)
        if example.sure:
            _add(sums, example, extracted, known)
        else:
            _add_unsure(sums, example, extracted, known)
    return _evaluation(sums)


def reported(extracted: Extracted, known: Known) -> tuple[Claim, ...]:
    """Return the claims that report an event on energy infrastructure."""
    return tuple(c for c in extracted.claims if c.stance.reports_event and known.is_energy(c.target.class_id))


def counted(extracted: Extracted, known: Known) -> tuple[Tally, ...]:
    """Return the tallies of attacks on energy infrastructure."""
    return tuple(tally for tally in extracted.tallies if known.is_energy(tally.target_class))


def _add(sums: _Sums, example: Example, extracted: Extracted, known: Known) -> None:
    claims, tallies = reported(extracted, known), counted(extracted, known)
    positive = bool(claims or tallies)
    language = example.language.value
    sums.overall = sums.overall.plus(expected=example.energy_strike, found=positive)
    sums.by_language[language] = sums.by_language.get(language, Counts()).plus(
        expected=example.energy_strike, found=positive
    )
    kind = example.kind or OTHER_KIND
    if example.energy_strike:
        sums.found[kind] = sums.found.get(kind, Share()).plus(positive)
        if not positive:
            sums.errors.append(Error(example=example, what="missed", expected="a strike on energy", found="none"))
    else:
        sums.rejected[kind] = sums.rejected.get(kind, Share()).plus(not positive)
        if positive:
            said = "; ".join([_described(claim) for claim in claims] + ["a tally"] * bool(tallies))
            sums.errors.append(Error(example=example, what="false alarm", expected=f"none ({kind})", found=said))
    _add_tally(sums, example, bool(tallies))
    _add_denial(sums, example, extracted)
    if example.energy_strike and claims:
        _add_events(sums, example, claims, known)
        _add_accounts(sums, example, claims, known)


def _add_tally(sums: _Sums, example: Example, found: bool) -> None:
    if not example.tally:
        return
    sums.tallies = sums.tallies.plus(found)
    if not found:
        sums.errors.append(Error(example=example, what="tally", expected="a tally", found="none"))


def _add_denial(sums: _Sums, example: Example, extracted: Extracted) -> None:
    if example.energy_strike or example.event.stance is not Stance.DENIED:
        return
    kept = any(claim.stance is Stance.DENIED for claim in extracted.claims)
    sums.denials = sums.denials.plus(kept)
    if not kept:
        sums.errors.append(Error(example=example, what="denial", expected="kept as denied", found="nothing"))


def _add_events(sums: _Sums, example: Example, claims: tuple[Claim, ...], known: Known) -> None:
    """Score the slots of the main event against the claim closest to it; find others for the further events."""
    best = closest(example.event, claims, known)
    if best is None:
        return
    for slot, right in compare(example.event, best, known).items():
        key = (slot, example.language.value)
        sums.slots[key] = sums.slots.get(key, Share()).plus(right)
        if not right:
            expected = _slot_of_event(example.event, slot)
            sums.errors.append(Error(example=example, what=slot, expected=expected, found=_slot_of_claim(best, slot)))
    left = [claim for claim in claims if claim is not best]
    for event in example.also:
        claim = closest(event, left, known)
        met = claim is not None and compare(event, claim, known).get("target family", True)
        sums.further = sums.further.plus(met)
        if claim is not None and met:
            left.remove(claim)
        else:
            expected = f"{event.target} at {event.place or event.region}"
            sums.errors.append(Error(example=example, what="further event", expected=expected, found="no claim"))


def _add_accounts(sums: _Sums, example: Example, claims: tuple[Claim, ...], known: Known) -> None:
    """Look at every claim from the other side: is there a labelled event that it can be of?"""
    events = (example.event, *example.also)
    parties = {event.attacker for event in events} - {None}
    for claim in claims:
        answers = [compare(event, claim, known) for event in events]
        fits = any(one.get("target family", True) and one.get("attacker", True) for one in answers)
        sums.accounted = sums.accounted.plus(fits)
        if not fits:
            labelled = "; ".join(f"{event.attacker} on {event.target}" for event in events)
            found = f"{claim.attacker}: {_described(claim)}"
            sums.errors.append(Error(example=example, what="unaccounted claim", expected=labelled, found=found))
        if parties and claim.attacker:
            sums.wrong_party = sums.wrong_party.plus(claim.attacker not in parties)


def _add_spans(sums: _Sums, text: str, example: Example, extracted: Extracted) -> None:
    for claim in extracted.claims:
        wrong = inexact_spans(text, claim)
        sums.spans = sums.spans.plus(not wrong)
        if wrong:
            sums.errors.append(Error(example=example, what="spans", expected="exact", found=", ".join(wrong)))


def _add_unsure(sums: _Sums, example: Example, extracted: Extracted, known: Known) -> None:
    claims = reported(extracted, known)
    positive = bool(claims or counted(extracted, known))
    sums.unsure = sums.unsure.plus(expected=example.energy_strike, found=positive)
    if claims:
        sums.unsure_low = sums.unsure_low.plus(all(claim.confidence is Confidence.LOW for claim in claims))


def _evaluation(sums: _Sums) -> Evaluation:
    slots: dict[str, Share] = {}
    by_language: dict[str, dict[str, Share]] = {}
    for (slot, language), share in sums.slots.items():
        before = slots.get(slot, Share())
        slots[slot] = Share(right=before.right + share.right, total=before.total + share.total)
        by_language.setdefault(slot, {})[language] = share
    return Evaluation(
        examples=sums.examples,
        overall=sums.overall,
        by_language=sums.by_language,
        slots=slots,
        slots_by_language=by_language,
        rejected=sums.rejected,
        found=sums.found,
        tallies=sums.tallies,
        further_events=sums.further,
        denials=sums.denials,
        accounted=sums.accounted,
        wrong_party=sums.wrong_party,
        spans=sums.spans,
        unsure=sums.unsure,
        unsure_low=sums.unsure_low,
        errors=tuple(sums.errors),
    )


def _described(claim: Claim) -> str:
    where = claim.place.name if claim.place else "no place"
    return f"{claim.act} on {claim.target.class_id} at {where} ({claim.stance.value}, {claim.outcome.value})"


def _slot_of_event(event: Event, slot: str) -> str:
    occupied = f", held by {event.occupied_by}" if event.occupied_by else ""
    dates = "/".join(day.isoformat() for day in event.event_date) if event.event_date else ""
    values: dict[str, object] = {
        "attacker": event.attacker,
        "attacker basis": event.attacker_basis,
        "country": f"{event.country}{occupied}",
        "target family": event.target,
        "region": event.region,
        "settlement": event.place,
        "event date": dates,
        "outcome": event.outcome,
        "stance": event.stance,
        "claimant": event.claimant,
    }
    return str(values[slot])


def _slot_of_claim(claim: Claim, slot: str) -> str:
    place, when = claim.place, claim.event_time
    occupied = f", held by {claim.occupied_by}" if claim.occupied_by else ""
    values: dict[str, object] = {
        "attacker": claim.attacker,
        "attacker basis": claim.attacker_basis,
        "country": f"{claim.country}{occupied}",
        "target family": claim.target.class_id,
        "region": (place.region or place.name) if place else None,
        "settlement": place.name if place else None,
        "event date": f"{when.start:%Y-%m-%dT%H:%MZ}/{when.end:%Y-%m-%dT%H:%MZ}" if when else None,
        "outcome": claim.outcome,
        "stance": claim.stance,
        "claimant": ", ".join(f"{one.name} ({one.party})" for one in claim.claimants),
    }
    return str(values[slot])
