"""Loads the gazetteer, the energy facilities and who holds which ground, from `seeds/`.

The first of several roots that has a file wins, so that a folder of the user's can replace what is shipped.
"""

import gzip
import zlib
from collections.abc import Sequence
from pathlib import Path

from monitor.errors import ConfigurationError, Mistake
from monitor.model.geography import Gazetteer, GazetteerPlace, NameIndex

#: No seed file is larger unpacked: what is, was not made by `make gazetteer`.
_MAX_BYTES = 20_000_000
_REMEDY = "make it anew with `make gazetteer`"


def load_gazetteer(roots: Sequence[Path]) -> Gazetteer:
    """Return all places and their names from `gazetteer/places.tsv.gz` and `names.tsv.gz` under the first root.

    Raises:
        ConfigurationError: a file is missing, damaged, or not of the form that `build_gazetteer` writes.
    """
    places_file, names_file = (_find(roots, f"gazetteer/{name}.tsv.gz") for name in ("places", "names"))
    return Gazetteer(places=_read_places(places_file), names=_read_names(names_file))


def _find(roots: Sequence[Path], name: str) -> Path:
    for root in roots:
        if (root / name).is_file():
            return root / name
    where = ", ".join(str(root) for root in roots) or "no folder given"
    raise ConfigurationError(Mistake(file=name, line=None, field="", message=f"not found in {where}"))


def _lines(path: Path) -> list[str]:
    try:
        with gzip.open(path, "rb") as packed:
            content = packed.read(_MAX_BYTES + 1)
        text = content.decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise _mistake(path, None, f"cannot be read ({error}); {_REMEDY}") from error
    if len(content) > _MAX_BYTES:
        raise _mistake(path, None, f"larger than {_MAX_BYTES} bytes; {_REMEDY}")
    return text.split("\n")[:-1]


def _mistake(path: Path, line: int | None, message: str) -> ConfigurationError:
    return ConfigurationError(Mistake(file=str(path), line=line, field="", message=message))


def _read_places(path: Path) -> dict[int, GazetteerPlace]:
    places: dict[int, GazetteerPlace] = {}
    shared: dict[str, str] = {}
    for number, line in enumerate(_lines(path), start=1):
        try:
            geonameid, name, country, region, lat, lon, population, kind = line.split("\t")
            places[int(geonameid)] = GazetteerPlace(
                geonameid=int(geonameid),
                name=name,
                country=shared.setdefault(country, country),
                region=shared.setdefault(region, region) or None,
                lat=float(lat) if lat else None,
                lon=float(lon) if lon else None,
                population=int(population),
                kind=shared.setdefault(kind, kind),
            )
        except ValueError as error:
            raise _mistake(path, number, f"not a place ({error}); {_REMEDY}") from error
    return places


def _read_names(path: Path) -> NameIndex:
    head, *lines = _lines(path) or [""]
    packed: dict[str, str] = {}
    for number, line in enumerate(lines, start=2):
        stem, tab, names = line.partition("\t")
        if not (stem and tab and names):
            raise _mistake(path, number, f"not a name; {_REMEDY}")
        packed[stem] = names
    return NameIndex([frozenset(listed.split(" ")) for listed in head.split("|")], packed)
