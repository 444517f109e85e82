"""What is put into the text of a letter that a person is editing; everything else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import PurePosixPath

from msgspec import Struct

from mailmerge.text.folding import identifier
from mailmerge.text.regex import regex

_NAME = regex(r"([A-Za-z][A-Za-z0-9_-]*)[ \t]*:")
_MARKS = regex(r"[\\`*_\[\]<>!]")
"""What Markdown would read in a description."""


class Insertion(Struct, frozen=True):
    """Something to be put into a text."""

    row: int
    """Of the line, from 0."""
    column: int
    text: str

    def into(self, text: str) -> str:
        """The text with it; lines are ended by ``\\n``."""
        lines = text.split("\n")
        line = lines[self.row]
        lines[self.row] = line[: self.column] + self.text + line[self.column :]
        return "\n".join(lines)


def field_entry(text: str, name: str) -> Insertion | None:
    """What enters a field in the ``Fields:`` header; None where there is no such header, or where it is named."""
    lines = text.split("\n")
    for header, first, last in _headers(lines):
        if header != "fields":
            continue
        written = "\n".join(lines[first : last + 1]).partition(":")[2]
        named = [identifier(each) for each in re.split("[,;]", written)]
        if name in named:
            return None
        row = next((row for row in range(last, first, -1) if lines[row].strip()), first)
        end = lines[row].rstrip(" \t")
        if not any(named):
            between = "" if lines[row][len(end) :] and not end.strip().endswith((",", ";")) else " "
            return Insertion(row, len(lines[row]), f"{between}{name}")
        between = " " if end.endswith((",", ";")) else "; " if ";" in written and "," not in written else ", "
        return Insertion(row, len(end), f"{between}{name}")
    return None


def attachment_entry(text: str, path: str) -> Insertion | None:
    """What enters a file as ``Attachment:``, behind those there are; None where the letter has no header block."""
    lines = text.split("\n")
    headers = list(_headers(lines))
    if not headers:
        return None
    attached = [last for header, _first, last in headers if header == "attachment"]
    row = attached[-1] if attached else headers[-1][2]
    return Insertion(row, len(lines[row]), f"\nAttachment: {path}")


def attached(text: str) -> list[str]:
    """The files that a letter names, as it writes them."""
    lines = text.split("\n")
    return [
        " ".join("\n".join(lines[first : last + 1]).partition(":")[2].split())
        for header, first, last in _headers(lines)
        if header == "attachment"
    ]


def picture_in(markup: str, path: str) -> str:
    """What shows an attached picture in the text of a letter; its name describes it for whoever does not see it."""
    described = PurePosixPath(path).stem.replace("_", " ")
    if markup == "html":
        return f'<img src="{escape(path)}" alt="{escape(described)}">'
    described = _MARKS.sub(r"\\\g<0>", described)
    plain = not any(each in path for each in " ()<>")
    return f"![{described}]({path})" if plain else f"![{described}](<{path}>)"


def _headers(lines: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Each header's name in small letters, its first line and its last one, down to the empty line."""
    begun: tuple[str, int] | None = None
    row = -1
    for row, line in enumerate(lines):
        if not line.strip():
            row -= 1
            break
        if line[0] in " \t" and begun:
            continue
        if begun:
            yield *begun, row - 1
        found = _NAME.match(line)
        begun = (found[1].lower(), row) if found else None
    if begun:
        yield *begun, row
