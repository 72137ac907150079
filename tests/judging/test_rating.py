"""Status, dispute and credibility."""

from dataclasses import replace
from typing import Any

import pytest

from monitor import judging
from monitor.model.claims import Actor, Basis, Confidence, Outcome, ReportedClaim, Stance, Target
from monitor.model.judgements import Rating, Status
from monitor.model.reports import Language
from tests.agreements import CLASSES
from tests.builders import a_report, a_reported_claim, a_source, a_time
from tests.judging.scenes import GOVERNOR, RU_MOD, SUMY_REGION, UA_STAFF, UTILITY, another, said_by, summary


def rate(*claims: ReportedClaim, accused: str = "RU", decided: Status | None = None) -> Rating:
    return judging.rate(summary(*claims), accused, CLASSES, decided=decided)


BY_GOVERNOR = said_by("alpha", source={"also": ("Альфа", "Альфа новини")}, claimants=(GOVERNOR,))
MINISTER = Actor(name="the minister", party=None, unnamed=True)
RESIDENTS = Actor(name="residents", party=None)
WEEK = a_time("2025-03-30T00:00", "2025-04-06T00:00", precision=2)
OURS, THEIRS = {"perspective": "UA"}, {"affiliation": "RU"}
ANY = Target(class_id="energy", name=None)

SECOND_VOICES: list[tuple[str, ReportedClaim, bool]] = [
    ("another outlet quoting somebody who speaks for no party", said_by("beta", claimants=(UTILITY,)), True),
    ("another outlet in its own voice", said_by("beta"), True),
    ("another outlet that lets the attacker be inferred", said_by("beta", attacker_basis=Basis.INFERRED), True),
    ("the accused itself", said_by("beta", claimants=(RU_MOD,)), True),
    ("the accuser and, it seems, the accused", said_by("beta", claimants=(GOVERNOR, RU_MOD)), False),
    ("another outlet quoting the same governor", said_by("beta", claimants=(GOVERNOR,)), False),
    ("another official of the same party", said_by("beta", claimants=(UA_STAFF,)), False),
    ("an outlet of the accusing party in its own voice", said_by("beta", source={"affiliation": "UA"}), False),
    ("a minister, nobody knows whose", said_by("beta", claimants=(MINISTER,)), False),
    ("a minister, in an outlet of the same side", said_by("beta", source=OURS, claimants=(MINISTER,)), False),
    ("a minister, in an outlet of the accused", said_by("beta", source=THEIRS, claimants=(MINISTER,)), True),
    ("a minister, nobody knows whose, and residents", said_by("beta", claimants=(MINISTER, RESIDENTS)), True),
    (
        "the first outlet, called an agency",
        said_by("beta", claimants=(Actor(name="the Alpha agency", party=None),)),
        False,
    ),
    ("an outlet that says only which region", said_by("beta", place=SUMY_REGION), False),
    ("an outlet that says only which week", said_by("beta", event_time=WEEK), False),
    ("an outlet that says it was shot down", said_by("beta", outcome=Outcome.INTERCEPTED), False),
    ("an outlet that says that debris came down", said_by("beta", outcome=Outcome.FIRE, by_debris=True), True),
    ("the same publisher group", said_by("beta", source={"publisher_group": "alpha"}, claimants=(UTILITY,)), False),
    ("an outlet that carries the first one's text", said_by("beta", source={"wire": "alpha"}), False),
    ("an outlet that nobody can judge", said_by("beta", source={"reliability": "F"}, claimants=(UTILITY,)), False),
    ("an aggregator", said_by("beta", source={"aggregator": True}, claimants=(UTILITY,)), False),
    ("an outlet that quotes the first one", said_by("beta", claimants=(Actor(name="Alpha", party=None),)), False),
    *(
        (
            f"an outlet that quotes the first one as {name!r}",
            said_by("beta", claimants=(Actor(name=name, party=None),)),
            False,
        )
        for name in ("Альфа", "«Альфы»", "Альфа-новини", "агентство «Альфа новини»")
    ),
    *(
        (f"an outlet that quotes {name!r}", said_by("beta", claimants=(Actor(name=name, party=None),)), True)
        for name in ("Альберт", "Новини дня", "ТРК «Омега»")
    ),
    ("a doubtful claim", said_by("beta", claimants=(UTILITY,), confidence=Confidence.LOW), False),
    ("a claim without a place", said_by("beta", claimants=(UTILITY,), place=None), False),
    ("a claim without a time", said_by("beta", claimants=(UTILITY,), event_time=None), False),
    ("a claim without an attacker", said_by("beta", attacker=None, attacker_basis=None), False),
    ("a denial", said_by("beta", stance=Stance.DENIED, denied_by=(RU_MOD,)), False),
    ("another claim of the same report", another(BY_GOVERNOR, claimants=(UTILITY,)), False),
]


