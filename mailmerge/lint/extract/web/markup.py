"""Web pages and XML: what is shown, and what only the source says: attributes, comments, files written into links.

Nothing is parsed as a whole and no entity is ever expanded but HTML's own; each pattern runs through the text once.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote_to_bytes

from mailmerge.lint.extract.content import MOST_TEXT, Hidden, Part
from mailmerge.lint.extract.encodings import in_base64
from mailmerge.lint.extract.json_values import values_of_json
from mailmerge.lint.extract.name_fields import names_in_fields
from mailmerge.lint.extract.obstacles import Obstacle
from mailmerge.lint.extract.readings import decode
from mailmerge.lint.extract.source import Source
from mailmerge.lint.extract.web.markup_unseen import unseen_in
from mailmerge.text.regex import regex

_COMMENT = regex(r"<!--(.*?)(?:-->|\Z)|<\?(?!xml\s)((?:[^<>?]|\?(?!>))*+)\?>", re.DOTALL)
"""What is for whoever reads the source, or for a program."""
_NOT_SHOWN = regex(r"<(script|style|template)\b[^<>]*>(.*?)(?:</\1\b[^<>]*>|\Z)", re.DOTALL | re.IGNORECASE)
_CDATA = regex(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_WITHIN_WORDS = regex(
    r"</?(?:a|abbr|b|bdi|bdo|big|cite|code|em|font|i|ins|kbd|mark|q|s|small|span|strike|strong|sub|sup|u|wbr|tspan)"
    r"(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
"""Tags that do not end a word."""
_CELL_END = regex(
    r"(?:</p>\s*+)?</(?:t[dh]|dt)\b[^<>]*>\s*+(?:<(?:t[dh]|dd)\b[^<>]*>\s*+(?:<p\b[^<>]*>\s*+)?)?",
    re.IGNORECASE,
)
"""From the end of a cell to the beginning of the next, however the source breaks its lines."""
_BEFORE_CELL_END = regex(r"(?<!\s)\s++(?=</(?:t[dh]|dt)\b)", re.IGNORECASE)
_BREAK = regex(r"</?(?:br|p|div|li|tr|h[1-6]|table|ul|ol|dd|option)\b[^<>]*>", re.IGNORECASE)
_NEXT_LINE = regex(r"</div\b[^<>]*>\s*+<div\b[^<>]*\sclass=[^<>]*>", re.IGNORECASE)
"""Boxes of a kind, which are set beside or below each other as cells are; those of no kind are paragraphs of a mail."""
_WITHIN_NUMBER = regex(r"(?<=\d)[ \t]*+\r?\n\s*+(?=\d)")
"""Where only the source breaks its line."""
_TAG = regex(r"<[^<>]*>")
_VALUE = regex(r"""=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_DATA = regex(r"data:((?:[\w.+-]{1,60}/[\w.+-]{1,60})?)((?:;[\w.+=-]{1,80}){0,5}),([^\"'<>)]*)", re.IGNORECASE)
_BEGINNINGS = ("JVBERi0", "UEsDB", "iVBORw0KG", "/9j/", "R0lGODlh", "0M8R4KGx", "e1xydGYx")
"""How files begin in Base64: a PDF, an archive, PNG, JPEG, GIF, an old Office file, RTF."""
_FILE = regex(rf"(?<![A-Za-z0-9+/])(?:{'|'.join(_BEGINNINGS)})[A-Za-z0-9+/\s]{{100,}}+={{0,2}}")
"""A file that is a value of XML or of JSON, as an invoice carries what it was made from."""
_BASE64 = regex(rb"[^A-Za-z0-9+/_-]")
_ENTITY_DECLARED = regex(r"<!ENTITY\b", re.IGNORECASE)
_PAGES = frozenset({"html", "htm", "xhtml", "xhtm"})
_PAGE = regex(r"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)
_ATTRIBUTES_APART = "\n\n"


def read_markup(source: Source) -> None:
    """A web page, a drawing (SVG), or XML of any kind."""
    text = decode(source.octets[: 8 * MOST_TEXT])
    if _ENTITY_DECLARED.search(text):
        source.content.obstruct(Obstacle.ENTITIES)
    add_markup(source, text)
    if source.extension in _PAGES or _PAGE.match(text):
        kinds, whole = unseen_in(text[:MOST_TEXT])
        for kind in kinds:
            source.content.hide(Hidden(kind))
        if not whole:
            source.content.obstruct(Obstacle.TOO_LARGE)


def add_markup(source: Source, text: str) -> None:
    """Keep what markup shows, what its source says besides, and the files in it."""
    text = take_out_files(source, text)
    if len(text) > MOST_TEXT:
        source.content.obstruct(Obstacle.TOO_LONG, MOST_TEXT // 1_000_000)
        text = text[:MOST_TEXT]
    beside: list[str] = []

    def aside(found: re.Match[str]) -> str:
        beside.append(plain(found[found.lastindex or 0]))
        beside.extend(values_of_json(found[found.lastindex or 0]))
        return " "

    def within_a_word(found: re.Match[str]) -> str:
        aside(found)
        return ""

    beside += in_base64(text)
    text = _NOT_SHOWN.sub(aside, _COMMENT.sub(within_a_word, _CDATA.sub(r"\1", text)))
    for tag in _TAG.finditer(text):
        for value in _VALUE.finditer(tag.group()):
            beside += _readings_of_value(unescape(next(filter(None, value.groups()), "")))
    beside.append(names_in_fields(text))
    joined, apart = _joined(text), _apart(text)
    source.add(Part.TEXT, unescape(joined))
    if apart != joined:
        source.add(Part.TEXT, unescape(apart))
    source.add(Part.MARKUP, _ATTRIBUTES_APART.join(value for value in beside if len(value) > 3))


def _readings_of_value(value: str) -> Iterator[str]:
    """What an attribute says; it may be a page of its own, or data."""
    yield value
    if "<" in value:
        yield plain(value)
    elif value.startswith(("{", "[")):
        yield from values_of_json(value)


def plain(text: str) -> str:
    """The text between the tags of HTML: cells a tab apart, paragraphs a line; formatting splits no word."""
    return unescape(_joined(text))


def _joined(text: str) -> str:
    return _TAG.sub(" ", _WITHIN_WORDS.sub("", _laid_out(text)))


def _apart(text: str) -> str:
    return _TAG.sub(" ", _WITHIN_WORDS.sub(" ", _laid_out(text)))


def _laid_out(text: str) -> str:
    """A source with the cells and lines that a reader sees."""
    text = _CELL_END.sub("\t", _BEFORE_CELL_END.sub("", _WITHIN_NUMBER.sub(" ", text)))
    return _BREAK.sub("\n", _NEXT_LINE.sub("\n", text))


def take_out_files(source: Source, text: str) -> str:
    """Look into the files that are written into the text as data: links."""

    def taken(found: re.Match[str]) -> str:
        if not found[1] and not found[2]:
            return found.group()  # words that end in "data:"
        kind, parameters, content = found[1].casefold(), found[2].casefold(), unquote_to_bytes(unescape(found[3]))
        octets = from_base64(content) if ";base64" in parameters else content
        source.inside(octets, f"data.{kind.rpartition('/')[2].rpartition('+')[2]}")
        return " "

    def unpacked(found: re.Match[str]) -> str:
        source.inside(from_base64(found.group().encode("ascii")), "data")
        return " "

    text = _DATA.sub(taken, text) if any(sign in text for sign in ("data:", "DATA:", "Data:")) else text
    return _FILE.sub(unpacked, text) if any(sign in text for sign in _BEGINNINGS) else text


def from_base64(octets: bytes) -> bytes:
    """What Base64 encodes, over several lines and however it ends."""
    clean = _BASE64.sub(b"", octets).translate(bytes.maketrans(b"-_", b"+/"))
    clean = clean[: len(clean) - (len(clean) % 4 == 1)]
    return b64decode(clean + b"=" * (-len(clean) % 4))
