"""Where the readings of one clause differ, and which incidents fall into the difference. Pure.

Nobody is right here: each answer is what a holder published, and "not listed" is an answer too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.model.agreements import Clause, Reading, Verdict
from monitor.model.judgements import Assessment, Incident
from monitor.model.reports import PartyId
from monitor.model.times import Bound


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One question that not all readings of a clause answer alike."""

    #: What is asked: "in force from", "gas_production", "debris counts" ...
    subject: str
    #: The answer of each reading, by the reading's id, in the order of the file.
    answers: Mapping[str, str]

    def in_words(self) -> str:
        """Return the difference as a sentence, readings of one answer together."""
        by_answer: dict[str, list[str]] = {}
        for reading, answer in self.answers.items():
            by_answer.setdefault(answer, []).append(reading)
        return f"{self.subject}: " + "; ".join(f"{answer} ({', '.join(ids)})" for answer, ids in by_answer.items())


@dataclass(frozen=True, kw_only=True, slots=True)
class Contested:
    """An incident that the readings of one clause judge differently for one accused party."""

    incident: Incident
    clause_id: str
    accused: PartyId
    #: By reading id, in the order of the file.
    verdicts: Mapping[str, Verdict]


def differences(clause: Clause) -> tuple[Difference, ...]:
    """Return where the readings of a clause differ; classes that every reading treats alike are left out."""
    found = []
    for subject, answers in _questions(clause.readings):
        if len(set(answers)) > 1:
            ids = (reading.id for reading in clause.readings)
            found.append(Difference(subject=subject, answers=dict(zip(ids, answers, strict=True))))
    return tuple(found)


def _questions(readings: Sequence[Reading]) -> Iterator[tuple[str, list[str]]]:
    yield "in force from", [_bound(reading.window.start) for reading in readings]
    yield "in force until", [_bound(reading.window.end) for reading in readings]
    for listed in sorted(
        {one for reading in readings for one in (reading.covered | reading.excluded | reading.unclear)}
    ):
        yield listed, [_class(reading, listed) for reading in readings]
    yield "in force only once", [reading.condition.text if reading.condition else "-" for reading in readings]
    for title in sorted({one.title for reading in readings for one in reading.exemptions}):
        yield (
            f"exception: {title}",
            [next((e.verdict.value for e in reading.exemptions if e.title == title), "none") for reading in readings],
        )
    yield "only in", [", ".join(sorted(reading.territory)) or "everywhere" for reading in readings]
    yield "an intercepted attempt counts", [reading.intercepted_counts.value for reading in readings]
    yield "debris counts", [reading.debris_counts.value for reading in readings]
    yield "own or occupied ground counts", [reading.own_or_occupied_ground_counts.value for reading in readings]


def _class(reading: Reading, listed: str) -> str:
    if listed in reading.covered:
        return "covered"
    if listed in reading.excluded:
        return "excluded"
    return "unclear" if listed in reading.unclear else "not listed"


def _bound(bound: Bound) -> str:
    earliest, latest = _moment(bound.earliest), _moment(bound.latest)
    return earliest if earliest == latest else f"{earliest} to {latest}"


def _moment(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC") if moment else "not stated"


def contested(
    clause: Clause, incidents: Iterable[Incident], assessments: Mapping[str, Sequence[Assessment]], agreement_id: str
) -> Iterator[Contested]:
    """Yield the incidents that the readings of a clause judge differently.

    `assessments`: those that hold now, by incident id.
    """
    for incident in incidents:
        by_accused: dict[PartyId, dict[str, Verdict]] = {}
        for one in assessments.get(incident.id, ()):
            if (one.agreement_id, one.clause_id) == (agreement_id, clause.id):
                by_accused.setdefault(one.accused, {})[one.reading_id] = one.verdict
        for accused, verdicts in sorted(by_accused.items()):
            if len(set(verdicts.values())) > 1:
                ordered = {one.id: verdicts[one.id] for one in clause.readings if one.id in verdicts}
                yield Contested(incident=incident, clause_id=clause.id, accused=accused, verdicts=ordered)


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstBreach:
    """The first incident that a reading judges a breach by one party: from then on a remedy could be invoked."""

    clause_id: str
    reading_id: str
    accused: PartyId
    incident: Incident


def first_breaches(
    clauses: Iterable[Clause],
    incidents: Iterable[Incident],
    assessments: Mapping[str, Sequence[Assessment]],
    agreement_id: str,
) -> tuple[FirstBreach, ...]:
    """Return, for each clause and reading, the first dated incident that it judges a breach; nothing is decided by it.

    `assessments`: those that hold now, by incident id.
    """
    dated = sorted(
        ((one.event_time.start, one.id, one) for one in incidents if one.event_time is not None),
        key=lambda entry: entry[:2],
    )
    found: dict[tuple[str, str, PartyId], FirstBreach] = {}
    for _, _, incident in dated:
        for one in assessments.get(incident.id, ()):
            if one.agreement_id == agreement_id and one.verdict is Verdict.BREACH:
                first = FirstBreach(
                    clause_id=one.clause_id, reading_id=one.reading_id, accused=one.accused, incident=incident
                )
                found.setdefault((one.clause_id, one.reading_id, one.accused), first)
    order = {clause.id: number for number, clause in enumerate(clauses)}
    return tuple(sorted(found.values(), key=lambda one: (order.get(one.clause_id, len(order)), one.reading_id)))
