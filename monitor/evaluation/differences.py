"""How two vocabularies read the same text differently: claims gained, lost, and slots read otherwise. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monitor.model.claims import Actor, Claim, Extracted, Tally
from monitor.model.forms import event_time_as_dict
from monitor.model.reports import Report
from monitor.model.text import encodable, one_line


@dataclass(frozen=True, kw_only=True)
class SlotChange:
    """One slot of one claim, as it was read and as it is read; "-" for nothing."""

    slot: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ClaimChange:
    """A claim that both vocabularies find, and the slots that differ."""

    claim: Claim
    slots: tuple[SlotChange, ...]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What differs in one text."""

    report: Report
    changed: tuple[ClaimChange, ...]
    gained: tuple[Claim, ...]
    lost: tuple[Claim, ...]
    tallies_gained: tuple[Tally, ...]
    tallies_lost: tuple[Tally, ...]


def _actors(actors: Sequence[Actor]) -> str:
    return ", ".join(f"{one.name} ({one.party or '?'})" for one in actors)


def _time(claim: Claim) -> str:
    shown = event_time_as_dict(claim.event_time)
    return f"{shown['from']}/{shown['to']} ({shown['precision']})" if shown else ""


#: What is compared, in the order in which it is shown. Where words stand in the text is not: it follows from these.
SLOTS: Mapping[str, Callable[[Claim], str]] = {
    "stance": lambda claim: claim.stance.value,
    "class": lambda claim: claim.target.class_id,
    "facility": lambda claim: claim.target.facility_id or "",
    "act": lambda claim: claim.act,
    "outcome": lambda claim: claim.outcome.value,
    "attacker": lambda claim: claim.attacker or "",
    "attacker basis": lambda claim: claim.attacker_basis.value if claim.attacker_basis else "",
    "claimants": lambda claim: _actors(claim.claimants),
    "denied by": lambda claim: _actors(claim.denied_by),
    "country": lambda claim: claim.country or "",
    "occupied by": lambda claim: claim.occupied_by or "",
    "place": lambda claim: claim.place.name if claim.place else "",
    "event time": _time,
    "weapon": lambda claim: claim.weapon or "",
    "confidence": lambda claim: claim.confidence.value,
}

#: By what two readings of a text are about the same: the surest first.
_SAME: Sequence[Callable[[Claim], object]] = (
    lambda claim: (claim.spans.get("target"), claim.spans.get("act"), claim.target.class_id),
    lambda claim: claim.spans.get("target") or (),
    lambda claim: (claim.spans.get("sentence"), claim.target.class_id),
    lambda claim: claim.spans.get("act") or (),
)


def difference(report: Report, before: Extracted, after: Extracted) -> Difference | None:
    """Return how two readings of one text differ, or None where they say the same."""
    pairs, lost, gained = _paired(before.claims, after.claims)
    changed = [ClaimChange(claim=new, slots=slots) for old, new in pairs if (slots := _slots(old, new))]
    counted_before, counted_after = map(_by_content, (before.tallies, after.tallies))
    found = Difference(
        report=report,
        changed=tuple(changed),
        gained=tuple(gained),
        lost=tuple(lost),
        tallies_gained=tuple(one for key, one in counted_after.items() if key not in counted_before),
        tallies_lost=tuple(one for key, one in counted_before.items() if key not in counted_after),
    )
    same = not (found.changed or found.gained or found.lost or found.tallies_gained or found.tallies_lost)
    return None if same else found


def _paired(
    before: Iterable[Claim], after: Iterable[Claim]
) -> tuple[list[tuple[Claim, Claim]], list[Claim], list[Claim]]:
    """Pair the claims that rest on the same words; return the pairs, and what is left over of each side."""
    old, new = list(before), list(after)
    pairs: list[tuple[Claim, Claim]] = []
    for same in _SAME:
        for one in tuple(old):
            other = next((other for other in new if same(one) and same(other) == same(one)), None)
            if other is not None:
                pairs.append((one, other))
                old.remove(one)
                new.remove(other)
    return pairs, old, new


def _slots(before: Claim, after: Claim) -> tuple[SlotChange, ...]:
    values = ((slot, read(before), read(after)) for slot, read in SLOTS.items())
    return tuple(SlotChange(slot=slot, before=old or "-", after=new or "-") for slot, old, new in values if old != new)


def _by_content(tallies: Iterable[Tally]) -> dict[object, Tally]:
    return {(one.count, one.kind, one.accused, one.target_class, one.start, one.end): one for one in tallies}


def as_text(differences: Sequence[Difference], read: int) -> str:
    """Return the differences for people; `read` is how many texts were compared."""
    lines = []
    for one in differences:
        lines += [f"{one.report.id}  {one_line(one.report.title, 200)}", *map(_indented, _lines(one)), ""]
    gained, lost = sum(len(one.gained) for one in differences), sum(len(one.lost) for one in differences)
    changed = sum(len(one.changed) for one in differences)
    lines.append(f"{len(differences)} of {read} texts are read otherwise")
    lines.append(f"claims: {changed} changed, {gained} gained, {lost} lost")
    return "\n".join(lines)


def _indented(line: str) -> str:
    return f"  {one_line(line)}"


def _lines(one: Difference) -> Iterable[str]:
    for change in one.changed:
        slots = ", ".join(f"{slot.slot} {slot.before} -> {slot.after}" for slot in change.slots)
        yield f"~ {_short(one.report, change.claim)}: {slots}"
    for mark, claims, tallies in (("-", one.lost, one.tallies_lost), ("+", one.gained, one.tallies_gained)):
        for claim in claims:
            slots = ", ".join(f"{name} {value}" for name, read in SLOTS.items() if (value := read(claim)))
            yield f"{mark} {_short(one.report, claim)}: {slots}"
        for tally in tallies:
            yield f"{mark} tally of {tally.count} ({tally.kind.value}) against {tally.accused or '-'}"


def _short(report: Report, claim: Claim) -> str:
    """Return the words that the claim rests on: "hit" on "substation"."""
    quoted = [_quote(report, claim, slot) for slot in ("act", "target")]
    return " on ".join(f'"{words}"' for words in quoted if words)


def _quote(report: Report, claim: Claim, slot: str) -> str:
    text = report.full_text
    return one_line(" ".join(text[start:end] for start, end in claim.spans.get(slot, ())), 60)


def as_dict(one: Difference) -> dict[str, Any]:
    """Return one difference for machines."""
    return {
        "id": one.report.id,
        "title": encodable(one.report.title),
        "changed": [
            {
                "words": _words(one.report, change.claim),
                "slots": {
                    slot.slot.replace(" ", "_"): [encodable(slot.before), encodable(slot.after)]
                    for slot in change.slots
                },
            }
            for change in one.changed
        ],
        **{
            name: [{"words": _words(one.report, claim), "slots": _read(claim)} for claim in claims]
            for name, claims in (("gained", one.gained), ("lost", one.lost))
        },
        "tallies_gained": [_tally(tally) for tally in one.tallies_gained],
        "tallies_lost": [_tally(tally) for tally in one.tallies_lost],
    }


def _words(report: Report, claim: Claim) -> dict[str, str]:
    return {slot: encodable(_quote(report, claim, slot)) for slot in ("act", "target") if slot in claim.spans}


def _read(claim: Claim) -> dict[str, str]:
    return {name.replace(" ", "_"): encodable(value) for name, read in SLOTS.items() if (value := read(claim))}


def _tally(tally: Tally) -> dict[str, Any]:
    return {"count": tally.count, "kind": tally.kind.value, "accused": tally.accused, "class": tally.target_class}
