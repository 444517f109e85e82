"""Files for another program to show: readable by this user alone, never run, and gone when we go."""

from __future__ import annotations

import atexit
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from mailmerge.files.home import private_directory

_OLD = 86_400
"""Seconds after which a file is taken for one that a crash left behind."""


def write_private(folder: Path, kind: str, ending: str, content: bytes) -> Path:
    """A new file ``KIND-...ENDING`` (0600) in ``folder``, which is made (0700) where it is missing.

    It is deleted when the program ends; older ones of its kind, which a crash left behind, are deleted now.

    Raises:
        InputError: the folder cannot be made.
        OSError: the file cannot be written.
    """
    private_directory(folder)
    _forget_old(folder, kind)
    handle, name = tempfile.mkstemp(dir=folder, prefix=f"{kind}-", suffix=ending)
    path = Path(name)
    _written.add(path)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return path


def forget_files() -> None:
    """Delete every file that was written; done when the program ends."""
    while _written:
        with suppress(OSError):
            _written.pop().unlink(missing_ok=True)


def start_quietly(command: Sequence[str]) -> None:
    """Start a program of the desktop, apart from our terminal: nothing it writes comes between our lines.

    Raises:
        OSError: it cannot be started.
    """
    quiet = subprocess.DEVNULL
    subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603


_written: set[Path] = set()
atexit.register(forget_files)


def _forget_old(folder: Path, kind: str) -> None:
    for path in folder.glob(f"{kind}-*"):
        with suppress(OSError):
            if path not in _written and time.time() - path.stat().st_mtime > _OLD:
                path.unlink()
