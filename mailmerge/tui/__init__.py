"""mailmerge on the screen."""

from mailmerge.tui.launch import run

__all__ = ["run"]
