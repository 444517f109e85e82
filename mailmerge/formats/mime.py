"""Parts of mails that others wrote: read for what they say, whatever is wrong with their form."""

from __future__ import annotations

import re
from binascii import a2b_base64, a2b_qp
from collections.abc import Iterator, Sequence
from email.headerregistry import HeaderRegistry
from email.message import Message
from email.policy import SMTP
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from mailmerge.formats.decoding import decode
from mailmerge.text.regex import regex

_ENCODED = regex(r"=\?(?P<charset>[^?\s]*)\?(?P<how>[bBqQ])\?(?P<text>.*?)\?=", re.DOTALL)

_HEADERS = HeaderRegistry()
_OF_STRUCTURE = frozenset({"content-type", "content-transfer-encoding", "content-disposition"})


class _Headers(HeaderRegistry):
    """Header fields; those that say what a part is are parsed once, since the library asks for them again and again."""

    def __call__(self, name: str, value: Any) -> Any:
        """The header field as an object."""
        return _of_structure(name, value) if name.casefold() in _OF_STRUCTURE else super().__call__(name, value)


@lru_cache(maxsize=64)
def _of_structure(name: str, value: str) -> Any:
    return _HEADERS(name, value)


READING = SMTP.clone(header_factory=_Headers())
"""How a mail of one's own is read: as the library reads it, in half the time."""


def parts_of(message: Message) -> Sequence[Message]:
    """The parts of a multipart, or the mail that is attached; nothing of any other part.

    ``Message.get_payload`` of any other part may raise: it decodes, in whatever charset is declared.
    """
    payload = message.get_payload() if message.is_multipart() else ()
    return [each for each in payload if isinstance(each, Message)]


def decode_declared(content: bytes, charset: str | None) -> str:
    """The text in the charset that it declares; if nobody knows that, or it does not fit, in its probable encoding."""
    try:
        return content.decode(charset or "utf-8")
    except (LookupError, ValueError):  # also a name with a null character, and codecs that are not of text
        found = decode(content, "cp1252")
        return found[0] if found else content.decode("latin-1")


def header_pieces(value: str) -> list[tuple[bytes | str, str | None]]:
    """What a header field is made of (RFC 2047): text, or octets and their charset; encoded-words in a row as one.

    As ``email.header.decode_header``, of which the time grows with the square of the words.

    Raises:
        ValueError: the Base64 of a word is broken.
    """
    joined: list[tuple[bytes | str, str | None]] = []
    for charset, several in groupby(_words_of(value), key=itemgetter(1)):
        pieces = [piece for piece, _charset in several]
        if charset is None:
            joined.append(("".join(piece for piece in pieces if isinstance(piece, str)), None))
        else:
            joined.append((b"".join(piece for piece in pieces if isinstance(piece, bytes)), charset))
    return joined


def _words_of(value: str) -> Iterator[tuple[bytes | str, str | None]]:
    position = 0
    for found in _ENCODED.finditer(value, 0, value.rfind("?=") + 2):  # so that each search finds an end
        between = value[position : found.start()]
        if between and not (position and between.isspace()):
            yield between, None
        yield _octets(found), found["charset"].partition("*")[0].lower() or "ascii"
        position = found.end()
    if rest := value[position:]:
        yield rest, None


def _octets(found: re.Match[str]) -> bytes:
    text = found["text"]
    if found["how"] in "qQ":
        return a2b_qp(text.encode("utf-8", "surrogatepass"), header=True)
    return a2b_base64(text + "=" * (-len(text) % 4))