@pytest.mark.parametrize(("who", "second", "corroborated"), SECOND_VOICES, ids=[who for who, _, _ in SECOND_VOICES])
def test_a_governors_claim_is_corroborated_only_by_a_separate_voice(
    who: str, second: ReportedClaim, corroborated: bool
) -> None:
    for claims in ((BY_GOVERNOR, second), (second, BY_GOVERNOR)):
        assert (rate(*claims).status is Status.CORROBORATED) is corroborated


HOSPITAL = Actor(name="the hospital", party=None)


@pytest.mark.parametrize(
    ("who", "first", "second", "published", "corroborated"),
    [
        ("a company under another name", UTILITY, Actor(name="«Обленерго»", party=None), "2025-04-02T15:00", False),
        ("residents in their own word", RESIDENTS, Actor(name="жители", party=None), "2025-04-02T15:00", False),
        ("others in other words, the same day", HOSPITAL, Actor(name="жители", party=None), "2025-04-02T15:00", False),
        ("others in other words, days later", HOSPITAL, Actor(name="жители", party=None), "2025-04-05T15:00", True),
        ("the same governor", GOVERNOR, Actor(name="очільник області", party="UA"), "2025-04-02T15:00", False),
        ("residents beside a governor", GOVERNOR, Actor(name="жители", party=None), "2025-04-02T15:00", True),
    ],
)
def test_a_report_in_another_language_may_be_a_translation(
    who: str, first: Actor, second: Actor, published: str, corroborated: bool
) -> None:
    told = said_by("beta", claimants=(second,), published=published)
    foreign = replace(told, report=replace(told.report, language=Language.RUSSIAN))
    rating = rate(said_by("alpha", claimants=(first,)), foreign)
    assert (rating.status is Status.CORROBORATED) is corroborated, who


def test_two_outlets_that_quote_residents_in_other_words_are_one_claim() -> None:
    local = Actor(name="local residents", party=None)
    assert rate(said_by("alpha", claimants=(RESIDENTS,)), said_by("beta", claimants=(local,))).status is Status.ALLEGED


def test_an_outlet_that_names_the_other_in_another_sentence_of_its_report_does_not_corroborate_it() -> None:
    second = said_by("beta")
    naming = another(second, claimants=(Actor(name="«Альфы»", party=None),))
    assert rate(BY_GOVERNOR, second).status is Status.CORROBORATED
    assert rate(BY_GOVERNOR, second, naming).status is Status.ALLEGED


def test_what_the_accused_answers_in_another_outlet_does_not_corroborate_its_accuser() -> None:
    """A headline names nobody and quotes both sides; the text gives what the accuser says."""
    quoted = (GOVERNOR, RU_MOD)
    headline = said_by("beta", attacker=None, attacker_basis=None, claimants=quoted)
    body = another(headline, attacker_basis=Basis.INFERRED, claimants=quoted)
    assert rate(BY_GOVERNOR, headline, body).status is Status.ALLEGED


def test_two_outlets_that_both_name_the_region_alone_corroborate_each_other() -> None:
    governor = said_by("alpha", claimants=(GOVERNOR,), place=SUMY_REGION)
    assert rate(governor, said_by("beta", place=SUMY_REGION)).status is Status.CORROBORATED


def test_two_outlets_of_which_one_quotes_nobody_knows_whom_are_one_claim() -> None:
    assert rate(said_by("alpha"), said_by("beta", claimants=(MINISTER,))).status is Status.ALLEGED


def test_whom_a_report_names_once_stands_behind_its_headline_too() -> None:
    headline = said_by("beta")
    body = another(headline, claimants=(GOVERNOR,))
    assert rate(BY_GOVERNOR, headline).status is Status.CORROBORATED
    assert rate(BY_GOVERNOR, headline, body).status is Status.ALLEGED


def test_ten_outlets_that_quote_one_governor_are_one_claim() -> None:
    rating = rate(*(said_by(f"outlet{n}", claimants=(GOVERNOR,)) for n in range(10)))
    assert (rating.status, rating.credibility) == (Status.ALLEGED, 3)


def test_two_outlets_that_quote_one_company_are_one_claim() -> None:
    rating = rate(said_by("alpha", claimants=(UTILITY,)), said_by("beta", claimants=(UTILITY,)))
    assert (rating.status, rating.credibility) == (Status.ALLEGED, 3)


