"""What is on a page of a PDF: areas, letters, and what the names in its drawing mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mailmerge.lint.extract.pdf.geometry import UNCHANGED, Box, Matrix, Point, is_enclosed, is_in
from mailmerge.lint.extract.pdf.path import Path

Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""


class Painted(NamedTuple):
    """An area that was painted."""

    box: Box
    colour: Colour | None
    """None for a picture, a pattern, and whatever is not of one plain colour."""
    covers: bool
    """Whether nothing that was drawn before is seen through it."""
    is_picture: bool = False
    path: Path | None = None
    """What of the box it is; None for all of it."""
    by_parity: bool = False
    """Whether the path encloses by the even-odd rule."""

    @property
    def is_followed(self) -> bool:
        """Whether it is known what of the box it is."""
        return self.path is None or self.path.is_followed

    def has(self, point: Point) -> bool:
        """Whether a point is in it."""
        if not is_in(point, self.box):
            return False
        return self.path is None or is_enclosed(point, self.path.outline, by_parity=self.by_parity)


class DrawnLetters(NamedTuple):
    """Letters that were drawn."""

    points: tuple[tuple[float, float], ...]
    """Where they begin, and a place that is surely still within them, low and high."""
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
    is_group: bool = False
    """Whether a form is drawn on its own and then laid over the page as one (11.6.6)."""


class Resources(NamedTuple):
    """What the names in a page's drawing mean."""

    drawable: Callable[[str], Drawable | None]
    colours: Callable[[str], str]
    """The device colours of a colour space: "gray", "rgb", "cmyk", or "" for any other."""
    opacity: Callable[[str], float | None]
    """That of a graphics state; None where it does not say."""
    is_off: Callable[[str], bool]
    """Whether a layer is switched off."""

    @classmethod
    def none(cls) -> Resources:
        """Those of a form that names nothing."""
        return cls(lambda _name: None, lambda _name: "", lambda _name: None, lambda _name: False)
