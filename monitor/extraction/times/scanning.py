"""The pieces of a time in a text, from left to right, none overlapping; what they mean together comes later."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from monitor.extraction.times.patterns import PATTERNS
from monitor.extraction.times.windows import windows_of
from monitor.extraction.times.words import (
    HOUR_ROWS,
    MONTH_ROWS,
    NUMBER_ROWS,
    STARTED_HOUR_ROWS,
    WEEKDAY_ROWS,
    number_in,
)

#: The name of a weekday that stands for two: Saturday and Sunday.
WEEKEND = "weekend"
_SATURDAY = 5
#: The value of a night that ends on the day it is named by: "overnight into Monday".
ENDING = 1
#: "Hours ago", of which no number is told: within so many.
SOME, SOME_HOURS = "some", 12
#: From this hour on "at night" is before midnight.
_LATE = 9


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


def scan(text: str) -> tuple[Found, ...]:
    """Return the pieces of times in a text, from left to right, none overlapping: the longer and earlier one wins."""
    windows = windows_of(text)
    if not windows:
        return ()
    taken: list[tuple[int, int]] = []
    found: list[Found] = []
    for name, pattern in PATTERNS:
        for begin, end in windows.get(name, ()):
            for match in pattern.finditer(text, begin, end):
                start, stop = match.span()
                if any(start < other_stop and other_start < stop for other_start, other_stop in taken):
                    continue
                piece = _READERS[name](match)
                if piece is not None:
                    taken.append((start, stop))
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
    # "З понеділка" is since then; "з понеділком" is not, nor is "since Monday's strike".
    stands = bool(match["since8"]) and not match["point8"]
    since = stands and (match["since8"].isascii() or match["w8"].lower()[-1] in "аіиыяг")
    later = bool(match["next"])
    return Found(Piece.WEEKDAY, match.start(), match.end("w8"), value=number - 1, since=since, until=later)


def _weekend(match: re.Match[str]) -> Found | None:
    return Found(Piece.WEEKDAY, *match.span(), name=WEEKEND, value=_SATURDAY)


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
    ("moment", 0), ("half", 0), ("an hour", 0), ("пів", 0), ("пол", 0),
    ("minute", 0), ("хвил", 0), ("мин", 0), ("hour", 0), ("годин", 0), ("час", 0), ("week", 7), ("тиж", 7),
    ("недел", 7),
    ("month", 30), ("місяц", 30), ("месяц", 30), ("year", 365), ("рок", 365), ("рік", 365), ("год", 365), ("лет", 365),
)  # fmt: skip


def _spoken(match: re.Match[str]) -> Found | None:
    """Return an hour told in words, or with the part of the day: "о п'ятій ранку", "в третьем часу ночи"."""
    word = match["hour"] or ""
    hour = int(word) if word.isdigit() else number_in(HOUR_ROWS, word)
    begun = number_in(STARTED_HOUR_ROWS, match["begun"] or "")
    half = match["half"].lower()
    if hour is None and begun is None:
        return None
    at = hour % 12 if hour is not None else (begun or 1) - 0.5
    late = half.startswith(("веч", "дня", "поп")) or half.endswith(("evening", "afternoon"))
    if late or (at >= _LATE and half.endswith(("night", "ночі", "ночи"))):
        at += 12
    return Found(Piece.CLOCK, *match.span(), value=int(at * 60))


def _ago(match: re.Match[str]) -> Found | None:
    if match["justnow"]:
        return Found(Piece.HOURS_AGO, *match.span(), value=1)
    if match["hoursago"]:
        return Found(Piece.HOURS_AGO, *match.span(), value=SOME_HOURS, name=SOME)
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
    if match["nightto"]:
        return Found(Piece.PART, *match.span(), name="night", value=ENDING)
    return Found(Piece.PART, *match.span(), name=str(match.lastgroup))


def _monthly(match: re.Match[str]) -> Found | None:
    word = match["wm"] or match["wn"]
    if word.isascii() and word.islower():
        return None
    year = match["ym"] or match["yn"] or 0
    return Found(Piece.BACKGROUND, *match.span(), month=_month(word), year=int(year))


def _yearly(match: re.Match[str]) -> Found | None:
    return Found(Piece.BACKGROUND, *match.span(), year=int(match["yy"] or match["yz"] or match["yw"]))


def _stretch(match: re.Match[str]) -> Found | None:
    if match["lastweek"]:
        return Found(Piece.HOURS, *match.span(), value=168)
    return Found(Piece.BACKGROUND, *match.span(), value=60 if match["lastmonth"] else 400)


_READERS = {
    "iso": _iso, "dotted": _dotted, "short": _short, "two_months": _two_months, "day_month": _day_month,
    "month_day": _month_day, "day_only": _day_only, "weekend": _weekend, "weekday": _weekday, "clock": _clock,
    "clock12": _clock12, "spoken": _spoken, "hours": _hours, "ago": _ago,
    "yesterday": _yesterday, "part": _part, "monthly": _monthly,
    "yearly": _yearly, "stretch": _stretch,
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
