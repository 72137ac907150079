"""The ledger for people and machines: a table, JSON and CSV. Whatever comes from feeds is made safe."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monitor.model import words
from monitor.model.claims import ReportedStatement, ReportedTally, TallyKind
from monitor.model.forms import instant
from monitor.model.ledger import AnnouncedRow, Announcement, Between, Declaration, Evidenced, Ledger, SummedRow
from monitor.model.text import encodable, web_link
from monitor.output.safe import csv_cell, terminal

COLUMNS = (
    "row", "party", "by", "accused", "target", "kind", "from", "to", "announced_least", "announced_most",
    "incidents_least", "incidents_most", "violations_least", "violations_most", "gap_least", "gap_most",
    "sources", "urls", "quote",
)  # fmt: skip
_QUOTE_LIMIT = 200
_NAME_LIMIT = 60


def ledger_table(ledger: Ledger) -> RenderableType:
    """Return the whole ledger for a terminal."""
    head = Text(f"Announced beside recorded, as of {words.moment(ledger.as_of)}", "bold")
    if not (ledger.rows or ledger.declarations):
        return Group(head, Text("No party announced any count or declaration in what was read."))
    parts: list[RenderableType] = [head]
    for row in ledger.rows:
        parts += _announced_lines(row)
    if ledger.sums:
        parts += [Text(), Text("Sums of increments (running totals add up to nothing and stand above only)", "bold")]
        parts.append(_sums(ledger))
    if ledger.declarations:
        parts += [Text(), Text("Declarations and general denials", "bold")]
    for one in ledger.declarations:
        parts += _declared_lines(one)
    parts += [Text(), Text("Recorded 2-3: two incidents surely lie in the counted time, a third may. "
                           "The gap tells what was not recorded here, not who is right.", "dim")]  # fmt: skip
    return Group(*parts)


def ledger_as_dict(ledger: Ledger) -> dict[str, Any]:
    """Return the ledger as JSON types."""
    return {
        "as_of": instant(ledger.as_of),
        "announced": [_row_as_dict(row) for row in ledger.rows],
        "sums": [_sum_as_dict(row) for row in ledger.sums],
        "declarations": [_declaration_as_dict(one) for one in ledger.declarations],
    }


def ledger_as_csv(ledger: Ledger) -> str:
    """Return one row for each announcement, sum and declaration; `row` says which it is."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for cells in _cells(ledger):
        writer.writerow({name: csv_cell(value) for name, value in cells.items()})
    return out.getvalue()


def _announced_lines(row: AnnouncedRow) -> Iterator[RenderableType]:
    one = row.announced
    since = "?" if one.start is None else words.moment(one.start)
    yield Text()
    yield Text(
        f"{one.count} ({one.kind.value}) against {one.accused or 'nobody named'}, by {_by(one.party, one.name)}: "
        f"{one.target_class}"
    )
    yield Padding(Text(f"{since} to {words.moment(one.end)}; {len(one.relayed)} report(s)"), (0, 0, 0, 2))
    yield Padding(Text(_compared(row.evidenced, row.gap)), (0, 0, 0, 2))
    yield Padding(Text(f'"{terminal(one.relayed[0].quote(), _QUOTE_LIMIT)}"', "italic"), (0, 0, 0, 2))


def _compared(evidenced: Evidenced, gap: Between) -> str:
    return (
        f"recorded incidents {_span(evidenced.incidents)}, of these violations {_span(evidenced.violations)}; "
        f"gap {_span(gap)}"
    )


def _sums(ledger: Ledger) -> Table:
    names = ("by", "against", "target", "from", "to", "counts", "announced", "recorded", "violations", "gap")
    table = Table(*names, box=None, pad_edge=False)
    for row in ledger.sums:
        cells = (
            _by(row.party, row.name), row.accused or "-", row.target_class, _day(row.start), _day(row.end),
            str(row.increments), _span(row.announced), _span(row.evidenced.incidents),
            _span(row.evidenced.violations), _span(row.gap),
        )  # fmt: skip
        table.add_row(*map(Text, cells))
    return table


