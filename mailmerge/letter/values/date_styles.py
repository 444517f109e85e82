"""How a letter writes a date: the lengths that CLDR has, or a pattern of days, months and years (UTS 35 part 4).

Every letter of a pattern means something there: ``DD/MM/YYYY`` would be the day of the year, ``Long`` nonsense.
"""

from __future__ import annotations

import re

from jinja2 import nodes

from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten

LENGTHS = frozenset({"full", "long", "medium", "short"})
_KNOWN = regex(r"d{1,2}|E{1,4}|M{1,5}|L{1,5}|y{1,4}|w{1,2}")
_PIECES = regex(r"('(?:[^']|'')*'|[A-Za-z]+)")
_PERCENT = {"d": "dd", "e": "d", "m": "MM", "Y": "yyyy", "y": "yy", "B": "MMMM", "b": "MMM", "A": "EEEE", "a": "EEE",
            "-d": "d", "-m": "M"}  # fmt: skip
_NAMED = {"court": "short", "complet": "full", "kurz": "short", "lang": "long", "largo": "long", "corto": "short",
          "lungo": "long", "longo": "long", "curto": "short", "kort": "short"}  # fmt: skip
_OTHERS = str.maketrans("DJYAmja", "ddyyMdy")
"""The letters by which other programs, and other languages, mean days, months and years."""
_TIME = regex(r"[\s,]*(?:\bà\b|\bat\b|\bum\b)?\s*(?:HH?|hh?)\b.*\Z")


def is_style(style: str) -> bool:
    """Whether dates can be written so."""
    if style in LENGTHS:
        return True
    words = [piece for piece in _PIECES.split(style)[1::2] if not piece.startswith("'")]
    return bool(words) and style.count("'") % 2 == 0 and all(map(_KNOWN.fullmatch, words))


def styles_of(node: nodes.Filter | nodes.Test) -> list[str]:
    """The styles that a date is given in the letter itself, which can be looked at before anybody's date."""
    given = [*node.args[:1], *(pair.value for pair in node.kwargs if pair.key == "style")]
    return [each.value for each in given if isinstance(each, nodes.Const) and isinstance(each.value, str)]


def wrong_style(style: str) -> dict[str, str]:
    """What is said of a style that is none: the values of ``not-a-date-style``."""
    return {"text": f'"{shorten(" ".join(style.split()), 40)}"', "write": f'|date("{meant_style(style)}")'}


def meant_style(style: str) -> str:
    """What was meant by a style that is none; an example where nothing is near."""
    named = style.strip().casefold()
    if named in LENGTHS or named in _NAMED:
        return _NAMED.get(named, named)
    pattern = re.sub(r"[\s\x00-\x1f]+", " ", style)
    pattern = re.sub(r"%(-?[A-Za-z])", lambda found: _PERCENT.get(found[1], "?"), pattern)
    pattern = _TIME.sub("", pattern).replace('"', "").replace("\\", "")
    if pattern.count("'") % 2:
        pattern = pattern.replace("'", "’")
    pieces = _PIECES.split(pattern)
    pieces[1::2] = map(_meant, pieces[1::2])
    written = "".join(pieces).strip()
    return written if is_style(written) else "dd/MM/yyyy"


def _meant(word: str) -> str:
    if word.startswith("'") or _KNOWN.fullmatch(word):
        return word
    if re.fullmatch(r"TT|T|tt", word):
        return word.replace("T", "d").replace("t", "d")
    if re.fullmatch(r"[Jj]{4}", word):  # Jahr, or jour
        return "yyyy" if word.isupper() else "EEEE"
    meant = word.translate(_OTHERS)
    if re.fullmatch(r"d{3,4}", meant):
        return meant.replace("d", "E")
    return meant if len(set(meant)) == 1 and _KNOWN.fullmatch(meant) else f"'{word}'"
