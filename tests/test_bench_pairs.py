"""How pairs of texts are counted, held to pairs worked out by hand."""

from datetime import date

from tests.bench_pairs import Label, Score, labels, score

DAY = date(2025, 4, 2)
KNOWN = {
    "a": Label("blind", DAY, frozenset({"depot"})),
    "b": Label("blind", DAY, frozenset({"depot", "line"})),
    "c": Label("blind", DAY, frozenset({"line"})),
    "d": Label("blind", date(2025, 4, 9), frozenset({"depot"})),
}


def test_pairs_are_counted_by_shared_events_and_shared_incidents_within_three_days() -> None:
    stand = {"a": frozenset({"I-1"}), "b": frozenset({"I-1"}), "c": frozenset({"I-1"}), "d": frozenset({"I-1"})}
    counted, wrong = score(KNOWN, stand, ["a", "b", "c", "d"])
    assert counted == Score(same=2, joined=3, right=2, pairs=3)
    assert wrong == ["WRONG  a c depot"]


def test_a_text_that_stands_in_no_incident_is_missed() -> None:
    counted, wrong = score(KNOWN, {"a": frozenset(), "b": frozenset({"I-1"})}, ["a", "b"])
    assert counted == Score(same=1, joined=0, right=0, pairs=1)
    assert wrong == ["MISSED a b depot"]


def test_every_label_is_of_one_half_and_of_some_event_and_no_event_is_of_both_halves() -> None:
    known = labels().values()
    assert {one.half for one in known} == {"develop", "blind"}
    assert all(one.events for one in known)
    events = {
        half: {event for one in known if one.half == half for event in one.events} for half in ("develop", "blind")
    }
    assert not events["develop"] & events["blind"]
