"""Chats and telephones, through Apprise and a real HTTP server in a service's place."""

import asyncio
import io
import json
import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from monitor.alerts.brief import LIMIT, brief
from monitor.alerts.chat import ChatSender, tame
from monitor.alerts.message import parsed
from monitor.alerts.receivers import ChatReceiver
from monitor.errors import ConfigurationError, DeliveryError
from monitor.model.judgements import Notice
from tests.alerts.notices import a_notice_of, a_test_notice, an_occasion_notice
from tests.alerts.test_email import HOSTILE, hostile_violation
from tests.alerts.test_webhook import a_receiver
from tests.builders import NOON, a_report, a_reported_claim, a_source
from tests.judgement_builders import a_change, a_violation


def tell(url: str, notice: Notice | None = None, timeout: float = 5) -> None:
    receiver = ChatReceiver(name="room", url=SecretStr(url), timeout_seconds=timeout)
    asyncio.run(ChatSender(receiver).send(notice or a_notice_of(), NOON))


def told(notice: Notice) -> dict[str, Any]:
    """Return what a service that Apprise posts JSON to was told."""
    with a_receiver() as (taken, url):
        tell(url.replace("http://", "json://"), notice)
    found: dict[str, Any] = json.loads(taken.bodies[0])
    return found


def test_a_chat_is_told_what_where_when_who_accuses_and_the_sentence() -> None:
    said = told(a_notice_of())
    assert said["title"].startswith("[Ceasefire] New: substation, Sumy, 2 April 2025")
    for piece in (
        "First report of this incident.", "Reported: substation, Sumy, 2 April 2025",
            "Accused: Russia\nAccused by: Outlet",
        "no denial of this event known", "alleged, not corroborated", "3 of 6, one side only", "Breach under: kremlin",
        "Undetermined under: white-house", '"Drones hit a substation in Sumy" (Outlet, https://outlet.example/1)',
    ):  # fmt: skip
        assert piece in said["message"], piece


def test_a_sample_says_so_first() -> None:
    sample = a_violation(a_reported_claim(report=a_report(source=a_source(sample=True))))
    assert told(a_notice_of(a_change(violation=sample)))["message"].startswith("SAMPLE: made from invented")


def test_an_occasion_is_told_in_its_words_and_accuses_nobody() -> None:
    said = told(an_occasion_notice())
    assert "may close in 72 hours" in said["title"]
    assert "may close in 72 hours" in said["message"]
    assert "Accused" not in said["title"] + said["message"]


def test_a_test_message_says_that_nothing_has_happened() -> None:
    assert told(a_test_notice())["message"] == "This is a test: nothing has happened."


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:24]))
def test_hostile_text_stays_short_and_calls_nobody(text: str) -> None:
    said = told(a_notice_of(hostile_violation(text)))
    shown = said["title"] + said["message"]
    assert len(shown) < LIMIT * 1.5
    assert not [one for one in shown if (ord(one) < 32 and one != "\n") or one in "\x7f\u202e\u2066\ufeff@<>"]


@pytest.mark.parametrize(
    ("text", "tamed"),
    [
        ("@everyone look", "(at)everyone look"),
        ("<!channel> <@U123>", "\u2039!channel\u203a \u2039(at)U123\u203a"),
        ("[read this](https://evil.example/a)", "[read this] (https://evil.example/a)"),
        ("see https://social.example/@name/1 now", "see https://social.example/%40name/1 now"),
        ("no link, no call", "no link, no call"),
    ],
)
def test_what_chats_act_on_is_taken_out(text: str, tamed: str) -> None:
    assert tame(text) == tamed


def test_many_violations_are_told_in_full_for_three_and_counted_beyond() -> None:
    data = parsed(a_notice_of().payload)["data"]
    many = data | {"violations": data["violations"] * 5, "violations_total": 40}
    text = brief(many, limit=10_000)
    assert text.count("Reported: ") == 3
    assert "and 37 more" in text


@pytest.mark.parametrize(
    ("answer", "said", "for_all"),
    [
        ({"status": 500}, "500", False),
        ({"status": 401}, "401", False),
        ({"status": 307, "location": "http://127.0.0.1:1/elsewhere"}, "307", False),
        ({"delay": 3}, "did not finish", True),
    ],
)
def test_a_service_that_does_not_take_it_is_tried_again(answer: dict[str, Any], said: str, for_all: bool) -> None:
    started = time.monotonic()
    with a_receiver(**answer) as (_, url), pytest.raises(DeliveryError, match=said) as caught:
        tell(url.replace("http://", "json://monitor:hunter2-hunter2@").replace("/hook", "/secret-token"), timeout=1)
    assert caught.value.retryable
    assert caught.value.for_all is for_all
    assert time.monotonic() - started < 6
    assert "hunter2" not in str(caught.value)
    assert "secret-token" not in str(caught.value)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Return what the program's log takes: the root's handlers, as `run` sets them up."""
    taken = io.StringIO()
    handler, root = logging.StreamHandler(taken), logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    yield taken
    root.setLevel(level)
    root.removeHandler(handler)


def test_the_address_of_a_service_that_is_not_there_is_neither_in_the_error_nor_logged(
    logged: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(DeliveryError, match="not accepted") as caught:
        tell("json://hidden-host.invalid:1/secret-token")
    shown = str(caught.value) + logged.getvalue() + "".join(capfd.readouterr())
    assert "secret-token" not in shown
    assert "hidden-host" not in shown


@pytest.mark.parametrize("url", ["", "nonsense", "slack://only-one-part", "unknown://secret-token/x"])
def test_an_address_that_apprise_does_not_know_is_a_mistake_that_does_not_show_it(
    url: str, logged: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ConfigurationError, match="receiver room: apprise url: is no address") as caught:
        tell(url)
    assert "secret-token" not in str(caught.value) + logged.getvalue() + "".join(capfd.readouterr())
