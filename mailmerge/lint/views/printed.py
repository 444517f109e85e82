"""A text that a letter prints: what is known of it alone is found once, however many messages print it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, TypeVar

from mailmerge.lint.extract.encodings import decoded_views
from mailmerge.model.patterns import EscapeContext, escaped
from mailmerge.text.folding import fold, normalise

_Fact = TypeVar("_Fact")
KEPT = 4096
"""Texts that are remembered; the titles, posts and reasons of a table are far fewer."""


class Printed:
    """One text, whoever gets it."""

    def __init__(self, inspection: Any, text: str):
        """``inspection`` is handed on to the functions of :meth:`once`."""
        self._inspection = inspection
        self._facts: dict[Callable[[Any, str], object], object] = {}
        self._between: dict[EscapeContext, Sequence[str] | None] = {}
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

    def words_between(self, place: EscapeContext) -> Sequence[str] | None:
        """The words where the text lands, if they are the same whatever is beside it, signs apart; None if not."""
        try:
            return self._between[place]
        except KeyError:
            found = self._between[place] = self._words_as(escaped(self.text, place))
            return found

    def _words_as(self, text: str) -> Sequence[str] | None:
        if "@" in text or "&" in text or normalise(text) is not text:
            return None
        return self.words if text == self.text else fold(text).split()
