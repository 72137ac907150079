"""The violations report as one HTML page that needs nothing else: no scripts, no fonts, no pictures from elsewhere."""

import base64
import hashlib

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from monitor.model import words
from monitor.model.text import one_line, web_link
from monitor.model.times import Containment
from monitor.output.in_force import HOW_TO_ADD, NOTHING, window_text
from monitor.output.report_data import ReportData
from monitor.output.table import reasons_text

_IN_FORCE = {Containment.INSIDE: "in force", Containment.UNSURE: "may be in force", Containment.OUTSIDE: "not in force"}


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("monitor.output"),
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "line": one_line,
        "web_link": web_link,
        "moment": words.moment,
        "event_time": words.event_time,
        "place": words.place,
        "target": words.target,
        "window": window_text,
        "reasons": reasons_text,
    }
    return environment


TEMPLATES = _environment()


def style_sheet() -> tuple[str, str]:
    """Return the style sheet, and the hash by which the page's policy allows this one and no other."""
    style = TEMPLATES.get_template("report.css.j2").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return style, f"sha256-{digest}"


def report_as_html(data: ReportData) -> str:
    """Return the page."""
    style, style_hash = style_sheet()
    return TEMPLATES.get_template("report.html.j2").render(
        data=data,
        words=words,
        # The style sheet is a file of ours and nothing of a feed goes into it.
        style=Markup(style),  # noqa: S704
        style_hash=style_hash,
        in_force={
            (agreement.id, clause.id, reading.id): _IN_FORCE[reading.window.at(data.as_of)]
            for agreement in data.agreements
            for clause in agreement.clauses
            for reading in clause.readings
        },
        holders=words.reading_holders(data.agreements),
        nothing_in_force=not data.binding,
        nothing=NOTHING,
        how_to_add=HOW_TO_ADD,
    )
