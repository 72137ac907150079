"""The rule language: what a file says becomes an agreement, and every mistake in it is named by line and field."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from monitor.catalogue.agreement_file import agreement_schema
from monitor.catalogue.agreements import LoadedAgreement, load_agreement, load_agreements, load_with_examples
from monitor.catalogue.data import data_roots
from monitor.errors import ConfigurationError, Mistake
from monitor.model.agreements import Answer, ClauseKind, TargetClass
from monitor.model.provisos import ConditionStatus
from tests.agreements import CLASSES
from tests.builders import at

GOOD = """\
id: river-pause
title: Pause on the river
status: agreed
class: limited ceasefire
date: "2025-03-18"
modified: "2025-03-20"
summary: No strikes on power.
references:
  - url: https://source.example/text
parties:
  - {id: AA, name: Aland}
  - {id: BB, name: Beland}
readings:
  - id: joint
    holder: both
    window:
      start: {earliest: "2025-03-29T22:00Z", latest: "2025-03-30T01:00Z", anchor: signing}
      end: {earliest: "2025-04-10T00:00Z", latest: "2025-04-12T00:00Z", anchor: thirteen days}
    covered: [substation, power_line, power_plant, oil_depot, oil_refinery, pumping_station, gas_metering, energy]
    excluded: [gas_production, power_grid]
    unclear: [heating, gas_facility]
    intercepted_counts: unpublished
    debris_counts: "no"
    own_or_occupied_ground_counts: unpublished
    references:
      - url: https://source.example/text
clauses:
  - id: aland-refrains
    title: Aland refrains
    kind: prohibition
    bound: AA
    protected: [BB]
    readings: [joint]
examples:
  - name: a strike
    report: {title: Aland struck a substation in Beland, published: "2025-04-01T00:00Z"}
    breach: {aland-refrains: [joint]}
