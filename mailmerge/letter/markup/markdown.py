"""Markdown to HTML, for skeletons: CommonMark with tables, strike-through and bare addresses as links.

Line breaks are kept as in a letter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mailmerge.i18n import number
from mailmerge.letter.markup.links import link_addresses
from mailmerge.letter.placeholders import PLACEHOLDER
from mailmerge.letter.reasons import LimitExceeded

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

MOST_COLUMNS = 100
MOST_CELLS = 20_000
"""What a table in a letter may have."""
MOST_REFERENCES = 1000
"""Definitions of links (``[1]: https://x.example``) one below the other: the time for them grows with their square."""


_CELL = "padding: 4px 8px; border: 1px solid #999999"
_DRAWN = {"table_open": "border-collapse: collapse", "th_open": _CELL, "td_open": _CELL}
"""The style of a table: a mail program draws none by itself, and a number would touch the next column."""


@lru_cache(maxsize=1)
def _converter() -> MarkdownIt:
    import mdurl
    from markdown_it import MarkdownIt

    class LetterMarkdown(MarkdownIt):
        """CommonMark that leaves the placeholders in links as they are: the value is encoded when it is put in."""

        def normalizeLink(self, url: str) -> str:  # noqa: N802  (the library's name)
            """The percent-encoded URL."""
            if not PLACEHOLDER.search(url):
                return super().normalizeLink(url)
            pieces: list[str] = []
            end = 0
            for found in PLACEHOLDER.finditer(url):
                pieces += [mdurl.encode(url[end : found.start()]), found[0]]
                end = found.end()
            return "".join([*pieces, mdurl.encode(url[end:])])

        def normalizeLinkText(self, link: str) -> str:  # noqa: N802  (the library's name)
            """The URL of an autolink as text."""
            return link if PLACEHOLDER.search(link) else super().normalizeLinkText(link)

    options = {"html": True, "breaks": True, "linkify": False, "typographer": False}
    converter = LetterMarkdown("commonmark", options).enable(["table", "strikethrough"])
    link_addresses(converter)
    converter.block.ruler.at("reference", _few_references)
    converter.block.ruler.at("table", _small_table, {"alt": ["paragraph", "reference"]})
    converter.core.ruler.push("drawn_tables", _drawn_tables)
    return converter


def _small_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table, which is filled up to its first row's width: few characters could ask for millions of cells.

    Raises:
        LimitExceeded: it would have too many.
    """
    from markdown_it.rules_block.table import table

    if start + 2 <= end:
        columns = state.src.count("|", state.bMarks[start], state.eMarks[start])
        ruled = not state.src[state.bMarks[start + 1] : state.eMarks[start + 1]].strip("|-: \t>")
        if columns and ruled and (columns > MOST_COLUMNS or columns * _height(state, start, end) > MOST_CELLS):
            raise LimitExceeded("table-too-large", columns=MOST_COLUMNS, cells=number(MOST_CELLS))
    return bool(table(state, start, end, silent))


def _height(state: StateBlock, start: int, end: int) -> int:
    """How many lines a table that begins here has; of those that are too many, as many as make it too large."""
    below = range(start + 2, min(end, start + MOST_CELLS + 1))
    return next((line for line in below if state.isEmpty(line)), below.stop) - start


def _drawn_tables(state: StateCore) -> None:
    """Give each table of Markdown its lines; one that is written in HTML has those of its author."""
    for token in state.tokens:
        if style := _DRAWN.get(token.type):
            own = str(token.attrGet("style") or "").replace(":", ": ")
            token.attrSet("style", "; ".join(filter(None, (style, own))))


def _few_references(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A definition of a link, unless too many follow each other.

    Raises:
        LimitExceeded: they do.
    """
    from markdown_it.rules_block.reference import reference

    last = start + MOST_REFERENCES
    if last < end and all(state.src.startswith("[", state.bMarks[n] + state.tShift[n]) for n in range(start, last + 1)):
        raise LimitExceeded("too-many-references", most=number(MOST_REFERENCES))
    return bool(reference(state, start, end, silent))


def markdown_to_html(skeleton: str) -> str:
    """The HTML fragment of a Markdown skeleton. A line break stays one: letters end in signatures.

    Raises:
        LimitExceeded: a table is too large, or too many definitions of links follow each other.
    """
    html: str = _converter().render(skeleton)
    return html
