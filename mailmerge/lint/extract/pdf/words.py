"""The words of a page of a PDF, or of a form on it, in the order in which they are drawn (ISO 32000-2, 9.4).

What begins a line and what is a gap is judged as pypdf judges it, which takes several times as long for letters that
are set one by one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from mailmerge.lint.extract.content import MOST_TEXT
from mailmerge.lint.extract.pdf.contents import operations_of
from mailmerge.lint.extract.pdf.geometry import UNCHANGED, Matrix, times
from mailmerge.lint.extract.pdf.letters import Faces, FontFace
from mailmerge.lint.extract.pdf.operands import last_of, matrix_of, name_of
from mailmerge.lint.extract.pdf.rows import CELLS_APART, Cell, rows_of
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from pypdf import PageObject

_MAY_SHOW = regex(rb"T[jJ]|Do|['\"]")
_SAME_LINE = 0.8
"""The share of a letter's height up to which another is still on its line."""
_NEARLY = 0.95
_MOST_CELLS = 20_000
"""Cells of one page that are looked at."""
_UPRIGHT, _TURNED = 5, 4
"""Which number of a matrix tells the line: of letters that stand, and of those that lie."""


class PageText(NamedTuple):
    """What a page or a form shows."""

    text: str = ""
    rows: str = ""
    """The rows of its tables once more, with tabs between their cells."""


class PdfWords:
    """The words of one file; a font, and a form that several pages draw, is read once."""

    def __init__(self) -> None:
        self._faces = Faces()
        self._forms: dict[tuple[int, int], tuple[Any, Any, PageText]] = {}
        """By the form and its resources, which are kept with it."""

    def of_page(self, page: PageObject, drawn: bytes) -> PageText:
        """What a page shows; ``drawn`` is its contents."""
        resources = page.get_inherited("/Resources", None)
        return self._of(drawn, resources.get_object()) if resources is not None else PageText()

    def of_form(self, form: Any, around: Any = None) -> PageText:
        """What a form shows; ``around`` are the resources of what draws it, for one that has none."""
        resources = form.get("/Resources", around)
        resources = resources.get_object() if resources is not None else {}
        key = id(form), id(resources)
        if key not in self._forms:
            self._forms[key] = form, resources, PageText()  # while it is read: it may draw itself
            self._forms[key] = form, resources, self._of(form.get_data(), resources)
        return self._forms[key][2]

    def _of(self, drawn: bytes, resources: Any) -> PageText:
        if not _MAY_SHOW.search(drawn) or not isinstance(resources, dict):
            return PageText()
        fonts: Any = {}
        drawable: Any = {}
        with suppress(Exception):
            fonts = resources["/Font"].get_object()
        with suppress(Exception):
            drawable = resources["/XObject"].get_object()

        def form_of(name: str) -> PageText:
            try:
                form = drawable[name].get_object()
                return self.of_form(form, resources) if form["/Subtype"] != "/Image" else PageText()
            except RecursionError:
                raise
            except Exception:  # noqa: BLE001  (a broken form breaks its reader in any way, and hides no other)
                return PageText()

        writing = _Writing(self._faces.unnamed, lambda name: self._faces.named(fonts, name), form_of)
        for operator, operands in operations_of(drawn):
            _ACTS[operator](writing, operands)
            if writing.size > MOST_TEXT:
                break
        return writing.written()


class _State(NamedTuple):
    """What is kept and restored."""

    matrix: Matrix
    face: FontFace
    font_size: float
    spacing: float
    leading: float


