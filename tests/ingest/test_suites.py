"""Test suites of other projects: how feeds of all kinds, all Cyrillic encodings and hostile bodies are read."""

import html
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from monitor.ingest import markup
from monitor.ingest.parse import _json_feed, _moment, _text_of_body, raw_feed
from monitor.ingest.reports import title_and_text
from tests.ingest.feeds import SHARED, needs_shared

SUITES = SHARED / "suites"
CHECKOUT = Path(__file__).parents[2]


def read(data: bytes, headers: Mapping[str, str], url: str) -> dict[str, Any]:
    """Read a feed in the form that the suites ask for; texts are escaped, since the suites take them for markup."""
    known = {name.lower(): value for name, value in headers.items()}
    text = _text_of_body(data, known, url)
    if text.lstrip().startswith("{"):
        return _of_json(text, url)
    raw = raw_feed(text, known, url)
    if not raw.version and not raw.entries:
        raise ValueError("no feed")
    feed = raw.feed
    return {
        "feed": {"title": _shown(feed, "title"), "link": feed.get("link"), "description": _shown(feed, "subtitle"),
                 "language": feed.get("language")},
        "entries": [_entry(entry) for entry in raw.entries],
    }  # fmt: skip


def _shown(values: Any, key: str) -> str | None:
    value = dict.get(values, key)
    kind = (dict.get(values, f"{key}_detail") or {}).get("type")
    return _escaped(value, kind) if isinstance(value, str) else None


def _escaped(value: str, kind: str | None) -> str:
    return html.escape(markup.plain(value) if kind == "text/plain" else markup.text_of(value), quote=False)


def _entry(entry: Any) -> dict[str, Any]:
    contents = dict.get(entry, "content") or [{}]
    value = contents[0].get("value")
    return {
        "id": dict.get(entry, "id"),
        "link": dict.get(entry, "link"),
        "title": _shown(entry, "title"),
        "summary": _shown(entry, "summary"),
        "content": _escaped(value, contents[0].get("type")) if value else None,
        "author": dict.get(entry, "author"),
        "published": _moment(dict.get(entry, "published_parsed")),
        "updated": _moment(dict.get(entry, "updated_parsed")),
    }


def _of_json(text: str, url: str) -> dict[str, Any]:
    feed = _json_feed(text, url)
    names = "id", "link", "title", "author", "published", "updated"
    return {
        "feed": {"title": feed.title, "link": feed.link, "description": None, "language": feed.language},
        "entries": [
            {name: getattr(entry, name) for name in names}
            | {"title": title_and_text(entry)[0], "summary": entry.text, "content": entry.text}
            for entry in feed.entries
        ],
    }


def run_suite(script: str) -> str:
    command = [sys.executable, "-W", "ignore", str(SUITES / script), f"{__name__}:read"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=100, check=True)
    return done.stdout.strip().splitlines()[-1]


@needs_shared("suites/feed_cases.py")
def test_at_least_as_many_feeds_of_seven_projects_are_read_right_as_by_feedparser_alone() -> None:
    passed = int(run_suite("feed_cases.py").split()[0])
    assert passed >= 2699


@needs_shared("suites/cyrillic_feeds.py")
def test_cyrillic_is_read_right_whatever_way_its_encoding_is_declared() -> None:
    assert run_suite("cyrillic_feeds.py") == "98 passed, 0 failed"


CHILD = """
import sys
from monitor.errors import FeedError
from monitor.ingest.parse import parse
for path in sys.argv[1:]:
    try:
        feed = parse(open(path, "rb").read(), {}, "http://e.org/feed")
    except FeedError as error:
        assert "http://e.org/feed" in str(error)
    else:
        shown = repr(feed)
        assert "LEAKED" not in shown and "alert" not in shown and "\\x1b" not in shown, path
        print(path.rsplit("/", 1)[-1], len(feed.entries))
"""


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (1_500 * 2**20,) * 2)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    subprocess.run([sys.executable, str(SUITES / "hostile_feeds.py"), str(folder)], check=True, capture_output=True)
    return folder


@needs_shared("suites/hostile_feeds.py")
def test_hostile_bodies_are_survived_in_little_memory_and_leak_nothing(hostile: Path) -> None:
    bodies = sorted(str(path) for path in hostile.glob("*.xml*"))
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *bodies], cwd=CHECKOUT, capture_output=True, text=True, timeout=100,
        preexec_fn=limit_memory, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    counted = dict(line.split() for line in done.stdout.splitlines())
    assert len(bodies) == 18
    assert counted["same-guid-twice.xml"] == "2"
    assert counted["truncated.xml"] == "1"
    assert "gzip-bomb.xml.gz" not in counted
