"""What the form of an agreement file does not show: names of nothing, overlaps, times in the wrong order. Pure."""

from collections.abc import Iterator, Mapping

from monitor.catalogue.agreement_file import (
    AgreementFile,
    ClauseEntry,
    ExampleEntry,
    ReadingEntry,
    WindowEntry,
)
from monitor.catalogue.duty_meaning import duty_hints, wrong_bound, wrong_duty
from monitor.catalogue.provisos import wrong_provisos
from monitor.catalogue.repeated import repeated
from monitor.errors import close_to
from monitor.model.agreements import TargetClass

Where = tuple[str | int, ...]
#: In a list of classes: every class that the reading does not list elsewhere.
ALL = "all"


def wrong_meaning(file: AgreementFile, classes: Mapping[str, TargetClass]) -> Iterator[tuple[Where, str]]:
    """Yield what the form alone does not show: names that refer to nothing, overlaps, bounds in the wrong order."""
    if file.modified < file.date:
        yield ("modified",), f"lies before the date of the agreement, {file.date.isoformat()}"
    yield from repeated(("parties",), [party.id for party in file.parties])
    yield from repeated(("readings",), [reading.id for reading in file.readings])
    yield from repeated(("clauses",), [clause.id for clause in file.clauses])
    parties = {party.id for party in file.parties}
    readings = {reading.id for reading in file.readings}
    for number, reading in enumerate(file.readings):
        where: Where = ("readings", number)
        yield from _wrong_reading(reading, where, classes, parties)
    for number, clause in enumerate(file.clauses):
        where = ("clauses", number)
        if clause.bound not in parties:
            yield (*where, "bound"), f"{clause.bound!r} is no party of this file{close_to(clause.bound, parties)}"
        yield from _wrong_kind(clause, where)
        if clause.duty is not None:
            yield from wrong_duty(clause.duty, (*where, "duty"), parties)
        for index, name in enumerate(clause.readings):
            if name not in readings:
                yield (*where, "readings", index), f"{name!r} is no reading of this file{close_to(name, readings)}"
            elif name in clause.readings[:index]:
                yield (*where, "readings", index), f"{name!r} is named twice"
        yield from _wrong_return(clause, where, file.clauses)
    for number, example in enumerate(file.examples):
        yield from _wrong_sides(example, ("examples", number), parties)
        yield from _wrong_example(example, ("examples", number), file.clauses)


def _wrong_return(clause: ClauseEntry, where: Where, clauses: tuple[ClauseEntry, ...]) -> Iterator[tuple[Where, str]]:
    """Yield what is wrong with the clause that this one is owed in return for: it is another party's."""
    name, others = clause.reciprocal_to, {one.id: one for one in clauses if one is not clause}
    if name is None:
        return
    if name not in others:
        yield (*where, "reciprocal_to"), f"{name!r} is no other clause of this file{close_to(name, others)}"
    elif others[name].bound == clause.bound:
        yield (*where, "reciprocal_to"), f"{name!r} binds the same party; what is owed in return is another's"


def _wrong_kind(clause: ClauseEntry, where: Where) -> Iterator[tuple[Where, str]]:
    """Yield what does not go with the kind of a clause: a prohibition has readings, a duty says what is owed."""
    if clause.kind.has_readings and not clause.readings:
        yield (*where, "readings"), f"a {clause.kind.value} needs at least one reading"
    if not clause.kind.has_readings and clause.duty is None:
        yield (*where, "duty"), f"a {clause.kind.value} needs `duty`: what is owed by when"
    if clause.kind.has_readings and clause.duty is not None:
        yield (*where, "duty"), f"a {clause.kind.value} has no `duty`"


def _wrong_reading(
    reading: ReadingEntry, where: Where, classes: Mapping[str, TargetClass], parties: set[str]
) -> Iterator[tuple[Where, str]]:
    if reading.holder_party is not None and reading.holder_party not in parties:
        yield (*where, "holder_party"), f"{reading.holder_party!r} is no party of this file"
    listed: dict[str, str] = {}
    for name in ("covered", "excluded", "unclear"):
        for index, class_id in enumerate(getattr(reading, name)):
            if class_id not in classes and class_id != ALL:
                yield (*where, name, index), f"{class_id!r} is no target class{close_to(class_id, classes)}"
            if class_id in listed:
                yield (*where, name, index), f"{class_id!r} is listed as {listed[class_id]} already"
            listed.setdefault(class_id, name)
    for name, bound in (("start", reading.window.start), ("end", reading.window.end)):
        yield from wrong_bound(bound, (*where, "window", name))
    yield from wrong_provisos(reading, where, classes)
    yield from _wrong_window(reading.window, (*where, "window"))


