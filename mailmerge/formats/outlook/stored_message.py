"""The storages and properties of a mail that Outlook saved (MS-OXMSG 2), each read when it is asked for."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from functools import cached_property

from mailmerge.formats.compound import CompoundFile
from mailmerge.formats.outlook.properties import CODE_PAGE, PROPERTIES

StoragePath = tuple[str, ...]
_MOST_OCTETS = 200_000_000
"""Of all streams that are read of one file."""


class StoredMessage:
    """The streams of a .msg, each read when it is asked for, and no more than so much of them."""

    def __init__(self, file: CompoundFile):
        self._file = file
        self._streams = file.paths()
        self._left = _MOST_OCTETS
        self._properties: dict[StoragePath, dict[int, bytes]] = {}

    def has(self, *path: str) -> bool:
        """Whether there is a stream at a path."""
        return path in self._streams

    def read(self, path: StoragePath) -> bytes | None:
        """The stream at a path, None where there is none."""
        number = self._streams.get(path)
        if number is None:
            return None
        content = self._file.read(number)
        self._left -= len(content)
        if self._left < 0:
            raise ValueError("it holds more than it can")
        return content

    @cached_property
    def storages(self) -> Mapping[StoragePath, Sequence[str]]:
        """The storages in each storage, in their order."""
        inside: dict[StoragePath, dict[str, None]] = {}
        for path in self._streams:
            for depth in range(len(path) - 1):
                inside.setdefault(path[:depth], {})[path[depth]] = None
        return {path: sorted(names) for path, names in inside.items()}

    def fixed(self, storage: StoragePath, number: int) -> bytes | None:
        """The eight octets of a property of fixed size (MS-OXMSG 2.4)."""
        if storage not in self._properties:
            raw = self.read((*storage, PROPERTIES)) or b""
            last = storage[-1] if storage else ""
            head = 32 if not storage else 24 if last.startswith("__substg1.0_3701") else 8
            self._properties[storage] = {
                struct.unpack_from("<H", raw, at + 2)[0]: raw[at + 8 : at + 16] for at in range(head, len(raw) - 15, 16)
            }
        return self._properties[storage].get(number)

    def binary(self, storage: StoragePath, number: int) -> bytes | None:
        """A property of octets."""
        return self.read((*storage, f"__substg1.0_{number:04X}0102"))

    def text(self, storage: StoragePath, number: int) -> str:
        """A property of text, ``""`` where there is none."""
        wide = self.read((*storage, f"__substg1.0_{number:04X}001F"))
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self.read((*storage, f"__substg1.0_{number:04X}001E"))
        return "" if narrow is None else narrow.decode(self.codec, "replace").rstrip("\0")

    @cached_property
    def codec(self) -> str:
        """That of texts that are not Unicode."""
        page = self.fixed((), CODE_PAGE)
        return codec_of(struct.unpack("<I", page[:4])[0]) if page else "cp1252"


def codec_of(page: int) -> str:
    """The codec of a Windows code page; Windows-1252 where Python knows none."""
    name = {65001: "utf-8", 28591: "latin-1", 20127: "ascii", 28605: "iso8859-15"}.get(page, f"cp{page}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name
