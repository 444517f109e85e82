"""A path on a page of a PDF, as far as it is rectangles (ISO 32000-2, 8.5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mailmerge.lint.extract.pdf_geometry import Box, Matrix, Point, around, contains, is_turned, placed

_MOST_RECTANGLES = 100
"""More of them in one path are a drawing."""
_NEAR = 0.01


@dataclass
class Path:
    """The rectangles of a path, and all its points."""

    rectangles: list[Box] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    _is_curved: bool = False
    """Whether it has an edge that is not upright or level."""

    def add_rectangle(self, matrix: Matrix, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle by its corner and its size."""
        corners = ((x, y), (x + width, y + height), (x + width, y), (x, y + height))
        points = [placed(matrix, *corner) for corner in corners]
        self.rectangles.append(around(points))
        self.points += points
        self._is_curved = self._is_curved or is_turned(matrix)

    def add_points(self, matrix: Matrix, numbers: Sequence[float]) -> None:
        """Go to a point; those before the last one bend the way."""
        self.points += (placed(matrix, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=False))
        self._is_curved = self._is_curved or len(numbers) > 2

    def are_rectangles_apart(self) -> bool:
        """Whether a path is of several rectangles, and none is a hole in another."""
        boxes = self.rectangles
        if self._is_curved or not 1 < len(boxes) <= _MOST_RECTANGLES or len(self.points) != 4 * len(boxes):
            return False
        return not any(contains(one, other) for one in boxes for other in boxes if one is not other)

    def is_one_rectangle(self) -> bool:
        """Whether a path is one rectangle, by name or by its corners."""
        if self._is_curved or not 4 <= len(self.points) <= 6:
            return False
        left, bottom, right, top = around(self.points)
        return all(_is_at(x, left, right) and _is_at(y, bottom, top) for x, y in self.points)


def _is_at(place: float, one: float, other: float) -> bool:
    return abs(place - one) < _NEAR or abs(place - other) < _NEAR
