"""A real HTTP server on the loopback interface for tests: feeds with validators, and answers that misbehave."""

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass(frozen=True)
class Answer:
    """What the server sends: `length` overrides the Content-Length that fits the body."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None


@dataclass(frozen=True)
class Seen:
    """One request that came in."""

    path: str
    headers: Mapping[str, str]


Responder = Callable[[Seen], Answer]


@dataclass
class FeedServer:
    """Answers by path; change `answers` between two polls to publish something else."""

    url: str
    answers: dict[str, Answer | Responder] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)

    def address(self, path: str) -> str:
        return f"{self.url}{path}"

    def answer(self, request: Seen) -> Answer:
        self.seen.append(request)
        found = self.answers.get(request.path, Answer(status=404))
        return found(request) if callable(found) else found


def with_validators(body: bytes, content_type: str = "application/rss+xml") -> Responder:
    """Return a responder that sends an ETag, and 304 to whoever sends it back."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'

    def respond(request: Seen) -> Answer:
        if request.headers.get("if-none-match") == etag:
            return Answer(status=304, headers={"ETag": etag})
        return Answer(body=body, headers={"ETag": etag, "Content-Type": content_type})

    return respond


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Answer on a free port of the loopback interface until the block ends; yields the server's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serving(answers: Mapping[str, Answer | Responder] | None = None) -> Iterator[FeedServer]:
    """Serve on a free port until the block ends."""
    feeds = FeedServer(url="", answers=dict(answers or {}))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            return

        def do_GET(self) -> None:
            answer = feeds.answer(Seen(path=self.path, headers={k.lower(): v for k, v in self.headers.items()}))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 304:
                self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            with suppress(OSError):  # a client may hang up at its deadline or cap
                self.wfile.write(answer.body)

    with listening(Handler) as url:
        feeds.url = url
        yield feeds


@contextmanager
def serving_folder(folder: Path, pattern: str = "*.xml") -> Iterator[FeedServer]:
    """Serve the files of a folder at /name, each with an ETag."""
    with serving({f"/{path.name}": with_validators(path.read_bytes()) for path in sorted(folder.glob(pattern))}) as it:
        yield it
