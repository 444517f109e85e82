"""In which language a letter is written: its words say so, and the document adds the country."""

from __future__ import annotations

from collections.abc import Iterable

from mailmerge.text.regex import regex
from mailmerge.text.usual_words import languages_in

_CODE = regex(r"\{\{.*?\}\}|\{%.*?%\}|\]\([^)]*\)")
_SURE, _LEAST = 3, 1
"""How many of its words show a language by themselves, and where the document says the same."""


def language_of(markdown: str, told: Iterable[str]) -> str:
    """The language of a letter (BCP 47); ``""`` where its words do not show it, as in a letter of two languages.

    ``told`` are the tags that the document has, the surest first: a document made with the settings of another language
    is usual, so that they count only where the words agree.
    """
    (language, words), (_second, of_second) = languages_in(_CODE.sub(" ", markdown))[:2]
    if words < _LEAST or 2 * of_second >= words:
        return ""
    tag = next((_known(tag) for tag in told if tag.partition("-")[0].lower() == language), "")
    if tag:
        return tag
    return language if words >= _SURE else ""


def _known(tag: str) -> str:
    """A tag as it is usually written (RFC 5646 2.1.1): ``fr-FR`` for ``FR-fr``; ``""`` where there is no such one."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(tag, sep="-")).replace("_", "-")
    except (UnknownLocaleError, ValueError):
        return ""
