"""An attached file in the desktop's own viewer: a private copy, of a kind that is looked at and never run."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from mailmerge.i18n import _
from mailmerge.model import Attachment
from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten
from mailmerge.tui.desktop.private_files import start_quietly, write_private

SHOWN = frozenset({
    ".pdf", ".txt", ".md", ".csv", ".tsv", ".log", ".rtf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp",
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".mp3", ".ogg", ".wav", ".mp4", ".webm",
})  # fmt: skip
"""Kinds of files that a viewer shows without running anything of theirs; a web page, a picture with scripts (SVG), an
old office file, an archive and a program are not among them."""
_LONGEST_NAME = 60
_UNSAFE = regex(r"[^\w.-]+")


def why_not_opened(attachment: Attachment) -> str:
    """Why a file is not handed to a viewer, as a clause that can follow a colon; ``""`` if nothing speaks against it.

    Looks into the file, ten seconds at most: macros and scripts hide in documents too.
    """
    from mailmerge.letter.wire.problems import explain
    from mailmerge.lint.extract.obstacles import CANNOT_BE_CHECKED
    from mailmerge.lint.extract.reader import read_content
    from mailmerge.lint.sentence import Quoted, said

    if attachment.problem:
        return explain(attachment.problem)
    kind = _kind(attachment)
    if not kind:
        return _("its name does not show what kind of file it is")
    if kind not in SHOWN:
        return _("{kind} files can run programs or scripts").format(kind=shorten(kind, 20))
    content = read_content(attachment.content, attachment.filename)
    if content.opaque is None:
        return ""
    return said(CANNOT_BE_CHECKED[content.opaque], {"file": Quoted(attachment.filename), "limit": content.limit})


def copy_of(attachment: Attachment, folder: Path) -> Path:
    """A copy for a viewer, under a name that is safe on any system; deleted when the program ends.

    Raises:
        InputError: the folder cannot be made.
        OSError: the copy cannot be written.
    """
    stem = _UNSAFE.sub("_", Path(attachment.filename).stem)[:_LONGEST_NAME]
    return write_private(folder, "attachment", f"-{stem}{_kind(attachment)}", attachment.content)


def open_in_viewer(path: Path) -> bool:
    """Show a file in the viewer of this desktop, and say whether there is one."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606  (opens by kind; only kinds that are shown come here)
        return True
    desktop = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if not desktop or opener is None:
        return False
    start_quietly([opener, str(path)])
    return True


def _kind(attachment: Attachment) -> str:
    return Path(attachment.filename).suffix.lower()
