"""The people in a To, Cc or Bcc field, as programs really write them: RFC 5322 3.4, and Outlook's semicolons.

Groups count as their members, comments go, encoded words (RFC 2047) are decoded after the field is taken apart: no name
can add a comma to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.formats.mime import header_pieces
from mailmerge.incident.mail import HeaderField, Party
from mailmerge.text.addresses import find_addresses
from mailmerge.text.regex import regex
from mailmerge.text.shown import one_line

_ANGLE = regex(r"<([^<>]*)>\s*\Z")
_QUOTED_LOCAL = regex(r'"(?:[^"\\]|\\.)+"@[^\s@"]+')
_MAILTO = regex(r"^mailto:", re.IGNORECASE)


def parties(value: str, field: HeaderField = HeaderField.TO) -> Iterator[Party]:
    """Everybody in a field, each with what there is of name and address."""
    for entry in _entries(value):
        found = _party(entry, field)
        if found is not None:
            yield found


def decoded(value: str) -> str:
    """A header's value with its encoded words read, on one line; what cannot be read stays as it is."""
    if "=?" not in value:
        return one_line(value)
    try:
        pieces = [
            piece if isinstance(piece, str) else piece.decode(charset or "ascii", "replace")
            for piece, charset in header_pieces(value)
        ]
    except (LookupError, ValueError):
        return one_line(value)
    return one_line("".join(pieces))


def _entries(value: str) -> Iterator[str]:
    """One mailbox each: cut at commas and semicolons that are in no quotes, brackets or comments; no group names."""
    entry: list[str] = []
    quoted = angled = False
    depth = 0
    characters = iter(value)
    for character in characters:
        if character == "\\" and (quoted or depth):
            following = next(characters, "")
            if not depth:
                entry += (character, following)
            continue
        if quoted:
            quoted = character != '"'
        elif depth or (character == "(" and not angled):
            depth += {"(": 1, ")": -1}.get(character, 0)
            continue
        elif character == '"':
            quoted = True
        elif character in "<>":
            angled = character == "<"
        elif not angled and character in ",;":
            yield "".join(entry)
            entry.clear()
            continue
        elif not angled and character == ":" and not _MAILTO.match("".join(entry).strip() + ":"):
            entry.clear()  # the name of a group
            continue
        entry.append(character)
    yield "".join(entry)


def _party(entry: str, field: HeaderField) -> Party | None:
    entry = entry.strip()
    if not entry:
        return None
    angle = _ANGLE.search(entry)
    if angle:
        return _named(entry[: angle.start()], angle[1], field)
    text = decoded(entry)
    spans = list(find_addresses(text))
    if spans:
        start, end = spans[0]
        return _named(text[:start].rstrip("<([ '\"") + text[end:].lstrip(">)] '\""), text[start:end], field)
    if quoted := _QUOTED_LOCAL.fullmatch(entry):
        return Party("", quoted[0], field)
    name = _name(entry)
    return Party(name, "", field) if any(map(str.isalpha, name)) else None


def _named(name: str, address: str, field: HeaderField) -> Party | None:
    name, address = _name(name), _MAILTO.sub("", decoded(address).strip().strip("'\""))
    if "@" not in address:  # an entry of an address book: "/o=ExchangeLabs/..."
        address = ""
    if name.casefold() == address.casefold():
        name = ""
    return Party(name, address, field) if name or address else None


def _name(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = re.sub(r"\\(.)", r"\1", text[1:-1])
    return decoded(text).strip().strip("'\"").strip()
