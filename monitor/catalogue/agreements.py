"""`rules/agreements/*.yaml` -> agreements, with all mistakes of all files named at once."""

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
)
from monitor.catalogue.agreement_meaning import ALL, hints_of, wrong_meaning
from monitor.catalogue.data import DataRoots
from monitor.catalogue.door import locate, mistake_at, read_yaml
from monitor.catalogue.provisos import condition_of, exemption_of
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


@dataclass(frozen=True, kw_only=True, slots=True)
class LoadedAgreement:
    """An agreement with its file as it was read, and what could be better about that."""

    agreement: Agreement
    examples: tuple[ExampleEntry, ...]
    file: AgreementFile
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
    file = read_yaml(path, AgreementFile, lambda read: wrong_meaning(read, classes))
    hints = list(hints_of(file, classes))
    located = locate(path) if hints else None
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return LoadedAgreement(
        agreement=_agreement(file, version, path, classes),
        examples=file.examples,
        file=file,
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
