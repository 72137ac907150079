"""Mails of one incident are one conversation, by the rules that mail programs thread by.

The rules are those of Jamie Zawinski's algorithm (https://www.jwz.org/doc/threading.html), which RFC 5256 (REFERENCES)
takes over: mails hang below what they refer to, and what was never received holds them together all the same.
"""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import pairwise

import pytest

from monitor.alerts.email import mail_for
from monitor.model.judgements import Change, ChangeKind
from tests.alerts.notices import a_notice_of, a_test_notice
from tests.builders import NOON, a_place, a_report, a_reported_claim
from tests.judgement_builders import a_change, a_violation

KINDS = (ChangeKind.NEW, ChangeKind.CORROBORATED, ChangeKind.DISPUTED, ChangeKind.CORRECTED, ChangeKind.DISMISSED)
TOWNS = ("Sumy", "Poltava", "Odesa")
STRICT = policy.SMTP.clone(raise_on_defect=True)


def received(*changes: Change, at: datetime = NOON) -> EmailMessage:
    """Return the mail as a strict parser reads it on the other side."""
    notice = a_notice_of(*changes, at=at)
    raw = mail_for(notice, sender="monitor@example.org", recipient="desk@example.org", now=at).as_bytes()
    mail = message_from_bytes(raw, policy=STRICT)
    assert isinstance(mail, EmailMessage)
    return mail


def mails_of(town: str) -> list[EmailMessage]:
    """Return the mails of an incident, from the first alert on."""
    violation = a_violation(a_reported_claim(id=town, place=a_place(town)))
    return [received(a_change(kind, violation), at=NOON + timedelta(hours=hour)) for hour, kind in enumerate(KINDS)]


def a_digest() -> EmailMessage:
    late = [
        a_violation(a_reported_claim(id=f"c{n}", report=a_report(first_seen=NOON + timedelta(9)))) for n in range(2)
    ]
    return received(*(a_change(violation=one) for one in late))


def threads(mails: Iterable[EmailMessage]) -> list[set[str]]:
    """Return the Message-IDs of each conversation."""
    parents: dict[str, str] = {}
    own = []
    for mail in mails:
        own.append(str(mail["Message-ID"]))
        chain = [*str(mail["References"] or "").split(), own[-1]]
        for parent, child in pairwise(chain):
            parents.setdefault(child, parent)
    found: dict[str, set[str]] = {}
    for key in own:
        root = key
        while root in parents:
            root = parents[root]
        found.setdefault(root, set()).add(key)
    return list(found.values())


@pytest.mark.parametrize("seed", range(5))
def test_each_incident_is_one_conversation_in_whatever_order_its_mails_arrive(seed: int) -> None:
    by_town = {town: mails_of(town) for town in TOWNS}
    mails = [mail for told in by_town.values() for mail in told] + [a_digest()]
    random.Random(seed).shuffle(mails)
    found = threads(mails)
    assert len(found) == len(TOWNS) + 1, "and the digest by itself"
    for told in by_town.values():
        assert {str(mail["Message-ID"]) for mail in told} in found


def test_whoever_was_told_late_has_the_conversation_all_the_same() -> None:
    assert len(threads(mails_of("Sumy")[2:])) == 1


def test_a_test_message_begins_no_conversation() -> None:
    mail = mail_for(a_test_notice(), sender="monitor@example.org", recipient="desk@example.org", now=NOON)
    assert (mail["References"], mail["In-Reply-To"]) == (None, None)


def test_a_mail_loads_nothing_from_elsewhere() -> None:
    """No tracking: no picture, style, frame or script that a mail program would fetch."""
    part = received(a_change()).get_body(("html",))
    assert part is not None
    page = part.get_content().lower()
    assert not [word for word in ("<img", "src=", "url(", "<link", "<iframe", "<script", "@import") if word in page]
