from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from monitor.alert_file import Told, load_alert_file
from monitor.alert_file.routes import known_values, wrong_values
from monitor.alerts.receivers import (
    AtomReceiver,
    Audience,
    CapReceiver,
    ChatReceiver,
    EmailReceiver,
    FileReceiver,
    MailServer,
    Receiver,
    WebhookReceiver,
)
from monitor.errors import ConfigurationError
from monitor.model.delivery import RateLimit
from monitor.model.routing import Digest, Every, Hours, Trait
from tests.agreements import a_clause, an_agreement

KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
URL = "https://hooks.example/token-abc"
ENVIRONMENT = {"DESK_URL": URL, "DESK_KEY": KEY}
SERVER = MailServer(host="mail.example", port=587, security="starttls", sender="monitor@example.org")
HOOK = """
receivers:
  - name: desk
    rate_limit: {alerts: 20, seconds: 3600}
    webhook:
      url: {env: DESK_URL}
      secrets: [{env: DESK_KEY}, {file: old-key}]
"""


def load(folder: Path, text: str, server: MailServer | None = SERVER) -> tuple[Receiver, ...]:
    path = folder / "alerts.yaml"
    path.write_text(text, encoding="utf-8")
    return load_alert_file(path, environment=ENVIRONMENT, mail_server=server, allow_private=False).receivers


def mistakes(folder: Path, text: str, server: MailServer | None = SERVER) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        load(folder, text, server)
    return [str(one).removeprefix(f"{folder}/") for one in caught.value.mistakes]


def test_a_webhook_takes_its_secrets_from_the_environment_and_from_files(tmp_path: Path) -> None:
    (tmp_path / "old-key").write_text("whsec_b2xk\n")
    (receiver,) = load(tmp_path, HOOK)
    assert isinstance(receiver, WebhookReceiver)
    assert receiver.url.get_secret_value() == URL
    assert [secret.get_secret_value() for secret in receiver.secrets] == [KEY, "whsec_b2xk"]
    assert receiver.rate_limit == RateLimit(alerts=20, per=timedelta(hours=1))
    assert receiver.channels == ("webhook:desk",)
    assert not receiver.allow_private
    assert not [secret for secret in (URL, KEY) if secret in repr(receiver)]


def test_mail_goes_through_the_server_of_the_settings_or_one_of_its_own(tmp_path: Path) -> None:
    theirs, own = load(
        tmp_path,
        """
receivers:
  - name: desk
    email: {to: [desk@example.org, duty@example.org, desk@example.org]}
  - name: night
    email:
      to: [night@example.org]
      server: {host: own.example, port: 465, security: tls, user: me, password: {env: DESK_KEY}, sender: a@own.example}
""",
    )
    assert isinstance(theirs, EmailReceiver)
    assert isinstance(own, EmailReceiver)
    assert theirs.server == SERVER
    assert theirs.channels == ("email:desk:desk@example.org", "email:desk:duty@example.org")
    assert (own.server.host, own.server.port, own.server.security, own.server.user) == ("own.example", 465, "tls", "me")
    assert own.server.password is not None
    assert own.server.password.get_secret_value() == KEY


def test_paths_start_from_the_folder_of_the_file(tmp_path: Path) -> None:
    (receiver,) = load(tmp_path, "receivers: [{name: log, file: {path: out/alerts.jsonl}}]")
    assert receiver == FileReceiver(name="log", path=tmp_path / "out" / "alerts.jsonl")


def test_chats_feeds_and_folders_are_receivers_too(tmp_path: Path) -> None:
    chat, atom, cap = load(
        tmp_path,
        """
receivers:
  - name: room
    apprise: {url: {env: DESK_URL}}
  - name: feed
    atom: {path: out/feed.xml, entries: 50}
  - name: civil
    cap: {folder: out/cap, sender: monitor.example.org}
""",
    )
    assert isinstance(chat, ChatReceiver)
    assert chat.url.get_secret_value() == URL
    assert atom == AtomReceiver(name="feed", path=tmp_path / "out/feed.xml", entries=50)
    assert cap == CapReceiver(name="civil", folder=tmp_path / "out/cap", sender="monitor.example.org")
    assert [one.channels for one in (chat, atom, cap)] == [("apprise:room",), ("atom:feed",), ("cap:civil",)]


