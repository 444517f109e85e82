"""Rich Text Format 1.9: its words as a reader shows them, with what it hides, its notes, its pictures and its links."""

from __future__ import annotations

import re
from binascii import unhexlify
from dataclasses import dataclass, field, replace

from mailmerge.lint.extract.content import MOST_TEXT, Hidden, HiddenKind, Part
from mailmerge.lint.extract.obstacles import Obstacle, Opaque
from mailmerge.lint.extract.source import Source
from mailmerge.text.regex import regex

_TOKEN = regex(r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}]+)|\\", re.DOTALL)
_MOST_GROUPS = 2_000
_LETTERS = {
    "par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "tab": "\t", "cell": "\t", "nestcell": "\t",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOLS = {"~": " ", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}
_PARTS = {
    "annotation": Part.COMMENT, "atnauthor": Part.COMMENT, "atnid": Part.COMMENT,
    "header": Part.HEADER, "headerl": Part.HEADER, "headerr": Part.HEADER, "headerf": Part.HEADER,
    "footer": Part.HEADER, "footerl": Part.HEADER, "footerr": Part.HEADER, "footerf": Part.HEADER,
    "footnote": Part.NOTE, "fldinst": Part.LINK, "bkmkstart": Part.BOOKMARK, "info": Part.PROPERTIES,
    "author": Part.AUTHOR, "operator": Part.EDITOR, "company": Part.PROPERTIES, "manager": Part.PROPERTIES,
    "userprops": Part.PROPERTIES, "docvar": Part.PROPERTIES, "revtbl": Part.COMMENT, "fonttbl": Part.INTERNAL,
    "stylesheet": Part.INTERNAL, "colortbl": Part.INTERNAL, "datafield": Part.INTERNAL, "xmlopen": Part.INTERNAL,
    "sn": Part.ALTERNATIVE, "sv": Part.ALTERNATIVE, "mailmerge": Part.INTERNAL, "formfield": Part.FORM,
    "shptxt": Part.TEXT, "dptxbxtext": Part.TEXT,
}  # fmt: skip
"""By the control word that opens a group."""
_METADATA = {"author", "operator", "company", "manager"}
_CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}
_BINARY = {"pict", "objdata"}
_DATA = "datastore"
"""The data that a document is bound to, in octets of their own."""
_SHOWN = {"ud", "shppict", "nonshppict"}
"""What is shown although readers may leave it out: Unicode beside a code page, pictures."""
_USUAL_SIZE, _LARGEST_UNREAD = 24, 6
"""Half-points of letters: where nothing is said, and up to which nobody reads them."""
_COLOURS = regex(r"\{\\colortbl([^{}]{0,200000})\}")
_CHANNEL = regex(r"\\(?:red|green|blue)(\d{1,3})")
_SHADED = regex(r"\\(?:highlight|cb|chcbpat|clcbpat|cbpat|shading|chshdng|fillColor)[1-9]|\\(?:shp|trcbpat)")
"""What may put a colour behind words."""
_PALE = 0xF0


@dataclass(slots=True)
class _Group:
    """A group that is open: what its words are, and where they go."""

    part: Part = Part.TEXT
    words: list[str] = field(default_factory=list)
    name: str = ""
    skipped: int = 1
    """Characters that stand for one in Unicode, for readers that do not know it (\\uc)."""
    hidden: bool = False
    tiny: bool = False
    is_ignorable: bool = False
    """Whether readers that do not know the word that comes next leave the group out (\\*)."""
    colour: int = 0
    """Which of the table of colours; 0 is the usual one."""


def read_rtf(source: Source) -> None:
    """A document as Word or WordPad writes it."""
    text = source.octets[: 8 * MOST_TEXT].decode("latin-1")
    if len(source.octets) > 8 * MOST_TEXT:
        source.add(Part.BYTES, text[: MOST_TEXT + 1])
        return
    _Document(source).read(text)


