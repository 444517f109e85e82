"""What the HTML of a shape shows, hides, links to and loads; read once a shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from urllib.parse import unquote

from mailmerge.lint.vocabulary import words
from mailmerge.patterns import Pattern

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_VOID = words("area base br col embed hr img input link meta param source track wbr")
_WITHIN_WORDS = words(
    "a abbr b bdi bdo big cite code em font i ins kbd mark q s small span strike strong sub sup u wbr"
)
"""Elements that do not end a word."""
_HIDING = re.compile(
    r"display:none|visibility:hidden|visibility:collapse|opacity:0(?:\.0+)?(?:;|$)|font-size:0(?:px|pt|em|%)?(?:;|$)|"
    r"(?:^|;)(?:max-)?(?:height|width):0(?:px)?(?:;|$)|mso-hide:all|text-indent:-\d{3,}|(?:left|top):-\d{3,}|"
    r"clip:rect\(0|clip-path:inset\(50%|line-height:0(?:px)?(?:;|$)"
)
_COLOUR = re.compile(r"(?:^|;)color:([^;!]+)")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color|-image)?:([^;!]+)")
_WHITE = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)"})
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)


class HiddenBy(StrEnum):
    """What keeps a text of the letter from being seen."""

    COMMENT = "comment"
    STYLE = "style"
    """It is in an element that is not displayed."""
    COLOUR = "colour"
    """It has the colour of its background."""
    ATTRIBUTE = "attribute"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something in the letter that a reader does not see."""

    by: HiddenBy
    values: tuple[int, ...]
    """Indexes of the values in it."""
    text: str
    attribute: str = ""
    """The name of the attribute that holds it."""


@dataclass(frozen=True, slots=True)
class Markup:
    """The HTML of one shape."""

    hidden: tuple[Hidden, ...] = ()
    shown: frozenset[int] = frozenset()
    """Values that a reader sees."""
    linked: frozenset[int] = frozenset()
    """Values in links, sources of images, and other attributes."""
    images: tuple[str, ...] = ()
    """Addresses of images that are loaded from elsewhere."""
    hosts: tuple[tuple[int, str], ...] = ()
    """Links whose host a value decides: index, and the link as the author wrote it."""


def read_markup(html: Pattern | None, source: Pattern) -> Markup:
    """Read the HTML part; comments are looked for in the author's source, since no message carries them."""
    comments = tuple(_comments(source))
    if html is None:
        return Markup(hidden=comments if "<" in source.constants[0] else ())
    reader = _Reader()
    reader.feed(_skeleton(html))
    reader.close()
    return Markup(
        hidden=(*comments, *reader.hidden),
        shown=frozenset(reader.shown),
        linked=frozenset(reader.linked),
        images=tuple(dict.fromkeys(reader.images)),
        hosts=tuple(dict.fromkeys(reader.hosts)),
    )


def shown_text(html: str) -> str:
    """What a reader sees of the HTML of one message, entities decoded, and after it where its links lead."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.text) + " ".join(("", *reader.beside, *map(unquote, reader.beside)))


def _skeleton(pattern: Pattern) -> str:
    pieces = [pattern.constants[0]]
    for slot, constant in zip(pattern.slots, pattern.constants[1:], strict=True):
        pieces += (f"{_OPEN}{slot.value}{_CLOSE}", constant)
    return "".join(pieces)


def _comments(source: Pattern) -> list[Hidden]:
    skeleton = _skeleton(source)
    if "<!--" not in skeleton:
        return []
    return [
        Hidden(HiddenBy.COMMENT, _values(found[1]), _plain(found[1]))
        for found in _COMMENT.finditer(skeleton)
        if not found[1].lstrip().startswith("[if")
    ]


def _values(text: str) -> tuple[int, ...]:
    return tuple(int(found[1]) for found in _MARK.finditer(text))


def _plain(text: str) -> str:
    return " ".join(_MARK.sub("…", text).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden: list[Hidden] = []
        self.shown: set[int] = set()
        self.linked: set[int] = set()
        self.images: list[str] = []
        self.hosts: list[tuple[int, str]] = []
        self.text: list[str] = []
        """What is shown, piece by piece."""
        self.beside: list[str] = []
        """Where links lead, and what is said in place of a picture."""
        self._open: list[tuple[str, HiddenBy | None, bool]] = []
        """Elements around: tag, what hides it, whether some background is set."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        style = re.sub(r"\s+", "", attributes.get("style", "")).casefold()
        around = self._open[-1] if self._open else ("", None, False)
        background = around[2] or bool(_BACKGROUND.search(style)) or "bgcolor" in attributes
        hidden = around[1] or _hidden_by(style, attributes, background=background)
        if tag not in _VOID:
            self._open.append((tag, hidden, background))
        if tag not in _WITHIN_WORDS:
            self.text.append(" ")
        if not hidden:
            self.beside += [attributes[name] for name in ("href", "alt") if attributes.get(name)]
        for name, value in attributes.items():
            self._attribute(tag, name, value)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _WITHIN_WORDS:
            self.text.append(" ")
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        hidden = self._open[-1][1] if self._open else None
        if self._open and self._open[-1][0] in ("style", "script", "title"):
            return
        if not hidden:
            self.text.append(data)
            self.shown.update(_values(data))
        elif data.strip():
            self.hidden.append(Hidden(hidden, _values(data), _plain(data)))

    def _attribute(self, tag: str, name: str, value: str) -> None:
        values = _values(value)
        self.linked.update(values)
        if values and (name in ("alt", "title", "aria-label") or name.startswith("data-")):
            self.hidden.append(Hidden(HiddenBy.ATTRIBUTE, values, _plain(value), name))
        address = value.strip()
        if name in ("src", "background", "srcset") and re.match(r"(?:https?:)?//", address, re.IGNORECASE):
            self.images.append(_plain(address))
        if name == "href" and values:
            host = re.match(r"(?:https?://)?([^/?#]*)", address, re.IGNORECASE)
            if host and _MARK.search(host[1]) and not address.casefold().startswith(("mailto:", "tel:")):
                self.hosts.append((values[0], _plain(address)))


def _hidden_by(style: str, attributes: dict[str, str], *, background: bool) -> HiddenBy | None:
    if "hidden" in attributes or _HIDING.search(style):
        return HiddenBy.STYLE
    colour, behind = _COLOUR.search(style), _BACKGROUND.search(style)
    if colour and (behind[1] == colour[1] if behind else colour[1] in _WHITE and not background):
        return HiddenBy.COLOUR
    return None
