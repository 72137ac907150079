"""What people are told when a violation changes."""

from dataclasses import replace
from typing import Any

import pytest

from monitor import judging
from monitor.model.agreements import Verdict
from monitor.model.claims import Basis, ReportedClaim, Stance, Target
from monitor.model.judgements import ChangeKind, Status, Violation
from tests.agreements import CLASSES, an_agreement
from tests.builders import NOON, a_place, a_time
from tests.judging.scenes import GOVERNOR, ODESA, RU_MOD, UTILITY, said_by, summary

ALPHA = said_by("alpha", claimants=(GOVERNOR,))
BETA = said_by("beta", claimants=(UTILITY,))
DENIAL = said_by("gamma", stance=Stance.DENIED, denied_by=(RU_MOD,))


def violation(*claims: ReportedClaim, decided: Status | None = None) -> Violation:
    """Return the violation that these claims make of one incident."""
    incident, agreement = summary(*claims), an_agreement()
    ratings = {party: judging.rate(incident, party, CLASSES, decided=decided) for party in ("RU", "UA")}
    made = judging.assess(incident, [agreement], CLASSES)
    return next(one for one in judging.violations(incident, [agreement], made, ratings) if one.accused == "RU")


def told(before: Violation | None, after: Violation | None) -> ChangeKind | None:
    change = judging.compare(before, after, NOON)
    return change.kind if change else None


def alpha(**slots: Any) -> Violation:
    return violation(said_by("alpha", claimants=(GOVERNOR,), **slots))


REGION = a_place("Sumy Oblast", geonameid=692196, precision=3)

CASES: list[tuple[str, Violation | None, Violation, ChangeKind | None]] = [
    ("first report", None, violation(ALPHA), ChangeKind.NEW),
    ("already dismissed", None, violation(ALPHA, decided=Status.DISMISSED), None),
    ("the same once more", violation(ALPHA), violation(ALPHA), None),
    (
        "another outlet quotes the same governor",
        violation(ALPHA),
        violation(ALPHA, said_by("delta", claimants=(GOVERNOR,))),
        None,
    ),
    ("a separate voice", violation(ALPHA), violation(ALPHA, BETA), ChangeKind.CORROBORATED),
    ("a separate voice is lost", violation(ALPHA, BETA), violation(ALPHA), ChangeKind.CORRECTED),
    ("a denial", violation(ALPHA), violation(ALPHA, DENIAL), ChangeKind.DISPUTED),
    ("a denial and a separate voice", violation(ALPHA), violation(ALPHA, BETA, DENIAL), ChangeKind.DISPUTED),
    ("a second denial", violation(ALPHA, DENIAL), violation(ALPHA, BETA, DENIAL), ChangeKind.CORROBORATED),
    ("a denial is taken back", violation(ALPHA, DENIAL), violation(ALPHA), ChangeKind.CORRECTED),
    ("another place", alpha(), alpha(place=ODESA), ChangeKind.CORRECTED),
    ("a place found more exactly", alpha(place=REGION), alpha(), None),
    (
        "another day",
        alpha(),
        alpha(event_time=a_time("2025-04-05T00:00", "2025-04-05T12:00")),
        ChangeKind.CORRECTED,
    ),
    (
        "a time found more exactly",
        alpha(),
        alpha(event_time=a_time("2025-04-02T03:00", "2025-04-02T04:00")),
        None,
    ),
    ("another target", alpha(), alpha(target=Target(class_id="oil_depot", name=None)), ChangeKind.CORRECTED),
    (
        "a second report names the facility",
        violation(said_by("alpha", claimants=(GOVERNOR,), target=Target(class_id="energy", name=None))),
        violation(
            said_by("alpha", claimants=(GOVERNOR,), target=Target(class_id="energy", name=None)),
            said_by("beta", claimants=(GOVERNOR,)),
        ),
        None,
    ),
    ("the attacker is named at last", alpha(attacker_basis=Basis.INFERRED), alpha(), None),
    ("confirmed", violation(ALPHA), violation(ALPHA, decided=Status.CONFIRMED), ChangeKind.CONFIRMED),
    ("dismissed", violation(ALPHA), violation(ALPHA, decided=Status.DISMISSED), ChangeKind.DISMISSED),
    (
        "a separate voice on what was dismissed",
        violation(ALPHA, decided=Status.DISMISSED),
        violation(ALPHA, BETA, decided=Status.DISMISSED),
        None,
    ),
    ("merged into another", violation(ALPHA), judging.superseded(violation(ALPHA), "I-2"), ChangeKind.WITHDRAWN),
    ("withdrawn", violation(ALPHA), judging.withdrawn(violation(ALPHA)), ChangeKind.WITHDRAWN),
    ("reported anew", judging.withdrawn(violation(ALPHA)), violation(BETA), ChangeKind.REINSTATED),
    ("withdrawn once more", judging.withdrawn(violation(ALPHA)), judging.withdrawn(violation(ALPHA)), None),
]


