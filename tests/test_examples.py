"""Each rule file carries its own examples; they come out as the file says, and a wrong expectation is noticed."""

from dataclasses import replace

import pytest

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
