"""HTML as it is read, at the same places: what tags are between is searched as if they were not there."""

from __future__ import annotations

import re

from mailmerge.lint.vocabulary import words
from mailmerge.text.regex import regex

_TAG = regex(r"<(/?)([A-Za-z][\w:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|<!--|-->")
_ATTRIBUTE_VALUE = regex(r"=\s*(?:\"([^\"]*)\"|'([^']*)')")
_WITHIN_WORDS = words(
    "a abbr b bdi bdo big cite code del em font i ins kbd mark q s small span strike strong sub sup u wbr"
)
_CELLS = frozenset({"td", "th"})
_NOTHING = "\u2060"
"""Prints nothing, and does not end a word."""


def readable(text: str) -> str:
    """The text with its tags blanked out, as long as before: a word goes on across ``<b>``, a line ends at ``<p>``."""
    return _TAG.sub(_blanked, text) if "<" in text else text


def _blanked(tag: re.Match[str]) -> str:
    size, name = tag.end() - tag.start(), (tag[2] or "").lower()
    values = [value for value in _ATTRIBUTE_VALUE.finditer(tag.group()) if (value[1] or value[2] or "").strip()]
    if values:  # what an attribute says is read by itself
        blank = ["\n"] * size
        for value in values:
            group = 1 if value[1] else 2
            blank[value.start(group) : value.end(group)] = value[group]
        return "".join(blank)
    if name in _WITHIN_WORDS:
        return _NOTHING * size
    if name in _CELLS:
        return "\t" + " " * (size - 1)
    if name == "br":
        return "\n" + " " * (size - 1)
    return "\n" * size
