"""A letter file that is being edited: opened as text, saved as the file was, and never over somebody else's change."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from mailmerge.errors import LetterError, os_reason
from mailmerge.files.home import write_atomically
from mailmerge.i18n import N_
from mailmerge.letter.source.file_text import decode, read_content


class LetterFile(Struct, frozen=True):
    """The text of a letter file and how the file holds it."""

    path: Path
    text: str
    """As it is in the file, lines ended by ``\\n``."""
    encoding: str
    """``utf-8``, ``utf-8-sig`` or ``cp1252``."""
    line_end: str
    digest: str
    """SHA-256 of the file's bytes."""

    @property
    def changed_on_disk(self) -> bool:
        """Whether the file holds something else now than when it was opened or saved; so does one that is gone."""
        try:
            return sha256(self.path.read_bytes()).hexdigest() != self.digest
        except OSError:
            return True


def open_letter_file(path: Path) -> LetterFile:
    """Open a letter file to edit it; it need not be a valid letter, nor hold anything.

    Raises:
        LetterError: it cannot be read as text.
    """
    content = read_content(path)
    text, encoding = decode(path, content)
    return LetterFile(path, text, encoding, _line_end(content), sha256(content).hexdigest())


def save_letter_file(draft: LetterFile, text: str) -> LetterFile:
    """Write another text into the file: its encoding, line ends and permissions stay, and a link still leads to it.

    Characters that Windows-1252 does not have make the file UTF-8.

    Raises:
        LetterError: the file cannot be written; nothing was changed.
    """
    ended = text.replace("\n", draft.line_end)
    try:
        encoding, content = draft.encoding, ended.encode(draft.encoding)
    except UnicodeEncodeError:
        encoding, content = "utf-8", ended.encode("utf-8", "replace")
    try:
        target = draft.path.resolve()
        mode = target.stat().st_mode & 0o777 if target.exists() else None
        if mode is not None and not os.access(target, os.W_OK):
            raise LetterError(N_("{path} is write-protected; nothing was saved"), path=draft.path)
        write_atomically(target, content)
        if mode is not None:
            target.chmod(mode)
    except OSError as error:
        raise LetterError(N_("cannot save {path}: {why}"), path=draft.path, why=os_reason(error)) from None
    return replace(draft, text=text, encoding=encoding, digest=sha256(content).hexdigest())


def _line_end(content: bytes) -> str:
    """What ends most lines of the file."""
    windows = content.count(b"\r\n")
    counts = {"\n": content.count(b"\n") - windows, "\r\n": windows, "\r": content.count(b"\r") - windows}
    return max(counts, key=lambda end: counts[end])