@pytest.mark.parametrize(("what", "before", "after", "kind"), CASES, ids=[what for what, *_ in CASES])
def test_people_are_told_what_matters_and_nothing_else(
    what: str, before: Violation | None, after: Violation, kind: ChangeKind | None
) -> None:
    assert told(before, after) is kind


def test_a_change_carries_the_violation_as_it_now_stands_and_when_it_was_recorded() -> None:
    after = violation(ALPHA, BETA)
    change = judging.compare(violation(ALPHA), after, NOON)
    assert change is not None
    assert (change.violation, change.recorded_at) == (after, NOON)


def test_a_violation_that_is_gone_is_withdrawn() -> None:
    assert told(violation(ALPHA), None) is ChangeKind.WITHDRAWN
    assert told(None, None) is None


def test_a_breach_under_one_more_reading_is_a_correction() -> None:
    before = violation(ALPHA)
    (only,) = before.assessments
    more = replace(only, reading_id="kyiv", verdict=Verdict.BREACH)
    assert told(before, replace(before, assessments=(only, more))) is ChangeKind.CORRECTED


@pytest.mark.parametrize("decided", [Status.CONFIRMED, Status.DISMISSED])
def test_what_a_person_decided_is_not_withdrawn_by_its_sources(decided: Status) -> None:
    taken_back = judging.withdrawn(violation(ALPHA, decided=decided))
    assert taken_back.rating.status is decided
    assert taken_back.rating.reasons[-1].code == "taken back"
    assert judging.withdrawn(taken_back) == taken_back


def test_people_are_told_that_the_sources_of_a_confirmed_violation_took_it_back() -> None:
    confirmed = violation(ALPHA, decided=Status.CONFIRMED)
    assert told(confirmed, judging.withdrawn(confirmed)) is ChangeKind.CORRECTED


def test_an_admission_by_the_accused_is_told() -> None:
    own_paper = said_by("alpha", claimants=(GOVERNOR,))
    admitted = said_by("alpha", claimants=(RU_MOD,))
    assert told(violation(own_paper), violation(admitted)) is ChangeKind.CORRECTED


def test_why_a_violation_stands_no_more_is_told_apart() -> None:
    stood = violation(ALPHA, BETA)
    loaded = an_agreement(id=stood.agreement_id)
    cases = [
        ("taken back", (ALPHA,), (loaded,)),
        ("taken back", (), ()),
        ("judged otherwise", (ALPHA, BETA, DENIAL), (loaded,)),
        ("not loaded", (ALPHA, BETA), ()),
        ("not loaded", (ALPHA, BETA), (an_agreement(id="another"),)),
    ]
    codes = [judging.why_ended(stood, claims, agreements).code for _, claims, agreements in cases]
    assert codes == [code for code, *_ in cases]
