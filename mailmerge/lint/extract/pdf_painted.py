"""What is on a page of a PDF: areas, letters, and what the names in its drawing mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mailmerge.lint.extract.pdf_geometry import UNCHANGED, Box, Matrix

Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""


class Painted(NamedTuple):
    """An area that was painted."""

    box: Box
    colour: Colour | None
    """None for a picture, a pattern, and whatever is no plain rectangle of one colour."""
    covers: bool
    """Whether nothing that was drawn before is seen through it."""
    is_picture: bool = False


class Shown(NamedTuple):
    """Letters that were drawn."""

    points: tuple[tuple[float, float], ...]
    """Where they begin, and a place that is surely still within them."""
    size: float
    colour: Colour | None
    is_invisible: bool
    """Drawn with no ink at all, or in a layer that is switched off."""
    painted: int
    """How many areas had been painted before them."""
    said: bytes
    """The letters, as their font counts them."""


class Drawable(NamedTuple):
    """Something that a page draws by its name."""

    is_picture: bool
    covers: bool
    """Whether nothing is seen through it."""
    octets: bytes = b""
    """What a form draws."""
    matrix: Matrix = UNCHANGED
    resources: Resources | None = None


class Resources(NamedTuple):
    """What the names in a page's drawing mean."""

    drawable: Callable[[str], Drawable | None]
    colours: Callable[[str], str]
    """The device colours of a colour space: "gray", "rgb", "cmyk", or "" for any other."""
    opacity: Callable[[str], float | None]
    """That of a graphics state; None where it does not say."""
    is_off: Callable[[str], bool]
    """Whether a layer is switched off."""
