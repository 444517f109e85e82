"""The sizes of the terminal at which screens are laid out in another way."""

from __future__ import annotations

HORIZONTAL = [(0, "-tiny"), (60, "-narrow"), (100, "-wide"), (150, "-very-wide")]
VERTICAL = [(0, "-flat"), (16, "-short"), (30, "-tall")]


def classes_at(length: int, breakpoints: list[tuple[int, str]]) -> dict[str, bool]:
    """Which of the names a screen of this width or height has.

    A screen that has them before it is composed is styled once; without them a second time, when its size is told.
    """
    [*_, reached] = (name for least, name in breakpoints if length >= least)
    return {name: name == reached for _least, name in breakpoints}
