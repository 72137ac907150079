"""`ceasefire alerts`: the outbox, the channels, and a receiver of the alert file, through the command line."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes

import pytest

from monitor.model.delivery import ChannelState
from monitor.store import Store
from monitor.store.writing import Transaction
from tests.alerts.notices import a_notice_of
from tests.alerts.test_delivery import a_notice
from tests.builders import NOON
from tests.cli.test_managing import STRIKE
from tests.commands import CommandLine


@contextmanager
def opened(ceasefire: CommandLine) -> Iterator[Transaction]:
    store = Store.open(f"sqlite:///{ceasefire.folder / 'data' / 'monitor.db'}", ceasefire.folder / "data" / "evidence")
    with store.transaction() as tx:
        yield tx
    store.close()


def queue(ceasefire: CommandLine, *ids: str, dead: bool = False) -> None:
    with opened(ceasefire) as tx:
        tx.add_notices([a_notice(notice_id, incident=f"I-{notice_id}") for notice_id in ids])
        for notice_id in ids if dead else ():
            tx.mark_failed(notice_id, "answered 400", None)


def states(ceasefire: CommandLine) -> dict[str, str]:
    return {one["id"]: one["state"] for one in ceasefire("alerts", "outbox", "list", "--json").json}


def test_a_notice_is_shown_with_what_it_tells(ceasefire: CommandLine) -> None:
    queue(ceasefire, "N-1")
    shown = ceasefire("alerts", "outbox", "show", "N-1").json
    assert (shown["id"], shown["channel"], shown["payload"]) == ("N-1", "webhook", {})


def test_notices_are_listed_by_state_and_channel(ceasefire: CommandLine) -> None:
    queue(ceasefire, "N-1")
    queue(ceasefire, "N-2", dead=True)
    assert states(ceasefire) == {"N-1": "pending", "N-2": "dead"}
    [dead] = ceasefire("alerts", "outbox", "list", "--state", "dead", "--json").json
    assert (dead["id"], dead["last_error"]) == ("N-2", "answered 400")
    assert ceasefire("alerts", "outbox", "list", "--channel", "email:a@b", "--json").json == []


def test_dead_letters_are_queued_again_one_by_one_or_all_at_once(ceasefire: CommandLine) -> None:
    queue(ceasefire, "N-1", "N-2", "N-3", dead=True)
    assert ceasefire("alerts", "outbox", "replay", "N-2").status == 0
    assert states(ceasefire) == {"N-1": "dead", "N-2": "pending", "N-3": "dead"}
    assert "2 notices are due again" in ceasefire("alerts", "outbox", "replay", "--dead").err
    assert set(states(ceasefire).values()) == {"pending"}


def test_of_several_notices_to_be_queued_again_all_are_or_none(ceasefire: CommandLine) -> None:
    queue(ceasefire, "N-1", dead=True)
    assert ceasefire("alerts", "outbox", "replay", "N-1", "N-0").status == 1
    assert states(ceasefire) == {"N-1": "dead"}


def test_a_dropped_notice_is_not_sent_and_stays_listed(ceasefire: CommandLine) -> None:
    queue(ceasefire, "N-1")
    assert ceasefire("alerts", "outbox", "drop", "N-1").status == 0
    assert states(ceasefire) == {"N-1": "dropped"}
    assert "0 alerts sent" in ceasefire("alerts", "send").err
    again = ceasefire("alerts", "outbox", "drop", "N-1")
    assert (again.status, "neither waits nor was given up" in " ".join(again.err.split())) == (1, True)


def test_a_disabled_channel_is_listed_and_can_be_enabled(ceasefire: CommandLine) -> None:
    queue(ceasefire, "N-1")
    with opened(ceasefire) as tx:
        tx.save_channel(ChannelState(channel="webhook", disabled_at=NOON + timedelta(1), reason="answered 410"))
    listed = {one["channel"]: one for one in ceasefire("alerts", "channels", "--json").json}
    assert {name: one["state"] for name, one in listed.items()} == {"file": "works", "webhook": "disabled"}
    assert listed["webhook"]["reason"] == "answered 410"
    assert ceasefire("alerts", "enable", "webhook").status == 0
    assert ceasefire("alerts", "enable", "webhook").status == 1


def test_a_receiver_of_the_alert_file_is_told(ceasefire: CommandLine) -> None:
    path = ceasefire.file("alerts.yaml", "receivers: [{name: log, file: {path: log.jsonl}}]")
    ceasefire.set(alerts_file=str(path))
    assert ceasefire("replay", ceasefire.file("strike.jsonl", STRIKE), "--send").status == 0
    told = {one["channel"] for one in ceasefire("alerts", "outbox", "list", "--json").json}
    assert "file:log" in told
    lines = (ceasefire.folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["data"]["kind"] for line in lines] == ["new"]


def test_a_mistake_in_the_alert_file_is_named_with_its_line(ceasefire: CommandLine) -> None:
    path = ceasefire.file("alerts.yaml", "receivers:\n  - name: desk\n    webhok: {}\n")
    ceasefire.set(alerts_file=str(path))
    done = ceasefire("alerts", "channels")
    assert done.status == 1
    assert "alerts.yaml:3: receivers.0.webhok: is not a field here; did you mean 'webhook'?" in " ".join(
        done.err.split()
    )


def test_a_test_message_reaches_a_receiver_and_leaves_the_outbox_alone(ceasefire: CommandLine) -> None:
    path = ceasefire.file("alerts.yaml", "receivers: [{name: log, file: {path: log.jsonl}}]")
    ceasefire.set(alerts_file=str(path))
    done = ceasefire("alerts", "test", "log")
    assert (done.status, "file:log: accepted" in done.err) == (0, True)
    [line] = (ceasefire.folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["type"] == "ceasefire.test"
    [mail] = [message_from_bytes(one.read_bytes()) for one in ceasefire.folder.glob("*.eml")]
    assert mail["Subject"] == "[Ceasefire] Test: test message for the receiver file:log"
    assert states(ceasefire) == {}


def test_a_test_message_that_is_not_accepted_says_why(ceasefire: CommandLine) -> None:
    ceasefire.set(
        webhook_url="http://127.0.0.1:1/hook",
        webhook_secret="whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw",
        allow_private_addresses="true",
    )
    done = ceasefire("alerts", "test", "webhook")
    assert (done.status, "webhook: webhook cannot be reached" in done.err) == (1, True)
    unknown = ceasefire("alerts", "test", "desk")
    assert (unknown.status, "no receiver 'desk'; known: webhook" in unknown.err) == (1, True)


def test_the_schema_is_printed(ceasefire: CommandLine) -> None:
    assert ceasefire("alerts", "schema").json["title"].startswith("An alert")


SECRETS = ("hunter2-token", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "hunter2-password", "hunter2-chat")
FURTHER = ("hunter2-beat", "hunter2-link-" + "k" * 32, "hunter2-opinion", "hunter2-database")


def test_no_secret_is_shown_logged_or_stored(ceasefire: CommandLine) -> None:
    """Every receiver fails, so that every error message is made."""
    for name, value in zip(("token", "key", "password", "chat"), SECRETS, strict=True):
        ceasefire.file(f"secrets/{name}", value)
    ceasefire.file("secrets/hook", f"http://127.0.0.1:1/{SECRETS[0]}")
    ceasefire.file("secrets/key", f"whsec_{SECRETS[1]}")
    ceasefire.file("secrets/chat", f"json://user:{SECRETS[3]}@127.0.0.1:1/{SECRETS[3]}")
    path = ceasefire.file(
        "alerts.yaml",
        """
