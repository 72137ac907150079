"""Each rule file carries its own examples; they come out as the file says, and a wrong expectation is noticed."""

from dataclasses import replace

import pytest

from monitor.catalogue.agreement_file import ExampleEntry
from monitor.catalogue.agreements import LoadedAgreement, load_with_examples
from monitor.catalogue.data import data_roots
from monitor.examples import run_examples
from tests.parts import shipped_pipeline

LOADED = load_with_examples(data_roots())


def alone(loaded: LoadedAgreement, number: int) -> LoadedAgreement:
    return replace(loaded, examples=(loaded.examples[number],))


CASES = [
    pytest.param(alone(loaded, number), id=f"{loaded.agreement.id}: {example.name}")
    for loaded in LOADED
    for number, example in enumerate(loaded.examples)
]


@pytest.mark.parametrize("loaded", CASES)
def test_an_example_of_a_rule_file_comes_out_as_the_file_says(loaded: LoadedAgreement) -> None:
    (result,) = run_examples(shipped_pipeline(), [loaded])
    assert result.problems == ()


def test_every_agreement_carries_examples() -> None:
    assert [one.agreement.id for one in LOADED if not one.examples] == []


def test_an_expectation_that_does_not_come_true_is_named() -> None:
    loaded = next(one for one in LOADED if one.agreement.id == "energy-pause-2025")
    spared = next(number for number, one in enumerate(loaded.examples) if one.name == "Homes are not covered")
    wrong = loaded.examples[spared].model_copy(update={"breach": {"russia-spares-energy": ("kyiv",)}})
    (result,) = run_examples(shipped_pipeline(), [replace(loaded, examples=(wrong,))])
    assert not result.passed
    assert result.problems == ("no breach of russia-spares-energy under the reading kyiv, but there should be one",)


STRUCK = {"title": "Russian drones hit a substation in Sumy", "published": "2025-04-02T10:00Z"}
DENIED = {"title": "Russia denies striking a substation in Sumy", "published": "2025-04-02T12:00Z"}
OTHER = {"title": "Rain is expected in Kyiv", "published": "2025-04-02T13:00Z"}
ALL_THREE = {"russia-spares-energy": ("kremlin", "kyiv", "white-house")}


@pytest.mark.parametrize(
    ("reports", "breach"), [((DENIED, STRUCK, OTHER), ALL_THREE), ((DENIED, OTHER), {}), ((STRUCK, STRUCK), ALL_THREE)]
)
def test_an_example_of_several_reports_is_merged_and_judged_as_they_would_be(
    reports: tuple[dict[str, str], ...], breach: dict[str, tuple[str, ...]]
) -> None:
    loaded = next(one for one in LOADED if one.agreement.id == "energy-pause-2025")
    example = ExampleEntry.model_validate({"name": "several", "reports": reports, "breach": breach})
    (result,) = run_examples(shipped_pipeline(), [replace(loaded, examples=(example,))])
    assert result.problems == ()


@pytest.mark.parametrize(("instant", "status"), [("2025-03-19T20:00Z", "pending"), ("2025-03-20T00:00Z", "overdue")])
def test_a_duty_of_an_example_is_looked_at_at_its_instant(instant: str, status: str) -> None:
    loaded = next(one for one in LOADED if one.agreement.id == "prisoner-exchange-2025-03")
    report = {"title": "Rain is expected in Kyiv", "published": "2025-03-19T12:00Z"}
    given = {"name": "later", "report": report, "at": instant, "duties": {"exchange": status}}
    (result,) = run_examples(shipped_pipeline(), [replace(loaded, examples=(ExampleEntry.model_validate(given),))])
    assert result.problems == ()
