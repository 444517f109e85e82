"""Letters that lie: real ones into which the values of another person were put, to see whether somebody looks.

They belong to the review and never to a run; each is what the linter exists to stop, so that no real letter is like it.
"""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from email import message_from_bytes
from email.message import EmailMessage
from typing import Protocol

from msgspec import Struct

from mailmerge.formats.mime import READING

MADE = 8
"""Decoys of one pack: a review shows two, and others after one was missed."""
_TRIES = 40
_SHORTEST = 3

Sealed = tuple[int, str, str, bytes]
"""Record, name, address, bytes."""


class Decoy(Struct, frozen=True):
    """A letter to one person with the data of another."""

    record: int
    """The person to whom it seems to be written."""
    content: bytes


def make_decoys(letters: Sequence[Sealed], rows: Mapping[int, Sequence[str]]) -> list[Decoy]:
    """As many decoys as can be made; none where there is one letter only."""
    if len(letters) < 2:
        return []
    chance = secrets.SystemRandom()
    made: dict[int, Decoy] = {}
    alike = set[tuple[int, int]]()
    for attempt in range(_TRIES * MADE):
        if len(made) >= min(MADE, len(letters)):
            break
        one, other = chance.sample(letters, 2)
        pair = one[0], other[0]
        if one[0] in made:
            continue
        swapped = None if pair in alike else _swapped(one, other, rows)
        if swapped is None:
            alike.add(pair)
        if swapped is None and attempt > _TRIES:
            swapped = _with_address(one, other)
        if swapped is not None:
            made[one[0]] = Decoy(one[0], swapped)
    return list(made.values())


def _swapped(one: Sealed, other: Sealed, rows: Mapping[int, Sequence[str]]) -> bytes | None:
    """The letter to one person with the other's values; None where that changes nothing that a reader would see."""
    own, others = rows.get(one[0], ()), rows.get(other[0], ())
    values = {
        " ".join(mine.split()).casefold(): " ".join(theirs.split())
        for mine, theirs in zip(own, others, strict=False)
        if len(mine.strip()) >= _SHORTEST and theirs.strip() and mine.strip().casefold() != theirs.strip().casefold()
    }
    if not values:
        return None
    names = {word.casefold() for word in one[1].split() if len(word) >= _SHORTEST}
    changed = set[str]()

    def put(text: str, *, markup: bool) -> str:
        written = {html.escape(value, quote=False).casefold() if markup else value: value for value in values}
        words = "|".join(re.escape(value) for value in sorted(written, key=len, reverse=True))

        def replace(match: re.Match[str]) -> str:
            value = written[match[0].casefold()]
            changed.add(value)
            new = values[value]
            new = new.title() if match[0].istitle() and new.isupper() else new.upper() if match[0].isupper() else new
            return html.escape(new, quote=False) if markup else new

        return re.sub(rf"(?<!\w)(?:{words})(?!\w)", replace, text, flags=re.IGNORECASE)

    content = _rewritten(one[3], put, subject=lambda text: put(text, markup=False))
    is_seen = any(names & set(value.split()) for value in changed)
    return content if is_seen else None


def _with_address(one: Sealed, other: Sealed) -> bytes | None:
    """The letter to one person with the other's address at its end, where letters hold no data of their own."""

    def put(text: str, *, markup: bool) -> str:
        line = f"{other[1]} <{other[2]}>"
        if not markup:
            return f"{text.rstrip()}\n\n{line}\n"
        line = f"<p>{html.escape(line)}</p>"
        head, body, tail = text.rpartition("</body>")
        return f"{head}{line}{body}{tail}" if body else f"{text}{line}"

    return _rewritten(one[3], put, subject=str)


class _Put(Protocol):
    """What changes a text: plain, or HTML where ``markup`` is set."""

    def __call__(self, text: str, *, markup: bool) -> str:
        """The changed text."""
        ...


def _rewritten(content: bytes, put: _Put, *, subject: Callable[[str], str]) -> bytes | None:
    message = message_from_bytes(content, policy=READING)
    if not isinstance(message, EmailMessage):
        return None
    before = str(message.get("Subject", ""))
    del message["Subject"]
    message["Subject"] = subject(before)
    for part in message.walk():
        if part.get_content_maintype() == "text" and not part.is_attachment() and isinstance(part, EmailMessage):
            subtype = part.get_content_subtype()
            if subtype in ("plain", "html"):
                part.set_content(put(str(part.get_content()), markup=subtype == "html"), subtype=subtype)
    return message.as_bytes()
