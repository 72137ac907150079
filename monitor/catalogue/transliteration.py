"""Latin spellings of Ukrainian and Russian names, by the official tables, and whether two spellings sound alike.

Ukrainian: the national system of 2010 (resolution 55 of the Cabinet of Ministers). Russian: as maps and news agencies
do (BGN/PCGN, simplified). A name in letters that both languages have gets both.
"""

import re
from difflib import SequenceMatcher

_UK_ONLY = frozenset("іїєґ")
_RU_ONLY = frozenset("ыэъё")
_BOTH = {
    "а": "a", "б": "b", "в": "v", "д": "d", "ж": "zh", "з": "z", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "ь": "",
    "'": "", "’": "", "ʼ": "",
}  # fmt: skip
_UK = _BOTH | {
    "г": "h", "ґ": "g", "е": "e", "є": "ie", "и": "y", "і": "i", "ї": "i", "й": "i", "щ": "shch", "ю": "iu", "я": "ia",
}  # fmt: skip
_UK_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_RU = _BOTH | {
    "г": "g", "е": "e", "ё": "yo", "и": "i", "й": "y", "щ": "shch", "ъ": "", "ы": "y", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_’'ʼ]+(?:[’'ʼ][^\W\d_]+)*")


def _ukrainian(word: str) -> str:
    word = word.lower().replace("зг", "zgh")
    return "".join(_UK_START.get(letter, _UK.get(letter, letter)) if at == 0 else _UK.get(letter, letter)
                   for at, letter in enumerate(word))  # fmt: skip


def _russian(word: str) -> str:
    word = re.sub(r"[иы]й$", "y", word.lower())
    before = " " + word
    return "".join(
        "ye" if letter == "е" and previous in " аеиоуыэюяьъ" else _RU.get(letter, letter)
        for previous, letter in zip(before, word, strict=False)
    )


def latin_spellings(name: str) -> tuple[str, ...]:
    """Return how a Cyrillic name is written in Latin letters, each spelling once."""
    letters = set(name.lower())
    tables = [] if letters & _RU_ONLY else [_ukrainian]
    tables += [] if letters & _UK_ONLY else [_russian]
    found = [_WORD.sub(lambda word, table=table: table(word[0]).capitalize(), name) for table in tables]  # type: ignore[misc]
    return tuple(dict.fromkeys(one for one in found if one.isascii()))


_UKRAINIAN_OF_RUSSIAN = (
    (r"ск$", "ськ"), (r"цк$", "цьк"), (r"ск(?=(?:ая|ое|ий)$)", "ськ"), (r"ая$", "а"), (r"[ое]е$", "е"),
    (r"ец$", "ець"), (r"[ыи]е$", "і"),
    (r"[ыо]й$", "ий"), (r"^е", "є"), (r"ы", "и"), (r"э", "е"), (r"ъ", "'"), (r"(?<=[чшщж])ё", "о"),
    (r"(?<=[бвгдзклмнпрстфхц])ё", "ьо"), (r"ё", "йо"), (r"сс", "с"),
)  # fmt: skip
_NAME_PARTS = re.compile(r"[^\s-]+")


def ukrainian_spellings(russian: str) -> tuple[str, ...]:
    """Return how Ukrainian may write a Russian name: Шебекіно, Новоросійськ, Енгельс, Бєлгород, Борисівка."""
    translated = _NAME_PARTS.sub(lambda word: _ukrainian_word(word[0]), russian)
    # "и" stays where the name is understood (Борисівка) and sounds as "і" where it is not (Шебекіно).
    sounded = _NAME_PARTS.sub(lambda word: re.sub(r"(?<![жшчщц])и(?!й?$)", "і", word[0]), translated)
    soft = re.sub(r"^([БВДЛМНПСТ])е", r"\1є", sounded)
    found = [one for base in (translated, sounded, soft) for one in (base, re.sub(r"овка$", "івка", base))]
    return tuple(one for one in dict.fromkeys(found) if one != russian)


def _ukrainian_word(word: str) -> str:
    changed = word.lower()
    for pattern, put in _UKRAINIAN_OF_RUSSIAN:
        changed = re.sub(pattern, put, changed)
    return changed.capitalize() if word[0].isupper() else changed


#: How much of two spellings agrees, at least, where they are one name in two languages.
_COGNATE = 0.72
_SOUNDS = (
    ("shch", "s"), ("sch", "s"), ("sh", "s"), ("zh", "z"), ("ch", "c"), ("kh", "h"), ("ts", "c"), ("cz", "c"),
    ("ck", "k"), ("x", "h"), ("w", "v"), ("g", "h"), ("j", "i"), ("y", "i"), ("ia", "a"), ("iu", "u"), ("ie", "e"),
    ("io", "o"), ("yo", "o"), ("ii", "i"), ("ee", "e"), ("ss", "s"), ("o", "a"), ("e", "i"), ("ii", "i"),
)  # fmt: skip


def _sound(name: str) -> str:
    folded = re.sub(r"[^a-z]", "", name.lower())
    for written, heard in _SOUNDS:
        folded = folded.replace(written, heard)
    return re.sub(r"(.)\1", r"\1", folded)


def is_cognate(one: str, other: str) -> bool:
    """Return whether two spellings may be one name in two languages: "Hvardiiske", "Gvardeyskoye"; not "Petrovka"."""
    return SequenceMatcher(None, _sound(one), _sound(other)).ratio() >= _COGNATE


def sounds_like(one: str, other: str) -> bool:
    """Return whether two Latin spellings may stand for one name: "Sloviansk" and "Slavyansk", not "Petrovka"."""
    return _sound(one) == _sound(other)
