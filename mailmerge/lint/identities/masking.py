"""The identities in a text: everybody's, or those of everybody but its reader."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from mailmerge.lint.identities.index import Identities
from mailmerge.lint.identities.reading import Reading
from mailmerge.lint.identities.what import Hit

BARRIER = "\n\n¦\n\n"
"""No name and no number is read across it."""


def without_addresses(text: str) -> str:
    """The normalised text with a barrier in place of each address."""
    return Reading(text).without_addresses().text


def identities_in(identities: Identities, text: str) -> Iterator[Hit]:
    """Every identity in a text: addresses, numbers, references and full names, whosoever."""
    offset = 0
    for block in blocks(text):
        for hit in identities.found_in(block):
            yield replace(hit, at=hit.at + offset) if offset else hit
        offset += len(block)


_BLOCK = 6000
"""Characters of a long text that are looked at together."""


def blocks(text: str) -> Iterator[str]:
    """A long text in pieces that end with a paragraph, or at least with a line, wherever there is one."""
    start = 0
    while len(text) - start > 2 * _BLOCK:
        least, most = start + _BLOCK // 2, start + _BLOCK
        ends = (text.rfind(end, least, most) for end in ("\n\n", "\n", " "))
        end = next((end for end in ends if end >= 0), most)
        yield text[start:end]
        start = end
    yield text[start:]
