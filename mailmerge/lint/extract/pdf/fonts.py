"""Letters of a PDF whose meaning the file does not tell: a font that numbers them, without a table of what they are.

Without /ToUnicode the numbers of Identity-H are those of the font's own shapes (ISO 32000-2, 9.10.2): its reader takes
them for the letters that happen to have these numbers in Unicode, and "Summa" reads as "6XPPD".
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from pypdf import PageObject

_USED = regex(rb"/([^\s()<>\[\]{}/%]+)\s+[-+]?[\d.]+\s+Tf\b")
DRAWN = regex(rb"/([^\s()<>\[\]{}/%]+)\s+Do\b")
"""The names of pictures and forms that a page draws."""
_MOST_FORMS = 50


class PageLetters(NamedTuple):
    """What is known of the letters of a page, and of the forms on it."""

    some_unknown: bool
    all_unknown: bool


def letters_of(page: PageObject, drawn: bytes) -> PageLetters:
    """Look at the fonts in which a page sets words."""
    unknown = [*map(_is_unknown, _fonts(page, drawn))]
    return PageLetters(any(unknown), bool(unknown) and all(unknown))


def _fonts(page: PageObject, drawn: bytes) -> Iterator[Any]:
    """The fonts that are used."""
    pending: list[tuple[Any, bytes]] = [(page.get("/Resources"), drawn)]
    seen: set[int] = set()
    while pending:
        given, octets = pending.pop()
        with suppress(Exception):  # whatever is broken shows nothing
            resources = given.get_object()
            yield from _named(resources, "/Font", _USED.findall(octets))
            for form in _named(resources, "/XObject", DRAWN.findall(octets)):
                if form.get("/Subtype") == "/Form" and id(form) not in seen and len(seen) < _MOST_FORMS:
                    seen.add(id(form))
                    pending.append((form.get("/Resources", resources), form.get_data()))


def _named(resources: Any, kind: str, names: list[bytes]) -> list[Any]:
    entries = resources[kind].get_object() if names and kind in resources else {}
    wanted = {f"/{name.decode('latin-1')}" for name in names}
    return [entries[name].get_object() for name in wanted if name in entries]


def _is_unknown(font: Any) -> bool:
    if font.get("/Subtype") != "/Type0" or "/ToUnicode" in font or "/Identity" not in str(font.get("/Encoding")):
        return False
    with suppress(Exception):
        info = font["/DescendantFonts"].get_object()[0].get_object()["/CIDSystemInfo"].get_object()
        return str(info.get("/Ordering")) in ("Identity", "UCS")
    return False
