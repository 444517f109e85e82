"""The end of the start: garbage is collected again."""

from __future__ import annotations

import gc


def settle() -> None:
    """The program has started: collect garbage again, and never look through what is there by now (a whole table)."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
