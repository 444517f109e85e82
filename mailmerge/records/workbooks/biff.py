"""The records of an XLS, one after another, and the texts and numbers in them (MS-XLS 2.1.4 and 2.5)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mailmerge.i18n import N_
from mailmerge.records.file_kinds.damage import Damage

BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C
_CODE_PAGES = {1200: "utf-16-le", 10000: "mac-roman", 32768: "mac-roman", 32769: "cp1252", 65001: "utf-8"}


class BiffRecord(NamedTuple):
    """A record: its type, its data, and the data of those that continue it."""

    kind: int
    data: bytes
    more: tuple[bytes, ...] = ()


def records_of(stream: bytes, at: int) -> Iterator[BiffRecord]:
    """The records of one substream, charts and the like inside it left out.

    Raises:
        ValueError: it does not begin, or it ends too soon.
    """
    depth = 0
    while True:
        if at + 4 > len(stream):
            raise Damage(N_("it is cut off"))
        kind, length = struct.unpack_from("<HH", stream, at)
        if not depth and kind != BOF:
            raise Damage(N_("a sheet is not where it should be"))
        start, at = at + 4, at + 4 + length
        data, more = stream[start:at], []
        while stream[at : at + 2] == b"\x3c\x00":
            length = struct.unpack_from("<H", stream, at + 2)[0]
            more.append(stream[at + 4 : at + 4 + length])
            at += 4 + length
        depth += (kind == BOF) - (kind == EOF)
        if depth <= 1:
            yield BiffRecord(kind, data, tuple(more))
        if depth == 0:
            return


def code_page(number: int) -> str:
    """The codec of a code page; Windows-1252 for one that is unknown."""
    codec = _CODE_PAGES.get(number, f"cp{number}")
    try:
        "".encode(codec)
    except LookupError:
        return "cp1252"
    return codec


class Texts:
    """What reads texts: with sixteen-bit characters since 1997 (``wide``), in a code page before."""

    def __init__(self) -> None:
        self.wide = True
        self.codec = "cp1252"

    def counted(self, record: BiffRecord, at: int) -> str:
        """A text with a length of sixteen bits before it."""
        count = struct.unpack_from("<H", record.data, at)[0]
        if not self.wide:
            return mended(record.data[at + 2 : at + 2 + count].decode(self.codec, "replace"))
        return _Pieces((record.data[at + 2 :], *record.more)).text(count)

    def short(self, data: bytes, at: int) -> str:
        """A text with a length of eight bits before it, as sheets have for a name."""
        count = data[at]
        if not self.wide:
            return data[at + 1 : at + 1 + count].decode(self.codec, "replace")
        return _Pieces((data[at + 1 :],)).text(count)


def shared_texts(record: BiffRecord) -> list[str]:
    """The texts of the table that the cells point into (MS-XLS 2.4.265)."""
    count = struct.unpack_from("<I", record.data, 4)[0]
    pieces = _Pieces((record.data[8:], *record.more))
    return [pieces.rich_text() for _ in range(count)]


class _Pieces:
    """Data that goes on in another record: characters begin again there with a flag for their width."""

    def __init__(self, pieces: Sequence[bytes]):
        self._pieces = pieces
        self._number = self._at = 0

    def _take(self, length: int) -> bytes:
        taken = b""
        while len(taken) < length:
            piece = self._pieces[self._number][self._at : self._at + length - len(taken)]
            taken += piece
            self._at += len(piece)
            if len(taken) < length:
                self._next()
        return taken

    def _next(self) -> None:
        self._number, self._at = self._number + 1, 0
        if self._number >= len(self._pieces):
            raise Damage(N_("a text is cut off"))

    def text(self, count: int) -> str:
        """So many characters, after the flag for their width."""
        return self._characters(count, self._take(1)[0] & 1)

    def rich_text(self) -> str:
        """A text with its length before it, and what is said of its looks behind it."""
        count, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self._take(4))[0] if flags & 4 else 0
        text = self._characters(count, flags & 1)
        self._skip(4 * runs + extra)
        return text

    def _characters(self, count: int, wide: int) -> str:
        texts: list[str] = []
        while count:
            room = (len(self._pieces[self._number]) - self._at) >> wide
            if not room:
                self._next()
                wide = self._take(1)[0] & 1
                continue
            taken = min(count, room)
            raw = self._take(taken << wide)
            texts.append(raw.decode("utf-16-le" if wide else "latin-1", "surrogatepass"))
            count -= taken
        return mended("".join(texts))

    def _skip(self, length: int) -> None:
        while length:
            skipped = min(length, len(self._pieces[self._number]) - self._at)
            self._at += skipped
            length -= skipped
            if length:
                self._next()


def mended(text: str) -> str:
    """The text, also where a program wrote sixteen-bit characters and declared that they have eight."""
    if "\0" in text and len(text) % 2 == 0 and text.isascii() and not text[1::2].strip("\0"):
        return text[::2]
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def number_of(packed: int) -> float:
    """A number of four octets (MS-XLS 2.5.122, RkNumber)."""
    if packed & 2:
        value = float((packed ^ 0x80000000) - 0x80000000 >> 2)
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0])
    return value / 100 if packed & 1 else value


def numbers_of(data: bytes) -> Iterable[tuple[int, int, float]]:
    """Column, style and number of each cell of a row of numbers (MS-XLS 2.4.175, MulRk)."""
    first = struct.unpack_from("<H", data, 2)[0]
    for number, (style, packed) in enumerate(struct.iter_unpack("<HI", data[4 : 4 + (len(data) - 6) // 6 * 6])):
        yield first + number, style, number_of(packed)
