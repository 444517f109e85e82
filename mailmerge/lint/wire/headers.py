"""Read a header block strictly: what this program writes and nothing else passes."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from functools import lru_cache
from quopri import decodestring

from msgspec import Struct
from msgspec.structs import replace

from mailmerge.i18n import N_
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.wire.problem import REPORT_IT, WireProblem
from mailmerge.model import SealedMessage
from mailmerge.text.folding import normalise
from mailmerge.text.regex import regex

_FIELD = regex(rb"([!-9;-~]+):[ \t]?([\t -~]*)\Z")
_FOLDED = regex(rb"[ \t]+[!-~][\t -~]*\Z")
_LOCAL = regex(r"[\w.!#$%&'*+/=?^`{|}~\u0300-\u036f-]+")
"""A local part in letters of any script (RFC 6531 3.3)."""
_SHOWN = 40
"""Octets of a line that a sentence shows."""

NO_END = Sentence("wir903.headers-no-end", one=N_("no empty line ends the headers"), fix=REPORT_IT)
NO_HEADER = Sentence("wir903.no-header", one=N_("a line of the headers is not a header: {text}"), fix=REPORT_IT)
PART_NO_END = Sentence("wir903.part-headers-no-end", one=N_("no empty line ends the headers of a part"), fix=REPORT_IT)
PART_NO_HEADER = Sentence(
    "wir903.part-no-header", one=N_("a line of the headers of a part is not a header: {text}"), fix=REPORT_IT
)


class NotCanonical(ValueError):
    """The bytes are not of the narrow grammar; ``problem`` says where."""

    def __init__(self, says: Sentence, **values: Value):
        super().__init__(says.id)
        self.problem = WireProblem(says, values)


class Scan(Struct, frozen=True):
    """The fields of a header block, in order."""

    fields: tuple[tuple[str, str], ...]
    """Lower-case name and unfolded value."""
    length: int
    """Octets up to the body."""
    firsts: Mapping[str, str]
    """The first field of each name."""

    def __contains__(self, name: str) -> bool:
        return name in self.firsts

    def value(self, name: str) -> str:
        """The first field of this name, ``""`` if there is none."""
        return self.firsts.get(name, "")


def as_scanned(sealed: SealedMessage) -> SealedMessage:
    """The message as the scanner reads it: an address with accents before the @ has an ASCII stand-in.

    Such an address is in To as it is (RFC 6532 3.2), once; everything else is 7-bit all the same. What is not one
    address, or looks like more than one, has no stand-in, and its octets are refused.
    """
    path = sealed.envelope.forward_path
    if path.isascii() or sealed.content.count(path.encode(errors="surrogatepass")) != 1:
        return sealed
    local, _at, domain = path.rpartition("@")
    if not (_LOCAL.fullmatch(local) and _LOCAL.fullmatch(normalise(local)) and domain.isascii()):
        return sealed
    stand_in = f"smtputf8@{domain}"
    content = sealed.content.replace(path.encode(), stand_in.encode())
    return replace(sealed, content=content, envelope=replace(sealed.envelope, forward_path=stand_in))


def scan_headers(content: bytes, start: int = 0, end: int | None = None, *, of_part: bool = False) -> Scan:
    """The header block that begins at ``start`` and ends with an empty line (RFC 5322 2.2).

    Raises:
        NotCanonical: a line is neither a field nor a folded one, or the empty line is missing.
    """
    stop = content.find(b"\r\n\r\n", start, end)
    if stop == -1:
        raise NotCanonical(PART_NO_END if of_part else NO_END)
    block = content[start:stop]
    return _scan_of_part(block) if of_part else _scan(block, of_part=False)


@lru_cache(maxsize=64)  # parts begin alike in all messages
def _scan_of_part(block: bytes) -> Scan:
    return _scan(block, of_part=True)


def _scan(block: bytes, *, of_part: bool) -> Scan:
    fields: list[tuple[str, str]] = []
    for line in block.split(b"\r\n"):
        match = _FIELD.match(line)
        if match:
            fields.append((match[1].decode("ascii").lower(), match[2].decode("ascii").strip(" \t")))
        elif fields and _FOLDED.match(line):
            name, value = fields[-1]
            fields[-1] = name, f"{value}{line.decode('ascii')}".strip(" \t")
        else:
            text = Quoted(line[:_SHOWN].decode("ascii", "backslashreplace"))
            raise NotCanonical(PART_NO_HEADER if of_part else NO_HEADER, text=text)
    return Scan(tuple(fields), len(block) + 4, dict(reversed(fields)))


_WORD = r"(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+|\"(?:[^\"\\<>@\x00-\x1f]|\\[^<>@\x00-\x1f])*\")"
_PHRASE = regex(rf"{_WORD}(?:[ \t]+{_WORD})*")
_ADDRESS = regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_IN_NO_NAME = regex(r"[@<>\x00-\x1f\x7f]")
_BETWEEN_ENCODED = regex(r"(?<=\?=)[ \t]+(?==\?)")
_ENCODED = regex(r"=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")


def one_mailbox(value: str) -> str | None:
    """The address of a header value that is exactly one mailbox (RFC 5322 3.4); None for anything else.

    Encoded words (RFC 2047) are allowed in the display name only. However it is written, it may not show ``@``, ``<``,
    ``>`` or a control, nor what looks like one (:func:`mailmerge.text.folding.normalise`).
    """
    if value.endswith(">"):
        phrase, _, address = value[:-1].rpartition("<")
        phrase = phrase.strip(" \t")
        if phrase and not _PHRASE.fullmatch(phrase):
            return None
        if phrase and _IN_NO_NAME.search(normalise(_as_shown(phrase))):
            return None
    else:
        address = value
    if not _ADDRESS.fullmatch(address) or ".." in address or "=?" in address:
        return None
    return address


def _as_shown(phrase: str) -> str:
    """A display name with its encoded words decoded; blanks between two of them are not shown (RFC 2047 6.2)."""
    if "=?" not in phrase:
        return phrase
    return _ENCODED.sub(lambda word: _decoded(*word.groups()), _BETWEEN_ENCODED.sub("", phrase))


def encoded_text(value: str) -> str:
    """What the encoded words in a header value say, one after another; ``""`` if there are none."""
    return "".join(_decoded(*match.groups()) for match in _ENCODED.finditer(value)) if "=?" in value else ""


def _decoded(charset: str, encoding: str, text: str) -> str:
    try:
        raw = b64decode(text) if encoding in "bB" else decodestring(text.encode("ascii"), header=True)
        return raw.decode(charset, "replace")
    except (Base64Error, LookupError, ValueError):
        return "\0"
