"""What the HTML of a shape shows, hides, links to and loads; read once per shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from msgspec import Struct

from mailmerge.formats.html_walker import MARK_CLOSE, MARK_OPEN, HiddenBy, HtmlWalker, attributes_of
from mailmerge.lint.vocabulary import words
from mailmerge.model.patterns import Pattern
from mailmerge.text.regex import regex

MARK = regex(f"{MARK_OPEN}(\\d+){MARK_CLOSE}")
"""Where a value is in a skeleton, and which one."""
_WITHIN_WORDS = words(
    "a abbr b bdi bdo big cite code em font i ins kbd mark q s small span strike strong sub sup u wbr"
)
"""Elements that do not end a word."""
_COMMENT = regex(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)


class HiddenText(Struct, frozen=True):
    """Something in the letter that a reader does not see."""

    by: HiddenBy
    values: tuple[int, ...]
    """Indexes of the values in it."""
    text: str
    attribute: str = ""
    """The name of the attribute that holds it."""


class Link(Struct, frozen=True):
    """A link, with the marks of values in it."""

    target: str
    """As it is in the HTML, entities decoded."""
    text: str
    """What a reader sees of it, the words for its pictures too."""


class Markup(Struct, frozen=True):
    """The HTML of one shape."""

    hidden: tuple[HiddenText, ...] = ()
    shown: frozenset[int] = frozenset()
    """Values that a reader sees."""
    linked: frozenset[int] = frozenset()
    """Values in links, sources of images, and other attributes."""
    images: tuple[str, ...] = ()
    """Addresses of images that are loaded from elsewhere."""
    hosts: tuple[tuple[int, str], ...] = ()
    """Links whose host a value decides: index, and the link as the author wrote it."""
    links: tuple[Link, ...] = ()
    pictures: tuple[str, ...] = ()
    """Where pictures come from, with the marks of values."""
    anchors: frozenset[str] = frozenset()
    """Places of the message that a link can lead to."""


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
        links=tuple(dict.fromkeys(Link(target, "".join(text)) for target, text in reader.links)),
        pictures=tuple(dict.fromkeys(reader.pictures)),
        anchors=frozenset(reader.anchors),
    )


def filled(skeleton: str, values: Sequence[str]) -> str:
    """A text with a value for each mark."""
    return MARK.sub(lambda mark: values[int(mark[1])], skeleton) if MARK_OPEN in skeleton else skeleton


def marks_in(skeleton: str) -> tuple[int, ...]:
    """The indexes of the values in a text."""
    return tuple(int(found[1]) for found in MARK.finditer(skeleton))


def shown_text(html: str) -> str:
    """What a reader sees of the HTML of one message, entities decoded, and after it where its links lead."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.text) + " ".join(("", *reader.beside, *map(unquote, reader.beside)))


def _skeleton(pattern: Pattern) -> str:
    pieces = [pattern.constants[0]]
    for slot, constant in zip(pattern.slots, pattern.constants[1:], strict=True):
        pieces += (f"{MARK_OPEN}{slot.value}{MARK_CLOSE}", constant)
    return "".join(pieces)


def _comments(source: Pattern) -> list[HiddenText]:
    skeleton = _skeleton(source)
    if "<!--" not in skeleton:
        return []
    return [
        HiddenText(HiddenBy.COMMENT, marks_in(found[1]), _plain(found[1]))
        for found in _COMMENT.finditer(skeleton)
        if not found[1].lstrip().startswith("[if")
    ]


def _plain(text: str) -> str:
    return " ".join(MARK.sub("…", text).split())


class _Reader(HtmlWalker):
    def __init__(self) -> None:
        super().__init__()
        self.hidden: list[HiddenText] = []
        self.shown: set[int] = set()
        self.linked: set[int] = set()
        self.images: list[str] = []
        self.hosts: list[tuple[int, str]] = []
        self.text: list[str] = []
        """What is shown, piece by piece."""
        self.beside: list[str] = []
        """Where links lead, and what is said in place of a picture."""
        self.links: list[tuple[str, list[str]]] = []
        self.pictures: list[str] = []
        self.anchors: set[str] = set()
        self._link: list[str] | None = None
        """What the link that is open shows."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = attributes_of(attrs)
        hidden = self.enter(tag, attributes).hidden
        self._lead(tag, attributes)
        if tag not in _WITHIN_WORDS:
            self.text.append(" ")
        if not hidden:
            self.beside += [attributes[name] for name in ("href", "alt") if attributes.get(name)]
        for name, value in attributes.items():
            self._attribute(tag, name, value)

    def _lead(self, tag: str, attributes: dict[str, str]) -> None:
        self.anchors.update(filter(None, (attributes.get("id"), attributes.get("name"))))
        if tag == "a" and ("href" in attributes or not (attributes.get("id") or attributes.get("name"))):
            self._link = []
            self.links.append((attributes.get("href", "").strip(), self._link))
        elif tag == "img":
            self.pictures.append(attributes.get("src", "").strip())
            if self._link is not None:
                self._link.append(attributes.get("alt", ""))
        elif attributes.get("background"):
            self.pictures.append(attributes["background"].strip())

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._link = None
        if tag not in _WITHIN_WORDS:
            self.text.append(" ")
        self.leave(tag)

    def handle_data(self, data: str) -> None:
        around = self.around
        if around.tag in ("style", "script", "title"):
            return
        if self._link is not None:
            self._link.append(data)
        if not around.hidden:
            self.text.append(data)
            self.shown.update(marks_in(data))
        elif data.strip():
            self.hidden.append(HiddenText(around.hidden, marks_in(data), _plain(data)))

    def _attribute(self, tag: str, name: str, value: str) -> None:
        values = marks_in(value)
        self.linked.update(values)
        if values and (name in ("alt", "title", "aria-label") or name.startswith("data-")):
            self.hidden.append(HiddenText(HiddenBy.ATTRIBUTE, values, _plain(value), name))
        address = value.strip()
        if name in ("src", "background", "srcset") and re.match(r"(?:https?:)?//", address, re.IGNORECASE):
            self.images.append(_plain(address))
        if name == "href" and values:
            host = re.match(r"(?:https?://)?([^/?#]*)", address, re.IGNORECASE)
            if host and MARK.search(host[1]) and not address.casefold().startswith(("mailto:", "tel:")):
                self.hosts.append((values[0], _plain(address)))
