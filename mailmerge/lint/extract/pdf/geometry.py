"""Places on a page: transformations, points and boxes (ISO 32000-2, 8.3)."""

from __future__ import annotations

from collections.abc import Sequence

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Outline = tuple[tuple[Point, ...], ...]
"""Closed ways around an area."""
UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(one: Matrix, other: Matrix) -> Matrix:
    """One transformation, and then the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def placed(matrix: Matrix, x: float, y: float) -> Point:
    """A point on the page."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def is_in(point: Point, box: Box) -> bool:
    """Whether a point is within a box."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def around(points: Sequence[Point]) -> Box:
    """The smallest box with all points in it."""
    across, up = [x for x, _y in points], [y for _x, y in points]
    return min(across), min(up), max(across), max(up)


def within(box: Box, other: Box) -> Box:
    """What two boxes have in common."""
    return max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3])


def is_enclosed(point: Point, outline: Outline, *, by_parity: bool) -> bool:
    """Whether a point is within an outline, by the non-zero winding number rule or the even-odd one (8.5.3.3)."""
    x, y = point
    winding = crossings = 0
    for part in outline:
        last_x, last_y = part[-1]
        for to_x, to_y in part:
            if (last_y <= y) != (to_y <= y) and x < last_x + (y - last_y) * (to_x - last_x) / (to_y - last_y):
                crossings += 1
                winding += 1 if to_y > last_y else -1
            last_x, last_y = to_x, to_y
    return crossings % 2 == 1 if by_parity else winding != 0


def is_turned(matrix: Matrix) -> bool:
    """Whether a rectangle is no upright one any more."""
    a, b, c, d, _e, _f = matrix
    return (abs(b) > 1e-6 or abs(c) > 1e-6) and (abs(a) > 1e-6 or abs(d) > 1e-6)
