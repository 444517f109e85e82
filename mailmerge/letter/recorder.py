"""What one rendering printed, and how far it may go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinja2 import Undefined
from jinja2.exceptions import UndefinedError

from mailmerge.i18n import number
from mailmerge.letter.budget import CONTAINERS, MAX_OUTPUT, Budget, joined, size_of
from mailmerge.letter.placeholders import CHOSEN_BLANK, CLOSE, OPEN
from mailmerge.letter.reasons import Impossible, LimitExceeded
from mailmerge.text.regex import regex

RECORDER = " recorder"
"""The context key of the :class:`Recorder`; with its space no letter can name it, nor the internal filters."""
MAX_STEPS = 10_000
"""Rounds of all loops of one message together."""

_SURROGATE = regex("[\ud800-\udfff]")


class AuthorText(str):
    """Fallback text from the author; not reported even if blank."""

    __slots__ = ()


class Recorder(Budget):
    """The values that one rendering printed, in order, and the expressions that came out blank."""

    __slots__ = ("_size", "_steps", "blanks", "defaulted", "language", "values")

    def __init__(self, language: str, defaulted: Sequence[bool]) -> None:
        super().__init__()
        self.language = language
        self.defaulted = defaulted
        """For each expression, whether the author said what to print for a blank."""
        self.values: list[str] = []
        self.blanks: list[int] = []
        """Indexes of expressions."""
        self._size = 0
        self._steps = 0

    def printed(self, value: Any, expression: int) -> str:
        """Keep a printed value and give its placeholder; nothing where it is blank."""
        text = value if type(value) is str else self._text(value)
        if not text or text.isspace():
            if type(value) is AuthorText:
                return CHOSEN_BLANK + text
            self.blank(expression)
            return ""
        if not text.isascii():
            text = _SURROGATE.sub("\ufffd", text)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._size += len(text)
        if self._size > MAX_OUTPUT:
            raise LimitExceeded("message-too-long", limit=number(MAX_OUTPUT))
        values = self.values
        values.append(text)
        return f"{OPEN}{expression}.{len(values) - 1}{CLOSE}"

    @staticmethod
    def _text(value: Any) -> str:
        if value is None or isinstance(value, Undefined):
            return ""
        if isinstance(value, bool):
            raise Impossible("printed-truth")
        if isinstance(value, str | int | float):
            return str(value)
        raise Impossible("not-printable", name=type(value).__name__)

    def blank(self, expression: int) -> None:
        """Report that an expression came out blank, unless its author said what to print then."""
        if not self.defaulted[expression] and expression not in self.blanks:
            self.blanks.append(expression)

    def filled(self, value: Any, expression: int) -> Any:
        """A value of which something is made in which a blank would not show: a number (0), or a list (``, ,``)."""
        several = value if isinstance(value, list | tuple) else [value]
        if any((type(each) is str and not each.strip()) or each is None for each in several):
            self.blank(expression)
        return value

    def counted(self, value: Any, expression: int) -> Any:
        """A value of which a number is made that decides: a blank would count as 0, whatever is printed for one."""
        is_blank = value is None or (isinstance(value, str) and not value.strip())
        if is_blank and expression not in self.blanks:
            self.blanks.append(expression)
        return value

    def joined(self, parts: Sequence[Any], expression: int) -> str:
        """``a ~ b``: the parts in one text. A blank one is reported where the text is printed (expression >= 0)."""
        texts = []
        for part in parts:
            if isinstance(part, Undefined) and expression < 0:
                raise UndefinedError(part._undefined_message)
            text = self._text(part)
            if expression >= 0 and not text.strip() and type(part) is not AuthorText:
                self.blank(expression)
            texts.append(text)
        text = joined(texts)
        self.spend(len(text))
        return text

    def steps(self, iterable: Any, write: str, weight: int) -> list[Any]:
        """The items that a loop goes through, within the budget of the message.

        ``write`` is a loop over parts, for whoever wrote one over letters; ``weight`` is what one round costs.
        """
        if isinstance(iterable, Undefined):
            raise UndefinedError(iterable._undefined_message)
        if isinstance(iterable, str):
            raise Impossible("letter-by-letter", write=write)
        if not isinstance(iterable, CONTAINERS):
            raise Impossible("not-iterable")
        self._steps += len(iterable)
        if self._steps > MAX_STEPS:
            raise LimitExceeded("loops-too-long", limit=number(MAX_STEPS))
        self.spend(size_of(iterable) + len(iterable) * weight)
        return list(iterable)
