"""What a text says when its disguise is taken off, two deep.

Percent, entities, base64, hexadecimal, "(at)", and letters spaced out: K A R I M.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from binascii import unhexlify
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from mailmerge.text.regex import regex

_DEEPEST = 2
_SHORTEST = 12
"""Letters and digits that may be an encoding."""
_PERCENT = regex(r"%[0-9A-Fa-f]{2}")
_ENTITY = regex(r"&(?:#\d{2,6}|#[xX][0-9A-Fa-f]{2,6}|commat|period|num);?")
_FURTHER_LINES = r"(?:[ \t]*\r?\n[ \t]*[A-Za-z0-9+/_-]{4,4096}){0,5000}={0,2}"
"""As in mail and in data: links."""
_BASE64 = regex(r"[A-Za-z0-9+/_-]{12,262144}" + _FURTHER_LINES)
_LONG_BASE64 = regex(r"[A-Za-z0-9+/_-]{16,262144}" + _FURTHER_LINES)
_HEX = regex(r"(?:[0-9A-Fa-f]{2}){6,131072}")
_WRITTEN_AT = regex(
    r"\s?[\[({<]\s?(?:at|arobase|arobas|chez|@)\s?[\])}>]\s?|\s@\s?|@\s|\s(?:arobase|arobas)\s", re.IGNORECASE
)
_WRITTEN_DOT = regex(r"\s?[\[(]\s?(?:dot|point)\s?[\])]\s?", re.IGNORECASE)
_SPACED = regex(r"[^\W\d_](?<![\w@.].)(?:(?: [-'’] |[.·_'’-] ?| )[^\W\d_](?!\w))+(?![\w.'’+-]*@)\.?")
"""Not in an address, which may well begin with initials."""
_SMALL = regex(r"(\s?[^\W\d_A-ZÀ-ÖØ-Þ](?=\s|\Z)\s?)")
_FEW_SMALL = 4
"""Letters written apart, of which one may be small if the others are capitals."""
_HYPHEN_APART = regex(r" [-'’] ")
_MAYBE = regex(
    r"%[0-9A-Fa-f]{2}|&[#cpn]|[A-Za-z0-9+/_-]{12}|\(at\)|\[at\]|@\s|\s@|arobas|[\[({]\s?at\s"
    r"|(?<!\w)[^\W\d_][.·_'’ -]{1,3}[^\W\d_](?!\w)",
    re.IGNORECASE,
)


def decoded_views(text: str) -> tuple[str, ...]:
    """Each reading of the text that differs from it."""
    return tuple(_views(text, _DEEPEST))


def _views(text: str, depth: int) -> Iterator[str]:
    if (len(text) < _SHORTEST and text.isalnum()) or not _MAYBE.search(text):
        return
    for view in _once(text):
        yield view
        if depth > 1:
            yield from _views(view, depth - 1)


def _once(text: str) -> Iterator[str]:
    if _PERCENT.search(text):
        unquoted = unquote(text, errors="replace")
        if unquoted != text:
            yield unquoted
    if _ENTITY.search(text):
        yield unescape(text)
    if _WRITTEN_AT.search(text):
        yield _WRITTEN_DOT.sub(".", _WRITTEN_AT.sub("@", text))
    if _SPACED.search(text) and (closed := _SPACED.sub(_closed_up, text)) != text:
        yield closed
    yield from _decoded(_BASE64, text)
    for run in _HEX.finditer(text):
        readable = _readable(unhexlify(run.group()))
        if readable:
            yield readable


def in_base64(text: str) -> Iterator[str]:
    """The texts that are in the text of a file in Base64, longer than nearly all words."""
    return _decoded(_LONG_BASE64, text)


def _decoded(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for run in pattern.finditer(text):
        whole = list(_from_base64(run.group()))
        pieces = run.group().replace("/", " ").split()  # of several lines, or in the path of a link
        for piece in pieces if not whole else ():
            whole += _from_base64(piece)
        yield from whole


def _closed_up(run: re.Match[str]) -> str:
    """Letters written apart, as words: J E A N - L U C is Jean Luc; two small ones are words, as in "è a bordo"."""
    letters = [*filter(str.isalpha, run.group())]
    if len(letters) == 2 and not all(map(str.isupper, letters)):
        return run.group()
    if sum(map(str.islower, letters)) * _FEW_SMALL <= len(letters):  # a word by itself: "con A N N A e U G O"
        return "".join(each if each.islower() else _joined(each) for each in _SMALL.split(run.group()))
    return _joined(run.group())


def _joined(run: str) -> str:
    return " ".join("".join(filter(str.isalpha, word)) for word in _HYPHEN_APART.split(run))


def _from_base64(run: str) -> Iterator[str]:
    plain = "".join(run.split()).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        readable = _readable(b64decode(plain + "=" * (-len(plain) % 4)))
    except (Base64Error, ValueError):
        return
    if readable:
        yield readable


def _readable(octets: bytes) -> str:
    """The octets as text; ``""`` where they are none."""
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if len(text) >= 6 and "".join(text.split()).isprintable() else ""
