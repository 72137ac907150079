"""What each reading makes of an incident."""

from collections.abc import Sequence
from typing import Any

import pytest

from monitor import judging
from monitor.model.agreements import Agreement, Answer, ClauseKind, Verdict
from monitor.model.claims import Basis, Confidence, Outcome, Place, ReportedClaim, Stance, Target
from monitor.model.judgements import Assessment, Status
from tests.agreements import CLASSES, a_clause, a_reading, an_agreement
from tests.builders import a_place, a_reported_claim, a_time, at
from tests.judging.scenes import RU_MOD, SUDZHA, UA_STAFF, another, said_by, summary

BREACH, NO_BREACH, UNDETERMINED = Verdict.BREACH, Verdict.NO_BREACH, Verdict.UNDETERMINED
PAUSE = an_agreement()


def assess(*claims: ReportedClaim, agreement: Agreement = PAUSE) -> tuple[Assessment, ...]:
    return judging.assess(summary(*claims), [agreement], CLASSES)


def verdicts(made: Sequence[Assessment]) -> dict[str, Verdict]:
    return {one.accused: one.verdict for one in made}


def under(**reading: Any) -> Agreement:
    """Return an agreement of which both clauses have one reading."""
    return an_agreement(
        a_clause("RU", readings=(a_reading(**reading),)), a_clause("UA", readings=(a_reading(**reading),))
    )


def test_the_ministry_said_that_ukraine_struck_a_substation_accuses_ukraine() -> None:
    claim = said_by("agency", claimants=(RU_MOD,), attacker="UA", country="RU", place=SUDZHA, stance=Stance.ALLEGED)
    assert verdicts(assess(claim)) == {"UA": BREACH}


def test_a_denial_alone_accuses_nobody() -> None:
    denial = said_by("agency", stance=Stance.DENIED, denied_by=(UA_STAFF,), attacker="UA", country="RU", place=SUDZHA)
    assert assess(denial) == ()
    assert judging.match_claims([denial], [PAUSE], CLASSES) == ()


def test_an_assessment_names_incident_agreement_version_clause_reading_and_accused() -> None:
    (made,) = assess(said_by("alpha"))
    assert (made.incident_id, made.agreement_id, made.rule_version) == ("I-1", "energy-pause", "0123456789ab")
    assert (made.clause_id, made.reading_id, made.accused) == ("ru-energy", "kremlin", "RU")


def slots(**changes: Any) -> dict[str, Any]:
    return changes


def target(class_id: str) -> dict[str, Any]:
    return {"target": Target(class_id=class_id, name=None)}


CASES: list[tuple[dict[str, Any], Verdict, str]] = [
    # When.
    (slots(), BREACH, "in window"),
    (slots(event_time=a_time("2025-03-10T00:00", "2025-03-10T12:00")), NO_BREACH, "outside the window"),
    (slots(event_time=a_time("2025-04-20T00:00", "2025-04-20T12:00")), NO_BREACH, "outside the window"),
    (slots(event_time=a_time("2025-03-18T15:00", "2025-03-18T15:30")), UNDETERMINED, "window vague"),
    (slots(event_time=a_time("2025-04-17T10:00", "2025-04-17T12:00")), UNDETERMINED, "window vague"),
    (slots(event_time=a_time("2025-03-10T00:00", "2025-03-25T00:00", precision=3)), UNDETERMINED, "window vague"),
    (slots(event_time=None), UNDETERMINED, "no time"),
    # What.
    (target("power_line"), BREACH, "covered"),
    (target("gas_production"), NO_BREACH, "excluded"),
    (target("heating"), UNDETERMINED, "unclear"),
    (target("energy"), BREACH, "facility not named"),
    (target("gas_facility"), UNDETERMINED, "not listed"),
    # Where.
    (slots(country="PL"), NO_BREACH, "not protected ground"),
    (slots(country=None), BREACH, "protected"),
    (slots(place=None), UNDETERMINED, "no place"),
    (slots(occupied_by="RU"), UNDETERMINED, "own or occupied ground"),
    (slots(occupied_by="unknown"), UNDETERMINED, "occupied_by unknown"),
    (slots(country="RU"), UNDETERMINED, "own or occupied ground"),
    # What came of it, and how sure the reading of the text is.
    (slots(outcome=Outcome.INTERCEPTED), UNDETERMINED, "intercepted"),
    (slots(outcome=Outcome.DEBRIS), UNDETERMINED, "debris"),
    (slots(outcome=Outcome.FIRE, by_debris=True), UNDETERMINED, "debris"),
    (slots(outcome=Outcome.INTERCEPTED, by_debris=True), UNDETERMINED, "debris"),
    (slots(outcome=Outcome.FIRE), BREACH, "covered"),
    (slots(outcome=Outcome.UNKNOWN), BREACH, "covered"),
    (slots(confidence=Confidence.LOW), UNDETERMINED, "low confidence"),
    (slots(attacker_basis=Basis.INFERRED), BREACH, "attacker inferred"),
    # What clears goes before what is missing.
    (slots(event_time=None, country="PL"), NO_BREACH, "not protected ground"),
]


