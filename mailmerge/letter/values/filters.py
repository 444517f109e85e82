"""Filters: grammatical agreement, name capitalisation, dates in the letter's language."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from mailmerge.letter.reasons import Impossible
from mailmerge.letter.values.dates import DayOrder, date_to_print
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex
from mailmerge.text.titles import FEMININE_TITLES, FEMININE_WORDS, MASCULINE_TITLES, MASCULINE_WORDS

_FEMININE = FEMININE_TITLES | FEMININE_WORDS
_MASCULINE = MASCULINE_TITLES | MASCULINE_WORDS
_ENDINGS = (("teau", "telle"), ("veau", "velle"), ("er", "ère"), ("eux", "euse"), ("f", "ve"), ("el", "elle"),
            ("en", "enne"), ("on", "onne"))  # fmt: skip

_PARTICLES = frozenset({
    "de", "du", "des", "d", "van", "von", "der", "den", "zu", "und", "y",
})  # fmt: skip
_WITHIN = _PARTICLES | frozenset({
    "la", "le", "les", "lès", "sur", "sous", "en", "et", "aux", "à",
})  # fmt: skip
_SMALL_AS_WRITTEN = frozenset({
    "da", "das", "do", "dos", "di", "del", "della", "dello", "dei", "degli", "dal", "la", "le", "e", "i",
    "ter", "ten", "zum", "zur", "af", "av", "bin", "ben", "ibn", "abu", "al", "el",
})  # fmt: skip
"""Particles that one family writes small and another not: small where somebody wrote them so beside capitals."""
_OF_BIRTH = frozenset({
    "née", "né", "nee", "ép", "épouse", "epouse", "geb", "geboren", "geborene", "veuve", "vve", "divorcée", "born",
    "dite", "dit",
})  # fmt: skip
"""What comes between two names of one person."""
_ROMAN = regex(r"[IVX]{2,}\Z")
_WORD = regex(r"[^\W\d_]+")


def accord(word: str, title: str, feminine: str = "") -> str:
    """A word in the gender of a title: ``accord("reçu", "Madame")`` is ``reçue``.

    Madame, Mme, Mlle, Mrs, Ms, F, femme ... take the feminine; Monsieur, M., Mr, H, homme ... the masculine, with what
    follows such a title too (Madame la Directrice). Any other
    title, a blank one too, gets both: ``reçu(e)``. The feminine is formed by the regular French endings (-er/-ère,
    -f/-ve, -eux/-euse, -el, -en, -on doubled, else -e); an irregular one is the third argument:
    ``accord("directeur", civilite, "directrice")``.
    """
    gender = _gender(fold(title))
    if gender == "M":
        return word
    feminine = feminine or _feminine_of(word)
    if gender == "F" or feminine == word:
        return feminine
    return f"{word}({feminine[len(word) :]})" if feminine.startswith(word) else f"{word}/{feminine}"


def _gender(title: str) -> str:
    """``M``, ``F``, or ``""`` for a folded title: of several words, those that all agree (Madame la Directrice)."""
    if title in _MASCULINE:
        return "M"
    if title in _FEMININE:
        return "F"
    words = set(_WORD.findall(title))
    genders = {"F" for each in words & FEMININE_TITLES} | {"M" for each in words & MASCULINE_TITLES}
    return genders.pop() if len(genders) == 1 and len(words) > 1 else ""


def _feminine_of(word: str) -> str:
    if word.endswith("e"):
        return word
    for masculine, feminine in _ENDINGS:
        if word.endswith(masculine):
            return word.removesuffix(masculine) + feminine
    return word + "e"


def proper(name: str) -> str:
    """A name as one writes it in a letter: ``DUPONT-MARTIN`` is ``Dupont-Martin``, ``DE VILLIERS`` ``de Villiers``.

    Only words that are all capitals or all small are changed: ``McDonald``, ``d'Ormesson`` and, as somebody who wrote
    a capital meant it, the ``da`` of ``da Conceição`` stay as they are.
    """
    kept: Collection[str] = () if name.isupper() or name.islower() else _SMALL_AS_WRITTEN
    words = name.split(" ")
    alone = sum(map(bool, words)) == 1
    return " ".join(word if word in kept else _proper_word(word, alone=alone) for word in words)


def _proper_word(word: str, *, alone: bool) -> str:
    if not (word.isupper() or word.islower()) or (_ROMAN.match(word) and word.isupper() and not alone):
        return word
    if word.strip("().,").lower() in _OF_BIRTH and not alone:
        return word.lower()
    if word.lower() in _PARTICLES:
        return word.lower()
    parts = word.split("-")
    return "-".join(
        part.lower() if 0 < index < len(parts) - 1 and part.lower() in _WITHIN else _capitalised(part)
        for index, part in enumerate(parts)
    )


@lru_cache(maxsize=4096)
def _capitalised(word: str) -> str:
    text = _WORD.sub(lambda found: found[0][0].upper() + found[0][1:].lower(), word)
    text = re.sub(r"\AMc(\w)(?=\w\w)", lambda found: f"Mc{found[1].upper()}", text)
    return re.sub(r"\AD(?=['’]\w)", "d", text)


@lru_cache(maxsize=4096)
def date(text: str, style: str, language: str, order: str = DayOrder.DAY_FIRST) -> str:
    """A date in words: ``03/09/2026`` is ``3 septembre 2026`` in a French letter.

    ``text`` is a date in digits as :func:`mailmerge.letter.values.dates.date_to_print` reads it, in this order of day
    and month.
    ``style`` is ``full``, ``long``, ``medium``, ``short`` or a CLDR pattern such as ``EEEE d MMMM``.

    Raises:
        Impossible: the text is not a date, or more than one, or the language is not one that Babel knows.
    """
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date

    day = date_to_print(text, order)
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise Impossible("not-a-language", name=language) from None
    written = format_date(day, style, locale)
    first_of_month = day.day == 1 and locale.language == "fr" and "MMMM" in _pattern(style)
    return re.sub(r"\b1 (?=[^\W\d])", "1er ", written, count=1) if first_of_month else written


def _pattern(style: str) -> str:
    return "MMMM" if style in ("full", "long") else style
