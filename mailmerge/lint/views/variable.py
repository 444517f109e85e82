"""The words of what differs between messages, put together from those of the values and of the letter's own text.

Folding a text costs more than searching it, and most of it is the same in each message.
"""

from __future__ import annotations

from collections.abc import Sequence

from mailmerge.lint.views.printed import Printed
from mailmerge.patterns import EscapeContext, Pattern
from mailmerge.text import fold, normalise

_PARTS_WORDS = frozenset(" \t\n*_\"'()[]{}<>,.;:!?/|-\xa0«»’“”")
"""What keeps the words on either side of it apart, whatever they are."""


class VariableWords:
    """How the words of one shape are put together."""

    def __init__(self, patterns: Sequence[Pattern], loose: Sequence[int]):
        self._loose = loose
        self._pieces: list[tuple[int, list[str]]] = []
        """The number of a value, and the words of the text after it; no value (-1) at the beginning."""
        self._is_sure = all(map(_is_apart, patterns))
        for pattern in patterns if self._is_sure else ():
            self._pieces.append((-1, fold(normalise(pattern.constants[0])).split()))
            for slot, constant in zip(pattern.slots, pattern.constants[1:], strict=True):
                self._pieces.append((slot.value, fold(normalise(constant)).split()))

    def of(self, values: Sequence[Printed]) -> list[str] | None:
        """The folded words of one message, addresses left out; None where only the whole text tells them."""
        if not self._is_sure:
            return None
        words: list[str] = []
        for value, after in self._pieces:
            if value >= 0:
                between = values[value].words_between
                if between is None:
                    return None
                words += between
            words += after
        for value in self._loose:
            apart = values[value].words_apart
            if apart is None:
                return None
            words += apart
        return words


def _is_apart(pattern: Pattern) -> bool:
    """Whether no value can be one word, one address or one entity with the text beside it."""
    if any(slot.place is not EscapeContext.VERBATIM for slot in pattern.slots):
        return False
    if any("@" in constant or "&" in constant for constant in pattern.constants):
        return False
    before = [constant[-1:] for constant in pattern.constants[:-1]]
    after = [constant[:1] for constant in pattern.constants[1:]]
    inner = [*before[1:], *after[:-1], *filter(None, (*before[:1], *after[-1:]))]
    return _PARTS_WORDS.issuperset(inner)
