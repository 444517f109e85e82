"""An icon on the desktop that opens a campaign: a file that the system starts with a double click."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from mailmerge.errors import UsageError
from mailmerge.files.home import write_new, writing
from mailmerge.i18n import N_

_EXECUTABLE = 0o700
_RESERVED = str.maketrans({character: f"\\{character}" for character in '"`$\\'})
"""Inside a quoted argument of Exec (Desktop Entry Specification 1.5, "The Exec key")."""


def write_shortcut(campaign: Path, desktop: Path, *, system: str = sys.platform) -> Path:
    """A file in ``desktop`` that opens a campaign in a terminal, as the system (``sys.platform``) expects it.

    Raises:
        UsageError: there is such a file already, or it cannot be written.
    """
    command = [sys.executable, "-m", "mailmerge", str(campaign.absolute())]
    name = campaign.absolute().parent.name or "mailmerge"
    if system == "win32":
        path, text = desktop / f"{name}.cmd", windows_text(command)
    elif system == "darwin":
        path, text = desktop / f"{name}.command", shell_text(command)
    else:
        path, text = desktop / f"{name}.desktop", desktop_text(command, name)
    if not desktop.is_dir():
        raise UsageError(N_("{folder} is not a folder: no shortcut was made"), folder=desktop)
    with writing(path, UsageError):
        try:
            write_new(path, text.encode())
        except FileExistsError:
            raise UsageError(N_("{path} already exists: no shortcut was made"), path=path) from None
        os.chmod(path, _EXECUTABLE)  # noqa: PTH101  (a desktop starts only what may be run)
    return path


def desktop_text(command: Sequence[str], name: str) -> str:
    """A desktop entry (freedesktop.org); the value of a key is unescaped once more than an argument is."""
    arguments = " ".join(f'"{part.translate(_RESERVED)}"' for part in command).replace("%", "%%")
    entries = {"Type": "Application", "Name": name, "Exec": arguments, "Terminal": "true"}
    lines = (f"{key}={_value(value)}" for key, value in entries.items())
    return "\n".join(("[Desktop Entry]", *lines, ""))


def _value(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def shell_text(command: Sequence[str]) -> str:
    """A script that macOS opens in its Terminal."""
    return f"#!/bin/sh\nexec {shlex.join(command)}\n"


def windows_text(command: Sequence[str]) -> str:
    """A batch file; a path on Windows holds no quotation mark."""
    arguments = " ".join(f'"{part}"' for part in command).replace("%", "%%")
    return f"@echo off\r\nchcp 65001 >nul\r\n{arguments}\r\nif errorlevel 1 pause\r\n"
