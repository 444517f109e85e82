"""Lists that travelled with a leaked mail: tables, and other files with addresses in them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from mailmerge.errors import MailmergeError
from mailmerge.incident.mail import CopyNote, FileRemark, MailFile, Party
from mailmerge.model import RecordTable
from mailmerge.records import read_table
from mailmerge.records.file_kinds.file_type import TABLE_SUFFIXES
from mailmerge.text.addresses import same_mailbox_key

_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp", ".ics", ".vcf", ".p7s", ".asc"))
"""Files without people, as a rule: a logo, a signature. Cards and invitations are of whoever wrote."""
_FEWEST = 2
"""People from whom on a file is a list: one is who wrote it, or who it is about."""


class Row(Struct, frozen=True):
    """One person of a list."""

    party: Party
    headers: tuple[str, ...] = ()
    """The headers of the columns that say something of them."""


def rows_of(file: MailFile) -> Iterator[Row | FileRemark]:
    """The people in a file, or why they could not be found."""
    suffix = Path(file.name).suffix.casefold()
    if suffix in _PICTURES or not file.content:
        return
    if suffix in TABLE_SUFFIXES:
        table = _table(file, suffix)
        if table is not None:
            yield from _rows(table)
            return
    from mailmerge.lint.extract.reader import read_content

    content = read_content(file.content, file.name)
    if content.opaque is not None:
        yield FileRemark(CopyNote.UNREAD_FILE, file.name)
    addresses = content.addresses
    if len(addresses) >= _FEWEST:
        yield from (Row(Party("", address)) for address in addresses)


def _table(file: MailFile, suffix: str) -> RecordTable | None:
    """The file as a table, None where it is none; it is on disk for that long, for nobody else to read."""
    with tempfile.TemporaryDirectory(prefix="mailmerge-") as folder, suppress(MailmergeError):
        path = Path(folder) / f"list{suffix}"
        path.write_bytes(file.content)
        path.chmod(0o600)
        return read_table(path)
    return None


def _rows(table: RecordTable) -> Iterator[Row]:
    columns = table.columns
    own = {*columns.names, *columns.emails}
    for record in table.records:
        headers = tuple(
            each.label
            for each, value in zip(table.fields, record.values, strict=True)
            if value and each.name not in own
        )
        addresses = [value for name in columns.emails if "@" in (value := table.value(record, name))]
        name = table.name_of(record)
        for address in dict.fromkeys(map(same_mailbox_key, addresses)):
            spelled = next(value for value in addresses if same_mailbox_key(value) == address)
            yield Row(Party(name, spelled), headers)
        if not addresses and name:
            yield Row(Party(name, ""), headers)
