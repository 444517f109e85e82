"""A text that a letter prints: what is known of it alone is found once, however many messages print it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from mailmerge.lint.extract.encodings import decoded_views
from mailmerge.lint.identities.reading import Reading
from mailmerge.text import fold, normalise

_Fact = TypeVar("_Fact")
KEPT = 4096
"""Texts that are remembered; the titles, posts and reasons of a table are far fewer."""


class Printed:
    """One text, whoever gets it."""

    def __init__(self, inspection: Any, text: str):
        """``inspection`` is handed on to the functions of :meth:`once`."""
        self._inspection = inspection
        self._facts: dict[Callable[[Any, str], object], object] = {}
        self.text = text

    def once(self, find: Callable[[Any, str], _Fact]) -> _Fact:
        """What a function of a rule finds in the text, asked once."""
        try:
            return self._facts[find]  # type: ignore[return-value]
        except KeyError:
            fact = self._facts[find] = find(self._inspection, self.text)
            return fact

    @cached_property
    def folded(self) -> str:
        """The text folded."""
        return fold(self.text)

    @cached_property
    def plain(self) -> str:
        """The text normalised."""
        return normalise(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words of the normalised text."""
        return tuple((self.folded if self.plain is self.text else fold(self.plain)).split())

    @cached_property
    def decoded(self) -> tuple[str, ...]:
        """Each reading of the text that differs from it."""
        return decoded_views(self.text)

    @cached_property
    def words_between(self) -> tuple[str, ...] | None:
        """The words, if they are the same whatever is before and after the text, signs apart; None if not."""
        is_plain = "@" not in self.text and "&" not in self.text and self.plain is self.text
        return tuple(self.folded.split()) if is_plain else None

    @cached_property
    def words_apart(self) -> tuple[str, ...] | None:
        """The words of a text that stands by itself, less its addresses; None if something like one is left."""
        rest = Reading(self.text).without_addresses().text
        return None if "@" in rest else tuple(fold(rest).split())