"""


def load(folder: Path, text: str, classes: Mapping[str, TargetClass] = CLASSES) -> LoadedAgreement:
    path = folder / "river-pause.yaml"
    path.write_text(text, encoding="utf-8")
    return load_agreement(path, classes)


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, f"{old!r} must stand once in the good file"
    return GOOD.replace(old, new)


def line_with(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if words in line)


def mistakes(folder: Path, text: str) -> tuple[Mistake, ...]:
    with pytest.raises(ConfigurationError) as caught:
        load(folder, text)
    return caught.value.mistakes


def test_what_the_file_says_is_what_the_agreement_is(tmp_path: Path) -> None:
    loaded = load(tmp_path, GOOD)

    (clause,) = loaded.agreement.clauses
    (reading,) = clause.readings
    assert (loaded.agreement.id, clause.bound, clause.kind) == ("river-pause", "AA", ClauseKind.PROHIBITION)
    assert clause.protected == {"BB"}
    assert reading.excluded == {"gas_production", "power_grid"}
    assert (reading.intercepted_counts, reading.debris_counts) == (Answer.UNPUBLISHED, Answer.NO)
    assert reading.window.start.latest == at("2025-03-30T01:00")
    assert loaded.hints == ()


def test_the_rule_version_is_the_digest_of_the_very_bytes(tmp_path: Path) -> None:
    loaded = load(tmp_path, GOOD)
    commented = load(tmp_path, GOOD + "# reviewed\n")

    assert loaded.agreement.rule_version == hashlib.sha256(GOOD.encode()).hexdigest()[:12]
    assert commented.agreement.rule_version != loaded.agreement.rule_version


@pytest.mark.parametrize(
    ("old", "new", "words", "field", "message"),
    [
        ("covered: [substation,", "covered: [substatoin,", "covered:", "readings.0.covered.0", "'substation'"),
        (
            "excluded: [gas_production,",
            "excluded: [oil_depot,",
            "excluded:",
            "readings.0.excluded.0",
            "covered already",
        ),
        ("unclear: [heating,", "unclear: [gas_production,", "unclear:", "readings.0.unclear.0", "excluded already"),
        ("covered: [substation,", "covered: [energy,", "covered:", "readings.0.covered.7", "covered already"),
        ("bound: AA", "bound: CC", "bound:", "clauses.0.bound", "no party"),
        ("readings: [joint]", "readings: [jiont]", "readings: [", "clauses.0.readings.0", "'joint'"),
        ("readings: [joint]", "readings: [joint, joint]", "readings: [", "clauses.0.readings.1", "named twice"),
        ("holder: both", "holder: x\n    holder_party: CC", "holder_party:", "readings.0.holder_party", "no party"),
        ("id: BB", "id: AA", "Beland", "parties.1.id", "used twice"),
        ("bound: AA", "bound: AA\n    penalty: x", "penalty", "clauses.0.penalty", "not a field"),
        ("kind: prohibition", "kind: ban", "kind:", "clauses.0.kind", "prohibition"),
        ("holder: both", "holdr: both", "holdr", "readings.0.holdr", "'holder'"),
        ("{aland-refrains:", "{aland-refrain:", "breach:", "examples.0.breach.aland-refrain", "'aland-refrains'"),
        ("refrains: [joint]}", "refrains: [other]}", "breach:", "examples.0.breach.aland-refrains.0", "no reading"),
        ('date: "2025-03-18"', 'date: "2025-02-30"', "date:", "date", "not a day"),
        ('date: "2025-03-18"', "date: 2025-13-01", "date:", "date", "not a day"),
        ("id: river-pause", "id: River Pause", "id: River", "id", "match"),
        ("protected: [BB]", "protected: []\n    acts: bombs", "acts:", "clauses.0.acts", "should be a list"),
        ("    readings: [joint]", "    readings: []", "readings: []", "clauses.0.readings", "at least one reading"),
        ("protected: [BB]", "protected: [Beland]", "protected:", "clauses.0.protected.0", "match"),
    ],
)
def test_a_mistake_is_named_by_line_and_field(
    tmp_path: Path, old: str, new: str, words: str, field: str, message: str
) -> None:
    text = changed(old, new)

    found = {mistake.field: mistake for mistake in mistakes(tmp_path, text)}

    assert field in found
    assert found[field].line == line_with(text, words)
    assert message in found[field].message


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ('"2025-03-29T22:00Z"', '"2025-03-29T22:00"', "readings.0.window.start.earliest", "no time zone"),
        ('"2025-03-29T22:00Z"', '"2025-03-31T22:00Z"', "readings.0.window.start.latest", "before earliest"),
        ('"2025-04-10T00:00Z"', '"2025-04-13T00:00Z"', "readings.0.window.end.latest", "before earliest"),
        (
            'end: {earliest: "2025-04-10T00:00Z", latest: "2025-04-12T00:00Z"',
            'end: {earliest: "2025-03-01T00:00Z", latest: "2025-03-02T00:00Z"',
            "readings.0.window.end",
            "ends before it starts",
        ),
    ],
)
def test_a_window_that_cannot_be_is_a_mistake(tmp_path: Path, old: str, new: str, field: str, message: str) -> None:
    (found,) = mistakes(tmp_path, changed(old, new))

    assert found.field == field
    assert message in found.message


def test_all_mistakes_of_one_kind_of_check_are_named_at_once(tmp_path: Path) -> None:
    text = changed("covered: [substation,", "covered: [substatoin,").replace("bound: AA", "bound: CC")

    assert {mistake.field for mistake in mistakes(tmp_path, text)} == {"readings.0.covered.0", "clauses.0.bound"}


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ("power_line, ", "", "readings.0", "power_line"),
        ("unclear: [heating, gas_facility]", "unclear: []", "readings.0", "gas_facility, heating"),
        ("breach: {aland-refrains: [joint]}", "breach: {}", "clauses.0", "no example"),
        ('latest: "2025-04-12T00:00Z"', "latest: null", "readings.0.window.end.latest", "for ever"),
        ('latest: "2025-03-30T01:00Z"', "latest: null", "readings.0.window", "never surely binds"),
        (
            "    references:\n      - url: https://source.example/text\nclauses",
            "clauses",
            "readings.0",
            "names no source",
        ),
    ],
)
def test_what_could_be_better_is_a_hint_and_no_mistake(
    tmp_path: Path, old: str, new: str, field: str, message: str
) -> None:
    (hint,) = load(tmp_path, changed(old, new)).hints

    assert hint.field == field
    assert hint.line is not None
    assert message in hint.message


def test_a_condition_that_is_not_known_to_be_met_is_no_hint(tmp_path: Path) -> None:
    text = changed('latest: "2025-03-30T01:00Z"', "latest: null")
    text = text.replace('earliest: "2025-04-10T00:00Z"', "earliest: null")
    assert load(tmp_path, text).hints == ()


def test_all_is_every_class_that_the_reading_lists_nowhere_else(tmp_path: Path) -> None:
    listed = "[substation, power_line, power_plant, oil_depot, oil_refinery, pumping_station, gas_metering, energy]"
    loaded = load(tmp_path, changed(listed, "[all]"))
    (reading,) = loaded.agreement.clauses[0].readings
    elsewhere = {"gas_production", "power_grid", "heating", "gas_facility"}
    assert reading.covered == set(CLASSES) - elsewhere
    assert reading.excluded | reading.unclear == elsewhere
    assert loaded.hints == ()


def test_all_stands_in_one_list_only(tmp_path: Path) -> None:
    found = mistakes(tmp_path, changed("excluded: [gas_production, power_grid]", "excluded: [all]").replace(
        "unclear: [heating, gas_facility]", "unclear: [all]"
    ))  # fmt: skip
    assert [one.message for one in found] == ["'all' is listed as excluded already"]


def test_mistakes_of_all_files_are_named_together_and_an_id_serves_once(tmp_path: Path) -> None:
    folder = tmp_path / "rules" / "agreements"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text(GOOD)
    (folder / "b.yaml").write_text(GOOD)
    (folder / "c.yaml").write_text("id: c\n")
    (folder / "d.yaml").write_text(changed("bound: AA", "bound: CC"))

    with pytest.raises(ConfigurationError) as caught:
        load_agreements(data_roots(tmp_path))

    named = {(Path(mistake.file).name, mistake.field) for mistake in caught.value.mistakes}
    assert {("b.yaml", "id"), ("c.yaml", "title"), ("d.yaml", "clauses.0.bound")} <= named
    assert "a.yaml" not in {name for name, _ in named}


def test_every_shipped_file_loads_without_a_hint() -> None:
    loaded = load_with_examples(data_roots())

    assert [one.agreement.id for one in loaded if one.agreement.id == "energy-pause-2025"]
    assert [hint for one in loaded for hint in one.hints] == []


def test_the_schema_accepts_what_the_loader_accepts_and_refuses_unknown_fields(tmp_path: Path) -> None:
    schema = json.loads(json.dumps(agreement_schema()))
    shipped = data_roots().file("rules/agreements/energy-pause-2025.yaml")

    for path in (shipped, Path(load(tmp_path, GOOD).agreement.path)):
        jsonschema.validate(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(YAML(typ="safe", pure=True).load(GOOD + "penalty: x\n"), schema)


DUTY = """\
    kind: duty
    bound: AA
    duty:
      due: {earliest: "2025-03-29T22:00Z", latest: "2025-03-30T01:00Z", anchor: signing}
      looked_at_from: "2025-03-29T22:00Z"
      looked_at_until: "2025-04-30T01:00Z"
      items: [{id: aid, title: aid, words: {en: aid has resumed}}]
