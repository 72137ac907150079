"""`rules/agreements/*.yaml` -> agreements, with all mistakes of all files named at once."""

import difflib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.catalogue.agreement_file import (
    AgreementFile,
    BoundEntry,
    ClauseEntry,
    DutyEntry,
    DutyReadingEntry,
    ExampleEntry,
    ReadingEntry,
    ReferenceEntry,
    WindowEntry,
)
from monitor.catalogue.data import DataRoots
from monitor.catalogue.door import locate, mistake_at, read_yaml
from monitor.catalogue.provisos import condition_of, exemption_of, wrong_provisos
from monitor.catalogue.target_classes import load_target_classes
from monitor.errors import ConfigurationError, Mistake
from monitor.model.agreements import (
    Agreement,
    Clause,
    Duty,
    DutyItem,
    DutyReading,
    Party,
    Reading,
    Reference,
    TargetClass,
)
from monitor.model.reports import Language
from monitor.model.times import Bound, Window

Where = tuple[str | int, ...]
#: In a list of classes: every class that the reading does not list elsewhere.
ALL = "all"


@dataclass(frozen=True, kw_only=True, slots=True)
class LoadedAgreement:
    """An agreement with the examples of its file, and what could be better about the file."""

    agreement: Agreement
    examples: tuple[ExampleEntry, ...]
    hints: tuple[Mistake, ...]


def load_agreements(roots: DataRoots) -> tuple[Agreement, ...]:
    """Return all agreements, sorted by file name.

    Raises:
        ConfigurationError: files are wrong; every mistake in every file is named.
    """
    return tuple(loaded.agreement for loaded in load_with_examples(roots))


def load_with_examples(roots: DataRoots) -> tuple[LoadedAgreement, ...]:
    """Return all agreements with the examples of their files.

    Raises:
        ConfigurationError: files are wrong; every mistake in every file is named.
    """
    classes = load_target_classes(roots)
    loaded: list[LoadedAgreement] = []
    mistakes: list[Mistake] = []
    for path in roots.files("rules/agreements"):
        try:
            loaded.append(load_agreement(path, classes))
        except ConfigurationError as error:
            mistakes += error.mistakes
    mistakes += _same_ids(loaded)
    if mistakes:
        raise ConfigurationError(*mistakes)
    return tuple(loaded)


def load_agreement(path: Path, classes: Mapping[str, TargetClass]) -> LoadedAgreement:
    """Return the agreement of one file.

    Raises:
        ConfigurationError: the file is wrong; every mistake is named.
    """
    file = read_yaml(path, AgreementFile, lambda read: _wrong(read, classes))
    hints = list(_hints(file, classes))
    located = locate(path) if hints else None
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return LoadedAgreement(
        agreement=_agreement(file, version, path, classes),
        examples=file.examples,
        hints=tuple(mistake_at(path, located, where, message) for where, message in hints),
    )


def _same_ids(loaded: Iterable[LoadedAgreement]) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for one in loaded:
        agreement = one.agreement
        if agreement.id in seen:
            message = f"{agreement.id!r} is also the id of {seen[agreement.id]}; give each agreement its own"
            yield Mistake(file=agreement.path, line=None, field="id", message=message)
        seen.setdefault(agreement.id, agreement.path)


def _wrong(file: AgreementFile, classes: Mapping[str, TargetClass]) -> Iterator[tuple[Where, str]]:
    """Yield what the form alone does not show: names that refer to nothing, overlaps, bounds in the wrong order."""
    yield from _duplicates("parties", [party.id for party in file.parties])
    yield from _duplicates("readings", [reading.id for reading in file.readings])
    yield from _duplicates("clauses", [clause.id for clause in file.clauses])
    parties = {party.id for party in file.parties}
    readings = {reading.id for reading in file.readings}
    for number, reading in enumerate(file.readings):
        where: Where = ("readings", number)
        yield from _wrong_reading(reading, where, classes, parties)
    for number, clause in enumerate(file.clauses):
        where = ("clauses", number)
        if clause.bound not in parties:
            yield (*where, "bound"), f"{clause.bound!r} is no party of this file{_close(clause.bound, parties)}"
        yield from _wrong_kind(clause, where)
        if clause.duty is not None:
            yield from _wrong_duty(clause.duty, (*where, "duty"), parties)
        for index, name in enumerate(clause.readings):
            if name not in readings:
                yield (*where, "readings", index), f"{name!r} is no reading of this file{_close(name, readings)}"
            elif name in clause.readings[:index]:
                yield (*where, "readings", index), f"{name!r} is named twice"
        yield from _wrong_return(clause, where, file.clauses)
    for number, example in enumerate(file.examples):
        yield from _wrong_example(example, ("examples", number), file.clauses)


