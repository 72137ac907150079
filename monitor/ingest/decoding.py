"""Bytes -> text, whatever encoding was declared, or misdeclared. Pure.

Order of belief: byte order mark; UTF-8 where the bytes are UTF-8 (text in another encoding almost never is); the
charset of the HTTP header (RFC 7303), except the Latin one that servers send by default; the XML declaration; what the
letters themselves say.
"""

import codecs
import re
from collections.abc import Iterator

import chardet

_BOMS = (
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
)
#: How "<?" and "<r" begin in encodings of two and four bytes (XML 1.0, appendix F).
_WIDE = (
    (re.compile(rb"\x00\x00\x00<"), "utf-32-be"),
    (re.compile(rb"<\x00\x00\x00"), "utf-32-le"),
    (re.compile(rb"\x00<\x00[?!a-zA-Z]"), "utf-16-be"),
    (re.compile(rb"<\x00[?!a-zA-Z]\x00"), "utf-16-le"),
)
_DECLARATION = re.compile(r"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]{1,40})\s*["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
#: Names in use that Python does not know.
_ALIASES = {
    "cp-1251": "cp1251",
    "win-1251": "cp1251",
    "windows1251": "cp1251",
    "win1251": "cp1251",
    "mac-cyrillic": "mac_cyrillic",
    "maccyrillic": "mac_cyrillic",
    "gb2312": "gb18030",
    "dos-866": "cp866",
}
#: What servers send when nobody has told them: says nothing.
_DEFAULTS = frozenset({"iso8859-1", "ascii", "cp1252"})
_CYRILLIC = ("cp1251", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic")
#: Fewer Cyrillic letters than this prove nothing.
_LEAST_LETTERS = 6
_SAMPLE = 20_000
_ILL_FORMED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a feed or page, without byte order mark and without characters that XML forbids.

    Args:
        body: the bytes, not compressed.
        content_type: the HTTP header, if there was one.
    """
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return _clean(body[len(bom) :].decode(encoding, "replace"))
    for encoding in _candidates(body, content_type):
        try:
            return _clean(body.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return _clean(body.decode("utf-8", "replace"))


def _clean(text: str) -> str:
    return _ILL_FORMED.sub("", text).lstrip("\ufeff")


def _candidates(body: bytes, content_type: str) -> Iterator[str]:
    """Yield encodings to try, the most credible first."""
    for pattern, encoding in _WIDE:
        if pattern.match(body):
            yield encoding
    sent = known_codec(_first(_CHARSET, content_type))
    declared = known_codec(_first(_DECLARATION, body[:400].decode("latin-1")))
    if sent and sent.startswith(("utf-16", "utf-32")):
        yield sent
    # ISO-2022 and UTF-7 are ASCII bytes throughout, so that they would pass for UTF-8.
    yield from (name for name in (sent, declared) if name and name.startswith(("iso2022", "hz", "utf-7")))
    yield "utf-8"
    yield from (name for name in (sent, declared) if name and name not in _DEFAULTS)
    if damaged_utf8(body):
        return
    yield from _guesses(body)
    yield from (name for name in (sent, declared) if name)
    yield "cp1252"
    yield "latin-1"


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def known_codec(label: str) -> str | None:
    """Return Python's name of an encoding, or None where it is no text encoding that Python knows."""
    name = label.strip().lower()
    for variant in (name, name.removeprefix("x-")):
        try:
            info = codecs.lookup(_ALIASES.get(variant, variant))
        except (LookupError, ValueError):
            continue
        return info.name if info._is_text_encoding else None
    return None


def damaged_utf8(body: bytes) -> bool:
    """Return whether the bytes are UTF-8 but for a few: one bad byte in a hundred letters, or fewer."""
    text = body.decode("utf-8", "replace")
    letters = sum(not character.isascii() for character in text)
    return letters > 0 and text.count("\ufffd") * 100 <= letters


def _guesses(body: bytes) -> Iterator[str]:
    """Yield what the bytes above 127 look like: a Cyrillic encoding, or what chardet makes of them."""
    sample = bytes(byte for byte in body if byte > 127 or byte in b" \n.,<>")[:_SAMPLE]
    best = max(_CYRILLIC, key=lambda encoding: cyrillic_score(sample.decode(encoding, "replace")))
    if cyrillic_score(sample.decode(best, "replace")) >= _LEAST_LETTERS:
        yield best
    guess = chardet.detect(body[:_SAMPLE]).get("encoding")
    if guess and known_codec(guess):
        yield guess


def cyrillic_score(text: str) -> float:
    """Return how much a text looks like Russian or Ukrainian.

    Lower-case letters count for it; capitals within words, and signs that are no letters, against it.
    """
    score = 0.0
    previous = " "
    for character in text:
        if "а" <= character <= "я" or character in "іїєґё":
            score += 2 if character in "оеаинт" else 1
        elif "А" <= character <= "Я" or character in "ІЇЄҐЁ":
            score += 0.5 if not previous.isalpha() else -1
        elif not character.isascii() and character not in "«»—–„“”’…№\xa0":
            score -= 2
        previous = character
    return score
