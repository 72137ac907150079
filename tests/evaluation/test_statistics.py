import pytest

from monitor.evaluation.statistics import Counts, Share, wilson


# Worked by hand from (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n) with z = 1.959964, z² = 3.841459.
@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        # centre (0.5 + 0.192073) / 1.384146 = 0.5; half = 1.959964 / 1.384146 * sqrt(0.025 + 0.009604) = 0.263405
        (5, 10, 0.236595, 0.763405),
        # n = 100: centre (0.9 + 0.019207) / 1.038415 = 0.885203; half = 1.887460 * sqrt(0.0009 + 0.000096) = 0.059570
        (90, 100, 0.825634, 0.944772),
        # none of ten: from 0 to z² / (n + z²) = 3.841459 / 13.841459
        (0, 10, 0.0, 0.277533),
        (10, 10, 0.722467, 1.0),
    ],
)
def test_the_wilson_interval_is_as_worked_by_hand(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=2e-5)


def test_nothing_judged_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert Share().value is None
    assert Counts().f1 is None


@pytest.mark.parametrize(("right", "total"), [(-1, 3), (4, 3)])
def test_what_is_no_share_is_refused(right: int, total: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(right, total)


def test_answers_are_counted_in_four_boxes() -> None:
    counts = Counts()
    for expected, found in [(True, True), (True, True), (True, False), (False, True), (False, False)]:
        counts = counts.plus(expected=expected, found=found)
    assert counts == Counts(true_positive=2, false_positive=1, false_negative=1, true_negative=1)
    assert counts.total == 5


def test_precision_recall_and_f1_follow_from_the_boxes() -> None:
    counts = Counts(true_positive=6, false_positive=2, false_negative=4, true_negative=9)
    assert counts.precision == Share(right=6, total=8)
    assert counts.recall == Share(right=6, total=10)
    # 2 * 0.75 * 0.6 / (0.75 + 0.6) = 0.9 / 1.35
    assert counts.f1 == pytest.approx(2 / 3)


def test_the_interval_of_f1_is_that_of_the_jaccard_index() -> None:
    # Five of ten: the Jaccard interval is (0.236595, 0.763405), and F1 = 2J / (1 + J).
    counts = Counts(true_positive=5, false_positive=2, false_negative=3)
    assert counts.f1_interval == pytest.approx((0.382655, 0.865831), abs=2e-5)
