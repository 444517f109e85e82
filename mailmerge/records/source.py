"""Take the bytes of a recipients file whole, and say what kind of file they really are.

The name of a file proves nothing: a ``.csv`` may be a workbook, a ``.xlsx`` a web page. The content decides.
"""

from __future__ import annotations

import stat
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from mailmerge.errors import TableError, os_reason
from mailmerge.records.grid import MAX_ROWS
from mailmerge.text import shorten, visible

MAX_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
"""What a workbook may unpack to: ten times what 100,000 people take; an archive may be made to fill memory."""
MAX_MEMORY = 480 * 1024 * 1024
"""Octets that a table may take while it is read, as far as that can be told before; the program itself takes 60 MB."""
CELL_OCTETS = 58
"""Of a cell beside its characters: a Python text, and its place in a row."""
ROW_OCTETS = 64

_BLANK = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a compressed archive (gzip)"),
    (b"7z\xbc\xaf", "a compressed archive (7z)"),
    (b"Rar!", "a compressed archive (rar)"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_MARKUP = (
    (b"<!doctype html", "a web page (HTML)"),
    (b"<html", "a web page (HTML)"),
    (b"<head", "a web page (HTML)"),
    (b"<body", "a web page (HTML)"),
    (b"<table", "a web page (HTML)"),
    (b"<meta", "a web page (HTML)"),
    (b"<style", "a web page (HTML)"),
    (b"mime-version:", "a web archive (MHTML)"),
)
_SAVE_AS = "open it in Excel or LibreOffice and save it as .xlsx or CSV"


class Kind(StrEnum):
    """What the content of a file is."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it stood at one moment; it may change on the disk afterwards."""

    path: Path
    content: bytes
    kind: Kind


def named(path: Path) -> str:
    """The path as a message shows it."""
    return visible(str(path))


def empty(path: Path) -> TableError:
    """What to say of a file in which nothing stands."""
    return TableError(f"{named(path)} is empty: save the table again, with its header line and one line a person")


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
        f"{named(path)} is too large: reading it would take more than {MAX_MEMORY // 1024**2} MB of memory;"
        " split it, or remove the rows and columns that no letter needs"
    )


def damaged(path: Path, reason: object = "") -> TableError:
    """What to say of a workbook that cannot be read."""
    why = shorten(str(reason), 80)
    return TableError(
        f"{named(path)} is a damaged workbook{f' ({why})' if why else ''}: open it in Excel or LibreOffice and save it"
        " again"
    )


def too_many_rows(path: Path) -> TableError:
    """What to say of a table with more rows than a sheet of a spreadsheet program holds."""
    return TableError(f"{named(path)} has more than {MAX_ROWS:,} rows: split it")


def load(path: Path) -> Source:
    """Read a file once, and tell what it is by its content.

    Raises:
        TableError: it is missing, no plain file, not readable, empty, too large, or certainly not a table.
    """
    content = _content(path)
    return Source(path, content, _kind(path, content))


def _content(path: Path) -> bytes:
    name = named(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise TableError(f"{name} is a folder: give the file with the recipients that lies in it")
        if not stat.S_ISREG(status.st_mode):
            raise TableError(f"{name} is not a plain file (a pipe or a device): save the table as a file first")
        if status.st_size > MAX_BYTES:
            raise TableError(
                f"{name} is {status.st_size // 1024**2} MB, more than the {MAX_BYTES // 1024**2} MB that are read:"
                " split it, or remove the columns that no letter needs"
            )
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise TableError(f"no such file: {name}: check the name and the folder of the recipients file") from None
    except PermissionError as error:
        raise TableError(
            f"cannot read {name}: {os_reason(error)}: close it in Excel, or give yourself the right to read it"
        ) from None
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise TableError(
            f"cannot read {name}: {reason}: check the name and the folder of the recipients file"
        ) from None
    if len(content) > MAX_BYTES:
        raise TableError(f"{name} grew over {MAX_BYTES // 1024**2} MB while it was read: wait until it is complete")
    if not content[:4096].strip(_BLANK) and not content.strip(_BLANK):
        raise empty(path)
    return content


def _kind(path: Path, content: bytes) -> Kind:
    if content.startswith(b"PK\x03\x04"):
        return _archive_kind(path, content)
    if content.startswith(_OLE):
        return _ole_kind(path, content)
    head = content[:4096]
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise TableError(f"{named(path)} is {what}, not a table: give a CSV, XLSX, XLS or ODS file")
    opening = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip(b"\xff\xfe \t\r\n").lower()
    for magic, what in _MARKUP:
        if opening.startswith(magic):
            raise TableError(f"{named(path)} is in truth {what}: {_SAVE_AS}")
    if opening.startswith(b"<?xml"):
        spreadsheet = b"urn:schemas-microsoft-com:office:spreadsheet" in opening
        what = "an XML spreadsheet of 2003" if spreadsheet else "an XML document"
        raise TableError(f"{named(path)} is in truth {what}: {_SAVE_AS}")
    return Kind.TEXT


def _archive_kind(path: Path, content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            unpacked = sum(entry.file_size for entry in archive.infolist())
            mimetype = archive.read("mimetype") if "mimetype" in names else b""
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        raise damaged(path) from None
    except Exception as error:
        if type(error).__module__ != "zlib":
            raise
        raise damaged(path) from None
    if unpacked > MAX_UNPACKED_BYTES:
        raise TableError(
            f"{named(path)} unpacks to {unpacked // 1024**2} MB, more than the {MAX_UNPACKED_BYTES // 1024**2} MB"
            " that are read: save only the sheet with the people as CSV"
        )
    if b"encryption-data" in manifest:
        raise TableError(_locked(path))
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Kind.ODS
    if "xl/workbook.bin" in names:
        raise TableError(f"{named(path)} is a binary workbook (XLSB): open it in Excel and save it as .xlsx or CSV")
    what = "a ZIP archive: unpack it and give the table that lies in it"
    if "word/document.xml" in names or mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        what = "a text document: give a CSV, XLSX, XLS or ODS file"
    elif "Index/Document.iwa" in names or "Index.zip" in names:
        what = "an Apple Numbers document: export it as Excel or CSV (File, Export To)"
    elif "[Content_Types].xml" in names and any(name.lower().startswith("xl/") for name in names):
        return Kind.XLSX
    raise TableError(f"{named(path)} is {what}")


def _ole_kind(path: Path, content: bytes) -> Kind:
    if _utf16("EncryptedPackage") in content:
        raise TableError(_locked(path))
    if _utf16("Workbook") in content or _utf16("Book") in content:
        return Kind.XLS
    raise TableError(f"{named(path)} is an old Office document or a damaged workbook: give a CSV, XLSX or ODS file")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _locked(path: Path) -> str:
    return f"{named(path)} is protected by a password: open it, remove the password and save it again"
