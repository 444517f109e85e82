"""What was found in a file that travels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from mailmerge.lint.identities.masking import identities_in

if TYPE_CHECKING:
    from mailmerge.lint.identities.index import Identities


MOST_TEXT = 4_000_000
"""Characters kept of one file."""
_LOCAL_PATH = re.compile(
    r"[A-Za-z]:\\\\?(?:Users|Documents)[^\s\"<>|]{2,80}|file:///[^\s\"<>]{3,80}|/(?:home|Users)/[\w.-]+/[^\s\"<>]{1,60}"
)


@dataclass
class Content:
    """What was found in one file."""

    pieces: list[tuple[str, str]] = field(default_factory=list)
    """Where ("page 2", "docProps/core.xml") and the text."""
    opaque: str = ""
    """Why it cannot be looked into; ``""`` where it can."""
    hidden: list[str] = field(default_factory=list)
    """What it hides, in words."""
    metadata: dict[str, str] = field(default_factory=dict)
    readable: bool = True
    """Whether text is to be expected of its kind: a photograph has none."""
    _size: int = 0
    _identified: dict[int, bool] = field(default_factory=dict)

    @cached_property
    def local_path(self) -> str:
        """The first path of the computer it was made on."""
        return next((found.group() for _where, text in self.pieces if (found := _LOCAL_PATH.search(text))), "")

    def holds_identity(self, identities: Identities, text: str) -> bool:
        """Whether anybody of the table stands in one of the texts; looked up once, however many get the file."""
        key = hash(text)
        if key not in self._identified:
            self._identified[key] = next(identities_in(identities, text), None) is not None
        return self._identified[key]

    def add(self, where: str, text: str) -> None:
        """Keep a text, up to the cap; what is beyond it has not been looked at, and that is said."""
        room = MOST_TEXT - self._size
        if not text or text.isspace():
            return
        if len(text) > room:
            self.opaque = f"it holds more than {MOST_TEXT // 1_000_000} million characters of text"
        if room > 0:
            self.pieces.append((where, text[:room]))
            self._size += len(text)


class Opaque(Exception):
    """The file cannot be looked into; the message says why."""


def decode(octets: bytes) -> str:
    """Text in its probable encoding."""
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return octets.decode("utf-16", "replace")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")
