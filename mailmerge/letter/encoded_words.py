"""Header values that were copied from the source of a mail: encoded-words (RFC 2047) are read as what they say."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter

from mailmerge.regex import regex
from mailmerge.text import one_line

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
    from email.errors import MessageError
    from email.header import decode_header

    try:
        each = (decode_header(word)[0] for word in words.split())  # of many at once its time grows with their square
        octets = [(piece.encode() if isinstance(piece, str) else piece, charset or "ascii") for piece, charset in each]
        alike = groupby(octets, key=itemgetter(1))  # a character may be in two of them
        return one_line("".join(b"".join(piece for piece, _ in some).decode(charset) for charset, some in alike))
    except (LookupError, MessageError) as error:  # a charset that nobody knows, or a broken base64
        raise ValueError(str(error)) from None