class _Writing:
    """Letters are put where they are drawn; what is between them says where a line and where a word ends."""

    def __init__(self, face: FontFace, named: Callable[[str], FontFace], form: Callable[[str], PageText]) -> None:
        self._named, self._form = named, form
        self._done: list[str] = []
        self._text = ""
        self._last_done = ""
        self.size = 0
        """Characters that are done."""
        self._saved: list[_State] = []
        self._matrix = self._line = self._at = UNCHANGED
        self._is_placed = True
        """Whether ``_at`` is where the next letters are."""
        self._advance = 0.0
        """How far letters have led that were set since the last move."""
        self._across = self._up = 1.0
        """How much larger letters are that were last placed."""
        self._face, self._font_size = face, 12.0
        self._half_space, self._earlier_space = 500.0, math.inf
        self._spacing = self._leading = self._width = self._height = 0.0
        self._is_leftward = False
        self._span: tuple[int, float, float] | None = None
        """Which number tells the line, and between what it is on this one."""
        self._inner_rows: list[str] = []
        """Those of the forms."""
        self._cells: list[Cell] = []

    def written(self) -> PageText:
        """All of it."""
        self._end_piece()
        text = "".join(self._done)
        self._end_cell()
        for cell, following in zip_longest(self._cells, self._cells[1:]):
            end = len(text) if following is None else following.start
            cell.text = text[cell.start : end].strip().partition("\n")[0]
        return PageText(text, "\n".join(filter(None, (rows_of(self._cells), *self._inner_rows))))

    def _put(self, text: str) -> None:
        if text:
            self._done.append(text)
            self._last_done = text[-1]
            self.size += len(text)

    def _end_piece(self) -> None:
        self._put(self._text)
        self._text = ""

    def begin_text(self, _operands: list[Any]) -> None:
        self._line, self._is_placed = UNCHANGED, False
        self._end_piece()

    def end_text(self, _operands: list[Any]) -> None:
        self._end_piece()

    def save(self, _operands: list[Any]) -> None:
        self._saved.append(_State(self._matrix, self._face, self._font_size, self._spacing, self._leading))

    def restore(self, _operands: list[Any]) -> None:
        self._is_placed = False
        if self._saved:
            self._matrix, self._face, self._font_size, self._spacing, self._leading = self._saved.pop()
        else:
            self._matrix = UNCHANGED

    def transform(self, operands: list[Any]) -> None:
        self._end_piece()
        given = matrix_of(operands)
        self._matrix = times(given, self._matrix) if given else UNCHANGED
        self._is_placed = False

    def set_spacing(self, operands: list[Any]) -> None:
        self._spacing = last_of(operands)[0]

    def set_leading(self, operands: list[Any]) -> None:
        self._leading = last_of(operands)[0]

    def set_font(self, operands: list[Any]) -> None:
        if self._text:
            self._earlier_space = self._font_size * self._half_space
            self._end_piece()
        self._face = self._named(name_of(operands))
        self._half_space = self._face.half_space
        if operands and isinstance(operands[-1], float):
            self._font_size = operands[-1]

    def move(self, operands: list[Any]) -> None:
        x, y = last_of(operands, 2)
        a, b, c, d, e, f = self._line
        self._place((a, b, c, d, e + x * a + y * c, f + x * b + y * d))

    def move_leading(self, operands: list[Any]) -> None:
        self._leading = -last_of(operands)[0]
        self.move(operands)

    def set_line(self, operands: list[Any]) -> None:
        self._place(matrix_of(operands) or UNCHANGED)

    def next_line(self, _operands: list[Any]) -> None:
        a, b, c, d, e, f = self._line
        self._place((a, b, c, d, e - self._leading * c, f - self._leading * d))

    def show_on_next(self, operands: list[Any]) -> None:
        self.next_line(operands)
        self.show(operands)

    def show_spaced(self, operands: list[Any]) -> None:
        self._spacing = last_of(operands)[0]
        self.show_on_next(operands)

    def show(self, operands: list[Any]) -> None:
        for each in operands:  # more than one by a slip, of which readers show either
            if isinstance(each, bytes):
                self._show(each)
                self._settle(0.0)

    def show_several(self, operands: list[Any]) -> None:
        """Strings, and how much further to the left than usual each goes on."""
        wide = self._half_space * _NEARLY
        for each in chain.from_iterable(array for array in operands if isinstance(array, list)):
            if isinstance(each, bytes):
                self._show(each)
                self._settle(0.0)
            elif isinstance(each, float):
                self._width -= each * self._font_size
                if -each >= wide and self._last() not in ("", " ", "\n"):
                    self._text += " "
                    self._height, self._earlier_space = self._font_size, math.inf
                    self._settle(0.0)
                if -each > 1000 * CELLS_APART and self._span is not None:
                    self._begin_cell(self._span[0], self._width / 1000 * self._across)

    def draw(self, operands: list[Any]) -> None:
        self._end_piece()
        if self._last_done not in ("", "\n"):
            self._put("\n")
        inner = self._form(name_of(operands))
        self._put(inner.text)
        self._inner_rows.append(inner.rows)

    def _last(self) -> str:
        return self._text[-1:] or self._last_done

    def _show(self, string: bytes) -> None:
        self._earlier_space = math.inf
        run = self._face.read(string)
        if run.is_leftward or self._is_leftward:
            self._show_leftward(string)
        else:
            self._text += run.text
        self._width += run.width * self._font_size + 1000 * self._spacing * run.letters
        self._height = self._font_size

    def _show_leftward(self, string: bytes) -> None:
        """Words from right to left come to stand as they are read."""
        from pypdf._text_extraction import get_display_str

        face, matrix = self._face, [*UNCHANGED]
        letters = face.letters_of(string)
        self._text, self._is_leftward, done = get_display_str(
            self._text, matrix, matrix, None, face.font, letters, self._font_size, self._is_leftward, None
        )
        self._put(done)

    def _begin_cell(self, way: int, further: float = 0.0) -> None:
        """Begin a cell where letters come next, or so much further along their line."""
        self._end_cell()
        if len(self._cells) < _MOST_CELLS:
            begin, height = self._at[9 - way] + further, abs(self._font_size * self._up)
            if self._at[5 - way] < 0:  # they go to the left, or down the page
                begin = further - self._at[9 - way]
            self._cells.append(Cell(way, self._at[way], begin, begin, height, self._written_size()))

    def _end_cell(self) -> None:
        if self._cells:
            self._cells[-1].end += self._advance
        self._advance = 0.0

    def _written_size(self) -> int:
        return self.size + len(self._text)

    def _place(self, line: Matrix) -> None:
        self._line, self._is_placed = line, False
        width, self._width = self._width / 1000, 0.0
        self._settle(width)

    def _settle(self, width: float) -> None:
        """Judge what is between letters and those that come, or have come just now: a line, a word, or nothing."""
        if self._is_placed and self._span is not None and self._font_size > 0 < self._half_space:
            if self._across and self._last() in ("", "\n"):
                self._span = self._span[0], self._at[self._span[0]], self._at[self._span[0]]
            if self._across:
                return
        at, before = times(self._line, self._matrix), self._at
        self._at, self._is_placed = at, True
        way = _UPRIGHT if abs(at[3]) > 1e-6 else _TURNED
        is_scaled = at[:4] != before[:4]
        up = math.hypot(at[2], at[3]) if is_scaled else self._up
        limit = _SAME_LINE * min(self._height * self._up, self._font_size * up)
        self._advance += width * self._across
        off = at[way] - before[way]
        place = at[way]
        if self._span is None or self._span[0] != way:
            distance = abs(off)
        else:
            distance = max(0.0, self._span[1] - place, place - self._span[2])
        last = self._last()
        if distance > limit:
            if last not in ("", "\n"):
                self._text += "\n"
                self._end_piece()
            self._span = way, place, place
            self._begin_cell(way)
        else:
            space = min(self._font_size * self._half_space, self._earlier_space) / 1000
            moved = at[9 - way] - before[9 - way]
            is_apart = abs(off) > limit or moved >= (space + width) * self._across
            if is_apart and last not in ("", " "):
                self._text += " "
            ahead = -moved if at[5 - way] < 0 else moved
            if ahead < 0 or ahead - self._advance > self._height * self._up * CELLS_APART:
                self._begin_cell(way)
            elif ahead and self._cells:
                self._cells[-1].end += ahead
                self._advance = 0.0
            if last in ("", "\n") or self._span is None or self._span[0] != way:
                self._span = way, place, place
            else:
                self._span = way, min(self._span[1], place), max(self._span[2], place)
        if is_scaled:
            self._across, self._up = math.hypot(at[0], at[1]), up


_ACTS: dict[bytes, Callable[[_Writing, list[Any]], None]] = {
    b"BT": _Writing.begin_text, b"ET": _Writing.end_text, b"q": _Writing.save, b"Q": _Writing.restore,
    b"cm": _Writing.transform, b"Tc": _Writing.set_spacing, b"TL": _Writing.set_leading, b"Tf": _Writing.set_font,
    b"Td": _Writing.move, b"TD": _Writing.move_leading, b"Tm": _Writing.set_line, b"T*": _Writing.next_line,
    b"'": _Writing.show_on_next, b'"': _Writing.show_spaced, b"Tj": _Writing.show, b"TJ": _Writing.show_several,
    b"Do": _Writing.draw,
}  # fmt: skip
