"""The pieces of a time in a text, found by one expression from left to right; what they mean together comes later."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from monitor.extraction.times.words import (
    MONTH_ROWS,
    MONTHS,
    NUMBER_ROWS,
    NUMBERS,
    WEEKDAY_ROWS,
    WEEKDAYS,
    alternatives,
    number_in,
)


class Piece(StrEnum):
    """What a piece is."""

    #: One or two days with a month: `day`, `day2`, `month`, `month2`, `year` (some 0 where not said).
    DATE = "date"
    WEEKDAY = "weekday"
    #: Days before publication: `value`.
    RELATIVE = "relative"
    #: A part of the day: `name`.
    PART = "part"
    #: `value` minutes after midnight; `name` is the time zone, or "".
    CLOCK = "clock"
    #: The last `value` hours.
    HOURS = "hours"
    #: Hours ago: `value`.
    HOURS_AGO = "hours ago"
    #: A month, year or long stretch that lies behind: `year`, `month`; `value` days back where neither is set.
    BACKGROUND = "background"


class Found(NamedTuple):
    """One piece of a time and where it stands; numbers that are not said are 0."""

    piece: Piece
    start: int
    end: int
    name: str = ""
    value: int = 0
    day: int = 0
    month: int = 0
    year: int = 0
    day2: int = 0
    month2: int = 0
    #: True for a stretch that is still open: "since 25 March".
    since: bool = False
    #: True for "until", "by": no time of an event.
    until: bool = False


_M = rf"(?:{alternatives(MONTHS)})"
_W = rf"(?:{alternatives(WEEKDAYS)})"
_N = rf"(?:{alternatives(NUMBERS)}|\d{{1,3}})"
_TH = r"(?:st|nd|rd|th|-?(?:го|е|ге|те|му|м|ого|ше))?"
_YEAR = r"(?:,?\s+(?:of\s+)?(?P<{0}>(?:19|20)\d\d)(?!\d)(?:\s*(?:року|рік|году|года|год|р\.|г\.))?)?"
_AND = r"(?:\s*[-–—]\s*|\s+(?:to|and|and early|through|into|по|до|на|и|та|і|й)\s+(?:the\s+)?)"
_LEAD = (
    r"(?:(?P<U_>\b(?:until|till|by|before|до|к|к\s+концу|не позднее)\s+)|"
    r"(?P<S_>\b(?:since|from|starting|починаючи з|начиная с|с|со|з|із|від|от)\s+(?:the\s+)?(?=\d|"
    r"(?:[a-zа-яіїє]+\s+\d))))?"
)


def _lead(number: int) -> str:
    return _LEAD.replace("U_", f"until{number}").replace("S_", f"since{number}")


_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"\b(?P<y1>20\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)\b"),
    ("dotted", r"(?<![\d.,])(?P<d2>\d{1,2})[./](?P<m2>\d{2})[./](?P<y2>(?:20)?\d\d)(?!\d)"),
    (
        "short",
        r"(?:(?<=\bна )|(?<=\bвід )|(?<=\bот )|(?<=\bза )|(?<=\bпроти ))(?P<d3>\d\d)\.(?P<m3>\d\d)(?![\d.]\d|"
        r"\s*(?:%|млн|тис|тыс))",
    ),
    (
        "two_months",
        rf"{_lead(4)}\b(?P<d4>\d{{1,2}}){_TH}\s+(?:of\s+)?(?P<w4>{_M})"
        rf"{_AND}(?P<e4>\d{{1,2}}){_TH}\s+(?:of\s+)?(?P<v4>{_M}){_YEAR.format('y4')}",
    ),
    (
        "day_month",
        rf"{_lead(5)}\b(?P<d5>\d{{1,2}}){_TH}"
        rf"(?:{_AND}(?P<e5>\d{{1,2}}){_TH})?\s+(?:of\s+)?(?P<w5>{_M})\b{_YEAR.format('y5')}",
    ),
    (
        "month_day",
        rf"{_lead(6)}\b(?P<w6>{_M})\s+(?:the\s+)?(?P<d6>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
        rf"(?:{_AND}(?:(?P<v6>{_M})\s+)?(?P<e6>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|\s*%))?{_YEAR.format('y6')}",
    ),
    (
        "day_only",
        r"(?:(?<=\bна )|(?<=\bпроти ))(?P<d7>\d{1,2})(?:-?(?:е|го|ге|те))?(?=\s*(?:[,.!?»)–—]|$|числ))|"
        r"\b(?:on\s+)?the\s+(?P<e7>\d{1,2})(?:st|nd|rd|th)\b(?!\s+\w)",
    ),
    ("weekday", rf"\b(?:(?P<next>next|coming|наступн\w+|следующ\w+|будущ\w+)\s+)?(?<!\w)(?P<w8>{_W})(?!\w)"),
    (
        "clock",
        r"\b(?P<h9>[01]?\d|"
        r"2[0-3])[:.](?P<n9>[0-5]\d)(?![\d.:])(?:\s*(?P<p9>[ap]\.?m\b\.?))?(?:\s*(?:\(?(?:по\s+|"
        r"за\s+)?(?P<z9>moscow|kyiv|kiev|мск|московск\w+|москв\w+|київськ\w+|києв\w+|киевск\w+|gmt|utc|"
        r"local|місцев\w+|местн\w+)(?:\s+(?:time|времени|часом|час))?))?",
    ),
    (
        "clock12",
        r"\b(?P<h0>1[0-2]|[1-9])\s*(?P<p0>[ap]\.?m\b\.?)(?:\s*\(?(?P<z0>moscow|kyiv|kiev|local|gmt|"
        r"utc)(?:\s+time)?)?",
    ),
    (
        "hours",
        rf"\b(?:(?:over|in|during|within|for)\s+)?(?:the\s+)?(?:past|last|"
        rf"previous)\s+(?P<hours>{_N})?\s*(?P<hunit>hours?|days?|weeks?|24-hour)\b|\b(?:за|протягом|"
        rf"в течение|впродовж|на протяжении|упродовж)\s+(?:(?:минул|останн|попередн|прошедш|последн|прошл|"
        rf"истекш|минувш|цілу)\w*\s+)?(?P<hours2>{_N})?\s*(?P<hunit2>доб[уи]|сутк\w+|суток|день|дні|днів|"
        rf"дня|дней|годин\w*|час\w{{0,2}}|тиждень|тижня|неделю|недели|ніч|ночь)(?!\w)|"
        rf"\b(?P<doba>минулої доби|прошедших суток|минулу добу|прошедшие сутки|in a day|per day)\b",
    ),
    (
        "ago",
        rf"\b(?P<nago>{_N})\s+(?P<uago>minutes?|hours?|days?|weeks?|months?|years?|хвилин\w*|минут\w*|"
        rf"годин\w*|час\w{{0,2}}|дн\w{{1,2}}|день|доби?|сут\w{{2}}|тижн\w+|недел\w+|місяц\w+|месяц\w*|"
        rf"рок\w{{1,2}}|рік|год\w?|лет)\s+(?:ago|earlier|тому|назад)\b|\b(?P<onego>тиждень|неделю|місяць|"
        rf"месяц|рік|год|годину|час)\s+(?:тому|назад)\b",
    ),
    (
        "yesterday",
        r"\b(?P<day2ago>day before yesterday|позавчора|позавчера)\b|\b(?P<day1ago>yesterday|last night|"
        r"вчора|учора|вчорашн\w+|вчера|вчерашн\w+|напередодні|накануне|минулої ночі|прошлой ночью)\b|"
        r"\b(?P<day0>today|tonight|сьогодні|сегодня|сегодняшн\w+)\b",
    ),
    (
        "part",
        r"\b(?P<night>overnight|night[- ]time|nighttime|at night|(?:the\s+|this\s+)?night|вночі|уночі|"
        r"ночью|(?:в|у|цієї|этой|минулої|прошлой)\s+н(?:іч|очь|очі|очью)|ніч|нічн\w+|ночн\w+|ночі|ночи)\b|"
        r"\b(?P<dawn>before dawn|pre-?dawn|dawn|early hours|на світанку|на рассвете|під ранок|под утро)\b|"
        r"\b(?P<morning>(?:this\s+|early\s+|in the\s+|the\s+)?morning|вранці|уранці|зранку|ранком|"
        r"ранков\w+(?!\s+(?:звед|звіт))|утром|утренн\w+(?!\s+(?:сводк|брифинг|отчет|отчёт))|с утра|"
        r"рано-вранці)\b|\b(?P<noon>(?:this\s+|in the\s+)?afternoon|midday|noon|вдень|удень|опівдні|"
        r"пополудні|дн[её]м|в полдень)\b|\b(?P<evening>(?:this\s+|in the\s+|the\s+|"
        r"late\s+)?evening(?!\s+(?:news|address|prayer|briefing))|ввечері|увечері|вечір|вечорі|"
        r"вечірн\w+(?!\s+(?:звед|звіт|зверн))|вечером|вечерн\w+(?!\s+(?:сводк|обращен)))\b",
    ),
    (
        "monthly",
        rf"\b(?:in|during|throughout|last|this|early|late|mid|у|в|на початку|наприкінці|всередині|протягом|"
        rf"в начале|в конце|в середине|за)[-\s]+(?P<wm>{_M})(?!\s*\d)\b{_YEAR.format('ym')}|"
        rf"\b(?P<wn>{_M})\s+(?P<yn>(?:19|20)\d\d)(?!\d)(?:\s*(?:року|году|года))?",
    ),
    (
        "yearly",
        r"\b(?:in|since|during|у|в|з|с|протягом|за|от|від)\s+(?:the\s+)?(?:(?:early|late|"
        r"mid)-?\s*)?(?P<yy>(?:19|20)\d\d)(?!\d|-\d)(?:\s*(?:рок\w|рік|год\w?))?\b|\b(?P<yz>(?:19|"
        r"20)\d\d)(?:-?\w{2,3})?\s+(?:рок\w{1,2}|рік|год[ауе]?)\b",
    ),
    (
        "stretch",
        r"\b(?P<lastweek>last week|past week|this week|earlier this week|(?:минул\w+|цьо\w+|"
        r"попередн\w+)\s+тижн\w|(?:прошл\w+|эт\w+)\s+недел\w)\b|\b(?P<lastmonth>(?:last|this|earlier this|"
        r"previous|past)\s+month|(?:минул\w+|цьо\w+|попередн\w+)\s+місяц\w|(?:прошл\w+|эт\w+|"
        r"минувш\w+)\s+месяц\w)\b|\b(?P<lastyear>(?:last|this|earlier this|previous|past)\s+(?:year|"
        r"winter|summer|autumn|fall|spring)|(?:минул\w+|торік\w*|цьо\w+|попередн\w+)(?:\s+(?:рок\w|зим\w+|"
        r"літ\w+|осен\w+|весн\w+))|торік|(?:прошл\w+|эт\w+|минувш\w+)\s+(?:год\w|зим\w+|лет\w+|осен\w+|"
        r"весн\w+)|recent (?:months|years|weeks)|(?:останн\w+|последн\w+)\s+(?:місяц\w+|рок\w+|месяц\w+|"
        r"год\w+|тижн\w+|недел\w+))\b",
    ),
)
_ALL = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _PATTERNS)
#: Texts without any of this name no time at all: most headlines are done here.
_WORTH_LOOKING = re.compile(
    r"\d|night|morning|afternoon|evening|noon|dawn|early hours|day|ago\b|hours|week|month|year|winter|summer|"
    r"january|february|"
    r"march|april|may\b|june|july|august|september|october|november|december|н[іо]ч|нічн|вранці|ранк|ранок|"
    r"ранков|утр|вечер|вечір|веч[оі]р|ввечері|"
    r"увечері|вчора|вчера|сьогодн|сегодн|доб[уи]|сут|тиж|недел|місяц|месяц|рок|рік|год|лет|тому|назад|"
    r"накануне|напередодні|"
    r"понед|вівтор|вторн|серед|сред|четвер|п.?ятниц|субот|суббот|воскрес|січ|лют|берез|квіт|трав|черв|лип|"
    r"серп|верес|жовт|"
    r"листопад|груд|январ|феврал|март|апрел|ма[яе]\b|июн|июл|август|сентяб|октяб|нояб|декаб|дн[её]м|вдень|"
    r"удень|полд|світанк|рассвет|торік",
    re.IGNORECASE,
)


def scan(text: str) -> tuple[Found, ...]:
    """Return the pieces of times in a text, from left to right, none overlapping: the longer and earlier one wins."""
    if not _WORTH_LOOKING.search(text):
        return ()
    taken: list[tuple[int, int]] = []
    found: list[Found] = []
    for name, pattern in _ALL:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            piece = _READERS[name](match)
            if piece is not None:
                taken.append((start, end))
                found.append(piece)
    return tuple(sorted(found, key=lambda piece: piece.start))


def _month(word: str | None) -> int:
    return (number_in(MONTH_ROWS, word) or 0) if word else 0


def _count(word: str | None) -> int:
    if not word:
        return 1
    return int(word) if word.isdigit() else number_in(NUMBER_ROWS, word) or 1


def _day(match: re.Match[str], **fields: Any) -> Found | None:
    if not 1 <= fields.get("day", 1) <= 31 or not 0 <= fields.get("month", 0) <= 12 or fields.get("day2", 0) > 31:
        return None
    groups = match.groupdict()
    since = any(value for key, value in groups.items() if key.startswith("since"))
    until = any(value for key, value in groups.items() if key.startswith("until"))
    if since and fields.get("day2"):
        since = False
    return Found(Piece.DATE, *match.span(), since=since, until=until)._replace(**fields)


def _iso(match: re.Match[str]) -> Found | None:
    return _day(match, year=int(match["y1"]), month=int(match["m1"]), day=int(match["d1"]))


def _dotted(match: re.Match[str]) -> Found | None:
    year = int(match["y2"])
    return _day(match, year=year if year > 99 else 2000 + year, month=int(match["m2"]), day=int(match["d2"]))


def _short(match: re.Match[str]) -> Found | None:
    return _day(match, month=int(match["m3"]), day=int(match["d3"])) if int(match["m3"]) else None


def _two_months(match: re.Match[str]) -> Found | None:
    months = {"month": _month(match["w4"]), "month2": _month(match["v4"])}
    return _day(match, day=int(match["d4"]), day2=int(match["e4"]), year=int(match["y4"] or 0), **months)


def _day_month(match: re.Match[str]) -> Found | None:
    if match["w5"] in ("may", "mar", "mai", "march"):
        return None
    days = {"day": int(match["d5"]), "day2": int(match["e5"] or 0)}
    return _day(match, month=_month(match["w5"]), year=int(match["y5"] or 0), **days)


def _month_day(match: re.Match[str]) -> Found | None:
    if match["w6"] in ("may", "mar", "march"):
        return None
    days = {"day": int(match["d6"]), "day2": int(match["e6"] or 0), "month2": _month(match["v6"])}
    return _day(match, month=_month(match["w6"]), year=int(match["y6"] or 0), **days)


def _day_only(match: re.Match[str]) -> Found | None:
    return _day(match, day=int(match["d7"] or match["e7"]))


def _weekday(match: re.Match[str]) -> Found | None:
    number = number_in(WEEKDAY_ROWS, match["w8"])
    if number is None or (match["w8"].islower() and match["w8"].isascii() and not match["w8"].endswith("day")):
        return None
    return Found(Piece.WEEKDAY, *match.span(), value=number - 1, until=bool(match["next"]))


def _clock(match: re.Match[str]) -> Found | None:
    if match["n9"] and "." in match[0] and not (match["z9"] or match["p9"]):
        return None
    return _clock_of(match, int(match["h9"]), int(match["n9"]), match["p9"], match["z9"])


def _clock12(match: re.Match[str]) -> Found | None:
    return _clock_of(match, int(match["h0"]), 0, match["p0"], match["z0"])


def _clock_of(match: re.Match[str], hour: int, minute: int, half: str | None, zone: str | None) -> Found:
    if half:
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    return Found(Piece.CLOCK, *match.span(), value=hour * 60 + minute, name=_zone(zone))


def _zone(word: str | None) -> str:
    lowered = (word or "").lower()
    if lowered.startswith(("moscow", "мск", "моск")):
        return "Europe/Moscow"
    if lowered.startswith(("kyiv", "kiev", "киї", "киев", "києв")):
        return "Europe/Kyiv"
    return "UTC" if lowered in ("gmt", "utc") else ""


_HOURS_OF = (
    ("24", 24), ("hour", 1), ("годин", 1), ("час", 1), ("week", 168), ("тиж", 168), ("недел", 168), ("ніч", 14),
    ("ноч", 14),
)  # fmt: skip


def _hours(match: re.Match[str]) -> Found | None:
    if match["doba"]:
        return Found(Piece.HOURS, *match.span(), value=24)
    unit = (match["hunit"] or match["hunit2"]).lower()
    per = next((hours for start, hours in _HOURS_OF if unit.startswith(start)), 24)
    if per == 14:
        return Found(Piece.PART, *match.span(), name="night")
    return Found(Piece.HOURS, *match.span(), value=per * _count(match["hours"] or match["hours2"]))


_DAYS_OF = (
    ("minute", 0), ("хвил", 0), ("мин", 0), ("hour", 0), ("годин", 0), ("час", 0), ("week", 7), ("тиж", 7),
    ("недел", 7),
    ("month", 30), ("місяц", 30), ("месяц", 30), ("year", 365), ("рок", 365), ("рік", 365), ("год", 365), ("лет", 365),
)  # fmt: skip


def _ago(match: re.Match[str]) -> Found | None:
    unit = (match["uago"] or match["onego"]).lower()
    count = _count(match["nago"])
    days = next((days for start, days in _DAYS_OF if unit.startswith(start)), 1)
    if days == 0:
        minutes = unit.startswith(("minute", "хвил", "мин"))
        return Found(Piece.HOURS_AGO, *match.span(), value=max(1, count // 60) if minutes else count)
    if days >= 30:
        return Found(Piece.BACKGROUND, *match.span(), value=days * count)
    return Found(Piece.RELATIVE, *match.span(), value=days * count)


def _yesterday(match: re.Match[str]) -> Found | None:
    if match["day2ago"]:
        return Found(Piece.RELATIVE, *match.span(), value=2)
    if match["day0"]:
        name = "night" if match["day0"].lower() == "tonight" else ""
        return Found(Piece.RELATIVE, *match.span(), value=0, name=name)
    lowered = match["day1ago"].lower()
    if lowered in ("last night", "минулої ночі", "прошлой ночью"):
        return Found(Piece.PART, *match.span(), name="night")
    return Found(Piece.RELATIVE, *match.span(), value=1)


def _part(match: re.Match[str]) -> Found | None:
    return Found(Piece.PART, *match.span(), name=str(match.lastgroup))


def _monthly(match: re.Match[str]) -> Found | None:
    word = match["wm"] or match["wn"]
    if word.isascii() and word.islower():
        return None
    year = match["ym"] or match["yn"] or 0
    return Found(Piece.BACKGROUND, *match.span(), month=_month(word), year=int(year))


def _yearly(match: re.Match[str]) -> Found | None:
    return Found(Piece.BACKGROUND, *match.span(), year=int(match["yy"] or match["yz"]))


def _stretch(match: re.Match[str]) -> Found | None:
    if match["lastweek"]:
        return Found(Piece.HOURS, *match.span(), value=168)
    return Found(Piece.BACKGROUND, *match.span(), value=60 if match["lastmonth"] else 400)


_READERS = {
    "iso": _iso, "dotted": _dotted, "short": _short, "two_months": _two_months, "day_month": _day_month,
    "month_day": _month_day, "day_only": _day_only, "weekday": _weekday, "clock": _clock, "clock12": _clock12,
    "hours": _hours, "ago": _ago, "yesterday": _yesterday, "part": _part, "monthly": _monthly, "yearly": _yearly,
    "stretch": _stretch,
}  # fmt: skip


def pieces_together(text: str, pieces: tuple[Found, ...]) -> Iterator[tuple[Found, ...]]:
    """Yield groups of pieces that stand side by side: "on Wednesday, 19 March, at about 3:40"."""
    group: list[Found] = []
    for piece in pieces:
        if group and not _JOINED.fullmatch(text, group[-1].end, piece.start):
            yield tuple(group)
            group = []
        group.append(piece)
    if group:
        yield tuple(group)


_JOINED = re.compile(
    r"[\s,(–—-]*(?:(?:of|on|at|in|the|about|around|approximately|into|to|against|from|between|early|late|близько|около|"
    r"приблизно|примерно|орієнтовно|в|у|во|о|об|на|проти|против|с|со|з|із|к|до|під|под|за|by)[\s,(]+){0,3}",
    re.IGNORECASE,
)
