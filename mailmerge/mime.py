"""Parts of mails that others wrote: read for what they say, whatever is wrong with their form."""

from __future__ import annotations

from collections.abc import Sequence
from email.headerregistry import HeaderRegistry
from email.message import Message
from email.policy import SMTP
from functools import lru_cache
from typing import Any

from mailmerge.decoding import decode

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
