"""`ceasefire review`: one screen for each incident that needs a person, and a key for each decision."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any

import typer
from rich.text import Text

from monitor.bootstrap import Records
from monitor.casework import ToReview, case_file, to_review
from monitor.cli.context import Context, data_console, messages, now
from monitor.cli.correcting import correction, terms_of
from monitor.deciding import Terms, decide
from monitor.errors import MonitorError
from monitor.model.decisions import Decision, DecisionKind, Ground
from monitor.output.case_file import CaseFile, case_in_full

_KEYS = "c confirm, d dismiss, r reopen, p place, t time, a attacker, m merge, s split, n note, Enter next, q quit"
_GROUNDS = {"m": Ground.MISREAD, "u": Ground.UNTRUE, "b": Ground.NO_BREACH}


class _Left(Exception):  # noqa: N818 - no error: the person has had enough, or the keyboard is gone
    """Nothing more will be typed."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(review)


def review(
    context: typer.Context,
    author: Annotated[str, typer.Option(help="Who decides: a name or initials.")],
    undetermined: Annotated[
        bool, typer.Option("--undetermined", help="Also incidents that no reading calls a breach and some leave open.")
    ] = False,
) -> None:
    """Walk through what needs a person: quotes, sources, map, verdict per reading; then decide by a key.

    Nothing is written before its reason has been given; what is passed over comes again.
    """
    shared: Context = context.obj
    with shared.records() as records:
        with records.store.query() as query:
            waiting = to_review(query, undetermined=undetermined)
        shared.say(f"{len(waiting)} incidents need a person")
        desk = _Desk(shared=shared, records=records, terms=terms_of(records), author=author)
        try:
            for number, one in enumerate(waiting, start=1):
                desk.look_at(one, f"{number} of {len(waiting)}")
        except _Left:
            shared.say("left; what is decided is kept")


class _Then(Enum):
    """What comes after a key."""

    NEXT = "the next incident"
    SHOW = "the same one, as it is now"
    ASK = "another key: nothing has changed"


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """Where one person decides."""

    shared: Context
    records: Records
    terms: Terms
    author: str

    def look_at(self, one: ToReview, position: str) -> None:
        """Show an incident, and again whenever it has changed, until it is decided or passed over."""
        data_console().clear()
        after = _Then.SHOW
        while after is not _Then.NEXT:
            with self.records.store.query() as query:
                case = case_file(query, one.incident_id)
            if case is None or case.superseded_by:
                return
            if after is _Then.SHOW:
                self._show(case, one, position)
            after = self._typed(case)

    def _show(self, case: CaseFile, one: ToReview, position: str) -> None:
        console = data_console()
        console.rule(Text(f"{position}: {case.incident.id}"))
        console.print(case_in_full(case, dict(self.records.audience.party_names)))
        console.print(Text("Needs a person: " + "; ".join(reason.text for reason in one.reasons), "bold"))

    def _typed(self, case: CaseFile) -> "_Then":
        """Do what a key asks for."""
        key = _ask_key(_KEYS)
        if key == "":
            return _Then.NEXT
        if key == "q":
            raise _Left
        if key not in _ACTIONS:
            self._say(f"{key!r} is no key of these")
            return _Then.ASK
        kind, details, then = _ACTIONS[key]
        try:
            return then if self._decided(case, kind, details(self, case)) else _Then.ASK
        except MonitorError as error:
            self._say(str(error))
            return _Then.ASK

    def _decided(self, case: CaseFile, kind: DecisionKind, details: dict[str, Any] | None) -> bool:
        reason = "" if details is None else _ask("why (empty: do nothing)")
        if details is None or not reason:
            self._say("nothing was changed")
            return False
        followed = decide(
            self.records.store,
            self.terms,
            Decision(
                incident_id=case.incident.id,
                kind=kind,
                author=self.author,
                reason=reason,
                decided_at=now(),
                **details,
            ),
        )
        self._say(f"{followed.decision.incident_id}: {kind}; {followed.notices} notices wait")
        return True

    def _say(self, text: str) -> None:
        messages().print(text, markup=False, highlight=False)


def _ask(question: str) -> str:
    """Return the line that is typed.

    Raises:
        _Left: there is none any more.
    """
    messages().print(f"{question}: ", end="", markup=False, highlight=False)
    line = sys.stdin.readline()
    if not line:
        raise _Left
    return line.strip()


def _ask_key(question: str) -> str:
    """Return one key, of a terminal at once; "" for Enter. Of anything else, the first letter of a line."""
    if not sys.stdin.isatty():
        return _ask(question)[:1].casefold()
    messages().print(f"{question}: ", end="", markup=False, highlight=False)
    return typer.getchar().strip()[:1].casefold()


Details = Callable[[_Desk, CaseFile], dict[str, Any] | None]


def _nothing_more(_desk: _Desk, _case: CaseFile) -> dict[str, Any]:
    return {}


def _whose(_desk: _Desk, case: CaseFile) -> dict[str, Any]:
    """Ask whose part is confirmed where several are accused."""
    accused = sorted({one.accused for one in case.assessments})
    return {"accused": _ask(f"who: {', '.join(accused)}") or None} if len(accused) > 1 else {}


def _ground(_desk: _Desk, _case: CaseFile) -> dict[str, Any] | None:
    key = _ask_key("m misread (the texts say no such thing), u untrue (they do), b no breach, Enter back")
    return {"ground": _GROUNDS[key]} if key in _GROUNDS else None


def _corrected(slot: str, question: str) -> Details:
    def ask(desk: _Desk, case: CaseFile) -> dict[str, Any] | None:
        said = _ask(question)
        if not said:
            return None
        values = {"place": None, "time": None, "attacker": None} | {slot: said}
        return {"correction": correction(desk.shared.settings, known=case.incident, **values)}

    return ask


def _other(_desk: _Desk, _case: CaseFile) -> dict[str, Any] | None:
    other = _ask("id of the incident that is the same event")
    return {"other": other} if other else None


def _claims(_desk: _Desk, case: CaseFile) -> dict[str, Any] | None:
    """Ask for the claims of another event, by the numbers beside them."""
    numbers = _ask("numbers of the claims of another event, such as 2 3").replace(",", " ").split()
    claims = {str(number): one.claim.id for number, one in enumerate(case.incident.claims, start=1)}
    if unknown := [one for one in numbers if one not in claims]:
        raise MonitorError(f"there is no claim number {unknown[0]!r}; the numbers run from 1 to {len(claims)}")
    return {"claims": tuple(claims[one] for one in numbers)} if numbers else None


#: By key: what is decided, what has to be asked for it, and what comes then.
_ACTIONS: dict[str, tuple[DecisionKind, Details, _Then]] = {
    "c": (DecisionKind.CONFIRM, _whose, _Then.NEXT),
    "d": (DecisionKind.DISMISS, _ground, _Then.NEXT),
    "r": (DecisionKind.REOPEN, _nothing_more, _Then.SHOW),
    "p": (DecisionKind.CORRECT, _corrected("place", "right place: a name or GeoNames id"), _Then.SHOW),
    "t": (DecisionKind.CORRECT, _corrected("time", "right time: a day, or FROM/TO (UTC)"), _Then.SHOW),
    "a": (DecisionKind.CORRECT, _corrected("attacker", "who did it: a party, or unknown"), _Then.SHOW),
    "m": (DecisionKind.MERGE, _other, _Then.SHOW),
    "s": (DecisionKind.SPLIT, _claims, _Then.SHOW),
    "n": (DecisionKind.NOTE, _nothing_more, _Then.SHOW),
}
