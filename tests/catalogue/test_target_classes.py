"""The kinds of target: as shipped, and as a user may break them."""

from pathlib import Path

import pytest

from monitor.catalogue.data import data_roots
from monitor.catalogue.target_classes import load_target_classes
from monitor.errors import ConfigurationError

#: The classes that docs/read-format.md promises for energy.
PROMISED = [
    "power_plant",
    "nuclear_plant",
    "hydro_dam",
    "wind_solar",
    "substation",
    "power_line",
    "power_grid",
    "gas_production",
    "gas_processing",
    "gas_storage",
    "gas_metering",
    "gas_distribution",
    "gas_facility",
    "oil_refinery",
    "oil_depot",
    "oil_terminal",
    "oil_field",
    "pipeline",
    "pumping_station",
    "heating",
    "rail_power",
    "coal_mine",
    "energy_machinery",
    "energy",
]


def test_the_classes_that_are_promised_are_there_and_are_the_energy_ones() -> None:
    classes = load_target_classes(data_roots())

    assert {one.id for one in classes.values() if one.energy} == set(PROMISED)
    assert {one.id for one in classes.values() if one.energy and one.unspecified} == {"gas_facility", "energy"}


def test_the_other_classes_are_no_energy() -> None:
    classes = load_target_classes(data_roots())

    for class_id in ("port", "vessel", "residential", "industrial", "military", "medical", "infrastructure"):
        assert not classes[class_id].energy, class_id


def entry(class_id: str) -> str:
    return f"  - {{id: {class_id}, family: f, energy: true, label: {{en: a, uk: b, ru: c}}}}\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("classes:\n" + entry("a") + entry("a") + entry("b") + entry("b"), [(3, "classes.1.id"), (5, "classes.3.id")]),
        ("classes:\n" + entry("Power"), [(2, "classes.0.id")]),
        ("classes:\n  - {id: a, family: f, energy: true, label: {en: a, ru: c}}\n", [(2, "classes.0.label.uk")]),
        ("classes: []\n", [(1, "classes")]),
    ],
)
def test_mistakes_are_named_by_line_and_field(tmp_path: Path, content: str, expected: list[tuple[int, str]]) -> None:
    path = tmp_path / "rules" / "vocabulary" / "target-classes.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(content)

    with pytest.raises(ConfigurationError) as caught:
        load_target_classes(data_roots(tmp_path))

    assert [(mistake.line, mistake.field) for mistake in caught.value.mistakes] == expected
