"""One conditional GET within limits: the only module of this room that knows the HTTP library.

Everything a server says is hostile until shown otherwise: bodies are inflated by us with a cap on both sizes, there is
a deadline for the whole exchange beside the one for each read, no cookie is kept, redirects are followed by hand, and
a public address cannot send us to a private one.
"""

import asyncio
import ipaddress
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import httpx

from monitor.errors import FetchError
from monitor.ingest.inflate import Inflater, TooLargeError
from monitor.model.reports import Document, Exchange, Feed, PollState
from monitor.model.times import retry_after_seconds

#: A permanent redirect is believed once polls have found it for this long; a captive portal does not last.
MOVED_AFTER = timedelta(days=2)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_RETRYABLE = frozenset({408, 425, 429})
#: Headers of ours whose values are secrets; the record keeps that they were sent.
_SECRET = frozenset({"authorization", "proxy-authorization"})
_PRIVATE_SUFFIXES = (".local", ".localhost", ".internal", ".lan", ".home.arpa")


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What a fetch may cost, and how we introduce ourselves."""

    #: Named in the User-Agent, so that an outlet can reach whoever polls it.
    contact_url: str
    #: For one fetch all told, redirects included.
    timeout_seconds: float = 30
    #: For connecting and for each read.
    read_timeout_seconds: float = 15
    #: Of one body, as sent and after decompression.
    max_bytes: int = 20_000_000
    max_redirects: int = 5
    #: Let feeds and redirects lead to private and loopback addresses.
    allow_private: bool = False
    #: An address on a private host is asked because a person listed it; never one that a feed names.
    trust_listed: bool = True
    #: Feeds fetched at the same time, at most one of them from each host.
    concurrency: int = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Got:
    """The server sent a body."""

    document: Document
    #: Where permanent redirects led, if there were any.
    moved_to: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class NotModified:
    """The server says that nothing has changed (304)."""

    url: str
    headers: Mapping[str, str]
    moved_to: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Gone:
    """The server says that the feed is gone for good (410)."""

    url: str


Fetched = Got | NotModified | Gone


def new_client(limits: Limits) -> httpx.AsyncClient:
    """Return a client that keeps no cookie and no connection: feeds are polled minutes apart."""
    return httpx.AsyncClient(
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        follow_redirects=False,
        timeout=httpx.Timeout(limits.read_timeout_seconds),
        limits=httpx.Limits(max_keepalive_connections=0),
    )


def collector() -> str:
    """Return the name and version of this program, and how it collects, for the record of each document."""
    return f"ceasefire-monitor {_version()}, HTTP GET"


def _version() -> str:
    try:
        return version("ceasefire-monitor")
    except PackageNotFoundError:
        return "unreleased"


async def fetch(
    client: httpx.AsyncClient, feed: Feed, state: PollState | None, *, now: Callable[[], datetime], limits: Limits
) -> Fetched:
    """Fetch a feed's document unless the server says that it has not changed.

    Args:
        client: from `new_client`.
        feed: the address to ask.
        state: what was remembered of it; its validators go back verbatim, to the address that gave them.
        now: the clock.
        limits: what the fetch may cost.

    Raises:
        FetchError: there is no document; it names the address, and `retryable` says whether to try again soon.
    """
    try:
        async with asyncio.timeout(limits.timeout_seconds):
            return await _follow(client, feed, state, now, limits)
    except TimeoutError:
        message = f"{feed.url}: no complete answer within {limits.timeout_seconds:g} seconds"
        raise FetchError(message, retryable=True) from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise FetchError(f"{feed.url}: not an address that can be fetched: {error}", retryable=False) from None
    except httpx.TimeoutException as error:
        raise FetchError(f"{feed.url}: {type(error).__name__}: the server is too slow", retryable=True) from None
    except httpx.HTTPError as error:
        reason = str(error) or type(error).__name__
        raise FetchError(f"{feed.url}: {reason}", retryable=True) from None


async def _follow(
    client: httpx.AsyncClient, feed: Feed, state: PollState | None, now: Callable[[], datetime], limits: Limits
) -> Fetched:
    """Ask the feed's address, and follow redirects by hand."""
    url = httpx.URL(_start_url(feed, state, now()))
    seen = {url}
    permanent, moved_to = True, None
    exchanges: list[Exchange] = []
    for _ in range(limits.max_redirects + 1):
        asked_at = now()
        response = await _ask(client, url, feed, state, limits)
        exchanges.append(_exchange(response, asked_at))
        try:
            if response.status_code not in _REDIRECTS:
                return await _answer(response, feed, state, moved_to, now, limits, exchanges)
            url = _target(response, feed)
            permanent = permanent and response.status_code in _PERMANENT
            moved_to = str(url) if permanent else moved_to
        finally:
            await response.aclose()
        if url in seen:
            raise FetchError(f"{feed.url}: redirects in a circle, by way of {url}", retryable=True)
        seen.add(url)
    raise FetchError(f"{feed.url}: more than {limits.max_redirects} redirects", retryable=True)


def _exchange(response: httpx.Response, asked_at: datetime) -> Exchange:
    """Return what was asked and answered, the body still unread, without any secret of ours."""
    request = response.request
    asked = _pairs(request.headers)
    return Exchange(
        method=request.method,
        url=str(request.url.copy_with(username=None, password=None)),
        asked_at=asked_at,
        request_headers=tuple((name, "(withheld)" if name.lower() in _SECRET else value) for name, value in asked),
        http_version=response.http_version,
        status=response.status_code,
        reason=response.reason_phrase,
        headers=_pairs(response.headers),
    )


def _pairs(headers: httpx.Headers) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw)


