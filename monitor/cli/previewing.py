"""`ceasefire alerts preview`: the very bytes that a channel would send of a violation."""

import email
import email.policy
import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from xml.etree import ElementTree as ET

import typer

from monitor.alerts.locale import PLAIN, Locale, names_in
from monitor.alerts.message import Envelope, body_of, parsed
from monitor.alerts.receivers import Audience, EmailReceiver, Receiver
from monitor.alerts.translating import translated
from monitor.cli.context import Context, now
from monitor.errors import MonitorError, UsageError, close_to
from monitor.model import words
from monitor.model.agreements import Agreement
from monitor.model.judgements import Change, ChangeKind, Notice, stable_id
from monitor.model.reports import Language
from monitor.output.safe import terminal


class Shape(StrEnum):
    """What a kind of channel makes of an alert."""

    EMAIL = "email"
    WEBHOOK = "webhook"
    CHAT = "chat"
    ATOM = "atom"
    CAP = "cap"


def preview(
    context: typer.Context,
    violation_id: Annotated[str, typer.Argument(metavar="VIOLATION")],
    channel: Annotated[Shape, typer.Option(help="What kind of channel.")] = Shape.EMAIL,
    kind: Annotated[ChangeKind, typer.Option(help="What happens to it.")] = ChangeKind.NEW,
    receiver: Annotated[
        str | None, typer.Option(help="A receiver, for its language and clock, and of mail its templates.")
    ] = None,
    language: Annotated[Language | None, typer.Option(help="In which language; else the receiver's.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write it there, byte for byte, and print nothing.")] = None,
) -> None:
    """Show what a channel would send of a violation. Nothing is sent."""
    if language is Language.OTHER:
        raise UsageError("--language other: alerts are written in en, uk or ru")
    if not kind.of_a_violation:
        raise UsageError(f"--kind {kind}: happens to no single violation")
    shared: Context = context.obj
    moment = now()
    with shared.records() as records:
        with records.store.query() as query:
            violation = query.violation(violation_id)
        if violation is None:
            raise MonitorError(f"there is no violation {violation_id!r}; `ceasefire violations` lists them")
        change = Change(kind=kind, violation=violation, recorded_at=moment)
        found = _receiver(records.audience, receiver)
        templates = found.templates if isinstance(found, EmailReceiver) else None
        locale = _locale(found, language, records.agreements)
        made = _bytes(channel, _notice(change, records.audience, moment), moment, templates, locale)
    if output is not None:
        try:
            output.write_bytes(made)
        except OSError as error:
            raise MonitorError(f"{output}: cannot be written: {error.strerror}") from None
        shared.say(f"{output}: {len(made)} bytes")
        return
    readable = _readable(made) if channel is Shape.EMAIL else made.decode("utf-8")
    for line in readable.splitlines():
        typer.echo(terminal(line))


def _readable(mail: bytes) -> str:
    """Return a mail as people see it: its headers, and its plain text; `--output` writes the whole."""
    message = email.message_from_bytes(mail, policy=email.policy.default)
    body = message.get_body(("plain",))
    headers = "\n".join(f"{name}: {value}" for name, value in message.items())
    return f"{headers}\n\n{body.get_content() if body is not None else ''}"


def _notice(change: Change, audience: Audience, moment: datetime) -> Notice:
    key = stable_id("N", "preview", change.violation.id, change.kind.value)
    envelope = Envelope(id=key, source=audience.source, created_at=moment)
    return Notice(
        id=key,
        channel="preview",
        kind=change.kind,
        incident_id=change.violation.incident.id,
        violation_ids=(change.violation.id,),
        payload=body_of(envelope, change.kind, [change], dict(audience.party_names)),
        created_at=moment,
        due_at=moment,
    )


def _receiver(audience: Audience, receiver: str | None) -> Receiver | None:
    if receiver is None:
        return None
    found = audience.named(receiver)
    if not found:
        known = [one.name or one.kind for one in audience.receivers]
        raise UsageError(f"--receiver {receiver!r} is no receiver{close_to(receiver, known)}")
    return found[0]


def _locale(receiver: Receiver | None, language: Language | None, agreements: Sequence[Agreement]) -> Locale:
    """Return how it is told: as the receiver has it, but in the language that was asked for."""
    theirs = receiver.locale if receiver is not None else PLAIN
    if language is None or language is theirs.language:
        return theirs
    names = names_in(language, words.names_of_parties(agreements))
    return Locale(language=language, time_zone=theirs.time_zone, party_names=names)


def _bytes(shape: Shape, notice: Notice, moment: datetime, templates: Path | None, locale: Locale) -> bytes:
    document = parsed(notice.payload)
    if shape is Shape.EMAIL:
        from monitor.alerts.email import mail_for

        made = mail_for(
            notice,
            sender="monitor@example.org",
            recipient="you@example.org",
            now=moment,
            templates=templates,
            locale=locale,
        )
        return made.as_bytes()
    if shape is Shape.CHAT:
        from monitor.alerts.brief import brief
        from monitor.alerts.chat import tame
        from monitor.alerts.email import subject_of

        data = translated(document["data"], locale)
        return f"{tame(subject_of(data, locale))}\n{tame(brief(data, locale=locale))}".encode()
    if shape is Shape.ATOM:
        from monitor.alerts.atom import entry_for

        return bytes(ET.tostring(entry_for(notice, document, locale), encoding="utf-8", xml_declaration=True))
    if shape is Shape.CAP:
        from monitor.alerts.cap import message_for

        return message_for(notice, document["data"], "monitor.example.org", [], locale)
    return json.dumps(json.loads(notice.payload), ensure_ascii=True, separators=(",", ":")).encode()
