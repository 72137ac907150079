"""Names in agreement files that lead out of them: acts, regions and countries that nothing else knows.

A misspelt one is no mistake of form, and the clause or the exception that it stands in would silently never apply.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.catalogue.agreement_file import AgreementFile
from monitor.catalogue.agreement_meaning import Where
from monitor.catalogue.agreements import LoadedAgreement
from monitor.catalogue.door import locate, mistake_at
from monitor.errors import ConfigurationError, Mistake, close_to
from monitor.model.knowledge import Knowledge
from monitor.model.vocabulary import Role

#: What a report of an attack tells where its words name no act of their own.
_STRIKE = "strike"


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownNames:
    """What agreements may name: acts of the vocabularies, regions and countries of the gazetteers."""

    acts: frozenset[str]
    regions: frozenset[str]
    countries: frozenset[str]


def known_names(knowledge: Knowledge) -> KnownNames:
    """Return what agreements may name, in the war at home and in every other one that is described."""
    everything = (knowledge, *(theatre.knowledge for theatre in knowledge.theatres))
    words = (entry for known in everything for entries in known.vocabulary.entries.values() for entry in entries)
    places = [place for known in everything for place in known.geography.gazetteer.places.values()]
    return KnownNames(
        acts=frozenset({entry.value for entry in words if entry.role is Role.ACT and entry.value} | {_STRIKE}),
        regions=frozenset(place.region for place in places if place.region),
        countries=frozenset(place.country for place in places if place.country).union(
            *(theatre.countries for theatre in knowledge.theatres)
        ),
    )


def check_names(loaded: Iterable[LoadedAgreement], known: KnownNames) -> None:
    """Check that agreements name nothing that is unknown.

    Raises:
        ConfigurationError: they do; every such name in every file is named.
    """
    mistakes = tuple(mistake for one in loaded for mistake in _of_file(one, known))
    if mistakes:
        raise ConfigurationError(*mistakes)


def _of_file(loaded: LoadedAgreement, known: KnownNames) -> Iterator[Mistake]:
    found = list(_unknown(loaded.file, known))
    if found:
        path = Path(loaded.agreement.path)
        located = locate(path)
        yield from (mistake_at(path, located, where, message) for where, message in found)


def _unknown(file: AgreementFile, known: KnownNames) -> Iterator[tuple[Where, str]]:
    for number, clause in enumerate(file.clauses):
        where: Where = ("clauses", number)
        yield from _each(clause.acts, (*where, "acts"), "act of the vocabularies", known.acts)
        yield from _each(clause.protected, (*where, "protected"), "country of the gazetteer", known.countries)
    for number, reading in enumerate(file.readings):
        where = ("readings", number)
        yield from _each(reading.territory, (*where, "territory"), "region of the gazetteer", known.regions)
        for index, one in enumerate(reading.exceptions):
            at: Where = (*where, "exceptions", index)
            yield from _each(one.acts, (*at, "acts"), "act of the vocabularies", known.acts)
            yield from _each(one.regions, (*at, "regions"), "region of the gazetteer", known.regions)


def _each(names: Iterable[str], where: Where, what: str, known: frozenset[str]) -> Iterator[tuple[Where, str]]:
    for index, name in enumerate(names):
        if name not in known:
            yield (*where, index), f"{name!r} is no {what}{close_to(name, known)}"