class _Document:
    def __init__(self, source: Source):
        self._source = source
        self._code_page = "cp1252"
        self._octets = bytearray()
        """Characters in the document's code page that are not decoded yet; two may make one letter."""
        self._skip = 0
        self._texts: dict[Part, list[str]] = {}
        self._white: frozenset[int] = frozenset()
        """The colours of the document's table that nobody tells from white."""

    def read(self, text: str) -> None:
        self._white = _white_colours(text)
        stack = [_Group(words=self._texts.setdefault(Part.TEXT, []))]
        place = 0
        while found := _TOKEN.match(text, place):
            place = found.end()
            word, number, octet, symbol, brace, plain = found.groups()
            group = stack[-1]
            if octet is not None:
                self._one(group, octet=int(octet, 16))
                continue
            self._flush(group)
            if plain is not None:
                self._many(group, plain.replace("\r", "").replace("\n", ""))
            elif brace == "{":
                self._skip = 0
                if len(stack) > _MOST_GROUPS:
                    raise Opaque(Obstacle.DAMAGED)
                stack.append(replace(group, name="", is_ignorable=False))
            elif brace == "}":
                self._skip = 0
                self._close(group)
                if len(stack) > 1:
                    stack.pop()
            elif symbol == "*":
                group.is_ignorable = True
            elif symbol is not None:
                self._one(group, character=_SYMBOLS.get(symbol, ""))
            elif word == "bin":
                place += min(int(number or 0), len(text) - place) if int(number or 0) > 0 else 0
            elif word:
                self._control(group, word, number)
        for group in reversed(stack):
            self._flush(group)
            self._close(group)
        for part, words in self._texts.items():
            self._source.add(part, "".join(words))

    def _control(self, group: _Group, word: str, number: str | None) -> None:
        if word == "u" and number is not None:
            self._one(group, character=_character(int(number)))
            self._skip = group.skipped
        elif word == "uc":
            group.skipped = min(int(number or 1), 20)
        elif word == "ansicpg":
            self._set_code_page(f"cp{number}")
        elif word in _CODE_PAGES:
            self._set_code_page(_CODE_PAGES[word])
        elif word in _LETTERS:
            self._one(group, character=_LETTERS[word])
        elif word == "v":
            group.hidden = number != "0"
        elif word == "plain":
            group.hidden, group.tiny, group.colour = False, False, 0
        elif word == "fs":
            group.tiny = int(number or _USUAL_SIZE) <= _LARGEST_UNREAD
        elif word == "cf":
            group.colour = int(number or 0)
        elif word in ("deleted", "revised") and number != "0":
            self._source.content.hide(Hidden(HiddenKind.TRACKED_CHANGES))
        elif word == "mailmerge":
            self._source.content.hide(Hidden(HiddenKind.DATA_SOURCE))
            self._open(group, word)
        elif word in _PARTS or word in _BINARY or (group.is_ignorable and word not in _SHOWN):
            self._open(group, word)
        group.is_ignorable = False

    def _open(self, group: _Group, word: str) -> None:
        """A group whose words are not those of the text around it."""
        if word == "objdata":
            self._source.content.hide(Hidden(HiddenKind.EMBEDDED_OBJECT))
        elif word == "annotation":
            self._source.content.hide(Hidden(HiddenKind.COMMENTS))
        group.part = _PARTS.get(word, Part.INTERNAL)
        group.name = word
        group.words = []

    def _close(self, group: _Group) -> None:
        """Keep the words of a group that is not part of the text around it."""
        if not group.name:
            return
        text = "".join(group.words)
        if group.name in _BINARY:
            self._source.inside(_octets(text), "picture" if group.name == "pict" else "object.bin", Part.EMBEDDED)
        elif group.name == _DATA:
            self._source.add_raw(Part.INTERNAL, _octets(text))
        else:
            if group.name in _METADATA:
                self._source.content.metadata[group.name] = text.strip()
            self._texts.setdefault(group.part, []).append(f"{text}\n")
        group.name = ""

    def _set_code_page(self, name: str) -> None:
        try:
            "".encode(name)
        except LookupError:
            return
        self._code_page = name

    def _one(self, group: _Group, *, character: str = "", octet: int | None = None) -> None:
        if self._skip:
            self._skip -= 1
        elif octet is not None:
            self._octets.append(octet)
        else:
            self._many(group, character)

    def _many(self, group: _Group, text: str) -> None:
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        text = text[skipped:]
        if group.hidden and text.strip() and group.part is not Part.INTERNAL:
            self._source.content.hide(Hidden(HiddenKind.TEXT))
        if (group.tiny or group.colour in self._white) and group.part is Part.TEXT and any(map(str.isalnum, text)):
            self._source.content.hide(Hidden(HiddenKind.TINY_TEXT if group.tiny else HiddenKind.WHITE_TEXT))
        group.words.append(text)

    def _flush(self, group: _Group) -> None:
        if self._octets:
            octets, self._octets = bytes(self._octets), bytearray()
            self._many(group, octets.decode(self._code_page, "replace"))


def _octets(text: str) -> bytes:
    digits = re.sub(r"[^0-9a-fA-F]", "", text)
    return unhexlify(digits[: len(digits) // 2 * 2])


def _character(code: int) -> str:
    code %= 65_536
    return "" if 0xD800 <= code < 0xE000 else chr(code)


def _white_colours(text: str) -> frozenset[int]:
    """Which colours of a document nobody sees on its page; none where something may be behind its words."""
    table = _COLOURS.search(text)
    if table is None or _SHADED.search(text):
        return frozenset()
    colours = [[int(each) for each in _CHANNEL.findall(colour)] for colour in table[1].split(";")]
    return frozenset(at for at, colour in enumerate(colours) if len(colour) == 3 and min(colour) >= _PALE)
