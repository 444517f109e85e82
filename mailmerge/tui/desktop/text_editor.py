"""The person's own editor, while the program leaves the terminal to it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from textual.app import App

from mailmerge.errors import os_cause
from mailmerge.i18n import _
from mailmerge.text.command_line import split_command
from mailmerge.text.shown import shorten


def edit_outside(app: App[int], editor: str, path: Path) -> str:
    """Edit a file in an editor, named as in ``$EDITOR``, and come back; what went wrong, ``""`` for nothing.

    Raises:
        SuspendNotSupported: the terminal cannot be left here.
    """
    try:
        command = split_command(editor)
    except ValueError:
        return _("Cannot run the editor {editor} (a quotation mark is never closed)").format(editor=shorten(editor))
    if not command:
        return _("Cannot run the editor (VISUAL or EDITOR is blank)")
    problem = ""
    with app.suspend():  # an exception in here would leave the terminal without the program
        try:
            done = subprocess.run([*command, str(path)], check=False)  # noqa: S603  (the person's own editor)
        except OSError as error:
            problem = _("Cannot run the editor {editor} ({why})").format(
                editor=shorten(command[0]), why=os_cause(error)
            )
        except ValueError:
            problem = _("Cannot run the editor {editor}").format(editor=shorten(editor))
        else:
            if done.returncode:
                problem = _("The editor {editor} ended with code {code}").format(
                    editor=shorten(command[0]), code=done.returncode
                )
    return problem
