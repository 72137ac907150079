"""The wheel, built offline and installed into a folder of its own: what travels in it is all that it needs."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import CHECKOUT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], CHECKOUT)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps",
         "--target", str(folder), str(wheel)], folder)  # fmt: skip
    return folder


def run(command: list[str], folder: Path, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("CEASEFIRE_")}
    done = subprocess.run(
        command, cwd=folder, env={**kept, **environment}, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def shipped(*folders: str) -> Iterator[str]:
    """Yield the files of the checkout's folders that git knows, or that are there where it is no git checkout."""
    for folder in folders:
        for path in sorted((CHECKOUT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(CHECKOUT).as_posix()


def test_every_rule_seed_template_and_migration_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"monitor/_data/{name}" for name in shipped("rules", "seeds")} <= names
    assert set(shipped("monitor")) <= names
    assert any(name.startswith("monitor/output/templates/") for name in names)
    assert any(name.startswith("monitor/store/migrations/versions/0001") for name in names)


def test_nothing_is_installed_beside_the_package(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} == {"monitor", "bin"}
    assert [path.name for path in (installed / "bin").iterdir()] == ["ceasefire"]
    [about] = installed.glob("*.dist-info")
    assert (about / "licenses" / "LICENSE").is_file()
    assert (about / "licenses" / "NOTICE").is_file()


def test_the_installed_program_runs_on_what_travelled_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    settings = {"CEASEFIRE_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": str(installed), "HOME": str(tmp_path)}
    program = [sys.executable, "-P", "-m", "monitor"]
    run([*program, "replay", "--sample"], tmp_path, **settings)
    told = run([*program, "doctor"], tmp_path, **settings)
    assert str(installed / "monitor" / "_data") in told
    assert str(CHECKOUT) not in told
    page = tmp_path / "report.html"
    run([*program, "report", "--html", str(page)], tmp_path, **settings)
    assert "SAMPLE" in page.read_text(encoding="utf-8")
