"""The streams of an OLE compound file (MS-CFB 2): where XLS keeps its workbook and Outlook a message.

The file may lie in every number: chains are followed no longer than there are sectors, the directory is gone through
once and no entry twice, and a stream never becomes larger than the file it is in.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What a compound file begins with."""
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors (MS-CFB 2.1)."""
_NO_ENTRY = 0xFFFFFFFF
_MINI_LIMIT = 4096
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_MOST_ENTRIES = 200_000
_DEEPEST = 12
"""Storages within storages."""


def read_stream(content: bytes, *names: str) -> bytes:
    """The first stream that has one of the names, wherever it is.

    Raises:
        ValueError: the file is no compound file, is damaged, or has none of them.
    """
    return CompoundFile(content).first_of(names)


class CompoundFile:
    """A compound file in memory.

    Raises:
        ValueError: it is no compound file, or is damaged; so do its methods.
    """

    def __init__(self, content: bytes):
        self._content = content
        try:
            self._open()
        except (struct.error, IndexError) as error:
            raise ValueError("its parts do not fit together") from error

    def _open(self) -> None:
        sector_shift, mini_shift = struct.unpack_from("<HH", self._content, 30)
        if sector_shift not in (9, 12) or mini_shift != 6:
            raise ValueError("it has sectors of no known size")
        self._size = 1 << sector_shift
        first_directory = struct.unpack_from("<I", self._content, 48)[0]
        first_mini_fat = struct.unpack_from("<I", self._content, 60)[0]
        self._fat = self._read_fat()
        self._directory = self._chain(first_directory)
        self._mini_fat = _numbers(self._chain(first_mini_fat)) if first_mini_fat < _END else []
        self._entries = min(len(self._directory) // 128, _MOST_ENTRIES)
        self._mini: bytes | None = None

    def _read_fat(self) -> list[int]:
        places = list(struct.unpack_from("<109I", self._content, 76))
        following = struct.unpack_from("<I", self._content, 68)[0]
        seen: set[int] = set()
        while following < _END and following not in seen:
            seen.add(following)
            *more, following = _numbers(self._sector(following))
            places += more
        once = dict.fromkeys(place for place in places if place < _END)
        return [number for place in once for number in _numbers(self._sector(place))]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._content[start : start + self._size]
        if not sector:
            raise ValueError("it is cut off")
        return sector

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._sector, _linked(self._fat, first)))

    def _entry(self, number: int) -> bytes:
        return self._directory[number * 128 : number * 128 + 128]

    def first_of(self, names: tuple[str, ...]) -> bytes:
        """The content of the first stream that has one of the names, wherever it is."""
        for number in range(self._entries):
            entry = self._entry(number)
            if _kind(entry) == _STREAM and _name(entry) in names:
                return self._read(entry)
        raise ValueError("it holds no workbook")

    def paths(self) -> Mapping[tuple[str, ...], int]:
        """Every stream by the names of the storages that it is in and its own; each with its number."""
        found: dict[tuple[str, ...], int] = {}
        seen: set[int] = set()
        waiting: list[tuple[int, tuple[str, ...]]] = [(_child(self._entry(0)), ())]
        while waiting:
            number, above = waiting.pop()
            if number >= self._entries or number in seen:
                continue
            seen.add(number)
            entry = self._entry(number)
            left, right = struct.unpack_from("<II", entry, 68)
            waiting += [(left, above), (right, above)]
            path = (*above, _name(entry))
            if _kind(entry) == _STREAM:
                found.setdefault(path, number)
            elif _kind(entry) == _STORAGE and len(path) < _DEEPEST:
                waiting.append((_child(entry), path))
        return found

    def read(self, number: int) -> bytes:
        """The content of the stream with this number."""
        try:
            return self._read(self._entry(number))
        except (struct.error, IndexError) as error:
            raise ValueError("its parts do not fit together") from error

    def _read(self, entry: bytes) -> bytes:
        try:
            first, size = struct.unpack_from("<II", entry, 116)
            if size >= _MINI_LIMIT:
                return self._chain(first)[:size]
            if self._mini is None:
                self._mini = self._chain(struct.unpack_from("<I", self._entry(0), 116)[0])
            return b"".join(self._mini[n * 64 : n * 64 + 64] for n in _linked(self._mini_fat, first))[:size]
        except (struct.error, IndexError) as error:
            raise ValueError("its parts do not fit together") from error


def _kind(entry: bytes) -> int:
    return entry[66]


def _child(entry: bytes) -> int:
    return int(struct.unpack_from("<I", entry, 76)[0]) if len(entry) == 128 else _NO_ENTRY


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")


def _linked(table: list[int], first: int) -> Iterator[int]:
    steps = 0
    while first < _END:
        if steps > len(table):
            raise ValueError("its internal structure is corrupt")
        yield first
        first = table[first]
        steps += 1


def _numbers(sector: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))
