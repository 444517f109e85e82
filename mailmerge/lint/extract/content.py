"""What was found in a file that is sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mailmerge.lint.extract.name_fields import names_in_fields
from mailmerge.lint.extract.obstacles import Obstacle
from mailmerge.lint.extract.readings import bare_address, further_readings
from mailmerge.lint.identities.forms.initials import initials_in
from mailmerge.lint.identities.masking import identities_in
from mailmerge.lint.identities.rows.internal import Internal, InternalRemark, found_at
from mailmerge.lint.identities.spelling import spelling
from mailmerge.text.addresses import find_addresses, same_mailbox_key
from mailmerge.text.folding import fold, normalise
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from mailmerge.lint.identities.index import Hit, Identities


MOST_TEXT = 4_000_000
"""Characters kept of one file."""
_LOCAL_PATH = regex(
    r"[A-Za-z]:\\\\?(?:Users|Documents)[^\s\"<>|]{2,80}|file:///[^\s\"<>]{3,80}|/(?:home|Users)/[\w.-]+/[^\s\"<>]{1,60}"
)


class Part(StrEnum):
    """Where in a file a text is."""

    ALTERNATIVE = "alternative"
    """What is read aloud, copied or shown in place of something."""
    AUTHOR = "author"
    BOOKMARK = "bookmark"
    BYTES = "bytes"
    CELLS = "cells"
    COMMENT = "comment"
    EDITOR = "editor"
    EMBEDDED = "embedded"
    """The name of a file inside the file, or what that file contains."""
    EXTERNAL = "external"
    FORM = "form"
    """A field of a form."""
    HEADER = "header"
    """A header or footer of the pages."""
    IMAGE = "image"
    INTERNAL = "internal"
    """What no reader is shown: settings, attributes, parts of an unknown kind."""
    LAYER = "layer"
    """The name of a layer that can be switched on and off."""
    LINK = "link"
    MARKUP = "markup"
    MESSAGE_HEADER = "message-header"
    """The header of a message: who wrote it to whom."""
    NAME = "name"
    """The name of the file itself."""
    NOTE = "note"
    """A footnote or endnote."""
    PAGE = "page"
    PIVOT = "pivot"
    PROPERTIES = "properties"
    REVISION = "revision"
    """What an earlier version of the file contained, which is still in it."""
    SCRIPT = "script"
    SHEET = "sheet"
    """The name of a sheet, or of a range of cells."""
    SLIDE = "slide"
    SPEAKER_NOTES = "speaker-notes"
    TEXT = "text"


_NOT_SHOWN = {Part.BYTES, Part.IMAGE, Part.INTERNAL, Part.SCRIPT}
"""Parts in which an address is likely that of a program's, a font's or a photographer's maker."""
_IDENTIFIER = regex(r"(?:\A|\n)(?:X-[\w-]{0,30})?UID\b[^\n]{0,60}[\t :]\S{0,60}\Z", re.IGNORECASE)
"""The field of a calendar or a card that names the entry itself: it looks like an address, and is nobody's."""
_NAME_OF_FIELD = 160
_FEWEST_ROWS = 5
_FEW_PEOPLE = 20
"""People in one text up to which it is read with each reader's own names in mind."""
_COMPARED = 200
"""Addresses of a file that are compared with one another."""
_IN_ROW = regex(r"[^\s@]@[\w-]+\.")
_CELLS = regex(r"[;\t,|]|\s{2,}")


class Piece(NamedTuple):
    """One text of a file."""

    part: Part
    text: str
    page: int = 0
    """Counts from 1; 0 where the part is not on a page."""


class HiddenKind(StrEnum):
    """What a file can hide. The values are part of fingerprints and never change."""

    CELLS = "cells"
    COLUMNS = "columns"
    COMMENTS = "comments"
    DATA_SOURCE = "data-source"
    """The table that a document was or can be merged with."""
    EMBEDDED_FILE = "embedded-file"
    EMBEDDED_OBJECT = "embedded-object"
    LINKED_WORKBOOK = "linked-workbook"
    PIVOT_CACHE = "pivot-cache"
    ROWS = "rows"
    SHEET = "sheet"
    SLIDE = "slide"
    SPEAKER_NOTES = "speaker-notes"
    TEXT = "text"
    TINY_TEXT = "tiny-text"
    """Words of two points or less, which print as a line."""
    TRACKED_CHANGES = "tracked-changes"
    UNSEEN_TEXT = "unseen-text"
    """Words that are covered, beside the page, in no ink, or in a layer or format that shows nothing."""
    WHITE_TEXT = "white-text"
    """Words in the colour of what is behind them."""


