"""The words by which declarations about a truce are read: values only; the catalogue builds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.model.claims import StatementKind, TruceKind
from monitor.model.reports import Language, PartyId


class DeclaredOf(StrEnum):
    """What stands beside the words of a declaration, and so says who declares."""

    #: Whoever declares is their subject: "Moscow extends the truce".
    PARTY = "party"
    #: The truce is their subject, and whoever is quoted declares: "the truce has expired, Peskov said".
    TRUCE = "truce"
    #: Whoever declares is their subject, and what they deny to strike follows: "Moscow does not strike energy".
    OBJECTS = "objects"


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclaredWords:
    """Patterns that declare something of a truce."""

    id: str
    kind: StatementKind
    of: DeclaredOf
    patterns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementExample:
    """A sentence, and the declarations that it makes, as "kind PARTY about"; none where it makes none."""

    text: str
    finds: tuple[str, ...]
    where: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementWords:
    """What one language says declarations with."""

    truces: Mapping[TruceKind, tuple[str, ...]]
    #: What a general denial says was never struck.
    objects: tuple[str, ...]
    #: Who declares beside those whom the vocabulary of attacks knows.
    speakers: Mapping[PartyId, tuple[str, ...]]
    declared: tuple[DeclaredWords, ...]
    #: Beside these nothing is declared (yet, or now): "may", "proposes", "if", "last year".
    undone: tuple[str, ...]
    examples: tuple[StatementExample, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementVocabulary:
    """The words of all languages."""

    words: Mapping[Language, StatementWords] = field(default_factory=dict)