@pytest.mark.parametrize(("claim", "verdict", "code"), CASES)
def test_a_verdict_follows_from_the_slots_and_names_what_decided(
    claim: dict[str, Any], verdict: Verdict, code: str
) -> None:
    (made,) = assess(said_by("alpha", **claim))
    assert made.verdict is verdict
    assert code in {reason.code for reason in made.reasons}
    assert all(reason.text for reason in made.reasons)


SCOPES: list[tuple[dict[str, Any], dict[str, Any], Verdict]] = [
    ({"intercepted_counts": Answer.YES}, slots(outcome=Outcome.INTERCEPTED), BREACH),
    ({"intercepted_counts": Answer.NO}, slots(outcome=Outcome.INTERCEPTED), NO_BREACH),
    ({"intercepted_counts": Answer.NO}, slots(outcome=Outcome.FIRE), BREACH),
    ({"intercepted_counts": Answer.YES}, slots(outcome=Outcome.DEBRIS), UNDETERMINED),
    ({"debris_counts": Answer.YES}, slots(outcome=Outcome.DEBRIS), BREACH),
    ({"debris_counts": Answer.YES}, slots(outcome=Outcome.OUTAGE, by_debris=True), BREACH),
    ({"debris_counts": Answer.YES}, slots(outcome=Outcome.INTERCEPTED), UNDETERMINED),
    ({"debris_counts": Answer.NO}, slots(outcome=Outcome.DEBRIS), NO_BREACH),
    ({"debris_counts": Answer.NO}, slots(outcome=Outcome.HIT), BREACH),
    ({"own_or_occupied_ground_counts": Answer.YES}, slots(occupied_by="RU"), BREACH),
    ({"own_or_occupied_ground_counts": Answer.NO}, slots(occupied_by="RU"), NO_BREACH),
    ({"own_or_occupied_ground_counts": Answer.YES}, slots(occupied_by="unknown"), BREACH),
    ({"own_or_occupied_ground_counts": Answer.NO}, slots(occupied_by="unknown"), UNDETERMINED),
    ({"own_or_occupied_ground_counts": Answer.NO}, slots(occupied_by=None), BREACH),
    (
        {"covered": frozenset({"gas_metering", "gas_production"}), "excluded": frozenset()},
        target("gas_facility"),
        BREACH,
    ),
    ({"covered": frozenset({"gas_facility"})}, target("gas_facility"), BREACH),
    ({"covered": frozenset({"energy"})}, target("energy"), BREACH),
    ({"unclear": frozenset({"energy"})}, target("energy"), UNDETERMINED),
    ({"covered": frozenset({"port"})}, target("port"), BREACH),
    ({"covered": frozenset({"port"})}, target("energy"), UNDETERMINED),
]


@pytest.mark.parametrize(("reading", "claim", "verdict"), SCOPES)
def test_a_reading_decides_by_its_own_scope(reading: dict[str, Any], claim: dict[str, Any], verdict: Verdict) -> None:
    (made,) = assess(said_by("alpha", **claim), agreement=under(**reading))
    assert made.verdict is verdict


DEBRIS = said_by("alpha", outcome=Outcome.FIRE, by_debris=True)
STRUCK, ATTACKED = (
    said_by(outlet, outcome=outcome) for outlet, outcome in (("b", Outcome.FIRE), ("c", Outcome.UNKNOWN))
)
BOTH_TELL: list[tuple[str, tuple[ReportedClaim, ...], Answer, Verdict]] = [
    ("one of debris, one of a strike", (DEBRIS, STRUCK), Answer.UNPUBLISHED, UNDETERMINED),
    ("one of debris, one of a strike, debris does not count", (DEBRIS, STRUCK), Answer.NO, UNDETERMINED),
    ("one of debris, one of a strike, debris counts", (DEBRIS, STRUCK), Answer.YES, BREACH),
    ("one of debris, two of a strike", (DEBRIS, STRUCK, said_by("d")), Answer.UNPUBLISHED, BREACH),
    ("one of debris, one of an attack without its outcome", (DEBRIS, ATTACKED), Answer.UNPUBLISHED, UNDETERMINED),
    ("one report in two sentences", (DEBRIS, another(DEBRIS, outcome=Outcome.HIT)), Answer.UNPUBLISHED, UNDETERMINED),
]


