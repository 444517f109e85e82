"""HTML with a context in each placeholder: what a browser would read there decides how the value is escaped.

The HTML is read and written again, token by token: what comes out is unambiguous (attributes quoted, ``<`` and ``&`` of
text escaped), so that no value can complete a tag that the author left open. Comments are left out, and the style sheet
is written into the elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import unquote

from mailmerge.formats.html_walker import HtmlReader
from mailmerge.letter.markup.styles import StyleSheet
from mailmerge.letter.placeholders import PLACEHOLDER, with_context
from mailmerge.letter.reasons import UnsafeContext
from mailmerge.model.patterns import EscapeContext
from mailmerge.text.regex import regex

LINK_ATTRIBUTES = frozenset({"href", "src", "cite", "action", "background", "poster", "formaction", "longdesc"})
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "cid"})
_NEVER_WITHIN = frozenset({"script", "style", "meta", "base", "link", "object", "embed", "iframe", "frame", "applet"})
_NO_BREAK = frozenset(
    {"title", "textarea", "option", "select", "svg", "math", "xmp", "noembed", "noframes", "plaintext"}
)
"""Elements within which a ``<br>`` would be text, or would end them."""
_RAW = frozenset({"script", "style"})
_IGNORED_IN_SCHEME = regex(r"[\x00-\x20]")


FLUID = "max-width: 100%; height: auto"
"""The style of a picture that is no wider than the screen it is read on."""


def with_contexts(html: str, inline: Mapping[str, str], written: Callable[[str], str], *, fluid: bool = False) -> str:
    """The HTML skeleton with a context in each placeholder.

    ``inline`` maps an attachment's path, as the author wrote it, to the Content-ID by which an ``<img>`` shows it;
    ``written`` turns a skeleton into what the author wrote. With ``fluid`` pictures are never wider than the screen.

    Raises:
        UnsafeContext: a value is in a script, a style, an event handler, a tag's name, or a link of another scheme.
    """
    writer = _Writer(inline, written, StyleSheet(html), fluid=fluid)
    writer.feed(html)
    writer.close()
    return "".join(writer.pieces)


class _Writer(HtmlReader):
    def __init__(
        self, inline: Mapping[str, str], written: Callable[[str], str], sheet: StyleSheet, *, fluid: bool
    ) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._inline = inline
        self._written = written
        self._sheet = sheet
        self._fluid = fluid
        self._open = ""
        """The element that is not ordinary content, while inside one."""

    def handle_decl(self, decl: str) -> None:
        _refuse_placeholders(decl, "in-declaration")
        self.pieces.append(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._start(tag, attrs, ">")
        if not self._open and tag in _NO_BREAK | _RAW:
            self._open = tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._start(tag, attrs, " />")

    def handle_endtag(self, tag: str) -> None:
        _refuse_placeholders(tag, "in-tag-name")
        if tag == self._open:
            self._open = ""
        self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._open in _RAW:
            _refuse_placeholders(data, "in-element", name=self._open)
            self.pieces.append(data)
            return
        place = EscapeContext.ATTRIBUTE if self._open else EscapeContext.HTML
        self.pieces.append(PLACEHOLDER.sub(lambda found: with_context(found, place), escape(data, quote=False)))

    def _start(self, tag: str, attrs: list[tuple[str, str | None]], end: str) -> None:
        _refuse_placeholders(tag, "in-tag-name")
        self.pieces.append(f"<{tag}")
        style = self._sheet.style(tag, {name: value or "" for name, value in attrs})
        if self._fluid and tag == "img" and "max-width" not in style:
            style = "; ".join(filter(None, (FLUID, style)))
        if style:
            attrs = [*(pair for pair in attrs if pair[0] != "style"), ("style", style)]
        for name, value in attrs:
            _refuse_placeholders(name, "in-attribute-name")
            if value is None:
                self.pieces.append(f" {name}")
                continue
            self.pieces.append(f' {name}="{self._attribute(tag, name, value)}"')
        self.pieces.append(end)

    def _attribute(self, tag: str, name: str, value: str) -> str:
        if tag == "img" and name == "src":
            content_id = self._inline.get(file_key(self._written(value)))
            if content_id:
                return f"cid:{content_id}"
        if name.startswith("on") or name in ("style", "srcset", "srcdoc"):
            _refuse_placeholders(value, "in-attribute", name=name)
        if tag in _NEVER_WITHIN:
            _refuse_placeholders(value, "in-element", name=tag)
        if name in LINK_ATTRIBUTES or name.endswith(":href"):
            return place_in_link(escape(value))
        return PLACEHOLDER.sub(lambda found: with_context(found, EscapeContext.ATTRIBUTE), escape(value))


def place_in_link(link: str, *, text: bool = False) -> str:
    """A link's skeleton with a context in each placeholder; ``text`` for a link that is shown, not followed.

    Raises:
        UnsafeContext: the link is of a scheme in which a value could act (``javascript:``).
    """
    first = PLACEHOLDER.search(link)
    if first is None:
        return link
    before = _IGNORED_IN_SCHEME.sub("", link[: first.start()])
    scheme = re.match(r"[^/?#]*?(?=:)", before)
    if scheme and scheme[0].lower() not in _SCHEMES:
        raise UnsafeContext("in-link", int(first[1]), name=scheme[0])
    inner = EscapeContext.MAILTO if scheme and scheme[0].lower() == "mailto" else EscapeContext.URL
    whole = EscapeContext.VERBATIM if text else EscapeContext.LINK

    def place(found: re.Match[str]) -> str:
        return with_context(found, whole if not before and found.start() == first.start() else inner)

    return PLACEHOLDER.sub(place, link)


def file_key(path: str) -> str:
    """How an ``<img>`` and an ``Attachment:`` name the same file: percent-decoded, without ``./``."""
    return unquote(" ".join(path.split())).removeprefix("./")


def _refuse_placeholders(text: str, kind: str, **values: str) -> None:
    if found := PLACEHOLDER.search(text):
        raise UnsafeContext(kind, int(found[1]), **values)
