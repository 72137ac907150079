"""A message that only shows whether a receiver can be reached. It passes the outbox by: nothing of it is kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from monitor.alerts.delivery import Sender
from monitor.alerts.message import Envelope, body_of_test
from monitor.errors import DeliveryError
from monitor.model.judgements import ChangeKind, Notice, stable_id


async def send_tests(
    senders: Mapping[str, Sender], channels: Iterable[str], source: str, now: datetime
) -> dict[str, DeliveryError | None]:
    """Send a test message to each channel; return what went wrong, by channel, or None where it was accepted."""
    return {channel: await _send(senders[channel], _notice(channel, source, now), now) for channel in channels}


async def _send(sender: Sender, notice: Notice, now: datetime) -> DeliveryError | None:
    try:
        await sender.send(notice, now)
    except DeliveryError as error:
        return error
    finally:
        await sender.close()
    return None


def _notice(channel: str, source: str, now: datetime) -> Notice:
    key = stable_id("T", channel, now.isoformat())
    return Notice(
        id=key,
        channel=channel,
        kind=ChangeKind.NEW,
        incident_id=key,
        violation_ids=(),
        payload=body_of_test(Envelope(id=key, source=source, created_at=now), channel),
        created_at=now,
        due_at=now,
    )
