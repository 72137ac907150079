"""Words of time in English, Ukrainian and Russian, as regular expressions; each table's order is its meaning."""

import re

#: January to December.
MONTHS: tuple[str, ...] = (
    r"jan(?:uary|\.)?|січ(?:ень|н\w+|\.)|янв(?:ар\w+|\.)",
    r"feb(?:ruary|\.)?|лют(?:ий|ого|ому|им)|фев(?:рал\w+|р?\.)",
    r"mar(?:ch|\.)?|берез(?:ень|н\w{1,2})|март(?:а|е|у|ом)?",
    r"apr(?:il|\.)?|квіт(?:ень|н\w{1,2})|апр(?:ел\w{1,2}|\.)",
    r"may|трав(?:ень|н\w{1,2})|ма[йяею]|маем",
    r"june?\.?|черв(?:ень|н\w{1,2})|июн[ьяею]м?",
    r"july?\.?|лип(?:ень|н[яюіе]м?)|июл[ьяею]м?",
    r"aug(?:ust|\.)?|серп(?:ень|н\w{1,2})|август(?:а|е|у|ом)?",
    r"sept?(?:ember|\.)?|верес(?:ень|н\w{1,2})|сент(?:ябр\w{1,2}|\.)",
    r"oct(?:ober|\.)?|жовт(?:ень|н\w{1,2})|окт(?:ябр\w{1,2}|\.)",
    r"nov(?:ember|\.)?|листопад(?:а|і|у|ом)?|ноябр[ьяею]м?",
    r"dec(?:ember|\.)?|груд(?:ень|н\w{1,2})|дек(?:абр\w{1,2}|\.)",
)
#: Monday to Sunday.
WEEKDAYS: tuple[str, ...] = (
    r"monday|mon\.|понеділ(?:ок|к\w{1,2})|понедельник(?:а|у|ом|е)?|понеділков\w+|понедельничн\w+",
    r"tuesday|tue(?:s)?\.|вівтор(?:ок|к\w{1,2})|вторник(?:а|у|ом|е)?|вівторков\w+|вторничн\w+",
    r"wednesday|wed\.|серед(?:а|у|и|ою)|сред[ауые]|середов(?:ий|а|у|ої|ого|ому|ій|і|их)",
    r"thursday|thu(?:rs)?\.|четвер(?:г\w{0,2})?|четверг(?:а|у|ом|е)?|четвергов\w+",
    r"friday|fri\.|п['’ʼ]?ятниц[яюіи]|пятниц[ауые]й?|п['’ʼ]?ятничн\w+",
    r"saturday|sat\.|субот[ауиі]|суббот[ауые]|суботн\w+|субботн\w+",
    r"sunday|sun\.|неділ[яюіи]|воскресен(?:ье|ья|ью)|недільн\w+|воскресн\w+",
)
#: Numbers in words, one to ten, for "two days ago".
NUMBERS: tuple[str, ...] = (
    r"one|an?|один|одну|одного|одного",
    r"two|дв[аеі]|двох|двух|couple of|пар[уа]",
    r"three|три|трьох|тр[её]х",
    r"four|чотири|четыре",
    r"five|п['’ʼ]ять|пять",
    r"six|шість|шесть",
    r"seven|сім|семь",
    r"eight|вісім|восемь",
    r"nine|дев['’ʼ]ять|девять",
    r"ten|десять",
)

#: Hours in words, one to twelve, for "at three in the morning", "о третій ночі", "в три часа ночи".
HOURS: tuple[str, ...] = (
    r"one|перш(?:ій|ої)|час(?:а|у)?",
    r"two|друг(?:ій|ої)|дв(?:а|ух)",
    r"three|трет(?:ій|ьої)|три|тр[её]х",
    r"four|четверт(?:ій|ої)|четыр(?:е|[её]х)",
    r"five|п['’ʼ]?ят(?:ій|ої)|пят(?:ь|и)",
    r"six|шост(?:ій|ої)|шест(?:ь|и)",
    r"seven|сьом(?:ій|ої)|сем(?:ь|и)",
    r"eight|восьм(?:ій|ої)|вос(?:емь|ьми)",
    r"nine|дев['’ʼ]?ят(?:ій|ої)|девят(?:ь|и)",
    r"ten|десят(?:ій|ої|ь|и)",
    r"eleven|одинадцят(?:ій|ої)|одиннадцат(?:ь|и)",
    r"twelve|дванадцят(?:ій|ої)|двенадцат(?:ь|и)",
)
#: Hours that are not over, one to twelve: "в третьем часу ночи" is between two and three.
STARTED_HOURS: tuple[str, ...] = (
    r"первом",
    r"втором",
    r"третьем",
    r"четв[её]ртом",
    r"пятом",
    r"шестом",
    r"седьмом",
    r"восьмом",
    r"девятом",
    r"десятом",
    r"одиннадцатом",
    r"двенадцатом",
)


def alternatives(table: tuple[str, ...]) -> str:
    """Return one expression for a whole table."""
    return "|".join(table)


def number_in(table: tuple[re.Pattern[str], ...], word: str) -> int | None:
    """Return the position (from 1) of the row that a word belongs to, or None."""
    for position, pattern in enumerate(table, start=1):
        if pattern.fullmatch(word):
            return position
    return None


def compiled(table: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return each row as an expression of its own."""
    return tuple(re.compile(row, re.IGNORECASE) for row in table)


MONTH_ROWS, WEEKDAY_ROWS, NUMBER_ROWS = compiled(MONTHS), compiled(WEEKDAYS), compiled(NUMBERS)
HOUR_ROWS, STARTED_HOUR_ROWS = compiled(HOURS), compiled(STARTED_HOURS)
