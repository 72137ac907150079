"""Alerts as an Atom feed (RFC 4287), kept as a file that a web server hands out; readers pick up what is new.

Threads after RFC 4685: each entry names its incident as what it answers.
"""

import asyncio
import os
import tempfile
import xml.etree.ElementTree as ET  # written and read here are our own files only
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.alerts.brief import brief
from monitor.alerts.email import subject_of
from monitor.alerts.locale import PLAIN, Locale
from monitor.alerts.message import parsed
from monitor.alerts.receivers import AtomReceiver
from monitor.alerts.translating import translated
from monitor.errors import DeliveryError
from monitor.model import forms
from monitor.model.judgements import Notice
from monitor.model.text import web_link

_ATOM = "http://www.w3.org/2005/Atom"
#: The XML namespace needs no declaration.
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_THREAD = "http://purl.org/syndication/thread/1.0"
#: There is room for more in a feed than in a chat.
TEXT_LIMIT = 10_000


class AtomSender:
    """Keeps the newest alerts in one feed."""

    def __init__(self, receiver: AtomReceiver) -> None:
        self._path = receiver.path
        self._entries = receiver.entries
        self._locale = receiver.locale

    async def send(self, notice: Notice, now: datetime) -> None:  # noqa: ARG002 - an entry is dated by its notice
        """Add one notice to the feed; one that is there already is replaced.

        Raises:
            DeliveryError: the file cannot be written, or is no feed of ours; retryable.
        """
        document = parsed(notice.payload)
        try:
            await asyncio.to_thread(self._add, _source(document), entry_for(notice, document, self._locale))
        except OSError as error:
            raise DeliveryError(f"cannot write {self._path}: {error.strerror}", retryable=True, for_all=True) from None
        except ET.ParseError:
            message = f"{self._path} is no Atom feed; move it out of the way"
            raise DeliveryError(message, retryable=True, for_all=True) from None

    async def close(self) -> None:
        """Nothing is kept open."""

    def _add(self, source: str, entry: ET.Element) -> None:
        older = [one for one in self._older() if _text(one, "id") != _text(entry, "id")]
        write_whole(self._path, feed_of(source, [entry, *older][: self._entries]))

    def _older(self) -> list[ET.Element]:
        try:
            return ET.parse(self._path).getroot().findall(f"{{{_ATOM}}}entry")  # noqa: S314 - our own file
        except FileNotFoundError:
            return []


def entry_for(notice: Notice, document: dict[str, Any], locale: Locale = PLAIN) -> ET.Element:
    """Return the entry that tells of a notice, whose body this is."""
    data, source = translated(document["data"], locale), _source(document)
    written = forms.instant(notice.created_at) or ""
    entry = ET.Element(f"{{{_ATOM}}}entry", {_LANG: locale.language.value})
    _add(entry, "id", f"{source}#{notice.id}")
    _add(entry, "title", subject_of(data, locale))
    _add(entry, "published", written)
    _add(entry, "updated", written)
    ET.SubElement(entry, f"{{{_ATOM}}}category", {"term": data["kind"]})
    if data["incident"]:
        ET.SubElement(entry, f"{{{_THREAD}}}in-reply-to", {"ref": f"{source}#{data['incident']}"})
    pieces = (piece for violation in data["violations"] for piece in violation["evidence"])
    for link in dict.fromkeys(link for piece in pieces if (link := web_link(piece["url"]))):
        ET.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "related", "href": link})
    _add(entry, "content", brief(data, TEXT_LIMIT, locale)).set("type", "text")
    return entry


def _source(document: dict[str, Any]) -> str:
    """Return which installation speaks; bodies from before it was named there name none."""
    return str(document.get("source", "ceasefire-monitor"))


def feed_of(source: str, entries: list[ET.Element]) -> bytes:
    """Return the whole feed, newest entry first."""
    ET.register_namespace("", _ATOM)
    ET.register_namespace("thr", _THREAD)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", f"{source}#alerts")
    _add(feed, "title", "Ceasefire alerts: an automatic reading of news reports, leads to check")
    _add(feed, "updated", max(_text(entry, "updated") for entry in entries))
    author = ET.SubElement(feed, f"{{{_ATOM}}}author")
    _add(author, "name", "Ceasefire Monitor")
    feed.extend(entries)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place whole and synced: nobody reads half of it, whenever this process is killed.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = text
    return child


def _text(parent: ET.Element, name: str) -> str:
    return parent.findtext(f"{{{_ATOM}}}{name}", "")
