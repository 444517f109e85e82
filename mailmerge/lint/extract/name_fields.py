"""Names that a form, a card or data gives part by part, each under its label, with other fields in between."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import unescape
from itertools import islice

from mailmerge.records.columns.headers import name_word
from mailmerge.records.columns.name_headers import NamePart, read_name_header
from mailmerge.records.columns.name_words import FIRST_NAME, FORMER, LAST_NAME, LEGAL, MARRIED, NAME, USUAL
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_SIGN = regex(r"[:=|\t>]|\.{4,}|\r?\n")
"""What is between a label and its value: on the line, in two cells, an attribute or an element; a row of dots."""
_LABEL = regex(r"[\w.'’ -]+\Z")
_BETWEEN = " \xa0\"':"
_ENDING = 3
_MOST_SIGNS = 100_000
_VALUE = regex(r"[ \xa0]{0,40}+[\"']?([^\W\d_][\w .'’-]{0,40}+)(?![\w@])")
_NAMED = regex(r"\bname=[\"']\Z")
"""The name of a field, a style, a property: whose name it is, nothing tells."""
_LONGEST_LABEL = 40
_INPUT = regex(r"name=[\"']([\w.-]{2,30})[\"'][^<>]{0,200}?\bvalue=[\"']([^\"'<>]{1,40})")
"""A field of a form on a web page."""
_PARTS = {NamePart.FIRST: NamePart.FIRST, NamePart.LAST: NamePart.LAST, NamePart.NAME: NamePart.LAST}
_FARTHEST = 600
"""Characters from one part of a name to the other."""


def names_in_fields(text: str) -> str:
    """The names of which a text gives one part under one label and one under another, each on a line."""
    return "\n".join(dict.fromkeys(_names(text)))


def _names(text: str) -> Iterator[str]:
    found: dict[NamePart, tuple[int, str]] = {}
    for place, part, value in sorted(_fields(text), key=lambda field: field[0]):
        found[part] = place, value
        if len(found) == 2:
            (place_of_first, first), (place_of_last, last) = found[NamePart.FIRST], found[NamePart.LAST]
            if abs(place_of_first - place_of_last) <= _FARTHEST:
                yield f"{first} {last}"
                found.clear()


def _fields(text: str) -> Iterator[tuple[int, NamePart, str]]:
    for sign in islice(_SIGN.finditer(text), _MOST_SIGNS):
        before = text[max(0, sign.start() - _LONGEST_LABEL) : sign.start()].rstrip(_BETWEEN).removesuffix("(s)")
        if _may_end_label(before[-_ENDING:]) and (label := _LABEL.search(before)):
            value = None if _NAMED.search(text, sign.start() - 5, sign.end() + 1) else _VALUE.match(text, sign.end())
            if value and (part := _part_of(label.group())) and not _part_of(value[1]):
                yield sign.start(), part, value[1].strip()
    for field in _INPUT.finditer(text) if "value=" in text else ():
        if part := _part_of(field[1]):
            yield field.start(), part, unescape(field[2])


@cache
def _may_end_label(ending: str) -> bool:
    return fold(ending)[-_ENDING:] in _endings()


@cache
def _endings() -> frozenset[str]:
    """The last letters of the labels of names: what is no label is told by them in no time."""
    qualifying = FORMER | LEGAL | MARRIED | USUAL
    return frozenset(phrase[-_ENDING:] for phrase in (*FIRST_NAME, *LAST_NAME, *NAME, *qualifying))


def _part_of(label: str) -> NamePart | None:
    """Which part of a name is under a label; a surname, too, where the label may be for all of it."""
    words = fold(label).split()
    for start in range(len(words)):  # "your first name", or an attribute behind the name of its element
        header = read_name_header(name_word(" ".join(words[start:])))
        if header is not None and header.part in _PARTS:
            return _PARTS[header.part]
    return None
