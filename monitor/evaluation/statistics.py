"""Counts, shares, and how sure a share of so many can be."""

import math
from dataclasses import dataclass

#: Two-sided 95 % quantile of the standard normal distribution.
Z95 = 1.959963984540054


def wilson(right: float, total: float) -> tuple[float, float]:
    """Return the Wilson score interval (95 %) of a share; (0, 1) where there is nothing to go by.

    E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927).
    """
    if not 0 <= right <= total:
        raise ValueError(f"{right} of {total} is no share")
    if total == 0:
        return 0.0, 1.0
    share, z2 = right / total, Z95 * Z95
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z95 / (1 + z2 / total) * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    return (0.0 if right == 0 else middle - half), (1.0 if right == total else middle + half)


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """So many right, of so many."""

    right: int = 0
    total: int = 0

    @property
    def value(self) -> float | None:
        """Return the share, or None of nothing."""
        return self.right / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95 % Wilson interval."""
        return wilson(self.right, self.total)

    def plus(self, right: bool) -> "Share":
        """Return the share with one more judged."""
        return Share(right=self.right + right, total=self.total + 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How yes/no answers compare with the labels."""

    true_positive: int = 0
    false_positive: int = 0
    false_negative: int = 0
    true_negative: int = 0

    @property
    def total(self) -> int:
        """Return how many were judged."""
        return self.true_positive + self.false_positive + self.false_negative + self.true_negative

    @property
    def precision(self) -> Share:
        """Return how many of the found ones are right."""
        return Share(right=self.true_positive, total=self.true_positive + self.false_positive)

    @property
    def recall(self) -> Share:
        """Return how many of the right ones are found."""
        return Share(right=self.true_positive, total=self.true_positive + self.false_negative)

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of precision and recall, or None where nothing was to be found or was found."""
        both = 2 * self.true_positive + self.false_positive + self.false_negative
        return 2 * self.true_positive / both if both else None

    @property
    def f1_interval(self) -> tuple[float, float]:
        """Return a 95 % interval of F1.

        F1 = 2J / (1 + J) rises with the Jaccard index J = TP / (TP + FP + FN), a share with a Wilson interval.
        """
        low, high = wilson(self.true_positive, self.true_positive + self.false_positive + self.false_negative)
        return 2 * low / (1 + low), 2 * high / (1 + high)

    def plus(self, *, expected: bool, found: bool) -> "Counts":
        """Return the counts with one more answer."""
        return Counts(
            true_positive=self.true_positive + (expected and found),
            false_positive=self.false_positive + (found and not expected),
            false_negative=self.false_negative + (expected and not found),
            true_negative=self.true_negative + (not expected and not found),
        )
