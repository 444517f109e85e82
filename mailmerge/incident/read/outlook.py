"""A mail as Outlook saves it (.msg; MS-OXMSG 2): its recipients with their kind, its texts, its files.

A copy dragged out of "Sent" has no transport headers: the table of recipients is all there is, Bcc included.
"""

from __future__ import annotations

import datetime
import struct
from collections.abc import Sequence
from email import policy
from email.parser import HeaderParser
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from mailmerge.formats.outlook import (
    StoragePath,
    StoredMessage,
    attachments,
    bodies_of,
    called,
    opened,
    require_message,
    require_readable,
)
from mailmerge.formats.outlook.opening import SECRET_FILES
from mailmerge.formats.outlook.properties import (
    ADDRESS,
    ADDRESS_KIND,
    DATA,
    DELIVERED,
    HEADERS,
    KIND,
    MESSAGE_ID,
    NAME,
    PROPERTIES,
    REFERENCES,
    REPLIES_TO,
    SENDER_ADDRESS,
    SENDER_NAME,
    SENDER_SMTP,
    SENT,
    SMTP,
    SUBJECT,
)  # fmt: skip
from mailmerge.incident.mail import CopyNote, FileRemark, HeaderField, Mail, MailFile, Party
from mailmerge.incident.read.internet_message import headers_of

_FIELDS = {1: HeaderField.TO, 2: HeaderField.CC, 3: HeaderField.BCC}
_DEEPEST = 6
_EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)


def read_msg(content: bytes, source: Path) -> Mail:
    """The mail in these bytes.

    Raises:
        InputError: it is damaged, encrypted, or no mail.
    """
    with opened(content, source) as file:
        return _mail(file, (), source, 0)


class _Files(Struct, frozen=True):
    files: tuple[MailFile, ...]
    inner: tuple[Mail, ...]
    remarks: tuple[FileRemark, ...]


def _mail(file: StoredMessage, top: StoragePath, source: Path, depth: int) -> Mail:
    require_message(file, source, top)
    if not depth:
        require_readable(file, source, top)
    attached = _attached(file, top, source, depth)
    headers = HeaderParser(policy=policy.compat32).parsestr(file.text(top, HEADERS))
    said = headers_of(headers, source)
    listed = tuple(
        _recipient(file, (*top, name)) for name in file.storages.get(top, ()) if name.startswith("__recip_version1.0_")
    )
    recipients = _without_names_of_known((*listed, *said.recipients))
    bodies = bodies_of(file, top)
    sender = Party(file.text(top, SENDER_NAME), _sender_address(file, top))
    return replace(
        said,
        sender=tuple(each for each in (sender, *said.sender) if each.address or each.name),
        recipients=recipients,
        sent=said.sent or _time(file.fixed(top, SENT)) or _time(file.fixed(top, DELIVERED)),
        message_id=file.text(top, MESSAGE_ID).strip() or said.message_id,
        references=(*_split(file.text(top, REPLIES_TO)), *_split(file.text(top, REFERENCES)), *said.references),
        subject=file.text(top, SUBJECT) or said.subject,
        text=bodies.text,
        html=bodies.html,
        files=attached.files,
        inner=attached.inner,
        sender_copy=not file.text(top, HEADERS) or any(each.field is HeaderField.BCC for each in listed),
        remarks=attached.remarks,
    )


def _recipient(file: StoredMessage, storage: StoragePath) -> Party:
    kind = file.fixed(storage, KIND)
    number = struct.unpack("<I", kind[:4])[0] & 0xF if kind else 1
    address = file.text(storage, SMTP)
    if not address and file.text(storage, ADDRESS_KIND).upper() in ("", "SMTP"):
        address = file.text(storage, ADDRESS)
    address = address.strip().strip("'\"") if "@" in address else ""
    name = file.text(storage, NAME).strip().strip("'\"")
    if not address and "@" in name:
        name, address = "", name
    return Party("" if name.casefold() == address.casefold() else name, address, _FIELDS.get(number, HeaderField.TO))


def _without_names_of_known(parties: Sequence[Party]) -> tuple[Party, ...]:
    """Everybody once: who is in the table without an address may be in the headers with one."""
    with_address = {each.name.casefold() for each in parties if each.address and each.name}
    return tuple(each for each in parties if each.address or each.name.casefold() not in with_address)


def _sender_address(file: StoredMessage, top: StoragePath) -> str:
    for number in (SENDER_SMTP, SENDER_ADDRESS):
        address = file.text(top, number)
        if "@" in address:
            return address
    return ""


def _attached(file: StoredMessage, top: StoragePath, source: Path, depth: int) -> _Files:
    files: list[MailFile] = []
    inner: list[Mail] = []
    remarks: list[FileRemark] = []
    for storage in attachments(file, top):
        name = called(file, storage)
        within = (*storage, f"__substg1.0_{DATA:04X}000D")
        content = file.binary(storage, DATA)
        if name.casefold() in SECRET_FILES:
            continue
        if name.casefold() == "winmail.dat":
            remarks.append(FileRemark(CopyNote.WINMAIL, name))
        elif within in file.storages and file.has(*within, PROPERTIES) and depth < _DEEPEST:
            inner.append(_mail(file, within, source, depth + 1))
        elif content is not None:
            files.append(MailFile(name, content))
        else:
            remarks.append(FileRemark(CopyNote.UNREAD_FILE, name))
    return _Files(tuple(files), tuple(inner), tuple(remarks))


def _time(octets: bytes | None) -> datetime.datetime | None:
    """A FILETIME: tenths of microseconds since 1601."""
    ticks = struct.unpack("<Q", octets)[0] if octets and len(octets) == 8 else 0
    try:
        return _EPOCH + datetime.timedelta(microseconds=ticks // 10) if ticks else None
    except OverflowError:
        return None


def _split(ids: str) -> list[str]:
    return [word for word in ids.split() if word.startswith("<") and word.endswith(">")]
