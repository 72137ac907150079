"""A process that queues alerts and sends them to a webhook until it is killed: `python -m tests.alerts.killed`.

Arguments: database URL, folder, address, and "drain" to send what waits and end.
"""

import asyncio
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from pydantic import SecretStr

from monitor.alerts.delivery import deliver_due
from monitor.alerts.receivers import WebhookReceiver
from monitor.alerts.webhook import WebhookSender
from monitor.model.judgements import ChangeKind, Notice, NoticeState
from monitor.store import Store

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#: Alerts queued in one transaction.
AT_ONCE = 3


def now() -> datetime:
    """Return the present."""
    return datetime.now(UTC)


def a_notice(number: int) -> Notice:
    """Return the notice of that number; every fifth is of the same incident."""
    made = now()
    return Notice(
        id=f"N-{number:06}", channel="webhook", kind=ChangeKind.NEW, incident_id=f"I-{number % 5}",
        violation_ids=(f"V-{number}",), payload=f'{{"number":{number}}}', created_at=made, due_at=made,
    )  # fmt: skip


async def work(store: Store, url: str, drain: bool) -> None:
    """Queue and send, over and over."""
    receiver = WebhookReceiver(url=SecretStr(url), secrets=(SecretStr(SECRET),), allow_private=True)
    sender = WebhookSender(receiver)
    with store.query() as query:
        numbers = count(len(query.notices(limit=100_000)))
    while True:
        if not drain:
            with store.transaction() as tx:
                tx.add_notices([a_notice(next(numbers)) for _ in range(AT_ONCE)])
        await deliver_due(store, {"webhook": sender}, clock=now)
        with store.query() as query:
            if drain and not query.notices(NoticeState.PENDING):
                return


if __name__ == "__main__":
    asyncio.run(work(Store.open(sys.argv[1], Path(sys.argv[2])), sys.argv[3], sys.argv[4:] == ["drain"]))
