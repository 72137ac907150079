"""Alerts after the Common Alerting Protocol 1.2, one XML file each, for systems that read a folder of them.

https://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2-os.html. One incident is one thread: what follows an alert is an
Update or a Cancel that refers to what the folder holds of the incident.
"""

import asyncio
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.alerts.atom import write_whole
from monitor.alerts.brief import brief
from monitor.alerts.email import subject_of
from monitor.alerts.locale import PLAIN, Locale
from monitor.alerts.message import parsed
from monitor.alerts.receivers import CapReceiver
from monitor.alerts.translating import translated
from monitor.errors import DeliveryError
from monitor.model.judgements import Notice
from monitor.model.text import web_link

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
#: What our statuses say about a violation that stands no more.
_OVER = frozenset({"withdrawn", "dismissed", "superseded"})
#: Admiralty credibility -> CAP certainty. "Observed" is kept for what the accused admits or others verified.
_CERTAINTY = {1: "Observed", 2: "Likely", 3: "Possible", 4: "Possible", 5: "Unlikely"}
#: Its parameter that names a violation.
_VIOLATION = "violation"


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A message of the same incident that the folder holds."""

    reference: str
    violations: frozenset[str]


class CapSender:
    """Writes notices to one folder."""

    def __init__(self, receiver: CapReceiver) -> None:
        self._receiver = receiver

    async def send(self, notice: Notice, now: datetime) -> None:  # noqa: ARG002 - a message is dated by its notice
        """Write one notice; one that is there already is written anew, the same.

        Raises:
            DeliveryError: it cannot be written; retryable.
        """
        data = parsed(notice.payload)["data"]
        try:
            await asyncio.to_thread(self._write, notice, data)
        except OSError as error:
            folder = self._receiver.folder
            raise DeliveryError(f"cannot write to {folder}: {error.strerror}", retryable=True, for_all=True) from None

    async def close(self) -> None:
        """Nothing is kept open."""

    def _write(self, notice: Notice, data: dict[str, Any]) -> None:
        folder, name = self._receiver.folder, file_name(notice)
        mine = folder.glob(f"*.{_safe(notice.incident_id)}.*.xml") if data["incident"] else ()
        earlier = list(_read(path for path in sorted(mine) if path.name < name))
        write_whole(folder / name, message_for(notice, data, self._receiver.sender, earlier, self._receiver.locale))


def file_name(notice: Notice) -> str:
    """Return the name of a notice's file: in order of time, with the incident's and the notice's id."""
    stamp = notice.created_at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%f")
    return f"{stamp}.{_safe(notice.incident_id)}.{_safe(notice.id)}.xml"


def _safe(identifier: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", identifier)


def _read(paths: Iterable[Path]) -> Iterable[Earlier]:
    for path in paths:
        try:
            root = ET.parse(path).getroot()  # noqa: S314 - our own file
        except (OSError, ET.ParseError):
            continue  # taken away or spoilt meanwhile: a reference to it would lead nowhere
        parts = (root.findtext(f"{{{NAMESPACE}}}{name}", "") for name in ("sender", "identifier", "sent"))
        named = {
            one.findtext(f"{{{NAMESPACE}}}value", "")
            for one in root.iter(f"{{{NAMESPACE}}}parameter")
            if one.findtext(f"{{{NAMESPACE}}}valueName") == _VIOLATION
        }
        yield Earlier(reference=",".join(parts), violations=frozenset(named))


def message_for(
    notice: Notice, data: dict[str, Any], sender: str, earlier: list[Earlier], locale: Locale = PLAIN
) -> bytes:
    """Return the XML of one message.

    Args:
        notice: the notice.
        data: what it tells.
        sender: who sends, as CAP asks for it.
        earlier: messages of the same incident, oldest first.
        locale: in which language its words are.
    """
    data = translated(data, locale)
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}alert")
    fields = {
        "identifier": _safe(notice.id),
        "sender": sender,
        "sent": _instant(notice.created_at),
        "status": "Test" if data["sample"] or data["kind"] == "test" else "Actual",
        "msgType": kind_of_message(data["violations"], earlier),
        # It accuses somebody and nobody has checked it: not for the public as it is.
        "scope": "Restricted",
        "restriction": locale.text("An automatic reading of news reports: a lead to check, not a finding."),
        "note": f"{data['what_changed']}." + ("" if data["violations"] else f" {data['headline']}"),
        "references": " ".join(one.reference for one in earlier),
        "incidents": data["incident"] or "",
    }
    _add_all(root, fields)
    for violation in data["violations"]:
        _add_info(root, data, violation, locale)
    if "occasion" in data:
        _add_occasion(root, data, locale)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def kind_of_message(violations: list[dict[str, Any]], earlier: list[Earlier]) -> str:
    """Return CAP's msgType: a Cancel only where nothing that was told of the incident stands any more."""
    over = {one["id"] for one in violations if one["status"] in _OVER}
    told = {violation for one in earlier for violation in one.violations} | {one["id"] for one in violations}
    if violations and told <= over:
        return "Cancel"
    return "Update" if earlier else "Alert"


