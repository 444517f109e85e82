"""Sequences of letters and digits, found among the words of a text however they are cut into words.

``le gall anne`` and ``legall anne`` are one sequence; a text is searched in about half the time that folding it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

Owners = int | list[int]
"""Record numbers; one alone is not worth a list in a table of a hundred thousand."""

_SHORTEST_NAME = 8
"""Letters of a full name written as one word: a shorter one may be any word."""


class Run(NamedTuple):
    """Words that make up a known sequence."""

    start: int
    end: int
    letters: str


class Letters:
    """Sequences, and the records that carry them."""

    def __init__(self) -> None:
        self._owners: dict[str, Owners] = {}
        self._longest: dict[str, int] = {}
        """Letters of the longest sequence that begins with a word."""

    def __contains__(self, letters: str) -> bool:
        return letters in self._owners

    def add(self, letters: str, owner: int, firsts: Iterable[str]) -> None:
        """Enter a sequence with the words that it can begin with."""
        own(self._owners, letters, owner)
        longest, size = self._longest, len(letters)
        for first in firsts:
            if longest.get(first, 0) < size:
                longest[first] = size

    def find(self, words: Sequence[str]) -> list[Run]:
        """Where known sequences are, overlapping ones too; one-letter words within may be initials."""
        owners, longest = self._owners, self._longest
        starts = [at for at, word in enumerate(words) if word in longest]
        found: list[Run] = []
        if not owners.keys().isdisjoint(words):
            found += [Run(at, at + 1, word) for at, word in enumerate(words) if word in owners and is_joined(word)]
        last = len(words) - 1
        for start in starts:
            joined = bare = words[start]
            most = longest[joined]
            end = start
            while end < last:
                end += 1
                word = words[end]
                joined += word
                if len(word) > 1 or word.isdigit():
                    bare += word
                    if len(bare) > most:
                        break
                    if bare in owners:
                        found.append(Run(start, end + 1, bare))
                        continue
                if joined in owners:
                    found.append(Run(start, end + 1, joined))
        return found

    def owners(self, letters: str) -> tuple[int, ...]:
        """The records that carry a sequence."""
        return numbers(self._owners.get(letters))


def is_code(letters: str) -> bool:
    """Whether a sequence is a reference: no name has a digit in it."""
    return not letters.isalpha()


def is_joined(letters: str) -> bool:
    """Whether one word is enough to be a sequence: a reference, or a full name that is long enough."""
    return len(letters) >= _SHORTEST_NAME or is_code(letters)


def own(owners: dict[str, Owners], key: str, owner: int) -> None:
    """Add a record to those that carry a key."""
    known = owners.get(key)
    if known is None:
        owners[key] = owner
    elif isinstance(known, int):
        if known != owner:
            owners[key] = [known, owner]
    elif known[-1] != owner:
        known.append(owner)


def numbers(owners: Owners | None) -> tuple[int, ...]:
    """The records, as a tuple."""
    if owners is None:
        return ()
    return (owners,) if isinstance(owners, int) else tuple(owners)
