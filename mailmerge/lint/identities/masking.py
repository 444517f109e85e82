"""A text without what may stand in it: everybody's addresses, and the recipient's own name."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.addresses import find_addresses
from mailmerge.lint.identities.index import Hit, Identities
from mailmerge.text import fold

BARRIER = " qzq "
"""A word that nobody is called: no name is read across it."""


def without_addresses(text: str) -> str:
    """The text with a word that nobody is called in place of each address."""
    if "@" not in text:
        return text
    pieces: list[str] = []
    rest = 0
    for start, end in find_addresses(text):
        if start >= rest:
            pieces.append(text[rest:start])
        rest = max(rest, end)
    pieces.append(text[rest:])
    return BARRIER.join(pieces)


def masked_words(own_names: list[list[str]], text: str) -> list[str]:
    """The folded words of a text, with one word that nobody is called in place of the record's own full name."""
    folded = f" {fold(without_addresses(text))} "
    for order in own_names:
        folded = folded.replace(f" {' '.join(order)} ", BARRIER)
    return folded.split()


def identities_in(identities: Identities, text: str) -> Iterator[Hit]:
    """Every identity in a text: addresses, numbers, references and full names."""
    yield from identities.addresses_in(text)
    bare = without_addresses(text)
    yield from identities.numbers_in(bare)
    words = fold(bare).split()
    yield from identities.sequences_in(words)
