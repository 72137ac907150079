"""`rules/vocabulary/target-classes.yaml`: the kinds of target that rules and readers speak of."""

from collections.abc import Mapping

from pydantic import Field

from monitor.catalogue.data import DataRoots
from monitor.catalogue.door import Strict, locate, mistake_at, read_yaml
from monitor.errors import ConfigurationError
from monitor.model.agreements import TargetClass


class _Labels(Strict):
    en: str
    uk: str
    ru: str


class _Class(Strict):
    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    family: str = Field(pattern=r"^[a-z][a-z_]*$")
    energy: bool
    unspecified: bool = False
    broad: bool = False
    whole: bool = False
    label: _Labels


class _File(Strict):
    classes: tuple[_Class, ...] = Field(min_length=1)


def load_target_classes(roots: DataRoots) -> Mapping[str, TargetClass]:
    """Return all target classes by id.

    Raises:
        ConfigurationError: the file is wrong.
    """
    path = roots.file("rules/vocabulary/target-classes.yaml")
    file = read_yaml(path, _File)
    ids = [entry.id for entry in file.classes]
    if twice := [number for number, class_id in enumerate(ids) if class_id in ids[:number]]:
        located = locate(path)
        raise ConfigurationError(
            *(mistake_at(path, located, ("classes", n, "id"), f"{ids[n]!r} is listed twice") for n in twice)
        )
    return {entry.id: _target_class(entry) for entry in file.classes}


def _target_class(entry: _Class) -> TargetClass:
    return TargetClass(
        id=entry.id,
        family=entry.family,
        energy=entry.energy,
        unspecified=entry.unspecified,
        broad=entry.broad,
        whole=entry.whole,
        label=entry.label.en,
    )
