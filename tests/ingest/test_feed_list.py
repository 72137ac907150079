"""The list of feeds that a new installation starts from, and what happens to one with mistakes."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.catalogue.data import data_roots
from monitor.catalogue.feeds import load_feeds
from monitor.errors import ConfigurationError

LIST = load_feeds(data_roots())


def test_the_list_has_all_three_languages_and_both_sides_and_state_media_are_marked() -> None:
    enabled = [feed for feed in LIST.feeds if feed.enabled]
    assert len(enabled) == 28
    assert {feed.language.value for feed in enabled} == {"uk", "ru", "en"}
    assert {source.id for source in LIST.sources if source.affiliation and not source.sample} == {
        "tass",
        "ria",
        "ukrinform",
    }
    assert {source.perspective for source in LIST.sources} == {"UA", "RU", None}


def test_outlets_of_one_publisher_share_its_group() -> None:
    groups = {source.id: source.publisher_group for source in LIST.sources}
    assert groups["ukrainska-pravda"] == groups["european-pravda"]


def test_the_gdelt_search_is_a_real_query_and_switched_off() -> None:
    (gdelt,) = [feed for feed in LIST.feeds if feed.source.aggregator]
    query = parse_qs(urlsplit(gdelt.url).query)
    assert not gdelt.enabled
    assert (query["mode"], query["format"]) == (["artlist"], ["rss"])
    assert query["query"][0].count("(") == query["query"][0].count(")") == 3


@pytest.mark.parametrize(
    ("named", "url", "source_id"),
    [
        ("tass", None, "tass"),
        ("The Kyiv Independent", None, "kyiv-independent"),
        (None, "https://en.interfax.com.ua/news/general/1.html", "interfax-ukraine"),
        (None, "https://www.interfax.ru/world/1", "interfax"),
        ("Би-би-си", None, "bbc"),
        ("укрінформ", None, "ukrinform"),
        ("nobody", "https://www.bbc.co.uk/news/1", "bbc"),
        (None, "https://notbbc.co.uk/", None),
        (None, "http://[", None),
        ("", None, None),
    ],
)
def test_a_source_is_known_by_id_names_or_host(named: str | None, url: str | None, source_id: str | None) -> None:
    found = LIST.source(named, url)
    assert (found.id if found else None) == source_id


SOURCE = "  - {id: outlet, name: Outlet, publisher_group: outlet, reliability: B}\n"
FEED = "  - {id: outlet-en, source: outlet, language: en, url: 'https://outlet.example/rss'}\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (f"sources:\n{SOURCE}feeds:\n{FEED}{FEED}", "feeds.yaml:5: feeds.1.id: 'outlet-en' is listed twice"),
        (f"sources:\n{SOURCE}feeds:\n{FEED.replace('source: outlet', 'source: outlt')}", "did you mean 'outlet'?"),
        (
            f"sources:\n{SOURCE}feeds:\n{FEED.replace('https:', 'ftp:')}",
            "feeds.yaml:4: feeds.0.url: is not a web address",
        ),
        (f"sources:\n{SOURCE.replace('reliability: B', 'reliability: G')}", "feeds.yaml:2: sources.0.reliability"),
        (f"sources:\n{SOURCE.replace('name:', 'naem:')}", "did you mean 'name'?"),
        (f"sources:\n{SOURCE.replace('reliability: B', 'reliability: B, timezone: Europe/Kiew')}", "is no time zone"),
        ("sources: [", "feeds.yaml:1"),
    ],
)
def test_a_mistake_in_a_users_list_is_named_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "feeds.yaml").write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        load_feeds(data_roots(tmp_path))
    assert complaint in str(caught.value)


def test_a_users_list_replaces_the_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "feeds.yaml").write_text(f"sources:\n{SOURCE}feeds:\n{FEED}")
    assert [feed.id for feed in load_feeds(data_roots(tmp_path)).feeds] == ["outlet-en"]
