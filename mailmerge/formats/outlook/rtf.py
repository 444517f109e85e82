"""Rich text as Outlook keeps it: HTML encapsulated in RTF (MS-OXRTFEX), or RTF that was formatted in Outlook itself."""

from __future__ import annotations

import html
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from mailmerge.formats.outlook.stored_message import codec_of
from mailmerge.text.regex import regex

_TOKEN = regex(r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\")
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
"""The encoding of the text in a font, by its ``\\fcharset``."""
_CHARACTERS = {
    "tab": "\t", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "endash": "–",
    "emdash": "—", "emspace": "\u2003", "enspace": "\u2002", "cell": "\t", "nestcell": "\t", "zwj": "\u200d",
    "zwnj": "\u200c",
}  # fmt: skip
_PARAGRAPHS = frozenset(["par", "row", "nestrow", "sect", "page"])
_SYMBOLS = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad", "\n": "", "\r": ""}
_APART = frozenset(
    [
        "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer",
        "footerl", "footerr", "footerf", "fldinst", "listtable", "listoverridetable", "generator", "themedata",
        "colorschememapping", "datastore", "xmlnstbl", "mhtmltag", "nonshppict", "template", "operator", "author",
        "title", "subject", "comment", "filetbl", "revtbl", "rsidtbl", "bkmkstart", "bkmkend", "annotation", "footnote",
    ]
)  # fmt: skip
"""Destinations whose text is not the text of the mail."""
_DEEPEST = 500


class _Into(StrEnum):
    TEXT = "text"
    TAG = "tag"
    """Markup of the HTML that is encapsulated."""
    FONTS = "fonts"
    NOWHERE = "nowhere"


class RichText(Struct, frozen=True):
    """What an RTF says."""

    text: str
    encapsulated: str = ""
    """The HTML that it was made of; ``""`` where it was not made of any."""
    formatted: str = ""
    """Its text as HTML, bold and italics kept; ``""`` where it was made of HTML or of plain text."""
    dropped: frozenset[str] = frozenset()
    """The destinations that were left out, such as ``pict`` and ``footnote``."""


class _State(Struct, frozen=True):
    into: _Into = _Into.TEXT
    suppressed: bool = False
    """Between ``\\htmlrtf`` and ``\\htmlrtf0``: for readers of RTF, not of the HTML."""
    fallback: int = 1
    """Characters after ``\\u`` that are there for readers without Unicode."""
    font: int = -1
    bold: bool = False
    italic: bool = False
    hidden: bool = False


def read_rtf(rtf: str) -> RichText:
    """The text of an RTF whose octets are the characters of a string; damage never raises, it ends in less text."""
    reader = _Reader(rtf)
    reader.read()
    return reader.rich()


class _Reader:
    def __init__(self, rtf: str):
        self._rtf = rtf
        self._state = _State()
        self._above: list[_State] = []
        self._too_deep = 0
        self._codec = "cp1252"
        self._fonts: dict[int, str] = {}
        self._octets = bytearray()
        self._skip = 0
        """Characters still to be skipped after ``\\u``."""
        self._starred = False
        self._from = ""
        self._high = 0
        self._text: list[str] = []
        self._tags: list[str] = []
        self._formatted: list[str] = []
        self._dropped: set[str] = set()

    def read(self) -> None:
        at, end = 0, len(self._rtf)
        while at < end and (found := _TOKEN.match(self._rtf, at)):
            at = found.end()
            word, number, octet, symbol, brace, text = found.groups()
            if octet is not None:
                self._octet(bytes.fromhex(octet))
            elif text is not None:
                self._octet(text.encode("latin-1", "replace"))
            elif symbol is not None:
                self._symbol(symbol)
            elif brace is not None:
                self._brace(brace)
            elif word is not None:
                at += max(0, int(number or 0)) if word == "bin" else 0
                self._word(word, int(number) if number else None)
        self._flush()

    def rich(self) -> RichText:
        text = "".join(self._text).strip("\n")
        if self._from == "html":
            return RichText(text, "".join(self._tags), "", frozenset(self._dropped))
        formatted = "" if self._from == "text" or not text.strip() else f"<p>{''.join(self._formatted)}</p>"
        return RichText(text, "", formatted, frozenset(self._dropped))

    # --- what the tokens mean ------------------------------------------------------------------------------------

    def _octet(self, octets: bytes) -> None:
        skipped, self._skip = min(self._skip, len(octets)), max(0, self._skip - len(octets))
        self._octets += octets[skipped:]
        self._starred = False

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif symbol in "\\{}":
            self._octet(symbol.encode())
        elif self._skip:
            self._skip -= 1
        elif symbol in ("\n", "\r"):
            self._paragraph()
        else:
            self._put(_SYMBOLS.get(symbol, ""))

    def _brace(self, brace: str) -> None:
        self._flush()
        self._skip, self._starred = 0, False
        if brace == "{":
            if len(self._above) < _DEEPEST:
                self._above.append(self._state)
            else:
                self._too_deep += 1
        elif self._too_deep:
            self._too_deep -= 1
        elif self._above:
            self._state = self._above.pop()

    def _word(self, word: str, number: int | None) -> None:
        if self._skip and word not in ("u", "uc"):
            self._skip -= 1
            return
        self._flush(keep_high=word in ("u", "uc"))
        starred, self._starred = self._starred, False
        on = number != 0
        match word:
            case "fonttbl":
                self._go(_Into.FONTS)
            case "htmltag":
                self._go(_Into.TAG)
            case _ if word in _APART or (starred and word not in ("fldrslt", "shppict")):
                self._dropped.add(word)
                self._go(_Into.NOWHERE)
            case "fromhtml" | "fromtext":
                self._from = word.removeprefix("from")
            case "ansicpg":
                self._codec = codec_of(number or 1252)
            case "mac":
                self._codec = "mac_roman"
            case "htmlrtf":
                self._state = replace(self._state, suppressed=on)
            case "uc":
                self._state = replace(self._state, fallback=min(max(number or 0, 0), 99))
            case "u":
                self._unicode(number or 0)
            case "f":
                self._state = replace(self._state, font=number or 0)
            case "fcharset" if self._state.into is _Into.FONTS:
                if number in _CHARSETS:
                    self._fonts[self._state.font] = _CHARSETS[number]
            case "plain":
                self._state = replace(self._state, bold=False, italic=False, hidden=False)
            case "b":
                self._state = replace(self._state, bold=on)
            case "i":
                self._state = replace(self._state, italic=on)
            case "v" | "deleted":
                self._state = replace(self._state, hidden=on)
            case "line":
                self._put("\n", "<br>")
            case _ if word in _PARAGRAPHS:
                self._paragraph()
            case _ if word in _CHARACTERS:
                self._put(_CHARACTERS[word])

    def _go(self, into: _Into) -> None:
        """Whatever is inside a destination that is left out, or inside a tag, stays where it is."""
        if self._state.into is _Into.TEXT:
            self._state = replace(self._state, into=into)

    def _unicode(self, number: int) -> None:
        unit = number % 65536
        self._skip = self._state.fallback
        if 0xD800 <= unit < 0xDC00:
            self._high = unit
        elif 0xDC00 <= unit < 0xE000:
            pair, self._high = self._high, 0
            if pair:
                self._put(chr(0x10000 + ((pair - 0xD800) << 10) + (unit - 0xDC00)))
        else:
            self._put(chr(unit) if unit else "")

    # --- what comes out ------------------------------------------------------------------------------------------

    def _flush(self, *, keep_high: bool = False) -> None:
        if not keep_high:
            self._high = 0
        if self._octets:
            octets, self._octets = bytes(self._octets), bytearray()
            into_tag = self._state.into is _Into.TAG
            codec = self._codec if into_tag else self._fonts.get(self._state.font, self._codec)
            self._write(octets.decode(codec, "replace"))

    def _put(self, text: str, markup: str | None = None) -> None:
        self._flush(keep_high=True)
        self._write(text, markup)

    def _paragraph(self) -> None:
        self._put("\n", "</p><p>")

    def _write(self, text: str, markup: str | None = None) -> None:
        state = self._state
        if state.into is _Into.TAG:
            self._tags.append(text)
        if state.into is not _Into.TEXT or state.suppressed or state.hidden:
            return
        self._text.append(text)
        shown = html.escape(text, quote=False)
        self._tags.append(shown)
        if markup is None and shown.strip():
            shown = f"<b>{shown}</b>" if state.bold else shown
            shown = f"<i>{shown}</i>" if state.italic else shown
        self._formatted.append(shown if markup is None else markup)
