"""Who has heard of violations, and what is to be silent, as the store has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.alerts.notices import Heard
from monitor.model.judgements import Change

if TYPE_CHECKING:
    from monitor.store import Query


def heard_of(query: Query, changes: Sequence[Change], now: datetime) -> Heard:
    """Return who has heard of the violations that changed, who would have but for a silence, and the silences."""
    ids = [change.violation.id for change in changes]
    if not ids:
        return Heard()
    return Heard(told=query.told(ids), hushed=query.hushed(ids), silences=query.silences(now))
