"""Who held a place at a time, as `seeds/control.yaml` says; never inferred from anything else."""

from collections.abc import Mapping, Sequence

from monitor.model.claims import Place
from monitor.model.geography import Control
from monitor.model.reports import PartyId
from monitor.model.times import EventTime

#: The answer where sources say that a place was contested, or that it changed hands within the event's interval.
UNKNOWN_HOLDER = "unknown"
_CONTESTED = "contested"


def holder(place: Place | None, time: EventTime | None, control: Mapping[str, Sequence[Control]]) -> PartyId | None:
    """Return who held the place: a party id, "unknown" where contested or unclear, None where the country is unknown.

    `control` has the entries of each area. A settlement's own decide before its region's; a place without any is
    held by its recognised country. Without a time only an answer that is the same for all times is given.
    """
    if place is None or place.country is None:
        return None
    named = (str(place.geonameid) if place.geonameid is not None else None, place.region)
    for area in named:
        entries = control.get(area, ()) if area is not None else ()
        holders = {entry.holder for entry in entries if _overlaps(entry, time)}
        covered = any(_covers(entry, time) for entry in entries)
        if holders and not covered:
            holders.add(place.country)
        if holders:
            found = holders.pop()
            return UNKNOWN_HOLDER if holders or found == _CONTESTED else found
    return place.country


def occupied_by(
    place: Place | None, time: EventTime | None, control: Mapping[str, Sequence[Control]]
) -> PartyId | None:
    """Return who held the place against its country's will: a party id, "unknown", or None where nobody did."""
    found = holder(place, time, control)
    return None if place is None or found == place.country else found


def _overlaps(entry: Control, time: EventTime | None) -> bool:
    return time is None or (entry.start <= time.end and (entry.end is None or time.start < entry.end))


def _covers(entry: Control, time: EventTime | None) -> bool:
    return time is not None and entry.start <= time.start and (entry.end is None or time.end <= entry.end)
