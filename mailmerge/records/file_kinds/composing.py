"""Accents put back on their letters (Unicode TR 15): macOS writes ``é`` as ``e`` and an accent, which equals no ``é``.

Texts become NFC where they enter a table, so that whatever compares them need not know. Characters that only look
like another form of one, such as ``ﬁ``, stay as they are, and so do ideographs with the variant that a name is written
with, which NFC would exchange.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import is_normalized, normalize

from mailmerge.text.regex import regex

_VARIANTS = regex("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
_BETWEEN_VARIANTS = regex("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")


def composed(text: str) -> str:
    """The text with each accent in one character with its letter."""
    if text.isascii() or is_normalized("NFC", text):
        return text
    if not _VARIANTS.search(text):
        return normalize("NFC", text)
    return _BETWEEN_VARIANTS.sub(lambda match: normalize("NFC", match[0]), text)


def all_composed(texts: Sequence[str]) -> Sequence[str]:
    """Each of many texts, composed; they themselves where all are."""
    joined = "".join(texts)
    if joined.isascii() or _is_latin(joined) or is_normalized("NFC", joined):
        return texts
    return tuple(map(composed, texts))


def _is_latin(text: str) -> bool:
    """Whether no character is beyond U+00FF, where none stands for several: much quicker than looking each one up."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True