class Hidden(NamedTuple):
    """One thing that a file hides."""

    kind: HiddenKind
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
    unreadable_pages: list[int] = field(default_factory=list)
    """Pages that show a picture or signs without any text that can be read, in a file that has text elsewhere."""
    unjudged_pages: list[int] = field(default_factory=list)
    """Pages on which too much is drawn to tell whether words are hidden."""
    _size: int = 0
    _identified: list[Piece] | None = None
    _of_many: dict[Piece, tuple[Hit, ...]] = field(default_factory=dict)
    _detailed: list[tuple[Piece, Hit]] | None = None
    _initialled: list[tuple[Piece, Hit]] | None = None
    _digest: str = ""
    _spelt: dict[tuple[int, str], str] = field(default_factory=dict)
    _remarks: list[tuple[Piece, InternalRemark, str]] | None = None

    @cached_property
    def local_path(self) -> str:
        """The first path of the computer it was made on."""
        return next((found.group() for piece in self.pieces if (found := _LOCAL_PATH.search(piece.text))), "")

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The addresses in what a reader is shown, each mailbox once."""
        found: dict[str, str] = {}
        for part, text, _page in self.pieces:
            if part not in _NOT_SHOWN:
                for start, end in find_addresses(text):
                    if _IDENTIFIER.search(text, max(0, start - _NAME_OF_FIELD), start):
                        continue
                    address = bare_address(text[start:end])
                    found.setdefault(same_mailbox_key(address), address)
        return tuple(text for key, text in found.items() if not _is_fragment(key, found))

    @cached_property
    def lists_people(self) -> bool:
        """Whether most lines of a text are one address beside other cells: a list of people, whatever it is called."""
        return any(_is_list(piece.text) for piece in self.pieces)

    def identified(self, identities: Identities) -> list[Piece]:
        """The texts that identify anybody of the table; looked up once, however many get the file."""
        if self._identified is None:
            self._identified = [piece for piece in self.pieces if next(identities_in(identities, piece.text), None)]
        return self._identified

    def of_many(self, identities: Identities, piece: Piece) -> tuple[Hit, ...]:
        """Everybody's identities in a text that has those of many, each once; none where it has those of a few, which
        are to be told from the reader's own."""
        if piece not in self._of_many:
            hits = {hit.key: hit for hit in reversed([*identities_in(identities, piece.text)])}
            owners = {number for hit in hits.values() for number in hit.owners}
            self._of_many[piece] = tuple(hits.values())[::-1] if len(owners) > _FEW_PEOPLE else ()
        return self._of_many[piece]

    def detailed(self, identities: Identities) -> list[tuple[Piece, Hit]]:
        """Homes, dates of birth and profiles of anybody of the table; looked up once, likewise."""
        if self._detailed is None:
            self._detailed = [(piece, hit) for piece in self.pieces for hit in identities.details_in(piece.text, 0)]
        return self._detailed

    def initialled(self, identities: Identities) -> list[tuple[Piece, Hit]]:
        """Anybody's surnames with an initial; looked up once, likewise."""
        if self._initialled is None:
            several = ((piece, initials_in(identities, piece.text, signed=True)) for piece in self.pieces)
            self._initialled = [(piece, hit) for piece, hits in several for hit in hits]
        return self._initialled

    def remarks(self, internal: Internal) -> list[tuple[Piece, InternalRemark, str]]:
        """The internal remarks of the table that are in the file, as it has them; looked up once, likewise."""
        if self._remarks is None:
            self._remarks = [
                (piece, remark, shown)
                for piece in (self.pieces if internal else ())
                for remark in internal.find(fold(normalise(piece.text)).split())
                if (shown := found_at(piece.text, remark.words))
            ]
        return self._remarks

    def spelling(self, text: str, hit: Hit) -> str:
        """How one of the texts spells an identity; looked up once, however many get the file."""
        key = (hash(text), hit.key)
        if key not in self._spelt:
            self._spelt[key] = spelling(text, hit)
        return self._spelt[key]

    def digest_of(self, octets: bytes) -> str:
        """A digest of the file itself; computed once, likewise."""
        self._digest = self._digest or hashlib.sha256(octets).hexdigest()[:16]
        return self._digest

    def add(self, part: Part, text: str, page: int = 0) -> None:
        """Keep a text and whatever else it may read as, up to the cap; text beyond it makes the file opaque."""
        if not text or text.isspace():
            return
        self.keep(part, text, page)
        for reading in further_readings(text):
            self.keep(part, reading, page)
        if part not in _NOT_SHOWN and (names := names_in_fields(text)):
            self.keep(part, names, page)

    def keep(self, part: Part, text: str, page: int = 0) -> None:
        """Keep a text as it is."""
        room = MOST_TEXT - self._size
        if len(text) > room:
            self.obstruct(Obstacle.TOO_LONG, MOST_TEXT // 1_000_000)
        if room > 0:
            self.pieces.append(Piece(part, text[:room], page))
            self._size += len(text)

    def take(self, other: Content) -> None:
        """Take in what was found in a file inside this one, or by another process."""
        for piece in other.pieces:
            self.keep(*piece)
        for hidden in other.hidden:
            self.hide(hidden)
        self.metadata |= other.metadata
        self.readable = self.readable and other.readable
        self.unreadable_pages += other.unreadable_pages
        self.unjudged_pages += other.unjudged_pages
        if other.opaque is not None:
            self.obstruct(other.opaque, other.limit)

    def obstruct(self, obstacle: Obstacle, limit: int = 0) -> None:
        """Note why the file cannot be checked, the first reason only; what can be read of it is read all the same."""
        if self.opaque is None:
            self.opaque, self.limit = obstacle, limit

    def hide(self, hidden: Hidden) -> None:
        """Note something that the file hides, once."""
        if hidden not in self.hidden:
            self.hidden.append(hidden)


def _is_list(text: str) -> bool:
    if text.count("@") < _FEWEST_ROWS:
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    rows = [line for line in lines if len(_IN_ROW.findall(line)) == 1 and _CELLS.search(line)]
    return len(rows) >= _FEWEST_ROWS and len(rows) * 2 > len(lines)


def _is_fragment(key: str, keys: Iterable[str]) -> bool:
    """Whether an address is what a line break or formatting left of another."""
    return any(key != other and (other.startswith(key) or other.endswith(key)) for other in islice(keys, _COMPARED))
