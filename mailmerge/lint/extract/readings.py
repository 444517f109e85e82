"""Octets as text, and what else a text may have been before a program misread it.

A table that an old program wrote in code page 850 and a new one read as Windows-1252 says ``Gu‚rin``; a page that was
decoded once too little says ``Gu&eacute;rin`` or ``GuÃ©rin``; a word may be hyphenated at the end of a line.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from itertools import zip_longest
from urllib.parse import unquote

from mailmerge.formats import decoding
from mailmerge.formats.decoding import bom_of
from mailmerge.text.regex import regex

_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_OCTETS = {ord(character): code for code, character in _WINDOWS.items()}
_HIGH = "".join(_WINDOWS.values())
"""What Windows-1252 makes of the octets that are letters in older code pages."""


def decode(octets: bytes) -> str:
    """Text in its probable encoding; no octet is lost, so that :func:`further_readings` can take it otherwise."""
    wide = "" if bom_of(octets) else _wide(octets)
    if wide:
        return octets.decode(wide, "replace")
    found = decoding.decode(octets, otherwise="cp1252")
    return found[0] if found else octets.decode("latin-1").translate(_WINDOWS)


def _wide(octets: bytes) -> str:
    """UTF-16 that does not say so: nearly every second octet is null."""
    head = octets[:4096]
    if b"\0" not in head:
        return ""
    half = len(head) // 2
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half and head[offset::2].count(0) * 3 > half and head[1 - offset :: 2].count(0) * 20 < half:
            return encoding
    return ""


def is_text(octets: bytes) -> bool:
    """Whether the octets are text rather than data."""
    return b"\0" not in octets[:4096] or bool(bom_of(octets) or _wide(octets))


def _in_code_page(name: str) -> dict[int, str]:
    """What the characters of Windows-1252 are in another code page, where that differs."""
    table = {}
    for code in range(0x80, 0x100):
        character = bytes([code]).decode(name, "ignore")
        windows = _WINDOWS.get(code) or chr(code)
        if character and character != windows:
            table[ord(windows)] = character
    return table


_HYPHENATED = regex(r"[-\u00ad\u2010](?<=[^\W\d_].)[ \t]*\r?\n[ \t]*(?=[^\W\d_])")
_ENTITY = regex(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,24});")
_ESCAPED = regex(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_PERCENT = regex(r"%[0-9a-fA-F]{2}")
_QUOTED = regex(r"(?:=[0-9A-F]{2}){2}|\w=20\w|=\r?\n(?=\w)")
"""Quoted-printable, of a message that was pasted."""
_LETTERS_APART = regex(r"(?<!\S)(?:\S[\u0300-\u036f]?\s++){4,400}\S[\u0300-\u036f]?(?!\S)")
"""Words whose letters are set apart, or each in a line, a paragraph or a cell of its own."""
_CAMEL = regex(r"(?<=[^\W\d_A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ][^\W\d_A-ZÀ-ÖØ-Þ])")
"""Between two words that are one but for a capital."""
_BLANKS = regex(r"\s+")
_LETTER = "[^\\W\\d_]"
_RARE = "‚ƒ„†‡ˆ‰‹›˜€\x80-\x9f"
_COMMON = "‘“”•–—™…¡-§¨ª-¿×÷"
"""Signs that good typography puts beside a letter too, but hardly between two."""
_SUSPECT = regex(f"[{_RARE}{_COMMON}À-ÖØ-ÞŠŒŽŸ]")
"""What a misread text has, found ten times as fast as :func:`_pattern_of_misread`."""
_BESIDE_ADDRESS = regex(
    r"[=/&'`{}|!#*~^$?:][\w.+-]{1,64}@|@[\w.-]{3,250}\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|txt|csv|jpe?g|png|zip|html?)\b"
)
_SIGNS = regex(r"[=/&'`{}|!#*~^$?:]|\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|txt|csv|jpe?g|png|zip|html?)\b")
"""What a local part may contain by RFC 5322, but is more often a sign before it; and what ends the name of a file."""
_TWICE = regex(f"[Â-ô][{_HIGH}\u00a0-¿]+")
"""UTF-8 that was read as Windows-1252."""


def bare_address(address: str) -> str:
    """An address without the sign before it, and without the extension of the file that is called so."""
    return _SIGNS.sub(" ", address).split()[-1].rstrip("-")


def further_readings(text: str) -> Iterator[str]:
    """What else a text may say, of those of its lines that may say something else; their neighbours with them."""
    for signs, pattern, changes in _READINGS:
        if any(sign in text for sign in signs):
            yield from _changed(_lines_with(text, pattern.search), changes)
    if not text.isascii():
        yield from _changed(_lines_with(text, _misread), _CODE_PAGES)


def _changed(lines: str, changes: tuple[Callable[[str], str], ...]) -> Iterator[str]:
    readings = dict.fromkeys(change(lines) for change in changes) if lines else {}
    return (reading for reading in readings if reading != lines)


@cache
def _pattern_of_misread() -> re.Pattern[str]:
    """Signs where letters belong, and letters where they do not; made once there is a suspect."""
    return re.compile(
        f"{_LETTER}[{_RARE}]|[{_RARE}]{_LETTER}|{_LETTER}[{_COMMON}]{_LETTER}|[a-zà-öø-ÿ][À-ÖØ-ÞŠŒŽŸ]"
        f"|[Â-Å][{_HIGH}\u00a0-¿]"
    )


def _misread(text: str, position: int) -> re.Match[str] | None:
    while suspect := _SUSPECT.search(text, position):
        found = _pattern_of_misread().search(text, max(0, suspect.start() - 1), suspect.end() + 1)
        if found:
            return found
        position = suspect.end()
    return None


def _lines_with(text: str, search: Callable[[str, int], re.Match[str] | None]) -> str:
    """The lines in which something is found, each with the one before and the one after, apart from one another."""
    spans: list[tuple[int, int]] = []
    position = 0
    while found := search(text, position):
        start = text.rfind("\n", 0, max(0, text.rfind("\n", 0, found.start()))) + 1
        end = text.find("\n", found.end())
        position = end = len(text) if end == -1 else end
        following = text.find("\n", end + 1)
        following = len(text) if following == -1 else following
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], following)
        else:
            spans.append((start, following))
    return "\n\n".join(text[start:end] for start, end in spans)


def _read_twice(text: str) -> str:
    return _TWICE.sub(_from_utf8, text)


def _from_utf8(run: re.Match[str]) -> str:
    octets = bytes(code if (code := _OCTETS.get(ord(each), ord(each))) < 0x100 else 0x3F for each in run.group())
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return run.group()


def _unescaped(text: str) -> str:
    return (
        _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
    )


def _unquoted(text: str) -> str:
    return decode(quopri.decodestring(text.encode("utf-8", "replace")))


def _joined(run: re.Match[str]) -> str:
    """Letters as words: where there is more between two of them than between most, a word ends."""
    gaps = _BLANKS.findall(run.group())
    narrowest = min(map(len, gaps))
    ends = (" " if len(gap) > narrowest else "" for gap in gaps)
    return "".join(f"{letter}{end}" for letter, end in zip_longest(run.group().split(), ends, fillvalue=""))


def _backwards(run: re.Match[str]) -> str:
    """Words that are drawn from their end; an address would be that of a stranger."""
    return _joined(run) if "@" in run.group() else _joined(run)[::-1]


def without_signs(text: str) -> str:
    """A text in which the signs beside addresses are blanks."""
    return _SIGNS.sub(" ", unquote(text))


def _in(table: dict[int, str]) -> Callable[[str], str]:
    return lambda text: text.translate(table)


_READINGS: tuple[tuple[tuple[str, ...], re.Pattern[str], tuple[Callable[[str], str], ...]], ...] = (
    (("-\n", "-\r", "- \n", "\u00ad", "\u2010"), _HYPHENATED, (lambda text: _HYPHENATED.sub("", text),)),
    (
        ("\n", "\t", "  "),
        _LETTERS_APART,
        (
            lambda text: _LETTERS_APART.sub(_joined, text),
            lambda text: _LETTERS_APART.sub(lambda run: _CAMEL.sub(" ", "".join(run.group().split())), text),
            lambda text: _LETTERS_APART.sub(_backwards, text),
        ),
    ),
    (("&",), _ENTITY, (unescape,)),
    (("\\u", "\\x"), _ESCAPED, (_unescaped,)),
    (("%",), _PERCENT, (unquote, without_signs)),
    (("=",), _QUOTED, (_unquoted,)),
    (("@",), _BESIDE_ADDRESS, (without_signs,)),
)
"""What a line must contain to be read otherwise: signs that are looked for first, a pattern, and the readings."""
_CODE_PAGES = (_read_twice, *map(_in, map(_in_code_page, ("cp850", "cp437", "mac_roman", "cp1250"))))
