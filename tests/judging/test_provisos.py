"""Conditions and exceptions of a reading: what they make of an incident, and what stays open."""

from dataclasses import replace
from typing import Any

import pytest

from monitor.judging.assessing import assess
from monitor.model.agreements import ClauseKind, Verdict
from monitor.model.claims import ReportedClaim
from monitor.model.provisos import Condition, ConditionStatus, ExceptionVerdict, Exemption
from tests.agreements import CLASSES, a_clause, a_reading, an_agreement
from tests.builders import a_place, a_time, at
from tests.judging.scenes import said_by, summary

BREACH, NO_BREACH, UNDETERMINED = Verdict.BREACH, Verdict.NO_BREACH, Verdict.UNDETERMINED
STRUCK_AT = a_time("2025-04-02T08:00", "2025-04-02T09:00")


def judged(claim: ReportedClaim, kind: ClauseKind = ClauseKind.PROHIBITION, **reading: Any) -> tuple[Verdict, str]:
    clause = a_clause("RU", kind=kind, readings=(a_reading(**reading),))
    (made,) = assess(summary(claim), [an_agreement(clause)], CLASSES)
    return made.verdict, "; ".join(reason.code for reason in made.reasons)


def a_strike(**changes: Any) -> ReportedClaim:
    return said_by("alpha", **{"event_time": STRUCK_AT, **changes})


def a_condition(status: str, met_at: str | None = None) -> Condition:
    return Condition(text="ships sail", status=ConditionStatus(status), met_at=at(met_at) if met_at else None)


@pytest.mark.parametrize(
    ("condition", "verdict", "code"),
    [
        (None, BREACH, ""),
        (a_condition("met", "2025-04-01T00:00"), BREACH, ""),
        (a_condition("met", "2025-04-02T08:30"), UNDETERMINED, "condition vague"),
        (a_condition("met", "2025-04-03T00:00"), NO_BREACH, "condition not yet met"),
        (a_condition("not met"), NO_BREACH, "condition not met"),
        (a_condition("unknown"), UNDETERMINED, "condition unknown"),
    ],
)
def test_a_reading_binds_once_its_condition_is_met(condition: Condition | None, verdict: Verdict, code: str) -> None:
    found, codes = judged(a_strike(), condition=condition)
    assert found is verdict
    assert code in codes


def an_exemption(verdict: str = "no breach", priority: int = 0, **selectors: set[str]) -> Exemption:
    sets = {name: frozenset(selectors.get(name, ())) for name in ("classes", "regions", "acts")}
    return Exemption(id=f"x{priority}", title="a case", priority=priority, verdict=ExceptionVerdict(verdict), **sets)


@pytest.mark.parametrize(
    ("exemptions", "verdict"),
    [
        ((an_exemption(classes={"substation"}),), NO_BREACH),
        ((an_exemption(classes={"oil_depot"}),), BREACH),
        ((an_exemption("undetermined", classes={"substation"}),), UNDETERMINED),
        # of two that apply, the one with the greater priority decides, in whatever order they stand
        ((an_exemption(classes={"substation"}), an_exemption("counts", 5, regions={"UA.21"})), BREACH),
        ((an_exemption("counts", 5, regions={"UA.21"}), an_exemption(classes={"substation"})), BREACH),
        ((an_exemption(priority=5, classes={"substation"}), an_exemption("counts", 1, regions={"UA.21"})), NO_BREACH),
        # all selectors of one must fit
        ((an_exemption(classes={"substation"}, regions={"UA.12"}),), BREACH),
        ((an_exemption(classes={"substation"}, regions={"UA.21"}),), NO_BREACH),
    ],
)
def test_an_exception_decides_what_falls_under_it(exemptions: tuple[Exemption, ...], verdict: Verdict) -> None:
    claim = a_strike(place=a_place(region="UA.21"))
    assert judged(claim, exemptions=exemptions)[0] is verdict


def test_where_it_cannot_be_told_whether_an_exception_applies_it_is_left_open() -> None:
    nowhere_exact = a_strike(place=replace(a_place(), region=None))
    exemption = an_exemption(regions={"UA.21"})
    assert judged(nowhere_exact, exemptions=(exemption,)) == (UNDETERMINED, "exception vague")
    counts = an_exemption("counts", regions={"UA.21"})
    assert judged(nowhere_exact, exemptions=(counts,))[0] is BREACH


@pytest.mark.parametrize(
    ("exemptions", "verdict"),
    [
        # what has the greater priority may apply and would decide otherwise
        ((an_exemption("counts", 5, regions={"UA.21"}), an_exemption("no breach", 1)), UNDETERMINED),
        ((an_exemption("undetermined", 5, regions={"UA.21"}), an_exemption("no breach", 1)), UNDETERMINED),
        ((an_exemption("no breach", 5, regions={"UA.21"}), an_exemption("counts", 1)), UNDETERMINED),
        # whichever applies, they decide the same
        ((an_exemption("no breach", 5, regions={"UA.21"}), an_exemption("no breach", 1)), NO_BREACH),
        ((an_exemption("counts", 5, regions={"UA.21"}),), BREACH),
        # what is certain comes first
        ((an_exemption(priority=5, classes={"substation"}), an_exemption("counts", 1, regions={"UA.21"})), NO_BREACH),
    ],
)
def test_an_exception_that_may_apply_decides_nothing_for_sure(
    exemptions: tuple[Exemption, ...], verdict: Verdict
) -> None:
    nowhere_exact = a_strike(place=replace(a_place(), region=None))
    assert judged(nowhere_exact, exemptions=exemptions)[0] is verdict


def test_what_only_tells_how_it_ended_makes_no_act_doubtful() -> None:
    struck = a_strike(act="strike")
    afterwards = said_by("beta", act="fire", event_time=STRUCK_AT)
    clause = a_clause("RU", readings=(a_reading(exemptions=(an_exemption(acts={"strike"}),)),))
    (made,) = assess(summary(struck, afterwards), [an_agreement(clause)], CLASSES)
    assert made.verdict is NO_BREACH


def test_a_standing_duty_is_judged_as_a_prohibition_is() -> None:
    assert judged(a_strike(), kind=ClauseKind.STANDING_DUTY) == judged(a_strike())


@pytest.mark.parametrize("kind", [ClauseKind.DUTY, ClauseKind.WITHDRAWAL])
def test_no_incident_is_held_against_what_is_owed_by_a_time(kind: ClauseKind) -> None:
    clause = a_clause("RU", kind=kind)
    assert assess(summary(a_strike()), [an_agreement(clause)], CLASSES) == ()