@pytest.mark.parametrize(("who", "claims", "answer", "verdict"), BOTH_TELL, ids=[case for case, *_ in BOTH_TELL])
def test_debris_or_a_strike_is_what_most_outlets_tell_of(
    who: str, claims: tuple[ReportedClaim, ...], answer: Answer, verdict: Verdict
) -> None:
    for order in (claims, claims[::-1]):
        (made,) = assess(*order, agreement=under(debris_counts=answer))
        assert made.verdict is verdict


def test_a_clause_that_protects_one_country_leaves_open_where_the_country_is_not_known() -> None:
    agreement = an_agreement(a_clause("RU", protected=frozenset({"UA"})))
    (made,) = assess(said_by("alpha", country=None), agreement=agreement)
    assert made.verdict is UNDETERMINED


@pytest.mark.parametrize(
    ("act", "verdict"), [("strike", BREACH), ("sabotage", NO_BREACH), ("fire", UNDETERMINED), ("", UNDETERMINED)]
)
def test_a_clause_may_prohibit_certain_acts_only(act: str, verdict: Verdict) -> None:
    agreement = an_agreement(a_clause("RU", acts=frozenset({"strike", "shelling"})))
    (made,) = assess(said_by("alpha", act=act), agreement=agreement)
    assert made.verdict is verdict


def test_a_duty_is_not_breached_by_a_strike() -> None:
    assert assess(said_by("alpha"), agreement=an_agreement(a_clause("RU", kind=ClauseKind.DUTY))) == ()


def test_a_strike_on_homes_is_not_assessed_at_all_where_no_reading_mentions_homes() -> None:
    assert assess(said_by("alpha", **target("residential"))) == ()


@pytest.mark.parametrize(
    ("place", "verdict", "code"),
    [
        (a_place("Kyiv", region="UA.12"), BREACH, "in territory"),
        (a_place("Sumy", region="UA.21"), NO_BREACH, "outside the territory"),
        (a_place("northern Ukraine", region=None, precision=3), UNDETERMINED, "no region"),
    ],
)
def test_a_reading_may_be_limited_to_a_territory(place: Place, verdict: Verdict, code: str) -> None:
    limited = under(territory=frozenset({"UA.12"}))
    (made,) = assess(said_by("alpha", place=place), agreement=limited)
    assert made.verdict is verdict
    assert code in {reason.code for reason in made.reasons}


def test_a_reading_that_lists_no_energy_says_nothing_of_a_strike_on_energy() -> None:
    sea = under(covered=frozenset({"port"}), excluded=frozenset(), unclear=frozenset())
    assert assess(said_by("alpha"), agreement=sea) == ()
    (struck,) = assess(said_by("alpha", **target("port")), agreement=sea)
    assert struck.verdict is BREACH


def test_a_clause_about_everything_concerns_only_what_happened_while_it_may_bind() -> None:
    truce = under(covered=frozenset(CLASSES), excluded=frozenset(), unclear=frozenset())
    (struck,) = assess(said_by("alpha", **target("residential")), agreement=truce)
    assert struck.verdict is BREACH
    before = a_time("2025-03-01T00:00", "2025-03-01T10:00")
    assert assess(said_by("alpha", event_time=before, **target("residential")), agreement=truce) == ()


def test_without_an_attacker_it_is_recorded_as_undetermined_for_the_party_that_does_not_hold_the_ground() -> None:
    made = assess(said_by("alpha", attacker=None, attacker_basis=None))
    assert verdicts(made) == {"RU": UNDETERMINED}
    assert "no attacker" in {reason.code for reason in made[0].reasons}


def test_without_an_attacker_nothing_is_recorded_where_no_clause_would_apply() -> None:
    before = a_time("2025-03-01T00:00", "2025-03-01T12:00")
    assert assess(said_by("alpha", attacker=None, attacker_basis=None, event_time=before)) == ()


