"""A disk on which nothing more can be written."""

from __future__ import annotations

from pathlib import Path


def fill(disk: Path) -> None:
    """Write until there is no room left."""
    with (disk / "other").open("ab", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 512)
        except OSError:
            pass