def _start_url(feed: Feed, state: PollState | None, now: datetime) -> str:
    """Return where to ask first: where the feed has moved to, once that has held for long enough."""
    if state and state.moved_to and state.moved_since and now - state.moved_since >= MOVED_AFTER:
        return state.moved_to
    return feed.url


def _target(response: httpx.Response, feed: Feed) -> httpx.URL:
    location = response.headers.get("location", "")
    if not location:
        raise FetchError(f"{feed.url}: redirect ({response.status_code}) without an address", retryable=True)
    target = response.request.url.join(location).copy_with(fragment=None)
    if target.scheme not in ("http", "https") or not target.host:
        raise FetchError(f"{feed.url}: redirects to {location!r}, which is not http or https", retryable=False)
    return target


async def _ask(
    client: httpx.AsyncClient, url: httpx.URL, feed: Feed, state: PollState | None, limits: Limits
) -> httpx.Response:
    """Send one request and return its answer with the body still unread."""
    headers = {
        "User-Agent": f"ceasefire-monitor/{_version()} (+{limits.contact_url})",
        "Accept": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    if state is not None and str(url) == (state.validators_url or feed.url):
        headers |= _validators(state)
    extensions: dict[str, Any] = {"timeout": httpx.Timeout(limits.read_timeout_seconds).as_dict()}
    if not _may_be_private(url, feed, limits):
        extensions["trace"] = _refuse_private(url, feed)
    # Built by hand, not by the client: the client would add its own headers and cookies.
    request = httpx.Request("GET", url, headers=headers, extensions=extensions)
    return await client.send(request, stream=True, follow_redirects=False)


def _validators(state: PollState) -> dict[str, str]:
    pairs = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in pairs.items() if value}


def _may_be_private(url: httpx.URL, feed: Feed, limits: Limits) -> bool:
    """Return whether the address may be private: its host is the one that the list names, and openly a private one."""
    own = httpx.URL(feed.url).host
    return limits.allow_private or (limits.trust_listed and url.host == own and _names_private_host(own))


def _names_private_host(host: str) -> bool:
    try:
        return not is_public(host)
    except ValueError:
        return "." not in host or host.endswith(_PRIVATE_SUFFIXES)


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet.

    Raises:
        ValueError: the text is no IP address.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


def _refuse_private(url: httpx.URL, feed: Feed) -> Callable[[str, Mapping[str, Any]], Any]:
    """Return a callback that looks at the address connected to, before anything is sent there.

    A name is checked by the connection it led to, since a name can resolve differently each time. A proxy's address is
    the user's own choice.
    """
    through_proxy = False

    async def look(event: str, details: Mapping[str, Any]) -> None:
        nonlocal through_proxy
        if event == "connection.connect_tcp.started":
            through_proxy = details["host"] != url.raw_host.decode("ascii")
        elif event == "connection.connect_tcp.complete" and not through_proxy:
            stream = details["return_value"]
            address = str(stream.get_extra_info("server_addr")[0])
            if not is_public(address):
                await stream.aclose()
                message = f"{feed.url}: leads to {url}, a private address ({address}); not followed"
                raise FetchError(message, retryable=False)

    return look


async def _answer(
    response: httpx.Response,
    feed: Feed,
    state: PollState | None,
    moved_to: str | None,
    now: Callable[[], datetime],
    limits: Limits,
    exchanges: Sequence[Exchange],
) -> Fetched:
    """Return what the final answer means; it is the last of the exchanges."""
    url = str(response.request.url)
    status = response.status_code
    if status == 304 and {"if-none-match", "if-modified-since"} & set(response.request.headers):
        return NotModified(url=url, headers=dict(response.headers), moved_to=moved_to)
    if status == 410 and url == _start_url(feed, state, now()):
        return Gone(url=url)
    if status not in (200, 203):
        raise _refusal(response, feed, now())
    sent, body = await _body(response, feed, limits)
    document = Document(
        url=feed.url,
        final_url=url,
        fetched_at=now(),
        status=status,
        headers=tuple(response.headers.multi_items()),
        body=body,
        collector=collector(),
        exchanges=(*exchanges[:-1], replace(exchanges[-1], body=sent)),
    )
    return Got(document=document, moved_to=moved_to)


def _refusal(response: httpx.Response, feed: Feed, now: datetime) -> FetchError:
    status = response.status_code
    wait = retry_after_seconds(response.headers.get("retry-after"), now)
    asked = "" if wait is None else f"; asks us to wait {wait:.0f} seconds"
    return FetchError(
        f"{feed.url}: the server answered {status} {response.reason_phrase}{asked}",
        retryable=status >= 500 or status in _RETRYABLE,
        retry_after_seconds=wait,
        status=status,
    )


async def _body(response: httpx.Response, feed: Feed, limits: Limits) -> tuple[bytes, bytes]:
    """Read and inflate the body, within the cap; return it as it was sent, and as it is read."""
    too_large = FetchError(f"{feed.url}: the document is larger than {limits.max_bytes:,} bytes", retryable=False)
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"{feed.url}: sent in the encoding {encoding!r}, which we did not ask for", retryable=False)
    inflater = None if encoding in ("", "identity") else Inflater(limits.max_bytes)
    sent, pieces, received = [], [], 0
    try:
        async for piece in response.aiter_raw():
            received += len(piece)
            if received > limits.max_bytes:
                raise too_large
            sent.append(piece)
            pieces.append(inflater.feed(piece) if inflater else piece)
    except TooLargeError:
        raise too_large from None
    except zlib.error as error:
        raise FetchError(f"{feed.url}: damaged compressed data: {error}", retryable=True) from None
    if inflater and received and not inflater.finished:
        raise FetchError(f"{feed.url}: the compressed data end too early", retryable=True)
    return b"".join(sent), b"".join(pieces)
