"""Alerts in the language and by the clock of whoever gets them: every message, every date, and no quote."""

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

import monitor.alerts
from monitor.alerts.atom import entry_for
from monitor.alerts.brief import brief
from monitor.alerts.cap import message_for
from monitor.alerts.email import KIND_WORDS, mail_for, subject_of
from monitor.alerts.locale import PLAIN, TARGET, Locale, names_in
from monitor.alerts.message import parsed
from monitor.alerts.phrases import PHRASES, said
from monitor.alerts.translating import translated
from monitor.catalogue.agreements import load_with_examples
from monitor.catalogue.data import data_roots
from monitor.model import words
from monitor.model.agreements import Verdict
from monitor.model.judgements import ChangeKind, Notice, Status
from monitor.model.reports import Language
from monitor.pipeline import judge_unstored
from tests.alerts.notices import a_notice_of, a_test_notice, an_occasion_notice
from tests.builders import NOON, a_claim, a_report, a_reported_claim, a_source, at
from tests.judgement_builders import a_change, a_violation
from tests.parts import shipped_pipeline

ROOM = Path(monitor.alerts.__file__).parent
TRANSLATED = [Language.UKRAINIAN, Language.RUSSIAN]
NAMES = {"Russia": {Language.UKRAINIAN: "Росія", Language.RUSSIAN: "Россия"}}


def a_locale(language: Language, zone: str = "UTC") -> Locale:
    return Locale(language=language, time_zone=zone, party_names=names_in(language, NAMES))


def catalogue(language: Language) -> Catalog:
    return read_po(BytesIO((ROOM / "locales" / f"{language.value}.po").read_bytes()), locale=language.value)


def in_templates() -> Iterator[str]:
    for path in ROOM.glob("templates/*.j2"):
        for _, _, message, _ in babel_extract(BytesIO(path.read_bytes()), ["_"], [], {"trim_blocks": "true"}):
            yield str(message[0] if isinstance(message, tuple) else message)


def in_code() -> Iterator[str]:
    """Yield what the code hands to `locale.text` or `_` as it stands there."""
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("_", "text") and isinstance(node.args[0].value, str):
                    yield node.args[0].value


def messages() -> set[str]:
    """Return every message that an alert can hold."""
    said_of = (words.STATUS, words.CHANGE, words.CREDIBILITY, KIND_WORDS)
    from_tables = chain.from_iterable(table.values() for table in said_of)
    readings = ("Breach under", "Undetermined under", "No breach under")
    return {*in_templates(), *in_code(), *PHRASES, *from_tables, *readings, *map(str, [*Verdict, *Status])}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_lacks_a_translation_and_none_is_left_over(language: Language) -> None:
    known = {one.id for one in catalogue(language) if one.id and one.context is None and one.string and not one.fuzzy}
    assert known == messages()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_holds_what_the_message_holds_and_is_in_its_script(language: Language) -> None:
    for one in catalogue(language):
        if one.id:
            held = [sorted(re.findall(r"%\(\w+\)s", text)) for text in (str(one.id), str(one.string))]
            assert held[0] == held[1], one.id
            bare = re.sub(r"%\(\w+\)s", "", str(one.id))
            assert not re.search("[A-Za-z]", bare) or re.search("[а-яА-ЯіїєґІЇЄҐ]", str(one.string)), one.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_was_struck_is_called_as_the_table_of_classes_calls_it(language: Language) -> None:
    found = {one.id: one.string for one in catalogue(language) if one.context == TARGET}
    table = data_roots().file("rules/vocabulary/target-classes.yaml").read_text(encoding="utf-8")
    listed = re.findall(r"id: (\w+),.*label: \{en: [^{}]*?uk: ([^{}]*?), ru: ([^{}]*?)\}", table)
    assert len(listed) > 30
    number = TRANSLATED.index(language)
    assert found == {class_id.replace("_", " "): labels[number] for class_id, *labels in listed}


def body(notice: Notice, locale: Locale, kind: str = "plain") -> str:
    mail = mail_for(notice, sender="monitor@example.org", recipient="desk@example.org", now=NOON, locale=locale)
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def told() -> Notice:
    report = a_report("Drones hit a substation in Sumy", url="https://outlet.example/1", source=a_source(name="Outlet"))
    return a_notice_of(a_change(violation=a_violation(a_reported_claim(report=report))))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            Language.UKRAINIAN,
            ["Звинувачено: Росія", "2 квітня 2025 р.", "підстанція або трансформатор", "Outlet (власне"],
        ),
        (
            Language.RUSSIAN,
            ["Обвинение против: Россия", "2 апреля 2025 г.", "подстанция или трансформатор", "Outlet (соб"],
        ),
    ],
)
def test_a_mail_is_in_the_language_of_its_receiver_and_its_quote_in_its_own(
    language: Language, expected: list[str]
) -> None:
    text = " ".join(body(told(), a_locale(language)).split())
    assert [one for one in expected if one not in text] == []
    assert '"Drones hit a substation in Sumy"' in text
    assert f'<html lang="{language.value}">' in body(told(), a_locale(language), "html")


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize(
    "notice", [told(), an_occasion_notice(), a_test_notice()], ids=["violation", "occasion", "test"]
)
def test_no_message_is_left_in_english(language: Language, notice: Notice) -> None:
    own = {"Drones hit a substation in Sumy", "Outlet", "NAME", "TIME", "WHY"}
    data = parsed(notice.payload)["data"]
    said_so = {text for one in data["violations"] for text in (one["agreement_title"], one["clause_title"])}
    said_so |= {why for one in data["violations"] for reading in one["readings"] for why in reading["reasons"]}
    occasion = data.get("occasion")
    said_so |= {occasion["text"], occasion["agreement_title"]} if occasion else set()
    text = " ".join(body(notice, a_locale(language)).split())
    for one in sorted(own | said_so, key=len, reverse=True):
        text = text.replace(one, "")
    # Words that a message is made of: of two letters and more, with a space before, as no command or id has them all.
    english = {word for message in messages() for word in re.findall(r"\b[a-z]{4,}\b", message)}
    commands = re.sub(r"ceasefire (?:alerts|show|rules|violations)[^\n]*?(?=[А-ЯІЇЄҐ]|$)|https?://\S+", "", text)
    assert set(re.findall(r"\b[a-z]{4,}\b", commands)) & english <= {"kremlin", "white", "house"}


