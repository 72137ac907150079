"""An alert in a few lines, for channels that have room for no more: chats, telephones, feeds."""

from typing import Any

from monitor.model.text import web_link

#: Violations told of in full; the others are counted.
SHOWN = 3
#: About what most chats and telephones take.
LIMIT = 1_500
_ELLIPSIS = "\u2026"


def brief(data: dict[str, Any], limit: int = LIMIT) -> str:
    """Return the data of an alert as plain text of at most `limit` characters, whose texts were cleaned before."""
    lines = ["SAMPLE: made from invented sample reports, not news"] if data["sample"] else []
    lines.append(f"{data['what_changed']}.")
    if (occasion := data.get("occasion")) is not None:
        lines += ["", occasion["text"], *(_evidence(piece) for piece in occasion["evidence"][:1])]
    for violation in data["violations"][:SHOWN]:
        lines += ["", *_violation(violation)]
    more = data["violations_total"] - len(data["violations"][:SHOWN])
    if more > 0:
        lines += ["", f"and {more} more: see `ceasefire violations`"]
    end = f"\n\nAcknowledge: {data['acknowledge_url']}" if data.get("acknowledge_url") else ""
    text, room = "\n".join(lines), limit - len(end)
    return (text if len(text) <= room else text[: room - 1].rstrip() + _ELLIPSIS) + end


def _violation(violation: dict[str, Any]) -> list[str]:
    words = violation["words"]
    where = words["where"] + (f" (occupied by {words['occupied_by']})" if words["occupied_by"] else "")
    disputed = "; disputed" if violation["disputed"] else ""
    readings = [
        f"{name} under: {', '.join(words[key])}"
        for name, key in (
            ("Breach", "breach_under"),
            ("Undetermined", "undetermined_under"),
            ("No breach", "no_breach_under"),
        )
        if words[key]
    ]
    return [
        f"Reported: {words['what']}, {where}, {words['when']}",
        f"Accused: {words['accused']}, by {'; '.join(words['accused_by']) or 'nobody named'}",
        f"Denied by: {'; '.join(words['denied_by']) or 'no denial of this event known'}",
        f"Status: {words['status']}{disputed}. Credibility: {violation['credibility']} of 6, {words['credibility']}",
        f"{violation['agreement_title']}: {violation['clause_title']}",
        *readings,
        *(_evidence(piece) for piece in violation["evidence"][:1]),
        f"In full: ceasefire show {violation['id']}",
    ]


def _evidence(piece: dict[str, Any]) -> str:
    link = web_link(piece["url"])
    return f'"{piece["quote"]}" ({piece["source"]}{f", {link}" if link else ""})'
