"""Labelled examples: a text, and what two careful readers say that it reports."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from monitor.model.claims import Basis, Outcome, Stance
from monitor.model.reports import Language, PartyId, Report, Source

#: When an example that names no time of publication counts as first seen; no result depends on it.
_UNDATED = datetime(2025, 1, 1, tzinfo=UTC)
_TIMEZONES = {"UA": "Europe/Kyiv", "RU": "Europe/Moscow"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One event that a text reports. None in any slot but `attacker` means "not labelled", and is not scored."""

    #: None: the text takes no side, or does not say; that is scored too where `attacker_labelled`.
    attacker: PartyId | None = None
    attacker_labelled: bool = False
    attacker_basis: Basis | None = None
    country: str | None = None
    #: The party that holds the place against that country's will; scored together with the country.
    occupied_by: PartyId | None = None
    target: str | None = None
    #: A settlement, or the most specific place that is named.
    place: str | None = None
    #: A first-level region by its usual English name ("Kherson Oblast").
    region: str | None = None
    #: First and last local day on which it can have happened.
    event_date: tuple[date, date] | None = None
    outcome: Outcome | None = None
    stance: Stance | None = None
    #: The party for which somebody speaks who says that it happened.
    claimant: PartyId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A labelled text."""

    id: str
    language: Language
    title: str
    text: str | None = None
    published: datetime | None = None
    #: The party whose forces the outlet calls "ours" and the other "enemy".
    source_perspective: PartyId | None = None
    #: Whether it reports a concrete recent strike on energy infrastructure, or counts such strikes.
    energy_strike: bool
    tally: bool = False
    event: Event
    #: Further events of the same text.
    also: tuple[Event, ...] = ()
    #: What kind of text it is ("talks", "passive", ...); of those that report no strike the share rejected is shown.
    kind: str | None = None
    #: Whether two readers would label it alike.
    sure: bool = True

    def report(self) -> Report:
        """Return the text as the pipeline would meet it."""
        source = Source(
            id="labelled",
            name="labelled example",
            publisher_group="labelled",
            perspective=self.source_perspective,
            timezone=_TIMEZONES.get(self.source_perspective or "", "UTC"),
        )
        return Report(
            id=self.id,
            source=source,
            title=self.title,
            text=self.text,
            language=self.language,
            published=self.published,
            first_seen=self.published or _UNDATED,
        )
