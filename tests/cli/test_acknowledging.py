"""`ceasefire alerts acknowledge`: by id, and by a reply to a mail."""

import pytest

from tests.cli.test_alerts import opened
from tests.cli.test_reporting import recorded as recorded
from tests.commands import CommandLine

ALERTS = """
receivers:
  - name: desk
    email: {to: [desk@example.org], server: {host: mail.example, sender: monitor@example.org}}
"""


@pytest.fixture
def desk(recorded: CommandLine) -> CommandLine:
    path = recorded.folder / "alerts.yaml"
    path.write_text(ALERTS, encoding="utf-8")
    recorded.set(alerts_file=str(path))
    return recorded


def acknowledged(ceasefire: CommandLine) -> list[tuple[str, str, str]]:
    with opened(ceasefire) as tx:
        found = tx.acknowledgements(tx.incident_ids()).values()
        return [(one.author, one.how, one.note) for one in found]


@pytest.mark.parametrize("field", ["id", "incident"])
def test_an_incident_is_acknowledged_by_its_id_or_its_violations(desk: CommandLine, field: str) -> None:
    [violation] = desk("violations", "--json").json
    done = desk("alerts", "acknowledge", violation[field], "--author", "Olena", "--note", "calling\x1b[2J the grid")
    assert done.status == 0
    assert f"incident {violation['incident']} is acknowledged by Olena" in done.err
    assert acknowledged(desk) == [("Olena", "command line", "calling the grid")]
    again = desk("alerts", "acknowledge", violation[field], "--author", "Olena")
    assert "as it was before" in again.err


def reply(incident: str, sender: str = "Desk <desk@example.org>", **headers: str) -> str:
    lines = {"From": sender, "To": "monitor@example.org", "References": f"<{incident}@example.org>", **headers}
    return "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in lines.items()) + "\nSeen.\n"


def test_a_reply_to_an_alert_acknowledges_what_it_answers(desk: CommandLine) -> None:
    [violation] = desk("violations", "--json").json
    path = desk.file("reply.eml", reply(violation["incident"]))
    assert desk("alerts", "acknowledge", "--from-mail", str(path)).status == 0
    assert acknowledged(desk) == [("desk@example.org", "mail", "")]


@pytest.mark.parametrize(
    ("sender", "headers", "said"),
    [
        ("somebody@else.example", {}, "to whom no alerts go"),
        ("=?utf-8?q?desk=40example=2Eorg?= <evil@else.example>", {}, "to whom no alerts go"),
        ("desk@example.org", {"Auto_Submitted": "auto-replied"}, "was sent by a machine"),
        ("desk@example.org", {"References": "<I-000000000000@example.org>"}, "no incident is known"),
        ("desk@example.org", {"References": "<nothing of ours>"}, "no incident is known that the mail is about"),
    ],
)
def test_another_mail_acknowledges_nothing(desk: CommandLine, sender: str, headers: dict[str, str], said: str) -> None:
    [violation] = desk("violations", "--json").json
    path = desk.file("reply.eml", reply(violation["incident"], sender, **headers))
    done = desk("alerts", "acknowledge", "--from-mail", str(path))
    assert (done.status, acknowledged(desk)) == (1, [])
    assert said in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name an ID, or a mail"),
        (("V-1", "--from-mail", "x"), "name an ID, or a mail"),
        (("--from-mail", "missing.eml"), "missing.eml: cannot be read"),
        (("V-1",), "--author is empty"),
    ],
)
def test_a_call_that_cannot_be_meant_is_one_clear_error(
    desk: CommandLine, arguments: tuple[str, ...], said: str
) -> None:
    done = desk("alerts", "acknowledge", *arguments)
    assert done.status == 2
    assert said in done.err
