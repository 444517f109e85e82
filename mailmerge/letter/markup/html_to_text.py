"""The text part of a letter written in Markdown or HTML: what a reader sees, laid out in lines that are not wrapped."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from mailmerge.formats.html_walker import HtmlReader
from mailmerge.letter.markup.escaping import place_in_link
from mailmerge.text.regex import regex

_BLOCKS = frozenset({
    "address", "article", "aside", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure",
    "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "main", "nav", "p",
    "section", "summary", "table", "tbody", "tfoot", "thead", "caption",
})  # fmt: skip
_SKIPPED = frozenset({"head", "script", "style", "template", "noscript"})
_SPACE = regex(r"[ \t\n\r\f]+")
_RULE = "-" * 20


def html_to_text(html: str, written: Callable[[str], str]) -> str:
    """The text of an HTML skeleton; placeholders stay, those in a link's URL with their context.

    Paragraphs and headings are set apart, list items begin with ``-`` or their number, a table gives one line per row,
    a quotation begins with ``>``, a link is ``label (URL)``.
    """
    reader = _Reader(written)
    reader.feed(html)
    reader.close()
    return reader.text()


@dataclass
class _List:
    """An open list."""

    number: int | None
    """Of its next item; None where items are not numbered."""
    started: bool = False


@dataclass
class _Prefix:
    """What comes before each line of a block: a list item's bullet once, then spaces; a quotation's sign always."""

    first: str
    rest: str

    def take(self) -> str:
        taken, self.first = self.first, self.rest
        return taken


class _Reader(HtmlReader):
    def __init__(self, written: Callable[[str], str]) -> None:
        super().__init__()
        self._written = written
        self._blocks: list[str] = []
        self._inline: list[str] = []
        self._prefixes: list[_Prefix] = []
        self._lists: list[_List] = []
        self._links: list[tuple[str, int]] = []
        self._gap = ""
        self._rows = 0
        self._skipped = 0
        self._verbatim = 0
        self._shown = False
        """Whether the block that is being read has text already."""

    def text(self) -> str:
        self._flush()
        return "".join(self._blocks) + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "body":
            self._skipped = 0
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag == "br":
            self._inline.append("\n")
        elif tag == "hr":
            self._flush()
            self._inline.append(_RULE)
            self._flush()
        elif tag == "img":
            self._inline.append(given.get("alt", ""))
            self._shown = self._shown or bool(given.get("alt", "").strip())
        elif tag == "a":
            self._links.append((given.get("href", ""), len(self._inline)))
        elif tag in ("td", "th"):
            if self._shown:
                self._inline.append(" | ")
        else:
            self._start_block(tag, given)

    def _start_block(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("ul", "ol"):
            self._flush()
            start = given.get("start", "1")
            self._lists.append(_List(None if tag == "ul" else int(start) if start.isdecimal() else 1))
        elif tag == "li":
            self._start_item()
        elif tag == "blockquote":
            self._flush()
            self._prefixes.append(_Prefix("> ", "> "))
        elif tag == "tr":
            self._flush()
            if self._rows:
                self._gap = "\n"
            self._rows += 1
        elif tag == "pre":
            self._flush()
            self._verbatim += 1
        elif tag in _BLOCKS:
            self._flush()
            if tag == "table":
                self._rows = 0

    def _start_item(self) -> None:
        self._flush()
        inside = self._lists[-1] if self._lists else _List(None)
        nested = len(self._lists) > 1
        bullet = "- "
        if inside.number is not None:
            bullet = f"{inside.number}. "
            inside.number += 1
        if nested or inside.started:
            self._gap = "\n"
        inside.started = True
        self._prefixes.append(_Prefix(bullet, " " * len(bullet)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif tag == "a" and self._links:
            self._end_link(*self._links.pop())
        elif tag in ("ul", "ol"):
            self._flush()
            if self._lists:
                self._lists.pop()
        elif tag in ("li", "blockquote"):
            self._flush()
            if self._prefixes:
                self._prefixes.pop()
        elif tag == "pre":
            self._flush()
            self._verbatim = max(0, self._verbatim - 1)
        elif tag in _BLOCKS or tag == "tr":
            self._flush()

    def _end_link(self, link: str, start: int) -> None:
        label = _SPACE.sub(" ", "".join(self._inline[start:])).strip()
        shown = link.strip().removeprefix("mailto:").removeprefix("tel:")
        if not shown or shown.startswith("#") or self._written(shown) == self._written(label):
            return
        url = place_in_link(link.strip(), text=True).removeprefix("mailto:").removeprefix("tel:")
        self._inline.append(f" ({url})" if label else url)
        self._shown = True

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._inline.append(data if self._verbatim else _SPACE.sub(" ", data))
            self._shown = self._shown or not data.isspace()

    def _flush(self) -> None:
        """End the block that is being read."""
        text = "".join(self._inline)
        self._inline.clear()
        self._shown = False
        if not self._verbatim:
            text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", text))
        text = text.strip("\n") if self._verbatim else text.strip(" \n")
        text = text.removesuffix(" |")
        if not text:
            return
        lines = ["".join(prefix.take() for prefix in self._prefixes) + line for line in text.split("\n")]
        self._blocks.append(self._gap + "\n".join(line.rstrip(" ") for line in lines))
        self._gap = "\n\n"
