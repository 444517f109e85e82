"""The words of what differs between messages, put together from those of the values and of the letter's own text.

Folding a text costs more than searching it, and most of it is the same in each message.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from mailmerge.lint.identities.reading import folded_words
from mailmerge.lint.views.printed import Printed
from mailmerge.model.patterns import Pattern
from mailmerge.text.folding import fold, has_entity, normalise
from mailmerge.text.regex import regex

_PARTS_WORDS = frozenset(" \t\n*_\"'()[]{}<>,.;:!?/|=-\xa0«»’“”")
"""What keeps the words on either side of it apart, whatever they are."""
_ENTITY_BEGINS = regex(r"&[#A-Za-z0-9]*(?:;|\Z)")
"""An entity, or what may become one with a value after it."""


class VariableText:
    """A text with values in it; its words are put together line by line."""

    def __init__(self, pattern: Pattern):
        self.pattern = pattern
        self._lines: list[_Line | list[str] | None] = []
        """Of lines without a value the words; None where only the whole text tells them."""
        for has_values, group in groupby(_lines(pattern), lambda line: bool(line.slots)):
            lines = list(group)
            self._lines += map(_Line, lines) if has_values else [_words("\n".join(line.constants[0] for line in lines))]

    def words(self, values: Sequence[str], printed: Sequence[Printed]) -> list[str] | None:
        """The folded words of one message, addresses left out; None where only the whole text tells them."""
        words: list[str] = []
        for line in self._lines:
            found = line.words(values, printed) if isinstance(line, _Line) else line
            if found is None:
                return None
            words += found
        return words


class _Line:
    """A line with values in it."""

    def __init__(self, pattern: Pattern):
        self._pattern = pattern
        self._is_apart = _is_apart(pattern)
        self._before = fold(normalise(pattern.constants[0])).split()
        pieces = zip(pattern.slots, pattern.constants[1:], strict=True)
        self._pieces = [(slot.value, slot.place, fold(normalise(constant)).split()) for slot, constant in pieces]
        """The number of a value, where it lands, and the words of the text after it."""

    def words(self, values: Sequence[str], printed: Sequence[Printed]) -> list[str] | None:
        """The words in one message; None where an entity is in it, and the whole text may have more."""
        words = list(self._before)
        for value, place, after in self._pieces:
            between = printed[value].words_between(place) if self._is_apart else None
            if between is None:
                return _words(self._pattern.fill(values))
            words += between
            words += after
        return words


def _words(text: str) -> list[str] | None:
    return None if has_entity(text) else folded_words(text)


def _lines(pattern: Pattern) -> Iterator[Pattern]:
    """A text cut into its lines, each with the values in it: no word, address or entity goes over the end of one."""
    constants, slots = [], []
    for slot, constant in zip((None, *pattern.slots), pattern.constants, strict=True):
        slots += [slot] if slot else []
        head, *rest = constant.split("\n")
        constants.append(head)
        for line in rest:
            yield Pattern(tuple(constants), tuple(slots))
            constants, slots = [line], []
    yield Pattern(tuple(constants), tuple(slots))


def _is_apart(pattern: Pattern) -> bool:
    """Whether no value can be one word, one address or one entity with the text beside it."""
    if any("@" in constant or _ENTITY_BEGINS.search(constant) for constant in pattern.constants):
        return False
    before = [constant[-1:] for constant in pattern.constants[:-1]]
    after = [constant[:1] for constant in pattern.constants[1:]]
    inner = [*before[1:], *after[:-1], *filter(None, (*before[:1], *after[-1:]))]
    return _PARTS_WORDS.issuperset(inner)
