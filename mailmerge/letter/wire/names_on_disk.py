"""Find a file whatever way its name is composed: ``é`` is one character in a table, and two on many a disk (TR 15)."""

from __future__ import annotations

import os
from pathlib import Path
from unicodedata import normalize


def as_on_disk(path: Path, folder: Path) -> Path:
    """The path, which lies in the folder, with its names as the disk has them.

    A name that is there to the letter is taken first, then one that is composed throughout or not at all. Where there
    is none, or are several, the path comes back as it is.
    """
    if str(path).isascii() or os.path.lexists(path):
        return path
    found = folder
    for name in path.relative_to(folder).parts:
        here = found / name
        if not os.path.lexists(here):
            forms = {normalize(form, name) for form in ("NFC", "NFD")}
            others = [form for form in forms if os.path.lexists(found / form)] or _names_like(name, found)
            if len(others) != 1:
                return path
            here = found / others[0]
        found = here
    return found


def _names_like(name: str, folder: Path) -> list[str]:
    """The names of a folder that are composed in part only: each search goes through all of it."""
    try:
        names = os.listdir(folder)  # noqa: PTH208  (names, not paths)
    except (OSError, ValueError):
        return []
    wanted = normalize("NFC", name)
    return [each for each in names if normalize("NFC", each) == wanted]
