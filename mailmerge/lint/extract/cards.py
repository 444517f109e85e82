"""Calendars and address cards (RFC 5545, RFC 6350, vCard 2.1): folded lines, quoted-printable and Base64 undone."""

from __future__ import annotations

import quopri
import re

from mailmerge.lint.extract.content import MOST_TEXT, Part
from mailmerge.lint.extract.readings import decode
from mailmerge.lint.extract.source import Source
from mailmerge.lint.extract.web.markup import add_markup, from_base64
from mailmerge.text.regex import regex

_BEGIN = regex(rb"\s*(?:\xef\xbb\xbf)?BEGIN:V(?:CALENDAR|CARD)", re.IGNORECASE)
_FOLD = regex(r"\r?\n[ \t]")
_QUOTED = regex(r"(?<![A-Z-])QUOTED-PRINTABLE", re.IGNORECASE)
_BINARY = regex(r";ENCODING=(?:B|BASE64)\b|;BASE64\b", re.IGNORECASE)
_DATA_LINK = regex(r"data:[\w.+/-]*(?:;[\w.=-]+)*;base64,", re.IGNORECASE)
_CHARSET = regex(r"CHARSET=\"?([\w.:-]{2,40})", re.IGNORECASE)
_ESCAPED = regex(r"\\([nN,;:\\])")
_HTML = regex(r"<(?:html|body|p|br|div)\b", re.IGNORECASE)


def is_card(octets: bytes) -> bool:
    """Whether a text begins as a calendar or an address card does."""
    return _BEGIN.match(octets[:200]) is not None


def read_card(source: Source) -> None:
    """Every property with its parameters, and the pictures and files in it."""
    text = decode(source.octets[: 8 * MOST_TEXT])
    lines = []
    for line in _logical_lines(text):
        head, colon, value = _split(line)
        if colon and (_BINARY.search(head) or _DATA_LINK.match(value)):
            source.inside(from_base64(_DATA_LINK.sub("", value).encode("ascii", "ignore")), "data")
            lines.append(head)
            continue
        if colon and _QUOTED.search(head):
            value = _from_quoted(head, value)
        value = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
        lines.append(f"{head}\t{value}" if colon else line)
        if _HTML.search(value):
            add_markup(source, value)
    source.add(Part.TEXT, "\n".join(lines))


def _logical_lines(text: str) -> list[str]:
    """The lines as they were before they were folded; quoted-printable ones go on after an equals sign."""
    lines: list[str] = []
    open_line: list[str] = []
    quoted = False
    for line in _FOLD.sub("", text).splitlines():
        ends_open = line.rstrip().endswith("=")
        quoted = quoted if open_line else ends_open and _QUOTED.search(_split(line)[0]) is not None
        if ends_open and quoted:
            open_line.append(line.rstrip()[:-1])
            continue
        open_line.append(line)
        lines.append("".join(open_line))
        open_line = []
    return [*lines, "".join(open_line)]


def _split(line: str) -> tuple[str, str, str]:
    """Name with parameters, and value; a colon within quotes does not end the parameters."""
    quoted = False
    for place, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _from_quoted(head: str, value: str) -> str:
    octets = quopri.decodestring(value.encode("latin-1", "replace"))
    charset = _CHARSET.search(head)
    try:
        return octets.decode(charset[1] if charset else "utf-8")
    except (LookupError, ValueError):
        return decode(octets)
