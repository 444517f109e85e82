"""How much memory the values of an XLSX will take, told from its XML before they are read.

A small file can be made to take all there is: a text of 30,000 letters that is written once is copied into every cell
that points to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import IO

from mailmerge.text.regex import regex

CELL = 110
"""Octets of a cell while it is read, beside its characters: in calamine, and as a Python text in a row."""
TEXT = 2
"""A text is there in calamine and in Python."""
_PIECE = 1 << 20
_HEAD = 1 << 12
"""Octets within which the first text begins."""
_TEXT_END = b"si>"
_INLINE = regex(rb">([^<]+)<")
_POINTER = regex(rb't="s"[^>]*>\s*<v[^>]*>([0-9]+)')


def has_longer(texts: IO[bytes], limit: int) -> bool:
    """Whether one of the shared texts may have more octets than this; at a glance, by where texts end."""
    step = limit + len(_TEXT_END)
    if step <= len(_TEXT_END):
        return True
    head, _, held = texts.read(_PIECE).partition(_TEXT_END)
    if len(head) > _HEAD:
        return True
    while held:
        at = 0
        while at + step <= len(held):
            end = held.rfind(_TEXT_END, at, at + step)
            if end < 0:
                return True
            at = end + len(_TEXT_END)
        read = texts.read(_PIECE)
        held = held[at:] + read if read else b""
    return False


def lengths_of(texts: IO[bytes]) -> list[int]:
    """About how many octets each of the shared texts has."""
    lengths: list[int] = []
    pending = 0
    overlap = b""
    while read := texts.read(_PIECE):
        *whole, rest = (overlap + read).split(_TEXT_END)
        for text in whole:
            lengths.append(pending + len(text))
            pending = 0
        overlap = rest[-2:]
        pending += len(rest) - len(overlap)
    return lengths[1::2]


def inline_octets(pieces: Iterable[bytes]) -> int:
    """The characters in the cells themselves."""
    return sum(sum(map(len, _INLINE.findall(piece))) for piece in pieces)


def pointed_octets(pieces: Iterable[bytes], lengths: Sequence[int]) -> int:
    """The characters of shared texts, as often as cells point to them."""
    pointers: Counter[bytes] = Counter()
    for piece in pieces:
        pointers.update(_POINTER.findall(piece))
    most = max(lengths, default=0)
    return sum(
        count * (lengths[at] if (at := int(number[:9])) < len(lengths) else most) for number, count in pointers.items()
    )
