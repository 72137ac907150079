"""An evaluation as a text table for people and as plain values for JSON."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from monitor.evaluation.scoring import Error, Evaluation
from monitor.evaluation.slots import SLOTS
from monitor.evaluation.statistics import Counts, Share
from monitor.model.text import one_line

_LONGEST = 600


def as_text(evaluation: Evaluation, *, errors: bool = True) -> str:
    """Return the figures as tables, and the errors with their texts unless they are to stay unseen."""
    parts = [
        _heading(evaluation),
        _table(("strike on energy reported", "precision", "recall", "F1", "TP", "FP", "FN", "TN"), _counts(evaluation)),
        _table(("slot (where a claim is found)", "right", *_languages(evaluation)), _slot_rows(evaluation)),
        _table(("not a report: kind", "rejected"), _share_rows(evaluation.rejected)),
        _table(("a report: kind", "found"), _share_rows(evaluation.found)),
        _table(("besides", "share"), _other_rows(evaluation)),
    ]
    if errors:
        parts.append(_errors(evaluation.errors))
    return "\n\n".join(part for part in parts if part) + "\n"


def as_dict(evaluation: Evaluation, *, errors: bool = True) -> dict[str, Any]:
    """Return the figures as plain values; shares carry their counts and 95 % intervals."""
    answer: dict[str, Any] = {
        "examples": evaluation.examples,
        "overall": _counts_dict(evaluation.overall),
        "by_language": {name: _counts_dict(counts) for name, counts in sorted(evaluation.by_language.items())},
        "slots": {
            slot: _share_dict(evaluation.slots[slot])
            | {"by_language": _shares_dict(evaluation.slots_by_language.get(slot, {}))}
            for slot in SLOTS
            if slot in evaluation.slots
        },
        "rejected": _shares_dict(evaluation.rejected),
        "found": _shares_dict(evaluation.found),
        "tallies": _share_dict(evaluation.tallies),
        "further_events": _share_dict(evaluation.further_events),
        "denials": _share_dict(evaluation.denials),
        "accounted": _share_dict(evaluation.accounted),
        "wrong_party": _share_dict(evaluation.wrong_party),
        "spans": _share_dict(evaluation.spans),
        "unsure": _counts_dict(evaluation.unsure) | {"low_confidence": _share_dict(evaluation.unsure_low)},
    }
    if errors:
        answer["errors"] = [_error_dict(error) for error in evaluation.errors]
    return answer


def _heading(evaluation: Evaluation) -> str:
    unsure = evaluation.unsure.total
    return (
        f"{evaluation.examples} labelled texts; figures over the {evaluation.overall.total} that readers are sure of"
        + (f", {unsure} others counted apart" if unsure else "")
        + "; in brackets 95 % Wilson intervals"
    )


def _counts(evaluation: Evaluation) -> list[tuple[str, ...]]:
    rows = [("all", evaluation.overall), *sorted(evaluation.by_language.items())]
    if evaluation.unsure.total:
        rows.append(("unsure ones", evaluation.unsure))
    return [
        (
            name,
            _share(counts.precision),
            _share(counts.recall),
            "-" if counts.f1 is None else _number(counts.f1) + _interval(counts.f1_interval),
            *(str(n) for n in _four(counts)),
        )
        for name, counts in rows
    ]


def _slot_rows(evaluation: Evaluation) -> list[tuple[str, ...]]:
    return [
        (
            slot,
            _share(evaluation.slots[slot]),
            *(_share(evaluation.slots_by_language[slot].get(lang, Share())) for lang in _languages(evaluation)),
        )
        for slot in SLOTS
        if slot in evaluation.slots
    ]


def _other_rows(evaluation: Evaluation) -> list[tuple[str, ...]]:
    rows = (
        ("tallies read as tallies", evaluation.tallies),
        ("further events of a text met by a claim of their own", evaluation.further_events),
        ("pure denials kept as denied", evaluation.denials),
        ("claims that a labelled event accounts for", evaluation.accounted),
        ("claims that accuse a party which no label accuses", evaluation.wrong_party),
        ("claims with all spans exact", evaluation.spans),
        ("unsure texts found: of low confidence", evaluation.unsure_low),
    )
    return [(name, _share(share)) for name, share in rows if share.total]


def _share_rows(shares: Mapping[str, Share]) -> list[tuple[str, ...]]:
    return [(name, _share(share)) for name, share in sorted(shares.items())]


def _errors(errors: Sequence[Error]) -> str:
    lines = [f"{len(errors)} errors"] if errors else ["No errors"]
    for error in errors:
        example = error.example
        text = f"{example.title} | {example.text}" if example.text else example.title
        lines.append(f"{one_line(error.what, 40)}: {one_line(example.id, 80)} ({example.language.value})")
        lines.append(f"    expected {one_line(error.expected, 200)}; found {one_line(error.found, 300)}")
        lines.append(f"    {one_line(text, _LONGEST)}")
    return "\n".join(lines)


def _languages(evaluation: Evaluation) -> tuple[str, ...]:
    return tuple(sorted(evaluation.by_language))


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table with columns as wide as their widest cell; nothing where there are no rows."""
    body = list(rows)
    if not body:
        return ""
    widths = [max(len(row[column]) for row in [header, *body]) for column in range(len(header))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [header, *body]]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)


def _number(value: float) -> str:
    return f"{value:.3f}"


def _interval(interval: tuple[float, float]) -> str:
    return f" [{_number(interval[0])}, {_number(interval[1])}]"


def _share(share: Share) -> str:
    if share.value is None:
        return "-"
    return f"{_number(share.value)}{_interval(share.interval)} {share.right}/{share.total}"


def _four(counts: Counts) -> tuple[int, int, int, int]:
    return counts.true_positive, counts.false_positive, counts.false_negative, counts.true_negative


def _share_dict(share: Share) -> dict[str, Any]:
    interval = list(share.interval) if share.total else None
    return {"share": share.value, "right": share.right, "total": share.total, "interval": interval}


def _shares_dict(shares: Mapping[str, Share]) -> dict[str, Any]:
    return {name: _share_dict(share) for name, share in sorted(shares.items())}


def _counts_dict(counts: Counts) -> dict[str, Any]:
    names = ("true_positive", "false_positive", "false_negative", "true_negative")
    return {
        "precision": _share_dict(counts.precision),
        "recall": _share_dict(counts.recall),
        "f1": counts.f1,
        "f1_interval": None if counts.f1 is None else list(counts.f1_interval),
    } | dict(zip(names, _four(counts), strict=True))


def _error_dict(error: Error) -> dict[str, Any]:
    example = error.example
    return {
        "id": example.id,
        "language": example.language.value,
        "what": error.what,
        "expected": error.expected,
        "found": error.found,
        "title": example.title,
        "text": example.text,
    }