def test_channels_of_receivers_of_one_kind_are_told_apart(tmp_path: Path) -> None:
    found = load(tmp_path, "receivers: [{name: a, file: {path: a}}, {name: b, file: {path: b}}]")
    audience = Audience(receivers=found, file_sink=FileReceiver(path=tmp_path / "kept"))
    assert audience.channels(backlog=False) == ("file:a", "file:b")
    assert audience.channels(backlog=True) == ("file",)
    assert [one.name for one in audience.named("b")] == ["b"]
    assert audience.named("file") == (), "the file for what is for nobody is no receiver"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            HOOK,
            ["alerts.yaml:7: receivers.0.webhook.secrets.1.file: "
             "FOLDER/old-key cannot be read: No such file or directory"],
        ),
        (
            HOOK.replace("DESK_URL", "DESK_URI").replace(", {file: old-key}", ""),
            ["alerts.yaml:6: receivers.0.webhook.url.env: the environment variable DESK_URI is not set"],
        ),
        (
            HOOK.replace("{env: DESK_URL}", f'"{URL}"'),
            ['alerts.yaml:6: receivers.0.webhook.url: should be fields with values, like "name: value"'],
        ),
        (
            "receivers:\n  - name: a\n    repeat_interval: 5s\n    file: {path: x}\n",
            ["alerts.yaml:3: receivers.0.repeat_interval: is too short; write 1m or more"],
        ),
        (
            "receivers:\n  - name: a\n    language: de\n    file: {path: x}\n",
            ["alerts.yaml:3: receivers.0.language: Input should be 'en', 'uk' or 'ru'"],
        ),
        (
            "receivers:\n  - name: a\n    time_zone: Kyiv\n    file: {path: x}\n",
            ["alerts.yaml:3: receivers.0.time_zone: is no time zone; write it like Europe/Kyiv"],
        ),
        (
            "receivers:\n  - name: a\n    language: uk\n    webhook: {url: {env: URL}, secrets: [{env: KEY}]}\n",
            ["alerts.yaml:2: receivers.0: "
             "`language` is for what people read; a webhook's body is the same for everybody"],
        ),
        (
            "receivers:\n  - name: desk\n",
            ["alerts.yaml:2: receivers.0: needs exactly one channel: email, webhook, apprise, file, atom or cap"],
        ),
        (
            "receivers:\n  - name: a\n    file: {path: x}\n    email: {to: [a@example.org]}\n",
            ["alerts.yaml:2: receivers.0: needs exactly one channel: email, webhook, apprise, file, atom or cap"],
        ),
        (
            "receivers:\n  - name: a\n    file: {path: x}\n  - name: a\n    file: {path: y}\n",
            ["alerts.yaml:4: receivers.1.name: 'a' is listed twice"],
        ),
        (
            "receivers:\n  - name: a\n    email: {to: ['a b@example.org']}\n",
            ["alerts.yaml:3: receivers.0.email.to.0: is not a mail address such as desk@example.org; "
             "write other alphabets as xn--..."],
        ),
        ("receivers: []\n", ["alerts.yaml:1: receivers: is too short: something must stand here"]),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_line_and_field(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert mistakes(tmp_path, text) == [line.replace("FOLDER", str(tmp_path)) for line in expected]


def test_mail_without_any_server_is_a_mistake(tmp_path: Path) -> None:
    (said,) = mistakes(tmp_path, "receivers: [{name: a, email: {to: [a@example.org]}}]", server=None)
    assert "needs `server`, or CEASEFIRE_SMTP_HOST and CEASEFIRE_MAIL_FROM" in said


def test_user_and_password_go_together(tmp_path: Path) -> None:
    server = "{host: own.example, user: me, sender: a@own.example}"
    (said,) = mistakes(tmp_path, f"receivers: [{{name: a, email: {{to: [a@example.org], server: {server}}}}}]")
    assert "`user` and `password` go together" in said


@pytest.mark.parametrize("content", [b"", b" \n", b"x" * 20_000, b"\xff\xfe"])
def test_a_file_that_holds_no_secret_is_a_mistake_that_shows_nothing_of_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "old-key").write_bytes(content)
    (said,) = mistakes(tmp_path, HOOK)
    assert "holds no secret" in said or "is not UTF-8" in said
    assert "xxx" not in said


# Routes, and when receivers want to be told

ROUTED = """
receivers:
  - name: desk
    quiet_hours: {from: "22:00", to: "07:00", days: [mon, tue], time_zone: Europe/Kyiv}
    storm: 5
    email: {to: [desk@example.org]}
  - name: south
    digest: {every: weekly, day: fri, at: "08:30", time_zone: Europe/Kyiv}
    file: {path: south.jsonl}
mute_times:
  nights: {from: "23:00", to: "06:00", time_zone: UTC}
routes:
  - match: {party: RU, credibility: [1, 2]}
    receivers: [desk, webhook]
    continue: true
    group_by: [agreement, region]
    group_wait: 30s
    group_interval: 5m
    mute_times: [nights]
    routes:
      - match: {region: UA.12}
        receivers: [south]
"""
AGREEMENTS = (an_agreement(a_clause("RU")),)


