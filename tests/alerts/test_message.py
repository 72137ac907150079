"""The body of an alert: a CloudEvent whose data fit the published schema."""

import json
from datetime import timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_structured
from cloudevents.core.formats.json import JSONFormat
from jsonschema import Draft202012Validator

from monitor import judging
from monitor.alerts.message import SCHEMA_FILE, SCHEMA_URI, Envelope, body_of_test
from monitor.alerts.notices import Heard, notices_for
from monitor.alerts.receivers import Audience, FileReceiver
from monitor.model.claims import Actor
from monitor.model.judgements import Change, ChangeKind
from tests.alerts.notices import an_occasion_notice
from tests.builders import NOON, a_report, a_reported_claim
from tests.judgement_builders import a_change, a_rating, a_violation

AUDIENCE = Audience(file_sink=FileReceiver(path=Path("unused")), source="https://desk.example/about")
SCHEMA = json.loads(resources.files("monitor.alerts").joinpath(SCHEMA_FILE).read_text(encoding="utf-8"))


def body(*changes: Change) -> dict[str, Any]:
    told = {change.violation.id: ("file",) for change in changes}
    (notice,) = notices_for(changes, AUDIENCE, heard=Heard(told=told), now=NOON, backlog=True)
    document: dict[str, Any] = json.loads(notice.payload)
    return document


def bodies() -> dict[str, dict[str, Any]]:
    late = [
        a_violation(a_reported_claim(id=f"c{n}", report=a_report(first_seen=NOON + timedelta(9)))) for n in range(40)
    ]
    bare = a_violation(a_reported_claim(place=None, claimants=(Actor(name="General Staff", party="UA"),)))
    denied = a_violation(rating=a_rating(disputed=True, denied_by=(Actor(name="Ministry", party=None),)))
    envelope = Envelope(id="T-1", source="x", created_at=NOON)
    return {
        "new": body(a_change()),
        "denied": body(a_change(ChangeKind.DISPUTED, denied)),
        "without a place": body(a_change(violation=bare)),
        "withdrawn": body(a_change(ChangeKind.WITHDRAWN, judging.withdrawn(a_violation()))),
        "digest": body(*(a_change(violation=one) for one in late)),
        "occasion": json.loads(an_occasion_notice().payload),
        "test": json.loads(body_of_test(envelope, "desk")),
    }


@pytest.mark.parametrize("name", bodies())
def test_a_body_is_a_cloud_event_that_the_cloudevents_package_reads(name: str) -> None:
    sent = bodies()[name]
    message = HTTPMessage(headers={"content-type": "application/cloudevents+json"}, body=json.dumps(sent).encode())
    event = from_structured(message, JSONFormat())
    assert event.get_id() == sent["id"]
    assert event.get_specversion() == "1.0"
    assert event.get_time() == NOON
    assert event.get_datacontenttype() == "application/json"
    assert event.get_dataschema() == SCHEMA_URI == SCHEMA["$id"]
    assert event.get_subject() == sent["data"]["incident"]
    assert event.get_data() == sent["data"]
    assert event.get_type().startswith("ceasefire.")


def test_the_source_names_the_installation() -> None:
    assert bodies()["new"]["source"] == "https://desk.example/about"


def closed(part: Any) -> Any:
    """Return the schema with no fields but those that it names."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    more = {"additionalProperties": False} if "properties" in part else {}
    return {key: closed(value) for key, value in part.items()} | more


@pytest.mark.parametrize("name", bodies())
def test_the_data_fit_the_schema_which_names_every_field(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(closed(SCHEMA), format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        bodies()[name]["data"]
    )


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "nonsense"), ("violations", {}), ("sample", None), ("incident", 1)]
)
def test_what_is_no_alert_does_not_fit_the_schema(field: str, value: object) -> None:
    assert not Draft202012Validator(SCHEMA).is_valid(bodies()["new"]["data"] | {field: value})


def test_a_field_may_be_added_without_a_new_schema() -> None:
    assert Draft202012Validator(SCHEMA).is_valid(bodies()["new"]["data"] | {"thread": {"kind": "alert"}})
