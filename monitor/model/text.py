"""Cleaning of text that comes from feeds, before people see it: it may hold anything.

What is taken out: control characters (terminal escapes, CR and LF where one line is wanted), bidirectional controls
(Unicode TR 36, which can make text read otherwise than it is), other invisible format characters, and lone surrogates,
which no encoder accepts.
"""

import re
import unicodedata
from urllib.parse import urlsplit

#: Format characters that spelling needs in some scripts: zero width non-joiner and joiner.
_KEPT_FORMATS = frozenset("\u200c\u200d")
#: Terminal control sequences (ECMA-48): taken out whole, or their tail would stay as litter.
_CONTROL_SEQUENCE = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\))")
_ELLIPSIS = "\u2026"


class _Spaces(dict[int, int]):
    """A table for `str.translate`, filled as letters are met: white space and hostile characters become a space."""

    def __missing__(self, code: int) -> int:
        letter = chr(code)
        self[code] = ord(" ") if letter.isspace() or _is_hostile(letter) else code
        return self[code]


def _is_hostile(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") or (category == "Cf" and letter not in _KEPT_FORMATS)


_SPACES = _Spaces()


def one_line(text: str, limit: int | None = None) -> str:
    """Return the text without hostile characters, white space folded to single spaces, cut to `limit` characters."""
    if limit is not None:
        # Folding only shortens a text: what lies far beyond the limit need not be looked at, and may be megabytes.
        text = text[: limit * 8 + 1_000]
    folded = " ".join(_CONTROL_SEQUENCE.sub(" ", text).translate(_SPACES).split())
    return folded if limit is None or len(folded) <= limit else folded[: limit - 1].rstrip() + _ELLIPSIS


def encodable(text: str) -> str:
    """Return the text with lone surrogates replaced, so that it can be written as UTF-8; else verbatim."""
    return text.encode("utf-8", "replace").decode("utf-8")


def web_link(url: str | None) -> str | None:
    """Return the address if it is one that may be shown as a link: http or https, with a host, nothing hidden."""
    if not url or len(url) > 2_000 or any(letter.isspace() or _is_hostile(letter) for letter in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host else None
