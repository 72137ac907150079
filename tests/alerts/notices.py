"""Notices as they stand in the outbox, for the channels that dress them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from monitor.alerts.message import Envelope, body_of_test
from monitor.alerts.notices import Heard, notices_for
from monitor.alerts.occasions import notices_of
from monitor.alerts.receivers import Audience, FileReceiver
from monitor.model.judgements import Change, Notice
from monitor.model.occasions import Occasion, OccasionKind
from tests.builders import NOON
from tests.judgement_builders import a_change

AUDIENCE = Audience(
    file_sink=FileReceiver(path=Path("unused")), source="https://desk.example/about", party_names=(("RU", "Russia"),)
)


def a_notice_of(*changes: Change, at: datetime = NOON, channel: str = "file") -> Notice:
    """Return the one notice that tells of the changes."""
    told = {change.violation.id: ("file",) for change in changes}
    made: Sequence[Notice] = notices_for(
        changes or (a_change(),), AUDIENCE, heard=Heard(told=told), now=at, backlog=True, replayed=False
    )
    (notice,) = made
    return replace(notice, channel=channel)


def an_occasion_notice() -> Notice:
    """Return the notice that a window closes soon."""
    occasion = Occasion(
        id="O-1",
        kind=OccasionKind.WINDOW_CLOSES_SOON,
        at=NOON,
        text="Pause on energy strikes, as the Kremlin reads it, may close in 72 hours",
        agreement_id="energy-pause",
        agreement_title="Pause on energy strikes",
        readings=("kremlin",),
    )
    (notice,) = notices_of([occasion], AUDIENCE, told={}, now=NOON)
    return notice


def a_test_notice() -> Notice:
    """Return the message of `ceasefire alerts test`."""
    envelope = Envelope(id="T-1", source=AUDIENCE.source, created_at=NOON)
    return replace(a_notice_of(), id="T-1", incident_id="T-1", violation_ids=(), payload=body_of_test(envelope, "desk"))
