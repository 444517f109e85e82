"""A mail as Outlook saves it (.msg; MS-OXMSG 2): its recipients with their kind, its texts, its files.

A copy dragged out of "Sent" has no transport headers: the table of recipients is all there is, Bcc included.
"""

from __future__ import annotations

import datetime
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from email import policy
from email.parser import HeaderParser
from functools import cached_property
from pathlib import Path

from mailmerge.compound import CompoundFile
from mailmerge.errors import InputError
from mailmerge.i18n import N_
from mailmerge.incident.mail import Field, File, Mail, Note, Party, Remark
from mailmerge.incident.read.compressed_rtf import decompress, plain_text
from mailmerge.incident.read.internet_message import ENCRYPTED, headers_of

_CLASS, _SUBJECT, _SENT, _DELIVERED = 0x001A, 0x0037, 0x0039, 0x0E06
_SENDER_NAME, _SENDER_KIND, _SENDER_ADDRESS, _SENDER_SMTP = 0x0C1A, 0x0C1E, 0x0C1F, 0x5D01
_HEADERS, _BODY, _RTF, _HTML, _MESSAGE_ID, _REPLIES_TO, _REFERENCES = (
    0x007D, 0x1000, 0x1009, 0x1013, 0x1035, 0x1042, 0x1039,
)  # fmt: skip
_KIND, _NAME, _ADDRESS_KIND, _ADDRESS, _SMTP = 0x0C15, 0x3001, 0x3002, 0x3003, 0x39FE
_LONG_NAME, _SHORT_NAME, _METHOD, _DATA, _CODE_PAGE = 0x3707, 0x3704, 0x3705, 0x3701, 0x3FFD
_FIELDS = {1: Field.TO, 2: Field.CC, 3: Field.BCC}
_SECRET_CLASSES = ("ipm.note.smime", "ipm.note.rpmsg", "ipm.note.secure")
_SIGNED = "ipm.note.smime.multipartsigned"
_MOST_OCTETS = 200_000_000
"""Of all streams that are read of one file."""
_DEEPEST = 6
_EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)

NO_MESSAGE = N_("{path} is not a mail that Outlook saved: it has no message in it")
DAMAGED = N_("{path} is damaged and cannot be read: drag the mail out of Outlook again")

Path_ = tuple[str, ...]


def read_msg(content: bytes, source: Path) -> Mail:
    """The mail in these bytes.

    Raises:
        InputError: it is damaged, encrypted, or no mail.
    """
    try:
        file = _File(CompoundFile(content))
        return _mail(file, (), source, 0)
    except (ValueError, struct.error, OverflowError):
        raise InputError(DAMAGED, path=source) from None


class _File:
    """The streams of a .msg, each read when it is asked for, and no more than so much of them."""

    def __init__(self, file: CompoundFile):
        self._file = file
        self._streams = file.paths()
        self._left = _MOST_OCTETS
        self._properties: dict[Path_, dict[int, bytes]] = {}

    def has(self, *path: str) -> bool:
        return path in self._streams

    def read(self, path: Path_) -> bytes | None:
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
    def storages(self) -> Mapping[Path_, Sequence[str]]:
        """The storages in each storage, in their order."""
        inside: dict[Path_, dict[str, None]] = {}
        for path in self._streams:
            for depth in range(len(path) - 1):
                inside.setdefault(path[:depth], {})[path[depth]] = None
        return {path: sorted(names) for path, names in inside.items()}

    def fixed(self, storage: Path_, number: int) -> bytes | None:
        """The eight octets of a property of fixed size (MS-OXMSG 2.4)."""
        if storage not in self._properties:
            raw = self.read((*storage, "__properties_version1.0")) or b""
            last = storage[-1] if storage else ""
            head = 32 if not storage else 24 if last.startswith("__substg1.0_3701") else 8
            self._properties[storage] = {
                struct.unpack_from("<H", raw, at + 2)[0]: raw[at + 8 : at + 16] for at in range(head, len(raw) - 15, 16)
            }
        return self._properties[storage].get(number)

    def binary(self, storage: Path_, number: int) -> bytes | None:
        """A property of octets."""
        return self.read((*storage, f"__substg1.0_{number:04X}0102"))

    def text(self, storage: Path_, number: int) -> str:
        """A property of text, ``""`` where there is none."""
        wide = self.read((*storage, f"__substg1.0_{number:04X}001F"))
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self.read((*storage, f"__substg1.0_{number:04X}001E"))
        return "" if narrow is None else narrow.decode(self.codec, "replace").rstrip("\0")

    @cached_property
    def codec(self) -> str:
        """That of texts that are not Unicode."""
        page = self.fixed((), _CODE_PAGE)
        return codec_of(struct.unpack("<I", page[:4])[0]) if page else "cp1252"


