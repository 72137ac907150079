"""Two readings of one text, claim by claim."""

from typing import Any

from monitor.evaluation.differences import difference
from monitor.model.claims import Actor, Claim, Extracted, Outcome, Stance, Tally, TallyKind, Target
from monitor.model.reports import Language
from tests.builders import NOON, a_claim, a_report

TITLE = "Drones hit a substation and a refinery in Sumy"
REPORT = a_report(TITLE)


def claim(target: str = "substation", **changes: Any) -> Claim:
    spans = {"act": (_span("hit"),), "target": (_span(target),), "sentence": ((0, len(TITLE)),)}
    return a_claim(**{"target": Target(class_id=target, name=target), "spans": spans} | changes)


def _span(word: str) -> tuple[int, int]:
    return TITLE.index(word), TITLE.index(word) + len(word)


def read(*claims: Claim, tallies: tuple[Tally, ...] = ()) -> Extracted:
    return Extracted(language=Language.ENGLISH, claims=claims, tallies=tallies)


def a_tally(**changes: Any) -> Tally:
    defaults: dict[str, Any] = {
        "id": "t1",
        "claimant": Actor(name="ministry", party="RU"),
        "accused": "UA",
        "target_class": "energy",
        "count": 6,
        "kind": TallyKind.INCREMENT,
        "start": NOON,
        "end": NOON,
        "span": (0, 5),
    }
    return Tally(**defaults | changes)


def test_equal_readings_do_not_differ_whatever_their_ids() -> None:
    assert difference(REPORT, read(claim(id="a")), read(claim(id="b"))) is None


def test_each_slot_that_changes_is_named_with_both_values() -> None:
    new = claim(stance=Stance.DENIED, outcome=Outcome.UNKNOWN, attacker=None, attacker_basis=None)
    found = difference(REPORT, read(claim()), read(new))
    assert found is not None
    (changed,) = found.changed
    assert {(slot.slot, slot.before, slot.after) for slot in changed.slots} == {
        ("stance", "asserted", "denied"),
        ("outcome", "hit", "unknown"),
        ("attacker", "RU", "-"),
        ("attacker basis", "stated", "-"),
    }
    assert (found.gained, found.lost) == ((), ())


def test_claims_are_paired_by_their_words_not_by_their_order() -> None:
    one, other = claim("substation"), claim("refinery")
    assert difference(REPORT, read(one, other), read(other, one)) is None


def test_a_claim_of_another_target_is_gained() -> None:
    one, other = claim("substation"), claim("refinery")
    found = difference(REPORT, read(one), read(other, one))
    assert found is not None
    assert (found.changed, found.gained, found.lost) == ((), (other,), ())


def test_a_tally_counts_by_what_it_says() -> None:
    assert difference(REPORT, read(tallies=(a_tally(id="x"),)), read(tallies=(a_tally(id="y"),))) is None
    found = difference(REPORT, read(tallies=(a_tally(),)), read(tallies=(a_tally(count=7),)))
    assert found is not None
    assert ([one.count for one in found.tallies_lost], [one.count for one in found.tallies_gained]) == ([6], [7])
