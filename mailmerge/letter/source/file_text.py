"""The text of a letter file: what its bytes say, before anything is asked of it as a letter."""

from __future__ import annotations

import stat
from pathlib import Path

from mailmerge.errors import LetterError, os_reason
from mailmerge.formats.decoding import decode as read_text
from mailmerge.i18n import N_

MAX_SIZE = 5_000_000
"""Octets of a letter file."""
_DOCUMENTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How the files of word processors and of Outlook begin: a zip file, and an older form."""


def read_content(path: Path) -> bytes:
    """The bytes of a letter file.

    Raises:
        LetterError: it is missing, no file, too large for a letter, or cannot be read.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise LetterError(N_("{path} is a folder, not a letter; give the letter file in it"), path=path)
        if not stat.S_ISREG(status.st_mode):
            raise LetterError(N_("{path} is not a regular file; give a letter file"), path=path)
        if status.st_size > MAX_SIZE:
            raise LetterError(
                N_("{path} is larger than {limit} MB; a letter should be text only; attach files with Attachment:"),
                path=path,
                limit=MAX_SIZE // 1000000,
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise LetterError(N_("there is no letter {path}; check the name"), path=path) from None
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise LetterError(N_("cannot read the letter {path}: {why}"), path=path, why=reason) from None


def decode(path: Path, content: bytes) -> tuple[str, str]:
    """The text of a letter file, lines ended by ``\\n``, and its encoding (``utf-8``, ``utf-8-sig`` or ``cp1252``).

    Raises:
        LetterError: it is no text in one of these.
    """
    if content.startswith(_DOCUMENTS):
        raise LetterError(
            N_("{path} is a document, not a letter yet; make a letter of it: mailmerge import {path}"), path=path
        )
    if b"\0" in content:
        raise LetterError(N_("{path} is not a text file; save the letter as plain text in UTF-8"), path=path)
    found = read_text(content, "cp1252")
    if found is None:
        raise LetterError(
            N_("{path} is neither UTF-8 nor Windows-1252 text; save it as plain text in UTF-8"), path=path
        )
    text, encoding = found
    return unix_lines(text), encoding


def unix_lines(text: str) -> str:
    """A text with its lines ended by ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
