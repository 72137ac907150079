"""Shorthands for judging: reports of given outlets, and what becomes of claims that come in one after the other."""

from collections.abc import Mapping, Sequence
from typing import Any

from monitor import judging
from monitor.judging.nearby import Nearby
from monitor.model.claims import Actor, ReportedClaim
from monitor.model.judgements import Incident, Join
from tests.agreements import CLASSES
from tests.builders import a_place, a_report, a_reported_claim, a_source, at

RU_MOD = Actor(name="Russian Ministry of Defence", party="RU")
UA_STAFF = Actor(name="General Staff of Ukraine", party="UA")
GOVERNOR = Actor(name="Governor of Sumy", party="UA")
UTILITY = Actor(name="Grid operator", party=None)

SUDZHA = a_place("Sudzha", geonameid=486811, lat=51.19, lon=35.27, country="RU", region="RU.41")
KROPOTKIN = a_place("Kropotkin", geonameid=540761, lat=45.434, lon=40.576, country="RU", region="RU.38")
KAVKAZSKAYA = a_place("Kavkazskaya", geonameid=551964, lat=45.444, lon=40.672, country="RU", region="RU.38")
SUMY_REGION = a_place("Sumy Oblast", geonameid=692196, lat=51.0, lon=34.0, precision=3)
ODESA = a_place("Odesa", geonameid=698740, lat=46.477, lon=30.733, region="UA.17")


def said_by(outlet: str, *, published: str = "2025-04-02T12:00", source: Any = None, **claim: Any) -> ReportedClaim:
    """Return a claim of one outlet's report; `source` changes the outlet. Its text is its own."""
    report = a_report(
        f"{outlet} {outlet}1 {outlet}2 {outlet}3 {outlet}4",
        source=a_source(**{"id": outlet, "name": outlet.title(), "publisher_group": outlet} | (source or {})),
        published=at(published),
        first_seen=at(published),
    )
    return a_reported_claim(report=report, **{"id": f"{report.id}.1/1"} | claim)


def another(reported: ReportedClaim, number: int = 2, **claim: Any) -> ReportedClaim:
    """Return a further claim of the same report."""
    return a_reported_claim(report=reported.report, **{"id": f"{reported.report.id}.1/{number}"} | claim)


def summary(*claims: ReportedClaim, incident_id: str = "I-1") -> Incident:
    return judging.incident(incident_id, claims, CLASSES)


def _near(known: Mapping[str, ReportedClaim]) -> Nearby:
    told = tuple(known.values())
    return Nearby(lambda _start, _end: told, CLASSES)


def joins_of(claims: Sequence[ReportedClaim], *, at_once: bool = False) -> dict[str, Join]:
    """Return where each claim stands, and why, when they come in this order, one by one or all at once."""
    joins: dict[str, Join] = {}
    known: dict[str, ReportedClaim] = {}
    for batch in [claims] if at_once else [[one] for one in claims]:
        known |= {one.claim.id: one for one in batch}
        done = judging.regroup(batch, (), _near(known), _stored(joins, known), CLASSES)
        joins |= {one.claim_id: one for one in done.joins}
        for claim_id in done.left:
            del joins[claim_id]
    return joins


def incidents_of(claims: Sequence[ReportedClaim], *, at_once: bool = False) -> dict[str, list[str]]:
    """Return which claims stand in which incident when they come in this order, one by one or all at once."""
    joins = joins_of(claims, at_once=at_once)
    members: dict[str, list[str]] = {}
    for one in claims:
        if one.claim.id in joins:
            members.setdefault(joins[one.claim.id].incident_id, []).append(one.claim.id)
    return members


def _stored(joins: Mapping[str, Join], known: Mapping[str, ReportedClaim]) -> judging.Stored:
    return judging.Stored(
        join_of=joins.get,
        members=lambda incident: [known[key] for key, join in joins.items() if join.incident_id == incident],
    )