def codec_of(page: int) -> str:
    """The codec of a Windows code page; Windows-1252 where Python knows none."""
    name = {65001: "utf-8", 28591: "latin-1", 20127: "ascii", 28605: "iso8859-15"}.get(page, f"cp{page}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


@dataclass(frozen=True, slots=True)
class _Files:
    files: tuple[File, ...]
    inner: tuple[Mail, ...]
    remarks: tuple[Remark, ...]
    encrypted: bool


def _mail(file: _File, top: Path_, source: Path, depth: int) -> Mail:
    if not file.has(*top, "__properties_version1.0"):
        encrypted = file.has(*top, "EncryptedPackage")
        raise InputError(ENCRYPTED if encrypted else NO_MESSAGE, path=source)
    attached = _attached(file, top, source, depth)
    kind = file.text(top, _CLASS).casefold()
    if not depth and (attached.encrypted or (kind.startswith(_SECRET_CLASSES) and kind != _SIGNED)):
        raise InputError(ENCRYPTED, path=source)
    headers = HeaderParser(policy=policy.compat32).parsestr(file.text(top, _HEADERS))
    said = headers_of(headers, source)
    listed = tuple(
        _recipient(file, (*top, name)) for name in file.storages.get(top, ()) if name.startswith("__recip_version1.0_")
    )
    recipients = _without_names_of_known((*listed, *said.recipients))
    text, html = _texts(file, top)
    sender = Party(file.text(top, _SENDER_NAME), _sender_address(file, top))
    return replace(
        said,
        sender=tuple(each for each in (sender, *said.sender) if each.address or each.name),
        recipients=recipients,
        sent=said.sent or _time(file.fixed(top, _SENT)) or _time(file.fixed(top, _DELIVERED)),
        message_id=file.text(top, _MESSAGE_ID).strip() or said.message_id,
        references=(*_split(file.text(top, _REPLIES_TO)), *_split(file.text(top, _REFERENCES)), *said.references),
        subject=file.text(top, _SUBJECT) or said.subject,
        text=text,
        html=html,
        files=attached.files,
        inner=attached.inner,
        sender_copy=not file.text(top, _HEADERS) or any(each.field is Field.BCC for each in listed),
        remarks=attached.remarks,
    )


def _recipient(file: _File, storage: Path_) -> Party:
    kind = file.fixed(storage, _KIND)
    number = struct.unpack("<I", kind[:4])[0] & 0xF if kind else 1
    address = file.text(storage, _SMTP)
    if not address and file.text(storage, _ADDRESS_KIND).upper() in ("", "SMTP"):
        address = file.text(storage, _ADDRESS)
    address = address.strip().strip("'\"") if "@" in address else ""
    name = file.text(storage, _NAME).strip().strip("'\"")
    if not address and "@" in name:
        name, address = "", name
    return Party("" if name.casefold() == address.casefold() else name, address, _FIELDS.get(number, Field.TO))


def _without_names_of_known(parties: Sequence[Party]) -> tuple[Party, ...]:
    """Everybody once: who is in the table without an address may be in the headers with one."""
    with_address = {each.name.casefold() for each in parties if each.address and each.name}
    return tuple(each for each in parties if each.address or each.name.casefold() not in with_address)


def _sender_address(file: _File, top: Path_) -> str:
    for number in (_SENDER_SMTP, _SENDER_ADDRESS):
        address = file.text(top, number)
        if "@" in address:
            return address
    return ""


def _texts(file: _File, top: Path_) -> tuple[str, str]:
    text, page = file.text(top, _BODY), file.binary(top, _HTML)
    html = page.decode(_codec_of_page(page, file.codec), "replace") if page else file.text(top, _HTML)
    packed = None if text or html else file.binary(top, _RTF)
    return (plain_text(decompress(packed)) if packed else text), html


def _codec_of_page(page: bytes, otherwise: str) -> str:
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return otherwise
    return "utf-8"


def _attached(file: _File, top: Path_, source: Path, depth: int) -> _Files:
    files: list[File] = []
    inner: list[Mail] = []
    remarks: list[Remark] = []
    encrypted = False
    for name in file.storages.get(top, ()):
        if not name.startswith("__attach_version1.0_"):
            continue
        storage = (*top, name)
        called = file.text(storage, _LONG_NAME) or file.text(storage, _SHORT_NAME) or "attachment"
        within = (*storage, f"__substg1.0_{_DATA:04X}000D")
        content = file.binary(storage, _DATA)
        if called.casefold() in ("message.rpmsg", "smime.p7m"):
            encrypted = True
        elif called.casefold() == "winmail.dat":
            remarks.append(Remark(Note.WINMAIL, called))
        elif within in file.storages and file.has(*within, "__properties_version1.0") and depth < _DEEPEST:
            inner.append(_mail(file, within, source, depth + 1))
        elif content is not None:
            files.append(File(called, content))
        else:
            remarks.append(Remark(Note.UNREAD_FILE, called))
    return _Files(tuple(files), tuple(inner), tuple(remarks), encrypted)


def _time(octets: bytes | None) -> datetime.datetime | None:
    """A FILETIME: tenths of microseconds since 1601."""
    ticks = struct.unpack("<Q", octets)[0] if octets and len(octets) == 8 else 0
    try:
        return _EPOCH + datetime.timedelta(microseconds=ticks // 10) if ticks else None
    except OverflowError:
        return None


def _split(ids: str) -> list[str]:
    return [word for word in ids.split() if word.startswith("<") and word.endswith(">")]
