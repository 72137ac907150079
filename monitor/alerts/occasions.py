"""Occasions -> notices: everybody who is told now hears once of what the clock brought. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from monitor.alerts.message import LIST_LIMIT, QUOTE_LIMIT, TEXT_LIMIT, Envelope
from monitor.alerts.receivers import Audience
from monitor.model import forms, words
from monitor.model.judgements import ChangeKind, Notice, stable_id
from monitor.model.occasions import Occasion, Sentence
from monitor.model.text import one_line


def notices_of(
    occasions: Iterable[Occasion], audience: Audience, *, told: Mapping[str, Collection[str]], now: datetime
) -> tuple[Notice, ...]:
    """Return one notice for each occasion and channel.

    `told`: the channels that were told of a statement, or of an occasion, before: who was told of an announcement is
    not told again when a further outlet relays it, and what follows up an occasion goes to whoever was told of that.
    """
    return tuple(
        _notice(channel, occasion, audience, now)
        for occasion in occasions
        for channel in _channels(occasion, audience, told)
        if not any(channel in told.get(statement, ()) for statement in occasion.statements)
    )


def _channels(occasion: Occasion, audience: Audience, told: Mapping[str, Collection[str]]) -> Collection[str]:
    if occasion.follows is None:
        return audience.channels(backlog=False)
    return sorted(told.get(occasion.follows, ()))


def _notice(channel: str, occasion: Occasion, audience: Audience, now: datetime) -> Notice:
    key = stable_id("N", channel, occasion.id)
    return Notice(
        id=key,
        channel=channel,
        kind=ChangeKind.OCCASION,
        incident_id=occasion.id,
        violation_ids=occasion.statements,
        payload=body_of_occasion(Envelope(id=key, source=audience.source, created_at=now), occasion),
        created_at=now,
        due_at=now,
    )


def body_of_occasion(envelope: Envelope, occasion: Occasion) -> str:
    """Return the JSON text of one notice of an occasion; it tells of no violation."""
    data: dict[str, Any] = {
        "kind": ChangeKind.OCCASION.value,
        "incident": None,
        "what_changed": words.CHANGE[ChangeKind.OCCASION],
        "headline": one_line(occasion.text, TEXT_LIMIT),
        "sample": any(one.report.source.sample for one in occasion.evidence),
        "violations": [],
        "violations_total": 0,
        "violations_omitted": 0,
        "omitted_ids": [],
        "occasion": _as_dict(occasion),
    }
    return envelope.around(data, type=f"ceasefire.occasion.{occasion.kind.value.replace(' ', '-')}")


def _as_dict(occasion: Occasion) -> dict[str, Any]:
    looked = occasion.looked_at
    return {
        "id": occasion.id,
        "kind": occasion.kind.value,
        "at": forms.instant(occasion.at),
        "text": one_line(occasion.text, QUOTE_LIMIT),
        "agreement": occasion.agreement_id,
        "agreement_title": occasion.agreement_title,
        "readings": list(occasion.readings),
        "clauses": list(occasion.clauses),
        "windows": [one_line(window, TEXT_LIMIT) for window in occasion.windows[:LIST_LIMIT]],
        "status": occasion.status.value if occasion.status else None,
        "looked_at": looked
        and {
            "reports": looked.reports,
            "sources": [one_line(source, TEXT_LIMIT) for source in looked.sources[:LIST_LIMIT]],
            "since": forms.instant(looked.since),
            "until": forms.instant(looked.until),
        },
        "evidence": [_evidence(one) for one in occasion.evidence],
    }


def _evidence(one: Sentence) -> dict[str, Any]:
    report = one.report
    return {
        "quote": one_line(one.quote, QUOTE_LIMIT),
        "source": one_line(report.source.name, TEXT_LIMIT),
        "url": report.url,
        "published": forms.instant(report.published) if report.published else None,
        "report": report.id,
    }
