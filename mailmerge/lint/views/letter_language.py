"""In which language a letter is: as it says, or else by its most usual words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailmerge.text.usual_words import languages_in

if TYPE_CHECKING:
    from mailmerge.letter import Letter

_LEAST = 3
"""Usual words from which on a language is told."""


def language_of(letter: Letter) -> str:
    """The BCP 47 tag of a letter; ``""`` where nothing tells it."""
    if letter.language:
        return letter.language
    said = " ".join(each.text for each in letter.constants if not each.literal)
    (language, words), (_second, of_second) = languages_in(said)[:2]
    return language if words >= _LEAST and words > of_second else ""


def has_decimal_comma(language: str) -> bool:
    """Whether a comma parts decimals where a language is written; False for one that is unknown.

    In Switzerland and Liechtenstein a point does in amounts, whatever the language.
    """
    from babel.core import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol

    try:
        locale = Locale.parse(language, sep="-") if language else None
    except (UnknownLocaleError, ValueError):
        return False
    return locale is not None and locale.territory not in ("CH", "LI") and get_decimal_symbol(locale) == ","
