"""The rich text of a mail that Outlook kept as compressed RTF (MS-OXRTFCP)."""

from __future__ import annotations

import struct

_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS "
    b"Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b"
    b"\\i\\u\\tab\\tx"
)
_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D
_MOST = 20_000_000


def decompress(content: bytes) -> str:
    """The RTF in a compressed stream; ``""`` where there is none."""
    if len(content) < 16:
        return ""
    _size, length, kind, _checksum = struct.unpack_from("<IIII", content)
    if kind == _PLAIN:
        return content[16 : 16 + min(length, _MOST)].decode("latin-1")
    if kind != _COMPRESSED:
        return ""
    window = bytearray(_DICTIONARY.ljust(4096, b"\0"))
    write, at, found = len(_DICTIONARY), 16, bytearray()
    while at < len(content) and len(found) < min(length, _MOST):
        control, at = content[at], at + 1
        for bit in range(8):
            if at >= len(content):
                break
            if control >> bit & 1:
                if at + 1 >= len(content):
                    return found.decode("latin-1")
                reference = content[at] << 8 | content[at + 1]
                at += 2
                offset = reference >> 4
                if offset == write:
                    return found.decode("latin-1")
                for _ in range((reference & 0xF) + 2):
                    octet = window[offset]
                    found.append(octet)
                    window[write] = octet
                    offset, write = (offset + 1) % 4096, (write + 1) % 4096
            else:
                found.append(content[at])
                window[write] = content[at]
                at, write = at + 1, (write + 1) % 4096
    return found.decode("latin-1")
