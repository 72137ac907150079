"""Names in agreements that lead out of the file: unknown acts, regions and countries are named, not passed over."""

from pathlib import Path

import pytest

from monitor.catalogue.agreement_names import KnownNames, check_names
from monitor.catalogue.agreements import load_agreement
from monitor.errors import ConfigurationError
from tests.agreements import CLASSES
from tests.catalogue.test_seeded_mistakes import GOOD, line_of

KNOWN = KnownNames(
    acts=frozenset({"strike", "shelling"}), regions=frozenset({"AA.01", "BB.07"}), countries=frozenset({"AA", "BB"})
)


def check(folder: Path, old: str, new: str) -> None:
    assert GOOD.count(old) == 1
    path = folder / "lake-truce.yaml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    check_names([load_agreement(path, CLASSES)], KNOWN)


BOUND = "    bound: AA\n"
OWN = '    own_or_occupied_ground_counts: "no"\n'


def exceptions(selector: str) -> str:
    return f"{OWN}    exceptions: [{{id: x, title: a case, verdict: no breach, {selector}}}]\n"


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        (BOUND, f"{BOUND}    acts: [strike, sheling]\n", "clauses.0.acts.1", "did you mean 'shelling'"),
        ("protected: [BB]", "protected: [XX]", "clauses.0.protected.0", "known: AA, BB"),
        (OWN, f"{OWN}    territory: [BB.08]\n", "readings.1.territory.0", "did you mean 'BB.07'"),
        (OWN, exceptions("acts: [shell]"), "readings.1.exceptions.0.acts.0", "'shell' is no act"),
        (OWN, exceptions("regions: [ZZ.99]"), "readings.1.exceptions.0.regions.0", "'ZZ.99' is no region"),
    ],
)
def test_a_name_that_nothing_knows_is_a_mistake_at_its_line(
    tmp_path: Path, old: str, new: str, field: str, said: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        check(tmp_path, old, new)

    (mistake,) = caught.value.mistakes
    assert mistake.field == field
    assert said in mistake.message
    assert mistake.line == line_of(old) + new.rstrip("\n").count("\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (BOUND, f"{BOUND}    acts: [strike, shelling]\n"),
        (OWN, f"{OWN}    territory: [BB.07]\n"),
        (OWN, exceptions("regions: [AA.01], acts: [strike]")),
    ],
)
def test_names_that_are_known_are_taken(tmp_path: Path, old: str, new: str) -> None:
    check(tmp_path, old, new)