def test_where_both_blame_each_other_each_is_assessed_on_the_claims_that_accuse_it() -> None:
    both = (
        said_by("alpha", attacker="UA", claimants=(RU_MOD,), confidence=Confidence.LOW, country="RU", place=SUDZHA),
        said_by("beta", attacker="RU", claimants=(UA_STAFF,), country="RU", place=SUDZHA),
    )
    agreement = under(own_or_occupied_ground_counts=Answer.YES)
    assert verdicts(assess(*both, agreement=agreement)) == {"RU": BREACH, "UA": UNDETERMINED}


def test_what_is_said_to_blame_the_other_side_plays_no_part_in_an_accusation() -> None:
    metering = said_by("alpha", **target("gas_metering"))
    production = said_by("beta", attacker="UA", country="UA", **target("gas_production"))
    agreement = under(own_or_occupied_ground_counts=Answer.YES)
    assert verdicts(assess(metering, production, agreement=agreement)) == {"RU": BREACH, "UA": NO_BREACH}


def test_an_attacker_that_follows_from_the_ground_is_left_open_where_a_report_names_another() -> None:
    inferred = said_by("alpha", attacker_basis=Basis.INFERRED)
    made = assess(inferred, said_by("beta", attacker="UA"), agreement=under(own_or_occupied_ground_counts=Answer.YES))
    assert verdicts(made) == {"RU": UNDETERMINED, "UA": BREACH}


def test_damage_decides_where_another_report_says_intercepted() -> None:
    made = assess(said_by("alpha", outcome=Outcome.INTERCEPTED), said_by("beta", outcome=Outcome.DAMAGED))
    assert verdicts(made) == {"RU": BREACH}


def test_it_is_left_open_where_as_many_reports_name_a_covered_as_an_excluded_target() -> None:
    metering, production = said_by("alpha", **target("gas_metering")), said_by("beta", **target("gas_production"))
    assert verdicts(assess(metering, production)) == {"RU": UNDETERMINED}
    assert verdicts(assess(metering, production, said_by("gamma", **target("gas_metering")))) == {"RU": BREACH}


def test_slots_of_several_reports_together_decide_what_none_decides_alone() -> None:
    when_where = said_by("alpha", attacker=None, attacker_basis=None)
    who = said_by("beta", place=None)
    assert verdicts(assess(when_where, who)) == {"RU": BREACH}


def test_each_reading_gets_its_own_verdict_and_one_violation_carries_them_all() -> None:
    kyiv = a_reading(id="kyiv", holder="Kyiv", unclear=frozenset({"substation"}), covered=frozenset())
    agreement = an_agreement(a_clause("RU", readings=(a_reading(), kyiv)))
    incident = summary(said_by("alpha"))
    made = judging.assess(incident, [agreement], CLASSES)
    ratings = {"RU": judging.rate(incident, "RU", CLASSES)}
    (violation,) = judging.violations(incident, [agreement], made, ratings)
    assert [one.verdict for one in violation.assessments] == [BREACH, UNDETERMINED]
    assert violation.breached_readings == ("kremlin",)
    assert violation.rating.status is Status.ALLEGED
    assert violation.clause_title == "RU strikes no energy infrastructure"


def test_what_no_reading_calls_a_breach_is_no_violation() -> None:
    incident = summary(said_by("alpha", event_time=None))
    made = judging.assess(incident, [PAUSE], CLASSES)
    assert made
    assert judging.violations(incident, [PAUSE], made, {"RU": judging.rate(incident, "RU", CLASSES)}) == ()


def test_each_claim_of_a_report_is_matched_alone() -> None:
    first = said_by("alpha")
    claims = [
        first,
        another(first, attacker="UA", country="RU", place=SUDZHA),
        another(first, 3, stance=Stance.HISTORICAL),
    ]
    matches = judging.match_claims(claims, [PAUSE], CLASSES)
    assert [(one.claim_id, one.accused, one.verdict) for one in matches] == [
        (claims[0].claim.id, "RU", BREACH),
        (claims[1].claim.id, "UA", BREACH),
    ]


def test_without_an_agreement_nothing_can_be_a_violation() -> None:
    assert judging.assess(summary(said_by("alpha")), [], CLASSES) == ()


def test_an_incident_without_claims_is_refused() -> None:
    with pytest.raises(ValueError, match="I-1 has no claims"):
        judging.incident("I-1", [], CLASSES)


def test_an_undated_report_is_left_open() -> None:
    claim = a_reported_claim(event_time=None)
    assert claim.report.first_seen > at("2025-04-02T00:00")
    assert verdicts(assess(claim)) == {"RU": UNDETERMINED}
