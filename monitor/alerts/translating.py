"""The data of an alert, as it was written, in the language and by the clock of whoever gets it. Pure.

Quotes, titles of agreements and clauses, and names that no rule translates stay in their own language.
"""

from datetime import datetime
from typing import Any

from monitor.alerts.locale import Locale
from monitor.alerts.phrases import said


def translated(data: dict[str, Any], locale: Locale) -> dict[str, Any]:
    """Return the data of an alert for one receiver; ids, codes, links and times for machines stay as they are."""
    if locale.is_plain:
        return data
    violations = [_violation(one, locale) for one in data["violations"]]
    occasion = data.get("occasion")
    return {
        **data,
        "what_changed": said(data["what_changed"], locale),
        "headline": _headline(data, violations, locale),
        "violations": violations,
        **({"occasion": _occasion(occasion, locale)} if occasion is not None else {}),
    }


def _headline(data: dict[str, Any], violations: list[dict[str, Any]], locale: Locale) -> str:
    if data["incident"] is None or not violations:
        return said(data["headline"], locale)
    first = violations[0]["words"]
    return f"{first['what']}, {first['where']}, {first['when']}"


def _violation(violation: dict[str, Any], locale: Locale) -> dict[str, Any]:
    return {
        **violation,
        "words": _words(violation, locale),
        "readings": [
            {**reading, "reasons": [said(reason, locale) for reason in reading["reasons"]]}
            for reading in violation["readings"]
        ],
        "evidence": [_evidence(piece, locale) for piece in violation["evidence"]],
    }


def _words(violation: dict[str, Any], locale: Locale) -> dict[str, Any]:
    words, time = violation["words"], violation["event_time"]
    same = {name: said(words[name], locale) for name in ("change", "where", "accused", "status", "credibility")}
    return {
        **words,
        **same,
        "what": _target(words["what"], violation["target"]["class"], locale),
        "when": _event_time(time, locale) if time else said(words["when"], locale),
        "accused_by": [_person(one, locale) for one in words["accused_by"]],
        "denied_by": [_person(one, locale) for one in words["denied_by"]],
        "occupied_by": locale.party(words["occupied_by"]) if words["occupied_by"] else None,
    }


def _target(what: str, class_id: str, locale: Locale) -> str:
    """Return what was struck; the name that a text gives it follows the class and stays."""
    kind = class_id.replace("_", " ")
    return locale.target(kind) + what.removeprefix(kind) if what.startswith(kind) else what


def _person(one: str, locale: Locale) -> str:
    """Return somebody's name, which stays, with the party that they speak for, whose name is known in each language."""
    name, bracket, party = one.rpartition(" (")
    if bracket and party.endswith(")") and (known := locale.party(party[:-1])) != party[:-1]:
        return f"{name} ({known})"
    return said(one, locale)


def _evidence(piece: dict[str, Any], locale: Locale) -> dict[str, Any]:
    return {**piece, "published": _moment(piece["published"], locale)}


def _occasion(occasion: dict[str, Any], locale: Locale) -> dict[str, Any]:
    looked = occasion["looked_at"]
    return {
        **occasion,
        "kind": said(occasion["kind"], locale),
        "at": _moment(occasion["at"], locale),
        "looked_at": looked
        and {**looked, "since": _moment(looked["since"], locale), "until": _moment(looked["until"], locale)},
        "evidence": [_evidence(piece, locale) for piece in occasion["evidence"]],
    }


def _event_time(time: dict[str, Any], locale: Locale) -> str:
    return locale.event_time(datetime.fromisoformat(time["from"]), datetime.fromisoformat(time["to"]))


def _moment(time: str | None, locale: Locale) -> str | None:
    return locale.moment(datetime.fromisoformat(time)) if time else time
