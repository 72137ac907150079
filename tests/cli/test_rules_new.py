"""`ceasefire rules new`: a file to begin from that passes `check` and `test` as it stands."""

from datetime import date
from pathlib import Path

import pytest

from monitor.catalogue.data import data_roots
from monitor.catalogue.template import new_agreement
from monitor.errors import UsageError
from tests.commands import CommandLine


def test_a_new_file_passes_check_without_a_hint_and_its_examples_hold(ceasefire: CommandLine) -> None:
    ceasefire.own("rules/agreements/README", "my rules")
    written = ceasefire("rules", "new", "river-truce-2026", "--title", "Truce on the river")

    assert (ceasefire.folder / "own/rules/agreements/river-truce-2026.yaml").is_file()
    assert "river-truce-2026.yaml" in written.err
    checked = ceasefire("rules", "check")
    assert (checked.status, "hint" in checked.err) == (0, False)
    tested = ceasefire("rules", "test")
    assert tested.status == 0
    assert tested.out.count("ok   river-truce-2026:") == 4
    assert "Truce on the river" in ceasefire("rules", "list").out


@pytest.mark.parametrize("folder", ["there and empty", "not there"])
def test_a_folder_of_ones_own_begins_with_the_new_file(ceasefire: CommandLine, folder: str) -> None:
    own = ceasefire.folder / "mine"
    if folder == "there and empty":
        own.mkdir()
    ceasefire.set(rules_dir=str(own))

    assert ceasefire("rules", "new", "river-truce-2026").status == 0
    assert (own / "rules/agreements/river-truce-2026.yaml").is_file()
    assert ceasefire("rules", "check").status == 0


@pytest.mark.parametrize("day", [date(2024, 2, 28), date(2025, 3, 28), date(2026, 12, 30)], ids=str)
def test_its_examples_hold_on_whatever_day_it_is_written(ceasefire: CommandLine, day: date) -> None:
    ceasefire.own("rules/agreements/river.yaml", new_agreement(data_roots(), "river", "River", day))

    assert "0 failed" in ceasefire("rules", "test").err


def test_it_can_be_printed_or_written_elsewhere_and_never_overwrites(ceasefire: CommandLine) -> None:
    printed = ceasefire("rules", "new", "river", "--output", "-").out
    assert printed.splitlines()[0] == "# A new agreement"

    path = ceasefire.folder / "new/river.yaml"
    ceasefire("rules", "new", "river", "--output", str(path))
    path.write_text("mine\n", encoding="utf-8")
    done = ceasefire("rules", "new", "river", "--output", str(path))
    assert (done.status, path.read_text(encoding="utf-8")) == (1, "mine\n")
    assert "is there already" in done.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["River Truce"], "cannot be an id"),
        (["../river"], "cannot be an id"),
        (["river", "--title", "a: b"], "--title"),
        (["river", "--title", "a\nb"], "--title"),
        (["river"], "CEASEFIRE_RULES_DIR"),
    ],
)
def test_what_cannot_be_written_is_told_in_one_line(ceasefire: CommandLine, arguments: list[str], told: str) -> None:
    done = ceasefire("rules", "new", *arguments)
    assert done.status in (1, 2)
    assert told in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("title", ["", "  ", "it's", "{x}", "a # b", "\u202eright to left"])
def test_a_title_that_would_break_the_file_is_refused(title: str) -> None:
    with pytest.raises(UsageError, match="--title"):
        new_agreement(data_roots(), "river", title, date(2026, 1, 1))


def test_a_title_in_another_script_is_taken(tmp_path: Path) -> None:
    assert "title: Перемирие на реке" in new_agreement(data_roots(), "river", "Перемирие на реке", date(2026, 1, 1))
