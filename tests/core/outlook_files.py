"""Mails as Outlook saves them (.msg), written here: MS-CFB with as many streams as a mail needs."""

from __future__ import annotations

import datetime
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)
Tree = dict[str, "bytes | Tree"]
KINDS = {"to": 1, "cc": 2, "bcc": 3}


@dataclass
class OutlookMail:
    """What goes into a .msg."""

    recipients: Sequence[tuple[str, str, str]] = ()
    """Kind, name, address; an address without @ is one of an Exchange directory."""
    sender: tuple[str, str] = ("Atelier Garonne", "rh@atelier.example")
    subject: str = "Votre candidature"
    text: str = "Bonjour"
    html: bytes = b""
    sent: datetime.datetime | None = datetime.datetime(2026, 9, 1, 8, 2, tzinfo=datetime.UTC)
    message_id: str = "<leak@atelier.example>"
    in_reply_to: str = ""
    headers: str = ""
    message_class: str = "IPM.Note"
    files: Sequence[tuple[str, bytes]] = ()
    code_page: int = 0
    """Texts are in this code page where it is not 0."""
    smtp_addresses: bool = False
    """Whether addresses are in the property for SMTP addresses only, as with Exchange."""
    extra: Tree = field(default_factory=dict)

    def content(self) -> bytes:
        return compound(self._tree())

    def _tree(self) -> Tree:
        fixed: list[tuple[int, int, bytes]] = []
        if self.sent:
            ticks = int((self.sent - _EPOCH).total_seconds() * 10_000_000)
            fixed.append((0x0040, 0x0039, struct.pack("<Q", ticks)))
        if self.code_page:
            fixed.append((0x0003, 0x3FFD, struct.pack("<II", self.code_page, 0)))
        tree: Tree = {
            **self._text(0x001A, self.message_class),
            **self._text(0x0037, self.subject),
            **self._text(0x0C1A, self.sender[0]),
            **self._text(0x5D01, self.sender[1]),
            **self._text(0x1035, self.message_id),
            **self._text(0x1042, self.in_reply_to),
            **self._text(0x007D, self.headers),
            **self._text(0x1000, self.text),
            "__properties_version1.0": bytes(32) + _properties(fixed),
        }
        if self.html:
            tree["__substg1.0_10130102"] = self.html
        for number, (kind, name, address) in enumerate(self.recipients):
            tree[f"__recip_version1.0_#{number:08X}"] = self._recipient(kind, name, address)
        for number, (name, content) in enumerate(self.files):
            tree[f"__attach_version1.0_#{number:08X}"] = {
                **self._text(0x3707, name),
                "__substg1.0_37010102": content,
                "__properties_version1.0": bytes(8),
            }
        return {**tree, **self.extra}

    def _recipient(self, kind: str, name: str, address: str) -> Tree:
        is_smtp = "@" in address
        where = 0x39FE if self.smtp_addresses and is_smtp else 0x3003
        return {
            **self._text(0x3001, name),
            **self._text(0x3002, "SMTP" if where == 0x3003 and is_smtp else "EX"),
            **self._text(where, address),
            "__properties_version1.0": bytes(8) + _properties([(0x0003, 0x0C15, struct.pack("<II", KINDS[kind], 0))]),
        }

    def _text(self, number: int, text: str) -> Tree:
        if not text:
            return {}
        if self.code_page:
            return {f"__substg1.0_{number:04X}001E": text.encode(f"cp{self.code_page}", "replace")}
        return {f"__substg1.0_{number:04X}001F": text.encode("utf-16-le")}


def _properties(values: Sequence[tuple[int, int, bytes]]) -> bytes:
    return b"".join(struct.pack("<HHI", kind, number, 6) + value for kind, number, value in values)


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    child: int = _FREE
    right: int = _FREE


def compound(tree: Tree) -> bytes:
    """A compound file of version 3 with these storages and streams."""
    entries = [_Entry("Root Entry", 5)]
    _add(entries, 0, tree)
    mini = bytearray()
    mini_fat: list[int] = []
    sectors: list[bytes] = []
    fat: list[int] = []

    def chain(content: bytes) -> int:
        first = len(fat)
        pieces = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        sectors.extend(pieces)
        fat.extend([*range(first + 1, first + len(pieces)), _END] if pieces else [])
        return first if pieces else _END

    starts: list[int] = []
    for entry in entries:
        if entry.kind == 2 and len(entry.content) < 4096:
            first, count = len(mini_fat), -(-len(entry.content) // 64)
            starts.append(first if count else _END)
            mini_fat.extend([*range(first + 1, first + count), _END] if count else [])
            mini += entry.content.ljust(count * 64, b"\0")
        else:
            starts.append(chain(entry.content) if entry.kind == 2 else 0)
    starts[0] = chain(bytes(mini))
    entries[0].content = bytes(mini)
    mini_start = chain(struct.pack(f"<{len(mini_fat)}I", *mini_fat)) if mini_fat else _END
    directory = b"".join(_written(entry, start) for entry, start in zip(entries, starts, strict=True))
    directory_start = chain(directory.ljust(-(-len(directory) // 512) * 512, b"\0"))
    fat_sectors = 1
    while fat_sectors * 128 < len(fat) + fat_sectors:
        fat_sectors += 1
    assert fat_sectors <= 109, "no further FAT sectors are written here"
    fat_start = len(fat)
    fat += [_FAT] * fat_sectors
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    table = struct.pack(f"<{len(fat)}I", *fat)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    mini_count = -(-len(mini_fat) // 128)
    header += struct.pack("<IIIIIIII", fat_sectors, directory_start, 0, 4096, mini_start, mini_count, _END, 0)
    places = [*range(fat_start, fat_start + fat_sectors)]
    header += struct.pack("<109I", *places, *[_FREE] * (109 - fat_sectors))
    return header + b"".join(sectors) + table


def _add(entries: list[_Entry], parent: int, tree: Tree) -> None:
    before = None
    for name, content in tree.items():
        number = len(entries)
        entries.append(_Entry(name, 2, content) if isinstance(content, bytes) else _Entry(name, 1))
        if before is None:
            entries[parent].child = number
        else:
            entries[before].right = number
        before = number
        if not isinstance(content, bytes):
            _add(entries, number, content)


def _written(entry: _Entry, start: int) -> bytes:
    text = entry.name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, entry.kind, 1, _FREE, entry.right, entry.child)
    return head + bytes(36) + struct.pack("<IQ", start, len(entry.content))
