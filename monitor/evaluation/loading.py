"""JSON lines -> examples, in our own form and in the two of the shared sets."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from monitor.errors import ConfigurationError, Mistake
from monitor.evaluation.examples import Event, Example
from monitor.model.claims import Basis, Outcome, Stance
from monitor.model.reports import Language

#: Words of other labelled sets -> ours.
_CLASSES = {"energy_unspecified": "energy", "grid_or_outage": "power_grid"}
_OUTCOMES = {"damage": "damaged", "n/a": None}
_STANCES = {"claimed_by_one_side": "alleged", "n/a": None}
_KINDS = {
    "retro": "retrospective",
    "comment": "commentary",
    "reaction": "commentary",
    "not_energy": "non_energy_target",
}
_UNSURE = "amb"
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _EventForm(_Strict):
    attacker: str | None = None
    attacker_basis: Basis | None = None
    country: str | None = None
    occupied_by: str | None = None
    target: str | None = None
    place: str | None = None
    region: str | None = None
    event_date: str | None = None
    outcome: str | None = None
    stance: str | None = None
    claimant: str | None = None


class _ExpectForm(_EventForm):
    energy_strike: bool
    tally: bool = False
    kind: str | None = None
    also: list[_EventForm] = Field(default_factory=list)


class _ExampleForm(_Strict):
    id: str = Field(min_length=1)
    language: Language
    title: str | None = None
    text: str | None = None
    published: str | None = None
    source_perspective: str | None = None
    expect: _ExpectForm
    kind: str | None = None
    sure: bool = True
    #: Of the shared sets: several labels of a kind, and where the text is from.
    flags: list[str] = Field(default_factory=list)
    source: str | None = None
    publisher: str | None = None
    url: str | None = None
    incidents: list[str] = Field(default_factory=list)


def parse_examples(lines: Iterable[str], origin: str) -> tuple[Example, ...]:
    """Read JSON lines, one example each; empty lines are skipped.

    Args:
        lines: the file's lines.
        origin: the file's name, for messages.

    Raises:
        ConfigurationError: lines that are no examples, or ids given twice; all of them at once.
    """
    examples: list[Example] = []
    mistakes: list[Mistake] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            example = _example(_ExampleForm.model_validate(json.loads(line)))
        except ValidationError as error:
            mistakes += (_mistake(origin, number, one["loc"], one["msg"]) for one in error.errors())
            continue
        except (ValueError, RecursionError) as error:
            mistakes.append(_mistake(origin, number, (), str(error)))
            continue
        if example.id in seen:
            mistakes.append(_mistake(origin, number, ("id",), f"{example.id!r} is given twice; each needs its own"))
        seen.add(example.id)
        examples.append(example)
    if mistakes:
        raise ConfigurationError(*mistakes)
    return tuple(examples)


def _mistake(origin: str, line: int, location: tuple[Any, ...], message: str) -> Mistake:
    return Mistake(file=origin, line=line, field=".".join(str(part) for part in location), message=message)


def _example(form: _ExampleForm) -> Example:
    title = form.title or form.text
    if not title:
        raise ValueError("an example needs a title or a text")
    expect = form.expect
    return Example(
        id=form.id,
        language=form.language,
        title=title,
        text=form.text if form.title else None,
        published=_published(form.published),
        source_perspective=form.source_perspective,
        energy_strike=expect.energy_strike,
        tally=expect.tally,
        event=_event(expect),
        also=tuple(_event(event) for event in expect.also),
        kind=form.kind or expect.kind or _kind_of(form.flags),
        sure=form.sure and _UNSURE not in form.flags,
    )


def _event(form: _EventForm) -> Event:
    country, occupied_by = form.country, form.occupied_by
    if country == "OCC":
        country, occupied_by = "UA", "RU"
    outcome = _OUTCOMES.get(form.outcome, form.outcome) if form.outcome else None
    stance = _STANCES.get(form.stance, form.stance) if form.stance else None
    return Event(
        attacker=form.attacker,
        attacker_labelled="attacker" in form.model_fields_set,
        attacker_basis=form.attacker_basis,
        country=country,
        occupied_by=occupied_by,
        target=_CLASSES.get(form.target, form.target) if form.target else None,
        place=form.place,
        region=form.region,
        event_date=_days(form.event_date),
        outcome=Outcome(outcome) if outcome else None,
        stance=Stance(stance) if stance else None,
        claimant=form.claimant,
    )


def _kind_of(flags: list[str]) -> str | None:
    named = [flag for flag in flags if flag != _UNSURE]
    return _KINDS.get(named[0], named[0]) if named else None


def _published(text: str | None) -> datetime | None:
    """Return the time of publication; noon UTC where only the day is given, None where there is not even one day."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if _DAY.fullmatch(text):
        return datetime.combine(moment.date(), time(12), UTC)
    if moment.tzinfo is None:
        raise ValueError(f"published {text} needs a time zone, such as {text}+00:00")
    return moment


def _days(text: str | None) -> tuple[date, date] | None:
    """Return first and last day of "2025-03-18", "2025-03-18/2025-03-19" or "2022-09/2022-10".

    Raises:
        ValueError: it is none of these, or ends before it starts.
    """
    if not text:
        return None
    first, _, last = text.partition("/")
    days = _day(first, text)[0], _day(last or first, text)[1]
    if days[1] < days[0]:
        raise ValueError(f"event_date {text} ends before it starts")
    return days


def _day(text: str, whole: str) -> tuple[date, date]:
    if _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        return day, day
    month = _MONTH.fullmatch(text)
    if month is None:
        raise ValueError(f"event_date {whole!r} is no date and no range of dates")
    first = date(int(month[1]), int(month[2]), 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
