"""The words by which reports are read: values only; the catalogue builds them from `rules/vocabulary/`.

A *pattern* is a short text that a person can write without knowing Python:

    substation          this word
    подстанци~          this stem with an ending of up to four letters
    #                   a number;  ? any word
    нафто*              this stem with any ending
    (oil|gas) depot     one of several words, then another
    gas [metering] hub  a word that may be missing
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.model.claims import Outcome, Stance
from monitor.model.reports import Language, PartyId


class Role(StrEnum):
    """What a word does in a sentence that reports an attack."""

    #: An attack: verb, noun or participle ("hit", "удар", "атаковано").
    ACT = "act"
    #: What came of it, no proof of an attack by itself: fire, damage, outage, explosion.
    EFFECT = "effect"
    #: A drone or missile was brought down, or its debris fell.
    INTERCEPTION = "interception"
    #: What can be struck; `class_id` says what it is.
    TARGET = "target"
    #: What it can be struck with.
    WEAPON = "weapon"
    #: Who can attack: forces, states, metonyms.
    FORCE = "force"
    #: Who speaks: ministries, officials, outlets.
    SPEAKER = "speaker"
    #: A party's adjective or possessive; what it modifies decides whether it means attacker or country.
    BELONGING = "belonging"
    #: "said", "reported", "according to".
    SAYING = "saying"
    #: "accuses", "blames".
    ACCUSING = "accusing"
    #: "denied", "fake".
    DENYING = "denying"
    #: "declined to comment on": says neither yes nor no, and so neither reports nor denies.
    DECLINING = "declining"
    #: "claimed responsibility for": says that it did it.
    OWNING = "owning"
    #: "not", "never".
    NEGATION = "negation"
    #: Words that turn an attack into something that did not (now) happen; `stance` says into what.
    SUPPRESSOR = "suppressor"
    #: Words that lift a suppressor: "despite the truce", "in violation of".
    DESPITE = "despite"
    #: The name of an agreement or a subject ("energy truce", "energy prices"): its words mean no target.
    TOPIC = "topic"
    #: "near", "not far from": the object that follows was not what was struck.
    NEAR = "near"
    #: What a weapon does without striking: "filmed", "circled".
    HARMLESS = "harmless"
    #: Another war or country than the ones that are watched.
    ELSEWHERE = "elsewhere"
    #: A word in an agreement's sense of "breach": "violated the energy truce".
    BREACH = "breach"
    #: "times", "cases": what a tally counts; "24 hours", "since": what it counts over.
    COUNTED = "counted"
    #: "earlier", "recall": what follows is background.
    BACKGROUND = "background"
    #: What sounds like the past and speaks of now: "in the past 24 hours"; "repeated": "the third time this week".
    CURRENT = "current"


class Scope(StrEnum):
    """How far a suppressor reaches."""

    #: The act word that it governs: "halt strikes".
    ACT = "act"
    CLAUSE = "clause"
    SENTENCE = "sentence"


class Part(StrEnum):
    """How an act word stands in its clause."""

    #: "struck", "атаковали": the agent is the subject.
    ACTIVE = "active"
    #: "was hit", "пошкоджено": the target is the subject.
    PASSIVE = "passive"
    #: "strike on", "удар по".
    NOUN = "noun"
    #: "to strike", "атаковать": governed by another verb.
    INFINITIVE = "infinitive"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of meaning: a role, what it stands for, and the patterns that express it."""

    #: File-wide unique id such as "en/acts/strike-noun".
    id: str
    role: Role
    patterns: tuple[str, ...]
    #: ACT: the act id; WEAPON: the weapon; SUPPRESSOR: the kind; EFFECT and ACT: the outcome.
    value: str | None = None
    part: Part | None = None
    outcome: Outcome | None = None
    class_id: str | None = None
    party: PartyId | None = None
    stance: Stance | None = None
    #: A weak word means an attack only beside a weapon, an attacker or another sign of one.
    weak: bool = False
    #: SUPPRESSOR: how far it reaches.
    scope: Scope = Scope.CLAUSE


@dataclass(frozen=True, kw_only=True, slots=True)
class VocabularyExample:
    """A text beside the entries that it must, or must not, make fire."""

    text: str
    finds: tuple[str, ...]
    never: tuple[str, ...]
    #: Where it stands, "file:line".
    where: str


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """All entries, by language."""

    entries: Mapping[Language, tuple[Entry, ...]]
    examples: Mapping[Language, tuple[VocabularyExample, ...]] = field(default_factory=dict)
