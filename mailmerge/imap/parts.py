"""The parts of a returned mail as they are: what is reported, what a person reads, and what was returned.

A mail that somebody else's server made is read for what it means, whatever is wrong with its form; one that is cut
short is read as far as it goes. What it returns is never opened further: a bounce within it is not about us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import Message
from email.parser import BytesParser
from html import unescape

from msgspec import Struct

from mailmerge.formats.decoding import decode
from mailmerge.formats.mime import decode_declared, header_pieces, parts_of
from mailmerge.text.regex import regex

_STATUS, _RETURNED, _HEADERS = "x-mailmerge/status", "x-mailmerge/returned", "x-mailmerge/headers"
_RENAMED = {
    "message/delivery-status": _STATUS,
    "message/global-delivery-status": _STATUS,  # RFC 6533
    "message/rfc822": _RETURNED,
    "message/global": _RETURNED,
    "message/global-headers": _HEADERS,
    "text/rfc822-headers": _HEADERS,
    "message/rfc822-headers": _HEADERS,
}
"""Parts that are kept whole instead of being parsed, so that one in base64 or cut short is read as well."""
_TYPE = regex(rb"^(content-type:[ \t]*(?:\r?\n[ \t]+)?)([a-z]+/[a-z0-9.+-]+)", re.IGNORECASE | re.MULTILINE)
_LONGEST_TEXT = 20_000
"""Characters of what a person reads; why a mail came back is at its beginning."""
_UNSEEN = ("head", "script", "style")
_TAG = regex(r"<[^<>]{0,2000}>")
_BREAK = regex(r"<(?:br|/p|/div|/tr|/li|/h\d|/td)\b[^<>]{0,200}>", re.IGNORECASE)
_FIELD = regex(r"^([!-9;-~]+)[ \t]*:[ \t]*(.*(?:\n[ \t].*)*)", re.MULTILINE)
_FOLDED = regex(r"\n[ \t]+")
_BLANK = regex(r"\n[ \t]*\n")


class Parts(Struct, frozen=True):
    """One mail."""

    top: Message
    """Its own header."""
    texts: tuple[str, ...]
    """What a person reads, HTML as text."""
    status: tuple[tuple[tuple[str, str], ...], ...]
    """The blocks of a delivery status (RFC 3464 2.1): fields in lower case with their values."""
    returned: tuple[tuple[tuple[str, str], ...], ...]
    """The header fields of what was returned, likewise."""
    everything: str
    """All of it as text, to search."""

    def field(self, name: str) -> str:
        """A field of the mail's own header, decoded, on one line; ``""`` where it has none."""
        wanted = name.lower()
        found = next((value for said, value in self.top.raw_items() if said.lower() == wanted), "")
        return decoded(_readable(str(found)))


def read_parts(octets: bytes) -> Parts:
    """A mail, or its beginning."""
    renamed = _TYPE.sub(_kept_whole, octets)
    top = BytesParser(policy=policy.compat32).parsebytes(renamed)
    texts: list[str] = []
    status: list[tuple[tuple[str, str], ...]] = []
    returned: list[tuple[tuple[str, str], ...]] = []
    everything: list[str] = []
    for kind, text in _leaves(top):
        everything.append(text)
        if kind == _STATUS:
            status += [found for block in _BLANK.split(text.strip()) if (found := fields(block))]
        elif kind in (_RETURNED, _HEADERS):
            returned.append(fields(_BLANK.split(text.lstrip("\n"), maxsplit=1)[0]))
        elif kind == "text/html":
            texts.append(_read_html(text)[:_LONGEST_TEXT])
        elif kind.startswith("text/"):
            texts.append(text[:_LONGEST_TEXT])
    return Parts(top, tuple(texts), tuple(status), tuple(returned), "\n".join(everything))


def _readable(value: str) -> str:
    """A field with octets beyond ASCII, as RFC 6532 has them, or an older program wrote them."""
    found = decode(value.encode("utf-8", "surrogateescape"), "cp1252")
    return found[0] if found else value.encode("ascii", "replace").decode()


def fields(block: str) -> tuple[tuple[str, str], ...]:
    """The fields of a header, their names in lower case, each on one line."""
    return tuple((name.lower(), _FOLDED.sub(" ", value).strip()) for name, value in _FIELD.findall(block))


def decoded(value: str) -> str:
    """A header field without encoded words, on one line."""
    try:
        pieces = [
            text.decode(charset or "ascii", "replace") if isinstance(text, bytes) else text
            for text, charset in header_pieces(value)
        ]
    except Exception:  # noqa: BLE001  (a charset that nobody knows, or what only looks like an encoded word)
        pieces = [value]
    return " ".join("".join(pieces).split())


def _kept_whole(found: re.Match[bytes]) -> bytes:
    kind = found[2].decode("ascii", "replace").lower()
    return found[1] + _RENAMED.get(kind, found[2].decode("ascii", "replace")).encode()


def _leaves(top: Message) -> Iterator[tuple[str, str]]:
    """The type and the text of every part that is not made of parts."""
    pending: list[Message] = [top]
    while pending:
        part = pending.pop()
        if part.is_multipart():
            parts = parts_of(part)
            if part.preamble and not parts:
                yield "text/plain", part.preamble
            pending += reversed(parts)
            continue
        octets = part.get_payload(decode=True)
        if isinstance(octets, bytes) and part.get_content_maintype() != "image":
            yield part.get_content_type(), _lines(decode_declared(octets, part.get_content_charset()))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_html(html: str) -> str:
    """The text of a page, a line for each block; in one pass, whatever is wrong with it."""
    html = html[: 5 * _LONGEST_TEXT]
    for name in _UNSEEN:
        html = _without(html, name)
    return unescape(_TAG.sub(" ", _BREAK.sub("\n", html)))


def _without(html: str, name: str) -> str:
    """A page without the elements of a name and what is in them."""
    lower, kept, at = html.lower(), [], 0
    while (start := lower.find(f"<{name}", at)) >= 0:
        kept.append(html[at:start])
        end = lower.find(f"</{name}", start)
        if end < 0:
            return "".join(kept)
        at = end
    return "".join((*kept, html[at:]))
