"""Sequences of letters and digits, found among the words of a text however they are cut into words.

``le gall anne`` and ``legall anne`` are one sequence; a text is searched in about half the time that folding it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, count
from typing import NamedTuple

Owners = int | list[int]
"""Record numbers; one alone is not worth a list in a table of a hundred thousand."""

_SHORT = 3
"""Letters of a word that is everywhere, or begins a name only with what follows."""
_SHORTEST_NAME = 8
"""Letters of a full name written as one word: a shorter one may be any word."""


class WordRun(NamedTuple):
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
        self._following: dict[str, set[str]] = {}
        """For words that are everywhere, the words that have to follow."""
        self._anyhow: set[str] = set()
        """Short words with which another sequence begins whatever follows: the S of S-2027/41, beside Saint-Martin."""

    def __contains__(self, letters: str) -> bool:
        return letters in self._owners

    def begins(self, word: str) -> bool:
        """Whether a sequence begins with a word that is not everywhere."""
        return word in self._longest and (word not in self._following or word in self._anyhow)

    def starts(self, words: Sequence[str]) -> list[int]:
        """Where words are with which a sequence begins; those that are everywhere as well."""
        return list(compress(count(), map(self._longest.__contains__, words)))

    def longest(self, word: str) -> int:
        """Letters of the longest sequence that begins with a word."""
        return self._longest.get(word, 0)

    def add(self, letters: str, owner: int, firsts: Iterable[str]) -> None:
        """Enter a sequence with the words that it can begin with: the whole, one word, or two where one says little."""
        own(self._owners, letters, owner)
        longest, size = self._longest, len(letters)
        for words in firsts:
            first, _blank, second = words.partition(" ")
            if second:
                self._following.setdefault(first, set()).add(second)
            elif len(first) <= _SHORT:
                self._anyhow.add(first)
            if longest.get(first, 0) < size:
                longest[first] = size

    def find(self, words: Sequence[str]) -> list[WordRun]:
        """Where known sequences are, overlapping ones too; one-letter words within may be initials."""
        owners, longest, following, anyhow = self._owners, self._longest, self._following, self._anyhow
        starts = self.starts(words)
        found: list[WordRun] = []
        count = len(words)
        for start in starts:
            bare, joined = words[start], ""  # without one-letter words, and with them where there are any
            if bare in owners and is_joined(bare):
                found.append(WordRun(start, start + 1, bare))
            most, end = longest[bare], start + 1
            if bare in following and bare not in anyhow and (end == count or words[end] not in following[bare]):
                continue
            while end < count:
                word = words[end]
                end += 1
                if len(word) > 1 or word.isdigit():
                    bare += word
                    if len(bare) > most:
                        break
                    if joined:
                        joined += word
                    if bare in owners:
                        found.append(WordRun(start, end, bare))
                    elif joined and joined in owners:
                        found.append(WordRun(start, end, joined))
                else:
                    joined = (joined or bare) + word
                    if joined in owners:
                        found.append(WordRun(start, end, joined))
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
