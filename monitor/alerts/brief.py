"""An alert in a few lines, for channels that have room for no more: chats, telephones, feeds."""

from typing import Any

from monitor.alerts.locale import PLAIN, Locale
from monitor.model.text import web_link

#: Violations told of in full; the others are counted.
SHOWN = 3
#: About what most chats and telephones take.
LIMIT = 1_500
_ELLIPSIS = "\u2026"


def brief(data: dict[str, Any], limit: int = LIMIT, locale: Locale = PLAIN) -> str:
    """Return the data of an alert as plain text of at most `limit` characters.

    Its texts were cleaned, and are in the language of the receiver already.
    """
    _ = locale.text
    lines = [_("SAMPLE: made from invented sample reports, not news")] if data["sample"] else []
    lines.append(f"{data['what_changed']}.")
    if (occasion := data.get("occasion")) is not None:
        lines += ["", occasion["text"], *(_evidence(piece) for piece in occasion["evidence"][:1])]
    for violation in data["violations"][:SHOWN]:
        lines += ["", *_violation(violation, locale)]
    more = data["violations_total"] - len(data["violations"][:SHOWN])
    if more > 0:
        lines += ["", f"{_('and %(number)s more', number=more)}: `ceasefire violations`"]
    end = f"\n\n{_('Acknowledge')}: {data['acknowledge_url']}" if data.get("acknowledge_url") else ""
    text, room = "\n".join(lines), limit - len(end)
    return (text if len(text) <= room else text[: room - 1].rstrip() + _ELLIPSIS) + end


def _violation(violation: dict[str, Any], locale: Locale) -> list[str]:
    _, words = locale.text, violation["words"]
    holder = words["occupied_by"]
    where = words["where"] + (f" ({_('occupied by %(party)s', party=holder)})" if holder else "")
    disputed = f"; {_('disputed')}" if violation["disputed"] else ""
    credibility = _("%(grade)s of 6, %(words)s", grade=violation["credibility"], words=words["credibility"])
    readings = [
        f"{_(name)}: {', '.join(words[key])}"
        for name, key in (
            ("Breach under", "breach_under"),
            ("Undetermined under", "undetermined_under"),
            ("No breach under", "no_breach_under"),
        )
        if words[key]
    ]
    return [
        f"{_('Reported')}: {words['what']}, {where}, {words['when']}",
        f"{_('Accused')}: {words['accused']}",
        f"{_('Accused by')}: {'; '.join(words['accused_by']) or _('nobody named')}",
        f"{_('Denied by')}: {'; '.join(words['denied_by']) or _('no denial of this event known')}",
        f"{_('Status')}: {words['status']}{disputed}. {_('Credibility')}: {credibility}",
        f"{violation['agreement_title']}: {violation['clause_title']}",
        *readings,
        *(_evidence(piece) for piece in violation["evidence"][:1]),
        f"{_('In full')}: ceasefire show {violation['id']}",
    ]


def _evidence(piece: dict[str, Any]) -> str:
    link = web_link(piece["url"])
    return f'"{piece["quote"]}" ({piece["source"]}{f", {link}" if link else ""})'