def routed(folder: Path, text: str) -> Told:
    path = folder / "alerts.yaml"
    path.write_text(text, encoding="utf-8")
    return load_alert_file(
        path, environment={}, mail_server=SERVER, allow_private=False, agreements=AGREEMENTS, further=["webhook"]
    )


def test_routes_say_who_hears_of_what_and_receivers_when(tmp_path: Path) -> None:
    told = routed(tmp_path, ROUTED)
    desk, south = (one.manner for one in told.receivers)
    zone = ZoneInfo("Europe/Kyiv")
    assert desk.quiet == Hours(start=time(22), end=time(7), days=frozenset({0, 1}), zone=zone)
    assert (desk.storm, south.storm) == (5, None)
    assert south.digest == Digest(every=Every.WEEKLY, at=time(8, 30), day=4, zone=zone)
    (route,) = told.routes
    assert route.matcher.wanted == {Trait.PARTY: {"RU"}, Trait.CREDIBILITY: {"1", "2"}}
    assert (route.receivers, route.goes_on, len(route.muted)) == (("desk", "webhook"), True, 1)
    assert route.grouping.by == (Trait.AGREEMENT, Trait.REGION)
    assert (route.grouping.wait, route.grouping.interval) == (timedelta(seconds=30), timedelta(minutes=5))
    assert [one.path for one in route.routes] == ["routes.0.routes.0"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("party: RU", "party: RUS", "alerts.yaml:13: routes.0.match.party.0: 'RUS' is no party; did you mean 'RU'?"),
        ("[1, 2]", "[1, 7]", "routes.0.match.credibility.1: '7' is no credibility"),
        ("{region: UA.12}", "{region: Odesa}", "use GeoNames' code, such as UA.12"),
        ("[desk, webhook]", "[desk, wehbook]", "'wehbook' is no receiver; did you mean 'webhook'?"),
        ("[nights]", "[night]", "'night' is not under `mute_times`; did you mean 'nights'?"),
        ("30s", "soon", 'is not a length of time; write it like "30s"'),
        ('"22:00"', '"25:00"', 'is not a time of day; write it like "22:00"'),
        ("[mon, tue]", "[monday]", "is no day of the week; use mon, tue"),
        ("{region: UA.12}", "{oblast: UA.12}", "routes.0.routes.0.match.oblast"),
        ("    group_wait: 30s\n    group_interval: 5m\n", "", "`group_by` needs `group_wait` or `group_interval`"),
        ("    receivers: [desk, webhook]\n", "", None),
        ("        receivers: [south]\n", "", None),
    ],
)
def test_a_route_that_would_never_fit_or_reach_anybody_is_named(
    tmp_path: Path, old: str, new: str, said: str | None
) -> None:
    assert ROUTED.count(old) == 1
    text = ROUTED.replace(old, new)
    if said is None:
        routed(tmp_path, text)
        return
    with pytest.raises(ConfigurationError) as caught:
        routed(tmp_path, text)
    (mistake,) = caught.value.mistakes
    assert said in str(mistake)


@pytest.mark.parametrize(
    ("region", "regions", "said"),
    [
        ("UA.99", ["UA.12", "UA.08", "RU.14"], "'UA.99' is no region of the gazetteer; known: UA.08, UA.12"),
        ("UA.21", ["UA.12", "UA.22", "RU.14"], "'UA.21' is no region of the gazetteer; known: UA.12, UA.22"),
        ("XX.01", ["UA.12", "RU.14"], "'XX.01' is no region of the gazetteer; known: RU, UA"),
        ("UA.12", ["UA.12"], None),
        # without a gazetteer only the form is checked
        ("UA.99", [], None),
    ],
)
def test_a_region_that_the_gazetteer_does_not_have_is_named(region: str, regions: list[str], said: str | None) -> None:
    found = list(wrong_values({Trait.REGION: [region]}, known_values(AGREEMENTS, regions)))
    assert [message for _, message in found] == ([said] if said else [])


def test_a_route_that_nobody_hears_of_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"routes\.0: names no receivers, and no route above it does"):
        routed(tmp_path, "receivers:\n  - {name: a, file: {path: a}}\nroutes:\n  - match: {party: RU}\n")


def test_people_are_spared_storms_unless_they_say_otherwise_and_machines_are_not(tmp_path: Path) -> None:
    mail = "receivers:\n  - {name: a, email: {to: [a@b.example]}}\n  - {name: b, file: {path: b}}\n"
    assert [one.manner.storm for one in routed(tmp_path, mail).receivers] == [20, None]
    assert [one.manner.storm for one in routed(tmp_path, mail.replace("a, e", "a, storm: 0, e")).receivers] == [
        None,
        None,
    ]
