"""Named events that texts date other events by, such as "hours after the call"."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from monitor.model.reports import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedEvent:
    """An event whose time is known, and the patterns by which texts name it."""

    id: str
    #: When it was over for certain (UTC).
    over: datetime
    #: Texts published later mean another event by these words (UTC).
    known_until: datetime
    names: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedEvents:
    """All named events, and the patterns for "after" and "shortly after"."""

    events: tuple[NamedEvent, ...] = ()
    after: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    soon_after: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
