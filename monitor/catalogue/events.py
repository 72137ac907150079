"""`rules/vocabulary/events.yaml` -> named events."""

from pydantic import Field, field_validator

from monitor.catalogue.data import DataRoots
from monitor.catalogue.door import AwareTime, Strict, read_yaml
from monitor.model.events import NamedEvent, NamedEvents
from monitor.model.patterns import compile_pattern
from monitor.model.reports import Language

Patterns = dict[Language, tuple[str, ...]]


def _checked(patterns: Patterns) -> Patterns:
    for texts in patterns.values():
        for text in texts:
            compile_pattern(text)
    return patterns


class _Event(Strict):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    over: AwareTime
    known_until: AwareTime
    source: str = Field(pattern=r"^https?://\S+$")
    names: Patterns

    @field_validator("names")
    @classmethod
    def _names_are_patterns(cls, value: Patterns) -> Patterns:
        return _checked(value)


class _File(Strict):
    events: tuple[_Event, ...] = ()
    after: Patterns
    soon_after: Patterns

    @field_validator("after", "soon_after")
    @classmethod
    def _after_are_patterns(cls, value: Patterns) -> Patterns:
        return _checked(value)


def load_events(roots: DataRoots) -> NamedEvents:
    """Return the named events.

    Raises:
        ConfigurationError: the file is wrong.
    """
    file = read_yaml(roots.file("rules/vocabulary/events.yaml"), _File)
    return NamedEvents(
        events=tuple(
            NamedEvent(id=one.id, over=one.over, known_until=one.known_until, names=one.names) for one in file.events
        ),
        after=file.after,
        soon_after=file.soon_after,
    )
