"""Where in a text an expression is worth trying: around words that begin as those of a time do.

Trying every expression everywhere costs ten times as much, and most texts name few times.
"""

import re

_WORD = re.compile(r"\w+")
#: Which expressions are tried around a word, by its first three letters; "0" stands for a digit. Most texts have few.
_TRIED: tuple[tuple[str, str], ...] = (
    ("0", "iso dotted short day_only clock clock12 yearly"),
    (
        "jan feb mar apr may jun jul aug sep oct nov dec січ лют бер кві тра чер лип сер вер жов лис гру янв фев мар "
        "апр май мая мае маю июн июл "
        "авг сен окт ноя дек",
        "two_months day_month month_day monthly",
    ),
    ("mon tue wed thu fri sat sun пон вів вто сер сре чет ятн пят суб нед вос", "weekday"),
    ("wee вих вых", "weekend"),
    ("ago ear том наз щой тіл тол jus", "ago"),
    ("ран ноч веч дня поп утр mor eve aft nig", "spoken"),
    ("hou day wee доб сут год час тиж нед ден дні дня дне ніч ноч", "hours"),
    ("yes las tod ton bef поз вчо учо вче нап нак мин про сьо сег", "yesterday"),
    (
        "ove nig bef pre daw ear mor aft mid noo eve sma wee fir пол вно уно ноч ніч сві рас під под ран вра ура зра "
        "утр вде уде опі поп дне днё пол вве уве веч веч",
        "part",
    ),
    ("wee mon yea win sum aut fal spr rec тиж нед міс мес рок рік год зим літ лет осе вес тор ост пос", "stretch"),
)
_NAMES_BY_BEGINNING: dict[str, list[str]] = {}
for _beginnings, _names in _TRIED:
    for _beginning in _beginnings.split():
        _NAMES_BY_BEGINNING.setdefault(_beginning, []).extend(_names.split())
#: How far around such a word an expression is tried, in characters.
_AROUND = 45


def windows_of(text: str) -> dict[str, list[list[int]]]:
    """Return for each expression the stretches of the text where it is worth trying; they end between words."""
    found: dict[str, list[list[int]]] = {}
    for word in _WORD.finditer(text):
        letters = word[0]
        names = _NAMES_BY_BEGINNING.get("0" if letters[0].isdigit() else letters[:3].lower())
        if names is None:
            continue
        begin = text.rfind(" ", 0, max(word.start() - _AROUND, 0)) + 1
        space = text.find(" ", word.end() + _AROUND)
        end = len(text) if space < 0 else space
        for name in names:
            windows = found.setdefault(name, [])
            if windows and begin <= windows[-1][1]:
                windows[-1][1] = end
            else:
                windows.append([begin, end])
    return found
