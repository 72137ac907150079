"""Asks an OpenAI-compatible chat completions endpoint: one request, one reply, no retries."""

import json
import time
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

import httpx

import monitor

#: How long one answer may take, all told. A start of a local model can take longer: its first answer is then lost.
TIMEOUT_SECONDS = 20.0
#: A reply is a few kilobytes; a larger one is none.
MAX_REPLY_BYTES = 1_000_000
_PATH = "/chat/completions"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came back: the answer's text, and what it cost as the endpoint says."""

    answer: str
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class NoReplyError(Exception):
    """No reply came, or none that can be used; the message names no secret."""


class Endpoint(Protocol):
    """Whoever answers questions."""

    @property
    def address(self) -> str:
        """Return where it is, without secrets."""

    @property
    def model(self) -> str:
        """Return who is asked there."""

    def ask(self, body: bytes) -> Reply:
        """Return the reply.

        Raises:
            NoReplyError: none came.
        """


@dataclass(frozen=True, kw_only=True)
class ChatEndpoint:
    """`POST {url}/chat/completions`, as OpenAI, vLLM, llama.cpp, Ollama, LM Studio and others have it."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout_seconds: float = TIMEOUT_SECONDS

    @property
    def address(self) -> str:
        """Return the address that is asked, without user, password and query."""
        parts = urlsplit(self._address)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))

    @property
    def _address(self) -> str:
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/")
        return urlunsplit(parts._replace(path=path if path.endswith(_PATH) else path + _PATH))

    def ask(self, body: bytes) -> Reply:
        """Return the reply. Redirects are not followed: the key and the text go nowhere else.

        Raises:
            NoReplyError: none came in time, or none that can be used.
        """
        headers = {"Content-Type": "application/json", "User-Agent": f"ceasefire-monitor/{monitor.__version__}"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        try:
            with httpx.Client(timeout=self.timeout_seconds, follow_redirects=False) as client:
                return _reply(self._fetch(client, body, headers))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoReplyError(f"{self.address}: {type(error).__name__}") from error

    def _fetch(self, client: httpx.Client, body: bytes, headers: dict[str, str]) -> bytes:
        deadline = time.monotonic() + self.timeout_seconds
        received = bytearray()
        with client.stream("POST", self._address, content=body, headers=headers) as response:
            if response.status_code != httpx.codes.OK:
                raise NoReplyError(f"{self.address}: status {response.status_code}")
            for chunk in response.iter_bytes():
                received += chunk
                if len(received) > MAX_REPLY_BYTES:
                    raise NoReplyError(f"{self.address}: a reply of more than {MAX_REPLY_BYTES:,} bytes")
                # The client's own limit is on each wait, and a server that sends a byte now and then never meets it.
                if time.monotonic() > deadline:
                    raise NoReplyError(f"{self.address}: no whole reply within {self.timeout_seconds:g} seconds")
        return bytes(received)


def _reply(raw: bytes) -> Reply:
    try:
        reply = json.loads(raw)
        answer = reply["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise NoReplyError("the reply is no chat completion") from None
    if not isinstance(answer, str):
        raise NoReplyError("the reply holds no text")
    usage = reply.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    return Reply(
        answer=answer,
        prompt_tokens=_count(usage.get("prompt_tokens")),
        completion_tokens=_count(usage.get("completion_tokens")),
    )


def _count(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value < 2**31 else None
