"""The text of a file that says itself how it is encoded: by a byte order mark, or by being valid UTF-8."""

from __future__ import annotations

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def bom_of(content: bytes) -> str:
    """The encoding that a byte order mark at the beginning names; ``""`` without one."""
    return next((codec for bom, codec in _BOMS if content.startswith(bom)), "")


def decode(content: bytes, otherwise: str = "") -> tuple[str, str] | None:
    """The text, less its byte order mark, and its encoding; in the encoding ``otherwise`` where it shows none itself.

    None where neither fits. Text in another encoding almost never is valid UTF-8.
    """
    if bom := bom_of(content):
        return content.decode(bom, "replace").removeprefix("\ufeff"), bom
    for codec in filter(None, ("utf-8", otherwise)):
        try:
            return content.decode(codec), codec
        except UnicodeDecodeError:
            continue
    return None
