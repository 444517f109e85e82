"""The person's own editor, while the program leaves the terminal to it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from textual.app import App

from mailmerge.errors import os_reason
from mailmerge.text import shorten, split_command


def edit_outside(app: App[int], editor: str, path: Path) -> str:
    """Edit a file in an editor, named as in ``$EDITOR``, and come back; what went wrong, ``""`` for nothing.

    Raises:
        SuspendNotSupported: the terminal cannot be left here.
    """
    try:
        command = split_command(editor)
    except ValueError:
        return f"Cannot run the editor {shorten(editor)} (a quotation mark is never closed)"
    if not command:
        return "Cannot run the editor (VISUAL or EDITOR is blank)"
    problem = ""
    with app.suspend():  # an exception in here would leave the terminal without the program
        try:
            done = subprocess.run([*command, str(path)], check=False)  # noqa: S603  (the person's own editor)
        except OSError as error:
            problem = f"Cannot run the editor {shorten(command[0])} ({os_reason(error)})"
        except ValueError:
            problem = f"Cannot run the editor {shorten(editor)}"
        else:
            if done.returncode:
                problem = f"The editor {shorten(command[0])} ended with code {done.returncode}"
    return problem
