"""Conditions and exceptions of readings in rule files: what is wrong with them, and their values."""

from collections.abc import Container, Iterator
from itertools import combinations

from monitor.catalogue.agreement_file import ConditionEntry, ExceptionEntry, ReadingEntry
from monitor.model.provisos import Condition, ConditionStatus, Exemption

Where = tuple[str | int, ...]


def condition_of(entry: ConditionEntry) -> Condition:
    """Return the condition."""
    return Condition(text=entry.text, status=entry.status, met_at=entry.met_at)


def exemption_of(entry: ExceptionEntry) -> Exemption:
    """Return the exception."""
    return Exemption(
        id=entry.id,
        title=entry.title,
        priority=entry.priority,
        verdict=entry.verdict,
        classes=frozenset(entry.classes),
        regions=frozenset(entry.regions),
        acts=frozenset(entry.acts),
    )


def wrong_provisos(reading: ReadingEntry, where: Where, classes: Container[str]) -> Iterator[tuple[Where, str]]:
    """Yield what the form alone does not show: unknown classes, times that do not fit, exceptions that collide."""
    if (wanted := reading.condition) is not None:
        if wanted.status is ConditionStatus.MET and wanted.met_at is None:
            yield (*where, "condition", "met_at"), "a condition that is met says since when"
        if wanted.status is not ConditionStatus.MET and wanted.met_at is not None:
            yield (*where, "condition", "met_at"), f"does not go with the status {wanted.status.value!r}"
    for number, one in enumerate(reading.exceptions):
        place = (*where, "exceptions", number)
        if one.id in {other.id for other in reading.exceptions[:number]}:
            yield (*place, "id"), f"{one.id!r} is used twice"
        if not (one.classes or one.regions or one.acts):
            yield place, "an exception names classes, regions or acts; one of everything would take the clause away"
        for index, class_id in enumerate(one.classes):
            if class_id not in classes:
                yield (*place, "classes", index), f"{class_id!r} is no target class"
    for (_, first), (number, second) in combinations(enumerate(reading.exceptions), 2):
        if first.priority == second.priority and exemption_of(first).overlaps(exemption_of(second)):
            message = (
                f"has the priority of {first.id!r}, and one event can fall under both; give one of them a greater one"
            )
            yield (*where, "exceptions", number, "priority"), message
