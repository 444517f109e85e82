"""Texts of a table in a sentence, each between the quotation marks of the language that the sentence is read in."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from mailmerge.i18n import N_, _
from mailmerge.text.shown import shorten

_QUOTED = N_('"{text}"')


class Quotes(Struct, frozen=True):
    """Some texts, the first of them shown."""

    texts: tuple[str, ...]
    more: int = 0
    """How many there are besides."""
    limit: int = 30
    """Characters of each that are shown at most."""

    def __str__(self) -> str:
        shown = ", ".join(_(_QUOTED).format(text=shorten(text, self.limit)) for text in self.texts)
        return _("{names} and {more} more").format(names=shown, more=self.more) if self.more else shown


def quotes(texts: Iterable[str], most: int = 6, limit: int = 30) -> Quotes:
    """The first of some texts in quotation marks, and how many more there are."""
    several = tuple(texts)
    return Quotes(several[:most], max(0, len(several) - most), limit)
