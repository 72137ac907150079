"""`seeds/feeds.yaml`: the outlets, how far each is believed, and the addresses that are polled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from monitor.catalogue.data import DataRoots
from monitor.catalogue.door import Strict, locate, mistake_at, read_yaml
from monitor.errors import ConfigurationError, Mistake
from monitor.model import reports
from monitor.model.reports import Language

_ID = r"^[a-z0-9][a-z0-9-]*$"


class _Source(Strict):
    id: str = Field(pattern=_ID)
    name: str = Field(min_length=1)
    publisher_group: str = Field(pattern=_ID)
    wire: str | None = None
    affiliation: str | None = Field(default=None, pattern=r"^[A-Z]{2,3}$")
    perspective: str | None = Field(default=None, pattern=r"^[A-Z]{2,3}$")
    reliability: Literal["A", "B", "C", "D", "E", "F"]
    #: Why it has that grade.
    reason: str = ""
    timezone: str = "UTC"
    aggregator: bool = False
    sample: bool = False
    also: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    hosts: tuple[str, ...] = ()
    #: Of a sample outlet: the language and file of its feed, which nobody polls.
    language: Language | None = None
    file: str | None = None

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{value!r} is no time zone; write an IANA name such as Europe/Kyiv") from None
        return value


class _Feed(Strict):
    id: str = Field(pattern=_ID)
    source: str
    url: str
    language: Language
    enabled: bool = True
    interval_seconds: int = Field(default=900, ge=60, le=7 * 86_400)
    #: Has anybody seen this address answer with a feed?
    verified: bool = False
    note: str = ""

    @field_validator("url")
    @classmethod
    def _is_a_web_address(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            good = False
        if not good or any(ord(letter) <= 32 for letter in value):
            raise ValueError("is not a web address; write it in full, beginning with https:// or http://")
        return value


class _File(Strict):
    sources: tuple[_Source, ...]
    feeds: tuple[_Feed, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedList:
    """The feeds to poll, and all known sources, which files and pasted texts are recognised by."""

    feeds: tuple[reports.Feed, ...]
    sources: tuple[reports.Source, ...]
    #: Host, without "www.", -> id of the source that publishes there.
    hosts: Mapping[str, str] = field(default_factory=dict)

    def source(self, named: str | None, url: str | None = None) -> reports.Source | None:
        """Return the source of that id or name, else the one that publishes at the address; None where none does."""
        wanted = (named or "").strip().casefold()
        for source in self.sources:
            if wanted and wanted in (source.id, *(name.casefold() for name in (source.name, *source.also))):
                return source
        known = next((self.hosts[host] for host in _host_and_parents(url) if host in self.hosts), None)
        return next((source for source in self.sources if source.id == known), None)

    def origin(self, source: reports.Source) -> str:
        """Return what the ids of items in a saved feed of this source begin from: its feed, where it has one only.

        Where it has several, a saved copy does not say which of them it is, and their items may share ids (an article's
        number in each language): the source then, so that a copy is a report of its own and not taken for a version of
        another text. Two reports of one publisher never corroborate each other.
        """
        own = [feed.id for feed in self.feeds if feed.source.id == source.id]
        return own[0] if len(own) == 1 else source.id


def _host_and_parents(url: str | None) -> Iterator[str]:
    """Yield the host of an address and the domains above it: "en.example.org", "example.org"."""
    try:
        host = (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return
    labels = host.split(".")
    for first in range(len(labels) - 1):
        yield ".".join(labels[first:])


def load_feeds(roots: DataRoots) -> FeedList:
    """Return the feed list, and the invented outlets of the sample reports among its sources.

    Raises:
        ConfigurationError: a list is wrong; all mistakes are named with file and line.
    """
    path = roots.file("seeds/feeds.yaml")
    sample_path = roots.file("seeds/sample/sources.yaml")
    listed, sample = read_yaml(path, _File), read_yaml(sample_path, _File)
    mistakes = [*_mistakes(path, listed), *_mistakes(sample_path, sample)]
    if mistakes:
        raise ConfigurationError(*mistakes)
    return _feed_list(listed, sample)


def _feed_list(listed: _File, sample: _File) -> FeedList:
    own = {entry.id: _source(entry) for entry in listed.sources}
    invented = {entry.id: _source(entry) for entry in sample.sources if entry.id not in own}
    hosts = {_bare_host(feed.url): feed.source for feed in reversed(listed.feeds)}
    hosts |= {f"{source_id}.example": source_id for source_id in invented}
    hosts |= {host.lower(): entry.id for entry in listed.sources for host in entry.hosts}
    return FeedList(
        feeds=tuple(_feed(entry, own[entry.source]) for entry in listed.feeds),
        sources=(*own.values(), *invented.values()),
        hosts=hosts,
    )


def _bare_host(url: str) -> str:
    """Return the host by which an outlet's articles are recognised: that of the feed, without a host just for feeds."""
    host = (urlsplit(url).hostname or "").lower()
    first, _, rest = host.partition(".")
    return rest if first in ("www", "rss", "feeds", "feed", "news") and rest.count(".") >= 1 else host


def _source(entry: _Source) -> reports.Source:
    return reports.Source(
        id=entry.id,
        name=entry.name,
        publisher_group=entry.publisher_group,
        wire=entry.wire,
        affiliation=entry.affiliation,
        perspective=entry.perspective,
        reliability=entry.reliability,
        timezone=entry.timezone,
        aggregator=entry.aggregator,
        sample=entry.sample,
        also=entry.also,
    )


def _feed(entry: _Feed, source: reports.Source) -> reports.Feed:
    return reports.Feed(
        id=entry.id,
        url=entry.url,
        source=source,
        language=entry.language,
        enabled=entry.enabled,
        interval_seconds=entry.interval_seconds,
        note=entry.note,
    )


def _mistakes(path: Path, file: _File) -> list[Mistake]:
    """Return what no single field can show: things listed twice, and feeds of unknown sources."""
    known = [source.id for source in file.sources]
    found: list[tuple[tuple[str | int, ...], str]] = [
        *_repeated("sources", "id", known),
        *_repeated("feeds", "id", [feed.id for feed in file.feeds]),
        *_repeated("feeds", "url", [feed.url for feed in file.feeds]),
    ]
    for number, feed in enumerate(file.feeds):
        if feed.source not in known:
            close = get_close_matches(feed.source, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else "add it under `sources`"
            found.append((("feeds", number, "source"), f"{feed.source!r} is not under `sources`; {hint}"))
    if not found:
        return []
    located: Any = locate(path)
    return [mistake_at(path, located, where, message) for where, message in found]


def _repeated(section: str, name: str, values: Sequence[str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for number, value in enumerate(values):
        if value in values[:number]:
            yield (section, number, name), f"{value!r} is listed twice"
