"""HTML -> plain text, in one pass over the text: safe with any nesting, since no tree is built. Pure."""

import html
import re
import unicodedata

#: Elements whose content is no text of the report.
_DROPPED = frozenset({"script", "style", "template", "noscript", "iframe", "svg", "head", "textarea", "select"})
#: Of these, the ones that swallow all that follows where their end is missing, as in browsers.
_SWALLOWING = frozenset({"script", "style"})
#: Elements that begin and end a paragraph.
_BLOCKS = re.compile(
    "address|article|aside|blockquote|br|d[dlt]|div|fieldset|figcaption|figure|footer|form|h[1-6r]|header|li|main|nav|ol|p"
    "|pre|section|table|tbody|t[dhr]|tfoot|thead|ul"
)
_TAG_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:-]{0,30}")
_QUOTE_OR_END = re.compile(r"""["'>]""")
#: Controls, soft hyphens, zero-width spaces, and marks that turn the direction of what follows (they hide text).
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\uffff]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\n\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_PARAGRAPH_ENDS = re.compile(r" ?\n[ \n]*")


def plain(text: str) -> str:
    """Return text without markup in its normal form: NFC letters, no controls, single spaces and line ends."""
    text = _LINE_ENDS.sub("\n", text)
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", _PARAGRAPH_ENDS.sub("\n", text).strip())


def one_line(text: str) -> str:
    """Return text without markup as one line, for titles and names."""
    return " ".join(plain(text).split())


def text_of(markup: str) -> str:
    """Return what a reader sees of HTML: no scripts or styles, entities decoded, each paragraph on its own line."""
    return plain(html.unescape("".join(_Scanner(markup).pieces())))


class _Scanner:
    """Goes through markup once, from left to right; each search for an end that fails is never repeated."""

    def __init__(self, markup: str) -> None:
        # Line ends of the source are mere space in HTML.
        self._text = re.sub(r"\s+", " ", markup)
        self._lower: str | None = None
        self._missing: set[str] = set()

    def pieces(self) -> list[str]:
        """Return the stretches of text; entities are still encoded."""
        found: list[str] = []
        here = 0
        while (start := self._text.find("<", here)) >= 0:
            found.append(self._text[here:start])
            here = self._after(start, found)
        found.append(self._text[here:])
        return found

    def _after(self, start: int, found: list[str]) -> int:
        """Return where text goes on after the "<" at `start`; add what the markup there means for the text."""
        if self._text.startswith("<!--", start):
            return self._past("-->", start + 4)
        if self._text.startswith("<![CDATA[", start):
            return start + 9
        if self._text.startswith(("<!", "<?"), start):
            return self._past(">", start + 2)
        closing = self._text.startswith("</", start)
        name = _TAG_NAME.match(self._text, start + 1 + closing)
        end = self._tag_end(name.end()) if name else -1
        if name is None or end < 0:
            found.append("&lt;")
            return start + 1
        tag = name[0].lower()
        if _BLOCKS.fullmatch(tag):
            found.append("\n")
        if tag in _DROPPED and not closing and self._text[end - 2] != "/":
            return self._past_element(tag, end)
        return end

    def _tag_end(self, here: int) -> int:
        """Return the index after the ">" that ends a tag, -1 where there is none; quoted values may hold a ">"."""
        first = self._find(">", here)
        at = here
        while first >= 0 and (mark := _QUOTE_OR_END.search(self._text, at)):
            if mark[0] == ">":
                return mark.end()
            quoted = self._text[mark.start() - 1] == "=" or self._text[mark.start() - 2 : mark.start()] == "= "
            close = self._find(mark[0], mark.end()) if quoted else mark.start()
            if close < 0:
                break
            at = close + 1
        return first + 1 if first >= 0 else -1

    def _past(self, end: str, here: int) -> int:
        """Return the index after the next `end`; all that follows is swallowed where there is none, as browsers do."""
        at = self._find(end, here)
        return len(self._text) if at < 0 else at + len(end)

    def _past_element(self, tag: str, here: int) -> int:
        if self._lower is None:
            self._lower = self._text.lower()
        if len(self._lower) != len(self._text):  # a few letters change their length in lower case
            self._lower = "".join(c.lower() if c.isascii() else c for c in self._text)
        at = self._lower.find(f"</{tag}", here) if f"</{tag}" not in self._missing else -1
        if at >= 0:
            return self._past(">", at)
        self._missing.add(f"</{tag}")
        return len(self._text) if tag in _SWALLOWING else here

    def _find(self, mark: str, here: int) -> int:
        """Return where `mark` stands next, or -1; what is missing once stays missing, so that searching is linear."""
        if mark in self._missing:
            return -1
        at = self._text.find(mark, here)
        if at < 0:
            self._missing.add(mark)
        return at
