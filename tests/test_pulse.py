"""The sign of life: called while all is well, by a real request, and no failure of it stops anything."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pydantic import SecretStr

from monitor.pulse import Beats, call
from tests.builders import NOON
from tests.servers import Answer, FeedServer, serving

ALLOWED = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("polled", "delivered", "fresh"),
    [(0, 0, True), (10, 10, True), (11, 0, False), (0, 11, False), (None, 0, False), (0, None, False)],
)
def test_the_monitor_is_well_where_both_loops_ended_lately(
    polled: int | None, delivered: int | None, fresh: bool
) -> None:
    ago = {None: None} | {minutes: NOON - timedelta(minutes=minutes) for minutes in (0, 10, 11)}
    assert Beats(polled=ago[polled], delivered=ago[delivered]).are_fresh(NOON, ALLOWED) is fresh


@pytest.fixture
def server() -> Iterator[FeedServer]:
    moved = Answer(status=302, headers={"Location": "/token-abc"})
    with serving({"/token-abc": Answer(), "/down": Answer(status=500), "/moved": moved}) as found:
        yield found


@pytest.mark.parametrize(("path", "well"), [("/token-abc", True), ("/down", False), ("/moved", False)])
def test_the_address_is_called_once_and_what_it_answers_is_told_without_it(
    server: FeedServer, path: str, well: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="ceasefire.pulse"):
        assert asyncio.run(call(SecretStr(server.address(path)), allow_private=True)) is well
    assert [one.path for one in server.seen] == [path]
    assert path.strip("/") not in caplog.text


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/token-abc", "http://[::1/token-abc", "http://\udc80.example/"])
def test_an_address_that_cannot_be_reached_stops_nothing(url: str, caplog: pytest.LogCaptureFixture) -> None:
    assert asyncio.run(call(SecretStr(url), allow_private=True)) is False
    assert "token-abc" not in caplog.text


async def _to_itself(host: str, port: int) -> list[str]:
    return ["93.184.215.14", "127.0.0.1"]


def test_an_address_that_leads_to_a_private_one_is_not_called(
    server: FeedServer, caplog: pytest.LogCaptureFixture
) -> None:
    url = SecretStr(server.address("/token-abc"))
    assert asyncio.run(call(url, allow_private=False)) is False
    named = SecretStr(f"http://monitor.example:{server.url.rpartition(':')[2]}/token-abc")
    assert asyncio.run(call(named, allow_private=False, resolve=_to_itself)) is False
    assert server.seen == []
    assert "is private or loopback" in caplog.text
    assert "token-abc" not in caplog.text