"""


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("    readings: [joint]\n", "", "clauses.0.readings"),
        ("    kind: prohibition\n", "    kind: duty\n", "clauses.0.duty"),
        ("    kind: prohibition\n    bound: AA\n", DUTY.replace("kind: duty", "kind: prohibition"), "clauses.0.duty"),
        (
            "    breach: {aland-refrains: [joint]}",
            "    duties: {aland-refrains: pending}",
            "examples.0.duties.aland-refrains",
        ),
    ],
)
def test_what_does_not_go_with_the_kind_of_a_clause_is_a_mistake(
    tmp_path: Path, old: str, new: str, field: str
) -> None:
    assert field in {one.field for one in mistakes(tmp_path, changed(old, new))}


def test_a_duty_is_loaded_with_what_is_owed_and_needs_an_example(tmp_path: Path) -> None:
    loaded = load(
        tmp_path, changed("    kind: prohibition\n    bound: AA\n", DUTY).replace("    breach:", "    undetermined:")
    )
    (clause,) = loaded.agreement.clauses
    assert clause.duty is not None
    assert [(one.id, one.owed) for one in clause.duty.items] == [("aid", None)]
    assert [hint.message.split(":")[0] for hint in loaded.hints] == [
        "has no `about`",
        "has no `undone` in en",
        "no example shows where the duty 'aland-refrains' stands",
    ]


EXCEPTIONS = """\
    condition: {text: ships sail, status: unknown, references: [{url: "https://source.example/text"}]}
    exceptions:
      - {id: front, title: At the front, priority: 1, verdict: no breach, regions: [UA.05]}
      - {id: depots, title: Depots, priority: 2, verdict: undetermined, classes: [oil_depot]}
