"""The form of a file in `rules/agreements/`: what docs/rules.md describes and the JSON Schema is made from."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from monitor.catalogue.door import AwareTime, Strict
from monitor.model.agreements import Answer, ClauseKind, DutyStatus
from monitor.model.patterns import words_regex
from monitor.model.provisos import ConditionStatus, ExceptionVerdict
from monitor.model.reports import Language


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError('is not a day; write it like "2025-03-18"') from None
    return value


Day = Annotated[date, BeforeValidator(_day)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
PartyCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]*$", max_length=20)]
Region = Annotated[str, Field(pattern=r"^[A-Z]{2}\.\d\d$")]
#: More is no field of an agreement file but a text of its own.
_LONG = 5_000
Text = Annotated[str, Field(min_length=1, max_length=_LONG)]
#: A few words: a whole sentence or two at most, for the source keeps the rest.
Quote = Annotated[str, Field(max_length=200)]
Note = Annotated[str, Field(max_length=_LONG)]


class ReferenceEntry(Strict):
    """A source: its address, a quote of a few words, and what it shows."""

    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    quote: Quote = ""
    note: Note = ""


class PartyEntry(Strict):
    """A party: its id and name, in further languages too, and who acts for it."""

    id: PartyCode
    name: Text
    names: dict[Language, Text] = {}
    actors: tuple[Text, ...] = ()


class BoundEntry(Strict):
    """One end of a window; `earliest` and `latest` with offset, or null where nothing was stated."""

    earliest: AwareTime | None
    latest: AwareTime | None
    anchor: Text


class WindowEntry(Strict):
    """When a reading binds."""

    start: BoundEntry
    end: BoundEntry


class ConditionEntry(Strict):
    """What must come about before a reading's obligation is in force: "sanctions on the bank are lifted"."""

    text: Text
    status: ConditionStatus
    met_at: AwareTime | None = None
    references: tuple[ReferenceEntry, ...] = Field(min_length=1)


class ExceptionEntry(Strict):
    """What a reading takes out of its obligation."""

    id: Id
    title: Text
    priority: int = 0
    verdict: ExceptionVerdict
    classes: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    acts: tuple[str, ...] = ()


class ReadingEntry(Strict):
    """One holder's published view; clauses refer to it by id."""

    id: Id
    holder: Text
    holder_party: PartyCode | None = None
    window: WindowEntry
    covered: tuple[str, ...] = Field(min_length=1)
    excluded: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    intercepted_counts: Answer
    debris_counts: Answer
    own_or_occupied_ground_counts: Answer
    territory: tuple[Region, ...] = ()
    condition: ConditionEntry | None = None
    exceptions: tuple[ExceptionEntry, ...] = ()
    references: tuple[ReferenceEntry, ...] = ()
    note: Note = ""


def _patterns_in(words: str) -> str:
    for line in words.splitlines():
        if line.strip():
            words_regex(line.strip())
    return words


#: One pattern a line, as in the vocabularies.
Words = Annotated[str, Field(min_length=1), AfterValidator(_patterns_in)]


class DutyItemEntry(Strict):
    """One thing that is owed, and the words by which reports tell that it was done."""

    id: Id
    title: Text
    owed: Annotated[int, Field(gt=0)] | None = None
    whole: Note = ""
    words: dict[Language, Words] = Field(min_length=1)


class DutyReadingEntry(Strict):
    """One holder's published view of a duty, as far as it differs from what the duty says."""

    id: Id
    holder: Text
    holder_party: PartyCode | None = None
    due: BoundEntry | None = None
    #: By item: how many.
    owed: dict[Id, Annotated[int, Field(gt=0)]] = {}
    #: Items that are not owed.
    not_owed: tuple[Id, ...] = ()
    references: tuple[ReferenceEntry, ...] = ()
    note: Note = ""


class DutyEntry(Strict):
    """What is owed by when, and which reports are looked at."""

    due: BoundEntry
    looked_at_from: AwareTime
    looked_at_until: AwareTime
    items: tuple[DutyItemEntry, ...] = Field(min_length=1)
    about: dict[Language, Words] = {}
    undone: dict[Language, Words] = {}
    readings: tuple[DutyReadingEntry, ...] = ()


class ClauseEntry(Strict):
    """One obligation of one party."""

    id: Id
    title: Text
    kind: ClauseKind
    bound: PartyCode
    protected: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...] = ()
    acts: tuple[str, ...] = ()
    readings: tuple[Id, ...] = ()
    duty: DutyEntry | None = None
    reciprocal_to: Id | None = None


class ExampleReport(Strict):
    """A report in our own words."""

    title: Text
    text: str | None = None
    published: AwareTime | None = None
    language: Language = Language.ENGLISH
    affiliation: PartyCode | None = None
    perspective: PartyCode | None = None


class ExampleEntry(Strict):
    """A report or several, and what they must lead to; a clause that is not named must get no breach."""

    name: Text
    report: ExampleReport | None = None
    reports: tuple[ExampleReport, ...] = ()
    #: The instant at which duties are looked at; without it that of the last report.
    at: AwareTime | None = None
    breach: dict[Id, tuple[Id, ...]] = {}
    undetermined: dict[Id, tuple[Id, ...]] = {}
    duties: dict[Id, DutyStatus] = {}

    @property
    def given(self) -> tuple[ExampleReport, ...]:
        """Return the reports, one or several."""
        return self.reports if self.report is None else (self.report, *self.reports)


class AgreementFile(Strict):
    """A whole file."""

    id: Id
    title: Text
    status: Text
    date: Day
    modified: Day
    summary: Text
    agreement_class: Annotated[str, Field(alias="class", min_length=1)]
    tags: tuple[str, ...] = ()
    references: tuple[ReferenceEntry, ...] = Field(min_length=1)
    parties: tuple[PartyEntry, ...] = Field(min_length=1)
    readings: tuple[ReadingEntry, ...] = ()
    clauses: tuple[ClauseEntry, ...] = Field(min_length=1)
    notes: tuple[Text, ...] = ()
    remedies: tuple[Text, ...] = ()
    false_positives: tuple[Text, ...] = ()
    examples: tuple[ExampleEntry, ...] = ()


def agreement_schema() -> dict[str, Any]:
    """Return the JSON Schema of an agreement file, for editors."""
    return AgreementFile.model_json_schema()
