"""A command line that a person wrote, in words."""

from __future__ import annotations

import os
import shlex

from mailmerge.text.regex import regex


def split_command(command: str, *, windows: bool = os.name == "nt") -> list[str]:
    """The program and arguments of a command line that a person wrote, as their system splits it; no shell runs it.

    On Windows as ``CommandLineToArgvW`` does: a backslash is itself, except before ``"`` (two give one, an odd one
    makes the quote literal), quotes may be anywhere and ``""`` within them is one. Elsewhere as a POSIX shell does.

    Raises:
        ValueError: a quote is opened and never closed.
    """
    return _split_windows(command) if windows else shlex.split(command)


_WINDOWS_PIECE = regex(r'(?P<slashes>\\*)"|(?P<space>[ \t\r\n]+)|(?P<text>\\+|[^\\" \t\r\n]+)')


def _split_windows(command: str) -> list[str]:
    words: list[str] = []
    word: str | None = None
    quoted, skip = False, -1
    for piece in _WINDOWS_PIECE.finditer(command):
        if piece.start() < skip:
            continue
        if piece["space"] is not None and not quoted:
            if word is not None:
                words.append(word)
            word = None
        elif piece["slashes"] is None:
            word = (word or "") + piece.group()
        else:
            pairs, literal = divmod(len(piece["slashes"]), 2)
            word = (word or "") + "\\" * pairs
            if literal:
                word += '"'
            elif quoted and command.startswith('"', piece.end()):
                word += '"'
                skip = piece.end() + 1
            else:
                quoted = not quoted
    if quoted:
        raise ValueError("no closing quotation")
    return words if word is None else [*words, word]
