"""Reports from files, for `ceasefire replay`: feeds, JSON lines, CSV, text articles, and folders of them.

Each report has its own time of publication; what carries none stays without one, unless the caller says when. A record
that cannot be read does not cost the others: they are all given out first, and then one error names every bad record
with its file and line.
"""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from monitor.errors import ConfigurationError, FeedError, Mistake, UsageError
from monitor.ingest import markup
from monitor.ingest.decoding import decode
from monitor.ingest.identity import item_id
from monitor.ingest.language import settled
from monitor.ingest.parse import ParsedFeed, parse
from monitor.ingest.records import Record, RecordError, from_json, from_row
from monitor.ingest.reports import believable, placed, reports_of_file, without_title
from monitor.model.reports import Language, Report, Source

#: A larger file is refused; nothing here is read in pieces.
MAX_BYTES = 200_000_000
FEEDS = frozenset({".xml", ".rss", ".atom", ".rdf", ".gz"})
JSON_LINES = frozenset({".jsonl", ".ndjson"})
TABLES = frozenset({".csv", ".tsv"})
TEXTS = frozenset({".txt"})
KNOWN = FEEDS | JSON_LINES | TABLES | TEXTS | {".json"}


class Sources(Protocol):
    """Whoever knows sources: the catalogue's feed list."""

    def source(self, named: str | None, url: str | None = None) -> Source | None:
        """Return the source of that id or name, or else of that address."""

    def origin(self, source: Source) -> str:
        """Return what the ids of a source's items begin from."""


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """What reading any file needs to know."""

    published: datetime | None
    now: datetime
    sources: Sources
    mistakes: list[Mistake]

    def wrong(self, path: Path, line: int | None, message: str) -> None:
        self.mistakes.append(Mistake(file=str(path), line=line, field="", message=message))


def read_path(path: Path, *, published: datetime | None, now: datetime, feeds: Sources) -> Iterator[Report]:
    """Yield the reports of a file, or of all files of known kinds in a folder (sorted by name, subfolders too).

    Args:
        path: .xml .rss .atom .rdf .json (feeds; .gz too), .jsonl, .csv, .tsv, .txt, or a folder.
        published: when reports that carry no time were published; None leaves them without.
        now: when they are seen.
        feeds: knows the sources; one that it does not know is graded F.

    Raises:
        UsageError: there is no such file, or it is of no known kind.
        ConfigurationError: something in it could not be read; raised after all that could be read was given out.
    """
    reading = _Reading(published=published, now=now, sources=feeds, mistakes=[])
    for file in _files(path):
        yield from _read_file(file, reading)
    if reading.mistakes:
        raise ConfigurationError(*reading.mistakes)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = [file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix.lower() in KNOWN]
        if not found:
            raise UsageError(f"{path}: holds no file of a known kind ({', '.join(sorted(KNOWN))})")
        return found
    if not path.exists():
        raise UsageError(f"{path}: there is no such file or folder")
    if path.suffix.lower() not in KNOWN:
        raise UsageError(f"{path}: not a kind of file that can be read ({', '.join(sorted(KNOWN))})")
    return [path]


def _read_file(path: Path, reading: _Reading) -> Iterator[Report]:
    try:
        if path.stat().st_size > MAX_BYTES:
            reading.wrong(path, None, f"is larger than {MAX_BYTES:,} bytes; split it")
            return
        body = path.read_bytes()
    except OSError as error:
        reading.wrong(path, None, f"cannot be read: {error.strerror}")
        return
    yield from _reader(path)(path, body, reading)


def _reader(path: Path) -> Callable[[Path, bytes, _Reading], Iterable[Report]]:
    suffix = path.suffix.lower()
    if suffix in JSON_LINES:
        return _json_lines
    if suffix in TABLES:
        return _table
    return _article if suffix in TEXTS else _feed_file


