"""Where rules and seeds are: the built-in ones, with a folder of the user's laid over them."""

from pathlib import Path

import pytest

from monitor.catalogue.agreements import load_agreements
from monitor.catalogue.data import built_in, data_roots
from monitor.errors import ConfigurationError


def lay(folder: Path, **files: str) -> Path:
    """Write files into `folder`/rules/agreements, named without their ending."""
    target = folder / "rules" / "agreements"
    target.mkdir(parents=True)
    for name, content in files.items():
        (target / f"{name}.yaml").write_text(content)
    return folder


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


def test_without_a_folder_of_the_users_the_built_in_files_serve() -> None:
    roots = data_roots()

    assert roots.folders == (built_in(),)
    assert "energy-pause-2025.yaml" in names(roots.files("rules/agreements"))


def test_the_users_file_replaces_the_built_in_one_of_the_same_name_and_others_are_added(tmp_path: Path) -> None:
    mine = lay(tmp_path, **{"energy-pause-2025": "id: mine\n", "zz-new": "id: new\n"})

    found = data_roots(mine).files("rules/agreements")

    assert tmp_path / "rules/agreements/energy-pause-2025.yaml" in found
    assert built_in() / "rules/agreements/energy-pause-2025.yaml" not in found
    assert found[-1] == tmp_path / "rules/agreements/zz-new.yaml"


def test_a_file_that_says_so_takes_the_built_in_one_away(tmp_path: Path) -> None:
    mine = lay(tmp_path, **{"energy-pause-2025": "# not ours to watch\nremoved: true\n"})

    assert "energy-pause-2025.yaml" not in names(data_roots(mine).files("rules/agreements"))


@pytest.mark.parametrize("text", ["", "# a comment\n"])
def test_an_empty_file_is_a_mistake_as_what_is_left_of_a_failed_save(tmp_path: Path, text: str) -> None:
    mine = lay(tmp_path, **{"energy-pause-2025": text})

    with pytest.raises(ConfigurationError, match=r"energy-pause-2025\.yaml: is empty"):
        load_agreements(data_roots(mine))


def test_what_the_users_folder_does_not_have_comes_from_the_built_in_one(tmp_path: Path) -> None:
    roots = data_roots(lay(tmp_path))

    assert roots.file("rules/vocabulary/target-classes.yaml").is_relative_to(built_in())


def test_a_file_that_no_root_has_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"seeds/none\.yaml: is not in .* or "):
        data_roots(lay(tmp_path)).file("seeds/none.yaml")


def test_a_folder_that_does_not_exist_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="is not a folder"):
        data_roots(tmp_path / "missing")


def test_a_folder_without_rules_or_seeds_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="neither rules/ nor seeds/"):
        data_roots(tmp_path)


@pytest.mark.parametrize("name", ["truce.yml", "truce.YAML", "truce.Yaml"])
def test_a_file_that_would_be_passed_over_for_its_ending_is_a_mistake(tmp_path: Path, name: str) -> None:
    (lay(tmp_path) / "rules" / "agreements" / name).write_text("id: truce\n")

    with pytest.raises(ConfigurationError, match=rf"{name}: would not be read; name it truce\.yaml"):
        data_roots(tmp_path)


def test_taking_away_what_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    mine = lay(tmp_path, **{"energy-pause-2052": "removed: true\n"})

    with pytest.raises(ConfigurationError, match=r"takes nothing away.*did you mean 'energy-pause-2025\.yaml'"):
        data_roots(mine)
