"""Messages after the Common Alerting Protocol 1.2."""

import asyncio
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor import judging
from monitor.alerts.cap import NAMESPACE, CapSender
from monitor.alerts.receivers import CapReceiver
from monitor.errors import DeliveryError
from monitor.model.judgements import Change, ChangeKind, Notice, Status, Violation
from tests.alerts.notices import a_notice_of, a_test_notice, an_occasion_notice
from tests.alerts.test_email import HOSTILE, hostile_violation
from tests.builders import NOON, a_report, a_reported_claim, a_source
from tests.judgement_builders import a_change, a_rating, a_violation

#: The sequences of CAP's schema (section 3.4): elements stand in this order, and the first ones are required.
ORDER = {
    "alert": "identifier sender sent status msgType source scope restriction addresses code note references incidents "
    "info",
    "info": "language category event responseType urgency severity certainty audience eventCode effective onset "
    "expires senderName headline description instruction web contact parameter resource area",
    "area": "areaDesc polygon circle geocode altitude ceiling",
    "parameter": "valueName value",
    "geocode": "valueName value",
}  # fmt: skip
REQUIRED = {
    "alert": {"identifier", "sender", "sent", "status", "msgType", "scope"},
    "info": {"category", "event", "urgency", "severity", "certainty"},
    "area": {"areaDesc"},
    "parameter": {"valueName", "value"},
    "geocode": {"valueName", "value"},
}
ALLOWED = {
    "status": {"Actual", "Exercise", "System", "Test", "Draft"},
    "msgType": {"Alert", "Update", "Cancel", "Ack", "Error"},
    "scope": {"Public", "Restricted", "Private"},
    "category": {"Security"},
    "urgency": {"Immediate", "Expected", "Future", "Past", "Unknown"},
    "severity": {"Extreme", "Severe", "Moderate", "Minor", "Unknown"},
    "certainty": {"Observed", "Likely", "Possible", "Unlikely", "Unknown"},
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")


def write(folder: Path, *notices: Notice) -> list[ET.Element]:
    """Return the folder's messages, oldest first, each checked against the rules of CAP."""

    async def all_of_them() -> None:
        for notice in notices:
            await CapSender(CapReceiver(folder=folder, sender="monitor.example.org")).send(notice, NOON)

    asyncio.run(all_of_them())
    found = [ET.parse(path).getroot() for path in sorted(folder.glob("*.xml"))]
    for root in found:
        assert_valid(root)
    return found


def name(element: ET.Element) -> str:
    assert element.tag.startswith(f"{{{NAMESPACE}}}")
    return element.tag.removeprefix(f"{{{NAMESPACE}}}")


def assert_valid(element: ET.Element) -> None:
    inside = [name(child) for child in element]
    if inside:
        order = ORDER[name(element)].split()
        assert inside == sorted(inside, key=order.index)
        assert set(inside) >= REQUIRED[name(element)]
    elif name(element) in ALLOWED:
        assert element.text in ALLOWED[name(element)]
    elif name(element) in ("sent", "onset"):
        assert INSTANT.fullmatch(element.text or "")
    elif name(element) in ("identifier", "sender"):
        assert not re.search(r"[\s,<&]", element.text or "")
    for child in element:
        assert_valid(child)


def text(root: ET.Element, path: str) -> str | None:
    return root.findtext("/".join(f"{{{NAMESPACE}}}{part}" for part in path.split("/")))


def after(hours: int, kind: ChangeKind, violation: Violation | None = None) -> Notice:
    return a_notice_of(a_change(kind, violation or a_violation()), at=NOON + timedelta(hours=hours))


def dismissed() -> Violation:
    return a_violation(rating=a_rating(status=Status.DISMISSED))


def test_a_message_says_what_is_alleged_where_and_how_sure_that_is(tmp_path: Path) -> None:
    (root,) = write(tmp_path / "new", a_notice_of())
    assert text(root, "sent") == "2025-04-02T12:00:00-00:00"
    assert (text(root, "status"), text(root, "msgType"), text(root, "scope")) == ("Actual", "Alert", "Restricted")
    assert "not a finding" in str(text(root, "restriction"))
    assert text(root, "info/certainty") == "Possible"
    assert text(root, "info/onset") == "2025-04-02T00:00:00-00:00"
    assert str(text(root, "info/headline")).startswith("[Ceasefire] New: substation, Sumy")
    assert "Drones hit a substation in Sumy" in str(text(root, "info/description"))
    assert text(root, "info/area/circle") == "50.9216,34.80029 0"
    assert text(root, "info/area/geocode/value") == "692194"


@pytest.mark.parametrize(
    ("credibility", "certainty"),
    [(1, "Observed"), (2, "Likely"), (3, "Possible"), (4, "Possible"), (5, "Unlikely"), (6, "Unknown")],
)
def test_only_what_is_admitted_or_verified_counts_as_observed(tmp_path: Path, credibility: int, certainty: str) -> None:
    (root,) = write(tmp_path, a_notice_of(a_change(violation=a_violation(rating=a_rating(credibility=credibility)))))
    assert text(root, "info/certainty") == certainty


def test_what_follows_refers_to_all_that_was_told_of_the_incident(tmp_path: Path) -> None:
    first, update, cancel = write(
        tmp_path, a_notice_of(), after(1, ChangeKind.DISPUTED), after(2, ChangeKind.DISMISSED, dismissed())
    )
    assert [text(root, "msgType") for root in (first, update, cancel)] == ["Alert", "Update", "Cancel"]
    references = [f"monitor.example.org,{text(root, 'identifier')},{text(root, 'sent')}" for root in (first, update)]
    assert text(first, "references") is None
    assert text(update, "references") == references[0]
    assert text(cancel, "references") == " ".join(references)
    assert len({text(root, "incidents") for root in (first, update, cancel)}) == 1


def test_what_is_withdrawn_of_one_clause_cancels_nothing_while_another_clause_stands(tmp_path: Path) -> None:
    one, other = a_violation(id="V-1"), a_violation(id="V-2")
    told = (a_change(ChangeKind.NEW, one), a_change(ChangeKind.NEW, other))
    gone: Change = a_change(ChangeKind.WITHDRAWN, judging.withdrawn(one))
    messages = write(tmp_path, a_notice_of(*told), a_notice_of(gone, at=NOON + timedelta(hours=1)))
    assert [text(root, "msgType") for root in messages] == ["Alert", "Update"]


def test_a_message_that_is_sent_again_is_the_same_file(tmp_path: Path) -> None:
    notices = (a_notice_of(), after(1, ChangeKind.DISPUTED))
    write(tmp_path, *notices)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write(tmp_path, *notices)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_samples_and_tests_are_for_nobody_to_act_on(tmp_path: Path) -> None:
    sample = a_violation(a_reported_claim(report=a_report(source=a_source(sample=True))))
    (one,) = write(tmp_path / "a", a_notice_of(a_change(violation=sample)))
    (other,) = write(tmp_path / "b", a_test_notice())
    assert [text(root, "status") for root in (one, other)] == ["Test", "Test"]
    assert other.find(f"{{{NAMESPACE}}}info") is None


def test_an_occasion_is_no_breach_and_belongs_to_no_incident(tmp_path: Path) -> None:
    (root,) = write(tmp_path, an_occasion_notice())
    assert (text(root, "msgType"), text(root, "incidents")) == ("Alert", None)
    assert text(root, "info/event") == "News of a ceasefire agreement"
    assert "may close in 72 hours" in str(text(root, "info/headline"))
    assert "may close in 72 hours" in str(text(root, "info/description"))


def test_an_event_without_place_or_time_has_no_area_and_no_onset(tmp_path: Path) -> None:
    bare = a_violation(a_reported_claim(place=None, event_time=None))
    (root,) = write(tmp_path, a_notice_of(a_change(violation=bare)))
    assert text(root, "info/onset") is None
    assert text(root, "info/area/areaDesc") is None


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: repr(text[:24]))
def test_hostile_text_is_text(tmp_path: Path, hostile: str) -> None:
    (root,) = write(tmp_path, a_notice_of(hostile_violation(hostile)))
    assert text(root, "info/web") is None


def test_a_hostile_id_leaves_no_folder(tmp_path: Path) -> None:
    write(tmp_path / "cap", replace(a_notice_of(), id="../../x,<y", incident_id="../*"))
    assert [path.parent.name for path in tmp_path.rglob("*.xml")] == ["cap"]


def test_a_place_that_cannot_be_written_to_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DeliveryError, match="cannot write") as caught:
        write(tmp_path / "file", a_notice_of())
    assert (caught.value.retryable, caught.value.for_all) == (True, True)
