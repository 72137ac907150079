"""Scores against cases worked by hand; the reader is a table from text to what it claims."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from monitor.evaluation import Counts, Evaluation, Event, Example, Share, as_dict, as_text, evaluate
from monitor.model.agreements import TargetClass
from monitor.model.claims import Actor, Basis, Claim, Confidence, Extracted, Outcome, Stance, Tally, TallyKind, Target
from monitor.model.reports import Language, Report
from tests.builders import a_claim, a_place, a_time

CLASSES = {
    name: TargetClass(id=name, family=family, energy=energy, unspecified=False, label=name)
    for name, family, energy in [
        ("substation", "electricity", True),
        ("power_line", "electricity", True),
        ("oil_depot", "oil", True),
        ("oil_refinery", "oil", True),
        ("energy", "energy", True),
        ("residential", "civil", False),
    ]
}


def an_example(title: str = "text", *, strike: bool = True, **changes: Any) -> Example:
    defaults: dict[str, Any] = {
        "id": title,
        "language": Language.ENGLISH,
        "title": title,
        "published": datetime(2025, 4, 2, 12, tzinfo=UTC),
        "energy_strike": strike,
        "event": Event(),
    }
    return Example(**defaults | changes)


def reader(answers: Mapping[str, tuple[Claim, ...]]) -> Callable[[Report], Extracted]:
    return lambda report: Extracted(language=report.language, claims=answers.get(report.title, ()))


def scored(example: Example, *claims: Claim) -> Evaluation:
    return evaluate([example], reader({example.title: claims}), CLASSES)


def a_tally(target_class: str = "energy") -> Tally:
    return Tally(
        id="t1",
        claimant=Actor(name="ministry", party="RU"),
        accused="UA",
        target_class=target_class,
        count=14,
        kind=TallyKind.INCREMENT,
        start=None,
        end=None,
        span=(0, 4),
    )


def test_precision_and_recall_are_counted_over_all_and_by_language() -> None:
    examples = [
        an_example("a"),
        an_example("b"),
        an_example("c", language=Language.UKRAINIAN),
        an_example("d", strike=False, kind="talks"),
        an_example("e", strike=False, kind="threat", language=Language.UKRAINIAN),
    ]
    found = reader({"a": (a_claim(),), "c": (a_claim(),), "d": (a_claim(),)})
    score = evaluate(examples, found, CLASSES)
    assert score.overall == Counts(true_positive=2, false_positive=1, false_negative=1, true_negative=1)
    assert score.by_language["uk"] == Counts(true_positive=1, true_negative=1)
    assert score.rejected == {"talks": Share(right=0, total=1), "threat": Share(right=1, total=1)}
    assert [(error.example.id, error.what) for error in score.errors] == [("b", "missed"), ("d", "false alarm")]


@pytest.mark.parametrize("stance", list(Stance))
def test_only_a_claim_that_reports_an_event_makes_a_text_positive(stance: Stance) -> None:
    score = scored(an_example(strike=False), a_claim(stance=stance))
    assert score.overall.false_positive == (stance in (Stance.ASSERTED, Stance.ALLEGED))


def test_a_claim_on_something_else_than_energy_is_no_positive() -> None:
    score = scored(an_example(strike=False), a_claim(target=Target(class_id="residential", name="house")))
    assert score.overall == Counts(true_negative=1)


@pytest.mark.parametrize(("target", "positive"), [("energy", True), ("residential", False)])
def test_a_tally_of_attacks_on_energy_makes_a_text_positive(target: str, positive: bool) -> None:
    extracted = Extracted(language=Language.ENGLISH, tallies=(a_tally(target),))
    score = evaluate([an_example(tally=True)], lambda _: extracted, CLASSES)
    assert score.overall.true_positive == positive
    assert score.tallies == Share(right=int(positive), total=1)


@pytest.mark.parametrize(
    ("event", "claim", "slot", "right"),
    [
        (Event(attacker="RU"), {}, "attacker", True),
        (Event(attacker="UA"), {}, "attacker", False),
        (Event(attacker_labelled=True), {"attacker": None, "attacker_basis": None}, "attacker", True),
        (Event(attacker_labelled=True), {}, "attacker", False),
        (Event(attacker_basis=Basis.INFERRED), {}, "attacker basis", False),
        (Event(country="UA"), {}, "country", True),
        (Event(country="UA"), {"occupied_by": "RU"}, "country", False),
        (Event(country="UA"), {"occupied_by": "unknown"}, "country", True),
        (Event(country="UA", occupied_by="RU"), {"occupied_by": "RU"}, "country", True),
        (Event(country="UA", occupied_by="RU"), {}, "country", False),
        (Event(target="power_line"), {}, "target family", True),
        (Event(target="oil_depot"), {}, "target family", False),
        (Event(target="energy"), {}, "target family", True),
        (Event(target="substation"), {"target": Target(class_id="energy", name=None)}, "target family", False),
        (Event(region="Sumy Oblast"), {}, "region", True),
        (Event(place="Суми"), {}, "settlement", True),
        (Event(place="Суми"), {"place": None}, "settlement", False),
        (Event(outcome=Outcome.FIRE), {}, "outcome", False),
        (Event(stance=Stance.ALLEGED), {}, "stance", False),
        (Event(claimant="UA"), {"claimants": (Actor(name="governor", party="UA"),)}, "claimant", True),
        (Event(claimant="UA"), {}, "claimant", False),
    ],
)
def test_a_labelled_slot_is_right_or_wrong(event: Event, claim: dict[str, Any], slot: str, right: bool) -> None:
    score = scored(an_example(event=event), a_claim(**claim))
    assert score.slots == {slot: Share(right=int(right), total=1)}
    assert score.slots_by_language[slot] == {"en": Share(right=int(right), total=1)}
    assert (slot in {error.what for error in score.errors}) != right


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        ("2025-04-01T21:00", "2025-04-02T21:00", True),  # the whole local day in summer time
        ("2025-04-02T02:00", "2025-04-02T02:00", True),
        ("2025-04-01T12:00", "2025-04-02T12:00", False),  # begins on the day before
        ("2025-04-02T12:00", "2025-04-03T12:00", False),
    ],
)
def test_an_event_time_is_right_within_the_labelled_local_day(start: str, end: str, right: bool) -> None:
    day = date(2025, 4, 2)
    score = scored(an_example(event=Event(event_date=(day, day))), a_claim(event_time=a_time(start, end)))
    assert score.slots["event date"] == Share(right=int(right), total=1)


def test_the_claim_closest_to_the_label_is_compared_and_others_may_meet_further_events() -> None:
    depot, house = Target(class_id="oil_depot", name="depot"), a_place("Lubny", region="UA.18")
    example = an_example(
        event=Event(target="oil_depot", place="Lubny"),
        also=(Event(target="substation", place="Sumy"), Event(target="oil_refinery", place="Kremenchuk")),
    )
    score = scored(example, a_claim(id="c1"), a_claim(id="c2", target=depot, place=house))
    assert score.slots["settlement"] == Share(right=1, total=1)
    # The substation is met by the first claim; no claim is left for the refinery.
    assert score.further_events == Share(right=1, total=2)
    assert [error.what for error in score.errors if error.what == "further event"] == ["further event"]


def test_every_claim_of_a_report_is_to_be_accounted_for_by_a_labelled_event() -> None:
    refinery = Target(class_id="oil_refinery", name="refinery")
    example = an_example(event=Event(attacker="RU", target="substation"), also=(Event(target="power_line"),))
    claims = (
        a_claim(id="c1"),
        a_claim(id="c2", attacker="UA"),  # fits the power line, whose attacker nobody labelled
        a_claim(id="c3", target=refinery),  # of a family that no label names
        a_claim(id="c4", target=refinery, attacker=None, attacker_basis=None),
    )
    score = scored(example, *claims)
    assert score.accounted == Share(right=2, total=4)
    # Three claims accuse somebody, one of them a party that no label accuses.
    assert score.wrong_party == Share(right=1, total=3)


def test_slots_are_not_scored_where_no_claim_is_found() -> None:
    assert scored(an_example(event=Event(attacker="RU"))).slots == {}


def test_a_pure_denial_is_to_be_kept_as_denied() -> None:
    example = an_example(strike=False, kind="denial", event=Event(stance=Stance.DENIED))
    assert scored(example, a_claim(stance=Stance.DENIED)).denials == Share(right=1, total=1)
    lost = scored(example)
    assert lost.denials == Share(right=0, total=1)
    assert [error.what for error in lost.errors] == ["denial"]


@pytest.mark.parametrize(
    ("span", "exact"),
    [
        ((0, 6), True),
        ((7, 10), True),
        ((0, 5), False),
        ((1, 6), False),
        ((6, 10), False),
        ((7, 11), False),
        ((3, 3), False),
    ],
)
def test_a_span_is_exact_when_it_holds_whole_words_of_the_text(span: tuple[int, int], exact: bool) -> None:
    score = scored(an_example("Drones hit"), a_claim(spans={"act": (span,)}))
    assert score.spans == Share(right=int(exact), total=1)


def test_examples_that_readers_were_not_sure_of_are_counted_apart() -> None:
    examples = [an_example("a"), an_example("b", sure=False), an_example("c", sure=False)]
    found = reader(
        {"a": (a_claim(),), "b": (a_claim(confidence=Confidence.LOW),), "c": (a_claim(confidence=Confidence.HIGH),)}
    )
    score = evaluate(examples, found, CLASSES)
    assert score.overall == Counts(true_positive=1)
    assert score.unsure == Counts(true_positive=2)
    assert score.unsure_low == Share(right=1, total=2)


def test_the_table_shows_figures_and_errors_with_their_texts() -> None:
    score = evaluate(
        [an_example("Depot burns"), an_example("Talks go on", strike=False, kind="talks")], reader({}), CLASSES
    )
    shown = as_text(score)
    assert "missed: Depot burns (en)" in shown
    assert "talks" in shown
    assert "0.000 [0.000, 0.793] 0/1" in shown  # Wilson: z² / (1 + z²) = 3.841459 / 4.841459


def test_the_texts_of_a_frozen_set_can_stay_unseen() -> None:
    score = evaluate([an_example("Depot burns")], reader({}), CLASSES)
    assert "Depot burns" not in as_text(score, errors=False)
    assert "Depot burns" not in json.dumps(as_dict(score, errors=False))


def test_hostile_texts_reach_the_terminal_as_harmless_letters() -> None:
    score = evaluate([an_example("Depot \x1b[31mburns")], reader({}), CLASSES)
    assert "\x1b" not in as_text(score)


def test_the_plain_form_survives_json() -> None:
    score = scored(an_example(event=Event(attacker="RU")), a_claim())
    plain = json.loads(json.dumps(as_dict(score)))
    assert plain["overall"]["true_positive"] == 1
    assert plain["slots"]["attacker"]["share"] == 1.0
    assert plain["examples"] == 1


def test_an_undated_example_gives_an_undated_report() -> None:
    report = an_example(published=None).report()
    assert report.published is None
    assert report.first_seen.utcoffset() == timedelta(0)
