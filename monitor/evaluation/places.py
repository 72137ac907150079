"""Whether two names mean one place: labels are inflected, in three languages; claims carry the gazetteer's names."""

import re
import unicodedata
from collections.abc import Sequence

from monitor.model.claims import Place
from monitor.model.geography import Gazetteer, GazetteerName, GazetteerPlace
from monitor.model.inflection import MAX_ENDING, fold

#: Letters of Russian and Ukrainian as they are usually romanised; vowels do not count, nor do h and g differ.
_ROMAN = dict(
    zip(
        "бвгґджзйклмнпрстфхцчшщ",
        [
            "b",
            "v",
            "g",
            "g",
            "d",
            "zh",
            "z",
            "",
            "k",
            "l",
            "m",
            "n",
            "p",
            "r",
            "s",
            "t",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "sh",
        ],
        strict=True,
    )
)
_SPELLINGS = (
    ("shch", "sh"),
    ("tch", "ch"),
    ("kh", "h"),
    ("g", "h"),
    ("zh", "z"),
    ("sh", "s"),
    ("ch", "c"),
    ("ts", "c"),
    ("w", "v"),
    ("x", "ks"),
)
_ENDINGS = re.compile(
    r"\b(?:oblast'?|region|krai|kray|city|republic|province|district|raion|"
    r"област\w*|регион\w*|край|края|крае|краю|район\w*|громад\w*)",
    re.IGNORECASE,
)
#: Consonants that two inflected names must share to be taken for one.
_ENOUGH = 3

#: Usual English names of first-level regions, without "Oblast" and the like -> GeoNames codes (CC BY 4.0).
REGIONS = {
    "cherkasy": "UA.01", "chernihiv": "UA.02", "chernivtsi": "UA.03", "dnipropetrovsk": "UA.04", "donetsk": "UA.05",
    "ivano-frankivsk": "UA.06", "kharkiv": "UA.07", "kherson": "UA.08", "khmelnytskyi": "UA.09", "kirovohrad": "UA.10",
    "crimea": "UA.11", "kyiv city": "UA.12", "kyiv": "UA.13", "luhansk": "UA.14", "lviv": "UA.15", "mykolaiv": "UA.16",
    "odesa": "UA.17", "poltava": "UA.18", "rivne": "UA.19", "sevastopol": "UA.20", "sumy": "UA.21", "ternopil": "UA.22",
    "vinnytsia": "UA.23", "volyn": "UA.24", "zakarpattia": "UA.25", "zaporizhzhia": "UA.26", "zhytomyr": "UA.27",
    "adygea": "RU.01", "astrakhan": "RU.07", "bashkortostan": "RU.08", "belgorod": "RU.09", "bryansk": "RU.10",
    "chechnya": "RU.12", "chuvashia": "RU.16", "dagestan": "RU.17", "kaluga": "RU.25", "kalmykia": "RU.24",
    "kabardino-balkaria": "RU.22",
    "khanty-mansi": "RU.32", "komi": "RU.34", "krasnodar": "RU.38", "kursk": "RU.41", "leningrad": "RU.42",
    "lipetsk": "RU.43", "moscow": "RU.47", "moscow city": "RU.48", "nizhny novgorod": "RU.51", "novgorod": "RU.52",
    "orenburg": "RU.55", "oryol": "RU.56", "penza": "RU.57", "perm": "RU.90", "pskov": "RU.60", "rostov": "RU.61",
    "ryazan": "RU.62", "samara": "RU.65", "saint petersburg": "RU.66", "saratov": "RU.67", "smolensk": "RU.69",
    "stavropol": "RU.70", "tambov": "RU.72", "tatarstan": "RU.73", "tula": "RU.76", "tver": "RU.77", "tyumen": "RU.78",
    "udmurtia": "RU.80", "ulyanovsk": "RU.81", "vladimir": "RU.83", "volgograd": "RU.84", "vologda": "RU.85",
    "voronezh": "RU.86", "yaroslavl": "RU.88",
}  # fmt: skip


def skeleton(name: str) -> str:
    """Return the consonants of a name in Latin letters, the same for all spellings: Харків, Kharkiv -> "hrkv"."""
    plain = unicodedata.normalize("NFKD", _ENDINGS.sub(" ", name).casefold().replace("й", "").replace("ё", "е"))
    roman = "".join(_ROMAN.get(letter, letter) for letter in plain if not unicodedata.combining(letter))
    for spelling, sound in _SPELLINGS:
        roman = roman.replace(spelling, sound)
    consonants = re.sub(r"[^bcdfhjklmnpqrstvz]", "", roman).replace("j", "")
    return re.sub(r"(.)\1+", r"\1", consonants)


def region_code(name: str) -> str | None:
    """Return the GeoNames code of a region by its usual English name; a code stands for itself."""
    if re.fullmatch(r"[A-Z]{2}\.\w+", name):
        return name
    key = name.casefold().strip()
    short = re.sub(r"\s+(?:oblast|region|krai|republic|autonomous republic|area)$", "", key)
    return REGIONS.get(key) or REGIONS.get(short)


def same_place(label: str, place: Place | None, gazetteer: Gazetteer | None = None) -> bool:
    """Return whether a claim's place is the one that the label names, in whatever case, language or script.

    A label that is a region is met by any place of that region only if the claim names the region itself.
    """
    if place is None:
        return False
    if gazetteer is not None and place.geonameid is not None:
        canonical = gazetteer.places.get(place.geonameid)
        if canonical is not None and _alike(label, canonical.name):
            return True
    if gazetteer is not None and any(_is(gazetteer.places.get(one), place) for one in _bearers(label, gazetteer)):
        return True
    return _alike(label, place.name)


def _is(bearer: GazetteerPlace | None, place: Place) -> bool:
    """Return whether a place of the gazetteer is the claim's; regions have no id in a claim, so their name counts."""
    if bearer is None:
        return False
    return bearer.geonameid == place.geonameid or (place.geonameid is None and bearer.name == place.name)


def _bearers(label: str, gazetteer: Gazetteer) -> frozenset[int]:
    """Return the places that bear a name in any of its languages and cases: Кременчуг is Kremenchuk too."""
    words = [fold(word) for word in re.findall(r"[^\W_]+(?:['’ʼ`][^\W\d_]+)*", label)]
    if not words:
        return frozenset()
    stems = (words[0][: len(words[0]) - cut] for cut in range(min(MAX_ENDING, len(words[0]) - 1) + 1))
    named = (name for stem in stems if stem in gazetteer.names for name in gazetteer.names.get(stem))
    return frozenset(name.geonameid for name in named if _fits(name, words))


def _fits(name: GazetteerName, words: Sequence[str]) -> bool:
    """Return whether the words are those of the name, each with an ending that it may take."""
    return len(name.words) == len(words) and all(
        word.startswith(stem) and word[len(stem) :] in endings
        for (stem, endings), word in zip(name.words, words, strict=True)
    )


def same_region(label: str, place: Place | None) -> bool:
    """Return whether a claim's place lies in the region that the label names."""
    if place is None:
        return False
    code = region_code(label)
    if place.region is not None and code is not None:
        return place.region == code
    return _alike(label, place.name)


def _alike(one: str, other: str) -> bool:
    """Return whether two spellings share their consonants; an ending may follow, as in Полтавська for Poltava."""
    short, long = sorted((skeleton(one), skeleton(other)), key=len)
    if not short:
        return one.casefold() == other.casefold()
    if short == long:
        return True
    return len(short) >= _ENOUGH and long.startswith(short) and len(long) - len(short) <= _ENOUGH
