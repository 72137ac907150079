"""What a person types to correct an incident -> the correction."""

from datetime import timedelta

from monitor.bootstrap import Records
from monitor.catalogue.data import data_roots
from monitor.catalogue.geography import load_control, load_gazetteer
from monitor.catalogue.knowledge import seed_folders
from monitor.catalogue.target_classes import load_target_classes
from monitor.cli.context import parse_time
from monitor.deciding import Terms
from monitor.errors import UsageError
from monitor.extraction.places import occupied_by
from monitor.model.claims import Place
from monitor.model.decisions import Correction
from monitor.model.geography import Gazetteer, GazetteerPlace, PlaceKind, by_area
from monitor.model.judgements import Incident, Slot
from monitor.model.times import EventTime
from monitor.settings import Settings

#: Written for an attacker whom nobody knows.
UNKNOWN = "unknown"
_PRECISION = {PlaceKind.FACILITY: 1, PlaceKind.SETTLEMENT: 1, PlaceKind.DISTRICT: 2}
#: At most so many places of one name are listed.
_LISTED = 8


def terms_of(records: Records) -> Terms:
    """Return what decisions are judged by."""
    classes = load_target_classes(records.roots)
    return Terms(agreements=records.agreements, classes=classes, audience=records.audience)


def correction(
    settings: Settings, *, place: str | None, time: str | None, attacker: str | None, known: Incident | None
) -> Correction:
    """Return what is corrected; None leaves a slot as it is.

    Args:
        settings: where the gazetteer is found.
        place: a name or GeoNames id.
        time: a day, or two instants with a stroke between them.
        attacker: a party, or "unknown".
        known: the incident: who held a corrected place depends on when it happened.

    Raises:
        UsageError: a place that is not in the gazetteer, or several; a time that is none.
    """
    slots = [slot for slot, said in ((Slot.PLACE, place), (Slot.TIME, time), (Slot.ATTACKER, attacker)) if said]
    when = None if not time else event_time(time)
    made = Correction(
        slots=tuple(slots), event_time=when, attacker=None if not attacker or attacker == UNKNOWN else attacker
    )
    if not place:
        return made
    seeds = seed_folders(data_roots(settings.rules_dir))
    where = find_place(load_gazetteer(seeds), place)
    happened = when or (known.event_time if known is not None else None)
    return Correction(
        slots=made.slots,
        place=where,
        country=where.country,
        occupied_by=occupied_by(where, happened, by_area(load_control(seeds))),
        event_time=made.event_time,
        attacker=made.attacker,
    )


def event_time(text: str) -> EventTime:
    """Return the stretch of time that a person names: "2025-03-20", or "2025-03-20T01:00Z/2025-03-20T05:00Z".

    Raises:
        UsageError: it is none, or ends before it starts.
    """
    first, _, last = text.partition("/")
    start, end = parse_time(first, "--time"), parse_time(last or first, "--time", end_of_day=True)
    if start is None or end is None or end < start:
        raise UsageError(f"--time: {text!r} ends before it starts; write FROM/TO")
    length = end - start
    return EventTime(
        start=start, end=end, precision=1 if length <= timedelta(days=1) else 2 if length <= timedelta(days=7) else 3
    )


def find_place(gazetteer: Gazetteer, text: str) -> Place:
    """Return the one place of the gazetteer that has this name or GeoNames id.

    Raises:
        UsageError: there is none, or there are several; they are listed with their ids.
    """
    wanted = text.strip().casefold()
    found = [
        one
        for one in gazetteer.places.values()
        if one.geonameid > 0 and wanted in (str(one.geonameid), one.name.casefold())
    ]
    if len(found) == 1:
        return _place(found[0])
    if not found:
        raise UsageError(f"--place: the gazetteer has no {text!r}; write its usual English name or its GeoNames id")
    found.sort(key=lambda one: -one.population)
    listed = ", ".join(f"{one.geonameid} ({one.kind} in {one.region or one.country})" for one in found[:_LISTED])
    raise UsageError(f"--place: {len(found)} places are called {text!r}; name one by its id: {listed}")


def _place(found: GazetteerPlace) -> Place:
    return Place(
        name=found.name,
        geonameid=found.geonameid,
        lat=found.lat,
        lon=found.lon,
        precision=_PRECISION.get(PlaceKind(found.kind), 3),
        country=found.country or None,
        region=found.region,
    )
