"""SIGKILL at random points between commit, send and mark: no alert is lost, at most the one in flight comes again."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from monitor.model.judgements import NoticeState
from monitor.store import Store
from tests.installation import CHECKOUT
from tests.servers import listening

#: A process that works is killed at a random moment within so many seconds of its first alert.
SPAN = 0.25


@dataclass
class Hook:
    """What the receiver took, one list of (id, body) for each process, which posts to an address of its own."""

    url: str = ""
    runs: list[list[tuple[str, bytes]]] = field(default_factory=list)
    first: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> str:
        """Return the address for the next process."""
        self.runs.append([])
        self.first.clear()
        return f"{self.url}/{len(self.runs) - 1}"


@contextmanager
def a_hook() -> Iterator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:
                return  # its sender was killed before all of it was sent
            hook.runs[int(self.path[1:])].append((self.headers["webhook-id"], body))
            hook.first.set()
            try:
                self.send_response(204)
                self.end_headers()
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Say nothing."""

    with listening(Handler) as hook.url:
        yield hook


def a_process(database_url: str, folder: Path, url: str, *more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.alerts.killed", database_url, str(folder), url, *more]
    return subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.PIPE, text=True)


def kill_at_random(hook: Hook, chance: random.Random, database_url: str, folder: Path) -> None:
    process = a_process(database_url, folder, hook.begin())
    assert hook.first.wait(60), process.poll()
    time.sleep(chance.uniform(0, SPAN))
    process.kill()
    process.communicate(timeout=60)


def drain(hook: Hook, database_url: str, folder: Path) -> None:
    process = a_process(database_url, folder, hook.begin(), "drain")
    _, messages = process.communicate(timeout=120)
    assert process.returncode == 0, messages


@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("kills", [10, pytest.param(200, marks=pytest.mark.slow)])
def test_no_alert_is_lost_and_at_most_the_one_in_flight_comes_again(
    kills: int, database_url: str, tmp_path: Path
) -> None:
    chance = random.Random(kills)
    with a_hook() as hook:
        for _ in range(kills):
            kill_at_random(hook, chance, database_url, tmp_path)
        drain(hook, database_url, tmp_path)

    store = Store.open(database_url, tmp_path)
    with store.query() as query:
        queued = list(reversed(query.notices(limit=100_000)))
    store.close()
    assert {notice.state for notice in queued} == {NoticeState.SENT}
    assert len(queued) >= kills

    came: dict[str, bytes] = {}
    for run in hook.runs:
        assert len({key for key, _ in run}) == len(run), "nothing twice from one process"
        again = [key for key, _ in run if key in came]
        assert len(again) <= 1, "at most the one in flight"
        assert all(came[key] == body for key, body in run if key in came), "the same alert under the same id"
        came |= dict(run)
    payloads = {notice.id: notice.payload.encode() for notice in queued}
    assert came == payloads
    assert list(came) == [notice.id for notice in queued], "in the order in which they were made"
