"""What is the recipient's own in a text, however it is cut into words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

_MOST_WORDS = 10


class Own:
    """One person: the number of their record, and their names and references as they are printed."""

    def __init__(self, number: int, letters: Callable[[], frozenset[str]]):
        self.number = number
        self._letters = letters

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters and digits of each name and reference, without what is between them."""
        return self._letters()

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(letters[:end] for letters in self.letters for end in range(1, len(letters) + 1))

    def spans_in(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Where they are among folded words: the first word of each, and the one after its last."""
        letters, beginnings = self.letters, self._beginnings
        spans: list[tuple[int, int]] = []
        for start, joined in enumerate(words):
            end = start + 1
            while joined in beginnings:
                if joined in letters:
                    spans.append((start, end))
                if end == len(words) or end == start + _MOST_WORDS:
                    break
                joined += words[end]
                end += 1
        return spans
