"""A path on a page of a PDF: what it encloses, and the strip that a thick line covers (ISO 32000-2, 8.5)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mailmerge.lint.extract.pdf.geometry import Box, Matrix, Outline, Point, around, placed

_PIECES = 6
"""Straight lines that stand for a curve."""
_AROUND = 24
"""Straight lines that stand for an ellipse."""
MOST_POINTS = 4000
"""A path with more is a map or a drawing, and not followed."""
_NEAR = 0.01


@dataclass
class Path:
    """The parts of a path."""

    points: list[Point] = field(default_factory=list)
    """Those that it leads through, and those that bend it."""
    _steps: list[tuple[bool, int]] = field(default_factory=list)
    """Whether a part begins, and how many points each step takes: one straight, three bent."""
    _outline: Outline | None = None

    @property
    def is_followed(self) -> bool:
        """Whether it is so short that all of it is looked at."""
        return len(self.points) <= MOST_POINTS

    def begin(self, point: Point) -> None:
        """Begin a part."""
        self.points.append(point)
        self._steps.append((True, 1))

    def go(self, point: Point) -> None:
        """Go on, straight."""
        self.points.append(point)
        self._steps.append((False, 1))

    def bend(self, *points: Point) -> None:
        """Go on along a curve that two points bend, to a third."""
        self.points += points
        self._steps.append((False, 3))

    def add_rectangle(self, matrix: Matrix, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle by its corner and its size."""
        self.begin(placed(matrix, x, y))
        for corner in ((x + width, y), (x + width, y + height), (x, y + height)):
            self.go(placed(matrix, *corner))
        self.close()

    def add_ellipse(self, box: Box) -> None:
        """Add the ellipse that fills a box."""
        left, bottom, right, top = box
        middle, half, height = ((left + right) / 2, (bottom + top) / 2), (right - left) / 2, (top - bottom) / 2
        for turn in range(_AROUND):
            angle = 2 * math.pi * turn / _AROUND
            point = middle[0] + half * math.cos(angle), middle[1] + height * math.sin(angle)
            self.go(point) if turn else self.begin(point)

    def close(self) -> None:
        """Go back to where the part began."""
        at = len(self.points)
        for begins, size in reversed(self._steps):
            at -= size
            if begins:
                self.go(self.points[at])
                return

    def is_one_rectangle(self) -> bool:
        """Whether a path is one upright rectangle."""
        is_straight = all(size == 1 and begins is (not at) for at, (begins, size) in enumerate(self._steps[:7]))
        if not 4 <= len(self.points) <= 6 or not is_straight:
            return False
        left, bottom, right, top = around(self.points)
        return all(_is_at(x, left, right) and _is_at(y, bottom, top) for x, y in self.points)

    @property
    def outline(self) -> Outline:
        """The ways that it goes, part by part; a curve is a few straight lines."""
        if self._outline is None:
            self._outline = tuple(map(tuple, self._parts()))
        return self._outline

    def _parts(self) -> list[list[Point]]:
        parts: list[list[Point]] = []
        at = 0
        for begins, size in self._steps:
            if begins or not parts:
                parts.append([])
            points = self.points[at : at + size]
            at += size
            parts[-1] += points if size == 1 else _curve(parts[-1][-1] if parts[-1] else points[0], points)
        return parts

    def strip(self, width: float) -> Path:
        """What a line of some width along it covers: a rectangle for each piece of the way."""
        strip = Path()
        for part in self.outline:
            for one, other in pairwise(part):
                if one != other:
                    first, *rest = _widened(one, other, width / 2)
                    strip.begin(first)
                    for point in rest:
                        strip.go(point)
        return strip


def _curve(start: Point, points: Sequence[Point]) -> Iterator[Point]:
    """Places on a curve."""
    corners = (start, *points)
    for piece in range(1, _PIECES + 1):
        t = piece / _PIECES
        shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        yield _mixed(shares, [x for x, _y in corners]), _mixed(shares, [y for _x, y in corners])


def _mixed(shares: Sequence[float], values: Sequence[float]) -> float:
    return sum(share * value for share, value in zip(shares, values, strict=True))


def _widened(one: Point, other: Point, half: float) -> tuple[Point, ...]:
    """The rectangle around a line, always in the same direction, so that none cuts a hole in another."""
    (x, y), (to_x, to_y) = one, other
    length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
    across, up = (to_y - y) / length * half, (x - to_x) / length * half
    return (x + across, y + up), (to_x + across, to_y + up), (to_x - across, to_y - up), (x - across, y - up)


def _is_at(place: float, one: float, other: float) -> bool:
    return abs(place - one) < _NEAR or abs(place - other) < _NEAR
