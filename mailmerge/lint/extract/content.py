"""What was found in a file that is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from mailmerge.decoding import decode as read_text
from mailmerge.lint.extract.obstacles import Obstacle
from mailmerge.lint.identities.masking import identities_in
from mailmerge.lint.identities.spelling import spelling

if TYPE_CHECKING:
    from mailmerge.lint.identities.index import Hit, Identities


MOST_TEXT = 4_000_000
"""Characters kept of one file."""
_LOCAL_PATH = re.compile(
    r"[A-Za-z]:\\\\?(?:Users|Documents)[^\s\"<>|]{2,80}|file:///[^\s\"<>]{3,80}|/(?:home|Users)/[\w.-]+/[^\s\"<>]{1,60}"
)


class Part(StrEnum):
    """Where in a file a text is."""

    AUTHOR = "author"
    BYTES = "bytes"
    CELLS = "cells"
    COMMENT = "comment"
    EDITOR = "editor"
    EMBEDDED = "embedded"
    """The name of a file inside the file, or what that file contains."""
    EXTERNAL = "external"
    HEADER = "header"
    """A header or footer of the pages."""
    IMAGE = "image"
    INTERNAL = "internal"
    """What no reader is shown: settings, attributes, parts of an unknown kind."""
    LINK = "link"
    MARKUP = "markup"
    NAME = "name"
    """The name of the file itself."""
    NOTE = "note"
    """A footnote or endnote."""
    PAGE = "page"
    PIVOT = "pivot"
    PROPERTIES = "properties"
    SHEET = "sheet"
    """The name of a sheet, or of a range of cells."""
    SLIDE = "slide"
    SPEAKER_NOTES = "speaker-notes"
    TEXT = "text"


class Piece(NamedTuple):
    """One text of a file."""

    part: Part
    text: str
    page: int = 0
    """Counts from 1; 0 where the part is not on a page."""


class Kind(StrEnum):
    """What a file can hide. The values are part of fingerprints and never change."""

    CELLS = "cells"
    COLUMNS = "columns"
    COMMENTS = "comments"
    EMBEDDED_FILE = "embedded-file"
    EMBEDDED_OBJECT = "embedded-object"
    LINKED_WORKBOOK = "linked-workbook"
    PIVOT_CACHE = "pivot-cache"
    ROWS = "rows"
    SHEET = "sheet"
    SLIDE = "slide"
    SPEAKER_NOTES = "speaker-notes"
    TEXT = "text"
    TRACKED_CHANGES = "tracked-changes"


class Hidden(NamedTuple):
    """One thing that a file hides."""

    kind: Kind
    page: int = 0
    """On which page a comment is; 0 where its page is not known."""
    name: str = ""
    """What an embedded file is called, where that is known."""


@dataclass
class Content:
    """What was found in one file."""

    pieces: list[Piece] = field(default_factory=list)
    opaque: Obstacle | None = None
    """Why it cannot be checked; None where it can."""
    limit: int = 0
    """The number that it exceeds, where it exceeds one: files, pages, seconds, millions of characters."""
    hidden: list[Hidden] = field(default_factory=list)
    """What it hides, each once."""
    metadata: dict[str, str] = field(default_factory=dict)
    """Its properties by their technical names."""
    readable: bool = True
    """Whether text is to be expected of its kind: a photograph has none."""
    _size: int = 0
    _identified: dict[int, bool] = field(default_factory=dict)
    _spelt: dict[tuple[int, str], str] = field(default_factory=dict)

    @cached_property
    def local_path(self) -> str:
        """The first path of the computer it was made on."""
        return next((found.group() for piece in self.pieces if (found := _LOCAL_PATH.search(piece.text))), "")

    def holds_identity(self, identities: Identities, text: str) -> bool:
        """Whether one of the texts identifies anybody of the table; looked up once, however many get the file."""
        key = hash(text)
        if key not in self._identified:
            self._identified[key] = next(identities_in(identities, text), None) is not None
        return self._identified[key]

    def spelling(self, text: str, hit: Hit) -> str:
        """How one of the texts spells an identity; looked up once, however many get the file."""
        key = (hash(text), hit.key)
        if key not in self._spelt:
            self._spelt[key] = spelling(text, hit)
        return self._spelt[key]

    def add(self, part: Part, text: str, page: int = 0) -> None:
        """Keep a text, up to the cap; text beyond it is not looked at, and the file counts as opaque."""
        room = MOST_TEXT - self._size
        if not text or text.isspace():
            return
        if len(text) > room:
            self.opaque, self.limit = Obstacle.TOO_LONG, MOST_TEXT // 1_000_000
        if room > 0:
            self.pieces.append(Piece(part, text[:room], page))
            self._size += len(text)

    def hide(self, hidden: Hidden) -> None:
        """Note something that the file hides, once."""
        if hidden not in self.hidden:
            self.hidden.append(hidden)


def decode(octets: bytes) -> str:
    """Text in its probable encoding."""
    found = read_text(octets)
    return found[0] if found else octets.decode("cp1252", "replace")
