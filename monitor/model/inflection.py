"""How Ukrainian and Russian names change their endings: small tables of our own, one for both languages.

A name is compiled into words, each a stem with the set of endings that it may take; a text's word matches where
stem and ending do. The tables are unions over languages, cases, nouns and adjectives: they accept a few forms that
nobody writes, and miss few that people do. No dictionary is used.

Forms are compared folded: lower case, no apostrophes or soft-sign marks, "ё" as "е".
"""

from functools import lru_cache
from typing import NamedTuple

_FOLDED = str.maketrans({"ё": "е", **dict.fromkeys("'’ʼ`´‘ʹ′\u0301", None)})
#: Latin letters that look like Cyrillic ones, for words that mix both ("Харкiв" typed with a Latin i).
_LOOKALIKES = str.maketrans("aceiopxyABCEHIKMOPTX", "асеіорхуАВСЕНІКМОРТХ")

#: (what a nominative ends in, letters cut off, what the stem gets instead, endings). All matching rows apply.
_ADJECTIVE = "ий ій ого его ому ему им ім ом ем ім а ая ої ой ей у ую ою ею е ое ее і ие ые их ых ими ыми ым ый"
_TABLE: tuple[tuple[str, int, str, str], ...] = (
    # Adjectives that stand as names: Хмельницький, Жуковский, Нова, Новая, Рівне, Грозный.
    ("ий", 2, "", _ADJECTIVE),
    ("ый", 2, "", _ADJECTIVE),
    ("ій", 2, "", _ADJECTIVE + " ьої я ю яя юю є ьому"),
    ("ой", 2, "", _ADJECTIVE),
    ("ая", 2, "", _ADJECTIVE),
    ("яя", 2, "", "яя ей юю ею ий его ему им ем"),
    ("ое", 2, "", _ADJECTIVE),
    ("ее", 2, "", _ADJECTIVE),
    ("ые", 2, "", "ые ых ым ыми і их им ими"),
    ("ие", 2, "", "ие их им ими ия ию ием ии"),
    ("ье", 1, "", "е я ю ем и"),
    # First declension: Одеса, Охтирка, Прага, Макеевка, Вязьма.
    ("а", 1, "", "а и ы і е у ою ой о ій ої ам ах ами"),
    ("ка", 2, "", "ці"),
    ("га", 2, "", "зі"),
    ("ха", 2, "", "сі"),
    ("я", 1, "", "я и і ї е ю ею ей єю ям ями ях ій"),
    # Second declension: Курск, Харків, Київ, Ізюм, Орёл, Елец.
    ("г", 0, "", " а у ом е і ові ами ах"),
    ("г", 1, "з", "і"),
    ("к", 1, "ц", "і"),
    ("х", 1, "с", "і"),
    ("ів", 2, "", "ів ова ову овом ові ове ева еву евом еві еве"),
    ("їв", 2, "", "їв єва єву євом єві єве"),
    ("іг", 2, "", "ога огу огом озі ег"),
    ("іль", 3, "", "іль оля олю олем олі еля елю елем елі"),
    ("інь", 3, "", "інь еня еню енем ені оня оню онем оні"),
    ("ець", 3, "ц", "я ю ем і еві"),
    ("ец", 2, "ц", "а у ом ем е"),
    ("ок", 2, "к", "а у ом е і"),
    ("ень", 3, "н", "я ю ем е і"),
    ("ел", 2, "л", "а у ом е і"),
    ("ь", 1, "", "ь я ю ем ям е и і єм ью ьо"),
    # Ukrainian doubles what is soft: Рязань, Рязанню.
    ("нь", 1, "", "ню"),
    ("ль", 1, "", "лю"),
    ("дь", 1, "", "дю"),
    ("ть", 1, "", "тю"),
    ("зь", 1, "", "зю"),
    ("сь", 1, "", "сю"),
    ("й", 1, "", "й я ю ем єм е ї еві єві"),
    # Neuter: Шебекино, Сватове, Рівне, Запоріжжя, поле.
    ("о", 1, "", "о а у ом е і ого ому им"),
    ("е", 1, "", "е ого ому им ім ом а у і я ю ем ої ій"),
    ("є", 1, "", "є його йому їм"),
    # Plural: Суми, Черкаси, Сумы, Чернівці, Валуйки, Бровари.
    ("и", 1, "", "и ів ов ев ей ам ям ами ями ах ях их им ими"),
    ("и", 1, "", ""),
    ("ки", 2, "", "ок ек"),
    ("ы", 1, "", "ы ов ев ам ами ах"),
    ("і", 1, "", "і ів ей ям ями ях ам ами ах их им ими ох"),
    ("ні", 2, "", "ень он"),
    ("ни", 2, "", "ен"),
    ("ны", 2, "", "ен"),
    ("ї", 1, "", "ї їв їх їм їми ям ями ях"),
)
_CONSONANTS = frozenset("бвгґджзклмнпрстфхцчшщ")
_SOFT_OR_HARD = " а у ом ем е і ові еві ам ах ами"
#: Words inside a name that never change: Ростов-на-Дону, Краснопілля-над-Бугом.
_FIXED_AFTER = frozenset({"на", "над", "под", "при", "в", "on", "na", "імені", "имени"})
MAX_ENDING = 5


class NameWord(NamedTuple):
    """One word of a name: a folded stem, and the endings that may follow it ("" among them where none may)."""

    stem: str
    endings: frozenset[str]


def fold(word: str) -> str:
    """Return a word as names are compared: lower case, no apostrophes, "ё" as "е", mixed scripts mended."""
    folded = word.lower().translate(_FOLDED)
    if not folded.isascii() and any("a" <= letter <= "z" for letter in folded):
        mended = folded.translate(_LOOKALIKES)
        return folded if any("a" <= letter <= "z" for letter in mended) else mended
    return folded


_NO_ENDING = frozenset({""})


@lru_cache(maxsize=4096)
def _endings(listed: str) -> frozenset[str]:
    return frozenset(listed.split(" "))


def stems_of(word: str) -> tuple[NameWord, ...]:
    """Return the stems by which one folded word can be found: one, or several where the stem itself changes."""
    if len(word) < 3 or not ("а" <= word[-1] <= "ґ"):
        return (NameWord(word, _NO_ENDING),)
    found: dict[str, frozenset[str]] = {}
    if word[-1] in _CONSONANTS:
        found[word] = _endings(_SOFT_OR_HARD)
    for suffix, cut, put, listed in _TABLE:
        if word.endswith(suffix) and len(word) - cut + len(put) >= 2:
            stem = word[: len(word) - cut] + put
            found[stem] = found.get(stem, frozenset()) | _endings(listed)
    return tuple(NameWord(stem, endings) for stem, endings in found.items()) or (NameWord(word, _NO_ENDING),)


def split_name(name: str) -> tuple[str, ...]:
    """Return the words of a name, folded; hyphens and quotation marks separate words."""
    spaced = "".join(" " if letter in '-–—«»"“”„()[],./№' else letter for letter in name)
    return tuple(fold(word) for word in spaced.split())


def compile_name(name: str) -> tuple[tuple[NameWord, ...], ...]:
    """Return the ways to find a name: its words, each with its endings; several ways where a stem changes."""
    words = split_name(name)
    ways: list[tuple[NameWord, ...]] = [()]
    fixed = False
    for word in words:
        fixed = fixed or word in _FIXED_AFTER
        stems = (NameWord(word, _NO_ENDING),) if fixed else stems_of(word)
        ways = [(*way, stem) for way in ways for stem in stems][:64]
    return tuple(way for way in ways if way)
