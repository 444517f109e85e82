"""How much of the text of two letters is the same, from keyed digests alone: the words themselves are not kept.

A letter is the set of its pairs of neighbouring words, without what is markup, and each pair is a digest under the key
of this home. Corrections of one letter have most pairs in common (a fifth of the words replaced: three quarters of the
pairs); different letters of one author, with one greeting and one closing, less than a third.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterator

from mailmerge.letter.markup.enclosed import replace_enclosed
from mailmerge.text.regex import regex

MOST = 0.65
"""From here on most of the words are the same."""
SOME = 0.4
"""From here on a letter is still what it was, whatever was written into it."""
_DIGEST_BYTES = 4
_UNSEEN = regex(r"(<!--)|<(style|script)\b|(\{#)", re.IGNORECASE)
_ENDS = {
    "<!--": regex("-->"),
    "{#": regex(r"#\}"),
    **{name: regex(rf"</{name}\s*>", re.IGNORECASE) for name in ("style", "script")},
}
_TAG = regex(r"<[^<>]*>")
_WORD = regex(r"\w+")


def likeness_of(source: str, secret: bytes) -> bytes:
    """What is kept of a letter's source."""
    pairs = {
        hmac.digest(secret, f"pair\0{pair}".encode("utf-8", "surrogatepass"), "sha256")[:_DIGEST_BYTES]
        for pair in _pairs(source)
    }
    return b"".join(sorted(pairs))


def likeness(one: bytes, other: bytes) -> float:
    """Between 0 (nothing in common) and 1 (the same words in the same order); 0 where nothing is known of one."""
    if not one or not other:
        return 0.0
    mine, theirs = _cut(one), _cut(other)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def _pairs(source: str) -> Iterator[str]:
    shown = _TAG.sub(" ", replace_enclosed(source, _UNSEEN, _ENDS, lambda _part: " "))
    text = unicodedata.normalize("NFKD", shown.casefold())
    words = _WORD.findall("".join(c for c in text if not unicodedata.combining(c)))
    return (f"{first} {second}" for first, second in zip(["", *words], [*words, ""], strict=True))


def _cut(pairs: bytes) -> set[bytes]:
    return {pairs[at : at + _DIGEST_BYTES] for at in range(0, len(pairs), _DIGEST_BYTES)}
