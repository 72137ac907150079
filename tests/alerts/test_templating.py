"""A user's templates are laid over the shipped ones; whatever they do, the alert goes out."""

import logging
from pathlib import Path

import pytest

from monitor.alerts.email import mail_for
from monitor.alerts.templating import Templates, templates_in
from monitor.errors import ConfigurationError
from tests.alerts.notices import a_notice_of
from tests.builders import NOON


def text_of(folder: Path) -> str:
    templates_in.cache_clear()
    mail = mail_for(
        a_notice_of(), sender="monitor@example.org", recipient="desk@example.org", now=NOON, templates=folder
    )
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def lay(folder: Path, text: str, name: str = "alert.txt.j2") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_users_template_takes_the_place_of_the_shipped_one_and_the_others_stay(tmp_path: Path) -> None:
    lay(tmp_path, "Увага: {{ data.violations[0].words.where }}")
    assert text_of(tmp_path).startswith("Увага: Sumy")
    mail = mail_for(a_notice_of(), sender="a@b.example", recipient="c@d.example", now=NOON, templates=tmp_path)
    html = mail.get_body(("html",))
    assert html is not None
    assert "Under each reading" in html.get_content()


@pytest.mark.parametrize(
    "text",
    [
        "{{ data.nothing_of_the_kind }}",
        "{{ 1 / 0 }}",
        "{{ data.violations.clear() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{% include '../../../etc/passwd' %}",
    ],
)
def test_a_template_that_fails_or_reaches_out_costs_no_alert(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="ceasefire.alerts"):
        said = text_of(lay(tmp_path, text))
    assert "REPORTED:" in said, "the shipped one is taken"
    assert "your template alert.txt.j2 failed" in caplog.text


@pytest.mark.parametrize(
    ("text", "said"),
    [("one\n{% if %}", r"alert\.txt\.j2:2: "), ("{{ data.x | no_such_filter }}", r"alert\.txt\.j2:1: No filter named")],
)
def test_a_template_that_cannot_be_understood_is_told_at_the_start(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        Templates(lay(tmp_path, text))


def test_a_folder_without_templates_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"holds neither alert\.txt\.j2 nor alert\.html\.j2"):
        Templates(tmp_path)
    with pytest.raises(ConfigurationError, match="is no folder"):
        Templates(tmp_path / "missing")


def test_what_a_report_says_stays_text_in_a_users_page(tmp_path: Path) -> None:
    lay(tmp_path, "{{ quote }}{{ data.headline }}<b>{{ '<script>' }}</b>".replace("{{ quote }}", ""), "alert.html.j2")
    templates_in.cache_clear()
    mail = mail_for(a_notice_of(), sender="a@b.example", recipient="c@d.example", now=NOON, templates=tmp_path)
    html = mail.get_body(("html",))
    assert html is not None
    assert "&lt;script&gt;" in html.get_content()