def _add_info(root: ET.Element, data: dict[str, Any], violation: dict[str, Any], locale: Locale) -> None:
    words = violation["words"]
    links = (web_link(piece["url"]) for piece in violation["evidence"])
    one = data | {"violations": [violation], "violations_total": 1}
    info = ET.SubElement(root, f"{{{NAMESPACE}}}info")
    fields = {
        "language": locale.language.value,
        "category": "Security",
        "event": locale.text("Reported breach of a ceasefire"),
        # Whether anything is to be done, and how grave it was, is not read.
        "urgency": "Unknown",
        "severity": "Unknown",
        "certainty": "Unknown" if violation["status"] in _OVER else _CERTAINTY.get(violation["credibility"], "Unknown"),
        "onset": _onset(violation["event_time"]),
        "senderName": "Ceasefire Monitor",
        "headline": subject_of(one, locale),
        "description": brief(one, locale=locale),
        "web": next((link for link in links if link), ""),
    }
    _add_all(info, fields)
    parameters = {
        _VIOLATION: violation["id"],
        "status": violation["status"],
        "disputed": "yes" if violation["disputed"] else "no",
        "accused": violation["accused"],
        "agreement": violation["agreement"],
        "clause": violation["clause"],
        "breach-under": " ".join(words["breach_under"]),
    }
    for name, value in parameters.items():
        _add_all(ET.SubElement(info, f"{{{NAMESPACE}}}parameter"), {"valueName": name, "value": value or "-"})
    if violation["place"]:
        _add_area(info, violation["place"], words["where"])


def _add_occasion(root: ET.Element, data: dict[str, Any], locale: Locale) -> None:
    """Add what the clock brought, or what was announced: news of an agreement, which accuses nobody."""
    fields = {
        "language": locale.language.value,
        "category": "Security",
        "event": locale.text("News of a ceasefire agreement"),
        "urgency": "Unknown",
        "severity": "Unknown",
        "certainty": "Unknown",
        "senderName": "Ceasefire Monitor",
        "headline": subject_of(data, locale),
        "description": brief(data, locale=locale),
    }
    _add_all(ET.SubElement(root, f"{{{NAMESPACE}}}info"), fields)


def _add_area(info: ET.Element, place: dict[str, Any], where: str) -> None:
    area = ET.SubElement(info, f"{{{NAMESPACE}}}area")
    exact = place["precision"] == 1 and place["lat"] is not None and place["lon"] is not None
    # A circle says how far off it may be: of an exact place alone we know that.
    _add_all(area, {"areaDesc": where, "circle": f"{place['lat']},{place['lon']} 0" if exact else ""})
    if place["geonameid"] is not None:
        geocode = ET.SubElement(area, f"{{{NAMESPACE}}}geocode")
        _add_all(geocode, {"valueName": "GeoNames", "value": str(place["geonameid"])})


def _onset(event_time: dict[str, Any] | None) -> str:
    return _instant(datetime.fromisoformat(event_time["from"])) if event_time else ""


def _instant(time: datetime) -> str:
    """Return an instant as CAP writes UTC: with -00:00, never Z."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S-00:00")


def _add_all(parent: ET.Element, fields: dict[str, str]) -> None:
    """Add the elements that have a text, in this order, which CAP's schema demands."""
    for name, text in fields.items():
        if text:
            ET.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = text