def _wrong_window(window: WindowEntry, where: Where) -> Iterator[tuple[Where, str]]:
    first, last = window.start.earliest, window.end.latest
    starts = window.start.latest or first
    if first and last and last <= first:
        yield (*where, "end"), "the window ends before it starts"
    elif starts and last and last <= starts:
        yield (*where, "end"), "the window is over at the latest before it starts at the latest"


def _wrong_sides(example: ExampleEntry, where: Where, parties: set[str]) -> Iterator[tuple[Where, str]]:
    """Yield the sides of an example's outlets that are no party's."""
    one = () if example.report is None else ((("report",), example.report),)
    several = ((("reports", number), report) for number, report in enumerate(example.reports))
    for place, report in (*one, *several):
        for name, party in (("affiliation", report.affiliation), ("perspective", report.perspective)):
            if party is not None and party not in parties:
                yield (*where, *place, name), f"{party!r} is no party of this file{close_to(party, parties)}"


def _wrong_example(
    example: ExampleEntry, where: Where, clauses: tuple[ClauseEntry, ...]
) -> Iterator[tuple[Where, str]]:
    if not example.given:
        yield where, "needs `report`, or `reports` where several tell of it"
    known: dict[str, set[str]] = {clause.id: set() for clause in clauses}
    for clause in clauses:
        known[clause.id] |= {*clause.readings}
    owed = {clause.id for clause in clauses if clause.duty is not None}
    for name in example.duties:
        if name not in owed:
            yield (*where, "duties", name), f"{name!r} is no duty of this file{close_to(name, owed)}"
    for kind in ("breach", "undetermined"):
        for clause_id, readings in getattr(example, kind).items():
            if clause_id not in known:
                yield (*where, kind, clause_id), f"{clause_id!r} is no clause of this file{close_to(clause_id, known)}"
                continue
            for index, name in enumerate(readings):
                if name not in known[clause_id]:
                    message = f"{name!r} is no reading of that clause{close_to(name, known[clause_id])}"
                    yield (*where, kind, clause_id, index), message


def _window_hints(window: WindowEntry) -> Iterator[tuple[Where, str]]:
    if window.end.latest is None:
        yield ("end", "latest"), "is open: a strike at any later time stays undetermined for ever"
    sure_from, sure_until = window.start.latest, window.end.earliest
    # Where neither is stated, the file says on purpose that it never surely binds: a condition is not known to be met.
    on_purpose = sure_from is None and sure_until is None
    if not on_purpose and (sure_from is None or sure_until is None or sure_until <= sure_from):
        yield (), "never surely binds, so nothing can be a breach under this reading"


def hints_of(file: AgreementFile, classes: Mapping[str, TargetClass]) -> Iterator[tuple[Where, str]]:
    """Yield what is not wrong but could be better."""
    for number, reading in enumerate(file.readings):
        if not reading.references:
            yield ("readings", number), f"the reading {reading.id!r} names no source"
        listed = {*reading.covered, *reading.excluded, *reading.unclear}
        missing = sorted(one.id for one in classes.values() if one.energy and not listed & {one.id, ALL})
        if listed & {one.id for one in classes.values() if one.energy} and missing:
            yield ("readings", number), f"says nothing of {', '.join(missing)}: they count as unclear"
        for place, message in _window_hints(reading.window):
            yield ("readings", number, "window", *place), message
        if not any(reading.id in clause.readings for clause in file.clauses):
            yield ("readings", number), f"no clause uses the reading {reading.id!r}"
    for number, clause in enumerate(file.clauses):
        if clause.duty is not None:
            yield from duty_hints(clause.duty, ("clauses", number, "duty"))
            if not any(clause.id in example.duties for example in file.examples):
                yield ("clauses", number), f"no example shows where the duty {clause.id!r} stands"
        elif not any(clause.id in example.breach for example in file.examples):
            yield ("clauses", number), f"no example shows a breach of {clause.id!r}"
