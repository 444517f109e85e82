"""What one rendering printed, and how far it may go."""

from __future__ import annotations

import re
from collections.abc import ItemsView, Iterator, KeysView, Sequence, ValuesView
from time import monotonic
from typing import Any

from jinja2 import Undefined
from jinja2.exceptions import UndefinedError

from mailmerge.letter.marks import CHOSEN_BLANK, CLOSE, OPEN
from mailmerge.letter.reasons import Impossible, TooMuch

MAX_OUTPUT = 1_000_000
"""Characters that the values of one message may have together, and any text that is put together for it."""
MAX_STEPS = 10_000
"""Rounds of all loops of one message together."""

MAX_SECONDS = 5.0
"""What the loops of one message may take; a letter takes some 20 microseconds."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class Chosen(str):
    """Text that the author chose for the case that a field is blank; blank itself, it is not reported."""

    __slots__ = ()


class _Rounds(list[Any]):
    """The items of a loop, given out while there is time."""

    deadline = 0.0

    def __iter__(self) -> Iterator[Any]:
        for item in super().__iter__():
            if monotonic() > self.deadline:
                raise TooMuch("loops-too-slow", limit=f"{MAX_SECONDS:.0f}")
            yield item


class Recorder:
    """The values that one rendering printed, in order, and the expressions that came out blank."""

    __slots__ = ("_deadline", "_size", "_steps", "blanks", "defaulted", "language", "values")

    def __init__(self, language: str, defaulted: Sequence[bool]) -> None:
        self.language = language
        self.defaulted = defaulted
        """For each expression, whether the author said what to print for a blank."""
        self.values: list[str] = []
        self.blanks: list[int] = []
        """Indexes of expressions."""
        self._size = 0
        self._steps = 0
        self._deadline = 0.0

    def printed(self, value: Any, expression: int) -> str:
        """Keep a printed value and give the mark that stands for it; nothing where it is blank."""
        text = value if type(value) is str else self._text(value)
        if not text or text.isspace():
            if type(value) is Chosen:
                return CHOSEN_BLANK + text
            self.blank(expression)
            return ""
        if not text.isascii():
            text = _SURROGATE.sub("\ufffd", text)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._size += len(text)
        if self._size > MAX_OUTPUT:
            raise TooMuch("message-too-long", limit=f"{MAX_OUTPUT:,}")
        values = self.values
        values.append(text)
        return f"{OPEN}{expression}.{len(values) - 1}{CLOSE}"

    @staticmethod
    def _text(value: Any) -> str:
        if value is None or isinstance(value, Undefined):
            return ""
        if isinstance(value, str | int | float):
            return str(value)
        raise Impossible("not-printable", name=type(value).__name__)

    def blank(self, expression: int) -> None:
        """Report that an expression came out blank, unless its author said what to print then."""
        if not self.defaulted[expression] and expression not in self.blanks:
            self.blanks.append(expression)

    def joined(self, parts: Sequence[Any], expression: int) -> str:
        """``a ~ b``: the parts in one text. A blank one is reported where the text is printed (expression >= 0)."""
        texts = []
        for part in parts:
            if isinstance(part, Undefined) and expression < 0:
                raise UndefinedError(part._undefined_message)
            text = self._text(part)
            if expression >= 0 and not text.strip() and type(part) is not Chosen:
                self.blank(expression)
            texts.append(text)
        return capped("".join(texts))

    def steps(self, iterable: Any, write: str) -> list[Any]:
        """The items that a loop goes through, within the budget of the message; ``write`` is a loop over parts."""
        if isinstance(iterable, Undefined):
            raise UndefinedError(iterable._undefined_message)
        if isinstance(iterable, str):
            raise Impossible("letter-by-letter", write=write)
        if not isinstance(iterable, list | tuple | dict | ItemsView | KeysView | ValuesView):
            raise Impossible("not-iterable")
        items = _Rounds(iterable)
        self._steps += len(items)
        if self._steps > MAX_STEPS:
            raise TooMuch("loops-too-long", limit=f"{MAX_STEPS:,}")
        self._deadline = items.deadline = self._deadline or monotonic() + MAX_SECONDS
        return items


def capped(text: str) -> str:
    """The text, where it is not too long to be part of a message."""
    if len(text) > MAX_OUTPUT:
        raise TooMuch("text-too-long", limit=f"{MAX_OUTPUT:,}")
    return text
