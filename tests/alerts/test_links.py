"""Links that acknowledge an alert: only ours, only of that alert, only for some days."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from monitor.alerts.brief import brief
from monitor.alerts.email import mail_for
from monitor.alerts.links import GOOD_FOR, Links
from monitor.alerts.message import parsed
from monitor.alerts.notices import Heard, notices_for
from monitor.errors import UsageError
from monitor.model.judgements import ChangeKind
from tests.alerts.test_routing import a_receiver, an_audience
from tests.builders import NOON
from tests.judgement_builders import a_change

LINKS = Links(base="https://desk.example/ack/", secret=SecretStr("s" * 32))
KEY, OTHER = "N-0123456789ab", "N-ba9876543210"
TOKEN = LINKS.token(KEY, NOON)


def test_a_link_leads_back_to_its_alert_while_it_is_good() -> None:
    link = LINKS.link(KEY, NOON)
    assert link.startswith(f"https://desk.example/ack/{KEY}.")
    assert LINKS.notice_id(link, NOON + GOOD_FOR) == KEY
    with pytest.raises(UsageError, match="has expired"):
        LINKS.notice_id(link, NOON + GOOD_FOR + timedelta(seconds=1))


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nothing",
        TOKEN.replace(KEY, OTHER),
        TOKEN.replace(f".{int(NOON.timestamp())}.", f".{int(NOON.timestamp()) + 1}."),
        TOKEN[:-1] + ("0" if TOKEN[-1] != "0" else "1"),
        TOKEN[:-1],
        TOKEN + "\n",
        TOKEN.replace(".", "\u0661."),
        TOKEN * 50,
        replace(LINKS, secret=SecretStr("t" * 32)).token(KEY, NOON),
    ],
)
def test_what_was_not_made_here_is_refused_without_repeating_it(token: str) -> None:
    with pytest.raises(UsageError) as refused:
        LINKS.notice_id(token, NOON)
    assert KEY not in str(refused.value)
    assert "s" * 32 not in str(refused.value)


@pytest.mark.parametrize(("kind", "linked"), [(ChangeKind.NEW, True), (ChangeKind.DISMISSED, False)])
def test_an_alert_has_the_link_and_what_takes_it_back_has_none(kind: ChangeKind, linked: bool) -> None:
    audience = replace(an_audience(a_receiver("duty")), links=LINKS)
    change = a_change(kind)
    heard = Heard(told={change.violation.id: ("webhook:duty",)})
    made = notices_for([change], audience, heard=heard, now=NOON, backlog=False)
    (notice,) = [one for one in made if one.channel == "webhook:duty"]
    url = parsed(notice.payload)["data"].get("acknowledge_url")
    assert (url is not None) is linked
    mail = mail_for(notice, sender="a@example.org", recipient="b@example.org", now=NOON)
    bodies = [mail.get_body((kind,)) for kind in ("plain", "html")]
    assert all(("https://desk.example/ack/" in body.get_content()) is linked for body in bodies if body is not None)
    assert ("https://desk.example/ack/" in brief(parsed(notice.payload)["data"], 300)) is linked
    if linked:
        assert LINKS.notice_id(url, NOON) == notice.id


@pytest.mark.parametrize(
    ("channel", "linked"),
    [
        ("email:desk:a@example.org", True),
        ("apprise:room", True),
        ("atom:feed", False),
        ("cap:x", False),
        ("file", False),
    ],
)
def test_what_is_handed_on_to_anybody_holds_no_link(channel: str, linked: bool) -> None:
    audience = replace(an_audience(a_receiver("duty")), links=LINKS)
    assert (audience.link_for(channel, KEY, NOON) is not None) is linked
