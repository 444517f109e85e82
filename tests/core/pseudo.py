"""A language that nobody speaks: each sentence of ours is between ⟦ and ⟧, and a third longer.

It has the sentences that French has, and no others: one that was filled in before it is translated is in neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from gettext import GNUTranslations, NullTranslations

from mailmerge import i18n

_LETTERS = str.maketrans("aeioucnAEIOU", "áéíóúçñÁÉÍÓÚ")
_PLACE = re.compile(r"(\{[^{}]*\})")
OPEN, CLOSE = "⟦", "⟧"
PSEUDO = "qps"


def pseudo(text: str) -> str:
    """A text in that language; its places, its line ends and the blanks around it stay."""
    words = "".join(part if _PLACE.fullmatch(part) else part.translate(_LETTERS) for part in _PLACE.split(text))
    first, *rest = words.split("\n")
    longer = "·" * max(1, len(_PLACE.sub("", first)) * 3 // 10)
    return f"{OPEN}{first}{longer}" + "".join(f"\n{each}" for each in rest) + CLOSE


class _Unknown(NullTranslations):
    """What is asked for a text that no catalogue has."""

    def gettext(self, message: str) -> str:
        raise LookupError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise LookupError(msgid1)

    def pgettext(self, context: str, message: str) -> str:
        raise LookupError(message)


@cache
def _french() -> GNUTranslations:
    with (i18n.LOCALE / "fr/LC_MESSAGES" / f"{i18n.DOMAIN}.mo").open("rb") as file:
        french = GNUTranslations(file)
    french.add_fallback(_Unknown())
    return french


class _Catalogue(NullTranslations):
    def gettext(self, message: str) -> str:
        try:
            _french().gettext(message)
        except LookupError:
            return message
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        one = msgid1 if n == 1 else msgid2
        try:
            _french().ngettext(msgid1, msgid2, n)
        except LookupError:
            return one
        return pseudo(one)

    def pgettext(self, context: str, message: str) -> str:
        try:
            _french().pgettext(context, message)
        except LookupError:
            return message
        return message if context in ("number", "date", "time", "month") else pseudo(message)


def use_pseudo(name: str) -> None:
    """As :func:`mailmerge.i18n.use`, for English and this language."""
    i18n.use_catalogue(name, _Catalogue() if name == PSEUDO else NullTranslations())


@contextmanager
def speaking_pseudo() -> Iterator[None]:
    """Speak it for a while."""
    before = i18n.language(), i18n._catalogue
    use_pseudo(PSEUDO)
    try:
        yield
    finally:
        i18n.use_catalogue(*before)


def outside(text: str) -> str:
    """What is not between the brackets, however deep they are."""
    depth, kept = 0, []
    for character in text:
        depth += character == OPEN
        if depth == 0:
            kept.append(character)
        depth = max(0, depth - (character == CLOSE))
    return "".join(kept)
