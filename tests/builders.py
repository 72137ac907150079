"""Builders: every noun with sensible defaults, so that a test names only what it is about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.model.claims import Basis, Claim, Confidence, Outcome, Place, ReportedClaim, Stance, Target
from monitor.model.judgements import Incident, stable_id
from monitor.model.reports import Language, Report, Source
from monitor.model.times import EventTime

#: Noon of a day on which the Kremlin's and Kyiv's readings of the energy pause both bind.
NOON = datetime(2025, 4, 2, 12, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    """Return the instant that an ISO text names; UTC where it names no zone."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def a_source(**changes: Any) -> Source:
    return Source(**{"id": "outlet", "name": "Outlet", "publisher_group": "outlet", "reliability": "B"} | changes)


def a_report(title: str = "Drones hit a substation in Sumy", **changes: Any) -> Report:
    defaults: dict[str, Any] = {
        "id": stable_id("R", title),
        "source": a_source(),
        "title": title,
        "language": Language.ENGLISH,
        "published": NOON,
        "first_seen": NOON + timedelta(minutes=5),
        "url": "https://outlet.example/1",
    }
    return Report(**defaults | changes)


def a_time(start: str, end: str | None = None, precision: int = 1) -> EventTime:
    return EventTime(start=at(start), end=at(end or start), precision=precision)


def a_place(name: str = "Sumy", **changes: Any) -> Place:
    defaults: dict[str, Any] = {
        "geonameid": 692194,
        "lat": 50.9216,
        "lon": 34.80029,
        "precision": 1,
        "country": "UA",
        "region": "UA.21",
    }
    return Place(name=name, **defaults | changes)


def a_claim(**changes: Any) -> Claim:
    """Return Russia's strike on a substation in Sumy on 2 April 2025, asserted and high in confidence."""
    defaults: dict[str, Any] = {
        "id": "c1",
        "act": "strike",
        "target": Target(class_id="substation", name="substation"),
        "attacker": "RU",
        "attacker_basis": Basis.STATED,
        "country": "UA",
        "occupied_by": None,
        "place": a_place(),
        "event_time": a_time("2025-04-02T00:00", "2025-04-02T12:00"),
        "outcome": Outcome.HIT,
        "stance": Stance.ASSERTED,
        "confidence": Confidence.HIGH,
    }
    return Claim(**defaults | changes)


def a_reported_claim(*, report: Report | None = None, **changes: Any) -> ReportedClaim:
    return ReportedClaim(claim=a_claim(**changes), report=report or a_report())


def an_incident(*claims: ReportedClaim, **changes: Any) -> Incident:
    """Return an incident that says what its first claim says."""
    claims = claims or (a_reported_claim(),)
    first = claims[0].claim
    defaults: dict[str, Any] = {
        "id": stable_id("I", first.id),
        "claims": claims,
        "attacker": first.attacker,
        "attacker_inferred": first.attacker_basis is Basis.INFERRED,
        "target": first.target,
        "place": first.place,
        "event_time": first.event_time,
        "country": first.country,
        "occupied_by": first.occupied_by,
    }
    return Incident(**defaults | changes)