def _declared_lines(one: Declaration) -> Iterator[RenderableType]:
    yield Text(f"{words.moment(one.announced)}  {one.kind.value}, {one.about.value}: {_by(one.party, one.name)}")
    yield Padding(Text(f'"{terminal(one.relayed[0].quote(), _QUOTE_LIMIT)}"', "italic"), (0, 0, 0, 2))


def _day(moment: Any) -> str:
    return str(instant(moment))[:10]


def _by(party: str | None, name: str) -> str:
    shown = terminal(name, _NAME_LIMIT)
    return f"{party} ({shown})" if party else shown


def _span(number: Between) -> str:
    if number.least == number.most:
        return str(number.least)
    return f"{number.least} to {number.most}" if number.least < 0 else f"{number.least}-{number.most}"


def _between(number: Between) -> dict[str, int]:
    return {"least": number.least, "most": number.most}


def _evidenced(evidenced: Evidenced) -> dict[str, Any]:
    return {"incidents": _between(evidenced.incidents), "violations": _between(evidenced.violations)}


def _row_as_dict(row: AnnouncedRow) -> dict[str, Any]:
    one = row.announced
    return {
        **_counted(one),
        "kind": one.kind.value,
        "count": one.count,
        "from": instant(one.start),
        "to": instant(one.end),
        "recorded": _evidenced(row.evidenced),
        "gap": _between(row.gap),
        "sources": [_source_as_dict(relayed) for relayed in one.relayed],
    }


def _sum_as_dict(row: SummedRow) -> dict[str, Any]:
    return {
        **_counted(row),
        "from": instant(row.start),
        "to": instant(row.end),
        "increments": row.increments,
        "announced": _between(row.announced),
        "recorded": _evidenced(row.evidenced),
        "gap": _between(row.gap),
    }


def _counted(one: Announcement | SummedRow) -> dict[str, Any]:
    return {"party": one.party, "by": encodable(one.name), "accused": one.accused, "target": one.target_class}


def _declaration_as_dict(one: Declaration) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "party": one.party,
        "by": encodable(one.name),
        "about": one.about.value,
        "announced": instant(one.announced),
        "sources": [_source_as_dict(relayed) for relayed in one.relayed],
    }


def _source_as_dict(one: ReportedTally | ReportedStatement) -> dict[str, Any]:
    return {
        "source": encodable(one.report.source.name),
        "url": web_link(one.report.url),
        "published": instant(one.report.published),
        "quote": encodable(one.quote()),
    }


def _cells(ledger: Ledger) -> Iterator[dict[str, str | float | None]]:
    for row in ledger.rows:
        one = row.announced
        same = Between(least=one.count, most=one.count)
        numbers = _numbers(same, row.evidenced, row.gap)
        yield {"row": "announced", **_counted(one), "kind": one.kind.value, "from": instant(one.start),
               "to": instant(one.end), **numbers, **_relayed(one.relayed)}  # fmt: skip
    for total in ledger.sums:
        yield {"row": "sum", **_counted(total), "kind": TallyKind.INCREMENT.value, "from": instant(total.start),
               "to": instant(total.end), **_numbers(total.announced, total.evidenced, total.gap)}  # fmt: skip
    for said in ledger.declarations:
        yield {"row": "declared", "party": said.party, "by": said.name, "target": said.about.value,
               "kind": said.kind.value, "from": instant(said.announced), **_relayed(said.relayed)}  # fmt: skip


def _numbers(announced: Between, evidenced: Evidenced, gap: Between) -> dict[str, int]:
    pairs = {
        "announced": announced,
        "incidents": evidenced.incidents,
        "violations": evidenced.violations,
        "gap": gap,
    }
    return {f"{name}_{bound}": getattr(pair, bound) for name, pair in pairs.items() for bound in ("least", "most")}


def _relayed(relayed: tuple[ReportedTally, ...] | tuple[ReportedStatement, ...]) -> dict[str, str]:
    return {
        "sources": " | ".join(dict.fromkeys(one.report.source.name for one in relayed)),
        "urls": " | ".join(dict.fromkeys(url for one in relayed if (url := web_link(one.report.url)))),
        "quote": relayed[0].quote(),
    }
