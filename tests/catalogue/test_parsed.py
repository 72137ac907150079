"""What was parsed before is not parsed again, and nothing but that is ever believed."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from monitor.catalogue.parsed import MAX_FILES, ParsedFiles
from tests.installation import Installation

TEXT = "title: Перемир'я\nitems: [1, 2.5, yes, null, {deep: true}]\n"
VALUE = {"title": "Перемир'я", "items": [1, 2.5, "yes", None, {"deep": True}]}


def kept(folder: Path) -> Path:
    """Return the one kept file."""
    (path,) = folder.glob("*.json")
    return path


def test_what_a_text_parsed_to_is_given_back_exactly(tmp_path: Path) -> None:
    ParsedFiles(tmp_path / "cache").put(TEXT, VALUE)
    again = ParsedFiles(tmp_path / "cache").get(TEXT)
    assert again == VALUE
    assert [type(part) for part in again["items"]] == [int, float, str, type(None), dict]


def test_another_text_is_not_known(tmp_path: Path) -> None:
    files = ParsedFiles(tmp_path / "cache")
    files.put(TEXT, VALUE)
    assert files.get(TEXT + "\n") is None


def test_without_a_folder_nothing_is_kept() -> None:
    files = ParsedFiles(None)
    files.put(TEXT, VALUE)
    assert files.get(TEXT) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[:-1],
        lambda raw: raw.replace(b"deep", b"deed"),
        lambda raw: raw.partition(b"\n")[2],
        lambda raw: b"\xff" * 100,
        lambda raw: b"0" * 64 + b"\n" + b"[" * 100_000,
    ],
    ids=["empty", "cut short", "a letter changed", "no hash", "no text", "another's hash"],
)
def test_a_damaged_file_counts_as_not_there_and_is_written_anew(tmp_path: Path, damage: Any) -> None:
    files = ParsedFiles(tmp_path / "cache")
    files.put(TEXT, VALUE)
    path = kept(tmp_path / "cache")
    path.write_bytes(damage(path.read_bytes()))
    assert files.get(TEXT) is None
    files.put(TEXT, VALUE)
    assert files.get(TEXT) == VALUE


@pytest.mark.parametrize("mode", [0o770, 0o707])
def test_a_folder_that_others_may_write_to_is_not_used(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "cache"
    ParsedFiles(folder).put(TEXT, VALUE)
    folder.chmod(mode)
    assert ParsedFiles(folder).get(TEXT) is None
    kept(folder).unlink()
    ParsedFiles(folder).put(TEXT, VALUE)
    assert list(folder.iterdir()) == []


def test_a_file_that_others_may_write_to_is_not_believed(tmp_path: Path) -> None:
    files = ParsedFiles(tmp_path / "cache")
    files.put(TEXT, VALUE)
    kept(tmp_path / "cache").chmod(0o666)
    assert files.get(TEXT) is None


def test_what_stands_in_the_way_of_a_folder_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    files = ParsedFiles(tmp_path / "cache")
    files.put(TEXT, VALUE)
    assert files.get(TEXT) is None


@pytest.mark.parametrize("value", [{1: "one"}, [float("nan")], {"when": {1, 2}}, b"bytes", [(1, 2)]])
def test_what_json_cannot_give_back_exactly_is_not_kept(tmp_path: Path, value: Any) -> None:
    files = ParsedFiles(tmp_path / "cache")
    files.put(TEXT, value)
    assert files.get(TEXT) is None


def test_the_oldest_files_go(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    files = ParsedFiles(folder)
    for number in range(MAX_FILES):
        files.put(f"{number}", [number])
        os.utime(max(folder.iterdir(), key=lambda one: one.stat().st_mtime), (number, number))
    files.put("last", ["last"])
    assert len(list(folder.iterdir())) == MAX_FILES
    assert files.get("0") is None
    assert files.get("1") == [1]
    assert files.get("last") == ["last"]


def test_a_rule_file_is_read_anew_after_it_changed(tmp_path: Path) -> None:
    """The cache is on in the command line: an agreement that is mended is at once judged by."""
    installation = Installation(tmp_path, {"XDG_CACHE_HOME": str(tmp_path / "cache")})
    own = installation.write("seeds/feeds.yaml", _feeds("first"))
    assert [feed["id"] for feed in installation.json("feeds", "list", "--json")] == ["first"]
    assert any((tmp_path / "cache").rglob("*.json"))
    own.write_text(_feeds("second"), encoding="utf-8")
    assert [feed["id"] for feed in installation.json("feeds", "list", "--json")] == ["second"]


def _feeds(name: str) -> str:
    source = json.dumps({"id": name, "name": name, "publisher_group": name, "reliability": "B"})
    feed = json.dumps({"id": name, "source": name, "url": "https://feed.example/rss", "language": "en"})
    return f"sources: [{source}]\nfeeds: [{feed}]\n"
