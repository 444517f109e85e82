"""mailmerge on the screen."""

from mailmerge.tui.app import run

__all__ = ["run"]
