"""A new agreement file, commented, right as it stands, for a person to fill in."""

from datetime import date, datetime, time, timedelta
from string import Template

from pydantic import TypeAdapter, ValidationError

from monitor.catalogue.agreement_file import Id
from monitor.catalogue.data import DataRoots
from monitor.catalogue.door import read_text
from monitor.errors import UsageError

#: Relative to a root of rules.
TEMPLATE = "rules/agreement-template.yaml"
#: How long the truce of the template lasts; its examples lie on its second day.
_DAYS = 30


def new_agreement(roots: DataRoots, agreement_id: str, title: str, today: date) -> str:
    """Return the text of a new agreement file: it passes `rules check` and `rules test`, and holds no fact yet.

    Raises:
        UsageError: the id cannot be one, or the title does not fit into one line.
        ConfigurationError: the template cannot be read.
    """
    try:
        TypeAdapter(Id).validate_python(agreement_id)
    except ValidationError:
        message = f"{agreement_id!r} cannot be an id: use small letters, digits and hyphens, such as river-truce-2026"
        raise UsageError(message) from None
    if not title.strip() or not title.isprintable() or {*title} & {*"'\"\\#:{}[]&*!|>%@`"}:
        raise UsageError("--title: write one line of plain words, without quotes, colons and brackets")
    start = today + timedelta(days=1)
    day = start + timedelta(days=1)
    return Template(read_text(roots.file(TEMPLATE))).substitute(
        id=agreement_id,
        title=title.strip(),
        today=today.isoformat(),
        start=_instant(start, time(0)),
        end=_instant(start + timedelta(days=_DAYS), time(0)),
        day=_in_words(day),
        evening=_instant(day, time(18)),
        before=_in_words(today),
        before_evening=_instant(today, time(18)),
    )


def _instant(day: date, hour: time) -> str:
    return datetime.combine(day, hour).isoformat(timespec="minutes") + "Z"


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