def test_two_outlets_that_name_no_attacker_corroborate_no_accusation() -> None:
    rating = rate(said_by("alpha", attacker_basis=Basis.INFERRED), said_by("beta", attacker_basis=Basis.INFERRED))
    assert rating.status is Status.ALLEGED


def wired(outlet: str) -> ReportedClaim:
    return said_by(outlet, source={"wire": "Newswire"})


def test_two_outlets_that_carry_one_wire_are_one_voice() -> None:
    assert rate(wired("alpha"), wired("beta")).status is Status.ALLEGED


@pytest.mark.parametrize(
    ("claimants", "credibility"), [((RU_MOD,), 1), ((GOVERNOR, RU_MOD), 3), ((RU_MOD, GOVERNOR), 3)]
)
def test_a_party_named_as_a_claimant_beside_its_accuser_has_admitted_nothing(
    claimants: tuple[Actor, ...], credibility: int
) -> None:
    assert rate(said_by("alpha", claimants=claimants)).credibility == credibility


def test_who_is_named_beside_its_accuser_does_not_clear_another_party() -> None:
    against_ukraine = said_by("beta", attacker="UA", claimants=(RU_MOD, UA_STAFF))
    reasons = {reason.code for reason in rate(BY_GOVERNOR, against_ukraine).reasons}
    assert "admitted by another" not in reasons


TEXT = "Overnight drones struck a transformer substation near Sumy and crews restored supply by noon"


@pytest.mark.parametrize(
    ("text", "language", "status"),
    [
        (TEXT + " today", Language.ENGLISH, Status.ALLEGED),
        ("A substation at Sumy was hit before dawn, its operator reports", Language.ENGLISH, Status.CORROBORATED),
        # a mirror that adds half an article of its own around the copy
        (
            "From our desk in Lviv, where rain fell all day and the trams stood still. "
            + TEXT
            + ". In other news the city "
            "council will vote on a new park next week, and the philharmonic opens its season with Lysenko on Friday",
            Language.ENGLISH,
            Status.ALLEGED,
        ),
        # the same sentence of the operator in two reports of their own
        (
            "A substation in Sumy region was hit in the night, and crews restored supply by noon, said the operator, "
            "while residents told us of three loud blasts at about four in the morning and of smoke above the plant",
            Language.ENGLISH,
            Status.CORROBORATED,
        ),
    ],
)
def test_nearly_the_same_text_is_one_voice(text: str, language: Language, status: Status) -> None:
    reports = [
        a_report(title, source=a_source(id=name, name=name, publisher_group=name), language=language)
        for name, title in (("alpha", TEXT), ("beta", text))
    ]
    assert rate(*(a_reported_claim(report=report, id=report.id) for report in reports)).status is status


def test_two_officials_of_the_accusing_party_beside_each_others_outlets_stay_one_side() -> None:
    officials = [said_by("alpha", claimants=(GOVERNOR,)), said_by("beta", claimants=(UA_STAFF, GOVERNOR))]
    rating = rate(*officials)
    assert (rating.status, rating.credibility) == (Status.ALLEGED, 3)


INFERRED = {"attacker_basis": Basis.INFERRED}

