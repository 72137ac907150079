"""What an alert says, before any channel dresses it: the JSON body that docs/webhook.md describes.

It is made once, when the change is committed, and kept with the notice, so that every attempt says the same.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.alerts.severity import severity_of
from monitor.errors import DeliveryError
from monitor.model import forms, words
from monitor.model.agreements import Verdict
from monitor.model.judgements import Change, ChangeKind
from monitor.model.text import one_line

#: Version of the body's schema; it changes when a field changes its meaning or goes.
SCHEMA_VERSION = 1
#: Quotes longer than this are cut in alerts; the database keeps them whole.
QUOTE_LIMIT = 600
#: Other texts longer than this are cut: names, reasons, titles.
TEXT_LIMIT = 300
#: Entries of a list, such as claimants, and links of one piece of evidence.
LIST_LIMIT = 20
LINK_LIMIT = 5
#: Pieces of evidence in one alert; how many more there are is said.
EVIDENCE_LIMIT = 10
#: Violations told in full in one alert; the others by id.
DIGEST_LIMIT = 25
#: Ids of others in one alert; the rest is counted.
IDS_LIMIT = 1_000

#: Which of several changes of one incident names the alert: the first of these.
_RANK = (
    ChangeKind.NEW,
    ChangeKind.REINSTATED,
    ChangeKind.CONFIRMED,
    ChangeKind.DISMISSED,
    ChangeKind.WITHDRAWN,
    ChangeKind.DISPUTED,
    ChangeKind.CORROBORATED,
    ChangeKind.CORRECTED,
    ChangeKind.DIGEST,
)


#: Names the schema of `data`, the file of that name beside this one.
SCHEMA_URI = "urn:uuid:7d1c6f0e-5b1e-4b43-9a53-0f2f6f6c1a01"
SCHEMA_FILE = f"alert-{SCHEMA_VERSION}.schema.json"


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What every body carries beside its data: the attributes of CloudEvents 1.0.

    https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
    """

    id: str
    #: Which installation speaks.
    source: str
    created_at: datetime
    #: By which whoever gets the alert acknowledges it, if there is such a link.
    acknowledge_url: str | None = None

    def around(self, data: Mapping[str, Any], *, type: str) -> str:  # noqa: A002 - the attribute's name
        """Return the JSON text of one alert."""
        created = forms.instant(self.created_at)
        document = {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": type,
            "time": created,
            "datacontenttype": "application/json",
            "dataschema": SCHEMA_URI,
            **({"subject": data["incident"]} if data["incident"] else {}),
            "version": SCHEMA_VERSION,
            "timestamp": created,
            "data": data,
        }
        # ASCII with escapes: no encoder on the way can choke on it, and the signature covers the same bytes everywhere.
        return json.dumps(document, ensure_ascii=True, separators=(",", ":"))


def leading_kind(changes: Sequence[Change]) -> ChangeKind:
    """Return the kind that names an alert about all these changes."""
    return min((change.kind for change in changes), key=_RANK.index)


def body_of(envelope: Envelope, kind: ChangeKind, changes: Sequence[Change], names: Mapping[str, str]) -> str:
    """Return the JSON text of one alert: changes of one incident, or of many in a digest."""
    digest = kind is ChangeKind.DIGEST
    shown, others = changes[:DIGEST_LIMIT], changes[DIGEST_LIMIT:]
    data = {
        "kind": kind.value,
        "incident": None if digest else changes[0].violation.incident.id,
        "what_changed": _what_changed(kind, changes),
        "headline": _digest_headline(changes) if digest else words.headline(changes[0].violation),
        "sample": any(words.is_sample(change.violation) for change in changes),
        "violations": [violation_for_alert(change, names) for change in shown],
        "violations_total": len(changes),
        "violations_omitted": len(others),
        "omitted_ids": [change.violation.id for change in others[:IDS_LIMIT]],
        **_link(envelope),
    }
    return envelope.around(data, type="ceasefire.digest" if digest else f"ceasefire.violation.{kind.value}")


def body_of_many(envelope: Envelope, payloads: Sequence[str], why: str) -> str:
    """Return the JSON text of one alert in place of several: of each violation what was told last.

    Args:
        envelope: of the new alert.
        payloads: the JSON texts of the alerts, oldest first.
        why: why they are put together, in words.
    """
    told = [parsed(payload)["data"] for payload in payloads]
    newest = {violation["id"]: violation for data in told for violation in data["violations"]}
    others = dict.fromkeys(key for data in told for key in data["omitted_ids"] if key not in newest)
    omitted = [*list(newest)[DIGEST_LIMIT:], *others]
    events = len({violation["incident"] for violation in newest.values()}) + len(others)
    data: dict[str, Any] = {
        "kind": ChangeKind.DIGEST.value,
        "incident": None,
        "what_changed": f"Several alerts in one message: {why}",
        "headline": f"{len(payloads)} alerts on {events} event{'' if events == 1 else 's'}",
        "sample": any(data["sample"] for data in told),
        "violations": list(newest.values())[:DIGEST_LIMIT],
        "violations_total": len(newest) + len(others),
        "violations_omitted": len(omitted),
        "omitted_ids": omitted[:IDS_LIMIT],
    }
    return envelope.around(data, type="ceasefire.digest")


