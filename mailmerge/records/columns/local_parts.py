"""Whose name the local part of an address spells: ``ines.petit``, ``ipetit``, ``petit-i``, ``chris.petit``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_PIECES = regex(r"[^\W\d_]+")
_SHORT = 3
"""Letters from which on a word inside an address is no accident."""


class Likeness(NamedTuple):
    """How much of a local part the words of a name explain."""

    parts: int
    """Words of the name that are in it, in full, cut short or as an initial."""
    whole: int
    """Those of them that are there in full, with three letters or more."""
    letters: int
    """Letters that they explain."""
    left: int
    """Letters that they do not."""

    @property
    def is_clear(self) -> bool:
        """Whether it names one person: a word of the name in full, and another one, and not much else."""
        return self.whole >= 1 and (self.left == 0 or (self.parts >= 2 and self.left * 3 <= self.letters))


NOTHING = Likeness(0, 0, 0, 0)


@lru_cache(maxsize=4096)
def pieces_of(address: str) -> tuple[str, ...]:
    """The folded words of a local part; digits and a ``+tag`` left out. None where the text holds no address."""
    local = address.partition("@")[0].partition("+")[0] if "@" in address else ""
    return tuple(_PIECES.findall(fold(local.rpartition("<")[2])))


def can_be_compared(pieces: Sequence[str], words: Iterable[str]) -> bool:
    """Whether a local part and a name are long enough to say something about each other."""
    return sum(map(len, pieces)) >= _SHORT and any(len(word) >= _SHORT for word in words)


def likeness(pieces: Sequence[str], words: Sequence[str]) -> Likeness:
    """How a name, in folded words, fits the pieces of a local part."""
    total = sum(map(len, pieces))
    rest = list(pieces)
    parts = whole = 0
    unmatched = []
    for word in sorted(words, key=len, reverse=True):
        at = next((at for at, piece in enumerate(rest) if _holds(piece, word)), -1)
        if at < 0:
            unmatched.append(word)
            continue
        before, _, after = rest[at].partition(word)
        rest[at : at + 1] = [piece for piece in (before, after) if piece]
        parts += 1
        whole += len(word) >= _SHORT
    for word in unmatched:
        at = next((at for at, piece in enumerate(rest) if _begins(piece, word)), -1)
        if at >= 0:
            del rest[at]
            parts += 1
    left = sum(map(len, rest))
    return Likeness(parts, whole, total - left, left)


def _holds(piece: str, word: str) -> bool:
    """Whether a word is a piece, or a part of one that is long enough to be no accident."""
    if len(word) <= _SHORT:
        return piece == word or (len(word) == _SHORT and (piece.startswith(word) or piece.endswith(word)))
    return word in piece


def _begins(piece: str, word: str) -> bool:
    """Whether a piece is the initial of a word, or its first three letters or more."""
    return word.startswith(piece) and (len(piece) == 1 or len(piece) >= _SHORT)