receivers:
  - name: hook
    webhook: {url: {file: secrets/hook}, secrets: [{file: secrets/key}], allow_private: true}
  - name: mail
    email:
      to: [desk@example.org]
      server:
        {host: 127.0.0.1, port: 1, security: tls, user: me, password: {file: secrets/password}, sender: a@b.example}
  - name: room
    apprise: {url: {file: secrets/chat}}
""",
    )
    ceasefire.set(
        alerts_file=str(path),
        webhook_url=f"http://127.0.0.1:1/{SECRETS[0]}",
        webhook_secret=f"whsec_{SECRETS[1]}",
        allow_private_addresses="true",
        heartbeat_url=f"http://127.0.0.1:1/{FURTHER[0]}",
        acknowledge_url="https://desk.example/ack",
        acknowledge_secret=FURTHER[1],
        opinion_url="http://127.0.0.1:1/v1",
        opinion_model="small",
        opinion_key=FURTHER[2],
        log_level="DEBUG",
    )
    channels = ("webhook", "webhook:hook", "email:mail:desk@example.org", "apprise:room")
    with opened(ceasefire) as tx:
        tx.add_notices([replace(a_notice_of(channel=one), id=f"N-{one}", incident_id=one) for one in channels])
    runs = [
        *(ceasefire("alerts", "test", name) for name in ("hook", "mail", "room", "webhook")),
        ceasefire("alerts", "send"),
        ceasefire("alerts", "channels"),
        ceasefire("alerts", "outbox", "list", "--json"),
        ceasefire("doctor"),
        ceasefire("alerts", "acknowledge", "--link", "https://desk.example/ack/N-0123456789ab.1.x"),
    ]
    files = [one.read_bytes() for one in (ceasefire.folder / "data").rglob("*") if one.is_file()]
    kept = b"".join(files).decode("latin-1")
    shown = kept + "".join(one.out + one.err for one in runs)
    assert "webhook:hook" in kept
    assert "cannot be reached" in shown
    assert [secret for secret in (*SECRETS, *FURTHER) if secret in shown] == []


@pytest.mark.parametrize(
    "settings",
    [
        {"heartbeat_url": FURTHER[0]},
        {"webhook_url": SECRETS[0]},
        {"acknowledge_secret": "hunter2-short"},
        {"acknowledge_url": "https://desk.example/", "acknowledge_secret": "hunter2-short"},
        {"webhook_url": f"https://desk.example/{SECRETS[0]}"},
        {"webhook_url": f"https://desk.example/{SECRETS[0]}", "webhook_secret": "whsec_hunter2"},
        {"database_url": f"mysql://me:{FURTHER[3]}@127.0.0.1:1/x"},
        {"database_url": f"postgresql://me:{FURTHER[3]}@127.0.0.1:1/x"},
        {"database_url": FURTHER[3]},
        {"smtp_password": SECRETS[2], "smtp_port": "x"},
    ],
)
def test_an_error_about_a_secret_does_not_say_it(ceasefire: CommandLine, settings: dict[str, str]) -> None:
    ceasefire.set(**settings)
    done = ceasefire("doctor")
    assert done.status == 1
    assert done.err.strip(), "a mistake is named"
    assert [word for word in ("hunter2",) if word in done.out + done.err] == []


def test_doctor_names_channels_that_are_down_and_alerts_that_were_given_up(ceasefire: CommandLine) -> None:
    queue(ceasefire, "N-1", dead=True)
    with opened(ceasefire) as tx:
        tx.save_channel(ChannelState(channel="webhook", disabled_at=NOON, reason="answered 410"))
        tx.save_channel(ChannelState(channel="email:a@b", failing_since=NOON, retry_at=NOON, reason="nobody answers"))
    done = ceasefire("doctor")
    said = " ".join(done.err.split())
    assert done.status == 1
    assert "channel webhook: disabled" in said
    assert "channel email:a@b: alerts wait, because nobody answers" in said
    assert "1 alerts were given up" in said
