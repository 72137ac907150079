"""What a mail must hold for whoever reads it: the quote's language, how to be left alone, nothing that is loaded."""

from dataclasses import replace
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest

from monitor.alerts.email import mail_for
from monitor.model.judgements import Notice
from monitor.model.reports import Language
from tests.alerts.notices import a_notice_of
from tests.builders import NOON, a_report, a_reported_claim
from tests.judgement_builders import a_change, a_violation

Tag = tuple[str, dict[str, str | None]]


class Tags(HTMLParser):
    """Collects the tags of a page, and the text of its style sheets."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Tag] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def part(notice: Notice, kind: str) -> str:
    mail: EmailMessage = mail_for(notice, sender="monitor@example.org", recipient="desk@example.org", now=NOON)
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def told_in(language: Language) -> Notice:
    claim = a_reported_claim(report=a_report(language=language, url="https://outlet.example/1"))
    return a_notice_of(a_change(violation=a_violation(claim)))


@pytest.mark.parametrize(
    ("language", "marked"),
    [(Language.UKRAINIAN, "uk"), (Language.RUSSIAN, "ru"), (Language.ENGLISH, "en"), (Language.OTHER, "")],
)
def test_a_quote_is_marked_with_the_language_of_its_report(language: Language, marked: str) -> None:
    quotes = [attributes for tag, attributes in Tags(part(told_in(language), "html")).found if "dir" in attributes]
    assert [attributes["lang"] for attributes in quotes] == [marked]


def test_an_alert_that_an_older_version_queued_says_no_language_and_goes_out() -> None:
    notice = told_in(Language.UKRAINIAN)
    older = replace(notice, payload=notice.payload.replace('"language"', '"unknown_then"'))
    assert older.payload != notice.payload
    assert 'lang=""' in part(older, "html")


def test_the_page_loads_nothing_and_leads_out_by_links_alone() -> None:
    page = part(told_in(Language.ENGLISH), "html")
    tags = Tags(page).found
    loading = {"img", "script", "link", "iframe", "object", "embed", "video", "audio", "source", "base", "style", "svg"}
    assert not loading & {tag for tag, _ in tags}
    outward = [(tag, name) for tag, attributes in tags for name, value in attributes.items() if "//" in (value or "")]
    assert outward == [("a", "href")]
    assert "url(" not in page
    assert "@import" not in page


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_mail_says_how_to_silence_what_it_is_about(kind: str) -> None:
    change = a_change()
    violation = change.violation
    wanted = (
        f"ceasefire alerts silence add --match agreement={violation.agreement_id} --match clause={violation.clause_id}"
    )
    assert wanted in part(a_notice_of(change), kind)
