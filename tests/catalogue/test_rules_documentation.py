"""docs/rules.md tells the truth: its example loads, and its tables name every field."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from monitor.catalogue import agreement_file
from monitor.catalogue.agreements import load_agreement
from monitor.catalogue.data import data_roots
from monitor.catalogue.target_classes import load_target_classes

DOCUMENT = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_example_in_the_manual_is_a_good_file(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "river-pause.yaml"
    path.write_text(example, encoding="utf-8")

    loaded = load_agreement(path, load_target_classes(data_roots()))

    assert loaded.agreement.id == "river-pause"
    assert [clause.bound for clause in loaded.agreement.clauses] == ["RU"]


@pytest.mark.parametrize(
    "form",
    [
        agreement_file.AgreementFile,
        agreement_file.ReferenceEntry,
        agreement_file.ReadingEntry,
        agreement_file.ConditionEntry,
        agreement_file.ExceptionEntry,
        agreement_file.BoundEntry,
        agreement_file.ClauseEntry,
        agreement_file.DutyEntry,
        agreement_file.DutyItemEntry,
        agreement_file.DutyReadingEntry,
        agreement_file.ExampleEntry,
        agreement_file.ExampleReport,
    ],
)
def test_the_manual_names_every_field(form: type[BaseModel]) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    names = [info.alias or name for name, info in form.model_fields.items()]
    assert [name for name in names if f"`{name}`" not in text] == []
