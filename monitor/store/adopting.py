"""An evidentiary copy read back into the document that it was made of."""

import io
import json
from collections.abc import Iterator
from datetime import datetime

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from monitor.errors import StoreError
from monitor.model.reports import Document, Exchange
from monitor.store.archive import Archive
from monitor.store.warc import capture_of


def document_of(archive: Archive, path: str) -> Document:
    """Return the document of an evidentiary copy, with the body of its working copy.

    Args:
        archive: where both lie.
        path: of the evidentiary copy, relative to the archive.

    Raises:
        StoreError: the file is none that this program wrote, or its working copy is missing.
    """
    content = archive.content(path)
    try:
        document = _document(archive, content)
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise StoreError(f"{archive.folder / path} cannot be read back: {type(error).__name__}: {error}") from error
    # Whatever was misread here, or changed there, would make another file.
    if capture_of(document).content != content:
        raise StoreError(f"{archive.folder / path} is no copy that this program would have written")
    return document


def _document(archive: Archive, content: bytes) -> Document:
    exchanges: list[Exchange] = []
    asked: tuple[str, bytes] | None = None
    said = None
    for record in ArchiveIterator(io.BytesIO(content), no_record_parse=True):
        block = record.raw_stream.read()
        if record.rec_type == "request":
            asked = record.rec_headers.get_header("WARC-Target-URI"), block
        elif record.rec_type == "response" and asked is not None:
            exchanges.append(_exchange(*asked, record, block))
        elif record.rec_type == "metadata":
            said = json.loads(block)
    if said is None:
        raise ValueError("there is no record of the collection")
    return Document(
        url=said["collected_url"],
        final_url=said["final_url"],
        fetched_at=datetime.fromisoformat(said["collected_at"]),
        status=said["status"],
        headers=tuple((name, value) for name, value in said["headers"]),
        body=archive.read(said["working_copy"]["sha256"]),
        collector=said["collector"],
        exchanges=tuple(exchanges),
    )


def _exchange(url: str, request: bytes, record: ArcWarcRecord, response: bytes) -> Exchange:
    first, *asked = _lines(request)
    head, body = response.split(b"\r\n\r\n", 1)
    status_line, *answered = _lines(head)
    version, status, reason = status_line.split(" ", 2)
    return Exchange(
        method=first.split(" ")[0],
        url=url,
        asked_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
        request_headers=tuple(_pairs(asked)),
        http_version=version,
        status=int(status),
        reason=reason,
        headers=tuple(_pairs(answered)),
        body=None if record.rec_headers.get_header("WARC-Truncated") else body,
    )


def _lines(head: bytes) -> list[str]:
    return head.decode("latin-1").rstrip("\r\n").split("\r\n")


def _pairs(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, _, value = line.partition(": ")
        yield name, value
