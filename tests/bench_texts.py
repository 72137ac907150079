"""Fixed texts to measure with: the sample's reports among everyday news of our own, always the same ones.

One text in ten tells of an attack or talks of one, which is more than a stream of unfiltered news holds; the others
are what such a stream is full of, the war's other news among it. Numbers and places vary, so that nothing is twice.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from monitor.catalogue.data import data_roots, sample_rounds
from monitor.ingest.language import detect
from monitor.ingest.parse import parse
from monitor.model.reports import Language, Report
from tests.builders import NOON, a_report

#: How many headlines and articles a set holds, and how long an article is, in characters.
HEADLINES, ARTICLES, ARTICLE_LENGTH = 4_000, 400, 2_700
#: One text of so many is of the sample.
SHARE = 10

PLACES = {
    Language.ENGLISH: (
        "Lviv",
        "Odesa",
        "Kursk",
        "Belgorod",
        "Kyiv",
        "Rostov",
        "Chernihiv",
        "Zhytomyr",
        "Voronezh",
        "Bryansk",
    ),
    Language.UKRAINIAN: (
        "Львові",
        "Одесі",
        "Києві",
        "Харкові",
        "Чернігові",
        "Житомирі",
        "Сумах",
        "Полтаві",
        "Дніпрі",
        "Луцьку",
    ),
    Language.RUSSIAN: (
        "Курске",
        "Белгороде",
        "Ростове",
        "Воронеже",
        "Брянске",
        "Москве",
        "Туле",
        "Самаре",
        "Казани",
        "Омске",
    ),
}
EVERYDAY = {
    Language.ENGLISH: (
        "City council of {place} votes to extend tram line {n} by two stops",
        "Prices of vegetables rose by {n} percent in a year, statistics office says",
        "Prisoner exchange brings {n} soldiers home, coordination headquarters says",
        "Orchestra from {place} wins prize at spring festival for the {n}th time",
        "Foreign ministers of {n} countries meet to discuss aid and reconstruction",
        "Infantry holds positions near {place} after {n} clashes in a day, general staff says",
        "Bank fined {n} million for careless checks of its clients",
        "Central bank keeps its key rate at {n} percent",
        "Train from {place} delayed by {n} minutes after a lorry blocked a crossing",
        "Shelling damages school and {n} houses in a village near {place}",
        "Parliament passes law on {n} protected languages at first reading",
    ),
    Language.UKRAINIAN: (
        "У {place} відкрили оновлений парк, на роботи пішло {n} мільйонів гривень",
        "Курс валют на ранок: долар подорожчав на {n} копійок",
        "З полону повернулися {n} військових, серед них поранені",
        "Театр у {place} готує прем'єру: квитки на {n} вистав уже продано",
        "На фронті за добу сталося {n} боєзіткнень, повідомив Генштаб",
        "Поліція {n} разів виїжджала на виклики за ніч у {place}",
        "Уряд виділив {n} мільйонів на ремонт доріг",
        "Внаслідок обстрілу у {place} пошкоджено {n} житлових будинків",
        "Синоптики розповіли, якої погоди чекати у {place} на вихідних: до {n} градусів",
        "Верховна Рада ухвалила за основу закон про освіту {n} голосами",
    ),
    Language.RUSSIAN: (
        "В {place} отремонтируют {n} школ до конца года",
        "Рубль подешевел на {n} копеек на открытии торгов",
        "Над областью за ночь сбили {n} беспилотников, пострадавших нет",
        "Хоккеисты из {place} выиграли {n} матчей подряд",
        "В {place} на пожаре в жилом доме спасли {n} человек",
        "Госдума приняла закон о тарифах на связь, за него голосовали {n} депутатов",
        "Урожай в области вырос на {n} процентов, сообщил министр",
        "Аэропорт в {place} {n} часа не принимал рейсы",
        "Банк России сохранил ключевую ставку на уровне {n} процентов",
        "Суд в {place} арестовал чиновника на {n} суток",
    ),
}


def sample() -> tuple[tuple[Language, str, str], ...]:
    """Return (language, title, text) of the sample's reports."""
    found = []
    for path in (path for paths in sample_rounds(data_roots()) for path in paths):
        parsed = parse(path.read_bytes(), {}, "")
        found += [(Language(parsed.language or "en"), entry.title, entry.text or "") for entry in parsed.entries]
    return tuple(found)


