"""Fifteen and more mistakes in one file, each of its own kind: one run names each of them once, at its line."""

import contextlib
import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from monitor.catalogue.agreements import load_agreement
from monitor.errors import ConfigurationError, Mistake
from tests.agreements import CLASSES

GOOD = """\
id: lake-truce
title: Truce on the lake
status: agreed
class: limited ceasefire
date: "2025-03-18"
modified: "2025-03-20"
summary: No strikes on power, and prisoners come home.
references:
  - url: https://source.example/text
parties:
  - {id: AA, name: Aland}
  - id: BB
    name: Beland
readings:
  - id: joint
    holder: both
    window:
      start: {earliest: "2025-03-29T22:00Z", latest: "2025-03-30T01:00Z", anchor: signing}
      end: {earliest: "2025-04-10T00:00Z", latest: "2025-04-12T00:00Z", anchor: thirteen days}
    covered: [substation, power_line, power_plant]
    excluded: [gas_production]
    unclear: [heating]
    intercepted_counts: unpublished
    debris_counts: "no"
    own_or_occupied_ground_counts: unpublished
  - id: strict
    holder: Beland
    holder_party: BB
    window:
      start: {earliest: "2025-03-28T22:00Z", latest: "2025-03-28T23:00Z", anchor: the speech}
      end:
        earliest: "2025-04-13T00:00Z"
        latest: "2025-04-14T00:00Z"
        anchor: fourteen days
    covered: [substation, oil_depot]
    intercepted_counts: "yes"
    debris_counts: "yes"
    own_or_occupied_ground_counts: "no"
clauses:
  - id: aland-refrains
    title: Aland refrains
    kind: prohibition
    bound: AA
    protected: [BB]
    readings: [joint, strict]
  - id: beland-returns
    title: Beland returns prisoners
    kind: duty
    bound: BB
    duty:
      due: {earliest: null, latest: "2025-03-31T01:00Z", anchor: the statement}
      looked_at_from: "2025-03-29T22:00Z"
      looked_at_until: "2025-04-30T01:00Z"
      items: [{id: home, title: prisoners, owed: 20, words: {en: "exchanged #"}}]
examples:
  - name: a strike
    report: {title: Aland struck a substation in Beland, published: "2025-04-01T00:00Z"}
    breach: {aland-refrains: [joint]}
  - name: an exchange
    report: {title: Nothing was exchanged, published: "2025-04-01T12:00Z"}
    duties: {beland-returns: overdue}
"""


@dataclass(frozen=True)
class Seed:
    """One mistake: what is changed, and what must be said of it."""

    old: str
    new: str
    field: str
    said: str

    @property
    def line(self) -> int:
        """The line of the mistake: the first that the change touches and that holds its last words."""
        before = GOOD[: GOOD.index(self.old)]
        return before.count("\n") + self.new.rstrip("\n").count("\n") + 1


SEEDS = [
    Seed("title: Truce on the lake", "titel: Truce on the lake", "titel", "did you mean 'title'"),
    Seed("status: agreed", "status: agreed\nstatus: lapsed", "status", "duplicate key"),
    Seed('date: "2025-03-18"', 'date: "18 March 2025"', "date", "is not a day"),
    Seed("- url: https://source.example/text", "- url: source.example/text", "references.0.url", "match"),
    Seed("    name: Beland\n", "    name: Beland\n  - {id: AA, name: Aland again}\n", "parties.2.id", "used twice"),
    Seed('{earliest: "2025-03-29T22:00Z", latest', '{earliest: "2025-03-29T22:00", latest',
         "readings.0.window.start.earliest", "no time zone"),
    Seed('latest: "2025-04-12T00:00Z"', 'latest: "2025-04-09T00:00Z"', "readings.0.window.end.latest",
         "before earliest"),
    Seed("covered: [substation, power_line", "covered: [substatoin, power_line", "readings.0.covered.0",
         "did you mean 'substation'"),
    Seed("unclear: [heating]", "unclear: [power_line]", "readings.0.unclear.0", "covered already"),
    Seed("intercepted_counts: unpublished", "intercepted_counts: maybe", "readings.0.intercepted_counts", "'yes'"),
    Seed('    debris_counts: "no"\n', "", "readings.0.debris_counts", "is missing"),
    Seed("holder_party: BB", "holder_party: CC", "readings.1.holder_party", "no party"),
    Seed('latest: "2025-04-14T00:00Z"', "latest: 2025-04-31T00:00Z", "readings.1.window.end.latest", "is not a time"),
    Seed("        anchor: fourteen days", '        ancor: fourteen days', "readings.1.window.end.ancor",
         "did you mean 'anchor'"),
    Seed('due: {earliest: null', 'due: {earliest: "2025-04-02T00:00Z"', "clauses.1.duty.due.latest", "before earliest"),
    Seed('looked_at_until: "2025-04-30T01:00Z"', 'looked_at_until: "2025-03-28T01:00Z"',
         "clauses.1.duty.looked_at_until", "no report would be looked at"),
    Seed('words: {en: "exchanged #"}}]',
         'words: {en: "exchanged #"}},\n        {id: home, title: again, words: {en: went home}}]',
         "clauses.1.duty.items.1.id", "used twice"),
    Seed('looked_at_from: "2025-03-29T22:00Z"',
         'looked_at_from: "2025-03-29T22:00Z"\n      about: {en: home, uk: додому}',
         "clauses.1.duty.about.uk", "no item has words in uk"),
    Seed("{title: Nothing was exchanged,", "{affiliation: AC, title: Nothing was exchanged,",
         "examples.1.report.affiliation", "no party"),
    Seed("kind: prohibition", "kind: ban", "clauses.0.kind", "prohibition"),
    Seed("bound: AA", "bound: AB", "clauses.0.bound", "no party"),
    Seed("protected: [BB]", "protected: Beland", "clauses.0.protected", "should be a list"),
    Seed("readings: [joint, strict]", "readings: [joint, strikt]", "clauses.0.readings.1", "did you mean 'strict'"),
    Seed("owed: 20", "owed: -20", "clauses.1.duty.items.0.owed", "greater than 0"),
    Seed("breach: {aland-refrains: [joint]}", "breach: {aland-refrain: [joint]}", "examples.0.breach.aland-refrain",
         "did you mean 'aland-refrains'"),
    Seed("duties: {beland-returns: overdue}", "duties: {beland-returns: late}", "examples.1.duties.beland-returns",
         "overdue"),
]  # fmt: skip


