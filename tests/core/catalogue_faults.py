"""What can be wrong with a translation, told from the text that it translates alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

NBSP, NARROW = "\u00a0", "\u202f"
PLACE = re.compile(r"\{[^{}\s]+\}")
AS_IT_IS = {
    "flags": re.compile(r"(?<![\w-])--[a-z][a-z-]*"),
    "rule codes": re.compile(r"\b(?:LST|TPL|MSG|XRC|ATT|WIR|META)\d{3}\b"),
    "variables": re.compile(r"\bMAILMERGE_[A-Z]+\b"),
    "keys": re.compile(r"\bF\d{1,2}\b|(?<=\bCtrl[+-])[A-Z]\b"),
    "commands": re.compile(r"(?<=`)mailmerge [a-z-]+"),
    "files": re.compile(r"\b[a-z]+\.toml\b"),
    "addresses of the web": re.compile(r"https?://[\w./-]+"),
}
"""What is the same in every language, by what it is called."""
HEADERS = r"(?:Subject|Fields|From|To|Reply-To|Attachment|Content-[A-Z]\w+|Cc|Bcc|X-[\w-]*|Message-ID|Date)"
_CODE = re.compile(
    r"`[^`]*`|\{+%.*?%\}+|\{\w+\}:(?=\u00a0»|\Z)|\{+[^{}]*\}+|&\w+;|\w+://\S*|<[^<>]*>|«\u00a0\S{1,2}\u00a0»|::\w+::"
    rf"|\b(?:{HEADERS}|mailto|javascript|https?|[a-z]+[A-Z]\w*):|#[A-Z/]+[?!]?|%\w+%|\d\.\d+%"
)
"""Parts of a sentence that are typed, not written: typography has no say in them."""
_INSIDE = re.compile(r"[;?!%:«»](?=[^\s;?!%:,.)\u00a0»])")
_SPACED = re.compile(r"[\w»)]\s…(?=\n|\Z)")
_STRAIGHT = re.compile(r"[^\W\d_]'[^\W\d_]")
_UNSPACED = re.compile(r"(?:[^\s\u00a0?!]| )([;?!]|:(?=\s|$)|%(?![\w(]))")


def faults(text: str, translation: str, *, french: bool = True) -> Iterator[str]:
    """What is wrong with the translation of a text; nothing where it is right."""
    if text.strip() and not translation.strip(" \n"):
        yield "it is empty"
        return
    if set(PLACE.findall(text)) != set(PLACE.findall(translation)):
        yield "its places are others"
    if _can_be_filled(text) and not _can_be_filled(translation):
        yield "its braces are out of order"
    for name, pattern in AS_IT_IS.items():
        if {*pattern.findall(text)} != {*pattern.findall(translation)}:
            yield f"its {name} are others"
    if _edges(text) != _edges(translation):
        yield "it begins or ends with other blanks"
    if text.count("\n\n") != translation.count("\n\n") or text.count("\b") != translation.count("\b"):
        yield "it has other paragraphs"
    if text.rstrip().endswith(":") != translation.rstrip().endswith(":"):
        yield "only one of the two ends with a colon"
    if french:
        yield from typography(text, translation)


def _can_be_filled(text: str) -> bool:
    try:
        return bool(list(Formatter().parse(text)))
    except ValueError:
        return False


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip(" \n"))], text[len(text.rstrip(" \n")) :]


def typography(text: str, translation: str) -> Iterator[str]:
    """What a French typesetter would mark."""
    if NARROW in translation:
        yield "it has a narrow no-break space"
    if text == translation and not PLACE.search(text):  # a piece of a file or of a letter
        return
    written = _written(translation, text)
    if re.search(r"«(?!\u00a0)|(?<!\u00a0)»", written):
        yield "a guillemet has no no-break space inside"
    if found := _UNSPACED.search(written):
        yield f"no no-break space before {found[1]}"
    if _STRAIGHT.search(written):
        yield "a straight apostrophe"
    if _SPACED.search(written):
        yield "a space before the ellipsis that ends it"
    if "..." in written and "..." not in text:
        yield "three dots in place of an ellipsis"


def _written(translation: str, text: str) -> str:
    """The translation without what is typed: code, and words with a sign inside that the text has too, ``a;b;c``."""
    words = {word.strip(",.") for word in _CODE.sub("x", text).split() if _INSIDE.search(word)}
    parts = re.split(r"([ \n])", _CODE.sub("x", translation))
    return "".join("x" if part.strip(",.") in words else part for part in parts)
