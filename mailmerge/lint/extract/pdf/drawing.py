"""What a page of a PDF draws, in its order: letters with their place, colour and size, and the areas around them.

Only as far as it says whether letters can be seen (ISO 32000-2, clauses 8 and 9): no glyph is drawn, no width measured.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from mailmerge.lint.extract.pdf.geometry import (
    UNCHANGED,
    Box,
    Matrix,
    Point,
    around,
    is_turned,
    placed,
    times,
    within,
)
from mailmerge.lint.extract.pdf.operands import colour_of, last_of, letters_in, matrix_of, name_of, numbers_of
from mailmerge.lint.extract.pdf.painted import Colour, Drawable, DrawnLetters, Painted, Resources
from mailmerge.lint.extract.pdf.path import Path
from mailmerge.lint.extract.pdf.spelt import Spelt
from mailmerge.lint.extract.pdf.strings import LITERAL
from mailmerge.text.regex import regex

BLACK: Colour = (0.0, 0.0, 0.0)
_TOKEN = regex(
    rb"(?P<string>" + LITERAL + rb"|<[0-9A-Fa-f\s]*>)"
    rb"|(?P<name>/[^\s()<>\[\]{}/%]*)"
    rb"|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))"
    rb"|(?P<operator>[A-Za-z'\"][A-Za-z0-9*]*)"
    rb"|%[^\r\n]*",
    re.DOTALL,
)
_STRING, _NAME, _NUMBER, _OPERATOR = 1, 2, 3, 4
"""The groups of a token."""
_INLINE_IMAGE_ENDS = regex(rb"\sEI(?=\s|\Z)")
_MOST_OPERANDS = 2000
_DEEPEST = 12
"""Forms within forms."""
_OPAQUE = 0.95
_HEIGHTS = (0.1, 0.5)
"""Heights of letters, of their size, between which nobody reads what is covered."""
_THICK = 4.0
"""Points of a line from which on it may cover words."""


@dataclass
class _State:
    matrix: Matrix = UNCHANGED
    colour: Colour | None = BLACK
    space: str = "gray"
    line_colour: Colour | None = BLACK
    line_space: str = "gray"
    width: float = 1.0
    dashed: bool = False
    opacity: float = 1.0
    group_opacity: float = 1.0
    """That of the groups in which it is drawn."""
    clip: Box | None = None
    clip_is_exact: bool = True
    size: float = 0.0
    mode: int = 0

    @property
    def seen_opacity(self) -> float:
        """How much of what is drawn is seen."""
        return self.opacity * self.group_opacity


class Pinned(NamedTuple):
    """What an annotation shows: a form that is fitted into its box, or a shape of one colour."""

    box: Box
    form: Drawable | None = None
    bounds: tuple[float, ...] = ()
    colour: tuple[float, ...] = ()
    is_round: bool = False


@dataclass
class Drawing:
    """One page, drawn."""

    left: int
    """Octets of drawing that may still be followed."""
    painted: list[Painted] = field(default_factory=list)
    shown: list[DrawnLetters] = field(default_factory=list)
    whole: bool = True
    """Whether all of it was followed."""

    def draw(self, octets: bytes, resources: Resources) -> None:
        """Draw a page."""
        self.follow(octets, resources, _State(), 0)

    def pin(self, pinned: Pinned) -> None:
        """Draw what an annotation shows above a page (12.5.5)."""
        form = pinned.form
        if form is None:
            colour = colour_of({1: "gray", 3: "rgb", 4: "cmyk"}.get(len(pinned.colour), ""), pinned.colour)
            path = Path()
            path.add_ellipse(pinned.box)
            shape = path if pinned.is_round else None
            self.painted.append(Painted(pinned.box, colour, covers=colour is not None, path=shape))
            return
        left, bottom, right, top = pinned.bounds
        around_form = around([placed(form.matrix, x, y) for x in (left, right) for y in (bottom, top)])
        state = _State(matrix=times(form.matrix, _fitted(around_form, pinned.box)))
        self.follow(form.octets, form.resources or Resources.none(), state, 0)

    def follow(self, octets: bytes, resources: Resources, state: _State, depth: int) -> None:
        """Draw with what was set before."""
        self.left -= len(octets)
        if self.left < 0 or depth > _DEEPEST:
            self.whole = False
        else:
            _Pen(self, resources, state, depth).draw(octets)


class _Painting(NamedTuple):
    """What is made of a path."""

    fills: bool = False
    strokes: bool = False
    by_parity: bool = False
    closes: bool = False


class _Pen:
    def __init__(self, drawing: Drawing, resources: Resources, state: _State, depth: int):
        self._drawing, self._resources, self._depth = drawing, resources, depth
        self._state = state
        self._saved: list[_State] = []
        self._line: Matrix = UNCHANGED
        """Where the line of text begins."""
        self._leading = 0.0
        self._path = Path()
        self._clips = False
        self._layers: list[bool] = []
        self._spelt = Spelt(drawing.shown)

    def draw(self, octets: bytes) -> None:
        at: int | None = 0
        while at is not None:
            at = self._draw_from(octets, at)
        self._spelt.end()

    def _draw_from(self, octets: bytes, at: int) -> int | None:
        """Draw up to a picture that is written in between; where to go on after it, None at the end."""
        operands: list[object] = []
        for found in _TOKEN.finditer(octets, at):
            kind = found.lastindex
            if kind == _NUMBER:
                operands.append(float(found[0]))
            elif kind == _OPERATOR:
                operator = found[0]
                if operator == b"ID":
                    self._paint_unit(covers=True)
                    end = _INLINE_IMAGE_ENDS.search(octets, found.end())
                    return None if end is None else end.end()
                act = _OPERATORS.get(operator)
                if act is not None:
                    act(self, operands)
                operands = []
            elif kind == _STRING:
                operands.append(found[0])
                if len(operands) > _MOST_OPERANDS:
                    del operands[:-6]
            elif kind == _NAME:
                operands.append(found[0].decode("latin-1"))
        return None

    def save(self, _operands: list[object]) -> None:
        self._saved.append(_State(**vars(self._state)))

    def restore(self, _operands: list[object]) -> None:
        if self._saved:
            self._state = self._saved.pop()

    def transform(self, operands: list[object]) -> None:
        if (given := matrix_of(operands)) is not None:
            self._state.matrix = times(given, self._state.matrix)

    def set_graphics(self, operands: list[object]) -> None:
        opacity = self._resources.opacity(name_of(operands))
        if opacity is not None:
            self._state.opacity = opacity

    def set_space(self, operands: list[object]) -> None:
        self._state.space, self._state.colour = self._space(operands)

    def set_line_space(self, operands: list[object]) -> None:
        self._state.line_space, self._state.line_colour = self._space(operands)

    def _space(self, operands: list[object]) -> tuple[str, Colour | None]:
        """A colour space, and the colour that it begins with."""
        name = name_of(operands)
        space = _DEVICE.get(name) or self._resources.colours(name)
        return space, BLACK if space else None

    def set_colour(self, operands: list[object]) -> None:
        self._state.colour = colour_of(self._state.space, numbers_of(operands))

    def set_line_colour(self, operands: list[object]) -> None:
        self._state.line_colour = colour_of(self._state.line_space, numbers_of(operands))

    def set_device(self, space: str, operands: list[object]) -> None:
        self._state.space = space
        self._state.colour = colour_of(space, numbers_of(operands))

    def set_line_device(self, space: str, operands: list[object]) -> None:
        self._state.line_space = space
        self._state.line_colour = colour_of(space, numbers_of(operands))

    def set_width(self, operands: list[object]) -> None:
        self._state.width = last_of(operands)[0]

    def set_dashes(self, operands: list[object]) -> None:
        self._state.dashed = len(numbers_of(operands)) > 1

    def rectangle(self, operands: list[object]) -> None:
        x, y, width, height = last_of(operands, 4)
        self._path.add_rectangle(self._state.matrix, x, y, width, height)

    def begin_part(self, operands: list[object]) -> None:
        self._path.begin(self._place(last_of(operands, 2)))

    def go(self, operands: list[object]) -> None:
        self._path.go(self._place(last_of(operands, 2)))

    def bend(self, operands: list[object]) -> None:
        x1, y1, x2, y2, x3, y3 = last_of(operands, 6)
        self._path.bend(*map(self._place, ((x1, y1), (x2, y2), (x3, y3))))

    def bend_from_here(self, operands: list[object]) -> None:
        x2, y2, x3, y3 = last_of(operands, 4)
        bends = self._place((x2, y2))
        here = self._path.points[-1] if self._path.points else bends
        self._path.bend(here, bends, self._place((x3, y3)))

    def bend_to_end(self, operands: list[object]) -> None:
        x1, y1, x3, y3 = last_of(operands, 4)
        end = self._place((x3, y3))
        self._path.bend(self._place((x1, y1)), end, end)

    def _place(self, point: Sequence[float]) -> Point:
        return placed(self._state.matrix, point[0], point[1])

    def close(self, _operands: list[object]) -> None:
        self._path.close()

    def clip(self, _operands: list[object]) -> None:
        self._clips = True

    def end_path(self, _operands: list[object]) -> None:
        state = self._state
        if self._clips and (points := self._path.points):
            box = around(points)
            state.clip = box if state.clip is None else within(box, state.clip)
            state.clip_is_exact = state.clip_is_exact and self._path.is_one_rectangle()
        self._path, self._clips = Path(), False

    def paint(self, operands: list[object], how: _Painting) -> None:
        """Fill the path, draw a line along it, or both."""
        if how.closes:
            self._path.close()
        path = self._path
        if how.fills and path.points:
            shape = None if path.is_one_rectangle() else path
            self._paint(
                Painted(around(path.points), self._state.colour, covers=True, path=shape, by_parity=how.by_parity)
            )
        width = self._state.width * _scale(self._state.matrix)
        if how.strokes and width >= _THICK and not self._state.dashed and path.is_followed:
            strip = path.strip(width)
            if strip.points:
                self._paint(Painted(around(strip.points), self._state.line_colour, covers=True, path=strip))
        self.end_path(operands)

    def shade(self, _operands: list[object]) -> None:
        self._paint(Painted(self._state.clip or (-1e6, -1e6, 1e6, 1e6), None, covers=False))

    def _paint(self, area: Painted) -> None:
        state = self._state
        if any(self._layers):
            return
        box = area.box if state.clip is None else within(area.box, state.clip)
        if box[2] - box[0] > 1 and box[3] - box[1] > 1 and state.seen_opacity > 0.05:
            covers = area.covers and state.clip_is_exact and state.seen_opacity >= _OPAQUE and area.is_followed
            covers = covers and (area.colour is not None or area.is_picture)
            self._drawing.painted.append(area._replace(box=box, covers=covers, colour=area.colour if covers else None))

    def _paint_unit(self, *, covers: bool) -> None:
        """Paint a picture, which fills the unit square."""
        corners = [placed(self._state.matrix, x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)]
        covers = covers and not is_turned(self._state.matrix)
        self._paint(Painted(around(corners), None, covers=covers, is_picture=True))

    def draw_named(self, operands: list[object]) -> None:
        drawable = self._resources.drawable(name_of(operands))
        if drawable is None:
            return
        if drawable.is_picture:
            self._paint_unit(covers=drawable.covers)
        elif not any(self._layers):
            state = _State(**vars(self._state))
            state.matrix = times(drawable.matrix, state.matrix)
            if drawable.is_group:
                state.group_opacity, state.opacity = state.seen_opacity, 1.0
            self._drawing.follow(drawable.octets, drawable.resources or self._resources, state, self._depth + 1)

    def begin_content(self, operands: list[object]) -> None:
        names = [each for each in operands if isinstance(each, str)]
        self._layers.append(names[:1] == ["/OC"] and self._resources.is_off(names[-1]))

    def end_content(self, _operands: list[object]) -> None:
        if self._layers:
            self._layers.pop()

    def begin_text(self, _operands: list[object]) -> None:
        self._line = UNCHANGED

    def set_font(self, operands: list[object]) -> None:
        self._state.size = last_of(operands)[0]

    def set_mode(self, operands: list[object]) -> None:
        self._state.mode = int(last_of(operands)[0])

    def set_leading(self, operands: list[object]) -> None:
        self._leading = last_of(operands)[0]

    def set_line(self, operands: list[object]) -> None:
        self._line = matrix_of(operands) or self._line

    def move_line(self, operands: list[object]) -> None:
        x, y = last_of(operands, 2)
        self._line = times((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def move_leading(self, operands: list[object]) -> None:
        self._leading = -last_of(operands)[0]
        self.move_line(operands)

    def next_line(self, _operands: list[object]) -> None:
        self.move_line([0.0, -self._leading])

    def show(self, operands: list[object]) -> None:
        said = [each for each in operands if isinstance(each, bytes)]
        letters = sum(map(letters_in, said))
        if not letters:
            return
        matrix, size = times(self._line, self._state.matrix), self._state.size
        across = (0.3, max(0.3, 0.2 * letters))
        points = tuple(placed(matrix, x * size, y * size) for x in across for y in _HEIGHTS)
        height = (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
        is_invisible = self._state.mode in (3, 7) or self._state.seen_opacity <= 0.05 or any(self._layers)
        painted = len(self._drawing.painted)
        shown = DrawnLetters(points, abs(size) * height, self._state.colour, is_invisible, painted, b"".join(said))
        if letters > 1:
            self._drawing.shown.append(shown)
        else:
            self._spelt.add(shown)

    def show_on_next(self, operands: list[object]) -> None:
        self.next_line(operands)
        self.show(operands)


_PAINTING = {
    b"S": _Painting(strokes=True), b"s": _Painting(strokes=True, closes=True),
    b"f": _Painting(fills=True), b"F": _Painting(fills=True), b"f*": _Painting(fills=True, by_parity=True),
    b"B": _Painting(fills=True, strokes=True), b"B*": _Painting(fills=True, strokes=True, by_parity=True),
    b"b": _Painting(fills=True, strokes=True, closes=True),
    b"b*": _Painting(fills=True, strokes=True, by_parity=True, closes=True),
}  # fmt: skip
_OPERATORS: dict[bytes, Callable[[_Pen, list[object]], None]] = {
    b"q": _Pen.save, b"Q": _Pen.restore, b"cm": _Pen.transform, b"gs": _Pen.set_graphics,
    b"g": lambda pen, operands: pen.set_device("gray", operands),
    b"rg": lambda pen, operands: pen.set_device("rgb", operands),
    b"k": lambda pen, operands: pen.set_device("cmyk", operands),
    b"G": lambda pen, operands: pen.set_line_device("gray", operands),
    b"RG": lambda pen, operands: pen.set_line_device("rgb", operands),
    b"K": lambda pen, operands: pen.set_line_device("cmyk", operands),
    b"cs": _Pen.set_space, b"sc": _Pen.set_colour, b"scn": _Pen.set_colour,
    b"CS": _Pen.set_line_space, b"SC": _Pen.set_line_colour, b"SCN": _Pen.set_line_colour,
    b"w": _Pen.set_width, b"d": _Pen.set_dashes,
    b"re": _Pen.rectangle, b"m": _Pen.begin_part, b"l": _Pen.go, b"c": _Pen.bend, b"v": _Pen.bend_from_here,
    b"y": _Pen.bend_to_end, b"h": _Pen.close, b"W": _Pen.clip, b"W*": _Pen.clip,
    b"n": _Pen.end_path, **{name: partial(_Pen.paint, how=how) for name, how in _PAINTING.items()},
    b"sh": _Pen.shade, b"Do": _Pen.draw_named,
    b"BDC": _Pen.begin_content, b"BMC": _Pen.begin_content, b"EMC": _Pen.end_content,
    b"BT": _Pen.begin_text, b"Tf": _Pen.set_font, b"Tr": _Pen.set_mode, b"TL": _Pen.set_leading, b"Tm": _Pen.set_line,
    b"Td": _Pen.move_line, b"TD": _Pen.move_leading, b"T*": _Pen.next_line, b"Tj": _Pen.show, b"TJ": _Pen.show,
    b"'": _Pen.show_on_next, b'"': _Pen.show_on_next,
}  # fmt: skip
_DEVICE = {
    "/DeviceGray": "gray", "/G": "gray", "/CalGray": "gray", "/DeviceRGB": "rgb", "/RGB": "rgb", "/DeviceCMYK": "cmyk",
    "/CMYK": "cmyk",
}  # fmt: skip


def _fitted(box: Box, other: Box) -> Matrix:
    """What makes one box the other."""
    across = (other[2] - other[0]) / ((box[2] - box[0]) or 1.0)
    up = (other[3] - other[1]) / ((box[3] - box[1]) or 1.0)
    return across, 0.0, 0.0, up, other[0] - box[0] * across, other[1] - box[1] * up


def _scale(matrix: Matrix) -> float:
    """How much larger a length is on the page, on average."""
    a, b, c, d, _e, _f = matrix
    return math.sqrt(abs(a * d - b * c))
