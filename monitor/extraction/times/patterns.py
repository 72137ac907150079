"""The expressions by which the pieces of a time are found, each with a name; earlier ones win over later ones.

Groups carry a number or a name of their own, so that a reader of `scanning.py` can ask for them.
"""

import re

from monitor.extraction.times.words import HOURS, MONTHS, NUMBERS, STARTED_HOURS, WEEKDAYS, alternatives

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


_WRITTEN: tuple[tuple[str, str], ...] = (
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
    (
        "weekend",
        r"\b(?P<weekend>(?:over|at|during|on)\s+the\s+weekend|(?:this|last|past)\s+weekend|weekend|"
        r"(?:(?:на|у|в|за|протягом|впродовж|упродовж|в течение|під час|во время)\s+"
        r"(?:(?:минул|прошедш|минувш|прошл)\w+\s+|ці\s+|цих\s+|эти\s+|этих\s+)?|(?:минул|прошедш|минувш|прошл)\w+\s+)"
        r"(?:вихідн(?:і|их|ими)|выходн(?:ые|ых|ыми)))\b",
    ),
    (
        "weekday",
        rf"\b(?P<since8>(?:since|починаючи з|начиная с|с|со|з|із|від|от)\s+)?"
        rf"(?:(?P<next>next|coming|наступн\w+|следующ\w+|будущ\w+)\s+)?(?<!\w)(?P<w8>{_W})(?!\w)"
        r"(?P<point8>['’]s|,?\s+(?:when|коли|когда)\b)?",
    ),
    (
        "spoken",
        rf"(?<!\w)(?:(?P<hour>{alternatives(HOURS)}|1[0-2]|0?[1-9])(?:-?(?:й|ї|ій|ої|та))?\s+(?:годин\w+\s+|"
        rf"час\w{{0,2}}\s+)?|(?P<begun>{alternatives(STARTED_HOURS)})\s+часу\s+)"
        r"(?P<half>ранку|ночі|вечора|(?:(?<=час\s)|(?<=часа\s)|(?<=часов\s)|(?<=годині\s)|(?<=години\s)|(?<=ій\s))дня|пополудні|утра|ночи|вечера|"
        r"in the (?:morning|evening|afternoon)|at night)(?!\w|\s+(?:подряд|поспіль|кряду|in a row))",
    ),
    (
        "clock",
        r"\b(?P<h9>[01]?\d|"
        r"2[0-3])[:.](?P<n9>[0-5]\d)(?![\d:]|\.\d)(?:\s*(?P<p9>[ap]\.?m\b\.?))?(?:\s*(?:\(?(?:по\s+|"
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
        rf"истекш|минувш|цілу)\w*\s+)?(?P<hours2>{_N})?\s*(?:(?:минул|останн|прошедш|последн|минувш)\w*\s+)?(?P<hunit2>доб[уи]|сутк\w+|суток|день|дні|днів|"
        rf"дня|дней|годин\w*|час\w{{0,2}}|тиждень|тижня|неделю|недели|ніч|ночь)(?!\w)|"
        rf"\b(?P<doba>минулої доби|прошедших суток|минулу добу|прошедшие сутки|in a day|per day)\b",
    ),
    (
        "ago",
        rf"\b(?P<nago>{_N})\s+(?P<uago>minutes?|hours?|days?|weeks?|months?|years?|хвилин\w*|минут\w*|"
        rf"годин\w*|час\w{{0,2}}|дн\w{{1,2}}|день|доби?|сут\w{{2}}|тижн\w+|недел\w+|місяц\w+|месяц\w*|"
        rf"рок\w{{1,2}}|рік|год\w?|лет)\s+(?:ago|earlier|тому|назад)\b|\b(?P<onego>тиждень|неделю|місяць|"
        rf"месяц|рік|год|годину|час|півгодини|полчаса|minutes|moments|half an hour|an hour)\s+"
        r"(?:тому|назад|ago|earlier)\b|\b(?P<hoursago>(?:(?:a few|several|some|кілька|декілька|несколько)\s+)?"
        r"(?:hours\s+(?:ago|earlier)|годин\s+тому|часов\s+назад))\b|"
        r"\b(?P<justnow>щойно|тільки що|только что|just now)\b",
    ),
    (
        "yesterday",
        r"\b(?P<day2ago>day before yesterday|позавчора(?:шн\w+)?|позавчера(?:шн\w+)?)\b|"
        r"\b(?P<day1ago>yesterday|last night|"
        r"вчора|учора|вчорашн\w+|вчера|вчерашн\w+|напередодні|накануне|минулої ночі|прошлой ночью)\b|"
        r"\b(?P<day0>today|tonight|сьогодні|сегодня|сегодняшн\w+)\b",
    ),
    (
        "part",
        r"\b(?P<nightto>(?:overnight|night)\s+(?:in)?to)\b(?=\s+[A-Z])|\b(?P<night>(?:(?:shortly|just)\s+(?:before|after)\s+)?midnight|опівночі|полуночи|полночь|"
        r"overnight|night[- ]time|nighttime|at night|(?:the\s+|this\s+)?night|вночі|уночі|"
        r"ночью|(?:в|у|цієї|этой|минулої|прошлой)\s+н(?:іч|очь|очі|очью)|ніч|нічн\w+|ночн\w+|ночі|ночи)\b|"
        r"\b(?P<dawn>before dawn|pre-?dawn|dawn|(?:early|small|wee) hours|first light|на світанку|на рассвете|"
        r"під ранок|под утро)\b|"
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
        r"20)\d\d)(?:-?\w{2,3})?\s+(?:рок\w{1,2}|рік|год[ауе]?)\b|"
        r"\b(?P<yw>(?:19|20)\d\d)(?=\s+(?:[a-z]+\s+){0,2}(?:strikes?|attacks?|shelling|bombings?|raids?)\b)",
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
#: In the order in which they are tried.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _WRITTEN
)