GRADES: list[tuple[str, tuple[ReportedClaim, ...], int, str]] = [
    ("admitted by the accused", (said_by("a", claimants=(RU_MOD,)),), 1, "admitted"),
    ("admitted, though the other side says so too", (BY_GOVERNOR, said_by("b", claimants=(RU_MOD,))), 1, "admitted"),
    ("corroborated", (BY_GOVERNOR, said_by("b", claimants=(UTILITY,))), 2, "corroborated"),
    ("corroborated, facility not named", (said_by("a", target=ANY), said_by("b", target=ANY)), 4, "facility not named"),
    ("corroborated where one names the attacker", (BY_GOVERNOR, said_by("b", **INFERRED)), 2, "corroborated"),
    ("two that name no attacker", (said_by("a", **INFERRED), said_by("b", **INFERRED)), 4, "attacker inferred"),
    ("one side, claimant named", (BY_GOVERNOR,), 3, "one side"),
    ("claimant unnamed", (said_by("a"),), 4, "claimant unnamed"),
    ("claimant an office without a name", (said_by("a", claimants=(MINISTER,)),), 4, "claimant unnamed"),
    ("an office beside a named one", (said_by("a", claimants=(MINISTER, GOVERNOR)),), 3, "one side"),
    ("attacker inferred", (said_by("a", claimants=(GOVERNOR,), **INFERRED),), 4, "attacker inferred"),
    ("facility not named", (said_by("a", claimants=(GOVERNOR,), target=ANY),), 4, "facility not named"),
    ("doubtful reading", (said_by("a", claimants=(GOVERNOR,), confidence=Confidence.LOW),), 4, "low confidence"),
    ("admitted by inference is no admission", (said_by("a", claimants=(RU_MOD,), **INFERRED),), 4, "attacker inferred"),
    (
        "pieced together",
        (said_by("a", attacker=None, attacker_basis=None), said_by("b", claimants=(GOVERNOR,), place=None)),
        4,
        "pieced together",
    ),
    (
        "the other side admits it",
        (BY_GOVERNOR, said_by("b", attacker="UA", claimants=(UA_STAFF,))),
        5,
        "admitted by another",
    ),
    (
        "the party that was struck denies it",
        (said_by("a"), said_by("b", stance=Stance.DENIED, denied_by=(UA_STAFF,))),
        5,
        "denied by the struck",
    ),
    (
        "inferred, while a report names another",
        (said_by("a", **INFERRED), said_by("b", attacker="UA", claimants=(RU_MOD,))),
        5,
        "another named",
    ),
    ("nobody is accused", (said_by("a", attacker=None, attacker_basis=None),), 6, "no attacker"),
    ("nobody says when", (said_by("a", event_time=None),), 6, "too little"),
    ("nobody says where", (said_by("a", place=None),), 6, "too little"),
]


@pytest.mark.parametrize(("case", "claims", "grade", "code"), GRADES, ids=[case for case, *_ in GRADES])
def test_credibility_follows_the_glossary_and_says_why(
    case: str, claims: tuple[ReportedClaim, ...], grade: int, code: str
) -> None:
    rating = rate(*claims)
    assert rating.credibility == grade
    assert code in {reason.code for reason in rating.reasons}


def test_a_denial_of_this_very_event_disputes_it_and_names_who_denies() -> None:
    rating = rate(BY_GOVERNOR, said_by("beta", stance=Stance.DENIED, denied_by=(RU_MOD,)))
    assert (rating.disputed, rating.denied_by, rating.status) == (True, (RU_MOD,), Status.ALLEGED)


def test_a_denial_within_the_claim_disputes_it() -> None:
    rating = rate(said_by("alpha", claimants=(GOVERNOR,), denied_by=(RU_MOD,)))
    assert (rating.disputed, rating.denied_by) == (True, (RU_MOD,))


def test_a_denial_that_the_other_side_did_it_does_not_dispute_this_accusation() -> None:
    other = said_by("beta", stance=Stance.DENIED, attacker="UA", denied_by=(UA_STAFF,))
    assert not rate(BY_GOVERNOR, other).disputed


def test_where_both_blame_each_other_both_accusations_are_disputed() -> None:
    claims = (BY_GOVERNOR, said_by("beta", attacker="UA", claimants=(RU_MOD,)))
    assert [rate(*claims, accused=party).disputed for party in ("RU", "UA")] == [True, True]


def test_nothing_is_disputed_without_a_denial() -> None:
    rating = rate(BY_GOVERNOR)
    assert (rating.disputed, rating.denied_by) == (False, ())


def test_it_is_withdrawn_when_no_report_of_the_event_is_left() -> None:
    assert rate(said_by("alpha", stance=Stance.DENIED)).status is Status.WITHDRAWN


DECISIONS: list[tuple[Status, int | None]] = [
    (Status.CONFIRMED, 1),
    (Status.DISMISSED, 5),
    (Status.SUPERSEDED, 3),
]


@pytest.mark.parametrize(("decided", "credibility"), DECISIONS)
def test_what_a_person_decided_stands(decided: Status, credibility: int) -> None:
    rating = rate(BY_GOVERNOR, decided=decided)
    assert (rating.status, rating.credibility) == (decided, credibility)


@pytest.mark.parametrize("computed", [Status.ALLEGED, Status.CORROBORATED, Status.WITHDRAWN])
def test_a_status_that_no_person_gives_is_found_anew(computed: Status) -> None:
    assert rate(BY_GOVERNOR, decided=computed).status is Status.ALLEGED


def test_the_party_struck_on_occupied_ground_is_who_holds_it() -> None:
    crimea: dict[str, Any] = {"attacker": "UA", "country": "UA", "occupied_by": "RU"}
    one, other = said_by("a", claimants=(RU_MOD,), **crimea), said_by("b", source={"affiliation": "RU"}, **crimea)
    assert rate(one, other, accused="UA").status is Status.ALLEGED
