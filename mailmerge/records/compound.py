"""Take one stream out of an OLE compound file (MS-CFB 2): where XLS keeps its workbook."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors (MS-CFB 2.1)."""
_MINI_LIMIT = 4096


def read_stream(content: bytes, *names: str) -> bytes:
    """The first stream that has one of the names.

    Raises:
        ValueError: the file is no compound file, is damaged, or has none of them.
    """
    try:
        return _Compound(content).stream(names)
    except (struct.error, IndexError) as error:
        raise ValueError("its parts do not fit together") from error


class _Compound:
    def __init__(self, content: bytes):
        self._content = content
        sector_shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if sector_shift not in (9, 12) or mini_shift != 6:
            raise ValueError("it has sectors of no known size")
        self._size = 1 << sector_shift
        first_directory = struct.unpack_from("<I", content, 48)[0]
        first_mini_fat = struct.unpack_from("<I", content, 60)[0]
        self._fat = self._read_fat()
        self._directory = self._chain(first_directory)
        self._mini_fat = _numbers(self._chain(first_mini_fat)) if first_mini_fat < _END else []

    def _read_fat(self) -> list[int]:
        places = list(struct.unpack_from("<109I", self._content, 76))
        following = struct.unpack_from("<I", self._content, 68)[0]
        seen: set[int] = set()
        while following < _END and following not in seen:
            seen.add(following)
            *more, following = _numbers(self._sector(following))
            places += more
        return [number for place in places if place < _END for number in _numbers(self._sector(place))]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._content[start : start + self._size]
        if not sector:
            raise ValueError("it is cut off")
        return sector

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._sector, _linked(self._fat, first)))

    def stream(self, names: tuple[str, ...]) -> bytes:
        entries = [self._directory[at : at + 128] for at in range(0, len(self._directory) - 127, 128)]
        for entry in entries:
            length, kind = struct.unpack_from("<HB", entry, 64)
            if kind == 2 and entry[: max(0, length - 2)].decode("utf-16-le", "replace") in names:
                first, size = struct.unpack_from("<II", entry, 116)
                if size >= _MINI_LIMIT:
                    return self._chain(first)[:size]
                mini = self._chain(struct.unpack_from("<I", entries[0], 116)[0])
                return b"".join(mini[n * 64 : n * 64 + 64] for n in _linked(self._mini_fat, first))[:size]
        raise ValueError("it holds no workbook")


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
