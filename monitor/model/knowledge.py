"""All that reading rests on beside the text itself: words, classes, places, facilities, and who holds which ground."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from monitor.model.agreements import TargetClass
from monitor.model.events import NamedEvents
from monitor.model.geography import Control, Geography, by_area
from monitor.model.reports import Language, PartyId
from monitor.model.statements import StatementVocabulary
from monitor.model.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """What `Reader` is made from; the catalogue loads it (`load_knowledge`)."""

    vocabulary: Vocabulary
    target_classes: Mapping[str, TargetClass]
    #: Places and named facilities.
    geography: Geography
    control: tuple[Control, ...]
    #: Events that texts date others by.
    events: NamedEvents = field(default_factory=NamedEvents)
    #: The parties whose war is watched, each with its enemy.
    opponents: Mapping[PartyId, PartyId] = field(default_factory=lambda: {"RU": "UA", "UA": "RU"})
    #: Whether an attack on ground is laid to its holder's enemy where nobody is named: not where others attack it, too.
    infers_attackers: bool = True
    #: Further wars, each read with its own words and places.
    theatres: tuple["Theatre", ...] = ()
    #: Words of declarations about a truce.
    statements: StatementVocabulary = field(default_factory=StatementVocabulary)

    @cached_property
    def control_by_area(self) -> Mapping[str, Sequence[Control]]:
        """Return who held which area, by area; the entries of each in the order of the data."""
        return by_area(self.control)

    @cached_property
    def energy_classes(self) -> frozenset[str]:
        """Return the ids of the classes that count as energy infrastructure in the widest sense."""
        return frozenset(key for key, value in self.target_classes.items() if value.energy)

    @cached_property
    def vague_classes(self) -> frozenset[str]:
        """Return the ids of the classes that name no kind of object."""
        return frozenset(key for key, value in self.target_classes.items() if value.unspecified)


@dataclass(frozen=True, kw_only=True)
class Theatre:
    """Another war than that of the built-in data: read where a text names it, by knowledge of its own."""

    id: str
    #: Recognised countries of its ground (ISO 3166-1 alpha-2).
    countries: frozenset[str]
    #: Patterns of which a text must contain one, by language.
    names: Mapping[Language, tuple[str, ...]]
    knowledge: Knowledge
