"""`ceasefire alerts preview`: what each kind of channel would send, as it would."""

import json
from email import message_from_bytes, policy
from xml.etree import ElementTree as ET

import pytest

from tests.cli.test_reporting import recorded as recorded
from tests.commands import CommandLine
from tests.output.hostile import harmful


def violation_of(ceasefire: CommandLine) -> str:
    [violation] = ceasefire("violations", "--json").json
    return str(violation["id"])


@pytest.mark.parametrize("channel", ["email", "webhook", "chat", "atom", "cap"])
def test_the_sentence_and_the_readings_are_shown_as_a_channel_would_send_them(
    recorded: CommandLine, channel: str
) -> None:
    done = recorded("alerts", "preview", violation_of(recorded), "--channel", channel)
    assert done.status == 0, done.err
    assert "Strike on a substation" in done.out
    assert "kremlin" in done.out
    assert not harmful(done.out)


@pytest.mark.parametrize(("language", "said"), [("uk", "Звинувачено"), ("ru", "Обвинение против")])
def test_it_is_shown_in_another_language_and_the_quote_in_its_own(
    recorded: CommandLine, language: str, said: str
) -> None:
    done = recorded("alerts", "preview", violation_of(recorded), "--language", language)
    assert (done.status, said in done.out, "Strike on a substation" in done.out) == (0, True, True)


def test_what_is_written_to_a_file_is_the_message_itself(recorded: CommandLine) -> None:
    key = violation_of(recorded)
    for channel in ("email", "webhook", "cap"):
        assert recorded("alerts", "preview", key, "--channel", channel, "--output", channel).status == 0
    mail = message_from_bytes((recorded.folder / "email").read_bytes(), policy=policy.strict)
    assert mail["Message-ID"].startswith("<N-")
    assert json.loads((recorded.folder / "webhook").read_bytes())["specversion"] == "1.0"
    assert ET.fromstring((recorded.folder / "cap").read_bytes()).tag.endswith("alert")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("V-none",), 1, "there is no violation 'V-none'"),
        (("V-none", "--language", "other"), 2, "alerts are written in en, uk or ru"),
        (("{}", "--receiver", "desk"), 2, "is no receiver"),
        (("V-none", "--kind", "digest"), 2, "happens to no single violation"),
        (("{}", "--output", "no/such/folder"), 1, "cannot be written"),
    ],
)
def test_a_preview_that_cannot_be_made_is_one_clear_error(
    recorded: CommandLine, arguments: tuple[str, ...], status: int, said: str
) -> None:
    done = recorded("alerts", "preview", *(one.replace("{}", violation_of(recorded)) for one in arguments))
    assert done.status == status
    assert said in done.err
