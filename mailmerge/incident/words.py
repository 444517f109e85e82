"""The words of the sheets, in the language of each: the forms of France are French whatever the program speaks.

They are texts of their own (``texts/``), as the starter letters are; the faces speak by :mod:`mailmerge.i18n`.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from mailmerge.incident.revealing import ShownDetail
from mailmerge.text.regex import regex

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("fr", "en")
_LOCALES = {"fr": "fr", "en": "en_GB"}
_NO_BREAK = {"\u202f": "\u00a0", "\u2009": " "}
_BEFORE_SIGN = regex(r" (?=[:;!?»]|%(?!\}))|(?<=«) ")
"""Spaces at which no line may end in French; a ``%}`` ends a condition of the letter."""
_IMPLIED = {ShownDetail.NAME_IN_ADDRESS: ShownDetail.NAME}
"""What needs no mention where the other is mentioned: a name that was displayed anyway."""


class Words:
    """How one language says things."""

    def __init__(self, language: str):
        self.language = language
        self._locale = _LOCALES[language]

    @cached_property
    def texts(self) -> Mapping[str, Mapping[str, Any]]:
        """By section and token."""
        return tomllib.loads((TEXTS / f"words.{self.language}.toml").read_text(encoding="utf-8"))

    def word(self, section: str, token: str) -> str:
        """The word for a token; the token itself where there is none, as for a choice that somebody edited."""
        return str(self.texts[section].get(token, token))

    def words(self, section: str, tokens: str) -> str:
        """The words for tokens with commas between them."""
        return self.enumeration(self.word(section, token.strip()) for token in tokens.split(",") if token.strip())

    def typeset(self, text: str) -> str:
        """A text that people read as it is, with the spaces of its language."""
        return _BEFORE_SIGN.sub("\u00a0", text) if self.language == "fr" else text

    def number(self, value: float) -> str:
        """A number with its thousands apart."""
        from babel.numbers import format_decimal

        return _narrow(format_decimal(value, locale=self._locale))

    def yes_no(self, value: bool) -> str:
        """``oui`` or ``non``."""
        return self.word("answers", "yes" if value else "no")

    def moment(self, stamp: str | None, zone: str = "") -> str:
        """A moment to the minute: ``1 septembre 2026 à 10:15``; ``""`` for none."""
        if not stamp:
            return ""
        return self.date_time(datetime.datetime.fromisoformat(stamp), zone)

    def date_time(self, moment: datetime.datetime, zone: str = "") -> str:
        """The same of a moment in hand; ``zone`` is named behind it."""
        hour = self.word("answers", "time").format(hours=moment.hour, minutes=moment.minute)
        said = self.word("answers", "moment").format(day=self.day(moment), time=hour)
        return f"{said} ({zone})" if zone else said

    def day(self, day: datetime.date) -> str:
        """A day: ``1 septembre 2026``."""
        from babel.dates import format_date

        said = _narrow(format_date(day, "d MMMM y", locale=self._locale))
        return f"1er{said[1:]}" if self.language == "fr" and day.day == 1 else said

    def month(self, day: datetime.date) -> str:
        """A month: ``septembre 2026``."""
        from babel.dates import format_date

        return _narrow(format_date(day, "MMMM y", locale=self._locale))

    def enumeration(self, items: Iterable[str]) -> str:
        """Several things in a row: ``a, b et c``."""
        from babel.lists import format_list

        listed = list(items)
        return _narrow(format_list(listed, locale=self._locale)) if listed else ""

    def shown_of(self, shown: Iterable[ShownDetail]) -> str:
        """What was to be seen of one person, in the second person: ``votre adresse et votre nom``."""
        seen = set(shown)
        seen -= {each for each, other in _IMPLIED.items() if other in seen}
        return self.enumeration(self.word("yours", each) for each in ShownDetail if each in seen)


@cache
def words_of(language: str) -> Words:
    """The words of a language; English where there are none of it."""
    return Words(language if language in LANGUAGES else "en")


def _narrow(text: str) -> str:
    for character, other in _NO_BREAK.items():
        text = text.replace(character, other)
    return text
