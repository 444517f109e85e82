"""mailmerge on the screen."""

from mailmerge.tui.launch import review, run

__all__ = ["review", "run"]
