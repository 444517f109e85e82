"""The author's own words as a recipient reads them: without tags, escapes and emphasis, and each still with its place.

What is split by a tag (``{<b>{``), escaped (``\\{``) or written as code (``&#123;``) is whole here.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.lint.vocabulary import words
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from mailmerge.letter import ConstantText

VALUE = "\ufffc"
"""Stands for whatever the letter puts in between two texts of the author."""
ELEMENTS = words(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body "
    "br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em "
    "embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i "
    "iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee menu menuitem "
    "meta meter nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre "
    "progress q rb rp rt rtc ruby s samp script search section select slot small source span strike strong style sub "
    "summary sup svg math table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp"
)
"""The elements of HTML, those of its past too."""
_INLINE = words(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q s samp small span strike "
    "strong sub sup time tt u var wbr"
)
_ATTRIBUTE = r"""[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_UNSEEN = ("script", "style", "svg", "math", "title")
_CODE = ("code", "pre", "samp", "kbd")
_COMMENT, _ANY = "--", ">"
_CLOSED = regex(rf"</({'|'.join((*_UNSEEN, *_CODE))})\s*>|{_COMMENT}>", re.IGNORECASE)
"""What ends an element whose content is not read as it is written; a comment has no name."""
_SPAN = r"(?P<ticks>`{1,16})(?!`)(?P<quoted>(?:[^`\n]|\n(?!\n)|(?!(?P=ticks))`){1,5000}?)(?<!`)(?P=ticks)(?!`)"
_TAG = rf"<(?P<end>/?)(?P<tag>[A-Za-z][^\s<>/]*)(?P<attributes>(?:\s+{_ATTRIBUTE})*)\s*/?>"
_STRICT_TAG = (
    r"<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9-]*(?::[a-z]+)?)"
    r"""(?P<attributes>(?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*/?>"""
)
_CHARACTER = (
    r"(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)|\\(?P<escaped>[!-/:-@\[-`{-~])"
)
_EMPHASIS = r"(?P<emphasis>\*{1,3}(?!\|)(?<!\|\*)|~~|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w))"
_READ_AS = {
    "text": (_SPAN, _CHARACTER),
    "html": (_SPAN, _TAG, _CHARACTER),
    "markdown": (_SPAN, _STRICT_TAG, _CHARACTER, _EMPHASIS),
}
_VALUED = regex(r"""(?<![^\s"'<>/=])([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")


class Tag(Struct, frozen=True):
    """A tag that the author wrote."""

    name: str
    """In small letters."""
    ends: bool
    written: str
    line: int


@dataclass
class TextAsRead:
    """A text as it is read."""

    source: str
    text: str = ""
    code: list[tuple[int, int]] = field(default_factory=list)
    """Where it is set as code, from and to."""
    tags: list[Tag] = field(default_factory=list)
    attributes: list[TextAsRead] = field(default_factory=list)
    """The values of attributes, each by itself."""
    _lines: list[tuple[int, int]] = field(default_factory=list)
    """For places of the source from which on lines count anew, and the line of the file there."""
    _places: list[tuple[int, int]] = field(default_factory=list)
    """For places in the text, and where they are in the source; ascending."""

    def place(self, index: int) -> int:
        """Where in the source a place of the text is."""
        at = bisect_right(self._places, (index, len(self.source))) - 1
        if at < 0:
            return index
        start, origin = self._places[at]
        return origin + index - start

    def line(self, index: int) -> int:
        """The line of the letter's file."""
        return self.line_of_source(self.place(index))

    def line_of_source(self, place: int) -> int:
        """The line of the letter's file, by a place in the source."""
        at = bisect_right(self._lines, (place, 1 << 60)) - 1
        start, line = self._lines[at] if at >= 0 else (0, 1)
        return line + bisect_left(self._breaks, place) - bisect_left(self._breaks, start)

    @cached_property
    def _breaks(self) -> list[int]:
        """Where the lines of the source end: a letter may have a tag in each of them."""
        return [found.start() for found in re.finditer("\n", self.source)]

    def written(self, start: int, end: int) -> str:
        """What the author wrote for a part of the text."""
        last = self.place(end - 1)
        entity = re.match(r"&[#\w]+;", self.source[last:])
        return self.source[self.place(start) : last + (len(entity[0]) if entity else 1)]

    def in_code(self, index: int) -> bool:
        """Whether a place of the text is set as code."""
        return any(start <= index < end for start, end in self.code)


def readings_of(constants: Iterable[ConstantText], kind: str) -> list[TextAsRead]:
    """The author's words part by part, in the order of the file; literals of expressions each by themselves."""
    parts: dict[str, list[ConstantText]] = {}
    alone: list[tuple[str, list[ConstantText]]] = []
    for constant in constants:
        if constant.literal:
            alone.append((constant.part, [constant]))
        else:
            parts.setdefault(constant.part, []).append(constant)
    return [_read(texts, kind if part == "body" else "text") for part, texts in (*parts.items(), *alone)]


def _read(constants: list[ConstantText], kind: str) -> TextAsRead:
    lines: list[tuple[int, int]] = []
    pieces: list[str] = []
    size = 0
    for constant in constants:
        lines.append((size, constant.line))
        pieces.append(constant.text)
        size += len(constant.text) + len(VALUE)
    reading = TextAsRead(VALUE.join(pieces), _lines=lines)
    _scan(reading, kind)
    return reading


@cache
def _scanner(kind: str, closed: frozenset[str]) -> re.Pattern[str]:
    """What finds the next thing that does not read as it is written, where these are closed further on."""
    unseen, code = ("|".join(name for name in names if name in closed) for names in (_UNSEEN, _CODE))
    parts = [
        *([rf"<(?P<raw>{unseen})\b[^<>]*>.*?</(?P=raw)\s*>"] if unseen else []),
        *(["<!--.*?-->"] if _COMMENT in closed else []),
        *([r"<![^>]*>", r"<\?[^>]*>"] if _ANY in closed else []),
        *([rf"<(?P<code>{code})\b[^<>]*>(?P<inside>.*?)</(?P=code)\s*>"] if code else []),
        *_READ_AS[kind],
    ]
    return re.compile("|".join(parts), re.DOTALL | re.IGNORECASE)


def _found_in(source: str, kind: str) -> Iterator[re.Match[str]]:
    """What does not read as it is written, in its order.

    What is not closed any more is not looked for: each search for its end would go through all the rest.
    """
    last: dict[str, int] = {}
    if kind != "text":
        last = {(end[1] or _COMMENT).lower(): end.start() for end in _CLOSED.finditer(source)}
        if ">" in source:
            last[_ANY] = source.rfind(">")
    at = 0
    for until in (*sorted(set(last.values())), len(source)):
        scanner = _scanner(kind, frozenset(name for name, place in last.items() if place >= until))
        while at <= until and (found := scanner.search(source, at)) and found.start() <= until:
            yield found
            at = found.end()


def _scan(reading: TextAsRead, kind: str) -> None:
    source = reading.source
    pieces: list[str] = []
    size = 0

    def put(text: str, origin: int) -> None:
        nonlocal size
        if text:
            reading._places.append((size, origin))
            pieces.append(text)
            size += len(text)

    end = 0
    for found in _found_in(source, kind):
        put(source[end : found.start()], end)
        end = found.end()
        given = found.groupdict()
        if given.get("entity"):
            put(html.unescape(found[0])[:1], found.start())
        elif given.get("escaped"):
            put(given["escaped"], found.start() + 1)
        elif given.get("code") or given.get("ticks"):
            name = "inside" if given.get("code") else "quoted"
            reading.code.append((size, size + len(given[name])))
            put(given[name], found.start(name))
        elif given.get("tag"):
            _tag(reading, found)
            if given["tag"].lower() not in _INLINE and given["tag"].lower() in ELEMENTS:
                put("\n", found.start())
    put(source[end:], end)
    reading.text = "".join(pieces)


def _tag(reading: TextAsRead, found: re.Match[str]) -> None:
    line = reading.line_of_source(found.start())
    reading.tags.append(Tag(found["tag"].lower(), bool(found["end"]), found[0], line))
    for attribute in _VALUED.finditer(found["attributes"] or ""):
        name, value = attribute[1].lower(), attribute[2] or attribute[3] or attribute[4] or ""
        if value and name != "style" and name != "class" and not name.startswith("on"):
            inner = TextAsRead(value, _lines=[(0, line)])
            _scan(inner, "text")
            reading.attributes.append(inner)
