"""Texts that a feed might carry to do harm, and a report made of one."""

from dataclasses import replace

from monitor.model.claims import Actor
from monitor.model.judgements import Reason, Violation
from monitor.output.report_data import Coverage, FeedCoverage, ReportData
from tests.builders import a_place, a_report, a_reported_claim, a_source
from tests.judgement_builders import a_rating, a_violation, an_assessment, an_undetermined_incident, report_data

HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "</style></title><img src=x onerror=alert(1)>",
    "\x1b[2J\x1b]0;title\x07\x9b31m escape \x00 \x08",
    "[bold red]markup[/bold red] [link=https://evil.example]x[/link]",
    "\u202egnp.exe\u2066 \u200f reversed \ufeff\u200b",
    '=HYPERLINK("https://evil.example","x")',
    "line\r\nline\u2028line\u0085line\tTAB",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "lone surrogate \udc80",
    "x" * 200_000,
)


def hostile_violation(text: str) -> Violation:
    """Return a violation that carries the text in every field that a feed can reach."""
    source = a_source(name=text, id="evil")
    report = replace(
        a_report(source=source, url="javascript:alert(1)", see_also=(text, "data:text/html,x")), title=text
    )
    target = replace(a_reported_claim().claim.target, name=text)
    claim = a_reported_claim(
        report=report, place=a_place(text), target=target, claimants=(Actor(name=text, party=None),)
    )
    reasons = (Reason(code="x", text=text),)
    rating = a_rating(denied_by=(Actor(name=text, party="RU"),), disputed=True, reasons=reasons)
    return a_violation(claim, rating=rating, assessments=(an_assessment(reasons=reasons),))


def hostile_report(text: str) -> ReportData:
    feed = FeedCoverage(
        id=text, url="javascript:alert(1)", enabled=True, last_success=None, failures=1, last_error=text
    )
    violation = hostile_violation(text)
    undetermined = replace(an_undetermined_incident(), incident=violation.incident)
    coverage = Coverage(feeds=(feed,), not_read={text: 1})
    return report_data(violation, undetermined=(undetermined,), coverage=coverage)


def harmful(shown: str) -> set[str]:
    """Return the characters that a terminal or a reader can be fooled with."""
    fooling = {"\x7f", "\x85", "\x9b", "\u2028", "\u2029", "\ufeff", "\u200b", "\u200f"}
    return {one for one in shown if (ord(one) < 32 and one != "\n") or one in fooling or "\u202a" <= one <= "\u202e"}