def body_of_test(envelope: Envelope, receiver: str) -> str:
    """Return the JSON text of a message that only shows that a receiver can be reached."""
    data: dict[str, Any] = {
        "kind": "test",
        "incident": None,
        "what_changed": "This is a test: nothing has happened",
        "headline": f"test message for the receiver {receiver}",
        "sample": False,
        "violations": [],
        "violations_total": 0,
        "violations_omitted": 0,
        "omitted_ids": [],
    }
    return envelope.around(data, type="ceasefire.test")


def body_of_escalation(envelope: Envelope, payload: str, why: str) -> str:
    """Return the JSON text of an alert that goes on to somebody else because nobody acknowledged it.

    Args:
        envelope: of the new alert.
        payload: the JSON text of the alert.
        why: in words, as in "not acknowledged within 15 minutes".
    """
    document = parsed(payload)
    kept = {name: value for name, value in document["data"].items() if name != "acknowledge_url"}
    data = {**kept, "what_changed": f"{why}: {kept['what_changed']}", **_link(envelope)}
    return envelope.around(data, type=str(document.get("type", "ceasefire.escalation")))


def body_of_operations(envelope: Envelope, lines: Sequence[str]) -> str:
    """Return the JSON text of a message for whoever runs the monitor; it tells of no violation."""
    data: dict[str, Any] = {
        "kind": ChangeKind.OPERATIONS.value,
        "incident": None,
        "what_changed": one_line(f"{words.CHANGE[ChangeKind.OPERATIONS]}: {'; '.join(lines)}"),
        "headline": one_line(lines[0] if len(lines) == 1 else f"{len(lines)} changes", TEXT_LIMIT),
        "sample": False,
        "violations": [],
        "violations_total": 0,
        "violations_omitted": 0,
        "omitted_ids": [],
    }
    return envelope.around(data, type="ceasefire.operations")


def _link(envelope: Envelope) -> dict[str, str]:
    return {"acknowledge_url": envelope.acknowledge_url} if envelope.acknowledge_url else {}


def _what_changed(kind: ChangeKind, changes: Sequence[Change]) -> str:
    if kind is ChangeKind.DIGEST and not _first_alerts(changes):
        return "What is known of many incidents has changed, or the rules have"
    return words.CHANGE[kind]


def _digest_headline(changes: Sequence[Change]) -> str:
    count = len({change.violation.incident.id for change in changes})
    events = "1 event" if count == 1 else f"{count} events"
    return f"{events} first reported late" if _first_alerts(changes) else f"changes of {events} told before"


def _first_alerts(changes: Sequence[Change]) -> bool:
    return any(change.kind is ChangeKind.NEW for change in changes)


def violation_for_alert(change: Change, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the JSON form of a violation with what changed, words for people, and text cleaned and cut."""
    violation = change.violation
    document = forms.violation_as_dict(violation)
    pieces = document.pop("evidence")
    evidence = [_cut(piece) for piece in pieces[:EVIDENCE_LIMIT]]
    return {
        **_shortened(document),
        "change": change.kind.value,
        "severity": severity_of(change).value,
        "recorded_at": forms.instant(change.recorded_at),
        "evidence": evidence,
        "evidence_omitted": len(pieces) - len(evidence),
        "words": _words(change, names),
    }


def _shortened(value: Any) -> Any:
    """Return the same structure with every text on one line, cleaned and cut."""
    if isinstance(value, str):
        return one_line(value, TEXT_LIMIT)
    if isinstance(value, list):
        return [_shortened(item) for item in value[:LIST_LIMIT]]
    if isinstance(value, dict):
        return {key: _shortened(item) for key, item in value.items()}
    return value


def _cut(piece: dict[str, Any]) -> dict[str, Any]:
    links = {"url": piece["url"], "see_also": piece["see_also"][:LINK_LIMIT]}
    return {**_shortened(piece), "quote": one_line(piece["quote"], QUOTE_LIMIT), **links}


def _words(change: Change, names: Mapping[str, str]) -> dict[str, Any]:
    violation = change.violation
    incident, rating = violation.incident, violation.rating
    return {
        "change": words.CHANGE[change.kind],
        "what": words.target(incident.target),
        "where": words.place(incident.place),
        "when": words.event_time(incident.event_time),
        "accused": words.accused(violation, names),
        "accused_by": list(words.accusers(violation, names)[:EVIDENCE_LIMIT]),
        "denied_by": list(words.deniers(violation, names)[:EVIDENCE_LIMIT]),
        "status": words.status(rating),
        "credibility": words.CREDIBILITY.get(rating.credibility, "cannot be judged"),
        "occupied_by": words.party(incident.occupied_by, names) if incident.occupied_by else None,
        "breach_under": list(violation.readings_with(Verdict.BREACH)),
        "undetermined_under": list(violation.readings_with(Verdict.UNDETERMINED)),
        "no_breach_under": list(violation.readings_with(Verdict.NO_BREACH)),
    }


def parsed(payload: str) -> dict[str, Any]:
    """Return the body as a value, with every text cleaned: the database may hold what an older program put there.

    Raises:
        DeliveryError: the stored text is not a body of a version that this program knows; not retryable.
    """
    try:
        document = json.loads(payload)
        version = document["version"]
        document["data"]["violations"]
    except (ValueError, TypeError, KeyError):
        raise DeliveryError("the notice's stored text is not an alert", retryable=False) from None
    if version != SCHEMA_VERSION:
        raise DeliveryError(f"the notice's stored text has version {version}, not {SCHEMA_VERSION}", retryable=False)
    return dict(_cleaned(document))


def _cleaned(value: Any) -> Any:
    """Return the same structure with every text cleaned: nothing from a feed can add a header or a terminal escape."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return value