def _feed_file(path: Path, body: bytes, reading: _Reading) -> Iterator[Report]:
    try:
        parsed = parse(body, {}, "")
    except FeedError as error:
        reading.wrong(path, None, str(error).removeprefix(": "))
        return
    if parsed.truncated:
        reading.wrong(path, None, "the feed breaks off; what is complete was read")
    if parsed.left_out:
        reading.wrong(path, None, f"has too many entries; the last {parsed.left_out:,} were not read")
    source = _source_of_feed(path, parsed, reading.sources)
    yield from reports_of_file(
        parsed,
        source,
        language=_language(parsed.language),
        document_sha256=hashlib.sha256(body).hexdigest(),
        published=reading.published,
        now=reading.now,
        origin=reading.sources.origin(source),
    )


def _source_of_feed(path: Path, parsed: ParsedFeed, sources: Sources) -> Source:
    """Return whose feed it is: by the addresses it names, else by the name of the file."""
    links = [parsed.link, *(entry.link for entry in parsed.entries[:3])]
    for named, link in [*((None, link) for link in links), (path.name.partition(".")[0], None)]:
        if known := sources.source(named, link):
            return known
    return unknown_source(parsed.title or path.stem, next(filter(None, links), None))


def unknown_source(name: str | None, url: str | None) -> Source:
    """Return a source for what no list knows: reliability F, and a publisher of its own."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    key = host or (name or "").strip() or "unknown"
    return Source(id=key, name=(name or "").strip() or key, publisher_group=key, reliability="F")


def _language(code: str | None) -> Language | None:
    """Return the language of a code such as "uk-UA"; None where there is none."""
    if not code:
        return None
    known = {language.value: language for language in Language}
    return known.get(code.strip().lower()[:2], Language.OTHER)


def _json_lines(path: Path, body: bytes, reading: _Reading) -> Iterator[Report]:
    digest = hashlib.sha256(body).hexdigest()
    for number, line in enumerate(decode(body).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = from_json(json.loads(line))
        except RecordError as error:
            reading.wrong(path, number, str(error))
        except (ValueError, RecursionError) as error:
            reading.wrong(path, number, f"is not JSON: {error}")
        else:
            yield _report(record, path, number, digest, reading)


def _table(path: Path, body: bytes, reading: _Reading) -> Iterator[Report]:
    digest = hashlib.sha256(body).hexdigest()
    csv.field_size_limit(MAX_BYTES)
    lines = decode(body).splitlines(keepends=True)
    rows = csv.DictReader(lines, delimiter="\t" if path.suffix.lower() == ".tsv" else ",", strict=True)
    try:
        for row in rows:
            try:
                record = from_row(row)
            except RecordError as error:
                reading.wrong(path, rows.line_num, str(error))
                continue
            yield _report(record, path, rows.line_num, digest, reading)
    except csv.Error as error:
        reading.wrong(path, rows.line_num, f"is not CSV from here on: {error}")


def _article(path: Path, body: bytes, reading: _Reading) -> Iterator[Report]:
    """Yield one text: its first line is the title, and a repetition of the title after it is dropped."""
    title, _, rest = markup.plain(decode(body)).partition("\n")
    if not title:
        reading.wrong(path, None, "is empty; the first line is to be the title")
        return
    # Any number of articles are saved as "article.txt": what a text is, its title and time say.
    record = Record(key=f"{reading.published}\x1e{title}", title=title, text=without_title(title, rest))
    yield _report(record, path, 1, hashlib.sha256(body).hexdigest(), reading)


def _report(record: Record, path: Path, line: int, digest: str, reading: _Reading) -> Report:
    if record.complaint:
        reading.wrong(path, line, record.complaint)
    source = reading.sources.source(record.source, record.url) or unknown_source(record.source, record.url)
    # One address can stand for many messages (a live page, a list), so that it does not suffice without an id.
    key = record.key or f"{record.url or record.published}\x1e{record.title}"
    # Ids such as "1" of a file that names no source are unique in that file only: the title goes with them.
    named = key if source.id != "unknown" else f"{key}\x1e{record.title}"
    when, zone = placed(record.published, source, zoneless=record.zoneless)
    when = believable(when, reading.now)
    return Report(
        id=item_id(source.id, named),
        source=source,
        title=record.title,
        text=record.text,
        language=settled(record.title, record.text, _language(record.language)),
        published=when or (None if record.complaint else reading.published),
        published_zone=zone if when else None,
        first_seen=reading.now,
        url=record.url,
        document_sha256=digest,
    )
