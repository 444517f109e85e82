"""The one way that text from outside enters a widget: visible, and never read as markup.

Whatever comes from a table, a letter, a server or a path goes through here on its way to the screen. Nothing else in
``mailmerge.tui`` hands a bare ``str`` with such text to Textual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from string import Formatter
from typing import TypeAlias

from rich.cells import cell_len, set_cell_size
from textual.content import Content, Span
from textual.style import Style

from mailmerge.i18n import plural
from mailmerge.text.shown import cut, visible, visible_lines

StyleType: TypeAlias = Style | str
Piece: TypeAlias = str | tuple[str, StyleType]
"""Text, or text with its style."""

_WORTH_CUTTING = 20
"""Cells that must be left for a part of the right end to say something."""

_CHARACTERS_A_CELL = 8
"""Characters from which one cell of the screen may be made: a family of four, with its skin tones, takes two cells."""
_HALF = "\U0001f1e6"
"""Half a flag: what stands before it and is cut from it is whole."""

LONGEST = 40_000
"""Characters of one text that are laid out on screen; what is cut is said, and the source keeps it all."""


def line(*pieces: Piece) -> Content:
    """One line, whatever the pieces hold: line breaks in them show as ``⏎``."""
    return _assemble(pieces, visible)


def styled(template: str, **places: Piece) -> tuple[Piece, ...]:
    """A whole sentence with styled pieces in its places: ``styled(_("{key} checks it."), key=("c", KEY))``."""
    pieces: list[Piece] = []
    for text, name, _spec, _conversion in Formatter().parse(template):
        pieces += [text] if text else []
        pieces += [places[name]] if name else []
    return tuple(pieces)


def lines(*pieces: Piece) -> Content:
    """Text of several lines."""
    return _assemble(pieces, visible_lines)


@lru_cache(maxsize=16384)
def fit(text: str, width: int) -> str:
    """Exactly ``width`` cells of ``text``, safe to show: cut with an ellipsis, or filled with spaces."""
    if width <= 0:
        return ""
    shown = visible(cut(text, width * _CHARACTERS_A_CELL))
    if cell_len(shown) > width:
        shown = set_cell_size(shown, width - 1)
        whole = cut(shown + _HALF, len(shown))
        return set_cell_size(whole, width - 1) + "…"
    return set_cell_size(shown, width)


def spread(left: Content, right: Content, width: int) -> Content:
    """Two contents at the ends of one line; the right one is cut, or goes, where there is no room for both."""
    room = width - left.cell_length
    if right.cell_length + 1 > room:
        if room < _WORTH_CUTTING:
            return left.truncate(width, ellipsis=True)
        right = right.truncate(room - 2, ellipsis=True)
    return left + Content(" " * (room - right.cell_length)) + right


def _assemble(pieces: Iterable[Piece], clean: Callable[[str], str]) -> Content:
    text: list[str] = []
    spans: list[Span] = []
    position = 0
    for piece in pieces:
        raw, style = (piece, "") if isinstance(piece, str) else piece
        if len(raw) > LONGEST:
            more = len(raw) - LONGEST
            raw = raw[:LONGEST] + plural(more, "\n… {count} more character\n", "\n… {count} more characters\n")
        shown = clean(raw)
        if style and shown:
            spans.append(Span(position, position + len(shown), style))
        text.append(shown)
        position += len(shown)
    return Content("".join(text), spans)
