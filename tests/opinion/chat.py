"""A real HTTP server on the loopback interface that speaks the form of chat completions, well or badly."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.servers import listening


@dataclass(frozen=True)
class Asked:
    """One request that came in."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def instructions(self) -> str:
        """Return the message that is not of the feed."""
        (message,) = [one for one in self.body["messages"] if one["role"] == "system"]
        return str(message["content"])

    @property
    def user(self) -> str:
        """Return the message that holds the feed's text."""
        (message,) = [one for one in self.body["messages"] if one["role"] == "user"]
        return str(message["content"])

    @property
    def material(self) -> dict[str, Any]:
        """Return the object between the marks."""
        found: dict[str, Any] = json.loads(self.user.splitlines()[1])
        return found


#: What a model does with a question: the text of its answer.
Model = Callable[[Asked], str]


def opinion(stance: str, *quotes: str) -> str:
    """Return an answer in the right form."""
    return json.dumps({"stance": stance, "quotes": list(quotes)}, ensure_ascii=False)


def completion(answer: Any, prompt_tokens: Any = 700, completion_tokens: Any = 40) -> bytes:
    """Return a reply in the form of the endpoint."""
    usage = {"prompt_tokens": prompt_tokens, "completion_tokens": completion_tokens, "total_tokens": 0}
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": answer}}
    return json.dumps({"id": "1", "object": "chat.completion", "choices": [choice], "usage": usage}).encode()


@dataclass
class Chat:
    """Answers as `model` does; `raw` replaces the whole reply, `status` and `location` its head."""

    model: Model = field(default=lambda _: opinion("undecided"))
    url: str = ""
    raw: bytes | None = None
    status: int = 200
    location: str | None = None
    #: Seconds between two bytes.
    drip: float = 0.0
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def chatting(chat: Chat) -> Iterator[Chat]:
    """Serve on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            return

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            chat.asked.append(asked)
            reply = completion(chat.model(asked)) if chat.raw is None else chat.raw
            self.send_response(chat.status)
            if chat.location:
                self.send_header("Location", chat.location)
            self.send_header("Content-Length", str(len(reply)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            with suppress(OSError):  # a client may hang up at its deadline or cap
                if not chat.drip:
                    self.wfile.write(reply)
                    return
                for number in range(len(reply)):
                    self.wfile.write(reply[number : number + 1])
                    time.sleep(chat.drip)

    with listening(Handler) as url:
        chat.url = f"{url}/v1"
        yield chat
