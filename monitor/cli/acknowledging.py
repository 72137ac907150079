"""`ceasefire alerts acknowledge`: somebody has taken note, and nobody else need be called."""

import email
import email.policy
import re
import sys
from collections.abc import Iterator
from email.message import Message
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated

import typer

from monitor.acknowledging import AUTHOR_LIMIT, NOTE_LIMIT, acknowledge_by_link
from monitor.alerts.receivers import Audience, EmailReceiver
from monitor.bootstrap import links
from monitor.cli.context import Context, now
from monitor.errors import MonitorError, UsageError
from monitor.model.routing import Acknowledgement
from monitor.model.text import one_line
from monitor.store import Query

#: Longest mail, in bytes.
_MAIL_BYTES = 1_000_000
_OURS = re.compile(r"<([IN]-[0-9a-f]{12,})@[^<>\s]+>")


def acknowledge(
    context: typer.Context,
    key: Annotated[str | None, typer.Argument(metavar="[ID]", help="Of a violation, an incident or an alert.")] = None,
    author: Annotated[str, typer.Option(help="Who has taken note.")] = "",
    note: Annotated[str, typer.Option(help="What there is to say of it.")] = "",
    from_mail: Annotated[
        Path | None, typer.Option(help="A reply to an alert's mail, as it came; - for standard input.")
    ] = None,
    link: Annotated[str | None, typer.Option(help="The link of an alert that acknowledges it.")] = None,
) -> None:
    """Record that somebody has taken note of an incident: its alerts go on to nobody else."""
    shared: Context = context.obj
    if [key, from_mail, link].count(None) != 2:
        raise UsageError("name an ID, or a mail with --from-mail, or a link with --link")
    with shared.records() as records:
        if link is not None:
            made = links(records.settings)
            if made is None:
                raise MonitorError("no links are made: set CEASEFIRE_ACKNOWLEDGE_URL and CEASEFIRE_ACKNOWLEDGE_SECRET")
            about = acknowledge_by_link(records.store, made, link, note, now())
            shared.say(f"incident {about.incident_id} is acknowledged by {about.receiver}")
            return
        if from_mail is not None:
            mail = _mail(from_mail)
            keys, said, how = list(_references(mail)), _replier(mail, records.audience), "mail"
        else:
            keys, said, how = [str(key)], one_line(author, AUTHOR_LIMIT).strip(), "command line"
        if not said:
            raise UsageError("--author is empty")
        with records.store.transaction() as tx:
            incident = next((found for one in keys if (found := _incident_of(tx, one)) is not None), None)
            if incident is None:
                raise MonitorError(f"no incident is known that {_shown(keys)} is about; `ceasefire incidents list`")
            one = Acknowledgement(
                incident_id=incident, author=said, how=how, note=one_line(note, NOTE_LIMIT).strip(), recorded_at=now()
            )
            new = tx.add_acknowledgement(one)
    shared.say(f"incident {incident} is acknowledged by {said}{'' if new else ', as it was before'}")


def _shown(keys: list[str]) -> str:
    return ", ".join(repr(one_line(key, 60)) for key in keys) or "the mail"


def _incident_of(query: Query, key: str) -> str | None:
    """Return the incident that an id means: its own, a violation's or an alert's."""
    if key.startswith("N-"):
        notice = query.notice(key)
        return notice.incident_id if notice is not None and notice.incident_id.startswith("I-") else None
    if key.startswith("V-"):
        violation = query.violation(key)
        return violation.incident.id if violation is not None else None
    return key if key in query.incident_ids() else None


def _mail(path: Path) -> Message:
    try:
        if str(path) == "-":
            raw = sys.stdin.buffer.read(_MAIL_BYTES + 1)
        else:
            with path.open("rb") as file:
                raw = file.read(_MAIL_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    if len(raw) > _MAIL_BYTES:
        raise UsageError(f"{path}: is longer than {_MAIL_BYTES} bytes, and no reply")
    # The policy of old: what a hostile header breaks is left as it is, and no header raises.
    return email.message_from_bytes(raw, policy=email.policy.compat32)


def _references(mail: Message) -> Iterator[str]:
    """Yield the ids of ours that a mail answers, the nearest first."""
    for name in ("In-Reply-To", "References"):
        yield from reversed(_OURS.findall(str(mail.get(name, ""))))


def _replier(mail: Message, audience: Audience) -> str:
    """Return the mailbox that answered: one of those that alerts go to, or it is refused.

    A sender's address proves little; whoever feeds mails in should have checked where they come from.
    """
    sender = parseaddr(str(mail.get("From", "")))[1].lower()
    known = {
        address.lower()
        for receiver in audience.receivers
        if isinstance(receiver, EmailReceiver)
        for address in receiver.recipients
    }
    if sender not in known:
        raise MonitorError(f"the mail is from {one_line(sender, 80)!r}, to whom no alerts go")
    if mail.get("Auto-Submitted", "no").strip().lower() != "no":
        raise MonitorError("the mail was sent by a machine (Auto-Submitted), and acknowledges nothing")
    return one_line(sender, AUTHOR_LIMIT)