def _wrong_return(clause: ClauseEntry, where: Where, clauses: tuple[ClauseEntry, ...]) -> Iterator[tuple[Where, str]]:
    """Yield what is wrong with the clause that this one is owed in return for: it is another party's."""
    name, others = clause.reciprocal_to, {one.id: one for one in clauses if one is not clause}
    if name is None:
        return
    if name not in others:
        yield (*where, "reciprocal_to"), f"{name!r} is no other clause of this file{_close(name, others)}"
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


def _wrong_duty(duty: DutyEntry, where: Where, parties: set[str]) -> Iterator[tuple[Where, str]]:
    """Yield what is wrong with the readings of a duty: names of nothing, and nothing left that is owed."""
    items = {item.id: item for item in duty.items}
    for number, reading in enumerate(duty.readings):
        at: Where = (*where, "readings", number)
        if reading.id in [one.id for one in duty.readings[:number]]:
            yield (*at, "id"), f"{reading.id!r} is used twice"
        if reading.holder_party is not None and reading.holder_party not in parties:
            yield (*at, "holder_party"), f"{reading.holder_party!r} is no party of this file"
        for name in reading.owed:
            if name not in items:
                yield (*at, "owed", name), f"{name!r} is no item of this duty{_close(name, items)}"
            elif items[name].owed is None:
                yield (*at, "owed", name), f"{name!r} is done or not: how many is not counted"
        for index, name in enumerate(reading.not_owed):
            if name not in items:
                yield (*at, "not_owed", index), f"{name!r} is no item of this duty{_close(name, items)}"
            elif name in reading.owed:
                yield (*at, "not_owed", index), f"{name!r} is owed by this very reading"
        if items.keys() <= set(reading.not_owed):
            yield (*at, "not_owed"), "nothing is left that is owed"


def _duplicates(section: str, ids: list[str]) -> Iterator[tuple[Where, str]]:
    for number, one in enumerate(ids):
        if one in ids[:number]:
            yield (section, number, "id"), f"{one!r} is used twice"


def _wrong_reading(
    reading: ReadingEntry, where: Where, classes: Mapping[str, TargetClass], parties: set[str]
) -> Iterator[tuple[Where, str]]:
    if reading.holder_party is not None and reading.holder_party not in parties:
        yield (*where, "holder_party"), f"{reading.holder_party!r} is no party of this file"
    listed: dict[str, str] = {}
    for name in ("covered", "excluded", "unclear"):
        for index, class_id in enumerate(getattr(reading, name)):
            if class_id not in classes and class_id != ALL:
                yield (*where, name, index), f"{class_id!r} is no target class{_close(class_id, classes)}"
            if class_id in listed:
                yield (*where, name, index), f"{class_id!r} is listed as {listed[class_id]} already"
            listed.setdefault(class_id, name)
    for name, bound in (("start", reading.window.start), ("end", reading.window.end)):
        if bound.earliest and bound.latest and bound.latest < bound.earliest:
            yield (*where, "window", name, "latest"), "lies before earliest"
    yield from wrong_provisos(reading, where, classes)
    first, last = reading.window.start.earliest, reading.window.end.latest
    if first and last and last <= first:
        yield (*where, "window", "end"), "the window ends before it starts"


def _wrong_example(
    example: ExampleEntry, where: Where, clauses: tuple[ClauseEntry, ...]
) -> Iterator[tuple[Where, str]]:
    known: dict[str, set[str]] = {clause.id: set() for clause in clauses}
    for clause in clauses:
        known[clause.id] |= {*clause.readings}
    owed = {clause.id for clause in clauses if clause.duty is not None}
    for name in example.duties:
        if name not in owed:
            yield (*where, "duties", name), f"{name!r} is no duty of this file{_close(name, owed)}"
    for kind in ("breach", "undetermined"):
        for clause_id, readings in getattr(example, kind).items():
            if clause_id not in known:
                yield (*where, kind, clause_id), f"{clause_id!r} is no clause of this file{_close(clause_id, known)}"
                continue
            for index, name in enumerate(readings):
                if name not in known[clause_id]:
                    message = f"{name!r} is no reading of that clause{_close(name, known[clause_id])}"
                    yield (*where, kind, clause_id, index), message