def everyday() -> Iterator[tuple[Language, str]]:
    """Yield (language, sentence) without end, in turn through the languages; each with a number of its own."""
    sentences = {language: cycle(texts) for language, texts in EVERYDAY.items()}
    places = {language: cycle(names) for language, names in PLACES.items()}
    for number, language in enumerate(cycle(EVERYDAY), start=2):
        yield language, next(sentences[language]).format(place=next(places[language]), n=number)


def headlines() -> tuple[Report, ...]:
    """Return the headlines: one in ten of the sample, the others everyday news."""
    telling, dull = cycle(sample()), everyday()
    found = []
    for number in range(HEADLINES):
        language, title = next(telling)[:2] if number % SHARE == 0 else next(dull)
        found.append(_report(number, language, title, None))
    return tuple(found)


def articles() -> tuple[Report, ...]:
    """Return full texts: one in ten tells of several reports of the sample, the others of everyday news."""
    told = sample()
    telling = {language: cycle([item for item in told if item[0] == language]) for language in EVERYDAY}
    dull = everyday()
    found = []
    for number, language in zip(range(ARTICLES), cycle(EVERYDAY), strict=False):
        sentences = (sentence for spoken, sentence in dull if spoken == language)
        if number % SHARE == 0:
            _, title, lead = next(telling[language])
            more = (next(telling[language])[2] for _ in range(4))
            body = _paragraphs((lead, *more, *islice(sentences, 30)))
        else:
            title, body = next(sentences), _paragraphs(islice(sentences, 60))
        found.append(_report(number, language, title, body))
    return tuple(found)


def _paragraphs(sentences: Iterable[str]) -> str:
    text = ""
    for number, sentence in enumerate(sentences):
        text += f"{sentence.rstrip('.')}.{' ' if number % 3 else chr(10) * 2}"
        if len(text) >= ARTICLE_LENGTH:
            break
    return text[:ARTICLE_LENGTH]


def _report(number: int, language: Language | None, title: str, text: str | None) -> Report:
    return a_report(
        title,
        id=f"R-{number}",
        text=text,
        language=language or detect(title, text, None),
        published=NOON + timedelta(minutes=number),
        url=f"https://outlet.example/{number}",
    )


def shared_headlines(folder: Path) -> tuple[Report, ...]:
    """Return the titles of real news beside the checkout; empty where there is none."""
    titles = [str(json.loads(line)["title"]) for line in _lines(folder / "reading" / "headlines.jsonl")]
    titles += [row["title"] for name in ("newsdumpster", "ptnews", "bbc") for row in _rows(folder, name)]
    return tuple(_report(number, None, title, None) for number, title in enumerate(titles) if title)


def shared_articles(folder: Path) -> tuple[Report, ...]:
    """Return full articles of real news beside the checkout, cut to the length that is measured."""
    found = [(row["title"], row["text"][:ARTICLE_LENGTH]) for row in _rows(folder, "newsdumpster")]
    long = [(title, text) for title, text in found if len(text) > ARTICLE_LENGTH // 2]
    return tuple(_report(number, None, title, text) for number, (title, text) in enumerate(long))


def _lines(path: Path) -> Sequence[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else ()


def _rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    for path in sorted((folder / "news").glob(f"{name}*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def feed(entries: int) -> bytes:
    """Return an RSS document of everyday news."""
    items = "".join(
        f"<item><title>{title}</title><link>https://outlet.example/{n}</link><guid>https://outlet.example/{n}</guid>"
        f"<pubDate>Wed, 02 Apr 2025 12:00:00 +0000</pubDate><description>&lt;p&gt;{title}. {title}.&lt;/p&gt;"
        "</description></item>"
        for n, (_, title) in enumerate(islice(everyday(), entries))
    )
    head = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Outlet</title>"
    return f"{head}<language>en</language>{items}</channel></rss>".encode()
