"""RFC 3161 timestamps: an authority outside of this machine signs that the head of the chain was there at a time.

Off unless the settings name an authority. A timestamp is verified before it is believed, and then kept as a document of
the chain like any other. The libraries for it are an extra of the installation ("timestamps").
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from monitor.errors import MonitorError
from monitor.model.reports import Document
from monitor.model.times import utc
from monitor.store import Store
from monitor.store.chain import TIMESTAMP

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampRequest, TimeStampResponse

#: An answer is a few kilobytes: a signature with its certificates.
_MOST_BYTES = 200_000
_ASK = "application/timestamp-query"
_ANSWER = "application/timestamp-reply"


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Who signs, and whose certificates we trust to say so."""

    url: str
    #: A file of certificates (PEM) that the authority's signatures lead to.
    roots: Path
    timeout_seconds: float = 30


@dataclass(frozen=True, kw_only=True)
class Stamped:
    """A timestamp that was recorded."""

    head: str
    #: When the authority says that it was.
    at: datetime


def stamp(store: Store, authority: Authority, *, now: datetime, collector: str) -> Stamped:
    """Have the head of the chain signed, check the signature, and record the answer as a document of the chain.

    Args:
        store: whose chain.
        authority: who signs.
        now: when it is asked for (aware).
        collector: name and version of this program.

    Raises:
        MonitorError: there is nothing to sign, the extra is not installed, or the authority gave no timestamp that can
            be believed.
    """
    head = store.head()
    if head is None:
        raise MonitorError("the archive holds no document yet: there is nothing to be signed")
    request = _request(head)
    body = _ask(authority, request.as_bytes())
    at = _verified(body, request, head, authority)
    address = f"{TIMESTAMP}{head}"
    document = Document(
        url=address,
        final_url=authority.url,
        fetched_at=now,
        status=200,
        headers=(("Content-Type", _ANSWER),),
        body=body,
        collector=f"{collector}, RFC 3161 timestamp",
    )
    store.archive.keep(document)
    with store.transaction() as tx:
        tx.add_document(document)
    return Stamped(head=head, at=at)


def _request(head: str) -> "TimeStampRequest":
    try:
        from rfc3161_client.base import HashAlgorithm, TimestampRequestBuilder
    except ImportError:
        raise MonitorError("timestamps need the library rfc3161-client: pip install rfc3161-client") from None
    return TimestampRequestBuilder().data(head.encode()).hash_algorithm(HashAlgorithm.SHA256).build()


def _ask(authority: Authority, request: bytes) -> bytes:
    """Return the body of the authority's answer."""
    headers = {"Content-Type": _ASK, "Accept": _ANSWER}
    try:
        with httpx.stream(
            "POST", authority.url, content=request, headers=headers, timeout=authority.timeout_seconds
        ) as response:
            if response.status_code != 200:
                raise MonitorError(f"{authority.url}: the timestamp authority answered {response.status_code}")
            body = b""
            for piece in response.iter_bytes():
                body += piece
                if len(body) > _MOST_BYTES:
                    raise MonitorError(f"{authority.url}: the answer is longer than any timestamp")
            return body
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise MonitorError(f"{authority.url}: {error or type(error).__name__}") from None


def _verified(body: bytes, request: "TimeStampRequest", head: str, authority: Authority) -> datetime:
    """Return the time that the authority signed; its signature leads to a root that we trust."""
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        response: TimeStampResponse = decode_timestamp_response(body)
        builder = VerifierBuilder.from_request(request)
        for root in _roots(authority.roots):
            builder = builder.add_root_certificate(root)
        builder.build().verify(response, hashlib.sha256(head.encode()).digest())
        return utc(response.tst_info.gen_time)
    except (VerificationError, ValueError) as error:
        raise MonitorError(f"{authority.url}: no timestamp that can be believed: {error}") from None


def _roots(path: Path) -> "list[Certificate]":
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(path.read_bytes())
    except OSError as error:
        raise MonitorError(f"cannot read the certificates in {path}: {error.strerror}") from None
    except ValueError:
        raise MonitorError(f"{path} holds no certificates in PEM form") from None
