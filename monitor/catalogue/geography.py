"""Loads the gazetteer, the energy facilities, who heads which region and who holds which ground, from `seeds/`.

The first of several roots that has a file wins, so that a folder of the user's can replace what is shipped.
"""

import gzip
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from monitor.catalogue.door import AwareTime, Strict, read_yaml
from monitor.errors import ConfigurationError, Mistake
from monitor.model.geography import Control, Facility, Gazetteer, GazetteerPlace, NameIndex, Official

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


class _FacilityForm(Strict):
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str = Field(min_length=3)
    class_id: str = Field(alias="class")
    form: str | None = None
    uk: str = ""
    ru: str = ""
    en: list[str] = []
    also: list[str] = []
    owner: str | None = None
    region: str = Field(pattern=r"^[A-Z]{2}(\.\d\d)?$")
    near: int | None = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _both_or_neither(self) -> "_FacilityForm":
        if (self.lat is None) != (self.lon is None):
            raise ValueError("gives one of lat and lon; give both or neither")
        return self

    def aliases(self, forms: Mapping[str, list[str]]) -> tuple[str, ...]:
        """Return the aliases that follow from the names, and those given beside."""
        templates = forms[self.form] if self.form else []
        made = [
            template.format(uk=self.uk, ru=self.ru, en=en)
            for template in templates
            for en in (self.en if "{en}" in template else [""])
        ]
        return tuple(dict.fromkeys((*made, *self.also)))


class _FacilityFile(Strict):
    sources: dict[str, str]
    forms: dict[str, list[str]]
    facilities: list[_FacilityForm]

    @model_validator(mode="after")
    def _known_forms_and_own_ids(self) -> "_FacilityFile":
        known, ids = set(self.forms), Counter(one.id for one in self.facilities)
        for one in self.facilities:
            if one.form is not None and one.form not in known:
                raise ValueError(
                    f"facility {one.id!r} has the form {one.form!r}; give one of {', '.join(sorted(known))}"
                )
            if ids[one.id] > 1:
                raise ValueError(f"the id {one.id!r} is used twice; give each facility its own")
        return self


class _OfficialForm(Strict):
    region: str = Field(pattern=r"^[A-Z]{2}\.\d\d$")
    names: list[Annotated[str, Field(min_length=3)]] = Field(min_length=1)
    source: str = Field(min_length=1)


class _OfficialFile(Strict):
    sources: dict[str, str]
    officials: list[_OfficialForm]


class _ControlForm(Strict):
    area: str = Field(pattern=r"^([A-Z]{2}\.\d\d|\d+)$")
    name: str
    holder: str = Field(pattern=r"^([A-Z]{2}|contested)$")
    start: AwareTime = Field(alias="from")
    end: AwareTime | None = Field(default=None, alias="to")
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> "_ControlForm":
        if self.end is not None and self.end <= self.start:
            raise ValueError("ends before it begins; `to` must lie after `from`")
        return self


class _ControlFile(Strict):
    sources: dict[str, str]
    control: list[_ControlForm]


def load_facilities(roots: Sequence[Path]) -> tuple[Facility, ...]:
    """Return the energy facilities of `facilities.yaml` under the first root, in its order.

    Raises:
        ConfigurationError: the file is missing or wrong; every mistake is named by line.
    """
    path = _find(roots, "facilities.yaml")
    read = read_yaml(path, _FacilityFile)
    return tuple(
        Facility(
            id=form.id,
            name=form.name,
            aliases=form.aliases(read.forms),
            class_id=form.class_id,
            owner=form.owner,
            country=form.region[:2],
            region=form.region if "." in form.region else None,
            nearest_geonameid=form.near,
            lat=form.lat,
            lon=form.lon,
            source=read.sources.get(form.source, form.source),
        )
        for form in read.facilities
    )


def load_control(roots: Sequence[Path]) -> tuple[Control, ...]:
    """Return who held which ground, from `control.yaml` under the first root.

    Raises:
        ConfigurationError: the file is missing or wrong; every mistake is named by line.
    """
    read = read_yaml(_find(roots, "control.yaml"), _ControlFile)
    return tuple(
        Control(
            area=form.area,
            holder=form.holder,
            start=form.start,
            end=form.end,
            source=read.sources.get(form.source, form.source),
        )
        for form in read.control
    )


def load_officials(roots: Sequence[Path]) -> tuple[Official, ...]:
    """Return who heads which region, from `officials.yaml` under the first root.

    Raises:
        ConfigurationError: the file is missing or wrong; every mistake is named by line.
    """
    read = read_yaml(_find(roots, "officials.yaml"), _OfficialFile)
    return tuple(
        Official(region=form.region, names=tuple(form.names), source=read.sources.get(form.source, form.source))
        for form in read.officials
    )
