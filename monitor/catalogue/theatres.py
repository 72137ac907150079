"""`rules/theatres/<id>/`: further wars, as data: their sides, the words that name them, their places and their actors.

A theatre is loaded where an agreement among the rules has all of its sides as parties; without one, what happens there
is another war. Words for attacks, weapons, targets and stances are the common ones.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import Field

from monitor.catalogue.agreements import load_agreements
from monitor.catalogue.build_gazetteer import Book
from monitor.catalogue.data import DataRoots
from monitor.catalogue.door import Strict, read_yaml
from monitor.catalogue.statements import Words
from monitor.catalogue.target_classes import load_target_classes
from monitor.catalogue.vocabulary import load_further_entries
from monitor.errors import ConfigurationError, Mistake
from monitor.model.geography import Gazetteer, GazetteerPlace, Geography, PlaceKind
from monitor.model.knowledge import Knowledge, Theatre
from monitor.model.reports import Language, PartyId
from monitor.model.statements import StatementVocabulary
from monitor.model.vocabulary import Entry, Role, Vocabulary

_FOLDER = "rules/theatres"
#: Whose words belong to one war: each theatre brings its own.
_OF_A_WAR = frozenset((Role.FORCE, Role.BELONGING, Role.SPEAKER))

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class _Place(Strict):
    name: str = Field(min_length=2)
    country: Country
    region: str | None = Field(default=None, pattern=r"^[A-Z]{2}\.\d\d$")
    kind: PlaceKind = PlaceKind.SETTLEMENT
    geonameid: Annotated[int, Field(gt=0)] | None = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    population: int = Field(default=0, ge=0)
    #: Further names; Cyrillic ones in the nominative.
    also: tuple[Annotated[str, Field(min_length=2)], ...] = ()


class _File(Strict):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    sides: tuple[Country, Country]
    infers_attackers: bool
    countries: tuple[Country, ...] = Field(min_length=1)
    names: dict[Language, Words]
    source: str = Field(min_length=1)
    places: tuple[_Place, ...] = Field(min_length=1)


def load_theatres(roots: DataRoots, home: Knowledge) -> tuple[Theatre, ...]:
    """Return the further wars that an agreement among the rules is about; `home` is what the common words come from.

    Raises:
        ConfigurationError: a file is wrong; the mistakes are named by file and line.
    """
    files = _read(roots)
    if not files:
        return ()
    bound = [{party.id for party in agreement.parties} for agreement in load_agreements(roots)]
    return tuple(
        _theatre(roots, path, file, home) for path, file in files if any(one >= {*file.sides} for one in bound)
    )


def check_theatres(roots: DataRoots) -> None:
    """Look through all theatres, used or not.

    Raises:
        ConfigurationError: files are wrong; every mistake is named.
    """
    classes = frozenset(load_target_classes(roots))
    mistakes: list[Mistake] = []
    for path, _ in _read(roots):
        try:
            load_further_entries(roots, f"{_FOLDER}/{path.parent.name}", classes)
        except ConfigurationError as error:
            mistakes += error.mistakes
    if mistakes:
        raise ConfigurationError(*mistakes)


def _read(roots: DataRoots) -> list[tuple[Path, _File]]:
    files: list[tuple[Path, _File]] = []
    mistakes: list[Mistake] = []
    for path in roots.files(_FOLDER, "*/theatre.yaml"):
        try:
            files.append((path, read_yaml(path, _File)))
        except ConfigurationError as error:
            mistakes += error.mistakes
    if mistakes:
        raise ConfigurationError(*mistakes)
    return files


def _theatre(roots: DataRoots, path: Path, file: _File, home: Knowledge) -> Theatre:
    further = load_further_entries(roots, f"{_FOLDER}/{path.parent.name}", frozenset(home.target_classes))
    first, second = file.sides
    knowledge = replace(
        home,
        vocabulary=Vocabulary(entries=_entries(home, further)),
        geography=Geography.of(_gazetteer(file.places)),
        control=(),
        statements=StatementVocabulary(),
        opponents={first: second, second: first},
        infers_attackers=file.infers_attackers,
    )
    return Theatre(
        id=file.id,
        countries=frozenset(file.countries),
        names={
            language: tuple(line.strip() for line in words.splitlines() if line.strip())
            for language, words in file.names.items()
        },
        knowledge=knowledge,
    )


def _entries(home: Knowledge, further: Mapping[Language, Iterable[Entry]]) -> Mapping[Language, tuple[Entry, ...]]:
    """Return the common words without those of the home war, and the theatre's own."""
    return {
        language: (
            *(_common(entry, home.opponents) for entry in entries if not _is_of_war(entry, home.opponents)),
            *further.get(language, ()),
        )
        for language, entries in home.vocabulary.entries.items()
        if further.get(language)
    }


def _is_of_war(entry: Entry, opponents: Mapping[PartyId, PartyId]) -> bool:
    if entry.role is Role.ELSEWHERE:
        return True
    party = (entry.party or "").removeprefix("own/")
    return entry.role in _OF_A_WAR and (party in opponents or party == "US")


def _common(entry: Entry, opponents: Mapping[PartyId, PartyId]) -> Entry:
    """Return the entry without its party, where that is a side of the home war: weapons that one of them has."""
    return replace(entry, party=None) if entry.party in opponents else entry


def _gazetteer(places: Iterable[_Place]) -> Gazetteer:
    book, found = Book(), {}
    for number, place in enumerate(places, start=1):
        # Below zero: it has no id in GeoNames, and shows none.
        geonameid = place.geonameid or -number
        found[geonameid] = GazetteerPlace(
            geonameid=geonameid,
            name=place.name,
            country=place.country,
            region=place.region,
            lat=place.lat,
            lon=place.lon,
            population=place.population,
            kind=place.kind.value,
        )
        for name in (place.name, *place.also):
            book.add_name(geonameid, name, "m")
    return Gazetteer(places=found, names=book.index())
