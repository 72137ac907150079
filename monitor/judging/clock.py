"""When windows open and close, when duties fall due, and what parties announce of a truce, as occasions. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from monitor.judging.duties import DutyState
from monitor.model import words
from monitor.model.agreements import Agreement, Clause, Duty, DutyReading, DutyStatus, Reading
from monitor.model.claims import StatementKind
from monitor.model.duties import DutyRecord
from monitor.model.judgements import stable_id
from monitor.model.ledger import Declaration
from monitor.model.occasions import BEFORE_CLOSE, LookedAt, Occasion, OccasionKind, Sentence
from monitor.model.reports import Report
from monitor.model.times import Bound

#: Of so many sentences an occasion shows the first.
_SHOWN = 5
_ANNOUNCED = {
    StatementKind.WITHDRAWAL: (OccasionKind.WITHDRAWAL_ANNOUNCED, "holds itself bound no longer"),
    StatementKind.EXTENSION: (OccasionKind.EXTENSION_ANNOUNCED, "announces an extension"),
}


def window_occasions(agreement: Agreement) -> tuple[Occasion, ...]:
    """Return when the windows of an agreement's readings open and close, in order.

    A vague end gives two: when the window may open or close, and when it surely has. What no reading states has none.
    """
    readings = {reading.id: reading for clause in agreement.clauses for reading in clause.readings}
    found = [one for reading in readings.values() for one in _of_window(agreement, reading)]
    return tuple(sorted(found, key=lambda one: (one.at, one.id)))


def _of_window(agreement: Agreement, reading: Reading) -> Iterator[Occasion]:
    start, end = reading.window.start, reading.window.end
    for bound, kind, verb in (
        (start, OccasionKind.WINDOW_OPENS, "binds"),
        (end, OccasionKind.WINDOW_CLOSES, "is over"),
    ):
        for at, how in _instants(bound):
            text = f"{how} {verb} from {words.moment(at)} on: {bound.anchor}"
            yield _window_occasion(agreement, reading, kind, at, text)
    closes = min((at for at, _ in _instants(end)), default=None)
    opens = start.latest or start.earliest
    # A window that is shorter has just opened, or is still to open: that notice says when it closes.
    if closes is not None and (opens is None or closes - BEFORE_CLOSE > opens):
        soon = f"{'is' if end.earliest == end.latest else 'may be'} over at {words.moment(closes)}: {end.anchor}"
        yield _window_occasion(agreement, reading, OccasionKind.WINDOW_CLOSES_SOON, closes - BEFORE_CLOSE, soon)


def _instants(bound: Bound) -> Iterator[tuple[datetime, str]]:
    """Yield when it may be so and when it surely is, each with the words for how sure that is."""
    if bound.earliest is not None and bound.earliest != bound.latest:
        yield bound.earliest, "perhaps"
    if bound.latest is not None:
        yield bound.latest, "surely"


def _window_occasion(agreement: Agreement, reading: Reading, kind: OccasionKind, at: datetime, text: str) -> Occasion:
    clauses = tuple(clause.id for clause in agreement.clauses if reading in clause.readings)
    return Occasion(
        id=stable_id("O", agreement.id, kind.value, reading.id, at.isoformat()),
        kind=kind,
        at=at,
        text=f"{agreement.title}, as {reading.holder} reads it, {text}",
        agreement_id=agreement.id,
        agreement_title=agreement.title,
        readings=(reading.id,),
        clauses=clauses,
        windows=tuple(_windows(agreement)),
    )


def _windows(agreement: Agreement) -> Iterator[str]:
    """Yield the window of each reading: where they differ, the one that a notice is about is not the only one."""
    for reading in {one.id: one for clause in agreement.clauses for one in clause.readings}.values():
        window = reading.window
        yield f"{reading.holder} ({reading.id}): from {words.bound(window.start)} until {words.bound(window.end)}"


def duty_occasion(
    agreement: Agreement, clause: Clause, reading: DutyReading | None, duty: Duty, state: DutyState
) -> Occasion | None:
    """Return that a duty fell due and was not reported as done; None where it was, or where no time is stated.

    `duty` is as `reading` has it, and `state` where it stands now by that. Nothing in it accuses: what no report tells
    may have been done all the same, and the text says what was looked at.
    """
    if duty.due.latest is None or state.status in (DutyStatus.FULFILLED, DutyStatus.PENDING):
        return None
    return Occasion(
        id=due_id(agreement, clause, reading, duty.due.latest),
        kind=OccasionKind.DUTY_DUE,
        at=duty.due.latest,
        text=f"{duty_text(agreement, clause, reading)}: {state.in_words()}. {state.looked.in_words()}",
        agreement_id=agreement.id,
        agreement_title=agreement.title,
        readings=() if reading is None else (reading.id,),
        clauses=(clause.id,),
        status=state.status,
        looked_at=LookedAt(
            reports=state.looked.reports,
            sources=state.looked.sources,
            since=duty.looked_at_from,
            until=duty.looked_at_until,
        ),
        evidence=_sentences(state),
    )


def due_id(agreement: Agreement, clause: Clause, reading: DutyReading | None, due: datetime) -> str:
    """Return the id of the occasion that a duty falls due."""
    read = () if reading is None else (reading.id,)
    return stable_id("O", agreement.id, OccasionKind.DUTY_DUE.value, clause.id, *read, due.isoformat())


def _sentences(state: DutyState) -> tuple[Sentence, ...]:
    told = (one for item in state.items for one in item.told)
    shown = (Sentence(quote=one.quote, report=one.report) for one in (*told, *state.speaking))
    return tuple(shown)[:_SHOWN]


def duty_changed_occasion(due: str, record: DutyRecord, said: str, shows: DutyState) -> Occasion:
    """Return that reports have changed where a duty stands since people were told that it fell due.

    Args:
        due: id of the occasion that it fell due.
        record: where it stands now.
        said: which duty it is, in words.
        shows: what the reports that changed it tell.
    """
    return Occasion(
        id=stable_id("O", OccasionKind.DUTY_CHANGED.value, due, record.recorded_at.isoformat()),
        kind=OccasionKind.DUTY_CHANGED,
        at=record.recorded_at,
        text=f"{said}: by further reports now {record.words}",
        agreement_id=record.agreement_id,
        readings=() if record.reading_id is None else (record.reading_id,),
        clauses=(record.clause_id,),
        status=record.status,
        evidence=_sentences(shows),
        follows=due,
    )


def duty_text(agreement: Agreement, clause: Clause, reading: DutyReading | None) -> str:
    """Return which duty it is, as whom reads it."""
    read = "" if reading is None else f", as {reading.holder} reads it"
    return f"{agreement.title}: {clause.title}{read}"


def announced_occasions(declarations: Iterable[Declaration]) -> tuple[Occasion, ...]:
    """Return the withdrawals and extensions that parties announced; of which agreement, only the sentence tells.

    None that only a backlog relays: a feed's first poll and a replay alert nobody.
    """
    found = []
    for one in declarations:
        if one.kind not in _ANNOUNCED or all(relayed.backlog for relayed in one.relayed):
            continue
        kind, said = _ANNOUNCED[one.kind]
        # Not by the statement's own id: an edited report makes a new one of what it told before.
        parts = (kind.value, one.party, one.about.value)
        statements = tuple(stable_id("S", relayed.report.id, *parts) for relayed in one.relayed)
        found.append(
            Occasion(
                id=stable_id("O", *parts, statements[0]),
                kind=kind,
                at=one.announced,
                text=f"{one.name} {said} ({one.about.value} truce), as reported",
                statements=statements,
                evidence=tuple(_sentence(relayed.statement.span, relayed.report) for relayed in one.relayed[:_SHOWN]),
            )
        )
    return tuple(found)


def _sentence(span: tuple[int, int], report: Report) -> Sentence:
    return Sentence(quote=report.full_text[span[0] : span[1]].strip(), report=report)
