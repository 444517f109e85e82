"""PDF (ISO 32000): what its pages show, what else a reader can show, and what earlier versions of it showed."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

from mailmerge.lint.extract.content import Hidden, Part
from mailmerge.lint.extract.obstacles import Obstacle, Opaque
from mailmerge.lint.extract.pdf.fonts import letters_of
from mailmerge.lint.extract.pdf.objects import Walk
from mailmerge.lint.extract.pdf.strings import alternative_texts, around, has_broken_stream, loose_strings
from mailmerge.lint.extract.pdf.undrawn import Undrawn
from mailmerge.lint.extract.pdf.unseen import Unseen, names_in
from mailmerge.lint.extract.pdf.words import PdfWords
from mailmerge.lint.extract.source import Source
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader


MOST_PAGES = 400
_MOST_REVISIONS = 20
_END = regex(rb"%%EOF[ \t]*\r?\n?")
_SCAN = 300_000
"""Pixels of a picture from which on it may be a page that was scanned: A4 at 50 dots per inch."""
_UNREADABLE = regex("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")


def read_pdf(source: Source) -> None:
    """Everything that a reader can show of a PDF.

    Raises:
        Opaque: it is encrypted.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    octets = source.octets
    reader = _opened(octets)
    if reader.is_encrypted and not _opens(reader):
        raise Opaque(Obstacle.ENCRYPTED)
    loose = None if reader.is_encrypted else loose_strings(octets)
    document = _Document(source)
    if loose is not None and loose.instead is not None:
        document.walk.leave_out_structure()
    try:
        document.read(reader)
        if not any(piece.part in (Part.PAGE, source.part) for piece in source.content.pieces):
            source.content.obstruct(Obstacle.SCAN)
        ends = [end.end() for end in _END.finditer(octets)][:-1]
        if len(ends) > _MOST_REVISIONS:
            source.content.obstruct(Obstacle.TOO_LARGE)
        for earlier in _revisions(octets, ends[-_MOST_REVISIONS:]):
            with suppress(Exception):  # what no reader can open, none can show
                document.read(earlier, Part.REVISION)
    finally:
        document.walk.keep(Part.INTERNAL, around(octets))
        if loose is not None:
            document.walk.keep(Part.ALTERNATIVE, loose.instead or "")
            document.walk.keep(Part.INTERNAL, loose.text)
            if not loose.whole:
                source.content.obstruct(Obstacle.TOO_LARGE)
            if has_broken_stream(octets):
                source.content.obstruct(Obstacle.BROKEN)


def _opened(octets: bytes) -> PdfReader:
    from pypdf import PdfReader

    return PdfReader(BytesIO(octets))


def _opens(reader: PdfReader) -> bool:
    """Whether a PDF opens without a password, as one does that only forbids printing."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001  (a cipher that is not installed)
        return False


def _revisions(octets: bytes, ends: Sequence[int]) -> Iterator[PdfReader]:
    """The file as it was before each time that something was appended to it, the newest first."""
    for end in reversed(ends):
        with suppress(Exception):
            yield _opened(octets[:end])


class _Document:
    """The pages and objects of a PDF, and of its earlier versions as far as they differ."""

    def __init__(self, source: Source):
        self._source = source
        self._seen: set[int] = set()
        """Content of pages that was read already."""
        self._words = PdfWords()
        self.walk = Walk(source, self._words)
        self._unseen, self._undrawn = Unseen(), Undrawn(self._words)
        self._without_words = 0
        """Pages on which nothing can be read."""

    def read(self, reader: PdfReader, part: Part | None = None) -> None:
        """Read one version; ``part`` is what its texts are, where that is not for itself to say."""
        self.walk.begin(reader, part)
        if len(reader.pages) > MOST_PAGES:
            self._source.content.obstruct(Obstacle.TOO_MANY_PAGES, MOST_PAGES)
        for number, page in enumerate(reader.pages[:MOST_PAGES], 1):
            try:
                self._page(page, number, part)
                self.walk.page(page, number)
            except Opaque:
                raise
            except Exception:  # noqa: BLE001  (a broken page breaks its reader in any way, and hides no other)
                self._source.content.obstruct(Obstacle.DAMAGED)
        if part is None and self._without_words == len(reader.pages) > 0:
            self._source.content.obstruct(Obstacle.SCAN)
        for text in self._undrawn.texts() if part is None else ():
            self.walk.keep(Part.INTERNAL, text)
        for kind, page_number in self._unseen.told() if part is None else ():
            self._source.content.hide(Hidden(kind, page=page_number))
        self.walk.finish()

    def _page(self, page: PageObject, number: int, part: Part | None) -> None:
        contents = page.get_contents()
        drawn = contents.get_data() if contents is not None else b""
        self._source.unpacked(drawn)
        key = hash((drawn, str(page.get("/Resources")) if part else number))
        if key in self._seen:
            return
        self._seen.update((key, hash((drawn, str(page.get("/Resources"))))))
        text, rows = self._words.of_page(page, drawn)
        self._source.add(part or Part.PAGE, text, number)
        self._source.add(part or Part.PAGE, rows, number)
        self.walk.keep(part or Part.ALTERNATIVE, alternative_texts(drawn), number)
        if part is not None:
            return
        self._undrawn.look_at(page, drawn)
        letters, is_unreadable = letters_of(page, drawn), _cannot_be_read(page, text)
        self._without_words += letters.all_unknown or (is_unreadable and not _has_words(text))
        if is_unreadable or letters.some_unknown:
            self._source.content.unreadable_pages.append(number)
        elif text.strip():
            self._note_unseen(page, drawn, number)

    def _note_unseen(self, page: PageObject, drawn: bytes, number: int) -> None:
        """Note what words of a page are unseen."""
        makers = names_in(self._source.content.metadata.get("producer", ""))
        with suppress(Exception):  # a broken drawing shows what its reader makes of it
            if not self._unseen.look_at(page, number, drawn, makers):
                self._source.content.unjudged_pages.append(number)


def _has_words(text: str) -> bool:
    """Whether a page that cannot be read shows some words that can, such as its title."""
    return sum(map(str.isalnum, _UNREADABLE.sub("", text))) * 10 > len(text)


def _cannot_be_read(page: PageObject, text: str) -> bool:
    """Whether a page shows words that no program sees: a scan, or letters whose meaning the file does not tell."""
    if text.strip():
        return len(_UNREADABLE.findall(text)) * 3 > len("".join(text.split()))
    with suppress(Exception):
        pictures = page["/Resources"]["/XObject"].get_object()  # type: ignore[index]
        for name in pictures:
            picture = pictures[name].get_object()
            if picture.get("/Subtype") == "/Image" and int(picture["/Width"]) * int(picture["/Height"]) > _SCAN:
                return True
    return False