@pytest.mark.parametrize(("language", "subject"), [(Language.UKRAINIAN, "Нове"), (Language.RUSSIAN, "Новое")])
def test_a_subject_a_chat_a_feed_and_cap_speak_it_too(language: Language, subject: str) -> None:
    notice, locale = told(), a_locale(language)
    document = parsed(notice.payload)
    data = translated(document["data"], locale)
    entry = entry_for(notice, document, locale)
    cap = message_for(notice, document["data"], "monitor.example.org", [], locale).decode()
    assert subject_of(data, locale).startswith(f"[Ceasefire] {subject}: ")
    assert NAMES["Russia"][language] in brief(data, locale=locale)
    assert subject in "".join(entry.itertext())
    assert f"<language>{language.value}" in cap


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_reason_that_judging_gives_can_be_said(language: Language) -> None:
    locale, silent = a_locale(language), set()
    for loaded in load_with_examples(data_roots()):
        for example in loaded.examples:
            reports = [
                a_report(
                    one.title,
                    text=one.text,
                    language=one.language,
                    published=one.published,
                    source=a_source(affiliation=one.affiliation, perspective=one.perspective or one.affiliation),
                )
                for one in example.given
            ]
            found = judge_unstored(shipped_pipeline(), reports[:1])
            silent |= {r.text for one in found for r in one.reasons if said(r.text, locale) == r.text}
    assert silent == set()


def test_a_sentence_within_a_sentence_is_said_too_and_what_is_unknown_stays() -> None:
    locale = a_locale(Language.UKRAINIAN)
    inner = "its sources still say so; it is no longer judged a breach"
    assert said(f"withdrawn: {inner}", locale).startswith("відкликано: його джерела")
    assert said("Several alerts in one message: they came in quiet hours", locale) == (
        "Кілька сповіщень в одному повідомленні: вони надійшли в години тиші"
    )
    assert said("a text of nobody", locale) == "a text of nobody"
    assert said(inner, PLAIN) == inner


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # Kyiv went from UTC+2 to UTC+3 on 30 March 2025.
        ("2025-03-29T22:30", "2025-03-29T22:30", "30 березня 2025 р. 00:30 UTC+2"),
        ("2025-03-30T01:30", "2025-03-30T01:30", "30 березня 2025 р. 04:30 UTC+3"),
        ("2025-03-30T20:00", "2025-03-30T20:30", "30 березня 2025 р., від 23:00 до 23:30 UTC+3"),
        ("2025-04-01T21:00", "2025-04-02T21:00", "2 квітня 2025 р. (UTC+3)"),
        ("2025-04-01T21:00", "2025-04-03T21:00", "між 2 квітня 2025 р. 00:00 UTC+3 та 4 квітня 2025 р. 00:00 UTC+3"),
    ],
)
def test_times_are_told_by_the_clock_of_the_receiver(start: str, end: str, expected: str) -> None:
    locale = Locale(language=Language.UKRAINIAN, time_zone="Europe/Kyiv")
    assert locale.event_time(at(start), at(end)).replace("\u00a0", " ").replace("\u202f", " ") == expected


def test_a_receiver_without_a_language_gets_what_was_written() -> None:
    data = parsed(told().payload)["data"]
    assert translated(data, PLAIN) is data
    assert PLAIN.event_time(at("2025-04-02T00:00"), at("2025-04-02T12:00")) == words.event_time(a_claim().event_time)


def test_english_by_another_clock_changes_the_times_alone() -> None:
    locale = Locale(time_zone="Europe/Kyiv")
    assert locale.moment(datetime.fromisoformat("2025-04-02T09:15:00+00:00")) == "2 April 2025 12:15 UTC+3"
    text = body(told(), locale)
    assert "UTC+3" in text
    assert "Accused:     Russia" in text


@pytest.mark.parametrize("kind", [one for one in ChangeKind if one.of_a_violation])
def test_every_kind_of_change_has_words_in_each_language(kind: ChangeKind) -> None:
    notice = a_notice_of(a_change(kind))
    for language in TRANSLATED:
        data = translated(parsed(notice.payload)["data"], a_locale(language))
        assert re.match(r"\[Ceasefire\] [А-ЯІ]", subject_of(data, a_locale(language)))
        assert re.match("[А-ЯІ]", data["what_changed"])