def said_of(folder: Path, *seeds: Seed) -> dict[str, Mistake]:
    text = GOOD
    for seed in seeds:
        assert text.count(seed.old) == 1, f"{seed.old!r} must stand once in the good file"
        text = text.replace(seed.old, seed.new)
    path = folder / "lake-truce.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_agreement(path, CLASSES)
    found = caught.value.mistakes
    assert len({mistake.field for mistake in found}) == len(found), [str(mistake) for mistake in found]
    return {mistake.field: mistake for mistake in found}


def test_the_file_without_mistakes_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "lake-truce.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_agreement(path, CLASSES).agreement.id == "lake-truce"


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.field)
def test_a_mistake_is_named_once_at_its_line(tmp_path: Path, seed: Seed) -> None:
    (found,) = said_of(tmp_path, seed).values()

    assert (found.field, found.file) == (seed.field, str(tmp_path / "lake-truce.yaml"))
    assert seed.said in found.message
    # What is missing stands nowhere: the part that it is missing from is named.
    assert found.line == (seed.line if "missing" not in seed.said else line_of("  - id: joint"))


def test_a_file_modified_before_the_date_of_its_agreement_is_a_mistake(tmp_path: Path) -> None:
    seed = Seed('modified: "2025-03-20"', 'modified: "2025-03-17"', "modified", "before the date")
    (found,) = said_of(tmp_path, seed).values()
    assert (found.field, found.line) == ("modified", seed.line)


@pytest.mark.parametrize(
    "seed",
    [
        Seed('"exchanged #"', '"were exchanged"', "clauses.1.duty.items.0.words.en", "tells no number"),
        Seed('looked_at_from: "2025-03-29T22:00Z"', 'looked_at_from: "2025-03-29T22:00Z"\n      about: {uk: додому}',
             "clauses.1.duty.about", "has no words in en"),
    ],
    ids=lambda seed: seed.said,
)  # fmt: skip
def test_words_by_which_nothing_could_ever_be_told_are_a_mistake(tmp_path: Path, seed: Seed) -> None:
    found = said_of(tmp_path, seed)[seed.field]
    assert (found.line, seed.said in found.message) == (seed.line, True)


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("03-29", "04-10", False),
        # over before it starts, at the latest
        ("04-20", "04-10", True),
    ],
)
def test_a_window_that_is_over_before_it_starts_at_the_latest_is_a_mistake(
    tmp_path: Path, start: str, end: str, wrong: bool
) -> None:
    text = GOOD.replace('latest: "2025-03-30T01:00Z"', f'latest: "2025-{start}T23:00Z"')
    text = text.replace('latest: "2025-04-12T00:00Z"', f'latest: "2025-{end}T01:00Z"')
    path = tmp_path / "lake-truce.yaml"
    path.write_text(text, encoding="utf-8")
    if not wrong:
        load_agreement(path, CLASSES)
        return
    with pytest.raises(ConfigurationError, match=r"readings\.0\.window\.end: .*before it starts at the latest"):
        load_agreement(path, CLASSES)


def line_of(words: str) -> int:
    return GOOD[: GOOD.index(words)].count("\n") + 1


def test_all_mistakes_in_one_file_are_named_in_one_run(tmp_path: Path) -> None:
    assert len(SEEDS) > 15
    found = said_of(tmp_path, *SEEDS)

    assert set(found) == {seed.field for seed in SEEDS}
    assert all(seed.said in found[seed.field].message for seed in SEEDS)


@pytest.mark.parametrize("first", SEEDS, ids=lambda seed: seed.field)
def test_any_two_mistakes_are_named_together(tmp_path: Path, first: Seed) -> None:
    for second in SEEDS[SEEDS.index(first) + 1 :]:
        assert set(said_of(tmp_path, first, second)) == {first.field, second.field}


def places(value: object, where: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield where
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from places(part, (*where, key))


PLAIN = YAML(typ="safe", pure=True).load(GOOD)
JUNK = st.one_of(st.none(), st.integers(), st.text(max_size=4), st.lists(st.integers(), max_size=2),
                 st.dictionaries(st.text(max_size=3), st.integers(), max_size=2))  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(sorted(places(PLAIN), key=str)), JUNK), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_put_anywhere_is_taken_or_named(
    tmp_path: Path, changes: list[tuple[tuple[str | int, ...], object]]
) -> None:
    value = {"": copy.deepcopy(PLAIN)}
    for where, junk in changes:
        holder: Any = value
        try:
            for part in ("", *where)[:-1]:
                holder = holder[part]
            holder[("", *where)[-1]] = junk
        except (KeyError, IndexError, TypeError):
            continue
    path = tmp_path / "lake-truce.yaml"
    path.write_text(json.dumps(value[""]), encoding="utf-8")
    # Nothing but a mistake that is named may come of it.
    with contextlib.suppress(ConfigurationError):
        load_agreement(path, CLASSES)