def _close(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; known: {', '.join(sorted(known))}"


def _window_hints(window: WindowEntry) -> Iterator[tuple[Where, str]]:
    if window.end.latest is None:
        yield ("end", "latest"), "is open: a strike at any later time stays undetermined for ever"
    sure_from, sure_until = window.start.latest, window.end.earliest
    # Where neither is stated, the file says on purpose that it never surely binds: a condition is not known to be met.
    on_purpose = sure_from is None and sure_until is None
    if not on_purpose and (sure_from is None or sure_until is None or sure_until <= sure_from):
        yield (), "never surely binds, so nothing can be a breach under this reading"


def _hints(file: AgreementFile, classes: Mapping[str, TargetClass]) -> Iterator[tuple[Where, str]]:
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
            if not any(clause.id in example.duties for example in file.examples):
                yield ("clauses", number), f"no example shows where the duty {clause.id!r} stands"
        elif not any(clause.id in example.breach for example in file.examples):
            yield ("clauses", number), f"no example shows a breach of {clause.id!r}"


def _agreement(file: AgreementFile, version: str, path: Path, classes: Mapping[str, TargetClass]) -> Agreement:
    readings = {entry.id: _reading(entry, classes) for entry in file.readings}
    return Agreement(
        id=file.id,
        title=file.title,
        status=file.status,
        date=file.date,
        modified=file.modified,
        summary=file.summary,
        references=_references(file.references),
        parties=tuple(Party(id=one.id, name=one.name, names=one.names, actors=one.actors) for one in file.parties),
        clauses=tuple(_clause(entry, readings) for entry in file.clauses),
        notes=file.notes,
        remedies=file.remedies,
        false_positives=file.false_positives,
        agreement_class=file.agreement_class,
        tags=file.tags,
        rule_version=version,
        path=str(path),
    )


def _clause(entry: ClauseEntry, readings: Mapping[str, Reading]) -> Clause:
    return Clause(
        id=entry.id,
        title=entry.title,
        kind=entry.kind,
        bound=entry.bound,
        protected=frozenset(entry.protected),
        acts=frozenset(entry.acts),
        readings=tuple(readings[name] for name in entry.readings),
        duty=None if entry.duty is None else _duty(entry.duty),
        reciprocal_to=entry.reciprocal_to,
    )


def _duty(entry: DutyEntry) -> Duty:
    items = tuple(
        DutyItem(id=item.id, title=item.title, owed=item.owed, whole=item.whole, words=_patterns(item.words))
        for item in entry.items
    )
    return Duty(
        due=_bound(entry.due),
        looked_at_from=entry.looked_at_from,
        looked_at_until=entry.looked_at_until,
        items=items,
        about=_patterns(entry.about),
        undone=_patterns(entry.undone),
        readings=tuple(_duty_reading(one, entry, items) for one in entry.readings),
    )


def _duty_reading(entry: DutyReadingEntry, duty: DutyEntry, items: Iterable[DutyItem]) -> DutyReading:
    """Return a reading of a duty with all that it owes; another number goes by no name for the whole."""
    return DutyReading(
        id=entry.id,
        holder=entry.holder,
        holder_party=entry.holder_party,
        due=_bound(entry.due or duty.due),
        items=tuple(
            replace(item, owed=entry.owed[item.id], whole="") if item.id in entry.owed else item
            for item in items
            if item.id not in entry.not_owed
        ),
        references=_references(entry.references),
        note=entry.note,
    )


def _patterns(words: Mapping[Language, str]) -> Mapping[Language, tuple[str, ...]]:
    return {
        language: tuple(line.strip() for line in text.splitlines() if line.strip()) for language, text in words.items()
    }


def _reading(entry: ReadingEntry, classes: Mapping[str, TargetClass]) -> Reading:
    rest = frozenset(classes) - {*entry.covered, *entry.excluded, *entry.unclear}

    def listed(names: Iterable[str]) -> frozenset[str]:
        return frozenset(names) - {ALL} | (rest if ALL in names else frozenset())

    return Reading(
        id=entry.id,
        holder=entry.holder,
        holder_party=entry.holder_party,
        window=Window(start=_bound(entry.window.start), end=_bound(entry.window.end)),
        covered=listed(entry.covered),
        excluded=listed(entry.excluded),
        unclear=listed(entry.unclear),
        intercepted_counts=entry.intercepted_counts,
        debris_counts=entry.debris_counts,
        own_or_occupied_ground_counts=entry.own_or_occupied_ground_counts,
        territory=frozenset(entry.territory),
        condition=None if entry.condition is None else condition_of(entry.condition),
        exemptions=tuple(exemption_of(one) for one in entry.exceptions),
        references=_references(entry.references),
        note=entry.note,
    )


def _bound(entry: BoundEntry) -> Bound:
    return Bound(earliest=entry.earliest, latest=entry.latest, anchor=entry.anchor)


def _references(entries: Iterable[ReferenceEntry]) -> tuple[Reference, ...]:
    return tuple(Reference(url=entry.url, quote=entry.quote, note=entry.note) for entry in entries)
