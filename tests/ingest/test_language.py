import csv
import json
import sys
import time

import pytest

from monitor.ingest.language import detect, settled
from monitor.ingest.parse import parse
from monitor.model.reports import Language
from tests.ingest.feeds import SHARED, needs_shared

UK, RU, EN, OTHER = Language.UKRAINIAN, Language.RUSSIAN, Language.ENGLISH, Language.OTHER


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Росіяни вдарили по підстанції в Сумах", UK),
        ("По нафтобазі завдано удару", UK),
        ("Окупанти знищили нафтобазу", UK),
        ("Атаковано порт, постраждав водолаз", UK),
        ("Зв’язок у місті зник", UK),
        ("В Харькове взрывы: есть попадания", RU),
        ("Пожар на нефтебазе после удара", RU),
        ("Минобороны: уничтожен склад", RU),
        ("Drones hit refinery", EN),
        ("Zelensky: no strike on Kursk gas station", EN),
        ("Ukraine attaque une raffinerie dans la région", OTHER),
        ("Angriff auf Umspannwerk: Tausende ohne Strom", OTHER),
        ("Rosja zaatakowała elektrownię na Ukrainie", OTHER),
        ("Зеленски: Русия атакува отново със стотици дронове, има ранени", OTHER),
        ("Расія зноў ударыла па Украіне, ёсць загінулыя", OTHER),
        ("Русија је напала Украјину током ноћи", OTHER),
        ("烏克蘭能源設施遭襲", OTHER),
        ("هجوم على محطة كهرباء", OTHER),
    ],
)
def test_the_language_of_a_headline_is_told_without_help(title: str, language: Language) -> None:
    assert detect(title, None, None) is language


def test_what_cannot_be_told_takes_the_language_of_its_feed() -> None:
    assert detect("2025", None, UK) is UK
    assert detect("Дрон", None, UK) is UK
    assert detect("Дрон", None, RU) is RU
    assert detect("2025", None, None) is OTHER


def test_a_title_in_doubt_is_settled_by_its_text() -> None:
    assert detect("Дрон над портом", "Через атаку в порту спалахнула пожежа, є постраждалі.", RU) is UK


@pytest.mark.parametrize(
    ("title", "stated", "language"),
    [
        ("ВСУ нанесли удар по нефтебазе под Луганском", UK, RU),
        ("Беспилотники атаковали подстанцию, посёлок без света", UK, RU),
        ("Росіяни вдарили по підстанції в Сумах", RU, UK),
        # One name or one doubtful word is no other language.
        ("Порт «Приморськ»: дрони влучили в естакаду для зливу нафти", UK, UK),
        ("Глава «Енергоатома» сообщил о повреждении подстанции", RU, RU),
        ("Прилёт по ТЭЦ", UK, RU),
        ("Дрон над портом", UK, UK),
        ("Drones hit refinery", UK, UK),
        ("Росіяни вдарили по підстанції в Сумах", OTHER, OTHER),
        ("Росіяни вдарили по підстанції в Сумах", None, UK),
    ],
)
def test_a_stated_language_counts_unless_the_text_plainly_is_in_the_other(
    title: str, stated: Language | None, language: Language
) -> None:
    assert settled(title, None, stated) is language


@needs_shared("data/news")
def test_real_headlines_are_told_apart() -> None:
    csv.field_size_limit(sys.maxsize)
    with (SHARED / "data/news/viina_texts_2022_2024.csv").open(encoding="utf-8") as file:
        labelled = [(row["text"], row["lang"]) for row in csv.DictReader(file) if row["lang"] in ("uk", "ru")]
    with (SHARED / "data/news/bbc_homepage_2022-02_07.csv").open(encoding="utf-8") as file:
        labelled += [(row["title"], "en") for row in csv.DictReader(file)]
    with (SHARED / "data/reading/headlines.jsonl").open(encoding="utf-8") as file:
        labelled += [(row["title"], row["language"]) for row in map(json.loads, file)]
    right = sum(detect(title, None, None).value == language for title, language in labelled)
    assert len(labelled) > 3_000
    assert right / len(labelled) >= 0.995


@needs_shared("data/feeds")
def test_a_german_feed_is_another_language() -> None:
    feed = parse((SHARED / "data/feeds/raw_tagesschau_2026-04_fastender.xml").read_bytes(), {}, "https://de.example/")
    told = [detect(entry.title, entry.text, None) for entry in feed.entries]
    assert len(told) == 40
    assert told.count(OTHER) >= 39


def test_detection_is_fast_enough_not_to_matter() -> None:
    titles = ["Росіяни вдарили по підстанції в Сумах", "Пожар на нефтебазе после удара", "Drones hit refinery"] * 2_000
    started = time.process_time()
    for title in titles:
        detect(title, None, None)
    assert len(titles) / (time.process_time() - started) > 10_000
