"""Take the bytes of a recipients file whole, and say what kind of file they really are.

The name of a file proves nothing: a ``.csv`` may be a workbook, a ``.xlsx`` a web page. The content decides.
"""

from __future__ import annotations

import stat
import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from msgspec import Struct

from mailmerge.errors import TableError, os_cause
from mailmerge.formats.compound import MAGIC
from mailmerge.i18n import N_, number
from mailmerge.records.file_kinds.foreign_files import (
    foreign_archive,
    foreign_compound,
    named,
    refuse_foreign,
    refuse_package,
)
from mailmerge.records.file_kinds.usual_parts import with_usual_parts, workbook_of
from mailmerge.records.grid import MAX_ROWS
from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten

MAX_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
"""What a workbook may unpack to: ten times what 100,000 people take; an archive may be made to fill memory."""
MAX_MEMORY = 480 * 1024 * 1024
"""Octets that a table may take while it is read, as far as that can be told before; the program itself takes 60 MB."""
CELL_OCTETS = 58
"""Of a cell beside its characters: a Python text, and its place in a row."""
ROW_OCTETS = 64

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".xltx", ".xlsb"})
TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"})
"""How the names of tables end, as a rule."""

_BLANK = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"


class FileKind(StrEnum):
    """What the content of a file is."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


class TableFile(Struct, frozen=True):
    """A file as it was at one moment; it may change on the disk afterwards."""

    path: Path
    content: bytes
    kind: FileKind


def empty(path: Path) -> TableError:
    """What to say of a file with nothing in it."""
    return TableError(
        N_("{path} is empty: save the table again, with a header row and one row per person"), path=named(path)
    )


def check_memory(path: Path, octets: int) -> None:
    """Refuse a table that would take too much memory.

    Raises:
        TableError: it would.
    """
    if octets > MAX_MEMORY:
        raise oversized(path)


def oversized(path: Path) -> TableError:
    """What to say of a table that would take too much memory."""
    return TableError(
        N_(
            "{path} is too large: reading it would take more than {limit} MB of memory; split it, or"
            " remove the rows and columns that no letter needs"
        ),
        path=named(path),
        limit=MAX_MEMORY // 1024**2,
    )


_DAMAGED = N_("{path} is a damaged workbook: open it in Excel or LibreOffice and save it again")
_DAMAGED_BY = N_("{path} is a damaged workbook ({why}): open it in Excel or LibreOffice and save it again")


def damaged(path: Path, reason: object = "") -> TableError:
    """What to say of a workbook that cannot be read."""
    if not reason:
        return TableError(_DAMAGED, path=named(path))
    return TableError(_DAMAGED_BY, path=named(path), why=shorten(str(reason), 80))


def too_many_rows(path: Path) -> TableError:
    """What to say of a table with more rows than a sheet of a spreadsheet program holds."""
    return TableError(N_("{path} has more than {rows} rows: split it"), path=named(path), rows=number(MAX_ROWS))


def load(path: Path) -> TableFile:
    """Read a file once, and tell what it is by its content.

    Raises:
        TableError: it is missing, no plain file, not readable, empty, too large, or certainly not a table.
    """
    content = _content(path)
    kind = _kind(path, content)
    return TableFile(path, with_usual_parts(content) if kind is FileKind.XLSX else content, kind)


_MARKS_OF_OPEN_FILES = ("~$", ".~lock.")
"""How the files begin that Excel and LibreOffice keep beside a workbook that is open."""


def _content(path: Path) -> bytes:
    name = named(path)
    if path.name.startswith(_MARKS_OF_OPEN_FILES):
        raise TableError(
            N_(
                "{name} is not the table, but a file that Excel or LibreOffice keeps beside it while it is open: "
                "give the table itself"
            ),
            name=name,
        )
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            refuse_package(path)
            raise TableError(N_("{name} is a folder: choose the recipients file inside it"), name=name)
        if not stat.S_ISREG(status.st_mode):
            raise TableError(
                N_("{name} is not a plain file (a pipe or a device): save the table as a file first"), name=name
            )
        if status.st_size > MAX_BYTES:
            raise TableError(
                N_(
                    "{name} is {size} MB, more than the {limit} MB that are read: split it, or remove the"
                    " columns that no letter needs"
                ),
                name=name,
                size=status.st_size // 1024**2,
                limit=MAX_BYTES // 1024**2,
            )
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise TableError(
            N_("{name} does not exist: check the name and the folder of the recipients file"), name=name
        ) from None
    except PermissionError as error:
        raise TableError(
            N_("cannot read {name}: {why}: close it in Excel, or check that you have permission to open it"),
            name=name,
            why=os_cause(error),
        ) from None
    except (OSError, ValueError) as error:
        reason = os_cause(error) if isinstance(error, OSError) else str(error)
        raise TableError(
            N_("cannot read {name}: {why}: check the name and the folder of the recipients file"), name=name, why=reason
        ) from None
    if len(content) > MAX_BYTES:
        raise TableError(
            N_("{name} grew beyond {limit} MB while being read: wait until it is complete"),
            name=name,
            limit=MAX_BYTES // 1024**2,
        )
    if not content[:4096].strip(_BLANK) and not content.strip(_BLANK):
        raise empty(path)
    return content


def _kind(path: Path, content: bytes) -> FileKind:
    if content.startswith(b"PK\x03\x04"):
        return _archive_kind(path, content)
    if content.startswith(MAGIC):
        return _ole_kind(path, content)
    refuse_foreign(path, content)
    return FileKind.TEXT


def _archive_kind(path: Path, content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            unpacked = sum(entry.file_size for entry in archive.infolist())
            mimetype = archive.read("mimetype") if "mimetype" in names else b""
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            is_workbook = "xl/workbook.xml" in names or bool(workbook_of(archive))
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        raise damaged(path) from None
    except Exception as error:
        if type(error).__module__ != "zlib":
            raise
        raise damaged(path) from None
    if unpacked > MAX_UNPACKED_BYTES:
        raise TableError(
            N_(
                "{path} unpacks to {size} MB, more than the {limit} MB that are read: save only the sheet"
                " with the people as CSV"
            ),
            path=named(path),
            size=unpacked // 1024**2,
            limit=MAX_UNPACKED_BYTES // 1024**2,
        )
    if b"encryption-data" in manifest:
        raise TableError(_LOCKED, path=named(path))
    if not mimetype and "content.xml" in names and (declared := _DOCUMENT.search(manifest)):
        mimetype = declared[0]  # the entry is optional: workbooks of Google Sheets had none
    if is_workbook:
        return FileKind.XLSX
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return FileKind.ODS
    if "xl/workbook.bin" in names:
        raise TableError(
            N_("{path} is a binary workbook (XLSB): open it in Excel and save it as .xlsx or CSV"), path=named(path)
        )
    if "[Content_Types].xml" in names and any(name.lower().startswith("xl/") for name in names):
        return FileKind.XLSX
    raise foreign_archive(path, names, mimetype)


def _ole_kind(path: Path, content: bytes) -> FileKind:
    if _utf16("EncryptedPackage") in content:
        raise TableError(_RESTRICTED if _utf16("DRMEncrypted") in content else _LOCKED, path=named(path))
    if _utf16("Workbook") in content or _utf16("Book") in content:
        return FileKind.XLS
    raise foreign_compound(path, content)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


_DOCUMENT = regex(rb"application/vnd\.oasis\.opendocument\.[a-z]{1,20}")
_LOCKED = N_("{path} is protected by a password: open it, remove the password and save it again")
_RESTRICTED = N_(
    "{path} is encrypted by your organisation's rights management or a sensitivity label: open it in Excel, remove the "
    "protection and save it again"
)
