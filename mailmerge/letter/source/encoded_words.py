"""Header values that were copied from the source of a mail: encoded-words (RFC 2047) are read as what they say."""

from __future__ import annotations

import re

from mailmerge.formats.mime import header_pieces
from mailmerge.text.regex import regex
from mailmerge.text.shown import one_line

_WORD = r"=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?="
_RUN = regex(rf"(?P<quote>\"?)(?P<words>{_WORD}(?:\s+{_WORD})*)(?P=quote)")


def decode_words(value: str, *, phrase: bool) -> str:
    """A header's value without encoded-words; in a ``phrase``, the name of a mailbox, their text is quoted.

    Raises:
        ValueError: an encoded-word cannot be read.
    """
    if "=?" not in value:
        return value

    def decoded(found: re.Match[str]) -> str:
        text = _text(found["words"])
        return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"' if phrase else text

    return _RUN.sub(decoded, value)


def _text(words: str) -> str:
    try:
        pieces = [
            piece if isinstance(piece, str) else piece.decode(charset or "ascii")
            for piece, charset in header_pieces(words)
        ]
    except LookupError as error:  # a charset that nobody knows
        raise ValueError(str(error)) from None
    return one_line("".join(pieces))
