"""A document as a WARC file: the evidentiary copy, which shows what was asked of whom, and every byte of the answer.

One file for each document, whole or not there at all. Made of the document alone, and each time the same, so that its
name and its hash are known before it is written.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from monitor.model.reports import Document, Exchange

#: Where evidentiary copies lie, below the folder of the archive.
FOLDER = "warc"
_VERSION = "WARC/1.1"
_HTTP = "application/http; msgtype="
#: What may stand in an address (RFC 3986); anything else is written as %XX.
_URI = "%/:?#[]@!$&'()*+,;=-._~"


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One record of a WARC file: what it holds, where it lies, and the SHA-256 of its bytes, header included."""

    type: str
    offset: int
    length: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """A WARC file: its path below the folder of the archive, its bytes, and the records that they consist of."""

    path: str
    content: bytes
    records: tuple[Record, ...]

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the file, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def capture_of(document: Document) -> Capture:
    """Return the WARC file of a document: how it was collected, each request with its answer, and what was made of it.

    A document that came by no HTTP request is kept as a record of the type "resource".
    """
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=False, warc_version="1.1")
    ends = [0]
    types = []
    for record in _records(document):
        writer.write_record(record)
        types.append(record.rec_type)
        ends.append(buffer.tell())
    content = buffer.getvalue()
    spans = zip(types, ends[:-1], ends[1:], strict=True)
    records = tuple(
        Record(type=kind, offset=start, length=end - start, sha256=hashlib.sha256(content[start:end]).hexdigest())
        for kind, start, end in spans
    )
    stamp = document.fetched_at.strftime("%Y%m%dT%H%M%S.%fZ")
    digest = hashlib.sha256(content).hexdigest()
    path = f"{FOLDER}/{document.fetched_at:%Y/%m/%d}/{stamp}-{digest}.warc"
    return Capture(path=path, content=content, records=records)


def _records(document: Document) -> Iterator[ArcWarcRecord]:
    at = document.fetched_at
    about = {
        "software": document.collector,
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    block = "".join(f"{name}: {_line(value)}\r\n" for name, value in about.items()).encode()
    yield _record("warcinfo", at, block, {"Content-Type": "application/warc-fields"})
    last = None
    for exchange in document.exchanges:
        response = _response(exchange)
        last = response.rec_headers.get_header("WARC-Record-ID")
        yield _request(exchange, last)
        yield response
    if not document.exchanges:
        kind = next((value for name, value in document.headers if name.lower() == "content-type"), "")
        headers = {"WARC-Target-URI": _uri(document.url), "Content-Type": _line(kind) or "application/octet-stream"}
        resource = _record("resource", at, document.body, headers)
        last = resource.rec_headers.get_header("WARC-Record-ID")
        yield resource
    yield _collection_record(document, str(last))


def _request(exchange: Exchange, response_id: str) -> ArcWarcRecord:
    address = urlsplit(exchange.url)
    target = (address.path or "/") + (f"?{address.query}" if address.query else "")
    head = _head(f"{exchange.method} {target} HTTP/1.1", exchange.request_headers)
    headers = {
        "WARC-Target-URI": _uri(exchange.url),
        "WARC-Concurrent-To": response_id,
        "Content-Type": f"{_HTTP}request",
    }
    return _record("request", exchange.asked_at, head, headers, payload=b"")


def _response(exchange: Exchange) -> ArcWarcRecord:
    head = _head(f"{exchange.http_version} {exchange.status} {exchange.reason}", exchange.headers)
    headers = {"WARC-Target-URI": _uri(exchange.url), "Content-Type": f"{_HTTP}response"}
    if exchange.body is None:
        headers["WARC-Truncated"] = "unspecified"
    body = exchange.body or b""
    return _record("response", exchange.asked_at, head + body, headers, payload=body)


def _collection_record(document: Document, about: str) -> ArcWarcRecord:
    """Return the record of the collection: who collected what, from where, when and how, and what is worked with."""
    said: dict[str, Any] = {
        "collected_url": without_user(document.url),
        "url_chain": [exchange.url for exchange in document.exchanges],
        "final_url": without_user(document.final_url),
        "collected_at": document.fetched_at.isoformat(),
        "collector": document.collector,
        "status": document.status,
        "headers": document.headers,
        "working_copy": {"sha256": document.sha256, "bytes": len(document.body)},
    }
    block = json.dumps(said, indent=1).encode()
    headers = {
        "WARC-Target-URI": _uri(document.final_url),
        "WARC-Refers-To": about,
        "Content-Type": "application/json",
    }
    return _record("metadata", document.fetched_at, block, headers)


def _record(
    kind: str, at: datetime, block: bytes, headers: Mapping[str, str], payload: bytes | None = None
) -> ArcWarcRecord:
    """Return a record whose block is written as it stands: the library would encode odd HTTP headers anew."""
    digest = _digest(block)
    date = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    identity = uuid5(NAMESPACE_URL, " ".join((kind, date, headers.get("WARC-Target-URI", ""), digest)))
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{identity}>",
        "WARC-Date": date,
        **headers,
        "WARC-Block-Digest": digest,
    }
    if kind != "warcinfo":
        named["WARC-Payload-Digest"] = digest if payload is None else _digest(payload)
    rec_headers = StatusAndHeaders("", list(named.items()), protocol=_VERSION)
    return ArcWarcRecord("warc", kind, rec_headers, io.BytesIO(block), None, headers["Content-Type"], len(block))


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _head(first: str, headers: Sequence[tuple[str, str]]) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    return b"".join(line.encode("latin-1", "replace") + b"\r\n" for line in lines) + b"\r\n"


def _line(text: str) -> str:
    """Return text that can stand in one header line: no control characters, no lone surrogates."""
    return "".join(c if c.isprintable() else " " for c in text).encode("utf-8", "replace").decode().strip()


def _uri(url: str) -> str:
    return quote(without_user(url), safe=_URI, errors="replace")


def without_user(url: str) -> str:
    """Return an address without the name and password that may stand in it: evidence is handed to strangers."""
    return re.sub(r"\A([A-Za-z][\w+.-]*://)[^/?#]*@", r"\1", url)
