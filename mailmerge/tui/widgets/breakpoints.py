"""The sizes of the terminal at which screens are laid out in another way."""

from __future__ import annotations

HORIZONTAL = [(0, "-tiny"), (60, "-narrow"), (100, "-wide"), (150, "-very-wide")]
VERTICAL = [(0, "-flat"), (16, "-short"), (30, "-tall")]
