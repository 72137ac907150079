"""Builders of terms: target classes, and an agreement like the energy pause with one reading per clause."""

import datetime as dt
from datetime import datetime
from typing import Any

from monitor.model.agreements import Agreement, Answer, Clause, ClauseKind, Party, Reading, TargetClass
from monitor.model.times import Bound, Window
from tests.builders import at


def a_class(
    class_id: str, family: str, *, energy: bool = True, unspecified: bool = False, broad: bool = False
) -> TargetClass:
    label = class_id.replace("_", " ")
    return TargetClass(id=class_id, family=family, energy=energy, unspecified=unspecified, broad=broad, label=label)


CLASSES = {
    one.id: one
    for one in (
        a_class("substation", "power"),
        a_class("power_line", "power"),
        a_class("power_plant", "power"),
        a_class("power_grid", "power", broad=True),
        a_class("oil_depot", "oil"),
        a_class("oil_refinery", "oil"),
        a_class("pumping_station", "oil"),
        a_class("gas_metering", "gas"),
        a_class("gas_production", "gas"),
        a_class("gas_facility", "gas", unspecified=True),
        a_class("heating", "heating"),
        a_class("energy", "energy", unspecified=True),
        a_class("residential", "residential", energy=False),
        a_class("port", "port", energy=False),
    )
}


def a_bound(earliest: str | None, latest: str | None = None, anchor: str = "an announcement") -> Bound:
    first = at(earliest) if earliest else None
    last: datetime | None = at(latest) if latest else first
    return Bound(earliest=first, latest=last, anchor=anchor)


def a_window(
    start: tuple[str, str] = ("2025-03-18T14:00", "2025-03-18T16:30"),
    end: tuple[str, str] = ("2025-04-16T21:00", "2025-04-18T21:00"),
) -> Window:
    return Window(start=a_bound(*start), end=a_bound(*end))


def a_reading(**changes: Any) -> Reading:
    """Return a reading that covers power, oil and energy in general, and counts everything."""
    defaults: dict[str, Any] = {
        "id": "kremlin",
        "holder": "the Kremlin",
        "holder_party": "RU",
        "window": a_window(),
        "covered": frozenset(
            {"substation", "power_line", "power_plant", "oil_depot", "oil_refinery", "pumping_station", "gas_metering"}
        ),
        "excluded": frozenset({"gas_production"}),
        "unclear": frozenset({"heating"}),
        "intercepted_counts": Answer.UNPUBLISHED,
        "debris_counts": Answer.UNPUBLISHED,
        "own_or_occupied_ground_counts": Answer.UNPUBLISHED,
        "references": (),
    }
    return Reading(**defaults | changes)


def a_clause(bound: str = "RU", **changes: Any) -> Clause:
    defaults: dict[str, Any] = {
        "id": f"{bound.lower()}-energy",
        "title": f"{bound} strikes no energy infrastructure",
        "kind": ClauseKind.PROHIBITION,
        "bound": bound,
        "protected": frozenset({"UA", "RU"}),
        "acts": frozenset(),
        "readings": (a_reading(),),
    }
    return Clause(**defaults | changes)


def an_agreement(*clauses: Clause, **changes: Any) -> Agreement:
    """Return an agreement that binds both parties alike, unless clauses are given."""
    defaults: dict[str, Any] = {
        "id": "energy-pause",
        "title": "Energy pause",
        "status": "agreed",
        "date": dt.date(2025, 3, 18),
        "modified": dt.date(2025, 4, 18),
        "summary": "No strikes on energy infrastructure.",
        "references": (),
        "parties": (Party(id="RU", name="Russia"), Party(id="UA", name="Ukraine")),
        "clauses": clauses or (a_clause("RU"), a_clause("UA")),
        "notes": (),
        "remedies": (),
        "false_positives": (),
        "tags": (),
        "agreement_class": "limited ceasefire",
        "rule_version": "0123456789ab",
        "path": "rules/agreements/energy-pause.yaml",
    }
    return Agreement(**defaults | changes)