clauses:
"""


def with_exceptions(old: str = "", new: str = "") -> str:
    assert old in EXCEPTIONS
    return changed("clauses:\n", EXCEPTIONS.replace(old, new, 1))


def test_conditions_and_exceptions_are_loaded(tmp_path: Path) -> None:
    (reading,) = load(tmp_path, with_exceptions()).agreement.clauses[0].readings
    assert reading.condition is not None
    assert reading.condition.status is ConditionStatus.UNKNOWN
    assert [(one.id, one.priority, one.verdict.value) for one in reading.exemptions] == [
        ("front", 1, "no breach"),
        ("depots", 2, "undetermined"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ("priority: 2", "priority: 1", "readings.0.exceptions.1.priority", "can fall under both"),
        ("id: depots", "id: front", "readings.0.exceptions.1.id", "used twice"),
        ("[oil_depot]", "[oil_depto]", "readings.0.exceptions.1.classes.0", "no target class"),
        (", regions: [UA.05]", "", "readings.0.exceptions.0", "names classes, regions or acts"),
        ("status: unknown", "status: met", "readings.0.condition.met_at", "since when"),
        (
            "status: unknown",
            'status: not met, met_at: "2025-03-30T00:00Z"',
            "readings.0.condition.met_at",
            "does not go with",
        ),
        (
            'references: [{url: "https://source.example/text"}]',
            "references: []",
            "readings.0.condition.references",
            "too short",
        ),
    ],
)
def test_a_mistake_in_a_condition_or_an_exception_is_named(
    tmp_path: Path, old: str, new: str, field: str, message: str
) -> None:
    found = {mistake.field: mistake.message for mistake in mistakes(tmp_path, with_exceptions(old, new))}
    assert message in found[field]


def test_exceptions_of_one_priority_that_cannot_meet_are_no_mistake(tmp_path: Path) -> None:
    apart = with_exceptions("verdict: undetermined, classes: [oil_depot]", "verdict: undetermined, regions: [UA.12]")
    assert load(tmp_path, apart.replace("priority: 2", "priority: 1")).agreement.id == "river-pause"


@pytest.mark.parametrize(
    ("name", "message"),
    [("aland-refrain", "no other clause"), ("aland-refrains", "no other clause"), ("aland-too", "same party")],
)
def test_what_is_owed_in_return_is_another_clause_of_another_party(tmp_path: Path, name: str, message: str) -> None:
    text = changed("    readings: [joint]\n", f"    readings: [joint]\n    reciprocal_to: {name}\n")
    text = text.replace(
        "examples:\n",
        "  - {id: aland-too, title: Aland again, kind: standing duty, bound: AA, readings: [joint]}\nexamples:\n",
    )
    (found,) = mistakes(tmp_path, text)
    assert found.field == "clauses.0.reciprocal_to"
    assert message in found.message


READ_DIFFERENTLY = DUTY.replace(
    "items: [{id: aid, title: aid, words: {en: aid has resumed}}]",
    """items:
        - {id: aid, title: aid, words: {en: aid has resumed}}
        - {id: home, title: prisoners, owed: 20, whole: 20 for 20, words: {en: "returned # prisoners"}}
      readings:
        - {id: aland, holder: Aland, holder_party: AA, owed: {home: 15}, not_owed: [aid]}
        - id: beland
          holder: Beland
          due: {earliest: null, latest: "2025-04-02T00:00+03:00", anchor: a week after signing}""",
)


def read_differently(old: str = "", new: str = "") -> str:
    assert old in READ_DIFFERENTLY
    clause = READ_DIFFERENTLY.replace(old, new, 1)
    return changed("    kind: prohibition\n    bound: AA\n", clause).replace("    breach:", "    undetermined:")


def test_each_reading_of_a_duty_says_what_is_owed_by_when(tmp_path: Path) -> None:
    (clause,) = load(tmp_path, read_differently()).agreement.clauses
    assert clause.duty is not None
    [(aland, as_aland), (beland, as_beland)] = clause.duty.as_read
    assert aland is not None
    assert beland is not None
    assert [(one.id, one.owed, one.whole) for one in as_aland.items] == [("home", 15, "")]
    assert as_aland.due == clause.duty.due
    assert as_beland.items == clause.duty.items
    assert as_beland.due.latest == at("2025-04-01T21:00")
    assert (aland.holder_party, beland.holder_party) == ("AA", None)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("id: beland\n", "id: aland\n", "clauses.0.duty.readings.1.id"),
        ("holder_party: AA", "holder_party: ZZ", "clauses.0.duty.readings.0.holder_party"),
        ("owed: {home: 15}", "owed: {hom: 15}", "clauses.0.duty.readings.0.owed.hom"),
        ("owed: {home: 15}", "owed: {aid: 15}", "clauses.0.duty.readings.0.owed.aid"),
        ("not_owed: [aid]", "not_owed: [home]", "clauses.0.duty.readings.0.not_owed.0"),
        ("not_owed: [aid]", "not_owed: [ade]", "clauses.0.duty.readings.0.not_owed.0"),
        ("owed: {home: 15}, not_owed: [aid]", "not_owed: [aid, home]", "clauses.0.duty.readings.0.not_owed"),
    ],
)
def test_a_reading_of_a_duty_that_names_nothing_is_a_mistake(tmp_path: Path, old: str, new: str, field: str) -> None:
    assert field in {one.field for one in mistakes(tmp_path, read_differently(old, new))}
